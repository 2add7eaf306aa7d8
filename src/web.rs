//! The status page: what is known, who says so, how the feeds and the deliveries are doing, and why an article did or
//! did not raise an alert.
//!
//! It reads and never writes. Everything that came from outside is shown as text, in its own direction; no feed's HTML
//! reaches a browser, no script runs, and the page looks the same without JavaScript because it has none. There is no
//! password: the page listens on loopback, and refuses names that it does not know, so that a hostile page cannot read
//! it through a name of its own.

mod connections;
mod guard;
mod health;
mod pages;
mod source;
#[cfg(test)]
mod tests;
mod view;

pub use health::Heartbeat;
pub use source::{Snapshot, Source, SourceError};

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use jiff::Timestamp;
use tokio::net::TcpListener;

use self::connections::Limited;

/// What one page may cost. The numbers are for one reader on one machine, with room to spare.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections that are open at the same time; further ones wait.
    pub connections: usize,
    /// A connection that is silent for so long is closed.
    pub idle: Duration,
    /// A page that takes longer is given up.
    pub page: Duration,
    /// How long open connections may go on after the shutdown has begun.
    pub shutdown: Duration,
    /// Events on the front page, the latest first.
    pub events: usize,
    /// Alerts on the front page, the latest first.
    pub alerts: usize,
    /// Stories on their page, the latest first.
    pub stories: usize,
    /// Articles of a story.
    pub members: usize,
    /// Deliveries on the outbox's page.
    pub deliveries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 64,
            idle: Duration::from_secs(30),
            page: Duration::from_secs(10),
            shutdown: Duration::from_secs(5),
            events: 100,
            alerts: 30,
            stories: 50,
            members: 200,
            deliveries: 200,
        }
    }
}

/// What the page is made from.
#[derive(Clone)]
pub struct WebState {
    /// Where it reads.
    pub source: Source,
    /// The time, as the program's clock tells it.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// When the poll loop ticked last.
    pub heartbeat: Heartbeat,
    /// A poll loop that has been silent for longer counts as stuck.
    pub silence: Duration,
    /// Names that the `Host` header may carry besides the loopback names and plain addresses; lower case.
    pub hosts: Vec<String>,
    /// What a page may cost.
    pub limits: Limits,
}

/// Serves the page on `listener` until `shutdown` completes and the connections that are open then have ended, or
/// [`Limits::shutdown`] has passed.
///
/// # Errors
/// What the system says when the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    state: WebState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let limits = state.limits.clone();
    let listener = Limited::new(listener, limits.connections, limits.idle);
    let (began, mut has_begun) = tokio::sync::watch::channel(false);
    let graceful = async move {
        shutdown.await;
        // The receiver is gone only when nobody waits any more.
        let _ = began.send(true);
    };
    let serving = axum::serve(listener, router(state)).with_graceful_shutdown(graceful);
    let deadline = async {
        let _ = has_begun.wait_for(|begun| *begun).await;
        tokio::time::sleep(limits.shutdown).await;
    };
    tokio::select! {
        ended = serving.into_future() => ended,
        () = deadline => Ok(()),
    }
}

fn router(state: WebState) -> Router {
    let state = Arc::new(state);
    Router::new()
        .route("/", get(pages::front))
        .route("/stories", get(pages::stories))
        .route("/story/{id}", get(pages::story))
        .route("/feeds", get(pages::feeds))
        .route("/outbox", get(pages::outbox))
        .route("/article", get(pages::article_by_url))
        .route("/article/{id}", get(pages::article))
        .route("/healthz", get(health::healthz))
        .route("/style.css", get(pages::style))
        .fallback(pages::nothing_here)
        .method_not_allowed_fallback(pages::only_reading)
        .layer(axum::middleware::from_fn_with_state(state.clone(), guard::guard))
        .with_state(state)
}
