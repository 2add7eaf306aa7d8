//! The event in focus: what kind it is, how it stands, when and where, read from title and lead before the rest.

mod asides;
mod date;
mod status;

pub(super) use asides::{
    contradicts, hangs_on_another, hedged, is_about_call, is_aside, is_earlier, is_negated_clause,
    is_of_call, is_of_past, is_old_plan, is_old_word, is_speech_place, is_speech_time, is_summit,
    is_summit_clause, leaders, negated, promises_another,
};

use crate::desk::claims::place::{self, Site};
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::model::{DateSpan, Status};
use crate::desk::packs::{Hit, Packs, Storyline, Tag, TagSet};
use date::date;
use status::status;

/// Which of the events that an article tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Local {
    /// The one it reports.
    Focus,
    /// The one it says will follow.
    Next,
    /// A summit, in an article about something else.
    Summit,
    /// One that it only recalls.
    Past,
}

/// The part an event plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Reported.
    Reported,
    /// Promised.
    Promised,
}

/// An event as one article knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEvent {
    /// Which.
    pub local: Local,
    /// `meeting` or `summit`.
    pub kind: &'static str,
    /// Its part.
    pub role: Role,
    /// How it stands, as far as the article says.
    pub status: Option<Status>,
    /// Its days.
    pub date: Option<DateSpan>,
    /// Its place.
    pub city: Option<String>,
    /// Its track.
    pub track: Option<String>,
}

/// The focus and what led to it.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    /// The event.
    pub event: LocalEvent,
    /// The sentence and token of the word that gave the status.
    pub status_at: Option<(usize, usize, usize)>,
    /// The sentence and time expression that gave the date.
    pub date_at: Option<(usize, usize)>,
    /// Where the place is said.
    pub site: Option<Site>,
}

/// A word that anchors a date, place or length to an event.
pub(super) const EVENT_TAGS: TagSet = TagSet::all(&[
    Tag::Meeting,
    Tag::Summit,
    Tag::Held,
    Tag::Underway,
    Tag::Future,
    Tag::Present,
    Tag::Cancelled,
    Tag::Postponed,
    Tag::Proposed,
    Tag::Lasted,
    Tag::Next,
]);

/// Finds the focus.
pub(super) fn find(reading: &Reading, packs: &Packs, storyline: &Storyline) -> Focus {
    let kind = kind_of_lead(reading, packs, storyline);
    let (status, status_at) = status(reading, packs, storyline, kind);
    let (date, date_at) = date(reading, packs, storyline, kind, status);
    let site = place::of_focus(reading, packs, storyline, kind, (status, date));
    let status = settle(status, date, reading);
    let event = LocalEvent {
        local: Local::Focus,
        kind,
        role: Role::Reported,
        status,
        date,
        city: site.as_ref().map(|site| site.id.clone()),
        // An article that comes to its topics late still runs on their track.
        track: track(reading.lead().iter(), storyline)
            .or_else(|| track(reading.sentences.iter(), storyline)),
    };
    Focus { event, status_at, date_at, site }
}

/// A promised meeting with a day is scheduled.
fn settle(status: Option<Status>, date: Option<DateSpan>, reading: &Reading) -> Option<Status> {
    match (status, date) {
        (Some(Status::Announced), Some(date)) if date.days() == 1 => Some(Status::Scheduled),
        (None, Some(date)) if date.lo > reading.day && date.days() == 1 => Some(Status::Scheduled),
        _ => status,
    }
}

/// The track whose topics the sentences mention, the most often mentioned first.
pub(super) fn track<'a>(
    sentences: impl Iterator<Item = &'a Sentence> + Clone,
    storyline: &Storyline,
) -> Option<String> {
    storyline
        .tracks
        .iter()
        .map(|track| {
            let mentions = sentences
                .clone()
                .flat_map(|sentence| sentence.tagged(Tag::Topic))
                .filter(|hit| track.topics.iter().any(|topic| **topic == *hit.value))
                .count();
            (mentions, track)
        })
        .filter(|(mentions, _)| *mentions > 0)
        .max_by_key(|(mentions, _)| *mentions)
        .map(|(_, track)| track.id.clone())
}

fn kind_of_lead(reading: &Reading, packs: &Packs, storyline: &Storyline) -> &'static str {
    // The title decides; an untitled note is decided by its first two sentences.
    let titles = reading.sentences.iter().take_while(|s| s.in_title).count();
    let lead = &reading.sentences[..reading.sentences.len().min(titles.max(1) + 1)];
    let plain = |s: &Sentence| s.has(Tag::Meeting) && !is_summit(s, packs, storyline);
    // "After the Riyadh meeting: no date for a summit" tells of the meeting.
    let beside = |s: &Sentence| {
        let of_summit = |clause: &usize| is_summit_clause(s, *clause, packs, storyline);
        let (summits, others): (Vec<usize>, Vec<usize>) = (0..s.clauses()).partition(of_summit);
        !summits.is_empty()
            && summits.iter().all(|clause| s.clause_has(*clause, Tag::Unset))
            && others.iter().any(|clause| s.clause_has(*clause, Tag::Meeting))
    };
    match lead.first() {
        Some(first) if beside(first) => "meeting",
        _ if promised_in_call(reading, packs, storyline) => "summit",
        Some(first) if is_summit(first, packs, storyline) => "summit",
        Some(first) if plain(first) => "meeting",
        _ if lead.iter().any(|s| is_summit(s, packs, storyline) && !track_named(s, storyline)) => {
            "summit"
        }
        _ => "meeting",
    }
}

/// Whether the news is a call of leaders, and what it promises is that they will meet themselves: no delegations are named.
fn promised_in_call(reading: &Reading, packs: &Packs, storyline: &Storyline) -> bool {
    let lead = reading.lead();
    let call = lead.iter().take(2).any(|s| {
        s.has(Tag::Call) && (s.has(Tag::Leaders) || leaders(s, None, packs, storyline) >= 2)
    });
    let others = [Tag::Party, Tag::Organisation, Tag::BothSides, Tag::Anonymous];
    let promise = lead.iter().filter(|s| !s.question).find_map(|s| {
        let mut clauses = s.tagged(Tag::Meeting).map(|hit| s.clause[hit.last]);
        clauses.find(|clause| s.clause_has(*clause, Tag::Future)).map(|at| (s, at))
    });
    call && promise.is_some_and(|(s, clause)| {
        let leading = |hit: &Hit| s.clause[hit.first] == clause && !is_of_call(s, hit.first);
        s.tagged(Tag::Leaders).any(leading)
            || leaders(s, Some(clause), packs, storyline) >= 2
            || !others.iter().any(|tag| s.clause_has(clause, *tag))
    })
}

fn track_named(sentence: &Sentence, storyline: &Storyline) -> bool {
    track(std::iter::once(sentence), storyline).is_some()
}

#[cfg(test)]
mod tests;
