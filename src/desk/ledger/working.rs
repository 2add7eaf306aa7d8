//! A ledger at work: what a batch reads of it and adds to it, without copying what it leaves alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::ledger::event::EventState;
use crate::desk::ledger::rollback::{Unfolded, order};
use crate::desk::ledger::{Entry, Ledger, Reception, Terms, Voice};
use crate::desk::link::Placement;
use crate::desk::model::{ArticleId, Claim, EventId, Report, Slot, Support, SupportLevel, Value};

/// A ledger as a batch leaves it: the one it began with, and what has changed since.
#[derive(Debug)]
pub struct Working<'a> {
    pub(super) base: &'a Ledger,
    pub(super) terms: Terms<'a>,
    /// Entries of the base that stand.
    pub(super) kept: usize,
    /// Entries behind them.
    pub(super) tail: Vec<Entry>,
    /// Events that differ from those of the base.
    pub(super) events: BTreeMap<usize, Arc<EventState>>,
    /// The number of events.
    pub(super) count: usize,
    pub(super) voices: HashMap<ArticleId, Voice>,
    /// Events that receivers know and that no report tells of any more: their last state, and what they are now.
    pub(super) gone: Vec<(Arc<EventState>, Option<EventId>)>,
    pub(super) parties: Vec<Arc<str>>,
}

/// What came of one report.
#[derive(Debug)]
pub struct Taken {
    /// Reports that were made later and had arrived before.
    pub late_by: usize,
    /// For each mention, the event that it is, and why.
    pub placements: Vec<Placement>,
    /// For each claim, what it did.
    pub told: Vec<Told>,
}

/// What came of one claim.
#[derive(Clone, Debug)]
pub struct Told {
    /// The claim, linked.
    pub claim: Arc<Claim>,
    /// The place of its event.
    pub event: usize,
    /// What it did to what is known.
    pub reception: Reception,
}

impl<'a> Working<'a> {
    /// Begins with a ledger as it is.
    pub fn new(base: &'a Ledger, terms: Terms<'a>) -> Self {
        Self {
            base,
            terms,
            kept: base.log.len(),
            tail: Vec::new(),
            events: BTreeMap::new(),
            count: base.events.len(),
            voices: HashMap::new(),
            gone: Vec::new(),
            parties: terms.parties.iter().map(|party| Arc::from(party.as_str())).collect(),
        }
    }

    /// Takes in a report and its claims. Each claim is about one of the report's mentions; others are left out.
    pub fn take(&mut self, mut report: Report, claims: Vec<Claim>, now: Timestamp) -> Taken {
        let at = self.place_of(&report);
        let late_by = self.len() - at;
        let before: Vec<Arc<EventState>> = match late_by {
            0 => Vec::new(),
            _ => (0..self.count).map(|at| self.event(at).clone()).collect(),
        };
        let mut earlier = self.roll_back(at);
        let (start, from) = (self.len(), self.count);
        // Where the log was rolled back to its beginning, what stands before the report comes first again.
        let first = earlier.iter().take_while(|one| order(&one.report) < order(&report)).count();
        let mut later = earlier.split_off(first);
        join_copies(&mut report, &mut later);
        report.same_as.retain(|id| self.knows(id));
        let article = report.article.clone();
        let claims = claims.into_iter().map(Arc::new).collect();
        let fresh = Unfolded { report: Arc::new(report), claims, unsaved: true };
        for one in earlier {
            self.replay(one, now);
        }
        let (placements, receptions) = self.replay(fresh, now);
        let fresh = self.tail.len() - 1;
        for one in later {
            self.replay(one, now);
        }
        let dropped = before.iter().skip(from);
        let known = dropped.map(|event| (event.head.id.clone(), event.head.created)).collect();
        self.name_events(start, from, &known, Some(&article));
        self.note_gone(from, &before);
        let mut told = self.told(fresh, receptions);
        if late_by == 0 {
            self.settle_within(&mut told);
        } else {
            for told in &mut told {
                told.reception = self.as_news(told, &before);
            }
        }
        Taken { late_by, placements, told }
    }

    fn told(&self, entry: usize, receptions: Vec<(usize, Reception)>) -> Vec<Told> {
        let claims = &self.tail[entry].claims;
        let told = claims.iter().zip(receptions);
        told.map(|(claim, (event, reception))| Told { claim: claim.clone(), event, reception })
            .collect()
    }

    /// The number of entries.
    pub(super) fn len(&self) -> usize {
        self.kept + self.tail.len()
    }

    pub(super) fn entry(&self, at: usize) -> &Entry {
        if at < self.kept { &self.base.log[at] } else { &self.tail[at - self.kept] }
    }

    pub(super) fn event(&self, at: usize) -> &Arc<EventState> {
        self.events.get(&at).unwrap_or_else(|| &self.base.events[at])
    }

    pub(super) fn voice(&self, article: &ArticleId) -> Option<&Voice> {
        self.voices.get(article).or_else(|| self.base.voices.get(article))
    }

    /// Whether the log holds an article version.
    pub fn knows(&self, article: &ArticleId) -> bool {
        self.voice(article).is_some()
    }

    /// Whether an article version of the log tells of an event.
    pub fn tells_of(&self, article: &ArticleId, event: usize) -> bool {
        (0..self.len())
            .rev()
            .map(|at| self.entry(at))
            .find(|entry| entry.report.article == *article)
            .is_some_and(|entry| entry.placed.contains(&event))
    }

    /// The value of a slot that stands.
    pub fn value(&self, event: usize, slot: &str) -> Option<&Value> {
        self.event(event).value(slot)
    }

    /// The id of an event, and of the one that it continues.
    pub fn ids(&self, event: usize) -> (EventId, Option<EventId>) {
        let head = &self.event(event).head;
        (head.id.clone(), head.follows.map(|at| self.event(at).head.id.clone()))
    }

    /// Who supports a value.
    pub fn support(&self, event: usize, slot: &Slot, value: &Value) -> Support {
        match self.event(event).held(slot, value) {
            Some(held) => held.support(),
            None => Support { level: SupportLevel::Single, origins: Vec::new(), articles: 0 },
        }
    }
}

/// An edge between two equal texts stands at the one that was told later.
fn join_copies(report: &mut Report, later: &mut [Unfolded]) {
    for other in later {
        if let Some(at) = report.same_as.iter().position(|id| *id == other.report.article) {
            report.same_as.swap_remove(at);
            Arc::make_mut(&mut other.report).same_as.push(report.article.clone());
            other.unsaved = true;
        }
    }
}
