//! Encounters of anybody with anybody: persons, offices, relatives, parties and organisations who meet, talk, receive
//! each other or sit at one table. A rule over tags and names; the words are the packs'.
//!
//! A watched storyline has its own reading of its events. This one serves every other article: what it finds is
//! background, is stored and explained, and raises no alert.

mod joined;
mod reach;
mod sides;

pub use joined::Joined;

use crate::desk::claims::focus::{hedged, is_speech_time};
use crate::desk::claims::names::same_name;
use crate::desk::claims::place;
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::dates::Meaning;
use crate::desk::model::{Certainty, DateSpan, Status};
use crate::desk::packs::{Hit, Language, Packs, Tag};

use joined::Here;
use sides::{Side, SideKind};

/// Encounters of one article; a longer list is a chronicle.
const ENCOUNTERS_MAX: usize = 40;

/// An encounter that a sentence tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encounter {
    /// Index of the sentence in the reading.
    pub sentence: usize,
    /// How it stands.
    pub status: Status,
    /// How sure the sentence is.
    pub certainty: Certainty,
    /// First and last token from the sides to the word of meeting.
    pub tokens: (usize, usize),
    /// Its days, with their tokens.
    pub date: Option<(DateSpan, (usize, usize))>,
    /// Its place, with its tokens.
    pub city: Option<(String, (usize, usize))>,
    /// The names of the persons, as last words of their names, folded.
    pub names: Vec<String>,
    /// What joined the sides.
    pub why: Joined,
}

/// Finds the encounters that an article tells of. What repeats one that was found is left out.
pub fn find(reading: &Reading, packs: &Packs, language: &Language) -> Vec<Encounter> {
    let mut out: Vec<Encounter> = Vec::new();
    let lead = reading.lead().len();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        if sentence.question || !sentence.hits.iter().any(|hit| is_cue(hit.tag)) {
            continue;
        }
        let sides = sides::of(sentence, language);
        let before = index.checked_sub(1).map(|i| &reading.sentences[i]).filter(|s| !s.in_title);
        let here = Here { sentence, language, sides: &sides, before, in_lead: index < lead };
        for cue in sentence.hits.iter().filter(|hit| is_cue(hit.tag)) {
            let Some((joined, met)) = here.met(cue) else { continue };
            let found = encounter(reading, packs, index, cue, joined, &met);
            let repeated = out.iter().any(|known| repeats(&found, known, language));
            if !repeated && out.len() < ENCOUNTERS_MAX {
                out.push(found);
            }
        }
    }
    out
}

fn is_cue(tag: Tag) -> bool {
    matches!(tag, Tag::MeetVerb | Tag::MeetNoun | Tag::Receive | Tag::Talk | Tag::Attend)
}

/// Whether an encounter says nothing that a known one did not: the same status, and no person who is new.
fn repeats(found: &Encounter, known: &Encounter, language: &Language) -> bool {
    let listed = |name: &String| known.names.iter().any(|own| same_name(own, name, language));
    let nobody_new = found.names.iter().all(listed);
    found.sentence == known.sentence && (nobody_new || found.status == known.status)
        || found.status == known.status && nobody_new
}

fn encounter(
    reading: &Reading,
    packs: &Packs,
    index: usize,
    cue: &Hit,
    why: Joined,
    met: &[&Side],
) -> Encounter {
    let sentence = &reading.sentences[index];
    let clause = sentence.clause[cue.first];
    let own = |first: usize| sentence.clause[first] == clause;
    let date = sentence.times.iter().find_map(|time| match time.meaning {
        Meaning::Days(days)
            if own(time.first)
                && days.days() <= 31
                && !is_speech_time(sentence, time, reading.day) =>
        {
            Some((days, (time.first, time.last)))
        }
        _ => None,
    });
    let city = sentence
        .tagged(Tag::Place)
        .filter(|hit| own(hit.first))
        .find(|hit| place::standing(sentence, hit, packs) == Some(true))
        .map(|hit| (hit.value.to_string(), (hit.first, hit.last)));
    let status = status(sentence, cue, date.map(|(days, _)| days), reading);
    let first = met.iter().map(|side| side.first).chain([cue.first]).min().unwrap_or(cue.first);
    let last = met.iter().map(|side| side.last).chain([cue.last]).max().unwrap_or(cue.last);
    let names = met
        .iter()
        .filter(|side| side.kind == SideKind::Named)
        .map(|side| sentence.tokens[side.last_of_name].folded.to_string())
        .collect();
    Encounter {
        sentence: index,
        status,
        certainty: match status {
            Status::Rumoured => Certainty::Hedged,
            Status::Denied => Certainty::Denied,
            Status::Announced | Status::Scheduled | Status::Proposed => Certainty::Expected,
            _ => Certainty::Asserted,
        },
        tokens: (first, last),
        date,
        city,
        names,
        why,
    }
}

/// How an encounter stands: by the form of its verb, else by the words of status in its clause, else it was held.
fn status(sentence: &Sentence, cue: &Hit, date: Option<DateSpan>, reading: &Reading) -> Status {
    let clause = sentence.clause[cue.first];
    let has = |tag| sentence.clause_has(clause, tag);
    let ahead = date.is_some_and(|days| days.lo > reading.day);
    let told = Status::parse(&cue.value);
    let status = match told {
        _ if hedged(sentence, cue.first) => Status::Rumoured,
        _ if has(Tag::Denied) => Status::Denied,
        _ if has(Tag::Cancelled) => Status::Cancelled,
        _ if has(Tag::Postponed) => Status::Postponed,
        Some(Status::Held) => Status::Held,
        Some(status) => status,
        None if has(Tag::Proposed) => Status::Proposed,
        None if has(Tag::Future) || ahead => Status::Announced,
        None if has(Tag::Underway) => Status::Underway,
        None => Status::Held,
    };
    match status {
        Status::Announced if date.is_some_and(|d| d.days() == 1 && d.lo >= reading.day) => {
            Status::Scheduled
        }
        status => status,
    }
}

#[cfg(test)]
mod tests;
