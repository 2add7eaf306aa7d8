//! What is remembered over restarts: one SQLite file.
//!
//! A batch is one transaction: the feed's validators, the articles, what follows from them and the deliveries that are
//! owed. So nothing is owed that is not remembered, and nothing is remembered that is not owed. One connection writes
//! and two read beside it (WAL); `synchronous = FULL` keeps a commit through a power failure. The methods are async and
//! work in `spawn_blocking`; they finish what they began even when nobody waits for them any more.

mod commit;
mod connections;
mod error;
mod outbox;
mod read;
mod restore;
mod rows;
mod schema;
#[cfg(test)]
mod tests;

pub use error::StoreError;
pub use read::Counts;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use crate::desk::model::{
    Alert, Article, ArticleId, Attempt, Claim, ClaimId, Delivery, DeliveryId, DeliveryState, Event,
    Fact, FeedState, JournalEntry, StoryId, StoryPlace,
};
use crate::desk::pipeline::{Changes, Stored};
use connections::Connections;

/// The store. A copy is another handle to the same file.
#[derive(Clone, Debug)]
pub struct Store(Arc<Connections>);

/// Opening, and the write side.
impl Store {
    /// Opens the file, or creates it with its folder; brings it to the latest schema and checks it for damage. Blocks.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connections = Connections::open(path).map_err(|error| error.at(path))?;
        Ok(Self(Arc::new(connections)))
    }

    /// Makes exactly these the watched feeds and returns their states, in the same order. A known feed keeps what is
    /// remembered of it and takes source and language from here.
    pub async fn register_feeds(
        &self,
        feeds: Vec<FeedState>,
    ) -> Result<Vec<FeedState>, StoreError> {
        self.write(move |conn| commit::register_feeds(conn, feeds)).await
    }

    /// Commits all that one batch changes, in one transaction. A batch that comes a second time adds nothing.
    pub async fn commit(&self, changes: Changes) -> Result<(), StoreError> {
        self.write(move |conn| commit::commit(conn, &changes)).await
    }

    /// Takes at most `limit` deliveries that are due, one per thread, and marks them as being attempted. When this
    /// returns, the mark is on disk.
    pub async fn take_due(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.write(move |conn| outbox::take_due(conn, now, limit)).await
    }

    /// At start: makes pending again what was being attempted when the program ended. Says how many.
    pub async fn release_interrupted(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |conn| outbox::release_interrupted(conn, now)).await
    }

    /// Writes down how an attempt ended; an attempt at what is not being attempted changes nothing.
    pub async fn record(&self, attempt: Attempt) -> Result<(), StoreError> {
        self.write(move |conn| outbox::record(conn, &attempt)).await
    }

    /// Makes a delivery pending again, with the same id and no attempts behind it. False when there is no such delivery,
    /// or it is being attempted.
    pub async fn resend(&self, id: &DeliveryId, now: Timestamp) -> Result<bool, StoreError> {
        let id = id.clone();
        self.write(move |conn| outbox::resend(conn, &id, now)).await
    }

    /// Drops what is older than `before`, at most `limit` rows of each kind, and says how many rows went: journal entries,
    /// delivered deliveries, and articles that no claim rests on. `before` must lie before the window that
    /// [`Store::restore`] is asked for, or an old entry that its feed still carries would seem new.
    pub async fn prune(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.write(move |conn| commit::prune(conn, before, limit)).await
    }

    async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let connections = Arc::clone(&self.0);
        blocking(move || connections.write(work)).await
    }
}

/// The read side. Every answer has a limit, of ten thousand rows where none is asked for.
impl Store {
    /// What the desk's memory is rebuilt from: articles first seen at `since` or later, all events, reports
    /// and claims, and which version of each alert was told last.
    pub async fn restore(&self, since: Timestamp) -> Result<Stored, StoreError> {
        self.read(move |conn| restore::restore(conn, since)).await
    }

