//! Cards: the teasers of other stories, which read as sentences too. One card is a link with a line or two of text beside
//! it; what gives it away is that the page has several of the same make.

use std::collections::HashMap;

use crate::desk::page::blocks::Block;
use crate::desk::page::tree::Tree;

/// Elements of one make from which on they are cards, and no part of an article that looks like one.
const SAME_MAKE_MIN: usize = 3;

/// Letters of text that a card has at most.
const CARD_LETTERS_MAX: usize = 400;

/// Blocks that a card has at most: kicker, title, author, date, text and a link.
const CARD_BLOCKS_MAX: usize = 8;

/// The share of links from which on a block is one of links.
const LINK_SHARE_MIN: f64 = 0.5;

/// What stands in an element.
#[derive(Clone, Copy, Debug, Default)]
struct Content {
    blocks: usize,
    prose: usize,
    prose_letters: usize,
    links: usize,
}

impl Content {
    fn of(block: &Block) -> Self {
        let is_link = block.link_share() > LINK_SHARE_MIN;
        let is_prose = !is_link && block.is_prose();
        Self {
            blocks: 1,
            prose: usize::from(is_prose),
            prose_letters: if is_prose { block.letters } else { 0 },
            links: usize::from(is_link),
        }
    }

    fn add(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.prose += other.prose;
        self.prose_letters += other.prose_letters;
        self.links += other.links;
    }

    fn is_card(&self) -> bool {
        self.links > 0
            && (1..=2).contains(&self.prose)
            && self.prose_letters <= CARD_LETTERS_MAX
            && self.blocks <= CARD_BLOCKS_MAX
    }
}

/// The elements that are cards.
pub(super) fn cards(tree: &Tree, blocks: &[Block]) -> Vec<usize> {
    let mut content = vec![Content::default(); tree.nodes.len()];
    for block in blocks {
        content[block.owner].add(Content::of(block));
    }
    for index in (1..tree.nodes.len()).rev() {
        let inner = content[index];
        content[tree.nodes[index].parent].add(inner);
    }
    let mut of_make: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (index, node) in tree.elements().filter(|(index, _)| content[*index].is_card()) {
        let make = (node.name.as_str(), node.attribute("class").unwrap_or_default());
        of_make.entry(make).or_default().push(index);
    }
    let mut cards: Vec<usize> =
        of_make.into_values().filter(|same| same.len() >= SAME_MAKE_MIN).flatten().collect();
    cards.sort_unstable();
    cards
}
