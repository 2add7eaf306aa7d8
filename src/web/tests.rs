//! The page over real HTTP: what it shows, in which direction, what it never lets through, and what it refuses.

mod sample;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use self::sample::{alert, article, at, claim, snapshot};
use super::*;
use crate::desk::model::*;

const NOW: &str = "2025-04-08T10:00:00Z";

/// A running page. It stops when dropped.
struct Site {
    address: SocketAddr,
    heartbeat: Heartbeat,
    _stop: oneshot::Sender<()>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    fn shows(&self, text: &str) {
        assert!(self.body.contains(text), "not shown: {text}\n{}", self.body);
    }

    fn hides(&self, text: &str) {
        assert!(!self.body.contains(text), "shown: {text}\n{}", self.body);
    }
}

impl Site {
    async fn open(source: Source) -> Site {
        Self::open_with(source, Limits::default()).await
    }

    async fn open_with(source: Source, limits: Limits) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address");
        let heartbeat = Heartbeat::default();
        let state = WebState {
            source,
            now: Arc::new(|| at(NOW)),
            heartbeat: heartbeat.clone(),
            silence: Duration::from_secs(60),
            hosts: vec!["marsad.example".into()],
            limits,
        };
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve(listener, state, async {
            let _ = stopped.await;
        }));
        Site { address, heartbeat, _stop: stop }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &self.address.to_string()).await
    }

    async fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        self.send(&request).await
    }

    async fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.expect("connect");
        stream.write_all(request.as_bytes()).await.expect("send");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("receive");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }
}

fn source(snapshot: Snapshot) -> Source {
    Source::Memory(Arc::new(snapshot))
}

#[tokio::test]
async fn the_front_page_shows_what_is_known_and_who_says_so_in_which_words() {
    let site = Site::open(source(snapshot())).await;
    let page = site.get("/").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    page.shows("<h1>us-russia-talks</h1>");
    page.shows("<h2>2025-04-10 · istanbul <span class=\"tag\">scheduled</span></h2>");
    page.shows("follows <a href=\"#event-e1\">day and place unknown</a>");
    page.shows(
        "<blockquote dir=\"rtl\" lang=\"ar\">Reuters: قال بيسكوف إن الاجتماع سيعقد في <mark>10 أبريل</mark></blockquote>",
    );
    page.shows("<bdi dir=\"rtl\" lang=\"ar\">اجتماع في اسطنبول</bdi>");
    page.shows("<bdi dir=\"rtl\">الجزيرة</bdi>");
    page.shows("href=\"https://news.example/1?a=1&#38;b=2\" rel=\"noopener noreferrer\"");
    page.shows("<a class=\"why\" href=\"/article/a1\">");
    page.shows("a party on record, 2 articles");
    page.shows("<time datetime=\"2025-04-08T09:00:00Z\">2025-04-08 09:00 UTC</time>");
    page.shows("Earlier values (1)");
    page.shows(
        "<blockquote dir=\"ltr\" lang=\"ru\">Встреча пройдет <mark>10 апреля</mark> в Стамбуле.</blockquote>",
    );
    page.shows("(was: <bdi dir=\"ltr\">unset</bdi>");
    page.shows("href=\"/article?url=https%3A%2F%2Ftass.example%2F2\"");
    // The latest event stands first.
    assert!(page.body.find("id=\"event-e2\"") < page.body.find("id=\"event-e1\""));
}

