//! When the event in focus is: the day that stands nearest to its word, in the lead before the rest.

use crate::desk::claims::focus::EVENT_TAGS;
use crate::desk::claims::focus::asides::{
    contradicts, hedged, is_aside, is_of_call, is_old_plan, is_speech_time, looks_back,
    promises_another,
};
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::dates::Meaning;
use crate::desk::model::{DateSpan, Status};
use crate::desk::packs::{Packs, Storyline, Tag};

/// Days before publication that a report of a held meeting may reach back.
const REPORT_DAYS_MAX: i32 = 60;

/// Days ahead that a plan may lie.
const PLAN_DAYS_MAX: i32 = 500;

pub(in crate::desk::claims) fn date(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
    status: Option<Status>,
) -> (Option<DateSpan>, Option<(usize, usize)>) {
    let lead = reading.lead().len();
    let mut best: Option<(Nearness, DateSpan, (usize, usize))> = None;
    for (index, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| !s.question) {
        for (number, time) in sentence.times.iter().enumerate() {
            let Meaning::Days(days) = time.meaning else { continue };
            let clause = sentence.clause[time.first];
            if days.days() > 100
                || !fits(days, reading, status)
                || is_aside(sentence, clause, kind, packs, storyline)
                || is_old_plan(sentence, clause, status)
                || hedged(sentence, time.first)
                || is_speech_time(sentence, time, reading.day)
                || is_of_call(sentence, time.first)
                || contradicts(sentence, clause, status)
                || promises_another(sentence, clause, status)
                || (index >= lead && looks_back(sentence, reading.day))
            {
                continue;
            }
            let Some(nearness) = nearness(sentence, clause, index < lead) else { continue };
            let better = match &best {
                None => true,
                Some((_, known, _)) if known.contains(&days) && known.days() > days.days() => true,
                Some((had, known, _)) => nearness > *had && !days.contains(known),
            };
            if better {
                best = Some((nearness, days, (index, number)));
            }
        }
    }
    best.map_or((None, None), |(_, days, at)| (Some(days), Some(at)))
}

/// How near a time expression stands to the word for the event: the farther first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Below the lead, in a sentence that names the event.
    Sentence,
    /// In the lead, in a sentence with a word of status or of the event.
    LeadSentence,
    /// In the lead, in the same clause.
    LeadClause,
}

fn nearness(sentence: &Sentence, clause: usize, in_lead: bool) -> Option<Nearness> {
    const NAMES: [Tag; 5] = [Tag::Meeting, Tag::Summit, Tag::Next, Tag::BothSides, Tag::Venue];
    let beside = EVENT_TAGS.iter().chain(&NAMES).any(|tag| sentence.clause_has(clause, *tag));
    let named = NAMES.iter().any(|tag| sentence.has(*tag));
    let told = EVENT_TAGS.iter().any(|tag| sentence.has(*tag));
    match (in_lead, beside) {
        (true, true) => Some(Nearness::LeadClause),
        (true, false) if told || named => Some(Nearness::LeadSentence),
        (false, true) if named => Some(Nearness::Sentence),
        _ => None,
    }
}

/// A report reaches back, a plan ahead.
fn fits(days: DateSpan, reading: &Reading, status: Option<Status>) -> bool {
    let back = (reading.day - days.hi).get_days();
    let ahead = (days.lo - reading.day).get_days();
    match status {
        Some(Status::Held | Status::Underway) => ahead <= 1 && back <= REPORT_DAYS_MAX,
        // "Called off a week ago" dates the cancellation, not the meeting.
        Some(
            Status::Announced
            | Status::Scheduled
            | Status::Proposed
            | Status::Cancelled
            | Status::Postponed,
        ) => back <= 0 && ahead <= PLAN_DAYS_MAX,
        _ => back <= REPORT_DAYS_MAX && ahead <= PLAN_DAYS_MAX,
    }
}
