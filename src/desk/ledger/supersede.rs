//! Supersession: whether a claim that contradicts a known value takes its place, or stands beside it as a conflict.

use crate::desk::ledger::Because;
use crate::desk::ledger::held::{Held, Saying};
use crate::desk::model::{Certainty, Conflict};

/// What becomes of a known value that a later claim contradicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The claim takes its place, and why.
    Superseded(Because),
    /// Both stand.
    Disputed(Conflict),
}

/// Decides between a known value and a later claim that contradicts it by `kind`.
///
/// Two reports of equal weight are what a conflict is, so that being later is not enough: the claim must come from the
/// only one who said otherwise, replace a forecast, tell of a delay, or be the word of a party against none.
pub(super) fn judge(known: &Held, saying: &Saying<'_>, kind: Conflict) -> Verdict {
    let claim = saying.claim;
    if known.expected && claim.certainty != Certainty::Expected {
        Verdict::Superseded(Because::Report)
    } else if known.is_said_beside(claim) {
        // An article that gives two values reports a disagreement.
        Verdict::Disputed(per_side(known, saying, kind))
    } else if known.articles == [saying.entry] {
        Verdict::Superseded(Because::NewVersion)
    } else if known.origins.is_only(&saying.word.origin) {
        Verdict::Superseded(Because::SameOrigin)
    } else if saying.rescheduled {
        Verdict::Superseded(Because::Rescheduled)
    } else if saying.parties.is_empty() {
        Verdict::Disputed(kind)
    } else if known.parties.iter().all(|party| saying.parties.contains(&party)) {
        Verdict::Superseded(Because::Party)
    } else {
        Verdict::Disputed(per_side(known, saying, kind))
    }
}

/// The kind of a conflict: per side when each of two parties speaks for one of the values only.
fn per_side(known: &Held, saying: &Saying<'_>, kind: Conflict) -> Conflict {
    let shared = known.parties.iter().any(|party| saying.parties.contains(&party));
    if known.parties.is_empty() || saying.parties.is_empty() || shared {
        kind
    } else {
        Conflict::PerSide
    }
}
