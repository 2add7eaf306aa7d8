//! The read side: what the status page, `explain` and the tests ask. Every answer has a limit.

use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::StoreError;
use super::rows::{DELIVERY_COLUMNS, ROWS_MAX, bodies, body, deliveries, limit, state_word};
use crate::desk::model::{
    Alert, Article, ArticleId, Claim, ClaimId, Delivery, DeliveryState, Event, Fact, FeedState,
    JournalEntry, StoryId, StoryPlace,
};

/// A shorter beginning of an id is no name.
const PREFIX_MIN: usize = 4;

/// No id and no URL is longer; a longer name is not looked up.
const NAME_BYTES_MAX: usize = 8192;

/// Journal entries of one article that are shown.
const JOURNAL_MAX: i64 = 1000;

pub(super) const ARTICLE_BY_ID: &str = "SELECT body FROM articles WHERE id = ?1";
pub(super) const ARTICLE_BY_URL: &str =
    "SELECT body FROM articles WHERE url = ?1 ORDER BY seq DESC LIMIT 1";
pub(super) const ARTICLE_BY_PREFIX: &str =
    "SELECT body FROM articles WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 2";
pub(super) const ALERT_BY_ID: &str =
    "SELECT body FROM alerts WHERE id = ?1 ORDER BY version DESC LIMIT 1";
// SQLite takes `body` from the row that has the maximum.
pub(super) const ALERT_BY_PREFIX: &str =
    "SELECT body, MAX(version) FROM alerts WHERE id >= ?1 AND id < ?2
     GROUP BY id ORDER BY id LIMIT 2";
pub(super) const ALERTS: &str = "SELECT body FROM alerts ORDER BY at DESC, seq DESC LIMIT ?1";
pub(super) const CLAIM_BY_ID: &str = "SELECT body FROM claims WHERE id = ?1";
pub(super) const CLAIMS_OF: &str =
    "SELECT body FROM claims WHERE article = ?1 ORDER BY seq LIMIT ?2";
pub(super) const JOURNAL: &str =
    "SELECT body FROM journal WHERE article = ?1 ORDER BY seq LIMIT ?2";
const FEEDS: &str = "SELECT body FROM feeds WHERE watched = 1 ORDER BY seq LIMIT ?1";
const EVENTS: &str = "SELECT body FROM events ORDER BY seq DESC LIMIT ?1";
const FACTS: &str = "SELECT facts.body FROM events JOIN facts ON facts.event = events.id
     ORDER BY events.seq DESC, facts.slot DESC, facts.place DESC LIMIT ?1";

/// Places among which the latest stories are looked for.
const LATEST_PLACES: usize = 5_000;

/// Mergers that are followed from one id.
const MERGES_MAX: usize = 16;

pub(super) const STORIES: &str = "SELECT story FROM
         (SELECT story, seq FROM places ORDER BY seq DESC LIMIT ?2)
     GROUP BY story ORDER BY MAX(seq) DESC LIMIT ?1";
pub(super) const STORY: &str = "SELECT body FROM places WHERE story = ?1 ORDER BY seq LIMIT ?2";
pub(super) const MERGED: &str = "SELECT into_story FROM merges WHERE story = ?1";

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Feeds that are watched.
    pub feeds: u64,
    /// Versions of articles.
    pub articles: u64,
    /// Those of them that copy another.
    pub copies: u64,
    /// Claims.
    pub claims: u64,
    /// Events.
    pub events: u64,
    /// Facts.
    pub facts: u64,
    /// Versions of alerts.
    pub alerts: u64,
    /// Deliveries that arrived.
    pub delivered: u64,
    /// Deliveries that wait or are being attempted.
    pub pending: u64,
    /// Deliveries that were given up.
    pub dead: u64,
}

pub(super) fn feeds(conn: &Connection) -> Result<Vec<FeedState>, StoreError> {
    bodies(conn, FEEDS, [limit(ROWS_MAX)])
}

/// The latest events, in order of arrival.
pub(super) fn events(conn: &Connection) -> Result<Vec<Event>, StoreError> {
    let mut events: Vec<Event> = bodies(conn, EVENTS, [limit(ROWS_MAX)])?;
    events.reverse();
    Ok(events)
}

/// The facts of the latest events, event by event.
pub(super) fn facts(conn: &Connection) -> Result<Vec<Fact>, StoreError> {
    let mut facts: Vec<Fact> = bodies(conn, FACTS, [limit(ROWS_MAX)])?;
    facts.reverse();
    Ok(facts)
}

/// The claims of these ids that there are, in the order of the ids.
pub(super) fn claims(conn: &Connection, ids: &[ClaimId]) -> Result<Vec<Claim>, StoreError> {
    let found = |id: &ClaimId| body(conn, CLAIM_BY_ID, [id.as_str()]).transpose();
    ids.iter().take(ROWS_MAX).filter_map(found).collect()
}

