//! The whole flow, on one page. Read this first.

use jiff::Timestamp;

use crate::desk::model::{
    Alert, Article, Claim, Delivery, Draft, Event, Fact, FeedState, Fetched, JournalEntry,
};

/// What one call of [`ingest`] works on.
#[derive(Clone, Debug)]
pub enum Batch {
    /// What a poll of a feed brought.
    Poll {
        /// The feed as it was when the poll began.
        feed: FeedState,
        /// What came back.
        fetched: Fetched,
        /// A number in 0..=u32::MAX that spreads the next poll; the shell draws it.
        jitter: u32,
    },
    /// Articles from files.
    Articles(Vec<Draft>),
}

/// Everything that one batch changes. The store commits it in one transaction, validators and outbox included.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The feed after the poll: validators, next check, health.
    pub feed: Option<FeedState>,
    /// New articles and new versions of known ones.
    pub articles: Vec<Article>,
    /// Events that were learnt of.
    pub events: Vec<Event>,
    /// Claims, appended to the log.
    pub claims: Vec<Claim>,
    /// All facts of every event that was touched; they replace the event's rows.
    pub facts: Vec<Fact>,
    /// Alerts that were decided.
    pub alerts: Vec<Alert>,
    /// One row for every alert and channel that wants it.
    pub deliveries: Vec<Delivery>,
    /// The reasons.
    pub journal: Vec<JournalEntry>,
}

/// What the store holds of the past, as [`Memory`] is rebuilt from it.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Articles within the window, in the order in which they were committed.
    pub articles: Vec<Article>,
    /// All events of the storylines, in order.
    pub events: Vec<Event>,
    /// All claims, in the order in which they were appended.
    pub claims: Vec<Claim>,
}

/// The rules that packs, storylines and watchlists compile to.
#[derive(Debug)]
pub struct Rules {}

/// What the desk remembers between batches.
#[derive(Clone, Debug, Default)]
pub struct Memory {}

impl Memory {
    /// Rebuilds the memory from what the store holds.
    pub fn restore(_rules: &Rules, _stored: Stored) -> Self {
        Self {}
    }

    /// Takes in what has been committed.
    pub fn apply(&mut self, _rules: &Rules, _changes: &Changes) {}
}

/// Decides what a batch changes, and why. Pure: the same arguments give the same changes.
pub fn ingest(_rules: &Rules, _memory: &Memory, _batch: Batch, _now: Timestamp) -> Changes {
    Changes::default()
}
