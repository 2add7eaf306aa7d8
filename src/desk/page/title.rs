//! The title: what the page's several titles agree on, without the name of the site.

use std::collections::HashMap;

use url::Url;

use crate::desk::normalise::tokens;
use crate::desk::page::head::Head;
use crate::desk::page::tree::Tree;

/// Marks between a title and the name of a site.
const SEPARATORS: [&str; 10] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " ― "];

/// Words that a name of a site or a section behind the last mark has at most.
const SITE_WORDS_MAX: usize = 5;

/// The title. Empty when the page has none.
pub(super) fn title(tree: &Tree, head: &Head, url: &str) -> String {
    let sites: Vec<String> = head.sites().map(key).chain(host_words(url)).collect();
    let headings: Vec<String> = tree
        .elements()
        .filter(|(_, node)| node.name == "h1")
        .map(|(index, _)| tree.text(index))
        .filter(|text| !text.is_empty() && !is_site(text, &sites))
        .collect();
    let itemprop = tree.elements().find(|(_, node)| node.attribute("itemprop") == Some("headline"));
    let itemprop = itemprop.map(|(index, _)| tree.text(index)).filter(|text| !text.is_empty());
    // In the order in which they are believed when no two agree.
    let told = [
        head.data.headline.clone(),
        headings.first().cloned(),
        head.meta("og:title").map(str::to_owned),
        itemprop,
        head.meta("twitter:title").map(str::to_owned),
        head.meta("title").map(str::to_owned),
        head.title.clone(),
    ];
    let told: Vec<String> = told
        .into_iter()
        .flatten()
        .map(|title| without_site(&title, &sites))
        .filter(|title| !title.is_empty() && !is_site(title, &sites))
        .collect();
    let mut votes: HashMap<String, usize> = HashMap::new();
    for title in &told {
        *votes.entry(key(title)).or_default() += 1;
    }
    // The first with the most votes.
    let best = told.iter().rev().max_by_key(|title| votes.get(&key(title)));
    best.cloned().unwrap_or_default()
}

/// What titles are compared by: their folded words.
fn key(text: &str) -> String {
    tokens(text).into_iter().map(|token| token.folded).collect::<Vec<_>>().join(" ")
}

/// The name in the host: `www.a-gazette.example` is `a gazette`, and `agazette`.
fn host_words(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else { return Vec::new() };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let name = host.split('.').next().unwrap_or_default();
    vec![key(name), key(&host), name.replace('-', "")]
}

fn is_site(text: &str, sites: &[String]) -> bool {
    let key = key(text);
    let joined = key.replace(' ', "");
    sites.iter().any(|site| !site.is_empty() && (*site == key || site.replace(' ', "") == joined))
}

/// Takes the name of the site off both ends.
fn without_site(title: &str, sites: &[String]) -> String {
    let mut title = title.trim();
    loop {
        let cut = SEPARATORS.iter().find_map(|mark| {
            let last = title.rfind(mark).map(|at| (&title[..at], &title[at + mark.len()..]));
            let first = title.find(mark).map(|at| (&title[at + mark.len()..], &title[..at]));
            let cuts = [last, first].into_iter().flatten();
            cuts.into_iter().find(|(_, name)| names_site(name, sites)).map(|(rest, _)| rest.trim())
        });
        match cut {
            Some(rest) if !rest.is_empty() => title = rest,
            _ => return title.to_owned(),
        }
    }
}

/// Whether a part of a title is the site's name, or has it in a few words: `Politics | A Gazette`.
fn names_site(part: &str, sites: &[String]) -> bool {
    let part_key = key(part);
    let joined = part_key.replace(' ', "");
    let few = part_key.split(' ').count() <= SITE_WORDS_MAX;
    is_site(part, sites)
        || few
            && sites.iter().any(|site| {
                let bare = site.replace(' ', "");
                bare.chars().count() >= 3
                    && (joined.contains(&bare)
                        || (joined.chars().count() >= 3 && bare.contains(&joined)))
            })
}
