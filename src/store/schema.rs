//! The tables, and the steps that lead to them from every earlier version.
//!
//! `user_version` counts the steps that a file has behind it. A step is never edited after a release: a change is a new
//! step at the end. Instants are whole microseconds since 1970, so that an index orders them.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// The steps, in order.
pub(super) const MIGRATIONS: &[&str] = &[FIRST, REPORTS_AND_VERSIONS, SKETCHES, STORIES];

const FIRST: &str = "
CREATE TABLE feeds (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    watched INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE articles (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    is_copy INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_first_seen ON articles (first_seen);
CREATE INDEX articles_copies ON articles (is_copy) WHERE is_copy = 1;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    storyline TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE claims (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event TEXT NOT NULL REFERENCES events (id),
    article TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX claims_by_event ON claims (event);
CREATE INDEX claims_by_article ON claims (article);

CREATE TABLE facts (
    event TEXT NOT NULL REFERENCES events (id),
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_by_time ON alerts (at);

CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    alert TEXT NOT NULL REFERENCES alerts (id),
    watchlist TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'attempting', 'delivered', 'dead')),
    attempts INTEGER NOT NULL,
    next_attempt INTEGER NOT NULL,
    created INTEGER NOT NULL,
    last_error TEXT
) STRICT;
CREATE INDEX deliveries_by_alert ON deliveries (alert);
CREATE INDEX deliveries_by_time ON deliveries (created);
CREATE INDEX deliveries_by_state ON deliveries (state, created);
-- These two stay small however many deliveries have been made.
CREATE INDEX deliveries_due ON deliveries (next_attempt) WHERE state = 'pending';
CREATE INDEX deliveries_open ON deliveries (channel, thread)
    WHERE state IN ('pending', 'attempting');

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    article TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_article ON journal (article) WHERE article IS NOT NULL;
CREATE INDEX journal_by_time ON journal (at);
";

/// Reports join the claim log, and alerts keep all their versions. No release had the first schema; its claims lack what
/// linking needs, so that its ledger begins anew.
const REPORTS_AND_VERSIONS: &str = "
DROP TABLE facts;
DELETE FROM claims;
DELETE FROM events;

CREATE TABLE facts (
    event TEXT NOT NULL REFERENCES events (id),
    slot TEXT NOT NULL,
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (event, slot, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    seq INTEGER PRIMARY KEY,
    storyline TEXT NOT NULL,
    article TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (storyline, article)
) STRICT;

DROP INDEX alerts_by_time;
DROP INDEX deliveries_by_alert;
DROP INDEX deliveries_by_time;
DROP INDEX deliveries_by_state;
DROP INDEX deliveries_due;
DROP INDEX deliveries_open;
ALTER TABLE alerts RENAME TO alerts_before;
ALTER TABLE deliveries RENAME TO deliveries_before;

CREATE TABLE alerts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (id, version)
) STRICT;
CREATE INDEX alerts_by_time ON alerts (at);
INSERT INTO alerts SELECT seq, id, version, at, body FROM alerts_before;

CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    alert TEXT NOT NULL,
    version INTEGER NOT NULL,
    watchlist TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'attempting', 'delivered', 'dead')),
    attempts INTEGER NOT NULL,
    next_attempt INTEGER NOT NULL,
    created INTEGER NOT NULL,
    last_error TEXT,
    FOREIGN KEY (alert, version) REFERENCES alerts (id, version)
) STRICT;
INSERT INTO deliveries
    SELECT d.seq, d.id, d.alert, a.version, d.watchlist, d.channel, d.thread, d.body, d.state,
        d.attempts, d.next_attempt, d.created, d.last_error
    FROM deliveries_before AS d JOIN alerts_before AS a ON a.id = d.alert;
CREATE INDEX deliveries_by_alert ON deliveries (alert, version);
CREATE INDEX deliveries_by_time ON deliveries (created);
CREATE INDEX deliveries_by_state ON deliveries (state, created);
CREATE INDEX deliveries_due ON deliveries (next_attempt) WHERE state = 'pending';
CREATE INDEX deliveries_open ON deliveries (channel, thread)
    WHERE state IN ('pending', 'attempting');
DROP TABLE deliveries_before;
DROP TABLE alerts_before;
";

/// What the index of copies keeps of each article. Articles of earlier versions have none; they are read again at start
/// as long as they are remembered.
const SKETCHES: &str = "
CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles (seq) ON DELETE CASCADE,
    until INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sketch BLOB NOT NULL
) STRICT;
CREATE INDEX sketches_by_until ON sketches (until);
";

/// Where articles stand among the stories, and which stories have become part of others. Articles from before stand in none.
const STORIES: &str = "
CREATE TABLE places (
    seq INTEGER PRIMARY KEY,
    article TEXT NOT NULL UNIQUE,
    story TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX places_by_story ON places (story);

CREATE TABLE merges (
    story TEXT PRIMARY KEY,
    into_story TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Brings the file to the latest schema, each step in a transaction of its own.
pub(super) fn migrate(conn: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    for _ in 0..=steps.len() {
        // The version is read under the lock: another program may be migrating the same file.
        let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = step.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?;
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        let next = usize::try_from(found).ok().and_then(|done| steps.get(done));
        let Some(sql) = next else {
            return Ok(());
        };
        step.execute_batch(sql)?;
        step.pragma_update(None, "user_version", found + 1)?;
        step.commit()?;
    }
    Ok(())
}
