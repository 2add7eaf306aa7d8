//! The receiver of the demo: a webhook as a newsroom would write one. It checks the signature of every message, tells
//! a message that came twice by its id, and passes the alerts on.

use std::collections::HashSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::desk::model::{Alert, AlertId};
use crate::desk::sign;

/// Where the webhook is.
const PATH: &str = "/alerts";

/// The time as the daemon's clock tells it: signatures are dated by that clock.
pub(super) type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What has arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Received {
    /// Messages whose signature is right.
    pub(super) verified: usize,
    /// Messages whose signature is missing or wrong, and the first reason.
    pub(super) refused: usize,
    /// Why the first of them was refused.
    pub(super) first_refusal: Option<String>,
    /// Messages that had come before.
    pub(super) repeated: usize,
    /// Messages that are signed and still no alerts.
    pub(super) unreadable: usize,
    /// The alerts that came: each version of them.
    pub(super) alerts: HashSet<(AlertId, u32)>,
}

/// A running receiver. It closes when it is dropped.
pub(super) struct Receiver {
    address: SocketAddr,
    desk: Arc<Desk>,
    incoming: UnboundedReceiver<Alert>,
    server: JoinHandle<()>,
}

/// What a request works on.
struct Desk {
    keys: Vec<String>,
    now: Now,
    outgoing: UnboundedSender<Alert>,
    ledger: Mutex<Ledger>,
}

#[derive(Default)]
struct Ledger {
    received: Received,
    messages: HashSet<String>,
}

impl Receiver {
    /// Opens with the key that messages are to be signed with.
    ///
    /// # Errors
    /// When no port can be had.
    pub(super) async fn open(key: &str, now: Now) -> io::Result<Receiver> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        // Nothing is lost when the demo is slow to print: the year's alerts fit into memory many times over.
        let (outgoing, incoming) = unbounded_channel();
        let keys = vec![key.to_owned()];
        let desk = Arc::new(Desk { keys, now, outgoing, ledger: Mutex::default() });
        let router = Router::new().route(PATH, post(receive)).with_state(desk.clone());
        let server = tokio::spawn(async move {
            // It ends with the demo; a listener that fails shows as a delivery that does not arrive.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Receiver { address, desk, incoming, server })
    }

    /// Where alerts are to be sent.
    pub(super) fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// The next alert that has already arrived.
    pub(super) fn next(&mut self) -> Option<Alert> {
        self.incoming.try_recv().ok()
    }

    /// What has arrived so far.
    pub(super) fn received(&self) -> Received {
        self.desk.ledger().received.clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Desk {
    /// Every change under the lock is complete in itself, so a poisoned lock is as good as any.
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, headers: &HeaderMap, body: &[u8]) -> StatusCode {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let id = text("webhook-id").unwrap_or_default();
        let (stamp, signature) = (text("webhook-timestamp"), text("webhook-signature"));
        let now_s = (self.now)().as_second();
        let verdict =
            sign::verify(&self.keys, id, stamp, signature, body, now_s, sign::TOLERANCE_S);
        let mut ledger = self.ledger();
        if let Err(why) = verdict {
            ledger.received.refused += 1;
            ledger.received.first_refusal.get_or_insert_with(|| why.to_string());
            return StatusCode::UNAUTHORIZED;
        }
        ledger.received.verified += 1;
        if !ledger.messages.insert(id.to_owned()) {
            ledger.received.repeated += 1;
            return StatusCode::NO_CONTENT;
        }
        let Ok(alert) = serde_json::from_slice::<Alert>(body) else {
            ledger.received.unreadable += 1;
            return StatusCode::BAD_REQUEST;
        };
        ledger.received.alerts.insert((alert.id.clone(), alert.version));
        // The other end is gone only when the demo has ended.
        let _ = self.outgoing.send(alert);
        StatusCode::NO_CONTENT
    }
}

async fn receive(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    desk.take(&headers, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &str = r#"{"id":"a","version":1,"kind":"new","severity":3,"storyline":"s",
        "event":{"id":"e","date":null,"city":null,"follows":null},
        "slot":"city","value":"istanbul","previous":null,
        "support":{"level":"single","origins":1,"articles":1},"certainty":"asserted","speaker":null,
        "article":{"url":"u","title":"t","source":"s","language":"en","published":"2025-02-27T07:05:00Z"},
        "evidence":{"quote":"q","sentence":"q","start":0,"end":1},"at":"2025-02-27T07:07:00Z"}"#;

    fn headers(id: &str, at: i64, body: &str) -> HeaderMap {
        let signature = sign::sign(&[KEY.to_owned()], id, at, body.as_bytes()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("webhook-id", id.parse().unwrap());
        headers.insert("webhook-timestamp", at.to_string().parse().unwrap());
        headers.insert("webhook-signature", signature.parse().unwrap());
        headers
    }

    #[tokio::test]
    async fn it_verifies_and_counts_once() {
        let now: Now = Arc::new(|| Timestamp::UNIX_EPOCH);
        let mut receiver = Receiver::open(KEY, now).await.unwrap();
        assert!(receiver.url().starts_with("http://127.0.0.1:"));
        let desk = receiver.desk.clone();
        let (good, bad) = (StatusCode::NO_CONTENT, StatusCode::UNAUTHORIZED);
        assert_eq!(desk.take(&headers("m1", 0, BODY), BODY.as_bytes()), good);
        assert_eq!(desk.take(&headers("m1", 5, BODY), BODY.as_bytes()), good);
        assert_eq!(desk.take(&headers("m2", 0, BODY), b"another body"), bad);
        assert_eq!(desk.take(&headers("m3", 3600, BODY), BODY.as_bytes()), bad);
        assert_eq!(desk.take(&HeaderMap::new(), BODY.as_bytes()), bad);
        assert_eq!(desk.take(&headers("m4", 0, "{}"), b"{}"), StatusCode::BAD_REQUEST);
        let received = receiver.received();
        assert_eq!((received.verified, received.refused), (3, 3));
        assert_eq!((received.repeated, received.unreadable, received.alerts.len()), (1, 1, 1));
        assert_eq!(received.first_refusal.as_deref(), Some("no signature fits the message"));
        assert_eq!(receiver.next().map(|alert| alert.value), Some("istanbul".into()));
        assert!(receiver.next().is_none());
    }
}
