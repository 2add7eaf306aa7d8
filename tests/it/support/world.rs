//! A newspaper and a collector on loopback, and the daemon between them, in virtual time: the sockets and the SQLite
//! file are real, the hours are not.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use marsad::app::{App, Jitter, Options};
use marsad::clock::Clock;
use marsad::config::Config;
use marsad::desk::model::Alert;
use marsad::desk::sign;

/// The key that webhooks are signed with here.
pub(crate) const KEY: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// One answer of the newspaper.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    /// 200 with this content type and body; 304 to whoever has it.
    Feed(&'static str, Vec<u8>),
    /// A status with headers and no body.
    Status(u16, Vec<(&'static str, String)>),
    /// Nothing, for as long as anybody waits.
    Silence,
    /// The head of a body, and then the connection breaks.
    Cut(Vec<u8>),
}

/// What the newspaper was asked, and when.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) at: Timestamp,
    pub(crate) path: String,
    pub(crate) conditional: bool,
}

#[derive(Default)]
struct Desk {
    pages: BTreeMap<String, Page>,
    asked: Vec<Asked>,
    answers: VecDeque<u16>,
    received: Vec<(String, Alert)>,
    bad_signatures: usize,
    requests: usize,
}

#[derive(Clone)]
struct Shared {
    desk: Arc<Mutex<Desk>>,
    clock: Clock,
}

/// The little world of a scenario.
pub(crate) struct World {
    shared: Shared,
    base: String,
    folder: tempfile::TempDir,
    app: Option<App>,
    feeds: Vec<String>,
}

impl World {
    /// Newspaper and collector, and no daemon yet. The clock begins at `at`.
    pub(crate) async fn at(at: &str) -> Self {
        let clock = Clock::starting_at(at.parse().expect("an instant"));
        let shared = Shared { desk: Arc::default(), clock };
        let router = Router::new()
            .route("/feeds/{name}", get(feed))
            .route("/hook", post(hook))
            .with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let folder = tempfile::tempdir().expect("a folder");
        Self { shared, base, folder, app: None, feeds: Vec::new() }
    }

    /// What the newspaper answers at a feed's address from now on.
    pub(crate) fn publishes(&mut self, name: &str, page: Page) {
        self.desk().pages.insert(name.to_owned(), page);
        if self.feeds.iter().all(|known| known != name) {
            self.feeds.push(name.to_owned());
        }
    }

    /// The statuses that the collector answers next; 200 when they are used up.
    pub(crate) fn collector_answers(&self, statuses: &[u16]) {
        self.desk().answers.extend(statuses);
    }

    /// Starts the daemon on the feeds that have been named; the store stays the same over restarts.
    pub(crate) async fn start(&mut self) {
        let config = Config::from_text("scenario.toml", &self.config(), &BTreeMap::new());
        let config = config.unwrap_or_else(|error| panic!("{error}"));
        let clock = self.shared.clock.clone();
        let options = Options { config, clock, listener: None, jitter: Jitter::None };
        self.app = Some(App::start(options).await.expect("the daemon starts"));
    }

    fn config(&self) -> String {
        let store = self.folder.path().join("marsad.db");
        let feeds: String = self
            .feeds
            .iter()
            .map(|name| {
                format!("[[feed]]\nurl = \"{}/feeds/{name}\"\nsource = \"{name}\"\n", self.base)
            })
            .collect();
        format!(
            "feeds_opml = \"\"\n{feeds}\n[http]\nallowed_networks = [\"127.0.0.0/8\"]\n\
             [store]\npath = \"{}\"\n[web]\nlisten = \"\"\n[channel.alerts]\nenabled = false\n\
             [channel.newsroom]\nenabled = true\nurl = \"{}/hook\"\nsecret = \"{KEY}\"\n\
             [watchlist.embassy-talks]\nchannels = [\"newsroom\"]\nmin_severity = 1\n",
            store.display(),
            self.base
        )
    }

    /// Stops the daemon and finishes its work.
    pub(crate) async fn stop(&mut self) {
        if let Some(app) = self.app.take() {
            app.stop().await;
        }
    }

    /// Lets the daemon run for so long, in virtual time.
    pub(crate) async fn pass(&self, length: SignedDuration) {
        tokio::time::sleep(Duration::try_from(length).expect("a length")).await;
    }

    /// What has arrived at the collector, once for each `webhook-id`.
    pub(crate) fn received(&self) -> Vec<Alert> {
        let mut seen = Vec::new();
        let mut out = Vec::new();
        for (id, alert) in &self.desk().received {
            if !seen.contains(id) {
                seen.push(id.clone());
                out.push(alert.clone());
            }
        }
        out
    }

    /// `slot=value` of what has arrived, in order.
    pub(crate) fn told(&self) -> Vec<String> {
        self.received().iter().map(|a| format!("{}={}", a.slot, a.value)).collect()
    }

    /// The `webhook-id`s of all accepted requests, repetitions included.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.desk().received.iter().map(|(id, _)| id.clone()).collect()
    }

    /// Requests at the collector, accepted or not.
    pub(crate) fn hook_requests(&self) -> usize {
        self.desk().requests
    }

    /// Requests whose signature was wrong.
    pub(crate) fn bad_signatures(&self) -> usize {
        self.desk().bad_signatures
    }

    /// What the newspaper was asked for.
    pub(crate) fn asked(&self, name: &str) -> Vec<Asked> {
        self.desk().asked.iter().filter(|asked| asked.path == name).cloned().collect()
    }

    /// The store of the running daemon.
    pub(crate) fn store(&self) -> &marsad::store::Store {
        self.app.as_ref().expect("the daemon runs").store()
    }

    fn desk(&self) -> std::sync::MutexGuard<'_, Desk> {
        self.shared.desk.lock().expect("the desk")
    }
}

