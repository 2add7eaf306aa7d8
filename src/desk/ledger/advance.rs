//! What a batch makes of a ledger: the rows that the store is to write, and the advance that the memory takes over.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::desk::ledger::event::EventState;
use crate::desk::ledger::working::Working;
use crate::desk::ledger::{Entry, Voice};
use crate::desk::model::{ArticleId, Claim, ClaimId, Event, Fact, Report, Slot, Touched};

/// How a ledger differs after a batch.
#[derive(Clone, Debug)]
pub struct Advance {
    pub(super) kept: usize,
    pub(super) tail: Vec<Entry>,
    pub(super) events: BTreeMap<usize, Arc<EventState>>,
    pub(super) count: usize,
    pub(super) voices: HashMap<ArticleId, Voice>,
}

/// What a batch leaves behind.
#[derive(Debug)]
pub struct Outcome {
    /// Reports that are new, or whose events have other ids now.
    pub reports: Vec<Report>,
    /// Their claims.
    pub claims: Vec<Claim>,
    /// Events that are new or have changed, and those that have become others.
    pub events: Vec<Event>,
    /// What was touched, and the events that have become others.
    pub touched: Vec<Touched>,
    /// All facts of what was touched.
    pub facts: Vec<Fact>,
    /// For the memory.
    pub advance: Advance,
}

impl Working<'_> {
    /// Ends the batch.
    pub fn finish(self) -> Outcome {
        let (mut reports, mut claims) = (Vec::new(), Vec::new());
        // What is new comes first, in the order of the log; what was brought in line comes behind it.
        let base = self.base;
        let is_old = |entry: &&Entry| base.voices.contains_key(&entry.report.article);
        let unsaved = || self.tail.iter().filter(|entry| entry.unsaved);
        for entry in unsaved().filter(|e| !is_old(e)).chain(unsaved().filter(is_old)) {
            reports.push(Report::clone(&entry.report));
            claims.extend(entry.claims.iter().map(|claim| Claim::clone(claim)));
        }
        let mut events = Vec::new();
        let (mut touched, mut facts) = (Vec::new(), Vec::new());
        for (at, state) in &self.events {
            let event = self.row(*at);
            let before = base.events.get(*at).filter(|before| before.head.id == state.head.id);
            let base_row = |before: &Arc<EventState>| {
                self.row_of(before, before.head.follows.map(|at| &base.events[at]))
            };
            if before.is_none_or(|before| base_row(before) != event) {
                events.push(event);
            }
            // What was folded anew may lack a slot that it had; what was appended only changes slots.
            let appended = before.filter(|_| self.kept == base.log.len());
            match appended {
                None => touched.push(Touched { event: state.head.id.clone(), slot: None }),
                Some(before) => touched.extend(state.changed(before).map(|slot| Touched {
                    event: state.head.id.clone(),
                    slot: Some(slot.clone()),
                })),
            }
            facts.extend(self.facts(*at, appended));
        }
        let is_back = |lost: &EventState| self.events.values().any(|e| e.head.id == lost.head.id);
        for (lost, into) in self.gone.iter().filter(|(lost, _)| !is_back(lost)) {
            touched.push(Touched { event: lost.head.id.clone(), slot: None });
            let merged_into = into.clone();
            events.push(Event { merged_into, follows: None, ..self.row_of(lost, None) });
        }
        let Self { kept, tail, events: states, count, voices, .. } = self;
        let advance = Advance { kept, tail, events: states, count, voices };
        Outcome { reports, claims, events, touched, facts, advance }
    }

    fn row(&self, at: usize) -> Event {
        let state = self.event(at);
        self.row_of(state, state.head.follows.map(|at| self.event(at)))
    }

    fn row_of(&self, state: &EventState, follows: Option<&Arc<EventState>>) -> Event {
        let head = &state.head;
        Event {
            id: head.id.clone(),
            storyline: self.terms.storyline.clone(),
            kind: head.kind.clone(),
            track: head.track.clone(),
            follows: follows.map(|event| event.head.id.clone()),
            created: head.created,
            created_by: head.created_by.clone(),
            merged_into: None,
        }
    }

    /// The facts of an event, in the order of their slots; only those that differ from `before` where that is given.
    fn facts(&self, at: usize, before: Option<&Arc<EventState>>) -> Vec<Fact> {
        let state = self.event(at);
        let same = |slot: &Slot, values| {
            let known = before.and_then(|before| before.shared(slot));
            known.is_some_and(|known| Arc::ptr_eq(known, values))
        };
        let slots = state.slots.iter().filter(|(slot, values)| !same(slot, values));
        slots
            .flat_map(|(slot, values)| values.held.iter().map(move |held| (slot, held)))
            .map(|(slot, held)| Fact {
                storyline: self.terms.storyline.clone(),
                event: state.head.id.clone(),
                slot: slot.clone(),
                value: held.value.clone(),
                state: held.state,
                conflict: held.conflict,
                support: held.support(),
                since: held.since,
                claims: held.claims.iter().map(|claim| ClaimId::clone(&claim.id)).collect(),
            })
            .collect()
    }
}
