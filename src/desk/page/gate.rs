//! Whether the page shows its article at all: paywalls and pages that ask for consent are recognised and noted. Nothing is
//! done to get around them; what the page shows is what is read.

use crate::desk::packs::{Line, Packs};
use crate::desk::page::blocks::Block;
use crate::desk::page::head::Head;
use crate::desk::page::signals::words;
use crate::desk::page::tree::Tree;

/// What stands before the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// The page says of itself that it is not free, or asks for payment or registration.
    Paywall(Sign),
    /// The page asks for consent to being tracked, and shows no article.
    Consent,
}

/// How a paywall is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `isAccessibleForFree` is false, or a meta element says `locked` or `metered`.
    Declared,
    /// An element is called a paywall.
    Named,
    /// A line asks for it.
    Asked,
}

/// Letters of text from which on a page is not one that only asks for consent.
const ARTICLE_LETTERS_MIN: usize = 600;

/// Meta elements that name the tier of the content, and what they say of one that is not free.
const TIERS: [(&str, &[&str]); 3] = [
    ("article:content_tier", &["locked", "metered"]),
    ("og:article:content_tier", &["locked", "metered"]),
    ("cxenseparse:paywall", &["true", "1", "yes"]),
];

/// Looks for what stands before the text of `letters`.
pub(super) fn gate(
    tree: &Tree,
    head: &Head,
    blocks: &[Block],
    packs: &Packs,
    letters: usize,
) -> Option<Gate> {
    let lines: Vec<Line> = blocks.iter().map(|block| Line::of(&block.text)).collect();
    if letters < ARTICLE_LETTERS_MIN {
        let named = || tree.elements().any(|(_, node)| packs.page.consent.names(&words(node)));
        if lines.iter().any(|line| packs.page_words.asks_for_consent(line))
            || (letters == 0 && named())
        {
            return Some(Gate::Consent);
        }
    }
    let tier = TIERS.iter().any(|(name, values)| {
        head.meta(name).is_some_and(|said| values.iter().any(|v| said.eq_ignore_ascii_case(v)))
    });
    if head.data.free == Some(false) || (tier && head.data.free != Some(true)) {
        return Some(Gate::Paywall(Sign::Declared));
    }
    if head.data.free == Some(true) {
        return None;
    }
    if lines.iter().any(|line| packs.page_words.asks_to_pay(line)) {
        return Some(Gate::Paywall(Sign::Asked));
    }
    let named = tree.elements().filter(|(_, node)| !matches!(node.name.as_str(), "html" | "body"));
    let mut named = named.filter(|(_, node)| packs.page.paywall.names(&words(node)));
    // An empty element of that name waits on every page of such sites.
    named.any(|(index, _)| !tree.text(index).is_empty()).then_some(Gate::Paywall(Sign::Named))
}
