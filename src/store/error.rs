//! What can go wrong with the store. The variants are what the caller can do about it.

use std::path::Path;

use rusqlite::ErrorCode;

/// Why the store did not do what it was asked. Whatever was begun has been rolled back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the database: try again later.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// There is no room on the disk, or writing is forbidden: somebody has to make room.
    #[error("the database cannot be written: {0}")]
    Full(String),
    /// The file is damaged, or is no database of ours: somebody has to restore a copy.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// A later version of this program wrote the database: start that version, or another file.
    #[error("the database has schema {found}, and this version knows schemas up to {known}")]
    Newer {
        /// The schema of the file.
        found: i64,
        /// The latest schema of this program.
        known: i64,
    },
    /// Anything else.
    #[error("the database fails: {0}")]
    Other(String),
}

impl StoreError {
    /// The same error with the file that it is about.
    pub(super) fn at(self, path: &Path) -> Self {
        let named = |what: String| format!("{}: {what}", path.display());
        match self {
            StoreError::Busy(what) => StoreError::Busy(named(what)),
            StoreError::Full(what) => StoreError::Full(named(what)),
            StoreError::Corrupt(what) => StoreError::Corrupt(named(what)),
            StoreError::Other(what) => StoreError::Other(named(what)),
            newer @ StoreError::Newer { .. } => newer,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(text),
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly) => StoreError::Full(text),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(text),
            _ => StoreError::Other(text),
        }
    }
}
