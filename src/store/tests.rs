//! Tests of the store, on real files.

mod migrate;
mod outbox;
mod sample;

use std::path::PathBuf;

use rusqlite::{Connection, params};
use tempfile::TempDir;

use super::*;
use crate::desk::model::*;
use sample::{at, changes, delivery, feed};

/// A store in a folder that goes when the test ends.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data").join("marsad.db")
    }

    fn open(&self) -> Store {
        Store::open(&self.path()).expect("an open store")
    }
}

#[tokio::test]
async fn a_batch_comes_back_as_it_was() {
    let place = Place::new();
    let given = changes();
    let store = place.open();
    store.register_feeds(vec![feed("https://a.example/feed", "الجزيرة")]).await.expect("feeds");
    store.commit(given.clone()).await.expect("a commit");
    drop(store);

    let store = place.open();
    assert_eq!(store.feeds().await.expect("feeds"), given.feed.as_slice());
    let stored = store.restore(at("2025-04-01T00:00:00Z")).await.expect("stored");
    assert_eq!(stored.articles, given.articles);
    assert_eq!(stored.sketches, given.sketches);
    assert_eq!(stored.events, given.events);
    assert_eq!(stored.claims, given.claims);
    assert_eq!(stored.reports, given.reports);
    assert_eq!(store.events().await.expect("events"), given.events);
    assert_eq!(store.facts().await.expect("facts"), given.facts);
    assert_eq!(store.alerts(10).await.expect("alerts"), given.alerts);
    assert_eq!(store.deliveries(None, 10).await.expect("deliveries"), given.deliveries);
    let ids = [ClaimId::new("claim-ru"), ClaimId::new("none"), ClaimId::new("claim-ar")];
    let claims = store.claims(&ids).await.expect("claims");
    assert_eq!(claims.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["claim-ru", "claim-ar"]);
    let journal = store.journal(&ArticleId::new("article-ar")).await.expect("a journal");
    assert_eq!(journal, given.journal);
    store.ping().await.expect("an answer");
    store.integrity_check().await.expect("no damage");
}

#[tokio::test]
async fn a_second_commit_adds_nothing() {
    let place = Place::new();
    let store = place.open();
    store.commit(changes()).await.expect("a commit");
    let before = store.counts().await.expect("counts");
    let taken = store.take_due(at("2025-04-08T10:00:00Z"), 1).await.expect("taken");
    assert_eq!(taken.len(), 1);
    store.commit(changes()).await.expect("the same again");
    assert_eq!(store.counts().await.expect("counts"), before);
    let expected = Counts {
        feeds: 1,
        articles: 3,
        copies: 1,
        claims: 2,
        events: 1,
        facts: 2,
        alerts: 1,
        delivered: 0,
        pending: 1,
        dead: 0,
    };
    assert_eq!(before, expected);
    // What has happened to a delivery since is not undone.
    let attempting = store.deliveries(Some(DeliveryState::Attempting), 10).await.expect("rows");
    assert_eq!(attempting.len(), 1);
    let journal = store.journal(&ArticleId::new("article-ar")).await.expect("a journal");
    assert_eq!(journal.len(), 1);
}

#[tokio::test]
async fn a_batch_that_cannot_be_committed_leaves_no_trace() {
    let place = Place::new();
    let store = place.open();
    let mut broken = changes();
    broken.deliveries.push(delivery("of-no-alert", "newsroom", "event", "2025-04-08T10:00:00Z"));
    if let Some(last) = broken.deliveries.last_mut() {
        last.alert = AlertId::new("nowhere");
    }
    assert!(matches!(store.commit(broken).await, Err(StoreError::Other(_))));
    assert_eq!(store.counts().await.expect("counts"), Counts::default());
}

#[tokio::test]
async fn articles_are_restored_in_the_order_of_their_commits_within_the_window() {
    let place = Place::new();
    let store = place.open();
    for (id, seen) in [("b", "2025-04-03"), ("old", "2025-03-01"), ("a", "2025-04-02")] {
        let mut article = sample::article(id, "en", "A title", "A text.");
        article.first_seen = at(&format!("{seen}T00:00:00Z"));
        let batch = Changes { articles: vec![article], ..Changes::default() };
        store.commit(batch).await.expect("a commit");
    }
    let stored = store.restore(at("2025-04-01T00:00:00Z")).await.expect("stored");
    let ids: Vec<_> = stored.articles.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["b", "a"]);
}

#[tokio::test]
async fn facts_of_an_event_are_replaced_and_each_version_of_an_alert_stays() {
    let place = Place::new();
    let store = place.open();
    store.commit(changes()).await.expect("a commit");
    let mut later = changes();
    later.facts.truncate(1);
    later.alerts[0].version = 2;
    store.commit(later.clone()).await.expect("a commit");
    assert_eq!(store.facts().await.expect("facts"), later.facts);
    let mut stale = Changes { alerts: changes().alerts, ..Changes::default() };
    stale.alerts[0].severity = 1;
    store.commit(stale).await.expect("a commit");
    let mut told = store.alerts(10).await.expect("alerts");
    assert_eq!(told.remove(0), later.alerts[0], "the latest first");
    assert_eq!(told, changes().alerts, "as it was told, not as it came again");
    let last = store.alert("alert-1").await.expect("an answer");
    assert_eq!(last, Some(later.alerts[0].clone()));
    let stored = store.restore(at("2025-04-01T00:00:00Z")).await.expect("stored");
    assert_eq!(stored.alerts, [(AlertId::new("alert-1"), 2)]);
}

