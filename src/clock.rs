//! The clock: the only reader of time. Everything else takes `now` as an argument.

#![expect(clippy::disallowed_methods, reason = "the one module that reads the clock")]

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::time::Instant;

/// The longest single wait; a wall clock that is set forward is noticed after it.
const STEP_MAX: Duration = Duration::from_secs(60);

/// A source of time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's.
    System,
    /// An epoch plus what tokio's clock has counted since, so that it stands still and jumps when tests pause that.
    Virtual {
        /// The instant at `start`.
        epoch: Timestamp,
        /// When it began.
        start: Instant,
    },
    /// A clock that stands still until its driver advances it.
    Stepped(Arc<watch::Sender<Timestamp>>),
}

impl Clock {
    /// A virtual clock that begins now at `epoch`.
    pub fn starting_at(epoch: Timestamp) -> Self {
        Clock::Virtual { epoch, start: Instant::now() }
    }

    /// A clock that its driver advances.
    pub fn stepped(epoch: Timestamp) -> Self {
        Clock::Stepped(Arc::new(watch::Sender::new(epoch)))
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Virtual { epoch, start } => {
                let gone = SignedDuration::try_from(start.elapsed()).unwrap_or_default();
                epoch.checked_add(gone).unwrap_or(Timestamp::MAX)
            }
            Clock::Stepped(time) => *time.borrow(),
        }
    }

    /// Advances a stepped clock; it never goes back, and other clocks go by themselves.
    pub fn advance_to(&self, at: Timestamp) {
        if let Clock::Stepped(time) = self {
            time.send_if_modified(|now| {
                let forward = at > *now;
                *now = (*now).max(at);
                forward
            });
        }
    }

    /// Waits until the clock shows `at` or later.
    pub async fn sleep_until(&self, at: Timestamp) {
        if let Clock::Stepped(time) = self {
            let mut seen = time.subscribe();
            // The sender lives as long as the clock, so the wait ends only by its time.
            let _ = seen.wait_for(|now| *now >= at).await;
            return;
        }
        loop {
            let left = at.duration_since(self.now());
            if left <= SignedDuration::ZERO {
                return;
            }
            let left = Duration::try_from(left).unwrap_or(STEP_MAX);
            tokio::time::sleep(left.min(STEP_MAX)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch() -> Timestamp {
        "2025-04-08T09:00:00Z".parse().expect("an instant")
    }

    #[tokio::test(start_paused = true)]
    async fn a_virtual_clock_follows_tokio_s() {
        let clock = Clock::starting_at(epoch());
        clock.sleep_until(epoch() + SignedDuration::from_hours(30)).await;
        assert!(clock.now() >= epoch() + SignedDuration::from_hours(30));
        assert!(clock.now() < epoch() + SignedDuration::from_hours(31));
    }

    #[tokio::test]
    async fn a_stepped_clock_stands_still_until_it_is_advanced() {
        let clock = Clock::stepped(epoch());
        let later = epoch() + SignedDuration::from_hours(1);
        let waiter = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(later).await }
        });
        assert_eq!(clock.now(), epoch());
        clock.advance_to(later);
        waiter.await.expect("the waiter ends");
        clock.advance_to(epoch());
        assert_eq!(clock.now(), later, "never back");
    }
}
