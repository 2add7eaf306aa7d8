//! The authors, by name.

use crate::desk::packs::Packs;
use crate::desk::page::head::Head;
use crate::desk::page::signals::words;
use crate::desk::page::tree::{Tree, squeeze};

/// Characters of a name, or of the line that names several.
const LINE_CHARS_MAX: usize = 120;

/// Authors that are kept.
const AUTHORS_MAX: usize = 12;

/// The authors: from JSON-LD, meta elements, `rel=author`, microdata, or an element that is called a byline.
pub(super) fn byline(tree: &Tree, head: &Head, packs: &Packs) -> Vec<String> {
    let from_head =
        [head.data.authors.iter().map(String::as_str).collect::<Vec<_>>(), head.authors()];
    for said in from_head {
        let names = clean(said.iter().copied(), packs);
        if !names.is_empty() {
            return names;
        }
    }
    let marked = elements(tree, |node| {
        let rel = node.attribute("rel").unwrap_or_default();
        let property = node.attribute("itemprop").unwrap_or_default();
        rel.split_whitespace().any(|r| r == "author")
            || property.split_whitespace().any(|p| p == "author")
    });
    let names = clean(marked.iter().map(String::as_str), packs);
    if !names.is_empty() {
        return names;
    }
    let called = elements(tree, |node| {
        node.name != "body" && node.name != "html" && packs.page.byline.names(&words(node))
    });
    clean(called.iter().take(1).map(String::as_str), packs)
}

fn elements(tree: &Tree, is: impl Fn(&crate::desk::page::tree::Node) -> bool) -> Vec<String> {
    let found = tree.elements().filter(|(_, node)| node.name != "meta" && is(node));
    let lines = found.map(|(index, _)| tree.text(index));
    lines.filter(|line| !line.is_empty() && line.chars().count() <= LINE_CHARS_MAX).collect()
}

/// Names without "by" before them, one each, in order.
fn clean<'a>(lines: impl Iterator<Item = &'a str>, packs: &Packs) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let line = squeeze(line);
        // A profile's address is no name.
        if line.contains("://") || line.contains('@') && !line.contains(' ') {
            continue;
        }
        for part in line.split([',', ';', '|', '،', '/']) {
            let name = packs.page_words.without_by(part.trim()).trim();
            let is_new = !out.iter().any(|known| known.eq_ignore_ascii_case(name));
            if name.chars().any(char::is_alphabetic)
                && name.chars().count() <= LINE_CHARS_MAX
                && is_new
                && out.len() < AUTHORS_MAX
            {
                out.push(name.to_owned());
            }
        }
    }
    out
}
