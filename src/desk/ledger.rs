//! The ledger: the append-only log of claims, and the facts that they fold to.
//!
//! [`Ledger::admit`] takes one claim and says what it did to what is known. The same claims in the same order always
//! give the same facts, so that a restart replays the log and needs nothing else.

mod compare;
mod support;

pub use compare::{Relation, compare};

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;

use crate::desk::link::Candidate;
use crate::desk::model::{
    AlertKind, Certainty, Claim, ClaimId, Event, EventId, Fact, FactState, Modality, Slot, Status,
    StorylineId, SupportLevel, Value,
};
use crate::desk::packs::{Frame, Gazetteer};

/// What a claim did to what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reception {
    /// Something changed: the kind of change and the value before.
    Change {
        /// The kind.
        kind: AlertKind,
        /// The value before.
        previous: Option<Value>,
    },
    /// It says what is known: one more support.
    Equal,
    /// It is looser than what is known.
    Looser,
    /// It neither adds to what is known nor contradicts it.
    Compatible,
    /// It says that none is fixed, where one is known.
    UnsetIsOlder,
    /// A status that the event has passed.
    Behind,
    /// It is hedged.
    Hedged,
    /// It denies a value that was never known.
    DeniesUnknown,
    /// It is about the past of the storyline.
    Background,
    /// The frame has no such slot.
    NoSuchSlot,
}

impl fmt::Display for Reception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reception::Change { kind, previous: Some(previous) } => {
                write!(f, "{} (was: {previous})", kind.as_str())
            }
            Reception::Change { kind, previous: None } => f.write_str(kind.as_str()),
            Reception::Equal => f.write_str("known: one more support"),
            Reception::Looser => f.write_str("known more precisely"),
            Reception::Compatible => f.write_str("compatible with what is known"),
            Reception::UnsetIsOlder => f.write_str("a value is known already"),
            Reception::Behind => f.write_str("the event is further on"),
            Reception::Hedged => f.write_str("hedged: no fact"),
            Reception::DeniesUnknown => f.write_str("denies what nobody said"),
            Reception::Background => f.write_str("background: no news"),
            Reception::NoSuchSlot => f.write_str("the frame has no such slot"),
        }
    }
}

/// One value of a slot with its claims.
#[derive(Clone, Debug)]
struct Held {
    value: Value,
    state: FactState,
    expected: bool,
    since: Timestamp,
    claims: Vec<ClaimId>,
    articles: Vec<String>,
    origins: Vec<String>,
    parties: Vec<String>,
}

/// The ledger of one storyline.
#[derive(Clone, Debug)]
pub struct Ledger {
    storyline: StorylineId,
    parties: Vec<String>,
    events: Vec<Event>,
    slots: BTreeMap<(EventId, Slot), Vec<Held>>,
}

impl Ledger {
    /// An empty ledger of a storyline.
    pub fn new(storyline: StorylineId, parties: Vec<String>) -> Self {
        Self { storyline, parties, events: Vec::new(), slots: BTreeMap::new() }
    }

    /// Takes in an event; one that is known stays as it is.
    pub fn open(&mut self, event: Event) {
        if self.events.iter().all(|known| known.id != event.id) {
            self.events.push(event);
        }
    }

