//! A delivery, as it is shown.

use super::{Stamp, Words, plain};
use crate::desk::model::{Alert, Delivery, DeliveryState};

/// One row of the page of deliveries.
pub(in crate::web) struct DeliveryView {
    pub(in crate::web) id: String,
    pub(in crate::web) state: &'static str,
    pub(in crate::web) channel: String,
    pub(in crate::web) watchlist: String,
    /// Slot and value of the alert; none when the body is of another version.
    pub(in crate::web) about: Option<(String, Words)>,
    pub(in crate::web) attempts: u32,
    pub(in crate::web) created: Stamp,
    /// None when there will be none by itself.
    pub(in crate::web) next_attempt: Option<Stamp>,
    pub(in crate::web) error: Option<Words>,
}

impl DeliveryView {
    pub(in crate::web) fn new(delivery: &Delivery) -> Self {
        let alert: Option<Alert> = serde_json::from_str(&delivery.body).ok();
        let waits = matches!(delivery.state, DeliveryState::Pending | DeliveryState::Attempting);
        Self {
            id: plain(delivery.id.as_str()),
            state: state_name(delivery.state),
            channel: plain(delivery.channel.as_str()),
            watchlist: plain(delivery.watchlist.as_str()),
            about: alert.map(|a| (plain(a.slot.as_str()), Words::new(&a.value, None))),
            attempts: delivery.attempts,
            created: Stamp::new(delivery.created),
            next_attempt: waits.then(|| Stamp::new(delivery.next_attempt)),
            error: delivery.last_error.as_deref().map(|error| Words::new(error, None)),
        }
    }
}

/// The word for a state, in a URL and on the page.
pub(in crate::web) fn state_name(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "pending",
        DeliveryState::Attempting => "attempting",
        DeliveryState::Delivered => "delivered",
        DeliveryState::Dead => "dead",
    }
}
