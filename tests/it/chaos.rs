//! Chaos: some hundred feeds polled some hundred times in virtual time, each with its own way of making old entries look
//! new. What is told must be each fact once, whoever had it first; and an edit that adds a fact tells this fact alone.
//!
//! `CHAOS=200x500` says how many feeds and polls; the default is what a build for development does in half a minute.

mod press;
mod stories;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use marsad::desk::model::{Alert, Article, ArticleId, Draft, EntryKey, LanguageId, Names};
use marsad::desk::pipeline::{Batch, Changes, Memory, Poll, Rules, ingest};
use marsad::store::Store;

use crate::support::rules;
use press::{Ids, Outlet};
use stories::{LANGUAGES, Story, VERSIONS, WORDINGS};

/// Polls between two stories that break.
const STORY_POLLS: usize = 40;

/// A story that breaks before the first poll: its facts are the baseline, and no news.
const OLD_STORIES: usize = 1;

fn size() -> (usize, usize) {
    let default = if cfg!(debug_assertions) { (48, 200) } else { (200, 500) };
    let asked = std::env::vars().find(|(name, _)| name == "CHAOS");
    let parsed = asked.and_then(|(_, text)| {
        let (feeds, polls) = text.split_once('x')?;
        Some((feeds.parse().ok()?, polls.parse().ok()?))
    });
    parsed.unwrap_or(default)
}

/// The time of a poll of a feed: one an hour, the feeds within it one behind the other.
fn time(poll: usize, feed: usize) -> Timestamp {
    let start: Timestamp = "2025-09-01T06:00:00Z".parse().expect("an instant");
    let hours = SignedDuration::from_hours(i64::try_from(poll).expect("a poll"));
    start + hours + SignedDuration::from_secs(i64::try_from(feed * 3).expect("a feed"))
}

/// A fact as receivers know it: the day of its event, the slot and the value.
type Told = (String, String, String);

fn told(alert: &Alert) -> Told {
    let day = alert.event.date.clone().unwrap_or_default();
    (day, alert.slot.to_string(), alert.value.clone())
}

/// What each version of a story tells when nothing goes wrong, in one language and wording.
fn facts(rules: &Rules, story: &Story, language: usize, wording: usize) -> Vec<BTreeSet<Told>> {
    let (mut memory, mut out) = (Memory::default(), Vec::new());
    for version in 0..VERSIONS {
        let (title, text) = story.told(language, wording, version);
        let now = time(STORY_POLLS * story.number + version, 0);
        let draft = Draft {
            key: EntryKey("a".into()),
            names: Names::default(),
            id: Some(ArticleId::new(format!("a{version}"))),
            url: "https://a.example/a".into(),
            title,
            text,
            published: Some(now),
            updated: None,
            language: Some(LanguageId::new(LANGUAGES[language])),
            source: "A".into(),
            feed: None,
        };
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        out.push(changes.alerts.iter().map(told).collect());
        memory.apply(rules, &changes);
    }
    out
}

/// The stories, and the polls at which they break.
fn stories(polls: usize) -> (Vec<Story>, Vec<usize>) {
    let count = (polls.saturating_sub(STORY_POLLS) / STORY_POLLS).max(2) + OLD_STORIES;
    let release = |number: usize| (number.saturating_sub(OLD_STORIES)) * STORY_POLLS + 3;
    let stories = (0..count).map(|n| Story::breaking(n, time(STORY_POLLS * n, 0))).collect();
    let releases = (0..count).map(|n| if n < OLD_STORIES { 0 } else { release(n) }).collect();
    (stories, releases)
}

/// The facts of all stories, but for what the old ones told at the first poll; each language and wording tells the same.
fn distinct(rules: &Rules, stories: &[Story]) -> BTreeSet<Told> {
    let mut all = BTreeSet::new();
    for story in stories {
        let first = facts(rules, story, 0, 0);
        let counts: Vec<usize> = first.iter().map(BTreeSet::len).collect();
        assert_eq!(counts, [3, 1, 1], "status, date and place, then length, then head: {first:?}");
        for (language, wording) in
            (0..LANGUAGES.len()).flat_map(|l| (0..WORDINGS).map(move |w| (l, w)))
        {
            assert_eq!(facts(rules, story, language, wording), first, "{language} {wording}");
        }
        let known = usize::from(story.number < OLD_STORIES);
        all.extend(first.into_iter().skip(known).flatten());
    }
    all
}

/// What came of it.
#[derive(Default)]
struct Outcome {
    told: BTreeMap<Told, Vec<String>>,
    /// Entries and versions that were kept.
    entries: usize,
    versions: usize,
    silent: usize,
    notes: BTreeMap<String, usize>,
}

impl Outcome {
    fn take(&mut self, changes: &Changes) {
        for alert in &changes.alerts {
            let by = format!("{} {} {}", alert.kind.as_str(), alert.article.source, alert.at);
            self.told.entry(told(alert)).or_default().push(by);
        }
        for article in &changes.articles {
            self.versions += 1;
            self.entries += usize::from(article.version == 1);
            let Some(revision) = &article.revision else { continue };
            assert!(!revision.unknown, "the text before is at hand");
            self.silent += usize::from(revision.silent);
            let alerts = alerts_of(changes, article);
            assert!(
                alerts <= revision.added.len().min(1),
                "an edit tells its difference: {article:?}"
            );
        }
        for entry in changes.journal.iter().filter(|entry| entry.feed.is_some()) {
            let quarantine = ["in quarantine", "believed again"];
            if let Some(what) = quarantine.iter().find(|what| entry.reason.contains(**what)) {
                *self.notes.entry((*what).to_owned()).or_default() += 1;
            }
        }
    }