    /// An event by its id.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.events.iter().find(|event| &event.id == id)
    }

    /// The events as linking sees them, in the order in which they were learnt of.
    pub fn candidates(&self) -> Vec<Candidate> {
        self.events
            .iter()
            .map(|event| Candidate {
                id: event.id.clone(),
                kind: event.kind.clone(),
                track: event.track.clone(),
                date: match self.value(&event.id, "date") {
                    Some(Value::Date(days)) => Some(*days),
                    _ => None,
                },
                city: self.value(&event.id, "city").map(ToString::to_string),
                status: match self.value(&event.id, "status") {
                    Some(Value::Status(status)) => Some(*status),
                    _ => None,
                },
            })
            .collect()
    }

    /// The value of a slot that stands: the last one that is neither superseded nor withdrawn.
    pub fn value(&self, event: &EventId, slot: &str) -> Option<&Value> {
        self.slots
            .get(&(event.clone(), Slot::new(slot)))?
            .iter()
            .rev()
            .find(|held| held.state == FactState::Current || held.state == FactState::Disputed)
            .map(|held| &held.value)
    }

    /// Takes in a claim and says what it did. `speaker_party` is the party its speaker speaks for.
    pub fn admit(
        &mut self,
        claim: &Claim,
        speaker_party: Option<&str>,
        frame: &Frame,
        gazetteer: &Gazetteer,
    ) -> Reception {
        let Some(rule) = frame.rule(&claim.slot) else { return Reception::NoSuchSlot };
        if claim.modality == Modality::Background {
            return Reception::Background;
        }
        let held = self.slots.entry((claim.event.clone(), claim.slot.clone())).or_default();
        match claim.certainty {
            Certainty::Hedged => return Reception::Hedged,
            Certainty::Denied => return withdraw(held, claim),
            _ => {}
        }
        let known = held.iter_mut().find(|h| h.value == claim.value && is_live(h));
        if let Some(known) = known {
            let before = support::level(&known.origins, &known.parties, &self.parties);
            known.add(claim, speaker_party);
            known.expected &= claim.certainty == Certainty::Expected;
            let after = support::level(&known.origins, &known.parties, &self.parties);
            return confirmed(claim, before, after);
        }
        let reception = if rule.many {
            Reception::Change { kind: AlertKind::New, previous: None }
        } else {
            receive(held, claim, rule, gazetteer)
        };
        match &reception {
            Reception::Change { .. } => held.push(Held::from(claim, speaker_party)),
            Reception::Equal | Reception::Looser | Reception::Compatible => {
                // Its support goes to the value that stands.
                if let Some(known) = held.iter_mut().rev().find(|h| is_live(h)) {
                    known.add(claim, speaker_party);
                }
            }
            _ => {}
        }
        reception
    }

    /// The support of a value: level, origins, articles.
    pub fn support(
        &self,
        event: &EventId,
        slot: &Slot,
        value: &Value,
    ) -> crate::desk::model::Support {
        let held = self
            .slots
            .get(&(event.clone(), slot.clone()))
            .and_then(|all| all.iter().rev().find(|held| &held.value == value));
        match held {
            Some(held) => held.support(&self.parties),
            None => crate::desk::model::Support {
                level: SupportLevel::Single,
                origins: Vec::new(),
                articles: 0,
            },
        }
    }

    /// All facts of an event, in the order of their slots.
    pub fn facts(&self, event: &EventId) -> Vec<Fact> {
        self.slots
            .iter()
            .filter(|((of, _), _)| of == event)
            .flat_map(|((of, slot), all)| {
                all.iter().map(|held| Fact {
                    storyline: self.storyline.clone(),
                    event: of.clone(),
                    slot: slot.clone(),
                    value: held.value.clone(),
                    state: held.state,
                    support: held.support(&self.parties),
                    since: held.since,
                    claims: held.claims.clone(),
                })
            })
            .collect()
    }
}

impl Held {
    fn from(claim: &Claim, party: Option<&str>) -> Self {
        let mut held = Self {
            value: claim.value.clone(),
            state: FactState::Current,
            expected: claim.certainty == Certainty::Expected,
            since: claim.said_at,
            claims: Vec::new(),
            articles: Vec::new(),
            origins: Vec::new(),
            parties: Vec::new(),
        };
        held.add(claim, party);
        held
    }

