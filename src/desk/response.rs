//! What an answer means for its feed: a verdict with a reason, and the feed as it is after it.
//!
//! Validators are taken from a body that was read and from nothing else, so that an ETag is never stored before its
//! articles. A permanent redirect is believed when it has said the same for a week, because captive portals and
//! misconfigured servers send them too; a temporary one never is. No failure is silent: each is counted, shown, and
//! asked again.

use std::fmt;

use jiff::Timestamp;

use crate::desk::model::{Answer, FeedHealth, FeedState, FetchFailure, Fetched, Moved, Validators};
use crate::desk::schedule::{self, Ended, FeedHints, Freshness, Settings, Why};

/// How long a permanent redirect must have said the same before it is adopted, in seconds: a week.
pub const MOVE_AFTER_S: i64 = 7 * 86_400;

/// How many polls must have seen it.
pub const MOVE_SIGHTINGS: u32 = 3;

/// Failures in a row at an adopted address, after which the configured one is asked again.
pub const HOME_AFTER_FAILURES: u32 = 3;

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A body to read.
    Fresh {
        /// To be stored with the articles of the body.
        validators: Validators,
        /// How long it stays fresh.
        freshness: Freshness,
        /// What the redirects say.
        moved: Move,
    },
    /// 304: nothing has changed.
    NotModified {
        /// How long that holds.
        freshness: Freshness,
        /// What the redirects say.
        moved: Move,
    },
    /// 429 or 503: the server asks for patience.
    RetryAfter {
        /// The status.
        status: u16,
        /// In seconds from now; none if it does not say for how long.
        after_s: Option<u64>,
    },
    /// 410: the feed is gone for good.
    Gone,
    /// There is nothing to read.
    Failed(Failure),
}

/// What the redirects of an answer say about the feed's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Nothing permanent.
    Stays,
    /// It says that it has moved, not yet often or long enough.
    Watched(Moved),
    /// It has said so for a week: the new address is asked from now on.
    Adopted(String),
}

/// Why there is nothing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// 401, 403, 404 and the other 4xx.
    Client(u16),
    /// 5xx.
    Server(u16),
    /// A redirect without a target that can be followed, or a status that no server should send.
    Status(u16),
    /// The fetch itself failed.
    Fetch(FetchFailure),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Fresh { moved: Move::Stays, .. } => f.write_str("fresh"),
            Verdict::Fresh { moved, .. } => write!(f, "fresh; {moved}"),
            Verdict::NotModified { moved: Move::Stays, .. } => f.write_str("not modified"),
            Verdict::NotModified { moved, .. } => write!(f, "not modified; {moved}"),
            Verdict::RetryAfter { status, after_s: Some(s) } => {
                write!(f, "status {status}: the server asks for {s} s of patience")
            }
            Verdict::RetryAfter { status, after_s: None } => {
                write!(f, "status {status}: the server asks for patience")
            }
            Verdict::Gone => f.write_str("status 410: gone for good"),
            Verdict::Failed(failure) => failure.fmt(f),
        }
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Move::Stays => f.write_str("not moved"),
            Move::Watched(moved) => {
                write!(f, "says that it moved to {} ({} sightings)", moved.to, moved.sightings)
            }
            Move::Adopted(to) => write!(f, "moved to {to}"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Client(404) => f.write_str("status 404: not found"),
            Failure::Client(status @ (401 | 403)) => write!(f, "status {status}: not permitted"),
            Failure::Client(status) => write!(f, "status {status}: the request was refused"),
            Failure::Server(status) => write!(f, "status {status}: the server failed"),
            Failure::Status(status) => write!(f, "status {status}: nothing to follow or read"),
            Failure::Fetch(failure) => failure.fmt(f),
        }
    }
}

/// Judges what a poll brought.
pub fn judge(feed: &FeedState, fetched: &Fetched, now: Timestamp) -> Verdict {
    let answer = match fetched {
        Fetched::Failed(failure) => return Verdict::Failed(Failure::Fetch(failure.clone())),
        Fetched::Answer(answer) => answer,
    };
    match answer.status {
        200 | 203 => Verdict::Fresh {
            validators: validators(answer),
            freshness: freshness(answer, now),
            moved: moved(feed, answer, now),
        },
        // Only to a question that had a condition; without one there is no body anywhere.
        304 if feed.validators != Validators::default() => Verdict::NotModified {
            freshness: freshness(answer, now),
            moved: moved(feed, answer, now),
        },
        status @ (429 | 503) => Verdict::RetryAfter { status, after_s: retry_after_s(answer, now) },
        410 => Verdict::Gone,
        status @ 400..=499 => Verdict::Failed(Failure::Client(status)),
        status @ 500..=599 => Verdict::Failed(Failure::Server(status)),
        status => Verdict::Failed(Failure::Status(status)),
    }
}

