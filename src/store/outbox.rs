//! The outbox: deliveries on their way, each at least once, and in order within a thread of a channel.
//!
//! A delivery waits while an earlier one of its thread is on its way. When the earlier one is dead it waits no longer:
//! one bad message must not silence a thread for ever.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::rows::{
    DELIVERY_COLUMNS, deliveries, instant, limit, micros, micros_not_before, state_word,
};
use crate::desk::model::{Attempt, AttemptOutcome, Delivery, DeliveryId, DeliveryState};

/// Deliveries that are pending and the first of their thread that is on its way, as the tail of a query over `d`.
const FIRST_OF_THREAD: &str = "d.state = 'pending' AND NOT EXISTS (
         SELECT 1 FROM deliveries AS e
         WHERE e.channel = d.channel AND e.thread = d.thread AND e.seq < d.seq
             AND e.state IN ('pending', 'attempting'))";

/// The query of [`take_due`].
pub(super) fn due_query() -> String {
    format!(
        "SELECT {DELIVERY_COLUMNS} FROM deliveries AS d
         WHERE d.next_attempt <= ?1 AND {FIRST_OF_THREAD}
         ORDER BY d.next_attempt, d.seq LIMIT ?2"
    )
}

/// The query of [`next`]: only deliveries that [`take_due`] would hand out count, or the caller would wake for nothing.
pub(super) fn next_query() -> String {
    format!(
        "SELECT d.next_attempt FROM deliveries AS d
         WHERE {FIRST_OF_THREAD} ORDER BY d.next_attempt LIMIT 1"
    )
}

/// Takes the deliveries that are due and marks them as being attempted.
pub(super) fn take_due(
    conn: &Connection,
    now: Timestamp,
    at_most: usize,
) -> Result<Vec<Delivery>, StoreError> {
    let mut due = deliveries(conn, &due_query(), params![micros(now), limit(at_most)])?;
    let mut mark = conn.prepare_cached(
        "UPDATE deliveries SET state = 'attempting', attempts = ?2 WHERE id = ?1",
    )?;
    for delivery in &mut due {
        delivery.state = DeliveryState::Attempting;
        delivery.attempts = delivery.attempts.saturating_add(1);
        mark.execute(params![delivery.id.as_str(), delivery.attempts])?;
    }
    Ok(due)
}

/// Puts back, at start, what was being attempted when the program ended. The attempt counts: it may have arrived.
pub(super) fn release_interrupted(conn: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    Ok(conn.execute(
        "UPDATE deliveries SET state = 'pending', next_attempt = ?1 WHERE state = 'attempting'",
        [micros(now)],
    )?)
}

/// Writes down how an attempt ended. Says nothing of a delivery that is not being attempted.
pub(super) fn record(conn: &Connection, attempt: &Attempt) -> Result<(), StoreError> {
    let error = match &attempt.outcome {
        AttemptOutcome::Delivered => None,
        AttemptOutcome::Failed { why, .. } | AttemptOutcome::Rejected { why } => Some(why),
    };
    conn.prepare_cached(
        "UPDATE deliveries SET state = ?2, next_attempt = ?3, last_error = ?4
         WHERE id = ?1 AND state = 'attempting'",
    )?
    .execute(params![
        attempt.delivery.as_str(),
        state_word(attempt.state),
        micros_not_before(attempt.next_attempt),
        error,
    ])?;
    Ok(())
}

/// When the next delivery is due, of those that no other holds up.
pub(super) fn next(conn: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let mut statement = conn.prepare_cached(&next_query())?;
    statement.query_row([], |row| row.get(0)).optional()?.map(instant).transpose()
}

/// Sends a delivery once more, with the same id and a whole schedule before it. Says whether there is one that could be:
/// one that is being attempted is left alone.
pub(super) fn resend(
    conn: &Connection,
    id: &DeliveryId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = conn.execute(
        "UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt = ?2
         WHERE id = ?1 AND state <> 'attempting'",
        params![id.as_str(), micros(now)],
    )?;
    Ok(changed > 0)
}
