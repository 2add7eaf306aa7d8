//! What becomes of a delivery after an attempt: delivered, tried again at a certain instant, or given up.
//!
//! The waits are those that Standard Webhooks recommends. Jitter spreads them, so that a receiver that comes back is not
//! met by everything at once.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::desk::model::{AttemptOutcome, DeliveryState};

/// No wish of a receiver puts an attempt off for longer.
pub const RETRY_AFTER_MAX_S: u64 = 86_400;

/// The greatest jitter, in percent of the wait, to either side.
const JITTER_PERCENT: u64 = 20;

/// How long to wait after the first attempt, after the second, and so on. When the list ends, the delivery is given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The waits in seconds.
    pub waits_s: Vec<u64>,
}

impl Default for Schedule {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 3600;
        let waits_s = vec![
            5,
            5 * MINUTE,
            30 * MINUTE,
            2 * HOUR,
            5 * HOUR,
            10 * HOUR,
            14 * HOUR,
            20 * HOUR,
            24 * HOUR,
        ];
        Self { waits_s }
    }
}

/// Why the delivery stands as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The receiver took it.
    Accepted,
    /// The attempt failed; the schedule says when to try again.
    Scheduled {
        /// What went wrong.
        why: String,
        /// The wait, jitter included.
        wait_ms: u64,
    },
    /// The attempt failed, and the receiver asked for more time than the schedule gives.
    AskedToWait {
        /// What went wrong.
        why: String,
        /// The wait that it asked for, within a day.
        wait_ms: u64,
    },
    /// The schedule has ended.
    Exhausted {
        /// What went wrong at last.
        why: String,
        /// How many attempts were made.
        attempts: u32,
    },
    /// The receiver wants no more of it, or the channel cannot carry it.
    Refused {
        /// What it said.
        why: String,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |ms: u64| ms.div_ceil(1000);
        match self {
            Why::Accepted => f.write_str("accepted"),
            Why::Scheduled { why, wait_ms } => {
                write!(f, "{why}; tried again in {} s", seconds(*wait_ms))
            }
            Why::AskedToWait { why, wait_ms } => {
                write!(f, "{why}; tried again in {} s, as the receiver asks", seconds(*wait_ms))
            }
            Why::Exhausted { why, attempts } => {
                write!(f, "{why}; given up after {attempts} attempts")
            }
            Why::Refused { why } => write!(f, "{why}; refused for good"),
        }
    }
}

/// Decides after an attempt. `attempts` counts those that have begun, this one included; `jitter` is any number, drawn
/// by the shell. The instant matters only for a pending delivery; it is `now` for any other.
pub fn after(
    attempts: u32,
    outcome: &AttemptOutcome,
    schedule: &Schedule,
    jitter: u32,
    now: Timestamp,
) -> (DeliveryState, Timestamp, Why) {
    let (why, retry_after_s) = match outcome {
        AttemptOutcome::Delivered => return (DeliveryState::Delivered, now, Why::Accepted),
        AttemptOutcome::Rejected { why } => {
            return (DeliveryState::Dead, now, Why::Refused { why: why.clone() });
        }
        AttemptOutcome::Failed { why, retry_after_s } => (why.clone(), *retry_after_s),
    };
    let step = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(wait_s) = schedule.waits_s.get(step) else {
        return (DeliveryState::Dead, now, Why::Exhausted { why, attempts });
    };
    let scheduled_ms = spread(*wait_s, jitter);
    let asked_ms = retry_after_s.map_or(0, |s| s.min(RETRY_AFTER_MAX_S) * 1000);
    // The later of the two: a receiver may ask for more time, and never for more haste.
    let (wait_ms, why) = if asked_ms > scheduled_ms {
        (asked_ms, Why::AskedToWait { why, wait_ms: asked_ms })
    } else {
        (scheduled_ms, Why::Scheduled { why, wait_ms: scheduled_ms })
    };
    (DeliveryState::Pending, later(now, wait_ms), why)
}

