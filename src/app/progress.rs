//! What the daemon has done, and whether it has anything to do now. The demo and the tests wait for quiet; the loops
//! publish here what they wait for.

use jiff::Timestamp;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::desk::model::DeliveryState;
use crate::desk::pipeline::Changes;

/// Counts since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Polls that have ended.
    pub polls: u64,
    /// Polls that were answered 304.
    pub not_modified: u64,
    /// Polls without a complete answer.
    pub failed: u64,
    /// Deliveries that were accepted.
    pub delivered: u64,
}

#[derive(Clone, Copy, Debug)]
struct State {
    counted: Counted,
    polls_under_way: usize,
    next_poll: Option<Timestamp>,
    sends_under_way: usize,
    next_send: Option<Timestamp>,
    /// Raised by every commit that writes to the outbox, and by every attempt that ends.
    outbox_version: u64,
    /// The version that the delivery loop has looked at.
    outbox_seen: u64,
}

/// Shared by the loops.
#[derive(Debug)]
pub struct Progress(watch::Sender<State>);

impl Progress {
    /// Nothing is done yet; feeds and outbox have not been looked at.
    pub(super) fn new(feeds: usize) -> Self {
        Self(watch::Sender::new(State {
            counted: Counted::default(),
            polls_under_way: 0,
            next_poll: (feeds > 0).then_some(Timestamp::MIN),
            sends_under_way: 0,
            next_send: None,
            outbox_version: 1,
            outbox_seen: 0,
        }))
    }

    pub(super) fn counted(&self) -> Counted {
        self.0.borrow().counted
    }

    pub(super) fn polling(&self, under_way: usize, next: Option<Timestamp>) {
        self.0.send_modify(|state| {
            state.polls_under_way = under_way;
            state.next_poll = next;
        });
    }

    pub(super) fn polled(&self, not_modified: bool, failed: bool) {
        self.0.send_modify(|state| {
            state.counted.polls += 1;
            state.counted.not_modified += u64::from(not_modified);
            state.counted.failed += u64::from(failed);
        });
    }

    pub(super) fn committed(&self, changes: &Changes) {
        if !changes.deliveries.is_empty() {
            self.0.send_modify(|state| state.outbox_version += 1);
        }
    }

    pub(super) fn attempted(&self, after: DeliveryState) {
        self.0.send_modify(|state| {
            state.counted.delivered += u64::from(after == DeliveryState::Delivered);
            state.outbox_version += 1;
        });
    }

    pub(super) fn sending(&self, under_way: usize, next: Option<Timestamp>, seen: u64) {
        self.0.send_modify(|state| {
            state.sends_under_way = under_way;
            state.next_send = next;
            state.outbox_seen = seen;
        });
    }

    pub(super) fn outbox_version(&self) -> u64 {
        self.0.borrow().outbox_version
    }

    pub(super) async fn outbox_changed(&self, since: u64) {
        let mut seen = self.0.subscribe();
        // The sender lives as long as the daemon.
        let _ = seen.wait_for(|state| state.outbox_version != since).await;
    }

    pub(super) async fn quiet(&self, clock: &Clock) {
        let mut seen = self.0.subscribe();
        let _ = seen
            .wait_for(|state| {
                let now = clock.now();
                let due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
                state.polls_under_way == 0
                    && !due(state.next_poll)
                    && state.sends_under_way == 0
                    && !due(state.next_send)
                    && state.outbox_seen == state.outbox_version
            })
            .await;
    }
}
