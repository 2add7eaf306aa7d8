//! The status table, the week of a permanent redirect, and the feed after each verdict.

use super::*;

const NOW_S: i64 = 1_772_445_600; // 2026-03-02T10:00:00Z

fn now() -> Timestamp {
    Timestamp::from_second(NOW_S).unwrap()
}

fn feed() -> FeedState {
    let mut feed = FeedState::new("https://ru.example/rss", "Пример", None, now());
    feed.validators.etag = Some("\"old\"".into());
    feed
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
    let headers = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let url = "https://ru.example/rss".to_owned();
    Answer { status, headers, body: Vec::new(), url, permanent: None }
}

fn check(status: u16, headers: &[(&str, &str)], verdict: &str, next_s: i64, health: &str) {
    let judged = judge(&feed(), &Fetched::Answer(answer(status, headers)), now());
    assert_eq!(judged.to_string(), verdict, "{status} {headers:?}");
    let settings = Settings::default();
    let after = after(feed(), &judged, &FeedHints::default(), &settings, 0, now());
    assert_eq!(after.next_check.as_second() - NOW_S, next_s, "{status} {headers:?}");
    assert!(format!("{:?}", after.health).starts_with(health), "{:?}", after.health);
    assert_eq!(after.primed, status == 200, "{status}");
    let etag = if status == 200 { None } else { Some("\"old\"".to_owned()) };
    assert_eq!(after.validators.etag, etag, "validators come from a body only");
    let why = why(&feed(), &judged, &FeedHints::default(), &settings);
    assert_eq!(why.interval_s() as i64, next_s, "{status} {why}");
}

#[test]
fn each_status_has_its_verdict_and_its_next_check() {
    let never = schedule::NEVER_S as i64;
    for (status, headers, verdict, next_s, health) in [
        (200, &[][..], "fresh", 600, "Good"),
        (200, &[("cache-control", "public, max-age=1800")], "fresh", 1800, "Good"),
        (200, &[("expires", "Mon, 02 Mar 2026 11:00:00 GMT")], "fresh", 3600, "Good"),
        (200, &[("expires", "0")], "fresh", 600, "Good"),
        (304, &[], "not modified", 600, "Good"),
        (304, &[("cache-control", "max-age=900")], "not modified", 900, "Good"),
        (301, &[], "status 301: nothing to follow or read", 1200, "Failing"),
        (206, &[], "status 206: nothing to follow or read", 1200, "Failing"),
        (401, &[], "status 401: not permitted", 1200, "Failing"),
        (404, &[], "status 404: not found", 1200, "Failing"),
        (410, &[], "status 410: gone for good", never, "Gone"),
        (500, &[], "status 500: the server failed", 1200, "Failing"),
        (429, &[], "status 429: the server asks for patience", 1200, "Failing"),
        (
            429,
            &[("retry-after", "3600")],
            "status 429: the server asks for 3600 s of patience",
            3600,
            "Failing",
        ),
        (
            503,
            &[("retry-after", "Mon, 02 Mar 2026 12:00:00 GMT")],
            "status 503: the server asks for 7200 s of patience",
            7200,
            "Failing",
        ),
        (
            503,
            &[("retry-after", "999999999999999999999999")],
            "status 503: the server asks for 86400 s of patience",
            86_400,
            "Failing",
        ),
        (
            503,
            &[("retry-after", "скоро")],
            "status 503: the server asks for patience",
            1200,
            "Failing",
        ),
        (
            503,
            &[("retry-after", "-5")],
            "status 503: the server asks for patience",
            1200,
            "Failing",
        ),
    ] {
        check(status, headers, verdict, next_s, health);
    }
}

#[test]
fn a_304_without_a_question_is_no_success() {
    let mut feed = feed();
    feed.validators = Validators::default();
    let judged = judge(&feed, &Fetched::Answer(answer(304, &[])), now());
    assert_eq!(judged, Verdict::Failed(Failure::Status(304)));
}

#[test]
fn validators_are_kept_byte_for_byte_and_only_with_a_readable_body() {
    let headers = [("etag", "W/\"é a\""), ("last-modified", "yesterday")];
    let judged = judge(&feed(), &Fetched::Answer(answer(200, &headers)), now());
    let settings = Settings::default();
    let read = after(feed(), &judged, &FeedHints::default(), &settings, 0, now());
    assert_eq!(read.validators.etag.as_deref(), Some("W/\"é a\""));
    assert_eq!(read.validators.last_modified.as_deref(), Some("yesterday"));
    let hints =
        FeedHints { unreadable: Some("an HTML page, not a feed".into()), ..FeedHints::default() };
    let unread = after(feed(), &judged, &hints, &settings, 0, now());
    assert_eq!((unread.validators, unread.primed, unread.failures), (feed().validators, false, 1));
}

#[test]
fn failures_back_off_and_end_with_a_success() {
    let settings = Settings::default();
    let mut state = feed();
    let refused = Fetched::Failed(FetchFailure::Unreachable("connection refused".into()));
    let mut waits = Vec::new();
    for _ in 0..9 {
        let judged = judge(&state, &refused, now());
        state = after(state, &judged, &FeedHints::default(), &settings, 0, now());
        waits.push(state.next_check.as_second() - NOW_S);
    }
    assert_eq!(waits, [1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 86_400, 86_400]);
    let judged = judge(&state, &Fetched::Answer(answer(200, &[])), now());
    state = after(state, &judged, &FeedHints::default(), &settings, 0, now());
    assert_eq!((state.failures, state.health), (0, FeedHealth::Good));
}

#[test]
fn a_permanent_redirect_is_adopted_after_a_week_and_left_when_it_dies() {
    let settings = Settings::default();
    let mut state = feed();
    let to = "https://новый.example/rss";
    let mut adopted_on = None;
    for day in 0..9 {
        let at = Timestamp::from_second(NOW_S + day * 86_400).unwrap();
        let mut answer = answer(200, &[("etag", "\"new\"")]);
        answer.permanent = (state.moved_to.is_none()).then(|| to.to_owned());
        let judged = judge(&state, &Fetched::Answer(answer), at);
        state = after(state, &judged, &FeedHints::default(), &settings, 0, at);
        if state.moved_to.is_some() && adopted_on.is_none() {
            adopted_on = Some(day);
        }
    }
    assert_eq!((adopted_on, state.moved_to.as_deref()), (Some(7), Some(to)));
    for expect in [Some(to), Some(to), None] {
        let judged = judge(&state, &Fetched::Answer(answer(410, &[])), now());
        state = after(state, &judged, &FeedHints::default(), &settings, 0, now());
        assert_eq!(state.moved_to.as_deref(), expect);
    }
    assert_eq!(state.validators, Validators::default(), "they belonged to the other server");
}

#[test]
fn a_redirect_that_changes_its_mind_starts_again() {
    let mut state = feed();
    state.moving = Some(Moved {
        to: "https://a.example/".into(),
        since: Timestamp::UNIX_EPOCH,
        sightings: 99,
    });
    let mut answer = answer(200, &[]);
    answer.permanent = Some("https://b.example/".into());
    let judged = judge(&state, &Fetched::Answer(answer), now());
    assert_eq!(judged.to_string(), "fresh; says that it moved to https://b.example/ (1 sightings)");
}
