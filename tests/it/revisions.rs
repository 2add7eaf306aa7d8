//! One feed, poll by poll: edits, other addresses and other ids, and what is told and noted of them.

use jiff::{SignedDuration, Timestamp};
use marsad::desk::model::{Answer, FeedState, Fetched};
use marsad::desk::pipeline::{Batch, Changes, Memory, Poll, Rules, ingest};

use crate::support::rules;

/// An entry: guid, link, title, text.
type Entry<'a> = (&'a str, &'a str, &'a str, &'a str);

struct Feed {
    rules: Rules,
    memory: Memory,
    state: FeedState,
    now: Timestamp,
}

impl Feed {
    /// A feed whose first poll, which is silent, has brought nothing.
    fn new() -> Self {
        let now: Timestamp = "2025-09-04T09:00:00Z".parse().expect("an instant");
        let state = FeedState::new("https://feed.example/rss", "Feed", None, now);
        let mut feed = Self { rules: rules(Vec::new()), memory: Memory::default(), state, now };
        feed.poll(&[]);
        feed
    }

    /// The next poll, half an hour later. All entries are of the same time.
    fn poll(&mut self, entries: &[Entry<'_>]) -> Changes {
        self.now += SignedDuration::from_mins(30);
        let items: Vec<serde_json::Value> = entries
            .iter()
            .map(|(id, url, title, text)| {
                serde_json::json!({
                    "id": id, "url": url, "title": title, "content_text": text,
                    "date_published": "2025-09-04T08:00:00Z",
                })
            })
            .collect();
        let feed = serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": items,
        });
        let answer = Answer {
            status: 200,
            headers: vec![("content-type".into(), "application/feed+json".into())],
            body: feed.to_string().into_bytes(),
            url: self.state.url.clone(),
            permanent: None,
        };
        let fetched = Fetched::Answer(answer);
        let batch = Poll { feed: self.state.clone(), fetched, jitter: 0 };
        let changes = ingest(&self.rules, &self.memory, Batch::Poll(Box::new(batch)), self.now);
        self.memory.apply(&self.rules, &changes);
        self.state = changes.feed.clone().expect("the feed");
        changes
    }
}

fn told(changes: &Changes) -> Vec<String> {
    changes.alerts.iter().map(|alert| format!("{}={}", alert.slot, alert.value)).collect()
}

fn noted(changes: &Changes, words: &str) -> bool {
    changes.journal.iter().any(|entry| entry.reason.contains(words))
}

/// Title, first version, and the sentence that the second one adds.
const STORIES: [(&str, &str, &str); 3] = [
    (
        "Delegations of Russia and the United States met in Geneva",
        "Delegations of Russia and the United States met in Geneva on 3 September 2025.",
        "The talks lasted 5 hours.",
    ),
    (
        "Делегации России и США встретились в Женеве",
        "Делегации России и США встретились в Женеве 3 сентября 2025 года.",
        "Переговоры продолжались 5 часов.",
    ),
    (
        "التقى وفدا روسيا والولايات المتحدة في جنيف",
        "التقى وفدا روسيا والولايات المتحدة في جنيف يوم 3 سبتمبر 2025.",
        "واستمرت المحادثات 5 ساعات.",
    ),
];

#[test]
fn a_silent_edit_tells_its_difference_and_is_kept_as_one() {
    for (title, first, added) in STORIES {
        let mut feed = Feed::new();
        let (guid, link) = ("1", "https://n.example/1");
        let changes = feed.poll(&[(guid, link, title, first)]);
        assert_eq!(told(&changes).len(), 3, "{title}");
        let both = format!("{first}\n{added}");
        let changes = feed.poll(&[(guid, link, title, &both)]);
        assert_eq!(told(&changes), ["duration=PT5H"], "{title}");
        let revision = changes.articles[0].revision.clone().expect("a second version");
        assert!(revision.silent && revision.removed.is_empty() && revision.changed.is_empty());
        assert_eq!(revision.added, [added]);
        assert!(noted(&changes, "a silent edit"));
        // Taken back and put in again, it is no news; nor is the same in other marks and letters.
        for text in [first, &both, &both.to_uppercase(), &both.replace('.', "!")] {
            assert!(told(&feed.poll(&[(guid, link, title, text)])).is_empty(), "{text}");
        }
    }
}

#[test]
fn an_entry_that_moves_or_is_named_anew_is_the_same_one() {
    let (title, first, added) = STORIES[1];
    let both = format!("{first}\n{added}");
    let tracked = "https://n.example/1?utm_source=rss&yclid=7&ref=main#top";
    for (guid, link, note) in [
        ("1", "https://n.example/archive/1", "it is at https://n.example/archive/1 now"),
        ("2", "http://www.n.example/1/", "known by its link; it has another id now"),
        ("2", tracked, ""),
    ] {
        let mut feed = Feed::new();
        feed.poll(&[("1", "https://n.example/1", title, first)]);
        let changes = feed.poll(&[(guid, link, title, first)]);
        assert!(changes.articles.is_empty(), "{guid} {link}");
        assert!(note.is_empty() || noted(&changes, note), "{guid} {link}: {:?}", changes.journal);
        let changes = feed.poll(&[(guid, link, title, &both)]);
        assert_eq!(told(&changes), ["duration=PT5H"], "{guid} {link}");
        assert_eq!(changes.articles[0].version, 2, "{guid} {link}");
    }
}

#[test]
fn a_feed_that_renames_its_ids_is_in_quarantine_and_tells_nothing_twice() {
    let mut feed = Feed::new();
    let links = ["https://n.example/1", "https://n.example/2", "https://n.example/3"];
    for poll in 0..8 {
        let ids: Vec<String> = (0..3).map(|n| format!("{poll}-{n}")).collect();
        let entries: Vec<Entry<'_>> = STORIES
            .iter()
            .enumerate()
            .map(|(n, (title, text, _))| (ids[n].as_str(), links[n], *title, *text))
            .collect();
        let changes = feed.poll(&entries);
        assert_eq!(changes.articles.len(), if poll == 0 { 3 } else { 0 }, "poll {poll}");
        assert_eq!(told(&changes).len(), if poll == 0 { 3 } else { 0 }, "poll {poll}");
        assert_eq!(feed.state.renaming.since.is_some(), poll >= 2, "poll {poll}");
        assert_eq!(noted(&changes, "ids in quarantine"), poll == 2, "poll {poll}");
    }
    let ids = ["a", "b", "c"];
    let entries: Vec<Entry<'_>> = STORIES
        .iter()
        .enumerate()
        .map(|(n, (title, text, _))| (ids[n], links[n], *title, *text))
        .collect();
    let kept = (0..14).filter(|_| noted(&feed.poll(&entries), "ids are believed again")).count();
    assert_eq!((kept, feed.state.renaming.since), (1, None));
}