    fn add(&mut self, claim: &Claim, party: Option<&str>) {
        let push = |list: &mut Vec<String>, item: &str| {
            if list.iter().all(|known| known != item) {
                list.push(item.to_owned());
            }
        };
        self.claims.push(claim.id.clone());
        push(&mut self.articles, claim.article.as_str());
        push(&mut self.origins, &claim.origin);
        if let Some(party) = party {
            push(&mut self.parties, party);
        }
    }

    fn support(&self, parties: &[String]) -> crate::desk::model::Support {
        crate::desk::model::Support {
            level: support::level(&self.origins, &self.parties, parties),
            origins: self.origins.clone(),
            articles: self.articles.len(),
        }
    }
}

fn is_live(held: &Held) -> bool {
    matches!(held.state, FactState::Current | FactState::Disputed)
}

/// A denial withdraws a value that stands.
fn withdraw(held: &mut [Held], claim: &Claim) -> Reception {
    match held.iter_mut().find(|h| h.value == claim.value && is_live(h)) {
        Some(known) => {
            known.state = FactState::Retracted;
            let previous = Some(claim.value.clone());
            let others = held.iter_mut().filter(|h| h.state == FactState::Disputed);
            let mut others: Vec<&mut Held> = others.collect();
            if let [last] = others.as_mut_slice() {
                last.state = FactState::Current;
            }
            Reception::Change { kind: AlertKind::Retracted, previous }
        }
        None => Reception::DeniesUnknown,
    }
}

/// A second origin that is a party turns an anonymous date or cancellation into a confirmed one.
fn confirmed(claim: &Claim, before: SupportLevel, after: SupportLevel) -> Reception {
    let weighty = match &claim.value {
        Value::Date(_) => true,
        Value::Status(status) => matches!(status, Status::Cancelled | Status::Postponed),
        _ => false,
    };
    let rose = before == SupportLevel::Single
        && matches!(after, SupportLevel::Party | SupportLevel::BothSides)
        || before != SupportLevel::BothSides && after == SupportLevel::BothSides;
    if weighty && rose {
        let previous = Some(claim.value.clone());
        Reception::Change { kind: AlertKind::Corroborated, previous }
    } else {
        Reception::Equal
    }
}

/// What a value does to the values of a slot that has one at a time.
fn receive(
    held: &mut [Held],
    claim: &Claim,
    rule: &crate::desk::packs::SlotRule,
    gazetteer: &Gazetteer,
) -> Reception {
    let change =
        |kind, previous: &Value| Reception::Change { kind, previous: Some(previous.clone()) };
    let mut live: Vec<&mut Held> = held.iter_mut().filter(|h| is_live(h)).collect();
    let Some(index) = live.len().checked_sub(1) else {
        return Reception::Change { kind: AlertKind::New, previous: None };
    };
    if claim.value == Value::Unset {
        return Reception::UnsetIsOlder;
    }
    // What agrees with one of two disputed values says nothing new.
    let relations: Vec<Relation> =
        live.iter().map(|h| compare(&h.value, &claim.value, rule, gazetteer)).collect();
    let refines = relations.iter().position(|r| *r == Relation::Refines);
    for (relation, reception) in [
        (Relation::Equal, Reception::Equal),
        (Relation::Generalises, Reception::Looser),
        (Relation::Compatible, Reception::Compatible),
        (Relation::Behind, Reception::Behind),
    ] {
        if relations.contains(&relation) && refines.is_none() {
            return reception;
        }
    }
    let known = &mut live[refines.unwrap_or(index)];
    let previous = known.value.clone();
    if previous == Value::Unset {
        known.state = FactState::Superseded;
        return change(AlertKind::Set, &previous);
    }
    if refines.is_some() {
        known.state = FactState::Superseded;
        return change(AlertKind::Refined, &previous);
    }
    let moves_on = matches!(claim.value, Value::Status(_));
    if moves_on || known.expected {
        known.state = FactState::Superseded;
        return change(AlertKind::Changed, &previous);
    }
    known.state = FactState::Disputed;
    change(AlertKind::Conflict, &previous)
}
