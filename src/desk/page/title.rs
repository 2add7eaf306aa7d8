//! The title: what the page's several titles agree on, without the name of the site.

use std::collections::HashSet;

use crate::desk::page::head::Head;
use crate::desk::page::site::{Site, key};
use crate::desk::page::tree::Tree;

/// Marks between a title and the name of a site.
const SEPARATORS: [&str; 10] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " ― "];

/// Characters that a title has at least to be the core of another.
const CORE_CHARS_MIN: usize = 15;

/// The title. Empty when the page has none.
pub(super) fn title(tree: &Tree, head: &Head, site: &Site) -> String {
    let itemprop = tree.elements().find(|(_, node)| node.attribute("itemprop") == Some("headline"));
    // In the order in which they are believed when no two agree; those behind the third have no vote.
    let told = [
        head.data.headline.clone(),
        head.meta("og:title").map(str::to_owned),
        heading(tree, head, site),
        itemprop.map(|(index, _)| tree.text(index)),
        head.meta("twitter:title").map(str::to_owned),
        head.meta("title").map(str::to_owned),
        head.title.clone(),
    ];
    let bare: Vec<String> = told
        .iter()
        .map(|title| without_site(title.as_deref().unwrap_or_default(), site))
        .map(|title| if site.is(&title) { String::new() } else { title })
        .collect();
    let cores: Vec<&str> = bare.iter().map(|title| core(title, &bare)).collect();
    let votes = |title: &str| {
        let key = key(title);
        cores[..VOTERS].iter().filter(|other| self::key(other) == key).count()
    };
    let named = cores.iter().filter(|title| !title.is_empty());
    // The first with the most votes.
    named
        .rev()
        .max_by_key(|title| votes(title))
        .map(|title| (*title).to_owned())
        .unwrap_or_default()
}

/// How many of the titles have a vote: JSON-LD, Open Graph and the heading.
const VOTERS: usize = 3;

/// Of the first-level headings, the one that shares most words with what the head calls the page; sites have more than one.
fn heading(tree: &Tree, head: &Head, site: &Site) -> Option<String> {
    let titles = [head.meta("og:title"), head.data.headline.as_deref(), head.title.as_deref()];
    let said: Vec<String> = titles.into_iter().flatten().map(key).collect();
    let words: HashSet<&str> = said.iter().flat_map(|key| key.split(' ')).collect();
    let mut best: Option<(usize, String)> = None;
    for (index, _) in tree.elements().filter(|(_, node)| node.name == "h1").take(HEADINGS_MAX) {
        let text = tree.text(index);
        let key = key(&text);
        let shared = key.split(' ').filter(|word| words.contains(word)).count();
        let is_better = best.as_ref().is_none_or(|(most, _)| shared > *most);
        if is_better && !key.is_empty() && !site.is(&text) {
            best = Some((shared, text));
        }
    }
    best.map(|(_, text)| text)
}

/// First-level headings that are looked at.
const HEADINGS_MAX: usize = 10;

/// The shortest of the titles that a title is made of with a mark and something else beside it: the names of sections and
/// sites that nobody tells otherwise.
fn core<'t>(title: &'t str, all: &'t [String]) -> &'t str {
    let mut core = title;
    for other in all.iter().filter(|other| other.chars().count() >= CORE_CHARS_MIN) {
        if other.len() >= core.len() {
            continue;
        }
        let behind = title.strip_prefix(other.as_str()).map(str::trim_start);
        let before = title.strip_suffix(other.as_str()).map(str::trim_end);
        let marked = behind.is_some_and(|rest| rest.starts_with(is_mark))
            || before.is_some_and(|rest| rest.ends_with(is_mark));
        if marked {
            core = other;
        }
    }
    core
}

/// Characters of the marks between a title and the name of a site.
fn is_mark(c: char) -> bool {
    matches!(c, '|' | '-' | '–' | '—' | '»' | '·' | '•' | '/' | '―' | '｜' | '：' | '[')
}

/// Takes the name of the site off both ends.
fn without_site(title: &str, site: &Site) -> String {
    let mut title = title.trim();
    loop {
        let cut = SEPARATORS.iter().find_map(|mark| {
            let last = title.rfind(mark).map(|at| (&title[..at], &title[at + mark.len()..]));
            let first = title.find(mark).map(|at| (&title[at + mark.len()..], &title[..at]));
            let cuts = [last, first].into_iter().flatten();
            cuts.into_iter().find(|(_, name)| site.is_named_in(name)).map(|(rest, _)| rest.trim())
        });
        match cut {
            Some(rest) if !rest.is_empty() => title = rest,
            _ => return title.to_owned(),
        }
    }
}
