//! An alert on its way to one channel.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AlertId, ChannelId, DeliveryId, EventId, WatchlistId};

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// Waiting for its time.
    Pending,
    /// An attempt has begun; after a crash it is made again with the same id.
    Attempting,
    /// The receiver accepted it.
    Delivered,
    /// Every attempt failed, or the receiver said 410: kept, shown, replayable.
    Dead,
}

/// One alert for one channel: a row of the outbox, committed with the facts that caused it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Stable over retries and restarts: the `webhook-id`.
    pub id: DeliveryId,
    /// The alert.
    pub alert: AlertId,
    /// Which version of it.
    pub version: u32,
    /// The watchlist that asked for it.
    pub watchlist: WatchlistId,
    /// The channel it goes to.
    pub channel: ChannelId,
    /// Alerts of one thread keep their order at one channel.
    pub thread: EventId,
    /// The body that is sent: one JSON object, the output contract's alert.
    pub body: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// Attempts that have begun.
    pub attempts: u32,
    /// Not attempted before this instant.
    pub next_attempt: Timestamp,
    /// When it was written.
    pub created: Timestamp,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// 2xx.
    Delivered,
    /// Failed in a way that another attempt may mend. `retry_after` is the receiver's wish.
    Failed {
        /// What happened, for the log and the page.
        why: String,
        /// Seconds to wait, from `Retry-After`.
        retry_after_s: Option<u64>,
    },
    /// 410, or a channel that cannot accept this at all.
    Rejected {
        /// What happened.
        why: String,
    },
}

/// One finished attempt, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The delivery.
    pub delivery: DeliveryId,
    /// When the attempt ended.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// The state after it.
    pub state: DeliveryState,
    /// When to try again, when the state is pending.
    pub next_attempt: Timestamp,
}
