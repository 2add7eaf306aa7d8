//! Reception: what a claim did to what is known, with the reason. Silence has reasons too.

use std::fmt;

use crate::desk::model::{AlertKind, Conflict, Slot, Value};

/// What a claim did to what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reception {
    /// Something changed.
    Change {
        /// The kind of change.
        kind: AlertKind,
        /// What was known before.
        previous: Option<Previous>,
        /// Why it is a change of this kind.
        because: Because,
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
    /// A value that another one has replaced, repeated by somebody who adds nothing to it.
    Echo,
    /// A value that a correction has withdrawn, repeated.
    Withdrawn,
    /// Its own article goes on to say it more exactly, or otherwise.
    Bettered,
    /// It was made before claims that have overtaken it, and arrived after them.
    Overtaken,
    /// It is hedged.
    Hedged,
    /// It denies a value that is not held.
    DeniesUnknown,
    /// It is about the past of the storyline.
    Background,
    /// The frame has no such slot.
    NoSuchSlot,
}

/// What was known before a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The slot, when it is another one: a topic was on the agenda and is off it.
    pub slot: Option<Slot>,
    /// The value.
    pub value: Value,
}

/// Why a claim changes what is known, and why in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "Display says what each means")]
pub enum Because {
    First,
    WasUnset,
    Narrower,
    MovesOn,
    Report,
    NewVersion,
    SameOrigin,
    Rescheduled,
    Party,
    Restored,
    Confirmed,
    Correction,
    Disagrees(Conflict),
}

impl fmt::Display for Previous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.slot {
            Some(slot) => write!(f, "{slot}={}", self.value),
            None => self.value.fmt(f),
        }
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Because::First => "nothing was known",
            Because::WasUnset => "none was fixed",
            Because::Narrower => "it is more exact",
            Because::MovesOn => "the event has moved on",
            Because::Report => "a report replaces a forecast",
            Because::NewVersion => "a new version of the only article that said otherwise",
            Because::SameOrigin => "the only origin that said otherwise says so",
            Because::Rescheduled => "the event is put off",
            Because::Party => "a party of the event says so",
            Because::Restored => "what had replaced it is withdrawn",
            Because::Confirmed => "a party of the event confirms it",
            Because::Correction => "it is withdrawn",
            Because::Disagrees(Conflict::Soft) => "two reports differ a little",
            Because::Disagrees(Conflict::Hard) => "two reports exclude each other",
            Because::Disagrees(Conflict::PerSide) => "the parties of the event disagree",
        })
    }
}

impl fmt::Display for Reception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reception::Change { kind, previous, because } => {
                f.write_str(kind.as_str())?;
                if let Some(previous) = previous {
                    write!(f, " (was: {previous})")?;
                }
                write!(f, ", for {because}")
            }
            Reception::Equal => f.write_str("known: one more support"),
            Reception::Looser => f.write_str("known more precisely"),
            Reception::Compatible => f.write_str("compatible with what is known"),
            Reception::UnsetIsOlder => f.write_str("a value is known already"),
            Reception::Behind => f.write_str("the event is further on"),
            Reception::Echo => f.write_str("it repeats what has been replaced"),
            Reception::Bettered => f.write_str("its article says it better further on"),
            Reception::Withdrawn => f.write_str("it repeats what has been withdrawn"),
            Reception::Overtaken => {
                f.write_str("later reports, which came first, have overtaken it")
            }
            Reception::Hedged => f.write_str("hedged: no fact"),
            Reception::DeniesUnknown => f.write_str("denies what is not held"),
            Reception::Background => f.write_str("background: no news"),
            Reception::NoSuchSlot => f.write_str("the frame has no such slot"),
        }
    }
}
