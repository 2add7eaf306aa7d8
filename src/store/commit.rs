//! The write side: one batch of changes, the feeds of the configuration, and what is no longer needed.
//!
//! Everything has an id that follows from its content, so that a batch that is committed a second time, after a crash
//! between the commit and the caller's knowledge of it, adds nothing.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::StoreError;
use super::rows::{body, limit, micros, micros_not_before, state_word, to_body};
use crate::desk::copies::SKETCH_VERSION;
use crate::desk::model::{
    Alert, Article, Claim, Delivery, Event, Fact, FeedState, JournalEntry, Report, StoryMerge,
    StoryPlace, Touched, stable_id,
};
use crate::desk::pipeline::{Changes, KnownText};

/// Writes everything that a batch changes; the caller's transaction makes it one.
pub(super) fn commit(conn: &Connection, changes: &Changes) -> Result<(), StoreError> {
    // In the order of the foreign keys: events before claims and facts, alerts before deliveries.
    if let Some(state) = &changes.feed {
        feed(conn, state)?;
    }
    articles(conn, &changes.articles)?;
    sketches(conn, &changes.sketches)?;
    events(conn, &changes.events)?;
    reports(conn, &changes.reports)?;
    claims(conn, &changes.claims)?;
    facts(conn, &changes.touched, &changes.facts)?;
    places(conn, &changes.places)?;
    merges(conn, &changes.merges)?;
    alerts(conn, &changes.alerts)?;
    deliveries(conn, &changes.deliveries)?;
    journal(conn, &changes.journal)
}

fn feed(conn: &Connection, state: &FeedState) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO feeds (id, watched, body) VALUES (?1, 1, ?2)
         ON CONFLICT (id) DO UPDATE SET watched = 1, body = excluded.body",
    )?
    .execute(params![state.id.as_str(), to_body(state)?])?;
    Ok(())
}

fn articles(conn: &Connection, articles: &[Article]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO articles (id, url, first_seen, is_copy, body)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for article in articles {
        insert.execute(params![
            article.id.as_str(),
            article.url,
            micros(article.first_seen),
            article.copy_of.is_some(),
            to_body(article)?,
        ])?;
    }
    Ok(())
}

fn sketches(conn: &Connection, texts: &[KnownText]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO sketches (article, until, version, sketch)
         SELECT seq, ?2, ?3, ?4 FROM articles WHERE id = ?1",
    )?;
    for text in texts {
        let sketch = text.sketch.to_bytes();
        insert.execute(params![text.article.as_str(), text.until, SKETCH_VERSION, sketch])?;
    }
    Ok(())
}

/// What is known of an event may change when an article arrives late: what it follows, or which event it is.
fn events(conn: &Connection, events: &[Event]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO events (id, storyline, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
    )?;
    for event in events {
        insert.execute(params![event.id.as_str(), event.storyline.as_str(), to_body(event)?])?;
    }
    Ok(())
}

/// A report that is known comes again when its events have other ids.
fn reports(conn: &Connection, reports: &[Report]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO reports (storyline, article, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (storyline, article) DO UPDATE SET body = excluded.body
         WHERE body <> excluded.body",
    )?;
    for report in reports {
        let (storyline, article) = (report.storyline.as_str(), report.article.as_str());
        insert.execute(params![storyline, article, to_body(report)?])?;
    }
    Ok(())
}

fn claims(conn: &Connection, claims: &[Claim]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO claims (id, event, article, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET event = excluded.event, body = excluded.body
         WHERE body <> excluded.body",
    )?;
    for claim in claims {
        insert.execute(params![
            claim.id.as_str(),
            claim.event.as_str(),
            claim.article.as_str(),
            to_body(claim)?,
        ])?;
    }
    Ok(())
}

/// Replaces all facts of what was touched.
fn facts(conn: &Connection, touched: &[Touched], facts: &[Fact]) -> Result<(), StoreError> {
    let mut of_event = conn.prepare_cached("DELETE FROM facts WHERE event = ?1")?;
    let mut of_slot = conn.prepare_cached("DELETE FROM facts WHERE event = ?1 AND slot = ?2")?;
    for Touched { event, slot } in touched {
        match slot {
            Some(slot) => of_slot.execute([event.as_str(), slot.as_str()])?,
            None => of_event.execute([event.as_str()])?,
        };
    }
    let mut insert = conn.prepare_cached(
        "INSERT OR REPLACE INTO facts (event, slot, place, body) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut place = 0i64;
    let mut last = None;
    for fact in facts {
        let of = (&fact.event, &fact.slot);
        place = if last == Some(of) { place + 1 } else { 0 };
        last = Some(of);
        insert.execute(params![fact.event.as_str(), fact.slot.as_str(), place, to_body(fact)?])?;
    }
    Ok(())
}

fn places(conn: &Connection, places: &[StoryPlace]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO places (article, story, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (article) DO UPDATE SET story = excluded.story, body = excluded.body
         WHERE body <> excluded.body",
    )?;
    for place in places {
        insert.execute(params![place.article.as_str(), place.story.as_str(), to_body(place)?])?;
    }
    Ok(())
}

/// A story that stands by itself leads nowhere.
fn merges(conn: &Connection, merges: &[StoryMerge]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO merges (story, into_story) VALUES (?1, ?2)
         ON CONFLICT (story) DO UPDATE SET into_story = excluded.into_story",
    )?;
    let mut delete = conn.prepare_cached("DELETE FROM merges WHERE story = ?1")?;
    for merge in merges {
        match &merge.into {
            Some(into) => insert.execute([merge.story.as_str(), into.as_str()])?,
            None => delete.execute([merge.story.as_str()])?,
        };
    }
    Ok(())
}

