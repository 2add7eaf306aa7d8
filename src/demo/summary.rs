//! What the demo ends with: how much was done, and whether everything that was owed has arrived.

use std::io::{self, Write};
use std::time::Duration;

use jiff::Timestamp;

use super::newspaper::Answers;
use super::receiver::Received;
use crate::desk::model::AlertId;
use crate::store::Counts;

/// The whole run in numbers.
pub(super) struct Summary {
    /// The first and the last instant of the daemon's time.
    pub(super) span: (Timestamp, Timestamp),
    /// What the newspaper answered.
    pub(super) answers: Answers,
    /// What the store holds.
    pub(super) counts: Counts,
    /// The alerts in the store: each version of them.
    pub(super) alerts: Vec<(AlertId, u32)>,
    /// What the receiver got.
    pub(super) received: Received,
    /// How long it took.
    pub(super) took: Duration,
}

impl Summary {
    /// Writes it in lines.
    ///
    /// # Errors
    /// Those of `out`.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { span: (from, until), answers, counts, received, .. } = self;
        let days = until.duration_since(*from).as_hours() / 24;
        let polls = answers.full + answers.unchanged;
        writeln!(out, "{days} days in {:.1} seconds", self.took.as_secs_f64())?;
        writeln!(
            out,
            "  feeds      {} · {polls} polls · {} unchanged (304)",
            counts.feeds, answers.unchanged
        )?;
        writeln!(out, "  articles   {} · {} copies folded", counts.articles, counts.copies)?;
        writeln!(
            out,
            "  ledger     {} events · {} facts · {} claims",
            counts.events, counts.facts, counts.claims
        )?;
        writeln!(
            out,
            "  alerts     {} · {} delivered · {} signatures verified · {} duplicates at the receiver",
            self.alerts.len(),
            counts.delivered,
            received.verified,
            received.repeated
        )
    }

    /// What should not have happened, in sentences; empty when all went well.
    pub(super) fn complaints(&self) -> Vec<String> {
        let received = &self.received;
        let missing = self.alerts.iter().filter(|told| !received.alerts.contains(*told)).count();
        let why = received.first_refusal.as_deref().unwrap_or("no reason");
        let all = [
            (missing, format!("{missing} alerts of the store did not reach the receiver")),
            (received.refused, format!("{} messages were refused: {why}", received.refused)),
            (received.unreadable, format!("{} messages were no alerts", received.unreadable)),
            (usize::from(self.alerts.is_empty()), "there was no alert at all".to_owned()),
        ];
        all.into_iter().filter(|(count, _)| *count > 0).map(|(_, sentence)| sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let alerts = vec![(AlertId::new("a"), 1), (AlertId::new("a"), 2)];
        let received = alerts.iter().cloned().collect();
        Summary {
            span: (at("2025-02-12T07:30:00Z"), at("2026-01-26T08:12:00Z")),
            answers: Answers { full: 93, unchanged: 960 },
            counts: Counts {
                feeds: 13,
                articles: 80,
                copies: 12,
                claims: 400,
                delivered: 2,
                ..Default::default()
            },
            alerts,
            received: Received { verified: 2, alerts: received, ..Default::default() },
            took: Duration::from_millis(4321),
        }
    }

    #[test]
    fn it_says_what_was_done() {
        let mut out = Vec::new();
        summary().write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("348 days in 4.3 seconds\n"), "{text}");
        assert!(text.contains("13 · 1053 polls · 960 unchanged (304)"), "{text}");
        assert!(text.contains("2 delivered · 2 signatures verified · 0 duplicates"), "{text}");
        assert!(summary().complaints().is_empty());
    }

    #[test]
    fn it_complains_about_what_is_missing() {
        let mut wrong = summary();
        wrong.received.alerts.remove(&(AlertId::new("a"), 2));
        wrong.received.refused = 1;
        wrong.received.first_refusal = Some("no signature fits the message".into());
        assert_eq!(
            wrong.complaints(),
            [
                "1 alerts of the store did not reach the receiver",
                "1 messages were refused: no signature fits the message"
            ]
        );
    }
}
