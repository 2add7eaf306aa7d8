//! SIGKILL at random instants: the real program on a real file, a newspaper that goes on publishing, a collector that
//! checks signatures and honours ids. Nothing may be lost, and nothing may come under a second id.
//!
//! `KILLS=300 cargo test --release --test it kill` runs the long campaign; 20 kills are part of every run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use marsad::clock::Clock;
use marsad::desk::model::{Alert, Draft};
use marsad::desk::sign;
use marsad::store::Store;
use tokio::process::{Child, Command};
use tokio::sync::Notify;

use crate::support::{article_files, world::KEY};

/// Feeds that share the coverage; several, so that polls and deliveries overlap.
const FEEDS: usize = 8;

/// The longest that the program may live before it is killed.
const LIFE_MS_MAX: u64 = 1_600;

/// How long it may take to finish when nobody kills it any more.
const FINISH: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Scene {
    released: usize,
    received: Vec<(String, Alert)>,
    bad_signatures: usize,
    /// How often each feed was asked for after everything was published.
    polled_all: BTreeMap<usize, u32>,
}

#[derive(Clone)]
struct Shared {
    drafts: Arc<Vec<Draft>>,
    scene: Arc<Mutex<Scene>>,
    news: Arc<Notify>,
}

async fn feed(State(shared): State<Shared>, UrlPath(number): UrlPath<usize>) -> String {
    let mut scene = shared.scene.lock().expect("the scene");
    let mut latest: BTreeMap<&str, &Draft> = BTreeMap::new();
    for (index, draft) in shared.drafts[..scene.released].iter().enumerate() {
        if index % FEEDS == number {
            latest.insert(&draft.url, draft);
        }
    }
    if scene.released == shared.drafts.len() {
        *scene.polled_all.entry(number).or_default() += 1;
        shared.news.notify_waiters();
    }
    let items: Vec<serde_json::Value> = latest
        .values()
        .map(|draft| {
            serde_json::json!({
                "id": draft.url, "url": draft.url, "title": draft.title,
                "content_text": draft.text, "date_published": draft.published.map(|at| at.to_string()),
            })
        })
        .collect();
    serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "n", "items": items})
        .to_string()
}

async fn hook(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let id = header("webhook-id").unwrap_or_default().to_owned();
    let (at, signature) = (header("webhook-timestamp"), header("webhook-signature"));
    let now = Clock::System.now().as_second();
    let valid = sign::verify(&[KEY.into()], &id, at, signature, &body, now, 300).is_ok();
    let alert = serde_json::from_slice(&body).expect("an alert of the contract");
    let mut scene = shared.scene.lock().expect("the scene");
    scene.bad_signatures += usize::from(!valid);
    scene.received.push((id, alert));
    shared.news.notify_waiters();
    StatusCode::OK
}

fn spawn(config: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(["run", "--config"])
        .arg(config)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the program starts")
}

fn config(folder: &Path, base: &str) -> std::path::PathBuf {
    let feeds: String = (0..FEEDS)
        .map(|n| format!("[[feed]]\nurl = \"{base}/feed/{n}\"\nsource = \"outlet {n}\"\n"))
        .collect();
    let text = format!(
        "feeds_opml = \"\"\n{feeds}\n[poll]\ninterval = \"1s\"\nmin_interval = \"1s\"\n\
         jitter_percent = 0\nper_host = 8\n[http]\nallowed_networks = [\"127.0.0.0/8\"]\n\
         [store]\npath = \"{}\"\n[web]\nlisten = \"\"\n[desk]\nalert_max_age = \"5000d\"\n\
         [deliver]\nretry = [\"1s\", \"1s\", \"1s\"]\n[channel.alerts]\nenabled = false\n\
         [channel.newsroom]\nenabled = true\nurl = \"{base}/hook\"\nsecret = \"{KEY}\"\n\
         [watchlist.embassy-talks]\nchannels = [\"newsroom\"]\nmin_severity = 1\n",
        folder.join("marsad.db").display()
    );
    let path = folder.join("marsad.toml");
    std::fs::write(&path, text).expect("a file");
    path
}

