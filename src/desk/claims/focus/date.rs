//! When the event in focus is: the day that stands nearest to its word, in the lead before the rest.

use crate::desk::claims::focus::EVENT_TAGS;
use crate::desk::claims::focus::asides::{
    contradicts, hedged, is_aside, is_negated_clause, is_of_call, is_old_plan, is_old_word,
    is_speech_time, looks_back, promises_another,
};
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::dates::{Meaning, Timex};
use crate::desk::model::{DateSpan, Status};
use crate::desk::packs::{Hit, Packs, Storyline, Tag, TagSet};

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
                || is_old_plan(sentence, clause, status) && !is_new_day(sentence, time)
                || is_old_word(sentence, reading.day)
                || is_negated_clause(sentence, clause)
                || is_bound(sentence, time)
                || status == Some(Status::Postponed) && !is_new_plan(sentence, clause, time)
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

/// Tokens from a word for putting off to the day to which it is put off.
const PUT_OFF_TOKENS_MAX: usize = 6;

/// Whether a day is the one to which an event is put off: "which had been due on 16 April has been put back to May".
fn is_new_day(sentence: &Sentence, time: &Timex) -> bool {
    let to = [Tag::To, Tag::Until, Tag::For, Tag::Bound];
    let leads = sentence.hits.iter().any(|hit| {
        to.contains(&hit.tag) && (hit.last + 1 == time.first || hit.first == time.first)
    });
    // "Will not be held before the end of spring" gives up the days behind it.
    let given_up = |put_off: &Hit| {
        sentence
            .tagged(Tag::WasDue)
            .any(|due| due.first == put_off.first && due.last == put_off.last)
    };
    leads
        && sentence.tagged(Tag::Postponed).any(|hit| {
            hit.last < time.first && time.first - hit.last <= PUT_OFF_TOKENS_MAX && !given_up(hit)
        })
}

/// Whether a day is where a postponed event is put to, or stands in a clause of its own that says when it will be.
fn is_new_plan(sentence: &Sentence, clause: usize, time: &Timex) -> bool {
    is_new_day(sentence, time)
        || sentence.clause_has(clause, Tag::Future) && !sentence.clause_has(clause, Tag::Postponed)
}

/// Whether a span only bounds when the event is: "before winter" is not in winter.
fn is_bound(sentence: &Sentence, time: &Timex) -> bool {
    let Meaning::Days(days) = time.meaning else { return false };
    days.days() > 1
        && !sentence
            .tagged(Tag::Until)
            .any(|hit| hit.last + 1 >= time.first && hit.first <= time.last + 2)
        && sentence.tagged(Tag::Bound).any(|hit| {
            hit.value == "before" && (hit.last + 1 == time.first || hit.first == time.first)
        })
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
    const NAMES: TagSet =
        TagSet::all(&[Tag::Meeting, Tag::Summit, Tag::Next, Tag::BothSides, Tag::Venue]);
    let beside = [EVENT_TAGS, NAMES].iter().any(|tags| sentence.clause_has_any(clause, *tags));
    let named = sentence.has_any(NAMES);
    let told = sentence.has_any(EVENT_TAGS);
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