    /// Each fact was told once, and nothing else.
    fn check(&self, expect: &BTreeSet<Told>) {
        let twice: Vec<_> = self.told.iter().filter(|(_, by)| by.len() > 1).collect();
        let missed: Vec<_> = expect.iter().filter(|fact| !self.told.contains_key(*fact)).collect();
        let wrong: Vec<_> = self.told.iter().filter(|(fact, _)| !expect.contains(*fact)).collect();
        assert!(
            twice.is_empty() && missed.is_empty() && wrong.is_empty(),
            "twice: {twice:#?}\nmissed: {missed:#?}\nwrong: {wrong:#?}"
        );
    }
}

fn alerts_of(changes: &Changes, article: &Article) -> usize {
    let same = |alert: &&Alert| alert.article.url == article.url;
    changes.alerts.iter().filter(same).count()
}

/// One poll of one feed.
fn poll(outlet: &mut Outlet, (poll, feed): (usize, usize), stories: &[Story]) -> Batch {
    let fetched = outlet.answer(poll, stories, |poll| time(poll, feed), time(poll, feed));
    Batch::Poll(Box::new(Poll { feed: outlet.state.clone(), fetched, jitter: 0 }))
}

/// The ids of a feed are in quarantine exactly when they are not to be believed.
fn check_ids(outlets: &[Outlet]) {
    for outlet in outlets {
        let renames = matches!(outlet.ids, Ids::Random | Ids::Link | Ids::Place);
        assert_eq!(
            outlet.state.renaming.since.is_some(),
            renames,
            "{:?} {}",
            outlet.ids,
            outlet.state.url
        );
    }
}

#[test]
fn every_fact_is_told_once_whatever_feeds_do_to_their_entries() {
    let (feeds, polls) = size();
    let rules = rules(Vec::new());
    let (stories, releases) = stories(polls);
    let expect = distinct(&rules, &stories);
    let mut outlets: Vec<Outlet> =
        (0..feeds).map(|feed| Outlet::new(feed, &releases, time(0, feed))).collect();
    let (mut memory, mut outcome) = (Memory::default(), Outcome::default());
    for at in 0..polls {
        for (feed, outlet) in outlets.iter_mut().enumerate() {
            let batch = poll(outlet, (at, feed), &stories);
            let changes = ingest(&rules, &memory, batch, time(at, feed));
            assert!(changes.wants.is_empty(), "all texts are at hand");
            outlet.state = changes.feed.clone().expect("the feed");
            outcome.take(&changes);
            memory.apply(&rules, &changes);
        }
    }
    println!(
        "{feeds} feeds x {polls} polls: {} facts, {} entries in {} versions, {} silent edits, {:?}",
        outcome.told.len(),
        outcome.entries,
        outcome.versions,
        outcome.silent,
        outcome.notes
    );
    outcome.check(&expect);
    check_ids(&outlets);
    // No entry was taken for two, and no two for one; the weather is one in each feed.
    let shown: usize = outlets.iter().map(|outlet| outlet.shown.len() + 1).sum();
    assert_eq!(outcome.entries, shown);
}

#[tokio::test]
async fn a_store_and_its_restarts_change_nothing_about_it() {
    let (feeds, polls) = (9, 100);
    let rules = rules(Vec::new());
    let (stories, releases) = stories(polls);
    let expect = distinct(&rules, &stories);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("marsad.db")).expect("a store");
    let mut outlets: Vec<Outlet> =
        (0..feeds).map(|feed| Outlet::new(feed, &releases, time(0, feed))).collect();
    let (mut memory, mut outcome) = (Memory::default(), Outcome::default());
    for at in 0..polls {
        if at % 16 == 15 {
            let stored = store.restore(Timestamp::MIN).await.expect("what was stored");
            memory = Memory::restore(&rules, stored);
            for state in store.feeds().await.expect("the feeds") {
                let outlet = outlets.iter_mut().find(|outlet| outlet.state.id == state.id);
                outlet.expect("a feed of ours").state = state;
            }
        }
        for (feed, outlet) in outlets.iter_mut().enumerate() {
            let batch = poll(outlet, (at, feed), &stories);
            let mut changes = ingest(&rules, &memory, batch.clone(), time(at, feed));
            if !changes.wants.is_empty() {
                let articles = store.articles(&changes.wants).await.expect("articles");
                memory.recall(&rules, &changes.wants, &articles);
                changes = ingest(&rules, &memory, batch, time(at, feed));
            }
            outlet.state = changes.feed.clone().expect("the feed");
            outcome.take(&changes);
            memory.apply(&rules, &changes);
            store.commit(changes).await.expect("a commit");
        }
    }
    outcome.check(&expect);
    check_ids(&outlets);
    let counts = store.counts().await.expect("counts");
    let alerts: usize = outcome.told.values().map(Vec::len).sum();
    assert_eq!(counts.alerts, alerts as u64);
    assert_eq!(counts.articles, outcome.versions as u64);
    store.integrity_check().await.expect("a sound file");
}
