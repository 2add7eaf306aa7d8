//! The ledger: the log of what was told of a storyline, and the events and facts that it folds to.
//!
//! Facts are a fold over the log in the order in which its claims were *made*, never in the order in which they arrived:
//! the same articles in any order end in the same facts. An article that comes in order is appended. One that comes late
//! is put in its place: the fold is rolled back to there, and what follows is folded once more. Events then keep the ids
//! under which receivers know them.
//!
//! [`Ledger`] is what the memory keeps. [`Working`] is a ledger as a batch leaves it, which copies only what it changes;
//! [`Advance`] is that change, to be applied once the batch is committed.

mod advance;
mod compare;
mod event;
mod fold;
mod held;
mod names;
mod news;
mod origins;
mod reception;
mod rollback;
mod slot;
mod supersede;
mod support;
#[cfg(test)]
mod tests;
mod working;

pub use advance::{Advance, Outcome};
pub use compare::{Relation, compare};
pub use reception::{Because, Previous, Reception};
pub use working::{Taken, Told, Working};

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::model::{ArticleId, Claim, Event, EventId, Report, StorylineId};
use crate::desk::origins::Houses;
use crate::desk::packs::{Frame, Gazetteer};
use event::EventState;

/// Entries that can be rolled back one by one; for an article older than all of these the whole log is folded again. Polls
/// that cross each other put an article out of order by minutes, not by more reports than this.
const ROLLBACK_MAX: usize = 512;

/// What a ledger is folded by.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The storyline.
    pub storyline: &'a StorylineId,
    /// Its parties.
    pub parties: &'a [String],
    /// The slots of its events.
    pub frame: &'a Frame,
    /// Who and where everything is.
    pub gazetteer: &'a Gazetteer,
    /// Whose newsroom an agency is.
    pub houses: &'a Houses,
}

/// The ledger of one storyline.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    log: Vec<Entry>,
    events: Vec<Arc<EventState>>,
    voices: HashMap<ArticleId, Voice>,
}

/// A report and its claims, folded.
#[derive(Clone, Debug)]
struct Entry {
    report: Arc<Report>,
    claims: Vec<Arc<Claim>>,
    /// For each mention, the place of its event.
    placed: Vec<usize>,
    /// The events that it changed, as they were before; none for one that it opened.
    undo: Option<Vec<(usize, Option<Arc<EventState>>)>>,
    /// Whether the store has it in another form, or not at all.
    unsaved: bool,
}

/// Whose text an article is.
#[derive(Clone, Debug)]
struct Voice {
    since: Timestamp,
    name: Arc<str>,
    /// By which other names the same text is known.
    also: Vec<Arc<str>>,
}

impl Voice {
    fn of(since: Timestamp, name: &str) -> Self {
        Self { since, name: Arc::from(name), also: Vec::new() }
    }
}

impl Ledger {
    /// Folds a stored log. Events keep the ids that the reports know them by, and `events` say since when they are known.
    pub fn restore(
        terms: Terms<'_>,
        mut log: Vec<(Report, Vec<Claim>)>,
        events: &[Event],
    ) -> Ledger {
        log.sort_by(|(a, _), (b, _)| rollback::order(a).cmp(&rollback::order(b)));
        let empty = Ledger::default();
        let mut working = Working::new(&empty, terms);
        for (report, claims) in log {
            let claims = claims.into_iter().map(Arc::new).collect();
            let now = report.said_at;
            working.replay(
                rollback::Unfolded { report: Arc::new(report), claims, unsaved: false },
                now,
            );
        }
        let known: HashMap<EventId, Timestamp> =
            events.iter().map(|event| (event.id.clone(), event.created)).collect();
        working.name_events(0, 0, &known, None);
        let advance = working.finish().advance;
        let mut ledger = empty;
        ledger.apply(&advance);
        ledger
    }

    /// The number of reports in the log.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether nothing was told yet.
    pub fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// Takes over what a batch has changed.
    pub fn apply(&mut self, advance: &Advance) {
        self.log.truncate(advance.kept);
        self.log.extend(advance.tail.iter().map(|entry| Entry { unsaved: false, ..entry.clone() }));
        let fixed = self.log.len().saturating_sub(ROLLBACK_MAX);
        for entry in self.log[..fixed].iter_mut().rev() {
            if entry.undo.take().is_none() {
                break;
            }
        }
        self.events.truncate(advance.count);
        for (at, event) in &advance.events {
            match self.events.get_mut(*at) {
                Some(known) => *known = event.clone(),
                None => self.events.push(event.clone()),
            }
        }
        for (article, voice) in &advance.voices {
            self.voices.insert(article.clone(), voice.clone());
        }
    }
}
