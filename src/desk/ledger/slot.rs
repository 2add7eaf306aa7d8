//! A slot of an event: the values that it has or had, each with who says so, and what a claim does to them.

use crate::desk::ledger::compare::{Relation, compare};
use crate::desk::ledger::held::{Held, Saying};
use crate::desk::ledger::supersede::{Verdict, judge};
use crate::desk::ledger::support::Word;
use crate::desk::ledger::{Because, Previous, Reception};
use crate::desk::model::{AlertKind, Certainty, Conflict, FactState, Status, SupportLevel, Value};
use crate::desk::packs::Gazetteer;

/// The values of a slot, in the order in which they were told.
#[derive(Clone, Debug, Default)]
pub(super) struct SlotState {
    pub held: Vec<Held>,
}

impl SlotState {
    /// The values that stand, in order.
    pub(super) fn live(&self) -> impl DoubleEndedIterator<Item = &Held> {
        self.held.iter().filter(|held| held.is_live())
    }

    /// Takes in a claim that is neither hedged nor background, and says what it did.
    pub(super) fn admit(&mut self, saying: &Saying<'_>, gazetteer: &Gazetteer) -> Reception {
        if saying.claim.certainty == Certainty::Denied {
            return self.withdraw(saying);
        }
        let value = &saying.claim.value;
        if let Some(at) = self.held.iter().position(|held| held.is_live() && held.value == *value) {
            return self.confirm(at, saying);
        }
        if saying.rule.many || self.live().next().is_none() {
            return self.begin(saying);
        }
        self.compare(saying, gazetteer)
    }

    /// A value where none stands in its way. One that had been replaced by a value that was withdrawn since is restored.
    fn begin(&mut self, saying: &Saying<'_>) -> Reception {
        let Some(at) = self.held.iter().position(|held| held.value == saying.claim.value) else {
            self.held.push(Held::of(saying));
            return change(AlertKind::New, None, Because::First);
        };
        if self.is_echo(at, saying) {
            match self.held[at].state {
                FactState::Retracted => return Reception::Withdrawn,
                // Of many values one is replaced only by its opposite, which stands in another slot.
                FactState::Superseded if saying.rule.many => return Reception::Echo,
                _ => {}
            }
        }
        self.restore(at, saying);
        change(AlertKind::New, None, Because::Restored)
    }

    /// Puts a value that had gone back, as the last one told.
    fn restore(&mut self, at: usize, saying: &Saying<'_>) {
        let mut known = self.held.remove(at);
        known.settle(FactState::Current);
        known.add(saying);
        self.held.push(known);
    }

    /// Whether a claim repeats a value that has gone: its origin or its text has said so before, or it is a plan by
    /// nobody in particular.
    fn is_echo(&self, at: usize, saying: &Saying<'_>) -> bool {
        let held = &self.held[at];
        let Word { origin, voice } = &saying.word;
        let told = held.origins.has(origin) || held.voices.has(voice);
        told || saying.claim.certainty == Certainty::Expected && saying.parties.is_empty()
    }

    /// One more who says what stands. A party that decides a dispute settles it.
    fn confirm(&mut self, at: usize, saying: &Saying<'_>) -> Reception {
        let before = self.held[at].level();
        self.held[at].add(saying);
        let after = self.held[at].level();
        let disputed = self.held[at].state == FactState::Disputed;
        let against = |held: &Held| held.is_live() && !held.parties.is_empty();
        let others = || self.held.iter().enumerate().filter(|(index, _)| *index != at);
        if disputed && !saying.parties.is_empty() && !others().any(|(_, held)| against(held)) {
            for (index, held) in self.held.iter_mut().enumerate().filter(|(_, h)| h.is_live()) {
                let state = if index == at { FactState::Current } else { FactState::Superseded };
                held.settle(state);
            }
        }
        if is_weighty(&saying.claim.value) && rose(before, after) {
            let previous = plain(&saying.claim.value);
            return change(AlertKind::Corroborated, Some(previous), Because::Confirmed);
        }
        Reception::Equal
    }

    /// A value beside others that stand, in a slot that has one at a time.
    fn compare(&mut self, saying: &Saying<'_>, gazetteer: &Gazetteer) -> Reception {
        let value = &saying.claim.value;
        let live: Vec<usize> =
            (0..self.held.len()).filter(|index| self.held[*index].is_live()).collect();
        let relation =
            |index: &usize| compare(&self.held[*index].value, value, saying.rule, gazetteer);
        let relations: Vec<Relation> = live.iter().map(relation).collect();
        let find = |wanted: Relation| relations.iter().position(|r| *r == wanted).map(|i| live[i]);
        if let Some(at) = find(Relation::Refines) {
            return self.refine(at, saying);
        }
        if *value == Value::Unset {
            return Reception::UnsetIsOlder;
        }
        // What agrees with one of two disputed values says nothing new.
        if let Some(at) = find(Relation::Equal) {
            return self.confirm(at, saying);
        }
        for (wanted, reception) in [
            (Relation::Generalises, Reception::Looser),
            (Relation::Compatible, Reception::Compatible),
        ] {
            if let Some(at) = find(wanted) {
                self.held[at].count(saying);
                return reception;
            }
        }
        if relations.contains(&Relation::Behind) {
            return Reception::Behind;
        }
        let pairs: Vec<(usize, Relation)> = live.into_iter().zip(relations).collect();
        self.contradict(&pairs, saying)
    }

