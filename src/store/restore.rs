//! What the desk's memory is rebuilt from at start.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;

use super::StoreError;
use super::rows::{bodies, micros};
use crate::desk::copies::{SKETCH_VERSION, Sketch};
use crate::desk::model::{AlertId, ArticleId};
use crate::desk::pipeline::{KnownText, Stored};

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

/// Sketches that are restored: a million articles, at 80 bytes.
const SKETCHES_MAX: i64 = 1_000_000;

/// The sketches of texts that are remembered on a day or longer, the longest first.
pub(super) const SKETCHES_UNTIL: &str = "SELECT a.id, s.until, s.sketch, s.article
     FROM sketches AS s INDEXED BY sketches_by_until JOIN articles AS a ON a.seq = s.article
     WHERE s.until >= ?1 AND s.version = ?2 ORDER BY s.until DESC LIMIT ?3";

/// The articles of a window, as a range of the index on `first_seen`; they are put in order afterwards.
pub(super) const ARTICLES_SINCE: &str =
    "SELECT body FROM articles INDEXED BY articles_by_first_seen
     WHERE first_seen >= ?1 ORDER BY seq DESC LIMIT ?2";

/// Where articles stand among the stories, the latest.
pub(super) const PLACES: &str = "SELECT body FROM places ORDER BY seq DESC LIMIT ?1";

/// Reads articles that were first seen at `since` or later, all events, reports and claims, in the order of their commits, and
/// which version of each alert was told last.
pub(super) fn restore(conn: &Connection, since: Timestamp) -> Result<Stored, StoreError> {
    Ok(Stored {
        articles: forwards(bodies(conn, ARTICLES_SINCE, params![micros(since), ARTICLES_MAX])?),
        sketches: sketches(conn, since)?,
        events: latest(conn, "SELECT body FROM events ORDER BY seq DESC LIMIT ?1", EVENTS_MAX)?,
        reports: latest(conn, "SELECT body FROM reports ORDER BY seq DESC LIMIT ?1", REPORTS_MAX)?,
        claims: latest(conn, "SELECT body FROM claims ORDER BY seq DESC LIMIT ?1", CLAIMS_MAX)?,
        alerts: versions(conn)?,
        places: latest(conn, PLACES, ARTICLES_MAX)?,
    })
}

/// The sketches of texts that are remembered, in the order of their commits.
fn sketches(conn: &Connection, since: Timestamp) -> Result<Vec<KnownText>, StoreError> {
    let mut statement = conn.prepare_cached(SKETCHES_UNTIL)?;
    let day = since.as_second().div_euclid(24 * 3_600);
    let mut rows = statement.query(params![day, SKETCH_VERSION, SKETCHES_MAX])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let blob = row.get_ref(2)?.as_blob().map_err(|why| StoreError::Corrupt(why.to_string()))?;
        let Some(sketch) = Sketch::from_bytes(blob) else { continue };
        let article = ArticleId::new(row.get::<_, String>(0)?);
        found.push((row.get::<_, i64>(3)?, KnownText { article, sketch, until: row.get(1)? }));
    }
    found.sort_unstable_by_key(|(seq, _)| *seq);
    Ok(found.into_iter().map(|(_, known)| known).collect())
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
