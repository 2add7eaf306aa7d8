//! Which blocks of the body are text, and which the site put between them.

use crate::desk::page::blocks::Block;
use crate::desk::page::evidence::{Evidence, fold};
use crate::desk::page::tree::Tree;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A paragraph of the text.
    Paragraph,
    /// A heading within it.
    Heading,
    /// In an element that stands beside the text.
    Beside,
    /// Mostly links.
    Links,
    /// No sentence, and nothing that says that it belongs.
    Scrap,
    /// The title, once more.
    Title,
    /// What the page itself does not count as its text.
    Denied,
    /// Who the author is.
    Author,
}

impl Part {
    /// Whether it is part of the text.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Part::Paragraph | Part::Heading)
    }
}

/// What blocks are judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) tree: &'a Tree,
    pub(super) evidence: &'a Evidence,
    pub(super) title: &'a str,
    pub(super) byline: &'a [String],
}

/// The share of links from which on a block is no text.
const LINK_SHARE_MAX: f64 = 0.6;

/// Judges the blocks of the body, in order.
pub(super) fn parts(context: &Context<'_>, blocks: &[&Block]) -> Vec<Part> {
    let mut parts: Vec<Part> = blocks.iter().map(|block| part(context, block)).collect();
    if context.evidence.agrees(blocks.iter().copied()) {
        for (part, block) in parts.iter_mut().zip(blocks) {
            match (*part, context.evidence.holds(block)) {
                (Part::Title | Part::Heading, _) => {}
                (_, true) => *part = Part::Paragraph,
                (Part::Paragraph, false) => *part = Part::Denied,
                _ => {}
            }
        }
    }
    about_authors(context, blocks, &mut parts);
    // A heading stands for what follows it; one without is the head of a list that was taken out.
    let mut followed = false;
    for part in parts.iter_mut().rev() {
        match part {
            Part::Paragraph => followed = true,
            Part::Heading if followed => followed = false,
            Part::Heading => *part = Part::Scrap,
            _ => {}
        }
    }
    parts
}

fn part(context: &Context<'_>, block: &Block) -> Part {
    if block.shed {
        return Part::Beside;
    }
    if block.heading == 1 || block.text == context.title {
        return Part::Title;
    }
    if block.link_share() > LINK_SHARE_MAX {
        return Part::Links;
    }
    if block.heading > 0 {
        return Part::Heading;
    }
    let owner = context.tree.nodes[block.owner].name.as_str();
    if block.is_prose()
        || block.ends_sentence()
        || matches!(owner, "p" | "li" | "blockquote" | "td")
    {
        return Part::Paragraph;
    }
    Part::Scrap
}

/// Blocks at the beginning and at the end among which what is said about authors stands.
const AUTHOR_BLOCKS: usize = 3;

/// Letters of a line that is only a byline.
const BYLINE_LETTERS_MAX: usize = 100;

/// Takes out bylines, and at the end what begins with an author's name.
fn about_authors(context: &Context<'_>, blocks: &[&Block], parts: &mut [Part]) {
    let names: Vec<String> = context
        .byline
        .iter()
        .map(|name| fold(name, usize::MAX).0)
        .filter(|n| n.trim().contains(' '))
        .collect();
    if names.is_empty() {
        return;
    }
    let kept: Vec<usize> = (0..parts.len()).filter(|at| parts[*at] == Part::Paragraph).collect();
    for at in kept.iter().take(AUTHOR_BLOCKS) {
        let (line, _) = fold(&blocks[*at].text, usize::MAX);
        if blocks[*at].letters <= BYLINE_LETTERS_MAX
            && !blocks[*at].is_prose()
            && names.iter().any(|name| line.contains(name))
        {
            parts[*at] = Part::Author;
        }
    }
    for at in kept.iter().rev().take(AUTHOR_BLOCKS) {
        let (line, _) = fold(&blocks[*at].text, usize::MAX);
        if names.iter().any(|name| line.starts_with(name))
            || (blocks[*at].letters <= BYLINE_LETTERS_MAX
                && names.iter().any(|n| line.contains(n))
                && !blocks[*at].is_prose())
        {
            parts[*at] = Part::Author;
        }
    }
}