    /// A value that lies within a known one takes its place.
    fn refine(&mut self, at: usize, saying: &Saying<'_>) -> Reception {
        let known = &mut self.held[at];
        let (state, conflict) = (known.state, known.conflict);
        let previous = plain(&known.value);
        known.settle(FactState::Superseded);
        let was_unset = previous.value == Value::Unset;
        let mut held = Held::of(saying);
        held.state = state;
        held.conflict = conflict;
        self.put(held);
        if was_unset {
            change(AlertKind::Set, Some(previous), Because::WasUnset)
        } else {
            change(AlertKind::Refined, Some(previous), Because::Narrower)
        }
    }

    /// A value that excludes all that stand.
    fn contradict(&mut self, live: &[(usize, Relation)], saying: &Saying<'_>) -> Reception {
        let gone = |held: &&Held| !held.is_live() && held.value == saying.claim.value;
        let echo = self.held.iter().position(|held| gone(&held));
        if let Some(at) = echo.filter(|at| !saying.rescheduled && self.is_echo(*at, saying)) {
            let withdrawn = self.held[at].state == FactState::Retracted;
            return if withdrawn { Reception::Withdrawn } else { Reception::Echo };
        }
        let mut superseded = None;
        let mut conflict = None;
        for (index, relation) in live {
            let known = &mut self.held[*index];
            let verdict = match relation {
                Relation::MovesOn => Verdict::Superseded(Because::MovesOn),
                Relation::Conflicts(kind) => judge(known, saying, *kind),
                _ => Verdict::Disputed(Conflict::Hard),
            };
            match verdict {
                Verdict::Superseded(because) => {
                    known.settle(FactState::Superseded);
                    superseded = Some((plain(&known.value), because));
                }
                Verdict::Disputed(kind) => {
                    // Whoever changes his mind no longer supports what he said before.
                    if !known.is_said_beside(saying.claim) {
                        known.origins.leave(&saying.word.origin);
                    }
                    known.dispute(kind);
                    conflict = Some((plain(&known.value), kind));
                }
            }
        }
        let mut held = Held::of(saying);
        if let Some((_, kind)) = &conflict {
            held.dispute(*kind);
        }
        self.put(held);
        match (superseded, conflict) {
            (Some((previous, because)), _) => change(AlertKind::Changed, Some(previous), because),
            (None, Some((previous, kind))) => {
                change(AlertKind::Conflict, Some(previous), Because::Disagrees(kind))
            }
            (None, None) => change(AlertKind::New, None, Because::First),
        }
    }

    /// Adds a value; what the slot remembers of the same value from before is joined to it.
    fn put(&mut self, mut held: Held) {
        if let Some(at) = self.held.iter().position(|h| !h.is_live() && h.value == held.value) {
            let before = self.held.remove(at);
            held.since = held.since.min(before.since);
        }
        self.held.push(held);
    }

    /// A denial withdraws a value that stands; the one that was disputed with it becomes current again. What a party says
    /// the other party denies is a dispute.
    fn withdraw(&mut self, saying: &Saying<'_>) -> Reception {
        let stands = |held: &Held| held.is_live() && held.value == saying.claim.value;
        let Some(known) = self.held.iter_mut().find(|held| stands(held)) else {
            return Reception::DeniesUnknown;
        };
        let previous = Some(plain(&known.value));
        let other_side = !saying.parties.is_empty()
            && !known.parties.is_empty()
            && known.parties.iter().all(|party| !saying.parties.contains(&party));
        if other_side {
            known.dispute(Conflict::PerSide);
            let because = Because::Disagrees(Conflict::PerSide);
            return change(AlertKind::Conflict, previous, because);
        }
        known.settle(FactState::Retracted);
        let mut live = self.held.iter_mut().filter(|held| held.is_live());
        if let (Some(last), None) = (live.next(), live.next()) {
            last.settle(FactState::Current);
        }
        change(AlertKind::Retracted, previous, Because::Correction)
    }
}

pub(super) fn change(kind: AlertKind, previous: Option<Previous>, because: Because) -> Reception {
    Reception::Change { kind, previous, because }
}

fn plain(value: &Value) -> Previous {
    Previous { slot: None, value: value.clone() }
}

/// Whether a value is worth a confirmation: a date, or that there will be no meeting.
fn is_weighty(value: &Value) -> bool {
    matches!(value, Value::Date(_) | Value::Status(Status::Cancelled | Status::Postponed))
}

/// Whether support has risen so that it is news: a party confirms what was anonymous, or the second party agrees.
fn rose(before: SupportLevel, after: SupportLevel) -> bool {
    before == SupportLevel::Single && matches!(after, SupportLevel::Party | SupportLevel::BothSides)
        || before != SupportLevel::BothSides && after == SupportLevel::BothSides
}
