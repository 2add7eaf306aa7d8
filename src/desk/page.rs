//! The page of an article to what a reader would copy out of it: title, byline, dates, language and the paragraphs of the
//! text, without what the site puts around and between them.
//!
//! bytes → charset → a look at the markup with limits → tree → metadata from its head, and the text from its body. Which
//! part of the page is the text is decided by general signals alone, and no rule knows a site: how much of it is sentences,
//! how much links, what it is called in the markup, and what the page says about itself. A page behind a paywall gives
//! what it shows, and a note.

mod balance;
mod blocks;
mod byline;
mod cards;
mod day;
mod evidence;
mod gate;
mod head;
mod json_ld;
mod markup;
mod signals;
mod site;
mod strip;
mod text;
mod title;
mod tongue;
mod tree;

pub use day::PrintedDate;
pub use gate::Sign;

use std::fmt;

use dom_query::Document;

use crate::desk::model::{Direction, LanguageId};
use crate::desk::packs::Packs;
use crate::desk::page::gate::Gate;
use crate::desk::page::head::Head;
use crate::desk::page::site::Site;
use crate::desk::page::text::{Known, Text};
use crate::desk::page::tree::Tree;
use crate::desk::parse;

/// What a page may cost. No honest page comes near: the largest of 224 saved ones of news sites has 2 MB, 4,100 elements
/// and some 40 of them open at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a page; the rest is cut off.
    pub body_bytes: usize,
    /// Tags; what stands behind is cut off.
    pub tags: usize,
    /// Elements that are open at once.
    pub depth: usize,
    /// White space and slashes within one tag: the parser compares each attribute with all before it.
    pub tag_separators: usize,
    /// Nodes of the tree.
    pub nodes: usize,
    /// Scripts with JSON-LD.
    pub scripts: usize,
    /// Bytes of one script with JSON-LD.
    pub script_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 8 * 1024 * 1024,
            tags: 40_000,
            depth: 500,
            tag_separators: 2000,
            nodes: 100_000,
            scripts: 40,
            script_bytes: 1024 * 1024,
        }
    }
}

/// What was read from a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The title, without the site's name.
    pub title: String,
    /// The names of the authors.
    pub byline: Vec<String>,
    /// Its language.
    pub language: Option<LanguageId>,
    /// When it appeared, as printed.
    pub published: Option<PrintedDate>,
    /// When it was changed, as printed.
    pub modified: Option<PrintedDate>,
    /// The address that the page gives itself.
    pub canonical: Option<String>,
    /// The direction it is written in.
    pub direction: Option<Direction>,
    /// Paragraphs and headings of the text.
    pub paragraphs: Vec<String>,
    /// What a reader of the text should know about it.
    pub notes: Vec<PageNote>,
}

impl Page {
    /// The text, a paragraph a line.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// Something that a reader of a page's text should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageNote {
    /// The page is longer than what is read of one.
    TooLong,
    /// More elements are open at once than any honest page needs: it was cut there.
    TooDeep,
    /// More tags than any honest page needs: it was cut there.
    TooManyTags,
    /// A tag with more attributes than any honest page needs: it was cut there.
    TooManyAttributes,
    /// What had to be corrected about its charset.
    Charset(String),
    /// A reader has to pay or to register: the text may be a part of it.
    Paywall(Sign),
    /// The page asks for consent to being tracked instead of showing an article.
    Consent,
    /// Nothing on the page reads as an article.
    NoArticle,
}

/// Reads a page. `content_type` is the HTTP header's, `url` the address it was fetched from; without it the
/// page's own word for its address is taken.
pub fn read(
    body: &[u8],
    content_type: Option<&str>,
    url: &str,
    packs: &Packs,
    limits: &Limits,
) -> Page {
    let mut notes = Vec::new();
    let kept = &body[..body.len().min(limits.body_bytes)];
    if kept.len() < body.len() {
        notes.push(PageNote::TooLong);
    }
    let (html, said) = parse::decode(kept, content_type, url);
    notes.extend(said.into_iter().map(|note| PageNote::Charset(note.0)));
    let (html, note) = markup::within(&html, limits);
    notes.extend(note);
    let tree = Tree::of(&Document::from(html), limits);
    let head = Head::of(&tree, url, limits);
    let site = Site::of(&head);
    let title = title::title(&tree, &head, &site);
    let byline = byline::byline(&tree, &head, &site, packs);
    let known = Known { tree: &tree, head: &head, packs, title: &title, byline: &byline };
    let Text { paragraphs, blocks } = text::text(known);
    let letters = paragraphs.iter().map(String::len).sum();
    match gate::gate(&tree, &head, &blocks, packs, letters) {
        Some(Gate::Paywall(sign)) => notes.push(PageNote::Paywall(sign)),
        Some(Gate::Consent) => notes.push(PageNote::Consent),
        None if paragraphs.is_empty() => notes.push(PageNote::NoArticle),
        None => {}
    }
    let (language, direction) = tongue::tongue(&head, &title, &paragraphs, packs);
    Page {
        published: head.published(&tree),
        modified: head.modified(&tree),
        canonical: head.canonical.clone(),
        title,
        byline,
        language,
        direction: Some(direction),
        paragraphs,
        notes,
    }
}

impl fmt::Display for PageNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageNote::TooLong => {
                f.write_str("longer than what is read of a page: the rest was cut off")
            }
            PageNote::TooDeep => {
                f.write_str("nested deeper than what is read of a page: cut off there")
            }
            PageNote::TooManyTags => {
                f.write_str("more tags than what is read of a page: cut off there")
            }
            PageNote::TooManyAttributes => {
                f.write_str("a tag with too many attributes: cut off there")
            }
            PageNote::Charset(what) => f.write_str(what),
            PageNote::Paywall(Sign::Declared) => {
                f.write_str("paywall: the page says that it is not free")
            }
            PageNote::Paywall(Sign::Named) => {
                f.write_str("paywall: an element of the page is called one")
            }
            PageNote::Paywall(Sign::Asked) => {
                f.write_str("paywall: the page asks for a subscription or an account")
            }
            PageNote::Consent => f.write_str("the page asks for consent and shows no article"),
            PageNote::NoArticle => f.write_str("nothing on the page reads as an article"),
        }
    }
}

#[cfg(test)]
mod tests;
