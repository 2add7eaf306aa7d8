//! Entries to drafts: identity and text.
//!
//! Identity is the feed with the entry's guid; without one, the feed with the canonical link; without that, the feed
//! with a fingerprint of title and text. The feed is part of all three: two publishers that link to the same page
//! bring two articles, which the copy detector folds, and not two versions of one, which would alternate for ever.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::desk::extract;
use crate::desk::model::{Draft, EntryKey, FeedState, LanguageId, stable_id};
use crate::desk::parse::{Parsed, RawEntry};

/// Parameters of a link that say where the reader came from and not what he reads; a name ending in `_` is a prefix.
const TRACKING: [&str; 12] = [
    "utm_", "at_", "ns_", "fbclid", "gclid", "yclid", "ysclid", "mc_cid", "mc_eid", "cmpid",
    "ocid", "rss",
];

/// The drafts of a feed's entries, in their order. An entry that repeats the identity of an earlier one of the same
/// document is left out when it is the same, and goes by its link when it is not.
pub fn drafts(feed: &FeedState, parsed: &Parsed) -> Vec<Draft> {
    // A guid that stands for different links is no identity: some systems write the same one into every item.
    let mut links: HashMap<&str, Option<&str>> = HashMap::new();
    let mut ambiguous: HashSet<&str> = HashSet::new();
    for entry in &parsed.entries {
        let Some(id) = entry.id.as_deref() else { continue };
        match links.get(id) {
            Some(link) if *link != entry.url.as_deref() => {
                ambiguous.insert(id);
            }
            Some(_) => {}
            None => {
                links.insert(id, entry.url.as_deref());
            }
        }
    }
    let mut seen = HashSet::new();
    let drafts = parsed.entries.iter().map(|entry| {
        let guid = entry.id.as_deref().filter(|id| !ambiguous.contains(*id));
        draft(feed, parsed, entry, guid)
    });
    drafts.filter(|draft| seen.insert(draft.key.clone())).collect()
}

fn draft(feed: &FeedState, parsed: &Parsed, entry: &RawEntry, guid: Option<&str>) -> Draft {
    let title = extract::text(&entry.title).replace('\n', " ");
    let text = extract::text(&entry.html);
    let url = link(entry);
    let key = key(feed, guid, url.as_deref(), &title, &text);
    let said = entry.language.as_deref().or(parsed.language.as_deref()).and_then(language);
    Draft {
        // An entry without a link still needs an address of its own: the feed's, with the entry's key.
        url: url.unwrap_or_else(|| format!("{}#{}", feed.url, key.0)),
        key,
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

fn key(
    feed: &FeedState,
    guid: Option<&str>,
    url: Option<&str>,
    title: &str,
    text: &str,
) -> EntryKey {
    let feed = feed.id.as_str();
    EntryKey(match (guid, url) {
        (Some(guid), _) => stable_id(&["guid", feed, guid]),
        (None, Some(url)) => stable_id(&["link", feed, &canonical(url)]),
        (None, None) => stable_id(&["text", feed, title, text]),
    })
}

/// A link without its fragment and without the parameters that follow the reader around.
fn canonical(link: &str) -> String {
    let Ok(mut url) = Url::parse(link) else { return link.to_owned() };
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| {
            !TRACKING.iter().any(|t| if t.ends_with('_') { name.starts_with(t) } else { name == t })
        })
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    url.to_string()
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

    /// How many different keys the entries have, each in a document of its own.
    fn check(entries: &[RawEntry], expect: usize) {
        let feed = FeedState::new("https://f.example/rss", "F", None, Timestamp::UNIX_EPOCH);
        let mut keys: Vec<EntryKey> = entries
            .iter()
            .flat_map(|e| drafts(&feed, &Parsed { entries: vec![e.clone()], ..Parsed::default() }))
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
        let drafts = drafts(&feed, &parsed);
        assert_eq!(drafts.len(), 2);
        assert_eq!(drafts[0].language, Some(LanguageId::new("ar")));
    }
}