#[tokio::test]
async fn a_known_feed_keeps_its_state_and_one_that_is_gone_is_listed_no_more() {
    let place = Place::new();
    let store = place.open();
    let mut polled = feed("https://a.example/feed", "Old name");
    polled.validators.etag = Some("W/\"1\"".into());
    polled.primed = true;
    let other = feed("https://b.example/feed", "Other");
    store.commit(Changes { feed: Some(polled.clone()), ..Changes::default() }).await.expect("one");
    store.register_feeds(vec![other.clone()]).await.expect("feeds");
    assert_eq!(store.feeds().await.expect("feeds"), [other]);
    let renamed = feed("https://a.example/feed", "Новое имя");
    let states = store.register_feeds(vec![renamed]).await.expect("feeds");
    assert_eq!(states, [FeedState { source: "Новое имя".into(), ..polled }]);
    assert_eq!(store.feeds().await.expect("feeds"), states);
}

#[tokio::test]
async fn names_lead_to_articles_and_alerts() {
    let place = Place::new();
    let store = place.open();
    store.commit(changes()).await.expect("a commit");
    for (name, found) in [
        ("article-ar", Some("article-ar")),
        ("article-a", Some("article-ar")),
        ("https://a.example/article-ru", Some("article-ru")),
        ("article-", None),
        ("art", None),
        ("%", None),
        ("", None),
    ] {
        let article = store.article(name).await.expect("an answer");
        assert_eq!(article.as_ref().map(|a| a.id.as_str()), found, "{name}");
    }
    assert!(store.alert("alert-1").await.expect("an answer").is_some());
    assert!(store.alert("aler").await.expect("an answer").is_some());
    assert!(store.alert("alert-10").await.expect("an answer").is_none());
}

#[tokio::test]
async fn old_articles_without_claims_are_pruned() {
    let place = Place::new();
    let store = place.open();
    store.commit(changes()).await.expect("a commit");
    let dropped = store.prune(at("2026-01-01T00:00:00Z"), 100).await.expect("pruned");
    // One journal entry, the copy, on which no claim rests, and the sketches, whose days are over. What is not
    // delivered stays.
    assert_eq!(dropped, 4);
    let stored = store.restore(at("2025-01-01T00:00:00Z")).await.expect("stored");
    assert!(stored.sketches.is_empty());
    let counts = store.counts().await.expect("counts");
    assert_eq!((counts.articles, counts.claims, counts.pending), (2, 2, 1));
}

#[test]
fn a_database_of_a_later_version_is_refused_and_a_damaged_one_too() {
    let place = Place::new();
    drop(place.open());
    let conn = Connection::open(place.path()).expect("the file");
    conn.pragma_update(None, "user_version", 99).expect("a version");
    drop(conn);
    let known = i64::try_from(schema::MIGRATIONS.len()).expect("few steps");
    let refused = Store::open(&place.path()).expect_err("refused");
    assert_eq!(refused, StoreError::Newer { found: 99, known });

    let garbage = place.folder.path().join("garbage.db");
    std::fs::write(&garbage, "no database ".repeat(1000)).expect("a file");
    assert!(matches!(Store::open(&garbage), Err(StoreError::Corrupt(_))));
}

#[test]
fn a_step_that_fails_leaves_the_version_before_it() {
    let place = Place::new();
    let mut conn = Connection::open(place.folder.path().join("x.db")).expect("a file");
    let steps = ["CREATE TABLE a (x) STRICT", "CREATE TABLE b (x TEXT) STRICT"];
    assert!(schema::migrate(&mut conn, &steps).is_err(), "a column without a type");
    let steps = ["CREATE TABLE a (x TEXT) STRICT", "CREATE TABLE b (x TEXT) STRICT; nonsense"];
    assert!(schema::migrate(&mut conn, &steps).is_err());
    let version: i64 =
        conn.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
    assert_eq!(version, 1);
    assert!(conn.prepare("SELECT * FROM b").is_err());
}

#[test]
fn hot_queries_use_an_index() {
    let place = Place::new();
    drop(place.open());
    let conn = Connection::open(place.path()).expect("the file");
    let (due, next) = (super::outbox::due_query(), super::outbox::next_query());
    let (all, by_state) = (read::deliveries_query(false), read::deliveries_query(true));
    for sql in [
        read::ARTICLE_BY_ID,
        read::ARTICLE_BY_URL,
        read::ARTICLE_BY_PREFIX,
        read::ALERT_BY_ID,
        read::ALERT_BY_PREFIX,
        read::CLAIM_BY_ID,
        read::JOURNAL,
        read::ALERTS,
        restore::ARTICLES_SINCE,
        restore::SKETCHES_UNTIL,
        &due,
        &next,
        &all,
        &by_state,
    ] {
        let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
        let unbound: Vec<Option<i64>> = vec![None; explain.parameter_count()];
        let plan: Vec<String> = explain
            .query_map(rusqlite::params_from_iter(unbound), |row| row.get(3))
            .expect(sql)
            .collect::<Result<_, _>>()
            .expect(sql);
        let reads = |step: &&String| step.starts_with("SCAN") || step.starts_with("SEARCH");
        assert!(plan.iter().any(|step| reads(&step)), "{sql}\n{plan:?}");
        for step in plan.iter().filter(reads) {
            assert!(step.contains("USING"), "{sql}\n{plan:?}");
        }
    }
}

#[test]
fn an_unreadable_row_is_told_as_damage() {
    let place = Place::new();
    drop(place.open());
    let conn = Connection::open(place.path()).expect("the file");
    conn.execute("INSERT INTO feeds (id, watched, body) VALUES (?1, 1, ?2)", params!["f", "{"])
        .expect("a row");
    let connections = Connections::open(&place.path()).expect("open");
    assert!(matches!(connections.read(read::feeds), Err(StoreError::Corrupt(_))));
}
