//! Whether the program is doing its work, for whoever watches it: the store answers, and the poll loop ticks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::WebState;

/// When the poll loop ticked last. The loop holds one copy and the page another.
#[derive(Clone, Debug, Default)]
pub struct Heartbeat(Arc<AtomicI64>);

impl Heartbeat {
    /// Notes that the loop is alive at `now`.
    pub fn beat(&self, now: Timestamp) {
        self.0.store(now.as_millisecond(), Ordering::Relaxed);
    }

    /// The last tick; none before the first.
    pub fn last(&self) -> Option<Timestamp> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            ms => Timestamp::from_millisecond(ms).ok(),
        }
    }
}

/// The answer of `/healthz`: field names are an interface.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    store: Part,
    poll_loop: Part,
}

#[derive(Serialize)]
struct Part {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_tick: Option<Timestamp>,
}

/// 200 when all is well, 503 with the reason when it is not.
pub(super) async fn healthz(State(state): State<Arc<WebState>>) -> Response {
    let store = match state.source.ping().await {
        Ok(()) => Part { ok: true, why: None, last_tick: None },
        Err(error) => Part { ok: false, why: Some(error.to_string()), last_tick: None },
    };
    let poll_loop = poll_loop(&state);
    let well = store.ok && poll_loop.ok;
    let health = Health {
        status: if well { "ok" } else { "failing" },
        version: env!("CARGO_PKG_VERSION"),
        store,
        poll_loop,
    };
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    match serde_json::to_string(&health) {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn poll_loop(state: &WebState) -> Part {
    let last_tick = state.heartbeat.last();
    let why = match last_tick {
        None => Some("has not ticked yet".to_owned()),
        Some(last) => {
            let silent_s = (state.now)().duration_since(last).as_secs();
            let most = SignedDuration::try_from(state.silence).unwrap_or(SignedDuration::MAX);
            (silent_s > most.as_secs())
                .then(|| format!("has not ticked for {silent_s} s; {} s are usual", most.as_secs()))
        }
    };
    Part { ok: why.is_none(), why, last_tick }
}
