//! Which blocks of the body are text, and which the site put between them.

use std::collections::HashSet;

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
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) tree: &'a Tree,
    pub(super) evidence: &'a Evidence,
    pub(super) title: &'a str,
    pub(super) byline: &'a [String],
    /// Whether a block is the lead, which sites do not count as text when they say what theirs is.
    pub(super) is_lead: &'a dyn Fn(&Block) -> bool,
}

/// The share of links from which on a block is no text.
const LINK_SHARE_MAX: f64 = 0.6;

/// The same for a paragraph that is a whole sentence and does not begin with a link.
const SENTENCE_LINK_SHARE_MAX: f64 = 0.8;

/// Judges the blocks of the body, in order.
pub(super) fn parts(context: &Context<'_>, blocks: &[&Block]) -> Vec<Part> {
    let mut parts: Vec<Part> = blocks.iter().map(|block| part(context, block)).collect();
    if context.evidence.agrees(blocks.iter().copied()) {
        let held = blocks.iter().filter(|b| context.evidence.holds(b) && b.is_prose());
        let makes: HashSet<Make<'_>> = held.map(|block| make(context.tree, block)).collect();
        for (part, block) in parts.iter_mut().zip(blocks) {
            match (*part, context.evidence.holds(block)) {
                (Part::Title | Part::Heading, _) => {}
                (_, true) => *part = Part::Paragraph,
                // It is not believed about what is made like the paragraphs that it holds.
                (Part::Paragraph, false)
                    if !makes.contains(&make(context.tree, block)) && !(context.is_lead)(block) =>
                {
                    *part = Part::Denied;
                }
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

/// Names and classes of the element of a block and of the one around it.
type Make<'a> = [(&'a str, &'a str); 2];

fn make<'a>(tree: &'a Tree, block: &Block) -> Make<'a> {
    let owner = &tree.nodes[block.owner];
    [owner, &tree.nodes[owner.parent]]
        .map(|node| (node.name.as_str(), node.attribute("class").unwrap_or_default()))
}

fn part(context: &Context<'_>, block: &Block) -> Part {
    if block.shed {
        return Part::Beside;
    }
    if block.heading == 1 || block.text == context.title {
        return Part::Title;
    }
    let owner = context.tree.nodes[block.owner].name.as_str();
    let is_sentence =
        owner == "p" && block.is_prose() && block.ends_sentence() && !block.begins_linked;
    let links_max = if is_sentence { SENTENCE_LINK_SHARE_MAX } else { LINK_SHARE_MAX };
    if block.link_share() > links_max {
        return Part::Links;
    }
    if block.heading > 0 {
        return Part::Heading;
    }
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