/// Numbers that look random and are the same every time (splitmix64, Steele et al. 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_comes_twice_when_the_program_is_killed() {
    let kills: usize = asked_for().and_then(|text| text.parse().ok()).unwrap_or(20);
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/coverage/articles");
    let shared = Shared {
        drafts: Arc::new(article_files(&articles)),
        scene: Arc::default(),
        news: Arc::default(),
    };
    let router = Router::new()
        .route("/feed/{number}", get(feed))
        .route("/hook", post(hook))
        .with_state(shared.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let folder = tempfile::tempdir().expect("a folder");
    let config = config(folder.path(), &base);

    let mut dice = Dice(2025);
    let total = shared.drafts.len();
    for kill in 0..kills {
        // The first run has empty feeds to take as its baseline; then the newspaper publishes a little before each.
        if kill > 0 {
            shared.scene.lock().expect("the scene").released = total * kill / kills;
        }
        let life = if kill == 0 { 3_000 } else { 30 + dice.below(LIFE_MS_MAX) };
        let mut child = spawn(&config);
        let ended = tokio::time::timeout(Duration::from_millis(life), child.wait()).await;
        assert!(ended.is_err(), "it ended by itself: {ended:?}");
        child.kill().await.expect("killed");
    }
    finish(&shared, &config).await;
    judge(&shared, folder.path(), kills).await;
}

fn asked_for() -> Option<String> {
    std::env::vars().find(|(name, _)| name == "KILLS").map(|(_, value)| value)
}

/// Publishes the rest, and lets the program run until it has seen and sent everything.
async fn finish(shared: &Shared, config: &Path) {
    shared.scene.lock().expect("the scene").released = shared.drafts.len();
    let child = spawn(config);
    let store = config.with_file_name("marsad.db");
    let done = async {
        loop {
            let news = shared.news.notified();
            // A feed is asked again only when what it gave before is committed, so the second time tells that it is.
            let polled = shared.scene.lock().expect("the scene").polled_all.clone();
            if polled.values().filter(|times| **times >= 2).count() == FEEDS {
                let path = store.clone();
                let opened = tokio::task::spawn_blocking(move || Store::open(&path)).await;
                let opened = opened.expect("no panic").expect("the store opens");
                let counts = opened.counts().await.expect("counts");
                if counts.pending == 0 && counts.alerts > 0 {
                    // The next news, if there is any, comes with the next poll.
                    let received = distinct(shared);
                    if received.len() as u64 >= counts.alerts {
                        return;
                    }
                }
            }
            news.await;
        }
    };
    let finished = tokio::time::timeout(FINISH, done).await;
    stop(child).await;
    assert!(finished.is_ok(), "it did not finish");
}

/// SIGTERM ends the program with 0.
async fn stop(mut child: Child) {
    let pid = child.id().expect("it runs").to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status().await.expect("kill");
    assert!(sent.success());
    let status = tokio::time::timeout(FINISH, child.wait()).await.expect("it ends").expect("ends");
    assert!(status.success(), "{status}");
}

fn distinct(shared: &Shared) -> BTreeMap<String, Alert> {
    shared.scene.lock().expect("the scene").received.iter().cloned().collect()
}

async fn judge(shared: &Shared, folder: &Path, kills: usize) {
    let path = folder.join("marsad.db");
    let store = tokio::task::spawn_blocking(move || Store::open(&path)).await;
    let store = store.expect("no panic").expect("the store opens");
    store.integrity_check().await.expect("a sound file");
    let received = distinct(shared);
    let stored = store.alerts(10_000).await.expect("alerts");
    let arrived: BTreeSet<(&str, u32)> =
        received.values().map(|alert| (alert.id.as_str(), alert.version)).collect();
    let lost: Vec<_> = stored
        .iter()
        .filter(|alert| !arrived.contains(&(alert.id.as_str(), alert.version)))
        .collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let mut ids: BTreeMap<(String, String, String, &str, String), BTreeSet<&str>> = BTreeMap::new();
    for (id, alert) in &received {
        let change = (
            alert.event.id.to_string(),
            alert.slot.to_string(),
            alert.value.clone(),
            alert.kind.as_str(),
            alert.article.url.clone() + &alert.article.published.to_string(),
        );
        ids.entry(change).or_default().insert(id);
    }
    let twice: Vec<_> = ids.iter().filter(|(_, ids)| ids.len() > 1).collect();
    assert!(twice.is_empty(), "two ids for one change: {twice:?}");
    let scene = shared.scene.lock().expect("the scene");
    assert_eq!(scene.bad_signatures, 0);
    let urls: BTreeSet<&str> = shared.drafts.iter().map(|draft| draft.url.as_str()).collect();
    println!(
        "{kills} kills: {} alerts, {} distinct ids, {} requests, {} extra copies, {} addresses",
        stored.len(),
        received.len(),
        scene.received.len(),
        scene.received.len() - received.len(),
        urls.len()
    );
    assert!(stored.len() > 50, "the coverage was told: {}", stored.len());
}