/// The articles of these ids that there are, in the order of the ids.
pub(super) fn articles(conn: &Connection, ids: &[ArticleId]) -> Result<Vec<Article>, StoreError> {
    let found = |id: &ArticleId| body(conn, ARTICLE_BY_ID, [id.as_str()]).transpose();
    ids.iter().take(ROWS_MAX).filter_map(found).collect()
}

/// The claims of one article, in order.
pub(super) fn claims_of(conn: &Connection, article: &ArticleId) -> Result<Vec<Claim>, StoreError> {
    bodies(conn, CLAIMS_OF, params![article.as_str(), limit(ROWS_MAX)])
}

pub(super) fn alerts(conn: &Connection, at_most: usize) -> Result<Vec<Alert>, StoreError> {
    bodies(conn, ALERTS, [limit(at_most)])
}

pub(super) fn alert(conn: &Connection, name: &str) -> Result<Option<Alert>, StoreError> {
    named(conn, name, &[ALERT_BY_ID], ALERT_BY_PREFIX)
}

pub(super) fn article(conn: &Connection, name: &str) -> Result<Option<Article>, StoreError> {
    named(conn, name, &[ARTICLE_BY_ID, ARTICLE_BY_URL], ARTICLE_BY_PREFIX)
}

/// By a whole name, or by a beginning that fits one row only: a guess between two would show the wrong one.
fn named<T: DeserializeOwned>(
    conn: &Connection,
    name: &str,
    whole: &[&str],
    beginning: &str,
) -> Result<Option<T>, StoreError> {
    if name.len() > NAME_BYTES_MAX {
        return Ok(None);
    }
    for sql in whole {
        if let Some(found) = body(conn, sql, [name])? {
            return Ok(Some(found));
        }
    }
    if name.chars().count() < PREFIX_MIN {
        return Ok(None);
    }
    let end = format!("{name}{}", char::MAX);
    let mut found = bodies(conn, beginning, [name, &end])?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

pub(super) fn journal(
    conn: &Connection,
    article: &ArticleId,
) -> Result<Vec<JournalEntry>, StoreError> {
    bodies(conn, JOURNAL, params![article.as_str(), JOURNAL_MAX])
}

/// The stories that an article has joined most lately, the latest first.
pub(super) fn stories(conn: &Connection, at_most: usize) -> Result<Vec<StoryId>, StoreError> {
    let mut statement = conn.prepare_cached(STORIES)?;
    let rows = statement
        .query_map([limit(at_most), limit(LATEST_PLACES)], |row| row.get::<_, String>(0))?;
    rows.map(|id| Ok(StoryId::new(id?))).collect()
}

/// The articles of a story, or of the one that it has become part of, in the order of their arrival.
pub(super) fn story(
    conn: &Connection,
    id: &StoryId,
    at_most: usize,
) -> Result<Vec<StoryPlace>, StoreError> {
    let mut at = id.as_str().to_owned();
    let mut merged = conn.prepare_cached(MERGED)?;
    for _ in 0..MERGES_MAX {
        let into = merged.query_row([&at], |row| row.get::<_, String>(0)).optional()?;
        let Some(into) = into else { break };
        at = into;
    }
    bodies(conn, STORY, params![at, limit(at_most)])
}

/// The query of [`deliveries_in`], with or without a state.
pub(super) fn deliveries_query(by_state: bool) -> String {
    let within = if by_state { "WHERE d.state = ?2" } else { "" };
    format!(
        "SELECT {DELIVERY_COLUMNS} FROM deliveries AS d {within}
         ORDER BY d.created DESC, d.seq DESC LIMIT ?1"
    )
}

/// The latest deliveries in that state, or in any, the latest first.
pub(super) fn deliveries_in(
    conn: &Connection,
    state: Option<DeliveryState>,
    at_most: usize,
) -> Result<Vec<Delivery>, StoreError> {
    let sql = deliveries_query(state.is_some());
    match state {
        Some(state) => deliveries(conn, &sql, params![limit(at_most), state_word(state)]),
        None => deliveries(conn, &sql, [limit(at_most)]),
    }
}

pub(super) fn counts(conn: &Connection) -> Result<Counts, StoreError> {
    let count = |of: &str| -> Result<u64, StoreError> {
        let mut statement = conn.prepare_cached(&format!("SELECT COUNT(*) FROM {of}"))?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    };
    Ok(Counts {
        feeds: count("feeds WHERE watched = 1")?,
        articles: count("articles")?,
        copies: count("articles WHERE is_copy = 1")?,
        claims: count("claims")?,
        events: count("events")?,
        facts: count("facts")?,
        alerts: count("alerts")?,
        delivered: count("deliveries WHERE state = 'delivered'")?,
        pending: count("deliveries WHERE state IN ('pending', 'attempting')")?,
        dead: count("deliveries WHERE state = 'dead'")?,
    })
}

pub(super) fn ping(conn: &Connection) -> Result<(), StoreError> {
    // Reads a page of the file: `SELECT 1` would not touch it.
    conn.prepare_cached("SELECT COUNT(*) FROM sqlite_schema")?.query_row([], |_| Ok(()))?;
    Ok(())
}
