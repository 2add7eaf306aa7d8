//! Between rows and the model: whole structs are JSON in the column `body`, and what queries ask for has a column.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::desk::model::{
    AlertId, ChannelId, Delivery, DeliveryId, DeliveryState, EventId, WatchlistId,
};

/// No read hands out more rows than this, whatever it is asked for.
pub(super) const ROWS_MAX: usize = 10_000;

/// The columns of a delivery, in the order in which [`delivery`] reads them.
pub(super) const DELIVERY_COLUMNS: &str = "d.id, d.alert, d.version, d.watchlist, d.channel, \
     d.thread, d.body, d.state, d.attempts, d.next_attempt, d.created, d.last_error";

/// A limit as SQLite takes it.
pub(super) fn limit(asked: usize) -> i64 {
    i64::try_from(asked.min(ROWS_MAX)).unwrap_or(i64::MAX)
}

/// An instant as it is stored.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// An instant that must not come before its time: the part that is not stored is rounded up.
pub(super) fn micros_not_before(at: Timestamp) -> i64 {
    at.as_microsecond() + i64::from(at.subsec_nanosecond().rem_euclid(1000) != 0)
}

/// An instant as it was stored.
pub(super) fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|why| StoreError::Corrupt(why.to_string()))
}

pub(super) fn to_body<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|why| StoreError::Other(why.to_string()))
}

fn from_body<T: DeserializeOwned>(row: &Row<'_>) -> Result<T, StoreError> {
    let body: String = row.get(0)?;
    serde_json::from_str(&body).map_err(|why| StoreError::Corrupt(format!("a row: {why}")))
}

/// The structs of a query whose first column is `body`.
pub(super) fn bodies<T: DeserializeOwned>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(from_body(row)?);
    }
    Ok(found)
}

/// The first struct of such a query.
pub(super) fn body<T: DeserializeOwned>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<T>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    statement.query_row(params, |row| Ok(from_body(row))).optional()?.transpose()
}

/// The deliveries of a query over [`DELIVERY_COLUMNS`].
pub(super) fn deliveries(
    conn: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Delivery>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(delivery(row)?);
    }
    Ok(found)
}

fn delivery(row: &Row<'_>) -> Result<Delivery, StoreError> {
    let state: String = row.get(7)?;
    Ok(Delivery {
        id: DeliveryId::new(row.get::<_, String>(0)?),
        alert: AlertId::new(row.get::<_, String>(1)?),
        version: row.get(2)?,
        watchlist: WatchlistId::new(row.get::<_, String>(3)?),
        channel: ChannelId::new(row.get::<_, String>(4)?),
        thread: EventId::new(row.get::<_, String>(5)?),
        body: row.get(6)?,
        state: state_of(&state)?,
        attempts: row.get(8)?,
        next_attempt: instant(row.get(9)?)?,
        created: instant(row.get(10)?)?,
        last_error: row.get(11)?,
    })
}

/// The word that stands for a state in the column `state`.
pub(super) fn state_word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "pending",
        DeliveryState::Attempting => "attempting",
        DeliveryState::Delivered => "delivered",
        DeliveryState::Dead => "dead",
    }
}

fn state_of(word: &str) -> Result<DeliveryState, StoreError> {
    use DeliveryState::*;
    [Pending, Attempting, Delivered, Dead]
        .into_iter()
        .find(|state| state_word(*state) == word)
        .ok_or_else(|| StoreError::Corrupt(format!("`{word}` is no state of a delivery")))
}
