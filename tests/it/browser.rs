//! The status page in a real browser: each script in its own direction, nothing run, nothing fetched from elsewhere.
//!
//! `tests/run` names the browser in `TEST_BROWSER`, and says so when there is none.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use marsad::clock::Clock;
use marsad::desk::pipeline::{Batch, Memory, ingest};
use marsad::store::Store;
use marsad::web::{self, Heartbeat, Limits, Source, WebState};

use crate::support::{article_files, rules};

fn browser() -> Option<PathBuf> {
    let named = std::env::vars().find(|(name, _)| name == "TEST_BROWSER").map(|(_, path)| path);
    named.filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// A store that holds the shipped coverage.
async fn store(folder: &Path) -> Store {
    let path = folder.join("marsad.db");
    let store = tokio::task::spawn_blocking(move || Store::open(&path)).await;
    let store = store.expect("no panic").expect("a store");
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/coverage/articles");
    let rules = rules(Vec::new());
    let mut memory = Memory::default();
    for draft in article_files(&articles) {
        let now = draft.published.expect("a date");
        let changes = ingest(&rules, &memory, Batch::Articles(vec![draft]), now);
        memory.apply(&rules, &changes);
        store.commit(changes).await.expect("committed");
    }
    store
}

/// The page as the browser has it when everything is loaded.
fn dom(browser: &Path, profile: &Path, url: &str, picture: &Path) -> String {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("--window-size=1100,1400")
        .arg(format!("--screenshot={}", picture.display()))
        .arg("--dump-dom")
        .arg(url)
        .output()
        .expect("the browser starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_script_stands_in_its_own_direction() {
    let Some(browser) = browser() else {
        eprintln!("not run: TEST_BROWSER names no browser; `tests/run` installs one where it can");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path()).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let clock = Clock::System;
    let heartbeat = Heartbeat::default();
    heartbeat.beat(clock.now());
    let state = WebState {
        source: Source::Store(store),
        now: Arc::new(move || clock.now()),
        heartbeat,
        silence: Duration::from_secs(300),
        hosts: Vec::new(),
        limits: Limits::default(),
    };
    tokio::spawn(web::serve(listener, state, std::future::pending()));
    let (profile, picture) = (folder.path().join("profile"), folder.path().join("page.png"));
    let page = tokio::task::spawn_blocking({
        let picture = picture.clone();
        move || dom(&browser, &profile, &url, &picture)
    });
    let page = page.await.expect("no panic");
    for sentence in [
        "عاجل | مصدر: الجولة الثانية الروسية الأميركية في ١٠ نيسان",
        "Очередной раунд консультаций России и США",
        "pencilled in for",
    ] {
        assert!(page.contains(sentence.split(' ').next().expect("a word")), "{sentence}");
    }
    assert!(page.contains("dir=\"rtl\""), "Arabic runs from the right");
    assert!(page.contains("dir=\"ltr\""), "Russian and English from the left");
    assert!(!page.contains("<script"), "works without JavaScript");
    let drawn = std::fs::metadata(&picture).expect("a picture").len();
    assert!(drawn > 20_000, "the page is not blank: {drawn} bytes");
    if let Some((_, keep)) = std::env::vars().find(|(name, _)| name == "KEEP_PICTURE") {
        std::fs::copy(&picture, keep).expect("a copy");
    }
}
