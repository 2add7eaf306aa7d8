//! Scenes for the ledger.
