//! The poll loop: which feeds are due, a bounded number of polls at a time, one poll of a feed at a time.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::app::Shared;
use crate::desk::model::{FeedId, FeedState, Fetched};
use crate::desk::pipeline::{Batch, Changes, Memory, Poll, ingest};

/// After a failed commit the feed is asked again this much later: the disk may be full, and the news is not lost, because
/// the feed keeps its old validators.
const AFTER_FAILED_COMMIT: SignedDuration = SignedDuration::from_secs(60);

/// The loop says that it is alive at least this often.
const HEARTBEAT: SignedDuration = SignedDuration::from_secs(30);

/// Runs until the daemon stops; polls under way are finished.
pub(super) async fn run(shared: Arc<Shared>, feeds: Vec<FeedState>) {
    let mut idle: HashMap<FeedId, FeedState> =
        feeds.into_iter().map(|feed| (feed.id.clone(), feed)).collect();
    let mut polls: JoinSet<FeedState> = JoinSet::new();
    loop {
        let now = shared.clock.now();
        shared.heartbeat.beat(now);
        while polls.len() < shared.concurrent_polls {
            let Some(feed) = take_due(&mut idle, now) else { break };
            polls.spawn(poll(shared.clone(), feed));
        }
        let next = idle.values().map(|feed| feed.next_check).min();
        let busy = polls.len() >= shared.concurrent_polls;
        shared.progress.polling(polls.len(), next);
        let wake = next.unwrap_or(Timestamp::MAX).min(now + HEARTBEAT);
        tokio::select! {
            () = shared.stop.cancelled() => break,
            Some(done) = polls.join_next() => keep(&mut idle, done),
            () = shared.clock.sleep_until(wake), if !busy => {}
        }
    }
    while let Some(done) = polls.join_next().await {
        keep(&mut idle, done);
    }
}

/// The feed that has been due longest; the id breaks ties, so that the order is the same every time.
fn take_due(idle: &mut HashMap<FeedId, FeedState>, now: Timestamp) -> Option<FeedState> {
    let id = idle
        .values()
        .filter(|feed| feed.next_check <= now)
        .min_by_key(|feed| (feed.next_check, &feed.id))
        .map(|feed| feed.id.clone())?;
    idle.remove(&id)
}

fn keep(idle: &mut HashMap<FeedId, FeedState>, done: Result<FeedState, tokio::task::JoinError>) {
    match done {
        Ok(feed) => drop(idle.insert(feed.id.clone(), feed)),
        Err(error) => tracing::error!(%error, "a poll has ended unexpectedly"),
    }
}

/// One poll: asks, decides, commits. Returns the feed as it is after it.
async fn poll(shared: Arc<Shared>, feed: FeedState) -> FeedState {
    let url = feed.moved_to.as_deref().unwrap_or(&feed.url).to_owned();
    let fetched = shared.fetcher.get(&url, &feed.validators).await;
    let not_modified = matches!(&fetched, Fetched::Answer(answer) if answer.status == 304);
    shared.progress.polled(not_modified, matches!(fetched, Fetched::Failed(_)));
    let batch = Poll { feed: feed.clone(), fetched, jitter: shared.jitter.draw() };
    match commit(&shared, Batch::Poll(Box::new(batch))).await {
        Ok(changes) => changes.feed.unwrap_or(feed),
        Err(error) => {
            tracing::error!(%error, feed = %feed.url, "a poll could not be committed");
            let next_check = shared.clock.now() + AFTER_FAILED_COMMIT;
            FeedState { next_check, ..feed }
        }
    }
}

async fn ingested(
    shared: &Shared,
    memory: &Arc<Memory>,
    batch: Batch,
    now: Timestamp,
) -> anyhow::Result<Changes> {
    let (rules, seen) = (shared.rules.clone(), memory.clone());
    Ok(tokio::task::spawn_blocking(move || ingest(&rules, &seen, batch, now)).await?)
}

/// Ingest and commit in one critical section, so that every batch sees what the one before it has changed.
async fn commit(shared: &Arc<Shared>, batch: Batch) -> anyhow::Result<Changes> {
    let mut memory = shared.memory.lock().await;
    let now = shared.clock.now();
    let mut changes = ingested(shared, &memory, batch.clone(), now).await?;
    if !changes.wants.is_empty() {
        // Old texts are not kept in memory word by word. This is seldom: most copies come within a day or two.
        let wanted = std::mem::take(&mut changes.wants);
        let articles = shared.store.articles(&wanted).await?;
        Arc::make_mut(&mut memory).recall(&shared.rules, &wanted, &articles);
        changes = ingested(shared, &memory, batch, now).await?;
    }
    shared.store.commit(changes.clone()).await?;
    if changes.are_to_be_remembered() {
        // Nobody else holds the memory now, so this changes it in place.
        Arc::make_mut(&mut memory).apply(&shared.rules, &changes);
    }
    if !changes.articles.is_empty() {
        tracing::info!(
            articles = changes.articles.len(),
            claims = changes.claims.len(),
            alerts = changes.alerts.len(),
            "committed"
        );
    }
    shared.progress.committed(&changes);
    Ok(changes)
}
