//! Cards: the teasers of other stories, which read as sentences too. One card is a link with a line or two of text beside
//! it; what gives it away is that the page has several of the same make.

use std::collections::HashMap;

use crate::desk::page::blocks::Block;
use crate::desk::page::tree::Tree;

/// Elements of one make from which on they are cards, and no part of an article that looks like one.
const SAME_MAKE_MIN: usize = 3;

/// Letters of text that a card has at most.
const CARD_LETTERS_MAX: usize = 600;

/// Blocks that a card has at most: kicker, title, author, date, text and a link.
const CARD_BLOCKS_MAX: usize = 8;

/// The share of links from which on a block is one of links.
const LINK_SHARE_MIN: f64 = 0.5;

/// Letters of a link that can be the title of a story.
const TITLE_LETTERS_MIN: usize = 15;

/// What stands in an element.
#[derive(Clone, Copy, Debug, Default)]
struct Content {
    blocks: usize,
    /// Letters outside of links.
    letters: usize,
    prose: usize,
    /// The first block that is a title in a link, or sentences: its place, and whether it is the title.
    titled: Option<(usize, bool)>,
}

impl Content {
    fn of(tree: &Tree, at: usize, block: &Block) -> Self {
        let is_link = block.link_share() > LINK_SHARE_MIN;
        // A title and a text in one: paragraphs begin with links too, items of lists of stories always do.
        let is_titled = block.begins_linked
            && block.linked >= TITLE_LETTERS_MIN
            && tree.nodes[block.owner].name != "p";
        let is_title = (is_link && block.linked >= TITLE_LETTERS_MIN) || is_titled;
        let is_prose = !is_link && block.is_prose();
        Self {
            blocks: 1,
            letters: block.letters - block.linked,
            prose: usize::from(is_prose),
            titled: (is_title || is_prose).then_some((at, is_title)),
        }
    }

    fn add(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.letters += other.letters;
        self.prose += other.prose;
        self.titled = self.titled.into_iter().chain(other.titled).min_by_key(|(at, _)| *at);
    }

    fn is_card(&self) -> bool {
        self.titled.is_some_and(|(_, is_title)| is_title)
            && self.prose <= 2
            && self.letters <= CARD_LETTERS_MAX
            && self.blocks <= CARD_BLOCKS_MAX
    }
}

/// The elements that are cards.
pub(super) fn cards(tree: &Tree, blocks: &[Block]) -> Vec<usize> {
    let mut content = vec![Content::default(); tree.nodes.len()];
    for (at, block) in blocks.iter().enumerate() {
        content[block.owner].add(Content::of(tree, at, block));
    }
    for index in (1..tree.nodes.len()).rev() {
        let inner = content[index];
        content[tree.nodes[index].parent].add(inner);
    }
    let mut of_make: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    // A paragraph that is mostly a link is judged as one.
    let elements = tree.elements().filter(|(_, node)| node.name != "p");
    for (index, node) in elements.filter(|(index, _)| content[*index].is_card()) {
        let make = (node.name.as_str(), node.attribute("class").unwrap_or_default());
        of_make.entry(make).or_default().push(index);
    }
    let mut cards: Vec<usize> =
        of_make.into_values().filter(|same| same.len() >= SAME_MAKE_MIN).flatten().collect();
    cards.sort_unstable();
    cards
}
