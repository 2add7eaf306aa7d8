//! What the desk's memory is rebuilt from at start.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

use super::StoreError;
use super::rows::{bodies, micros};
use crate::desk::model::AlertId;
use crate::desk::pipeline::Stored;

/// Articles that are restored, the latest: at two thousand a day, three weeks.
const ARTICLES_MAX: i64 = 50_000;

/// Events that are restored, the latest.
const EVENTS_MAX: i64 = 50_000;

/// Reports that are restored, the latest.
const REPORTS_MAX: i64 = 100_000;

/// Alerts whose last version is restored, the latest.
const ALERTS_MAX: i64 = 500_000;

/// Claims that are restored, the latest.
const CLAIMS_MAX: i64 = 500_000;

/// The articles of a window, as a range of the index on `first_seen`; they are put in order afterwards.
pub(super) const ARTICLES_SINCE: &str =
    "SELECT body FROM articles INDEXED BY articles_by_first_seen
     WHERE first_seen >= ?1 ORDER BY seq DESC LIMIT ?2";

/// Where those articles stand.
pub(super) const PLACES_SINCE: &str =
    "SELECT places.body FROM articles INDEXED BY articles_by_first_seen
     JOIN places ON places.article = articles.id
     WHERE first_seen >= ?1 ORDER BY articles.seq DESC LIMIT ?2";

/// Reads articles that were first seen at `since` or later, all events, reports and claims, in the order of their commits, and
/// which version of each alert was told last.
pub(super) fn restore(conn: &Connection, since: Timestamp) -> Result<Stored, StoreError> {
    Ok(Stored {
        articles: forwards(bodies(conn, ARTICLES_SINCE, params![micros(since), ARTICLES_MAX])?),
        events: latest(conn, "SELECT body FROM events ORDER BY seq DESC LIMIT ?1", EVENTS_MAX)?,
        reports: latest(conn, "SELECT body FROM reports ORDER BY seq DESC LIMIT ?1", REPORTS_MAX)?,
        claims: latest(conn, "SELECT body FROM claims ORDER BY seq DESC LIMIT ?1", CLAIMS_MAX)?,
        alerts: versions(conn)?,
        places: bodies(conn, PLACES_SINCE, params![micros(since), ARTICLES_MAX])?,
    })
}

fn versions(conn: &Connection) -> Result<Vec<(AlertId, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, MAX(version) FROM alerts GROUP BY id ORDER BY MAX(seq) DESC LIMIT ?1",
    )?;
    let rows = statement
        .query_map([ALERTS_MAX], |row| Ok((AlertId::new(row.get::<_, String>(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn latest<T: DeserializeOwned>(
    conn: &Connection,
    sql: &str,
    limit: i64,
) -> Result<Vec<T>, StoreError> {
    Ok(forwards(bodies(conn, sql, [limit])?))
}

/// The limit keeps the latest rows, so they are read backwards.
fn forwards<T>(mut rows: Vec<T>) -> Vec<T> {
    rows.reverse();
    rows
}
