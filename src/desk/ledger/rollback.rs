//! Rolling back: takes entries of the log back to the place where a late report belongs.

use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::ledger::Entry;
use crate::desk::ledger::event::EventState;
use crate::desk::ledger::working::Working;
use crate::desk::model::{ArticleId, Claim, Report};

/// A report that is to be folded.
#[derive(Clone, Debug)]
pub(super) struct Unfolded {
    pub report: Arc<Report>,
    pub claims: Vec<Arc<Claim>>,
    pub unsaved: bool,
}

/// The order of the log: when the claims were made; ties by entry, version and article, which no arrival changes.
pub(super) fn order(report: &Report) -> (Timestamp, &str, u32, &ArticleId) {
    (report.said_at, &report.key.0, report.version, &report.article)
}

impl Working<'_> {
    /// Where a report belongs; it is looked for from the end, where it nearly always is.
    pub(super) fn place_of(&self, report: &Report) -> usize {
        let mut at = self.len();
        while at > 0 && order(&self.entry(at - 1).report) > order(report) {
            at -= 1;
        }
        at
    }

    /// Takes back the entries from `at` on, or all where the older ones can no longer be taken back.
    pub(super) fn roll_back(&mut self, at: usize) -> Vec<Unfolded> {
        let mut taken = Vec::new();
        let fixed = (at..self.len()).any(|index| self.entry(index).undo.is_none());
        if fixed {
            taken.extend(self.tail.drain(..).rev().map(Entry::into_unfolded));
            let older = self.base.log[..self.kept].iter().rev();
            taken.extend(older.map(|entry| entry.clone().into_unfolded()));
            self.events.clear();
            (self.kept, self.count) = (0, 0);
        }
        while self.len() > at {
            let entry = match self.tail.pop() {
                Some(entry) => entry,
                None => {
                    self.kept -= 1;
                    self.base.log[self.kept].clone()
                }
            };
            for (event, before) in entry.undo.iter().flatten().rev() {
                match before {
                    Some(before) => self.restore(*event, before),
                    None => {
                        self.events.remove(event);
                        self.count -= 1;
                    }
                }
            }
            taken.push(entry.into_unfolded());
        }
        taken.reverse();
        taken
    }

    /// Puts an event back as it was; it keeps the name that it has got since, but not the track, which a report told that
    /// is taken out.
    fn restore(&mut self, event: usize, before: &Arc<EventState>) {
        let mut head = self.event(event).head.clone();
        let mut state = before.clone();
        if !Arc::ptr_eq(&state.head, &head) {
            if head.track != state.head.track {
                Arc::make_mut(&mut head).track.clone_from(&state.head.track);
            }
            Arc::make_mut(&mut state).head = head;
        }
        self.events.insert(event, state);
    }
}

impl Entry {
    fn into_unfolded(self) -> Unfolded {
        Unfolded { report: self.report, claims: self.claims, unsaved: self.unsaved }
    }
}
