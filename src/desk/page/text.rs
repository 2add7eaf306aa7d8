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
    let leads = Leads::of(known, &signals);
    let is_lead = |block: &Block| leads.judge(block).is_some();
    let context = Context { tree, evidence: &evidence, title, byline, is_lead: &is_lead };
    let parts = strip::parts(&context, &within);
    let kept = within.iter().zip(parts).filter(|(_, part)| part.is_text());
    let mut paragraphs: Vec<String> = kept.map(|(block, _)| block.text.clone()).collect();
    if let Some(lead) = leads.above(&all[..start], &paragraphs) {
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

/// Words of a lead that are looked for in the description in the head.
const LEAD_WORDS: usize = 8;

/// Letters that a lead has at least.
const LEAD_LETTERS_MIN: usize = 40;

/// How a lead is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lead {
    /// An element is called one.
    Called,
    /// The head describes the article with it.
    Described,
}

/// What leads are known by.
struct Leads<'a> {
    tree: &'a Tree,
    signals: &'a Signals,
    /// The descriptions in the head, folded.
    described: Vec<String>,
    title: String,
}

impl<'a> Leads<'a> {
    fn of(known: Known<'a>, signals: &'a Signals) -> Self {
        let described = known.head.descriptions().map(|text| fold(text, usize::MAX).0).collect();
        let title = fold(known.title, usize::MAX).0;
        Self { tree: known.tree, signals, described, title }
    }

    /// Whether, and how, a block is a lead.
    fn judge(&self, block: &Block) -> Option<Lead> {
        if block.letters < LEAD_LETTERS_MIN || block.link_share() > 0.3 || block.shed {
            return None;
        }
        let (begin, _) = fold(&block.text, LEAD_WORDS);
        if fold(&block.text, usize::MAX).0 == self.title {
            return None;
        }
        if self.described.iter().any(|text| text.contains(&begin)) {
            return Some(Lead::Described);
        }
        let mut around = self.tree.upward(block.owner).take(3);
        around.any(|(at, _)| self.signals.leads(at)).then_some(Lead::Called)
    }

    /// The lead, where it stands above the body and below the title.
    fn above(&self, above: &[Block], paragraphs: &[String]) -> Option<String> {
        let heading = above.iter().rposition(|block| block.heading == 1).map_or(0, |at| at + 1);
        let mut best: Option<(Lead, &Block)> = None;
        for block in &above[heading..] {
            let Some(lead) = self.judge(block) else { continue };
            let is_new = !paragraphs.iter().any(|p| p.contains(&block.text));
            if is_new && best.is_none_or(|(known, _)| lead > known) {
                best = Some((lead, block));
            }
        }
        best.map(|(_, block)| block.text.clone())
    }
}
