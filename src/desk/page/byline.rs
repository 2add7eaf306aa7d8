//! The authors, by name.

use crate::desk::packs::Packs;
use crate::desk::page::head::Head;
use crate::desk::page::signals::words;
use crate::desk::page::site::Site;
use crate::desk::page::tree::{Node, Tree, squeeze};

/// Characters of a name, or of the line that names several.
const LINE_CHARS_MAX: usize = 120;

/// Authors that are kept.
const AUTHORS_MAX: usize = 12;

/// The authors: from JSON-LD, meta elements, `rel=author`, microdata, or an element that is called a byline. A site that
/// names itself as the author is believed when nothing on the page names a person.
pub(super) fn byline(tree: &Tree, head: &Head, site: &Site, packs: &Packs) -> Vec<String> {
    let marked = |node: &Node| {
        let is_author = |value: Option<&str>| {
            value.unwrap_or_default().split_whitespace().any(|word| word == "author")
        };
        is_author(node.attribute("rel")) || is_author(node.attribute("itemprop"))
    };
    let called = |node: &Node| {
        !matches!(node.name.as_str(), "html" | "body") && packs.page.byline.names(&words(node))
    };
    let sources: [&dyn Fn() -> Vec<String>; 4] = [
        &|| head.data.authors.clone(),
        &|| head.authors().into_iter().map(str::to_owned).collect(),
        &|| elements(tree, marked),
        &|| elements(tree, called).into_iter().take(1).collect(),
    ];
    let mut itself = Vec::new();
    for source in sources {
        let names = clean(&source(), packs);
        if names.iter().any(|name| !site.is(name)) {
            return names;
        }
        if itself.is_empty() {
            itself = names;
        }
    }
    itself
}

fn elements(tree: &Tree, is: impl Fn(&Node) -> bool) -> Vec<String> {
    let found = tree.elements().filter(|(_, node)| node.name != "meta" && is(node));
    let lines = found.map(|(index, _)| tree.text(index));
    lines.filter(|line| !line.is_empty() && line.chars().count() <= LINE_CHARS_MAX).collect()
}

/// Names without "by" before them, one each, in order.
fn clean(lines: &[String], packs: &Packs) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let line = squeeze(line);
        // A profile's address is no name.
        if line.contains("://") || (line.contains('@') && !line.contains(' ')) {
            continue;
        }
        let parts = line.split([',', ';', '|', '،', '/']);
        let parts = parts.map(|part| packs.page_words.without_by(part.trim()));
        for name in parts.flat_map(|part| packs.page_words.names(part)) {
            let is_new = !out.iter().any(|known| known.eq_ignore_ascii_case(name));
            let is_name =
                name.chars().any(char::is_alphabetic) && name.chars().count() <= LINE_CHARS_MAX;
            if is_new && is_name && out.len() < AUTHORS_MAX {
                out.push(name.to_owned());
            }
        }
    }
    out
}
