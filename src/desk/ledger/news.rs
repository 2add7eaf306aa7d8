//! News: what a claim is to those who know what was known before its article came.

use std::sync::Arc;

use crate::desk::ledger::event::EventState;
use crate::desk::ledger::held::{Held, Saying};
use crate::desk::ledger::working::{Told, Working};
use crate::desk::ledger::{Because, Reception, Voice, support};
use crate::desk::model::{AlertKind, Certainty, Conflict};

impl Working<'_> {
    /// Of two values of one slot in one article, the first is no news when the second takes its place; what the second is,
    /// it is to what was known before the article.
    pub(super) fn settle_within(&self, told: &mut [Told]) {
        let bettered: Vec<(usize, usize)> = (0..told.len())
            .filter(|at| is_change(&told[*at].reception) && !self.came_true(&told[*at]))
            .map(|at| (at, told[at].event))
            .collect();
        for (at, event) in bettered {
            told[at].reception = Reception::Bettered;
            let slot = told[at].claim.slot.clone();
            let before = self.tail.last().and_then(|entry| {
                let undo = entry.undo.as_ref()?;
                undo.iter().find(|(touched, _)| *touched == event)?.1.clone()
            });
            let same = |other: &&mut Told| {
                other.event == event && other.claim.slot == slot && is_change(&other.reception)
            };
            for other in told.iter_mut().filter(same) {
                other.reception = match &before {
                    Some(known) => self.to_known(other, known),
                    None => self.to_known(other, &self.nothing_known(event)),
                };
            }
        }
    }

    /// What a claim that came late is to those who know what was known `before` it came. It is news only where its value
    /// still stands; what came first and was made later is never replaced by it.
    pub(super) fn as_news(&self, told: &Told, before: &[Arc<EventState>]) -> Reception {
        if !is_change(&told.reception) {
            return told.reception.clone();
        }
        if !self.came_true(told) {
            return Reception::Overtaken;
        }
        let Some(known) = before.iter().find(|event| event.head.id == told.claim.event) else {
            return told.reception.clone();
        };
        match self.to_known(told, known) {
            Reception::Change { kind: AlertKind::Changed, previous, .. } => Reception::Change {
                kind: AlertKind::Conflict,
                previous,
                because: Because::Disagrees(Conflict::Hard),
            },
            reception => reception,
        }
    }

    /// Whether what a claim says is what is known: its value stands, or does not where it denies it.
    fn came_true(&self, told: &Told) -> bool {
        let claim = &told.claim;
        let held = self.event(told.event).held(&claim.slot, &claim.value);
        held.is_some_and(Held::is_live) != (claim.certainty == Certainty::Denied)
    }

    /// What a claim does to a state of its event.
    fn to_known(&self, told: &Told, known: &EventState) -> Reception {
        let claim = &told.claim;
        let Some(rule) = self.terms.frame.rule(&claim.slot) else {
            return Reception::NoSuchSlot;
        };
        let voice = self.voice(&claim.article).cloned();
        let voice = voice.unwrap_or_else(|| Voice::of(claim.said_at, &claim.origin));
        let saying = Saying {
            claim,
            rule,
            entry: 0,
            word: support::word(claim, &voice, self.terms.houses, self.terms.gazetteer),
            parties: support::parties(claim, &self.parties, self.terms.gazetteer),
            rescheduled: false,
        };
        known.clone().admit(&saying, &self.terms)
    }

    /// The event as it was opened.
    fn nothing_known(&self, event: usize) -> EventState {
        self.event(event).emptied()
    }
}

fn is_change(reception: &Reception) -> bool {
    matches!(reception, Reception::Change { .. })
}