fn alerts(conn: &Connection, alerts: &[Alert]) -> Result<(), StoreError> {
    // The same alert comes again, with a higher version, when later facts were folded into it; each version stays.
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO alerts (id, version, at, body) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for alert in alerts {
        insert.execute(params![
            alert.id.as_str(),
            alert.version,
            micros(alert.at),
            to_body(alert)?
        ])?;
    }
    Ok(())
}

fn deliveries(conn: &Connection, deliveries: &[Delivery]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO deliveries (id, alert, version, watchlist, channel, thread, body, state,
             attempts, next_attempt, created, last_error)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for delivery in deliveries {
        insert.execute(params![
            delivery.id.as_str(),
            delivery.alert.as_str(),
            delivery.version,
            delivery.watchlist.as_str(),
            delivery.channel.as_str(),
            delivery.thread.as_str(),
            delivery.body,
            state_word(delivery.state),
            delivery.attempts,
            micros_not_before(delivery.next_attempt),
            micros(delivery.created),
            delivery.last_error,
        ])?;
    }
    Ok(())
}

fn journal(conn: &Connection, entries: &[JournalEntry]) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO journal (id, at, article, body) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for entry in entries {
        let body = to_body(entry)?;
        let article = entry.article.as_ref().map(|id| id.as_str());
        insert.execute(params![stable_id(&["journal", &body]), micros(entry.at), article, body])?;
    }
    Ok(())
}

/// Makes exactly `given` the feeds that are watched. Known ones keep their state and take source and language from the
/// configuration; the others are remembered, in case they come back, and listed no more.
pub(super) fn register_feeds(
    conn: &Connection,
    given: Vec<FeedState>,
) -> Result<Vec<FeedState>, StoreError> {
    conn.execute("UPDATE feeds SET watched = 0 WHERE watched = 1", [])?;
    let mut states = Vec::with_capacity(given.len());
    for new in given {
        let known: Option<FeedState> =
            body(conn, "SELECT body FROM feeds WHERE id = ?1", [new.id.as_str()])?;
        let state = match known {
            Some(known) => FeedState { source: new.source, language: new.language, ..known },
            None => new,
        };
        feed(conn, &state)?;
        states.push(state);
    }
    Ok(states)
}

/// Drops what is older than `before`: journal entries, delivered deliveries, articles that no claim rests on, and
/// sketches of texts that are remembered no more. Events,
/// claims, facts, alerts and undelivered deliveries stay. Says how many rows went, at most `limit` of each kind.
pub(super) fn prune(
    conn: &Connection,
    before: Timestamp,
    at_most: usize,
) -> Result<usize, StoreError> {
    let mut dropped = 0;
    for sql in [
        "DELETE FROM journal WHERE seq IN
             (SELECT seq FROM journal WHERE at < ?1 ORDER BY at LIMIT ?2)",
        "DELETE FROM deliveries WHERE seq IN
             (SELECT seq FROM deliveries WHERE state = 'delivered' AND created < ?1
              ORDER BY created LIMIT ?2)",
        "DELETE FROM places WHERE article IN
             (SELECT id FROM articles WHERE first_seen < ?1
                  AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.article = articles.id)
              ORDER BY first_seen LIMIT ?2)",
        "DELETE FROM articles WHERE seq IN
             (SELECT seq FROM articles WHERE first_seen < ?1
                  AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.article = articles.id)
              ORDER BY first_seen LIMIT ?2)",
        // A day of an instant is its microseconds by those of a day.
        "DELETE FROM sketches WHERE article IN
             (SELECT article FROM sketches WHERE until < ?1 / 86400000000
              ORDER BY until LIMIT ?2)",
    ] {
        dropped += conn.execute(sql, params![micros(before), limit(at_most)])?;
    }
    Ok(dropped)
}
