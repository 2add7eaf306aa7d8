//! When a feed is asked next, and why then.
//!
//! The interval is the longest of what the operator, the feed and the server ask for, within the operator's bounds.
//! Jitter only ever makes a poll later: a server that says "not before" is obeyed to the second.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

/// The day within which every feed that is not gone is asked again, whatever its server says (Miniflux, FreshRSS).
pub const DAY_S: u64 = 86_400;

/// When a feed that is gone would be asked again, if nobody looked at it: ten years.
pub const NEVER_S: u64 = 3650 * DAY_S;

/// Doublings after which the backoff is at its ceiling for any interval: 2^16 minutes are 45 days.
const DOUBLINGS_MAX: u32 = 16;

/// How often feeds are polled. All in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The usual interval.
    pub interval_s: u64,
    /// No poll comes sooner than this after the one before, whatever a server permits.
    pub min_interval_s: u64,
    /// No wish of a server or feed, and no backoff, makes the interval longer than this.
    pub max_interval_s: u64,
    /// The greatest delay by jitter, in percent of the interval.
    pub jitter_percent: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { interval_s: 600, min_interval_s: 60, max_interval_s: DAY_S, jitter_percent: 10 }
    }
}

/// What a feed's document says about how to treat it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHints {
    /// `<ttl>`, in seconds.
    pub ttl_s: Option<u64>,
    /// Set when the document was no feed: the answer then counts as a failure although its status was 200.
    pub unreadable: Option<String>,
}

/// What the HTTP answer says about how long it stays fresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// `Cache-Control: max-age`, in seconds.
    pub max_age_s: Option<u64>,
    /// `Expires` less `Date`, in seconds.
    pub expires_s: Option<u64>,
}

/// How the last poll ended, as far as the next one depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// There was an answer: a body, or the news that nothing has changed.
    Well {
        /// What the server says.
        freshness: Freshness,
        /// What the feed says.
        ttl_s: Option<u64>,
    },
    /// The server asked for patience.
    Held {
        /// `Retry-After`, in seconds from now; none if it did not say for how long.
        retry_after_s: Option<u64>,
        /// Polls that failed in a row, this one included.
        failures: u32,
    },
    /// It failed for a reason that a slower pace does not cure.
    Usual,
    /// It failed.
    Badly {
        /// Polls that failed in a row, this one included.
        failures: u32,
    },
    /// The server said 410.
    Gone,
}

/// Why the next poll is when it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The configured interval.
    Configured(u64),
    /// The server's `max-age` is longer.
    MaxAge(u64),
    /// The server's `Expires` is later.
    Expires(u64),
    /// The feed's `ttl` is longer.
    Ttl(u64),
    /// The server asked for patience.
    RetryAfter(u64),
    /// Failures in a row double the interval.
    Backoff {
        /// Failures in a row.
        failures: u32,
        /// The interval that follows from them.
        interval_s: u64,
    },
    /// Not polled any more.
    Gone,
}

impl Why {
    /// The interval, in seconds, before jitter.
    pub fn interval_s(self) -> u64 {
        match self {
            Why::Configured(s) | Why::MaxAge(s) | Why::Expires(s) => s,
            Why::Ttl(s) | Why::RetryAfter(s) | Why::Backoff { interval_s: s, .. } => s,
            Why::Gone => NEVER_S,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Configured(s) => write!(f, "every {s} s, as configured"),
            Why::MaxAge(s) => write!(f, "after {s} s, the server's max-age"),
            Why::Expires(s) => write!(f, "after {s} s, when the answer expires"),
            Why::Ttl(s) => write!(f, "after {s} s, the feed's ttl"),
            Why::RetryAfter(s) => write!(f, "after {s} s, as the server asked"),
            Why::Backoff { failures, interval_s } => {
                write!(f, "after {interval_s} s, because {failures} polls in a row failed")
            }
            Why::Gone => f.write_str("never: the server says that the feed is gone"),
        }
    }
}