async fn feed(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let page = {
        let mut desk = shared.desk.lock().expect("the desk");
        let conditional = headers.contains_key("if-none-match");
        desk.asked.push(Asked { at: shared.clock.now(), path: name.clone(), conditional });
        desk.pages.get(&name).cloned()
    };
    let build = |status: u16| Response::builder().status(status);
    match page {
        Some(Page::Feed(content_type, body)) => {
            let etag = format!(
                "\"{:x}\"",
                body.iter().fold(body.len() as u64, |h, b| {
                    h.wrapping_mul(31).wrapping_add(u64::from(*b))
                })
            );
            if headers.get("if-none-match").is_some_and(|seen| seen.as_bytes() == etag.as_bytes()) {
                return build(304).header("etag", etag).body(Body::empty()).expect("an answer");
            }
            let answer = build(200).header("content-type", content_type).header("etag", etag);
            answer.body(Body::from(body)).expect("an answer")
        }
        Some(Page::Status(status, extra)) => {
            let mut answer = build(status);
            for (name, value) in extra {
                answer = answer.header(name, value);
            }
            answer.body(Body::empty()).expect("an answer")
        }
        Some(Page::Silence) => std::future::pending().await,
        Some(Page::Cut(head)) => {
            let body = Body::from_stream(futures_like::cut(head));
            build(200).header("content-type", "application/rss+xml").body(body).expect("an answer")
        }
        None => build(404).body(Body::empty()).expect("an answer"),
    }
}

async fn hook(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let now = shared.clock.now().as_second();
    let id = header("webhook-id").unwrap_or_default();
    let (at, signature) = (header("webhook-timestamp"), header("webhook-signature"));
    let valid = sign::verify(&[KEY.into()], id, at, signature, &body, now, 300).is_ok();
    let mut desk = shared.desk.lock().expect("the desk");
    desk.requests += 1;
    desk.bad_signatures += usize::from(!valid);
    match desk.answers.pop_front() {
        Some(status) if status != 200 => StatusCode::from_u16(status).expect("a status"),
        _ => {
            let alert = serde_json::from_slice(&body).expect("an alert of the contract");
            desk.received.push((id.to_owned(), alert));
            StatusCode::OK
        }
    }
}

/// A body that breaks off.
mod futures_like {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use axum::body::Bytes;

    pub(crate) fn cut(head: Vec<u8>) -> impl futures_core::Stream<Item = std::io::Result<Bytes>> {
        Cut(Some(head), false)
    }

    struct Cut(Option<Vec<u8>>, bool);

    impl futures_core::Stream for Cut {
        type Item = std::io::Result<Bytes>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            if let Some(head) = self.0.take() {
                return Poll::Ready(Some(Ok(Bytes::from(head))));
            }
            if self.1 {
                return Poll::Ready(None);
            }
            self.1 = true;
            let reset = std::io::ErrorKind::ConnectionReset.into();
            Poll::Ready(Some(Err(reset)))
        }
    }
}
