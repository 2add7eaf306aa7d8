//! Claims: what an article says about the events of a storyline, sentence by sentence.
//!
//! The order is: read every sentence (tokens, tags, time expressions, clauses); find the event in focus from title and
//! lead; decide for every clause which event it is about; take the slots that the patterns find. Which event of the
//! ledger each is, the next step decides: [`crate::desk::link`].

mod background;
mod compose;
pub mod encounter;
mod examples;
mod focus;
mod names;
mod place;
mod reading;
mod scope;
mod slots;
mod speaker;
#[cfg(test)]
mod tests;
mod values;

pub use examples::examples;
pub use focus::{Local, LocalEvent, Role};
pub use names::Name;
pub use reading::{Reading, Sentence, read};

use crate::desk::model::{Certainty, Slot, Value};
use crate::desk::packs::{Packs, Storyline};
use crate::desk::patterns::Patterns;

/// A claim before its event is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Which of the article's events.
    pub about: Local,
    /// Which slot.
    pub slot: Slot,
    /// Which value.
    pub value: Value,
    /// How sure the sentence is.
    pub certainty: Certainty,
    /// Who says so.
    pub speaker: Option<String>,
    /// Index of the sentence in the reading.
    pub sentence: usize,
    /// Byte offsets of the evidence within the sentence.
    pub evidence: (usize, usize),
    /// Rule and cues.
    pub why: Vec<String>,
}

/// What an article says about a storyline.
#[derive(Clone, Debug, Default)]
pub struct Stating {
    /// The events it tells of, the one in focus first.
    pub events: Vec<LocalEvent>,
    /// What it says of them.
    pub claims: Vec<Stated>,
    /// What it says of earlier events and of others.
    pub background: Vec<Stated>,
}

/// Takes the claims of an article that has been read and found relevant.
pub fn state(
    reading: &Reading,
    packs: &Packs,
    patterns: &Patterns,
    storyline: &Storyline,
) -> Stating {
    let Some(frame) = packs.frame(&storyline.frame) else { return Stating::default() };
    let reading = &*reading.heard_by(frame);
    let focus = focus::find(reading, packs, storyline);
    let scopes = scope::assign(reading, &focus, packs, storyline);
    let ground =
        values::Ground { packs, patterns, frame: &storyline.frame, parties: &storyline.parties };
    let mut stating = slots::take(reading, &focus, &scopes, ground, storyline);
    stating.background =
        background::take(reading, &focus, &scopes, ground, storyline, &stating.claims);
    stating
}

/// What each clause of each sentence is about, in words.
pub fn scopes(reading: &Reading, packs: &Packs, storyline: &Storyline) -> Vec<Vec<String>> {
    let Some(frame) = packs.frame(&storyline.frame) else { return Vec::new() };
    let reading = &*reading.heard_by(frame);
    let focus = focus::find(reading, packs, storyline);
    scope::assign(reading, &focus, packs, storyline)
        .iter()
        .map(|clauses| clauses.iter().map(ToString::to_string).collect())
        .collect()
}