/// The wait in milliseconds, between 80 and 120 percent of what the schedule says.
fn spread(wait_s: u64, jitter: u32) -> u64 {
    let wait_ms = u128::from(wait_s) * 1000;
    let percent = u128::from(JITTER_PERCENT);
    let least = wait_ms * (100 - percent) / 100;
    let range = wait_ms * 2 * percent / 100;
    let ms = least + range * u128::from(jitter) / u128::from(u32::MAX);
    u64::try_from(ms).unwrap_or(u64::MAX)
}

fn later(now: Timestamp, wait_ms: u64) -> Timestamp {
    let wait = SignedDuration::from_millis(i64::try_from(wait_ms).unwrap_or(i64::MAX));
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeliveryState::*;

    /// The jitter that changes nothing.
    const MIDDLE: u32 = u32::MAX / 2;

    fn now() -> Timestamp {
        "2025-04-08T09:00:00Z".parse().expect("an instant")
    }

    fn failed(retry_after_s: Option<u64>) -> AttemptOutcome {
        AttemptOutcome::Failed { why: "HTTP 503".into(), retry_after_s }
    }

    #[test]
    fn every_outcome_has_its_state_its_time_and_its_reason() {
        let rejected = AttemptOutcome::Rejected { why: "HTTP 410".into() };
        for (attempts, outcome, jitter, state, wait_s, why) in [
            (1, AttemptOutcome::Delivered, MIDDLE, Delivered, 0, "accepted"),
            (1, rejected, MIDDLE, Dead, 0, "HTTP 410; refused for good"),
            (0, failed(None), MIDDLE, Pending, 5, "HTTP 503; tried again in 5 s"),
            (1, failed(None), MIDDLE, Pending, 5, "HTTP 503; tried again in 5 s"),
            (1, failed(None), 0, Pending, 4, "HTTP 503; tried again in 4 s"),
            (1, failed(None), u32::MAX, Pending, 6, "HTTP 503; tried again in 6 s"),
            (2, failed(None), MIDDLE, Pending, 300, "HTTP 503; tried again in 300 s"),
            (9, failed(None), MIDDLE, Pending, 86_400, "HTTP 503; tried again in 86400 s"),
            (9, failed(None), u32::MAX, Pending, 103_680, "HTTP 503; tried again in 103680 s"),
            (10, failed(None), MIDDLE, Dead, 0, "HTTP 503; given up after 10 attempts"),
            (10, failed(Some(60)), MIDDLE, Dead, 0, "HTTP 503; given up after 10 attempts"),
            (u32::MAX, failed(None), 0, Dead, 0, "HTTP 503; given up after 4294967295 attempts"),
            (1, failed(Some(1)), MIDDLE, Pending, 5, "HTTP 503; tried again in 5 s"),
            (
                1,
                failed(Some(120)),
                u32::MAX,
                Pending,
                120,
                "HTTP 503; tried again in 120 s, as the receiver asks",
            ),
            (
                1,
                failed(Some(u64::MAX)),
                0,
                Pending,
                86_400,
                "HTTP 503; tried again in 86400 s, as the receiver asks",
            ),
        ] {
            let got = after(attempts, &outcome, &Schedule::default(), jitter, now());
            assert_eq!((got.0, got.2.to_string().as_str()), (state, why), "{attempts} {outcome:?}");
            let waited_ms = got.1.as_millisecond() - now().as_millisecond();
            // The middle of an even number of steps is half a step off.
            assert!((waited_ms - wait_s * 1000).abs() <= 1, "{attempts} {outcome:?} {waited_ms}");
        }
    }

    #[test]
    fn an_empty_schedule_gives_up_and_an_endless_one_stays_in_range() {
        let none = Schedule { waits_s: Vec::new() };
        assert_eq!(after(1, &failed(None), &none, 0, now()).0, Dead);
        let endless = Schedule { waits_s: vec![u64::MAX] };
        assert_eq!(after(1, &failed(None), &endless, u32::MAX, now()).1, Timestamp::MAX);
    }
}
