//! Which element holds the text: the one with the best balance. Sentences count for it, what is links or scraps against it.
//!
//! The sum is over all blocks of an element, so that the best one is neither so small that it loses paragraphs nor so
//! large that it takes in what stands around them.

use crate::desk::page::blocks::Block;
use crate::desk::page::evidence::Evidence;
use crate::desk::page::signals::Signals;
use crate::desk::page::tree::Tree;

/// What a scrap (no sentence, no heading) costs, in letters.
const SCRAP_COST: f64 = 12.0;

/// Letters up to which a block is a scrap.
const SCRAP_LETTERS_MAX: usize = 40;

/// What a block of links costs, in letters, beside half of its own.
const LINKS_COST: f64 = 20.0;

/// The share of links from which on a block is one of links.
const LINK_SHARE_MAX: f64 = 0.5;

/// Letters of one block that count.
const BLOCK_LETTERS_MAX: usize = 1500;

/// How much more an element counts that says that it holds the text.
const CLAIM_BONUS: f64 = 1.15;

/// How much more a block counts that the page itself counts as its text.
const HELD_BONUS: f64 = 2.0;

/// The share of the page's prose that an element must hold so that its name cannot make it one that stands beside.
const KEPT_SHARE: f64 = 0.4;

/// The element with the best balance, and its blocks. `None` when nothing on the page reads as sentences.
pub(super) fn body(
    tree: &Tree,
    signals: &Signals,
    blocks: &[Block],
    evidence: &Evidence,
) -> Option<usize> {
    let mut sums = vec![0.0; tree.nodes.len()];
    for block in blocks {
        sums[block.owner] += worth(block, evidence);
    }
    for index in (1..tree.nodes.len()).rev() {
        let sum = sums[index];
        sums[tree.nodes[index].parent] += sum;
    }
    let mut best: Option<(f64, usize)> = None;
    for (index, _) in tree.elements() {
        let bonus = if signals.claims_body(index) { CLAIM_BONUS } else { 1.0 };
        let sum = sums[index] * bonus;
        // Of an element and the one that it fills, the inner one is taken.
        if sum > 0.0 && best.is_none_or(|(most, _)| sum >= most) {
            best = Some((sum, index));
        }
    }
    best.map(|(_, index)| index)
}

/// What a block says for, or against, the element that it stands in.
fn worth(block: &Block, evidence: &Evidence) -> f64 {
    if evidence.holds(block) {
        return block.letters.min(BLOCK_LETTERS_MAX) as f64 * HELD_BONUS;
    }
    if block.shed || block.heading > 0 {
        return 0.0;
    }
    if block.link_share() > LINK_SHARE_MAX {
        return -LINKS_COST - block.linked as f64 / 2.0;
    }
    if block.is_prose() {
        let letters = block.letters.min(BLOCK_LETTERS_MAX) as f64;
        return letters * (1.0 - block.link_share());
    }
    // A line that is long enough for a sentence and has none, an item of a list say, tells nothing.
    if block.letters < SCRAP_LETTERS_MAX { -SCRAP_COST } else { 0.0 }
}

/// Takes back the verdict of a name where the element holds much of all prose: an article in a `section.topics` is one.
pub(super) fn keep_what_is_large(
    tree: &Tree,
    signals: &mut Signals,
    blocks: &[Block],
    cards: &[usize],
) {
    let mut prose = vec![0usize; tree.nodes.len()];
    let in_card = |owner: usize| tree.upward(owner).any(|(at, _)| cards.binary_search(&at).is_ok());
    for block in blocks
        .iter()
        .filter(|b| b.is_prose() && b.link_share() < LINK_SHARE_MAX && !in_card(b.owner))
    {
        prose[block.owner] += block.letters;
    }
    for index in (1..tree.nodes.len()).rev() {
        let sum = prose[index];
        prose[tree.nodes[index].parent] += sum;
    }
    let all = prose[0] as f64;
    for (index, _) in tree.elements() {
        if signals.sheds(index) && prose[index] as f64 > all * KEPT_SHARE {
            signals.keep(tree, index);
        }
    }
}