#[tokio::test]
async fn nothing_from_outside_is_more_than_text() {
    let title =
        "<script>alert(1)</script><img src=x onerror=alert(1)> \"'&amp; \u{202E}txt.exe\u{2066}";
    let mut held = snapshot();
    held.alerts = vec![alert(title, "javascript:alert(1)")];
    held.articles = vec![article("a1", "ar", title, "data:text/html,<b>x</b>")];
    held.articles[0].source = title.into();
    held.articles[0].language = LanguageId::new("\"><b id=x>");
    held.claims = vec![claim("c1", "a1", title, "<img src=x onerror=alert(1)>")];
    held.claims[0].speaker = Some(title.into());
    held.journal = vec![JournalEntry {
        at: at(NOW),
        feed: None,
        article: Some(ArticleId::new("a1")),
        step: Step::Watch,
        reason: title.into(),
    }];
    let mut feed = FeedState::new("javascript:alert(1)", title, None, at(NOW));
    feed.health = FeedHealth::Failing(title.into());
    feed.moved_to = Some(title.into());
    held.feeds = vec![feed];
    let site = Site::open(source(held)).await;
    for path in ["/", "/feeds", "/article/a1", "/outbox", "/article/%3Cscript%3E", "/<script>"] {
        let page = site.get(path).await;
        for mark in ["<script", "<img", "<b id", "href=\"javascript", "href=\"data:", "style="] {
            page.hides(mark);
        }
        for control in ["\u{202E}", "\u{2066}"] {
            page.hides(control);
        }
    }
    let page = site.get("/").await;
    page.shows("&#60;script&#62;alert(1)&#60;/script&#62;");
    page.shows("<mark>&#60;img src=x onerror=alert(1)&#62;</mark>");
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let site = Site::open(source(snapshot())).await;
    let own = site.address.to_string();
    for (method, path, host, status) in [
        ("GET", "/", own.as_str(), 200),
        ("HEAD", "/", own.as_str(), 200),
        ("GET", "/feeds", own.as_str(), 200),
        ("GET", "/outbox?state=dead", own.as_str(), 200),
        ("GET", "/outbox?state=lost", own.as_str(), 404),
        ("GET", "/article/a1", own.as_str(), 200),
        ("GET", "/article?url=https%3A%2F%2Fnews.example%2F1%3Fa%3D1%26b%3D2", own.as_str(), 200),
        ("GET", "/article", own.as_str(), 404),
        ("GET", "/article/unknown", own.as_str(), 404),
        ("GET", "/article/%ff", own.as_str(), 400),
        ("GET", "/healthz", own.as_str(), 503),
        ("GET", "/style.css", own.as_str(), 200),
        ("GET", "/nowhere", own.as_str(), 404),
        ("POST", "/", own.as_str(), 405),
        ("DELETE", "/article/a1", own.as_str(), 405),
        ("GET", "/", "marsad.example", 200),
        ("GET", "/", "localhost:1", 200),
        ("GET", "/", "attacker.example", 421),
        ("GET", "/healthz", "attacker.example", 421),
        ("GET", "/style.css", "attacker.example:8087", 421),
    ] {
        let answer = site.ask(method, path, host).await;
        assert_eq!(answer.status, status, "{method} {path} {host}\n{}", answer.body);
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                 frame-ancestors 'none'; base-uri 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{method} {path} {host}");
        }
    }
    let nameless = site.send("GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!(nameless.status, 400);
    assert_eq!(nameless.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn feeds_that_need_a_look_come_first() {
    let mut failing = FeedState::new("https://b.example/f?x=1", "Б", None, at(NOW));
    failing.health = FeedHealth::Failing("503 Service Unavailable".into());
    failing.failures = 3;
    failing.last_checked = Some(at("2025-04-08T09:50:00Z"));
    failing.next_check = at("2025-04-08T11:30:00Z");
    let mut gone = FeedState::new("https://c.example/f", "C", Some(LanguageId::new("en")), at(NOW));
    gone.health = FeedHealth::Gone;
    let mut good =
        FeedState::new("https://a.example/f", "الأولى", Some(LanguageId::new("ar")), at(NOW));
    good.health = FeedHealth::Good;
    let held = Snapshot { feeds: vec![good, failing, gone], ..Snapshot::default() };
    let page = Site::open(source(held)).await.get("/feeds").await;
    page.shows("3 feeds, <b>2 need a look</b>");
    page.shows("503 Service Unavailable");
    page.shows("3 in a row");
    page.shows("2025-04-08 11:30 UTC");
    page.shows("<bdi dir=\"rtl\" lang=\"ar\">الأولى</bdi>");
    let place = |text: &str| page.body.find(text).expect(text);
    assert!(place("c.example") < place("b.example") && place("b.example") < place("a.example"));
}

#[tokio::test]
async fn the_outbox_shows_what_did_not_arrive() {
    let body = serde_json::to_string(&alert("x", "https://tass.example/2")).expect("JSON");
    let delivery = |id: &str, state| Delivery {
        id: DeliveryId::new(id),
        alert: AlertId::new("alert-1"),
        version: 1,
        watchlist: WatchlistId::new("embassy-talks"),
        channel: ChannelId::new("newsroom"),
        thread: EventId::new("e2"),
        body: body.clone(),
        state,
        attempts: 4,
        next_attempt: at("2025-04-08T12:00:00Z"),
        created: at(NOW),
        last_error: Some("connection refused".into()),
    };
    let deliveries = vec![
        delivery("d-dead", DeliveryState::Dead),
        delivery("d-pending", DeliveryState::Pending),
        Delivery {
            body: "of another version".into(),
            ..delivery("d-odd", DeliveryState::Delivered)
        },
    ];
    let site = Site::open(source(Snapshot { deliveries, ..Snapshot::default() })).await;
    let all = site.get("/outbox").await;
    for text in ["d-dead", "d-pending", "d-odd", "connection refused", "2025-04-08 12:00 UTC"] {
        all.shows(text);
    }
    let dead = site.get("/outbox?state=dead").await;
    dead.shows("d-dead");
    dead.shows("<b>date</b>: <bdi dir=\"ltr\">2025-04-10</bdi>");
    dead.shows("aria-current=\"page\">dead</a>");
    dead.hides("d-pending");
    dead.hides("2025-04-08 12:00 UTC");
}

#[tokio::test]
async fn an_article_s_page_tells_the_reasons_in_order() {
    let mut held = snapshot();
    held.articles[0].copy_of = Some(ArticleId::new("a 0/x"));
    held.journal = [(Step::Watch, "names both parties"), (Step::Alert, "equals what is known")]
        .map(|(step, reason)| JournalEntry {
            at: at(NOW),
            feed: None,
            article: Some(ArticleId::new("a1")),
            step,
            reason: reason.into(),
        })
        .to_vec();
    let page = Site::open(source(held)).await.get("/article/a1").await;
    page.shows("<h1 dir=\"rtl\" lang=\"ar\">اجتماع في اسطنبول</h1>");
    page.shows("<span class=\"tag\">watch</span> <bdi dir=\"ltr\">names both parties</bdi>");
    page.shows("<a href=\"/article/a%200%2Fx\">of this article</a>");
    page.shows("<p class=\"text\" dir=\"rtl\" lang=\"ar\">الفقرة الأخيرة.</p>");
    page.shows("<p class=\"text\" dir=\"ltr\" lang=\"ar\">Следующий абзац.</p>");
    assert!(page.body.find("names both") < page.body.find("equals what"));
}

#[tokio::test]
async fn health_is_that_of_the_store_and_of_the_poll_loop() {
    let site = Site::open(source(Snapshot::default())).await;
    let before = site.get("/healthz").await;
    assert_eq!(before.status, 503);
    before.shows("\"status\":\"failing\"");
    before.shows("has not ticked yet");
    site.heartbeat.beat(at("2025-04-08T09:59:30Z"));
    let well = site.get("/healthz").await;
    assert_eq!((well.status, well.header("content-type")), (200, Some("application/json")));
    let json: serde_json::Value = serde_json::from_str(&well.body).expect("JSON");
    assert_eq!(json["status"], "ok");
    assert_eq!(json["poll_loop"]["last_tick"], "2025-04-08T09:59:30Z");
    site.heartbeat.beat(at("2025-04-08T09:58:59Z"));
    let stuck = site.get("/healthz").await;
    assert_eq!(stuck.status, 503);
    stuck.shows("has not ticked for 61 s; 60 s are usual");
}

#[tokio::test]
async fn an_event_that_is_too_old_to_be_shown_is_not_linked() {
    let limits = Limits { events: 1, ..Limits::default() };
    let page = Site::open_with(source(snapshot()), limits).await.get("/").await;
    page.shows("follows day and place unknown");
    page.shows("Older events that are not shown: 1.");
    page.hides("event-e1");
}

#[tokio::test]
async fn an_empty_program_has_a_front_page_too() {
    let page = Site::open(source(Snapshot::default())).await.get("/").await;
    assert_eq!(page.status, 200);
    page.shows("Nothing has changed yet.");
    page.shows("No event is known yet.");
}

#[tokio::test(start_paused = true)]
async fn a_silent_connection_is_let_go_and_makes_room() {
    let limits = Limits { connections: 1, ..Limits::default() };
    let site = Site::open_with(source(Snapshot::default()), limits).await;
    let mut silent = TcpStream::connect(site.address).await.expect("connect");
    silent.write_all(b"GET / HT").await.expect("send");
    // The page has one connection to give, and gets it back when the silent one has had its time.
    let page = site.get("/feeds").await;
    assert_eq!(page.status, 200);
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest).await;
    assert!(rest.is_empty(), "{rest:?}");
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_does_not_wait_for_a_connection_that_never_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    let state = WebState {
        source: source(Snapshot::default()),
        now: Arc::new(|| at(NOW)),
        heartbeat: Heartbeat::default(),
        silence: Duration::from_secs(60),
        hosts: Vec::new(),
        limits: Limits { idle: Duration::from_secs(3600), ..Limits::default() },
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, state, async {
        let _ = stopped.await;
    }));
    let mut open = TcpStream::connect(address).await.expect("connect");
    open.write_all(b"GET / HT").await.expect("send");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let began = tokio::time::Instant::now();
    stop.send(()).expect("a page that waits");
    serving.await.expect("no panic").expect("no error");
    assert!(began.elapsed() <= Duration::from_secs(6), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_story_is_shown_once_with_what_stands_behind_it() {
    let place = |article: &str, added: &[&str]| StoryPlace {
        article: ArticleId::new(article),
        story: StoryId::new("a1"),
        why: "names: <b>путин</b>, إسطنبول".into(),
        added: added.iter().map(|text| (*text).to_owned()).collect(),
    };
    let mut copy = article("a2", "ar", "اجتماع", "https://news.example/2");
    copy.copy_of = Some(ArticleId::new("a1"));
    let held = Snapshot {
        articles: vec![
            article("a1", "ar", "اجتماع في اسطنبول", "https://news.example/1"),
            copy,
            article("a3", "ru", "Встреча в Стамбуле", "https://news.example/3"),
        ],
        places: vec![place("a1", &[]), place("a2", &["أضيفت جملة."]), place("a3", &[])],
        ..Snapshot::default()
    };
    let site = Site::open(source(held)).await;
    let page = site.get("/stories").await;
    assert_eq!(page.status, 200);
    page.shows("<h2><bdi dir=\"rtl\" lang=\"ar\">اجتماع في اسطنبول</bdi> <span class=\"tag\">ar</span></h2>");
    page.shows("+1 copy (1 publisher), 1 other report · <a href=\"/story/a1\">all</a>");
    page.shows("<blockquote dir=\"rtl\" lang=\"ar\">أضيفت جملة.</blockquote>");
    page.shows("<bdi dir=\"ltr\" lang=\"ru\">Встреча в Стамбуле</bdi>");
    let story = site.get("/story/a1").await;
    story.shows("names: &#60;b&#62;путин&#60;/b&#62;, إسطنبول");
    assert_eq!(site.get("/story/none").await.status, 404);
}
