//! Deliveries against a real server on loopback that answers as receivers do.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use jiff::Timestamp;

use super::*;
use crate::desk::model::{AlertId, DeliveryId, DeliveryState, EventId, WatchlistId};
use crate::desk::sign;
use crate::http::{Policy, client};

const KEY: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

type Seen = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

async fn receiver(seen: Seen) -> String {
    async fn take(State(seen): State<Seen>, headers: HeaderMap, body: Bytes) -> &'static str {
        seen.lock().expect("the list").push((headers, body));
        "ok"
    }
    let app = Router::new()
        .route("/ok", post(take))
        .route("/busy", post(|| async { (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "90")]) }))
        .route("/broken", post(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "حدث خطأ") }))
        .route("/gone", post(|| async { StatusCode::GONE }))
        .route(
            "/moved",
            post(|| async { (StatusCode::FOUND, [("location", "/ok")]).into_response() }),
        )
        .route("/hangs", post(|| async { std::future::pending::<&'static str>().await }))
        .with_state(seen);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

fn delivery() -> Delivery {
    let at: Timestamp = "2025-04-08T09:00:00Z".parse().expect("an instant");
    Delivery {
        id: DeliveryId::new("d1"),
        alert: AlertId::new("a1"),
        version: 1,
        watchlist: WatchlistId::new("w"),
        channel: ChannelId::new("c"),
        thread: EventId::new("e"),
        body: r#"{"value":"2025-04-10","sentence":"ستعقد في ١٠ نيسان"}"#.into(),
        state: DeliveryState::Attempting,
        attempts: 1,
        next_attempt: at,
        created: at,
        last_error: None,
    }
}

async fn send(url: &str) -> AttemptOutcome {
    let mut policy = Policy::new("marsad-test");
    policy.allow = vec!["127.0.0.0/8".parse().expect("a network")];
    let client = client(&policy).expect("a client");
    let sink = HttpSink::new(client, url, vec![KEY.into()], Duration::from_secs(10));
    let sinks = BTreeMap::from([(ChannelId::new("c"), Sink::Http(sink))]);
    Deliverer::new(sinks).send(&delivery(), delivery().created).await
}

#[tokio::test(start_paused = true)]
async fn a_receiver_can_verify_what_it_gets() {
    let seen = Seen::default();
    let base = receiver(seen.clone()).await;
    assert_eq!(send(&format!("{base}/ok")).await, AttemptOutcome::Delivered);
    let (headers, body) = seen.lock().expect("the list").pop().expect("one request");
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    assert_eq!(header("webhook-id"), Some("d1"));
    let now = delivery().created.as_second();
    let (at, signature) = (header("webhook-timestamp"), header("webhook-signature"));
    sign::verify(&[KEY.into()], "d1", at, signature, &body, now, 300).expect("a valid signature");
}

#[tokio::test(start_paused = true)]
async fn every_answer_has_its_meaning() {
    let base = receiver(Seen::default()).await;
    let of = |path: &'static str| {
        let url = format!("{base}{path}");
        async move { send(&url).await }
    };
    assert!(matches!(of("/busy").await, AttemptOutcome::Failed { retry_after_s: Some(90), .. }));
    assert!(matches!(of("/broken").await,
        AttemptOutcome::Failed { why, .. } if why.contains("حدث خطأ")));
    assert!(matches!(of("/gone").await, AttemptOutcome::Rejected { .. }));
    assert!(matches!(of("/moved").await,
        AttemptOutcome::Failed { why, .. } if why.contains("302")));
    assert!(matches!(of("/hangs").await,
        AttemptOutcome::Failed { why, .. } if why.contains("10s")));
}

#[tokio::test]
async fn an_address_that_the_guard_refuses_is_not_asked() {
    let policy = Policy::new("marsad-test");
    let client = client(&policy).expect("a client");
    let sink = HttpSink::new(client, "http://127.0.0.1:9/x", vec![], Duration::from_secs(1));
    let sinks = BTreeMap::from([(ChannelId::new("c"), Sink::Http(sink))]);
    let outcome = Deliverer::new(sinks).send(&delivery(), delivery().created).await;
    assert!(matches!(outcome, AttemptOutcome::Rejected { .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_file_gets_a_line_for_each_alert() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("alerts.jsonl");
    let sinks = BTreeMap::from([(ChannelId::new("c"), Sink::File(FileSink::new(&path)))]);
    let deliverer = Deliverer::new(sinks);
    for _ in 0..2 {
        let outcome = deliverer.send(&delivery(), delivery().created).await;
        assert_eq!(outcome, AttemptOutcome::Delivered);
    }
    let text = std::fs::read_to_string(path).expect("the file");
    assert_eq!(text.lines().filter(|line| *line == delivery().body).count(), 2);
}
