//! An event of the ledger while it is folded: its slots, and what linking sees of it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::desk::ledger::held::{Held, Saying};
use crate::desk::ledger::slot::{SlotState, change};
use crate::desk::ledger::supersede::{Verdict, judge};
use crate::desk::ledger::{Because, Previous, Reception, Terms};
use crate::desk::link::Candidate;
use crate::desk::model::{
    AlertKind, ArticleId, Certainty, Claim, Conflict, DateSpan, EventId, FactState, Modality, Slot,
    Status, Value,
};

/// What an event was opened with.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub id: EventId,
    pub kind: String,
    pub track: Option<String>,
    /// The place in the ledger of the event it continues.
    pub follows: Option<usize>,
    pub created: Timestamp,
    pub created_by: ArticleId,
    /// Whether it was only looked back on: what is to come or is reported is never this event.
    pub background: bool,
}

/// An event. What changes is copied first, so that a fold can be rolled back.
#[derive(Clone, Debug)]
pub(super) struct EventState {
    pub head: Arc<Head>,
    /// The last day on which it was told of.
    pub last: Date,
    dates: Vec<DateSpan>,
    city: Option<String>,
    status: Option<Status>,
    pub slots: Vec<(Slot, Arc<SlotState>)>,
}

impl EventState {
    pub(super) fn new(head: Head, day: Date) -> Self {
        let (dates, slots) = (Vec::new(), Vec::new());
        Self { head: Arc::new(head), last: day, dates, city: None, status: None, slots }
    }

    /// The same event, of which nothing is known.
    pub(super) fn emptied(&self) -> Self {
        let (dates, slots) = (Vec::new(), Vec::new());
        Self { head: self.head.clone(), last: self.last, dates, city: None, status: None, slots }
    }

    /// The event as linking sees it.
    pub(super) fn candidate(&self, at: usize) -> Candidate<'_> {
        Candidate {
            at,
            id: &self.head.id,
            kind: &self.head.kind,
            track: self.head.track.as_deref(),
            dates: &self.dates,
            city: self.city.as_deref(),
            status: self.status,
        }
    }

    pub(super) fn slot(&self, name: &str) -> Option<&SlotState> {
        self.slots.iter().find(|(slot, _)| slot.as_str() == name).map(|(_, state)| &**state)
    }

    /// The values of a slot, as they are shared with other states of the event.
    pub(super) fn shared(&self, name: &Slot) -> Option<&Arc<SlotState>> {
        let at = self.slots.binary_search_by(|(slot, _)| slot.cmp(name)).ok()?;
        Some(&self.slots[at].1)
    }

    /// The slots that differ from an earlier state.
    pub(super) fn changed<'a>(&'a self, before: &'a EventState) -> impl Iterator<Item = &'a Slot> {
        let same = |slot, values| before.shared(slot).is_some_and(|old| Arc::ptr_eq(old, values));
        let differ = self.slots.iter().filter(move |(slot, values)| !same(slot, values));
        differ.map(|(slot, _)| slot)
    }

    /// The value of a slot that stands; the last one told when several do.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.slot(name)?.live().next_back().map(|held| &held.value)
    }

    /// What is held of a value of a slot, preferably what stands.
    pub(super) fn held(&self, slot: &Slot, value: &Value) -> Option<&Held> {
        let all = &self.slot(slot.as_str())?.held;
        let same = || all.iter().rev().filter(|held| held.value == *value);
        same().find(|held| held.is_live()).or_else(|| same().next())
    }

    fn slot_mut(&mut self, name: &Slot) -> &mut SlotState {
        let at = match self.slots.binary_search_by(|(slot, _)| slot.cmp(name)) {
            Ok(at) => at,
            Err(at) => {
                self.slots.insert(at, (name.clone(), Arc::default()));
                at
            }
        };
        Arc::make_mut(&mut self.slots[at].1)
    }

    /// Takes in a claim and says what it did.
    pub(super) fn admit(&mut self, saying: &Saying<'_>, terms: &Terms<'_>) -> Reception {
        let claim = saying.claim;
        if claim.certainty == Certainty::Hedged {
            return Reception::Hedged;
        }
        if claim.modality == Modality::Background {
            self.support_only(saying, terms);
            return Reception::Background;
        }
        let reception = self.slot_mut(&claim.slot).admit(saying, terms.gazetteer);
        let Reception::Change { kind, .. } = &reception else { return reception };
        match (self.opposed(claim, terms), kind) {
            (Some(opposite), AlertKind::New) => self.oppose(&opposite, saying),
            (Some(opposite), AlertKind::Retracted) => {
                self.end_dispute(&opposite, &claim.value);
                reception
            }
            _ => reception,
        }
    }

    /// What was disputed with a value that is withdrawn stands again.
    fn end_dispute(&mut self, slot: &Slot, value: &Value) {
        let stands = |held: &&mut Held| held.is_live() && held.value == *value;
        if let Some(held) = self.slot_mut(slot).held.iter_mut().find(stands) {
            held.settle(FactState::Current);
        }
    }

    /// Background supports what is known and changes nothing.
    fn support_only(&mut self, saying: &Saying<'_>, terms: &Terms<'_>) {
        let claim = saying.claim;
        let known = self.held(&claim.slot, &claim.value).is_some_and(Held::is_live);
        if known && claim.certainty != Certainty::Denied {
            self.slot_mut(&claim.slot).admit(saying, terms.gazetteer);
        }
    }

    /// The slot that holds the same topic with the opposite meaning, when the topic stands there: "on the agenda" and
    /// "off the agenda" are one lane.
    fn opposed(&self, claim: &Claim, terms: &Terms<'_>) -> Option<Slot> {
        let opposite = Slot::new(terms.frame.opposite(claim.slot.family())?);
        self.held(&opposite, &claim.value).filter(|held| held.is_live())?;
        Some(opposite)
    }

    /// A topic that stands in the opposite slot: one takes the other's place, or both are disputed.
    fn oppose(&mut self, opposite: &Slot, saying: &Saying<'_>) -> Reception {
        let claim = saying.claim;
        let stands = |held: &&mut Held| held.is_live() && held.value == claim.value;
        let Some(known) = self.slot_mut(opposite).held.iter_mut().find(stands) else {
            return change(AlertKind::New, None, Because::First);
        };
        let previous = Some(Previous { slot: Some(opposite.clone()), value: claim.value.clone() });
        match judge(known, saying, Conflict::Hard) {
            Verdict::Superseded(because) => {
                known.settle(FactState::Superseded);
                change(AlertKind::Changed, previous, because)
            }
            Verdict::Disputed(kind) => {
                known.dispute(kind);
                if let Some(own) = self.slot_mut(&claim.slot).held.last_mut() {
                    own.dispute(kind);
                }
                change(AlertKind::Conflict, previous, Because::Disagrees(kind))
            }
        }
    }

    /// Brings up to date what linking sees.
    pub(super) fn refresh(&mut self) {
        let live = |name: &str| self.slot(name).into_iter().flat_map(SlotState::live);
        let dates = live("date").filter_map(|held| match held.value {
            Value::Date(days) => Some(days),
            _ => None,
        });
        let dates = dates.collect();
        let status = match self.value("status") {
            Some(Value::Status(status)) => Some(*status),
            _ => None,
        };
        let city = self.value("city").map(ToString::to_string);
        (self.dates, self.city, self.status) = (dates, city, status);
    }
}