/// The feed after a verdict. `hints` are those of the body that was read; the default for a verdict without one.
pub fn after(
    mut feed: FeedState,
    verdict: &Verdict,
    hints: &FeedHints,
    settings: &Settings,
    jitter: u32,
    now: Timestamp,
) -> FeedState {
    feed.last_checked = Some(now);
    let ended = match (verdict, &hints.unreadable) {
        (Verdict::Fresh { .. }, Some(why)) => fail(&mut feed, format!("cannot be read: {why}")),
        (Verdict::Fresh { validators, freshness, moved }, None) => {
            feed.validators = validators.clone();
            feed.last_changed = Some(now);
            feed.primed = true;
            succeed(&mut feed, moved, *freshness, hints.ttl_s)
        }
        (Verdict::NotModified { freshness, moved }, _) => {
            succeed(&mut feed, moved, *freshness, hints.ttl_s)
        }
        (Verdict::Gone, _) if feed.moved_to.is_none() => {
            feed.failures = feed.failures.saturating_add(1);
            feed.health = FeedHealth::Gone;
            Ended::Gone
        }
        (Verdict::RetryAfter { after_s, .. }, _) => {
            fail(&mut feed, verdict.to_string());
            Ended::Held { retry_after_s: *after_s, failures: feed.failures }
        }
        (Verdict::Failed(Failure::Fetch(FetchFailure::Limit(_))), _) => {
            fail(&mut feed, verdict.to_string());
            Ended::Usual
        }
        (Verdict::Gone | Verdict::Failed(_), _) => fail(&mut feed, verdict.to_string()),
    };
    let (next_check, _) = schedule::next_check(&ended, settings, jitter, now);
    feed.next_check = next_check;
    feed
}

/// Why the feed is asked next when it is, for the journal. The same arguments as [`after`] give the same reason.
pub fn why(feed: &FeedState, verdict: &Verdict, hints: &FeedHints, settings: &Settings) -> Why {
    let failures = feed.failures.saturating_add(1);
    let ended = match (verdict, &hints.unreadable) {
        (Verdict::Fresh { freshness, .. }, None) | (Verdict::NotModified { freshness, .. }, _) => {
            Ended::Well { freshness: *freshness, ttl_s: hints.ttl_s }
        }
        (Verdict::Gone, _) if feed.moved_to.is_none() => Ended::Gone,
        (Verdict::RetryAfter { after_s, .. }, _) => {
            Ended::Held { retry_after_s: *after_s, failures }
        }
        (Verdict::Failed(Failure::Fetch(FetchFailure::Limit(_))), _) => Ended::Usual,
        _ => Ended::Badly { failures },
    };
    schedule::next_check(&ended, settings, 0, Timestamp::UNIX_EPOCH).1
}

fn succeed(feed: &mut FeedState, moved: &Move, freshness: Freshness, ttl_s: Option<u64>) -> Ended {
    feed.failures = 0;
    feed.health = FeedHealth::Good;
    match moved {
        Move::Stays => feed.moving = None,
        Move::Watched(moved) => feed.moving = Some(moved.clone()),
        Move::Adopted(to) => {
            feed.moving = None;
            feed.moved_to = (*to != feed.url).then(|| to.clone());
        }
    }
    Ended::Well { freshness, ttl_s }
}

fn fail(feed: &mut FeedState, because: String) -> Ended {
    feed.failures = feed.failures.saturating_add(1);
    feed.health = FeedHealth::Failing(because);
    // An address that was adopted can die; the one that the operator wrote is the one to go back to. Validators are
    // those of the other server and say nothing here.
    if feed.failures >= HOME_AFTER_FAILURES && feed.moved_to.take().is_some() {
        feed.moving = None;
        feed.validators = Validators::default();
    }
    Ended::Badly { failures: feed.failures }
}

/// As the server sent them; one that could not be decoded cannot be sent back byte for byte, and is left out.
fn validators(answer: &Answer) -> Validators {
    let header = |name: &str| {
        answer
            .header(name)
            .filter(|value| !value.is_empty() && !value.contains('\u{fffd}'))
            .map(str::to_owned)
    };
    Validators { etag: header("etag"), last_modified: header("last-modified") }
}

fn moved(feed: &FeedState, answer: &Answer, now: Timestamp) -> Move {
    let asked = feed.moved_to.as_deref().unwrap_or(&feed.url);
    let Some(to) = answer.permanent.as_deref().filter(|to| *to != asked) else {
        return Move::Stays;
    };
    let seen = match &feed.moving {
        Some(moving) if moving.to == to => {
            Moved { sightings: moving.sightings.saturating_add(1), ..moving.clone() }
        }
        _ => Moved { to: to.to_owned(), since: now, sightings: 1 },
    };
    let lasted_s = now.as_second().saturating_sub(seen.since.as_second());
    if seen.sightings >= MOVE_SIGHTINGS && lasted_s >= MOVE_AFTER_S {
        Move::Adopted(seen.to)
    } else {
        Move::Watched(seen)
    }
}

fn freshness(answer: &Answer, now: Timestamp) -> Freshness {
    let max_age_s = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "cache-control")
        .flat_map(|(_, value)| value.split(','))
        .filter_map(|directive| {
            let (name, value) = directive.split_once('=')?;
            name.trim().eq_ignore_ascii_case("max-age").then_some(value)
        })
        .find_map(|value| seconds(value.trim().trim_matches('"')));
    // The server's own clock measures its own date.
    let from = answer.header("date").and_then(http_date).unwrap_or(now);
    let expires_s = answer
        .header("expires")
        .and_then(http_date)
        .and_then(|at| u64::try_from(at.as_second().saturating_sub(from.as_second())).ok())
        .filter(|s| *s > 0);
    Freshness { max_age_s, expires_s }
}

/// `Retry-After` in seconds from now, clamped to a day; a date in the past and nonsense are none.
fn retry_after_s(answer: &Answer, now: Timestamp) -> Option<u64> {
    let value = answer.header("retry-after")?.trim();
    let after_s = match seconds(value) {
        Some(s) => s,
        None => {
            let at = http_date(value)?;
            u64::try_from(at.as_second().saturating_sub(now.as_second())).ok().filter(|s| *s > 0)?
        }
    };
    Some(after_s.min(schedule::DAY_S))
}

/// A number of seconds; one too large for us is as good as for ever.
fn seconds(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

fn http_date(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text.trim()).ok()?).ok()
}

#[cfg(test)]
mod tests;