    /// When the next delivery can be attempted. `now` is the least answer: what is overdue is due now.
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.read(move |conn| Ok(outbox::next(conn)?.map(|at| at.max(now)))).await
    }

    /// The watched feeds, in the order in which they were first registered.
    pub async fn feeds(&self) -> Result<Vec<FeedState>, StoreError> {
        self.read(read::feeds).await
    }

    /// The events of all storylines, in order of arrival.
    pub async fn events(&self) -> Result<Vec<Event>, StoreError> {
        self.read(read::events).await
    }

    /// The facts of all events, event by event.
    pub async fn facts(&self) -> Result<Vec<Fact>, StoreError> {
        self.read(read::facts).await
    }

    /// The claims of these ids that there are, in the order of the ids.
    pub async fn claims(&self, ids: &[ClaimId]) -> Result<Vec<Claim>, StoreError> {
        let ids = ids.to_vec();
        self.read(move |conn| read::claims(conn, &ids)).await
    }

    /// The claims of one article, in the order of its sentences.
    pub async fn claims_of(&self, article: &ArticleId) -> Result<Vec<Claim>, StoreError> {
        let article = article.clone();
        self.read(move |conn| read::claims_of(conn, &article)).await
    }

    /// The latest alerts, each version of them, the latest first.
    pub async fn alerts(&self, limit: usize) -> Result<Vec<Alert>, StoreError> {
        self.read(move |conn| read::alerts(conn, limit)).await
    }

    /// The last version of an alert by its id, or by the first characters of it (four or more) when no other begins so.
    pub async fn alert(&self, name: &str) -> Result<Option<Alert>, StoreError> {
        let name = name.to_owned();
        self.read(move |conn| read::alert(conn, &name)).await
    }

    /// An article by its id, by its URL (the latest version), or by the first characters of its id (four or more) when
    /// no other begins so.
    pub async fn article(&self, name: &str) -> Result<Option<Article>, StoreError> {
        let name = name.to_owned();
        self.read(move |conn| read::article(conn, &name)).await
    }

    /// The articles of these ids that there are, in the order of the ids.
    pub async fn articles(&self, ids: &[ArticleId]) -> Result<Vec<Article>, StoreError> {
        let ids = ids.to_vec();
        self.read(move |conn| read::articles(conn, &ids)).await
    }

    /// Why an article did, or did not, raise an alert, in order.
    pub async fn journal(&self, article: &ArticleId) -> Result<Vec<JournalEntry>, StoreError> {
        let article = article.clone();
        self.read(move |conn| read::journal(conn, &article)).await
    }

    /// The stories that an article has joined most lately, the latest first.
    pub async fn stories(&self, limit: usize) -> Result<Vec<StoryId>, StoreError> {
        self.read(move |conn| read::stories(conn, limit)).await
    }

    /// The articles of a story, or of the one that it has become part of, in the order of their arrival; none when there is
    /// no such story.
    pub async fn story(&self, id: &StoryId, limit: usize) -> Result<Vec<StoryPlace>, StoreError> {
        let id = id.clone();
        self.read(move |conn| read::story(conn, &id, limit)).await
    }

    /// The latest deliveries in that state, or in any, the latest first.
    pub async fn deliveries(
        &self,
        state: Option<DeliveryState>,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.read(move |conn| read::deliveries_in(conn, state, limit)).await
    }

    /// How much there is of everything.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        self.read(read::counts).await
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read(read::ping).await
    }

    /// Reads the whole file and compares it with its indexes.
    pub async fn integrity_check(&self) -> Result<(), StoreError> {
        self.read(|conn| connections::check(conn, "PRAGMA integrity_check(10)")).await
    }

    async fn read<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let connections = Arc::clone(&self.0);
        blocking(move || connections.read(work)).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(why) => Err(StoreError::Other(format!("the work was not finished: {why}"))),
    }
}
