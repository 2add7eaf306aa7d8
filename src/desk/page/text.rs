//! The text of the article: the parts of the body in order, with the lead that stands above it.

use crate::desk::packs::{Line, Packs, PageWords};
use crate::desk::page::balance;
use crate::desk::page::blocks::{Block, blocks};
use crate::desk::page::cards::cards;
use crate::desk::page::evidence::{Evidence, fold};
use crate::desk::page::head::Head;
use crate::desk::page::signals::Signals;
use crate::desk::page::strip::{self, Context};
use crate::desk::page::tree::Tree;

/// What the text is looked for with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) tree: &'a Tree,
    pub(super) head: &'a Head,
    pub(super) packs: &'a Packs,
    pub(super) title: &'a str,
    pub(super) byline: &'a [String],
}

/// The text, and all blocks of the page.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) paragraphs: Vec<String>,
    pub(super) blocks: Vec<Block>,
}

/// Finds the text.
pub(super) fn text(known: Known<'_>) -> Text {
    let Known { tree, head, packs, title, byline } = known;
    let mut signals = Signals::of(tree, &packs.page);
    let all = blocks(tree, &signals);
    let cards = cards(tree, &all);
    balance::keep_what_is_large(tree, &mut signals, &all, &cards);
    cards.into_iter().for_each(|card| signals.shed(card));
    let mut all = blocks(tree, &signals);
    for block in &mut all {
        block.shed |= is_of_site(block, &packs.page_words);
    }
    let evidence = Evidence::of(head.data.body.as_deref());
    let Some(body) = balance::body(tree, &signals, &all, &evidence) else {
        return Text { paragraphs: Vec::new(), blocks: all };
    };
    let start = all.iter().position(|b| tree.holds(body, b.owner)).unwrap_or(0);
    let within: Vec<&Block> = all.iter().filter(|b| tree.holds(body, b.owner)).collect();
    let context = Context { tree, evidence: &evidence, title, byline };
    let parts = strip::parts(&context, &within);
    let kept = within.iter().zip(parts).filter(|(_, part)| part.is_text());
    let mut paragraphs: Vec<String> = kept.map(|(block, _)| block.text.clone()).collect();
    if let Some(lead) = lead(known, &signals, &all[..start], &paragraphs) {
        paragraphs.insert(0, lead);
    }
    Text { paragraphs, blocks: all }
}

/// Letters of a line that begins as lines of the site do.
const BEGINS_LETTERS_MAX: usize = 140;

/// Letters of such a line although a sentence ends in it.
const BEGINS_SENTENCE_LETTERS_MAX: usize = 50;

/// Letters of a paragraph that holds what only the site says.
const HOLDS_LETTERS_MAX: usize = 500;

fn is_of_site(block: &Block, words: &PageWords) -> bool {
    if block.letters > HOLDS_LETTERS_MAX {
        return false;
    }
    let line = Line::of(&block.text);
    let short = block.letters <= BEGINS_LETTERS_MAX
        && (!block.ends_sentence()
            || block.letters <= BEGINS_SENTENCE_LETTERS_MAX
            || block.link_share() > 0.3);
    words.holds(&line) || words.asks_to_pay(&line) || (short && words.begins(&line))
}

/// Words of a lead that the description in the head must begin with, or be found in.
const LEAD_WORDS: usize = 8;

/// Letters that a lead has at least.
const LEAD_LETTERS_MIN: usize = 40;

/// The lead, where it stands above the body: what the head describes the article with, or an element that is called one.
fn lead(
    known: Known<'_>,
    signals: &Signals,
    above: &[Block],
    paragraphs: &[String],
) -> Option<String> {
    let described: Vec<String> =
        known.head.descriptions().map(|text| fold(text, usize::MAX).0).collect();
    let (title, _) = fold(known.title, usize::MAX);
    let heading = above.iter().rposition(|block| block.heading == 1).map_or(0, |at| at + 1);
    let candidates = above[heading..].iter().filter(|block| {
        block.letters >= LEAD_LETTERS_MIN && block.link_share() < 0.3 && !block.shed
    });
    let mut named = None;
    for block in candidates {
        let (whole, _) = fold(&block.text, usize::MAX);
        if whole == title || paragraphs.iter().any(|p| p.contains(&block.text)) {
            continue;
        }
        let (begin, _) = fold(&block.text, LEAD_WORDS);
        if described.iter().any(|text| text.contains(&begin)) {
            return Some(block.text.clone());
        }
        let called = || known.tree.upward(block.owner).take(3).any(|(at, _)| signals.leads(at));
        if named.is_none() && called() {
            named = Some(block.text.clone());
        }
    }
    named
}
