//! The connections: one that writes, and two that read beside it without waiting for it.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{StoreError, schema};

/// The first SQLite without the WAL-reset bug, which could damage a file that is written and checkpointed at once.
const SQLITE_LEAST: i32 = 3_051_003;

/// How long a statement waits for another program that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The log is cut back to this size after a checkpoint: 64 MiB.
const LOG_BYTES_MAX: i64 = 64 << 20;

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 64;

/// Connections that read.
const READERS: usize = 2;

/// The open database.
#[derive(Debug)]
pub(super) struct Connections {
    // A std Mutex: it is only ever held inside `spawn_blocking`, never over an await.
    writer: Mutex<Connection>,
    readers: Vec<Mutex<Connection>>,
    turn: AtomicUsize,
}

impl Connections {
    /// Opens or creates the file, brings its schema up to date and looks for damage.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        if rusqlite::version_number() < SQLITE_LEAST {
            let version = rusqlite::version();
            return Err(StoreError::Other(format!("SQLite {version} is older than 3.51.3")));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|why| StoreError::Other(why.to_string()))?;
        }
        let writer = open_writer(path)?;
        let readers = (0..READERS).map(|_| open_reader(path).map(Mutex::new));
        Ok(Self {
            readers: readers.collect::<Result<_, _>>()?,
            writer: Mutex::new(writer),
            turn: AtomicUsize::new(0),
        })
    }

    /// Runs `work` in one transaction that is on disk when this returns, or has left no trace.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut conn = unpoisoned(self.writer.lock());
        // Immediate: a transaction that began as a reader cannot become a writer once another program has written.
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Runs `work` on one consistent view of the database.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let free = self.readers.iter().find_map(|reader| reader.try_lock().ok());
        let mut conn = match free {
            Some(conn) => conn,
            None => unpoisoned(self.readers[turn % self.readers.len()].lock()),
        };
        let view = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
        work(&view)
    }
}

/// A panic while the lock was held has rolled its transaction back; the connection is sound.
fn unpoisoned<'a>(
    locked: Result<MutexGuard<'a, Connection>, PoisonError<MutexGuard<'a, Connection>>>,
) -> MutexGuard<'a, Connection> {
    locked.unwrap_or_else(PoisonError::into_inner)
}

fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    prepare(&conn)?;
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(StoreError::Other(format!("the file system allows no WAL, only {mode}")));
    }
    // FULL: a delivery that was marked as attempted must still be so after a power failure.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // This pragma answers with its value, which `pragma_update` takes for an error.
    conn.pragma_update_and_check(None, "journal_size_limit", LOG_BYTES_MAX, |_| Ok(()))?;
    check(&conn, "PRAGMA quick_check(10)")?;
    schema::migrate(&mut conn, schema::MIGRATIONS)?;
    Ok(conn)
}

fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    prepare(&conn)?;
    Ok(conn)
}

fn prepare(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// Runs one of SQLite's own checks, which answer `ok` or list what is wrong.
pub(super) fn check(conn: &Connection, sql: &str) -> Result<(), StoreError> {
    let mut statement = conn.prepare(sql)?;
    let said: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if said == ["ok"] { Ok(()) } else { Err(StoreError::Corrupt(said.join("; "))) }
}