/// When to ask next. `jitter` in 0..=u32::MAX spreads the poll over [`Settings::jitter_percent`] of the interval.
pub fn next_check(
    ended: &Ended,
    settings: &Settings,
    jitter: u32,
    now: Timestamp,
) -> (Timestamp, Why) {
    let why = interval(ended, settings);
    let spread_s = why.interval_s() * u64::from(settings.jitter_percent) / 100;
    let late_s = match why {
        Why::Gone => 0,
        _ => u128::from(spread_s) * u128::from(jitter) / u128::from(u32::MAX),
    };
    let delay_s = u128::from(why.interval_s()) + late_s;
    let delay = SignedDuration::from_secs(i64::try_from(delay_s).unwrap_or(i64::MAX));
    (now.saturating_add(delay).unwrap_or(Timestamp::MAX), why)
}

fn interval(ended: &Ended, settings: &Settings) -> Why {
    let ceiling = settings.max_interval_s.max(settings.min_interval_s);
    let floor = settings.interval_s.clamp(settings.min_interval_s.min(ceiling), ceiling);
    match *ended {
        Ended::Gone => Why::Gone,
        Ended::Usual => Why::Configured(floor),
        Ended::Well { freshness, ttl_s } => {
            let wishes = [
                freshness.max_age_s.map(|s| Why::MaxAge(s.min(ceiling))),
                freshness.expires_s.map(|s| Why::Expires(s.min(ceiling))),
                ttl_s.map(|s| Why::Ttl(s.min(ceiling))),
            ];
            let longest = wishes.into_iter().flatten().max_by_key(|why| why.interval_s());
            match longest {
                Some(why) if why.interval_s() > floor => why,
                _ => Why::Configured(floor),
            }
        }
        Ended::Held { retry_after_s: Some(s), .. } => {
            Why::RetryAfter(s.clamp(floor, DAY_S.max(floor)))
        }
        Ended::Held { retry_after_s: None, failures } | Ended::Badly { failures } => {
            let doubled = floor.saturating_mul(1 << failures.min(DOUBLINGS_MAX));
            Why::Backoff { failures, interval_s: doubled.clamp(floor, ceiling) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ended: Ended, jitter: u32, expect_s: i64, expect_why: &str) {
        let now = Timestamp::UNIX_EPOCH;
        let (at, why) = next_check(&ended, &Settings::default(), jitter, now);
        assert_eq!(
            (at.as_second(), why.to_string().contains(expect_why)),
            (expect_s, true),
            "{why}"
        );
    }

    fn well(max_age_s: u64, expires_s: u64, ttl_s: u64) -> Ended {
        let some = |s: u64| (s > 0).then_some(s);
        let freshness = Freshness { max_age_s: some(max_age_s), expires_s: some(expires_s) };
        Ended::Well { freshness, ttl_s: some(ttl_s) }
    }

    #[test]
    fn the_longest_wish_counts_and_jitter_is_later_only() {
        check(well(0, 0, 0), 0, 600, "configured");
        check(well(0, 0, 0), u32::MAX, 660, "configured");
        check(well(300, 60, 0), 0, 600, "configured");
        check(well(1800, 900, 0), 0, 1800, "max-age");
        check(well(0, 3600, 0), u32::MAX, 3960, "expires");
        check(well(60, 0, 7200), 0, 7200, "ttl");
        check(well(u64::MAX, 0, 0), 0, 86_400, "max-age");
        check(Ended::Held { retry_after_s: Some(5), failures: 1 }, 0, 600, "asked");
        check(Ended::Held { retry_after_s: Some(3600), failures: 1 }, u32::MAX, 3960, "asked");
        check(Ended::Held { retry_after_s: Some(u64::MAX), failures: 1 }, 0, 86_400, "asked");
        check(Ended::Held { retry_after_s: None, failures: 1 }, 0, 1200, "1 polls");
        check(Ended::Badly { failures: 2 }, 0, 2400, "2 polls");
        check(Ended::Badly { failures: u32::MAX }, 0, 86_400, "failed");
        check(Ended::Usual, 0, 600, "configured");
        check(Ended::Gone, u32::MAX, NEVER_S as i64, "gone");
    }
}
