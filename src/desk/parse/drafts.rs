//! Entries to drafts: names and text.
//!
//! An entry is known again by its guid, by the page that it links to, and by its text; [`crate::desk::identity`] decides
//! which of them is believed. As long as nothing speaks against it, that is the guid; without one, the page; without that,
//! the text. The feed is part of all three: two publishers that link to the same page bring two articles, which the copy
//! detector folds, and not two versions of one, which would alternate for ever.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::desk::extract;
use crate::desk::model::{Draft, EntryKey, FeedState, LanguageId, Names, stable_id};
use crate::desk::normalise::{Tracking, page};
use crate::desk::parse::{Parsed, RawEntry};

/// The drafts of a feed's entries, in their order. An entry that repeats the identity of an earlier one of the same
/// document is left out when it is the same, and goes by its link when it is not.
pub fn drafts(feed: &FeedState, parsed: &Parsed, tracking: &Tracking) -> Vec<Draft> {
    let pages: Vec<Option<String>> =
        parsed.entries.iter().map(|entry| link(entry).map(|link| page(&link, tracking))).collect();
    let guids = || parsed.entries.iter().map(|entry| entry.id.as_deref());
    let links = || pages.iter().map(Option::as_deref);
    // A guid that stands for different pages is no name: some systems write the same one into every item. Neither is a page
    // that entries with different guids link to: the parts of a live report do.
    let of_many = ambiguous(guids().zip(links()));
    let shared = ambiguous(
        links().zip(guids()).map(|(link, id)| (link, id.filter(|id| !of_many.contains(id)))),
    );
    let mut seen = HashSet::new();
    let drafts = parsed.entries.iter().zip(links()).map(|(entry, link)| {
        let guid = entry.id.as_deref().filter(|id| !of_many.contains(id));
        let link = link.filter(|link| !shared.contains(link));
        draft(feed, parsed, entry, (guid, link))
    });
    drafts.filter(|draft| seen.insert(draft.key.clone())).collect()
}

/// The names that stand beside different others.
fn ambiguous<'a>(
    pairs: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>,
) -> HashSet<&'a str> {
    let mut first: HashMap<&str, Option<&str>> = HashMap::new();
    let mut found = HashSet::new();
    for (name, other) in pairs.filter_map(|(name, other)| Some((name?, other))) {
        if *first.entry(name).or_insert(other) != other {
            found.insert(name);
        }
    }
    found
}

fn draft(
    feed: &FeedState,
    parsed: &Parsed,
    entry: &RawEntry,
    (guid, page): (Option<&str>, Option<&str>),
) -> Draft {
    let title = extract::text(&entry.title).replace('\n', " ");
    let text = extract::text(&entry.html);
    let of = feed.id.as_str();
    let names = Names {
        guid: guid.map(|guid| EntryKey(stable_id(&["guid", of, guid]))),
        link: page.map(|page| EntryKey(stable_id(&["link", of, page]))),
    };
    let by_text = || EntryKey(stable_id(&["text", of, &title, &text]));
    let key = names.guid.as_ref().or(names.link.as_ref()).cloned().unwrap_or_else(by_text);
    let said = entry.language.as_deref().or(parsed.language.as_deref()).and_then(language);
    Draft {
        // An entry without a link still needs an address of its own: the feed's, with the entry's key.
        url: link(entry).unwrap_or_else(|| format!("{}#{}", feed.url, key.0)),
        key,
        names,
        id: None,
        title,
        text,
        published: entry.published,
        updated: entry.updated,
        language: said.or_else(|| feed.language.clone()),
        source: feed.source.clone(),
        feed: Some(feed.id.clone()),
    }
}

/// The entry's link, or its guid when that is a web address.
fn link(entry: &RawEntry) -> Option<String> {
    [entry.url.as_deref(), entry.id.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(|link| Url::parse(link).ok())
        .find(|url| matches!(url.scheme(), "http" | "https"))
        .map(|url| url.to_string())
}

/// The primary subtag of a language tag: `ar` of `ar-EG` and `AR_eg`.
fn language(tag: &str) -> Option<LanguageId> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let plain = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| LanguageId::new(primary))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn entry(id: &str, url: &str, title: &str) -> RawEntry {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        RawEntry { id: some(id), url: some(url), title: title.to_owned(), ..RawEntry::default() }
    }

    fn tracking() -> Tracking {
        let mut tracking = Tracking::default();
        tracking.add("utm_*");
        tracking
    }

    /// How many different keys the entries have, each in a document of its own.
    fn check(entries: &[RawEntry], expect: usize) {
        let feed = FeedState::new("https://f.example/rss", "F", None, Timestamp::UNIX_EPOCH);
        let mut keys: Vec<EntryKey> = entries
            .iter()
            .flat_map(|e| {
                let parsed = Parsed { entries: vec![e.clone()], ..Parsed::default() };
                drafts(&feed, &parsed, &tracking())
            })
            .map(|d| d.key)
            .collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), expect, "{entries:?}");
    }

    #[test]
    fn identity_is_guid_then_link_then_text() {
        let l = "https://n.example/1";
        check(&[entry("1", l, "خبر"), entry("1", "https://n.example/2", "خبر آخر")], 1);
        check(&[entry("1", l, "a"), entry("2", l, "a")], 2);
        check(&[entry("", l, "a"), entry("", "https://n.example/1?utm_source=rss#x", "b")], 1);
        check(&[entry("", l, "a"), entry("", "https://n.example/1?id=2", "a")], 2);
        check(&[entry("", "", "новость"), entry("", "", "новость")], 1);
        check(&[entry("", "", "новость"), entry("", "", "другая")], 2);
    }

    #[test]
    fn a_guid_that_every_item_repeats_is_no_identity() {
        let feed = FeedState::new("https://f.example/rss", "F", None, Timestamp::UNIX_EPOCH);
        let entries =
            vec![entry("0", "https://n.example/1", "a"), entry("0", "https://n.example/2", "b")];
        let parsed = Parsed { entries, language: Some("ar-EG".into()), ..Parsed::default() };
        let drafts = drafts(&feed, &parsed, &tracking());
        assert_eq!(drafts.len(), 2);
        assert_eq!(drafts[0].language, Some(LanguageId::new("ar")));
    }

    #[test]
    fn a_page_that_many_entries_link_to_is_no_name() {
        let feed = FeedState::new("https://f.example/rss", "F", None, Timestamp::UNIX_EPOCH);
        let part =
            |id: &str, title: &str| entry(id, &format!("https://n.example/live#{id}"), title);
        let entries = vec![part("1", "الأول"), part("2", "второе"), part("3", "third")];
        let drafts = drafts(&feed, &Parsed { entries, ..Parsed::default() }, &tracking());
        assert_eq!(drafts.len(), 3);
        assert!(
            drafts.iter().all(|draft| draft.names.link.is_none() && draft.names.guid.is_some())
        );
    }
}
