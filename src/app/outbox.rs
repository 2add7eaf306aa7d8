//! The delivery loop: what is due, a bounded number of attempts at a time. The store keeps the order of a thread; a
//! receiver that hangs holds one place, not the loop.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::app::Shared;
use crate::desk::model::{Attempt, Delivery};
use crate::desk::retry;

/// A store that cannot say what is due is asked again this much later.
const AFTER_STORE_ERROR: SignedDuration = SignedDuration::from_secs(30);

/// Runs until the daemon stops; attempts under way are finished.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut attempts: JoinSet<()> = JoinSet::new();
    loop {
        let news = shared.progress.outbox_version();
        let now = shared.clock.now();
        let free = shared.concurrent_sends.saturating_sub(attempts.len());
        let taken = match shared.store.take_due(now, free).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                Vec::new()
            }
        };
        for delivery in taken {
            attempts.spawn(attempt(shared.clone(), delivery));
        }
        let next = match shared.store.next_delivery(now).await {
            Ok(next) => next,
            Err(_) => Some(now + AFTER_STORE_ERROR),
        };
        shared.progress.sending(attempts.len(), next, news);
        let full = attempts.len() >= shared.concurrent_sends;
        // What is due already waits for another of its thread, or for a place; both end with an attempt.
        let wake = next.filter(|at| *at > now).unwrap_or(Timestamp::MAX);
        tokio::select! {
            () = shared.stop.cancelled() => break,
            Some(_) = attempts.join_next() => {}
            () = shared.progress.outbox_changed(news) => {}
            () = shared.clock.sleep_until(wake), if !full => {}
        }
    }
    while attempts.join_next().await.is_some() {}
}

async fn attempt(shared: Arc<Shared>, delivery: Delivery) {
    let outcome = shared.deliverer.send(&delivery, shared.clock.now()).await;
    let now = shared.clock.now();
    let jitter = shared.jitter.draw();
    let (state, next_attempt, why) =
        retry::after(delivery.attempts, &outcome, &shared.schedule, jitter, now);
    match state {
        crate::desk::model::DeliveryState::Delivered => {
            tracing::info!(id = %delivery.id, channel = %delivery.channel, "delivered");
        }
        _ => {
            tracing::warn!(id = %delivery.id, channel = %delivery.channel, %why, "not delivered");
        }
    }
    let record = Attempt { delivery: delivery.id.clone(), at: now, outcome, state, next_attempt };
    if let Err(error) = shared.store.record(record).await {
        // The row stays "attempting" and is taken up again at the next start, with the same id.
        tracing::error!(%error, id = %delivery.id, "an attempt could not be recorded");
    }
    shared.progress.attempted(state);
}
