//! What a clause tells of, when it is not the event in focus: marks of what was before, of other plans and other kinds of
//! meeting, of calls, of speech; and the cues that take a word back.

use jiff::civil::Date;

use crate::desk::claims::focus::EVENT_TAGS;
use crate::desk::claims::reading::{Reading, Sentence, distance};
use crate::desk::dates::{Meaning, Timex};
use crate::desk::model::{DateSpan, Status};
use crate::desk::packs::{EntityKind, Hit, Packs, Storyline, Tag, TagSet};

/// A meeting of leaders is told by its name, or by leaders of two parties who meet, in one clause of the sentence.
pub(in crate::desk::claims) fn is_summit(
    sentence: &Sentence,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    (0..sentence.clauses()).any(|clause| is_summit_clause(sentence, clause, packs, storyline))
        || (sentence.has(Tag::Meeting) && leaders(sentence, None, packs, storyline) >= 2)
}

/// The same for one clause. Leaders who only telephoned do not make a summit of the meeting beside them.
pub(in crate::desk::claims) fn is_summit_clause(
    sentence: &Sentence,
    clause: usize,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    let meets = sentence.clause_has(clause, Tag::Meeting);
    let named = sentence
        .tagged(Tag::Leaders)
        .any(|hit| sentence.clause[hit.first] == clause && !is_of_call(sentence, hit.first));
    let of_clause = leaders(sentence, Some(clause), packs, storyline);
    // "Trump said that he and Putin would meet": the other leader stands in the clause before.
    let other = || of_clause == 1 && leaders(sentence, None, packs, storyline) >= 2;
    sentence.clause_has(clause, Tag::Summit)
        || (meets && (named || of_clause >= 2 || other())
            || inherits_leaders(sentence, clause, packs, storyline))
}

/// Whether a clause that names nobody goes on about the leaders of the clause before: "the presidents agreed that they would
/// meet".
fn inherits_leaders(
    sentence: &Sentence,
    clause: usize,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    let Some(before) = clause.checked_sub(1) else { return false };
    let own = [Tag::BothSides, Tag::Party, Tag::Person, Tag::Organisation, Tag::Anonymous];
    let meets =
        sentence.clause_has(clause, Tag::Meeting) && sentence.clause_has(clause, Tag::Future);
    meets
        && !own.iter().any(|tag| sentence.clause_has(clause, *tag))
        && (sentence
            .tagged(Tag::Leaders)
            .any(|hit| sentence.clause[hit.first] == before && !is_of_call(sentence, hit.first))
            || leaders(sentence, Some(before), packs, storyline) >= 2)
}

/// Of how many parties a sentence, or one of its clauses, names the leader.
pub(in crate::desk::claims) fn leaders(
    sentence: &Sentence,
    clause: Option<usize>,
    packs: &Packs,
    storyline: &Storyline,
) -> usize {
    let mut parties: Vec<&str> = sentence
        .tagged(Tag::Person)
        .filter(|hit| clause.is_none_or(|clause| sentence.clause[hit.first] == clause))
        .filter_map(|hit| packs.gazetteer.get(EntityKind::People, &hit.value))
        .filter(|person| person.role.as_deref() == Some("leader"))
        .filter_map(|person| person.party.as_deref())
        .filter(|party| storyline.parties.iter().any(|own| own == party))
        .collect();
    parties.sort_unstable();
    parties.dedup();
    parties.len()
}

/// Whether a clause tells of something else than the focus: a call, what was before, or the other kind of meeting.
pub(in crate::desk::claims) fn is_aside(
    sentence: &Sentence,
    clause: usize,
    kind: &str,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    let call = is_about_call(sentence, clause);
    let other_kind = match kind {
        "meeting" => is_summit(sentence, packs, storyline),
        // "After the Riyadh meeting: no date for a summit".
        _ => {
            sentence.has(Tag::Summit)
                && sentence.clause_has(clause, Tag::Meeting)
                && !is_summit_clause(sentence, clause, packs, storyline)
        }
    };
    call || other_kind || is_earlier(sentence, clause) || hangs_on_another(sentence, clause)
}

/// Whether a clause tells of a call: it names one and no meeting, or its sentence names one and no meeting anywhere.
pub(in crate::desk::claims) fn is_about_call(sentence: &Sentence, clause: usize) -> bool {
    let own = [Tag::Meeting, Tag::Summit];
    let met_here = own.iter().any(|tag| sentence.clause_has(clause, *tag));
    let met = own.iter().any(|tag| sentence.has(*tag));
    !met_here && (sentence.clause_has(clause, Tag::Call) || sentence.has(Tag::Call) && !met)
}

/// Whether a clause tells what was planned before: its day and place are no longer the event's. Of an event that was
/// called off they still are.
pub(in crate::desk::claims) fn is_old_plan(
    sentence: &Sentence,
    clause: usize,
    status: Option<Status>,
) -> bool {
    // "It had been planned that Moscow would host it": the plan goes on in the clause of "that".
    let opens =
        |hit: &Hit| sentence.clause[hit.first] == clause && opens_clause(sentence, hit.first);
    let before = || {
        clause > 0
            && sentence.clause_has(clause - 1, Tag::WasDue)
            && sentence.tagged(Tag::That).any(opens)
    };
    (sentence.clause_has(clause, Tag::WasDue) || before())
        && !matches!(status, Some(Status::Cancelled | Status::Denied))
}

/// Whether a clause tells of something held some days after another event: "six days later they met in Riyadh".
pub(in crate::desk::claims) fn hangs_on_another(sentence: &Sentence, clause: usize) -> bool {
    let open = sentence
        .times
        .iter()
        .any(|time| sentence.clause[time.first] == clause && time.meaning == Meaning::Unresolved);
    open && sentence.clause_has(clause, Tag::Held) && !sentence.clause_has(clause, Tag::Future)
}

/// Whether a clause is marked as what was before. A mark at the head of a sentence covers all of it, another its clause.
pub(in crate::desk::claims) fn is_earlier(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .tagged(Tag::Earlier)
        // "The first round" is news where an article opens with it, and history below.
        .filter(|hit| &*hit.value != "below" || !sentence.opens)
        .any(|hit| (hit.first <= 4 && !sentence.in_title) || sentence.clause[hit.first] == clause)
}

/// Days before publication from which on a dated clause of the lead tells of an earlier event.
const LONG_AGO_DAYS: i32 = 30;

/// Whether the days that a sentence names all lie long before publication, or before the days of the focus: what else
/// it tells, it tells of then.
pub(in crate::desk::claims) fn is_of_past(
    sentence: &Sentence,
    day: Date,
    focus: Option<DateSpan>,
) -> bool {
    let mut dated = sentence
        .times
        .iter()
        .filter_map(|time| match time.meaning {
            Meaning::Days(days) if !is_of_a_thing(sentence, time) => Some((time, days)),
            _ => None,
        })
        .peekable();
    dated.peek().is_some()
        && dated.all(|(time, days)| {
            let long_ago = (day - days.hi).get_days() > LONG_AGO_DAYS;
            let before = focus.is_some_and(|known| days.hi < known.lo)
                && days.days() <= 31
                && !is_speech_time(sentence, time, day);
            (long_ago || before) && focus.is_none_or(|known| !known.overlaps(&days))
        })
}

/// Whether a time expression tells of a thing that the sentence names, not of its event: "the buildings that were seized in
/// 2016". It stands in a clause of its own, and the clause knows of no meeting.
fn is_of_a_thing(sentence: &Sentence, time: &Timex) -> bool {
    let clause = sentence.clause[time.first];
    let opened = sentence
        .tagged(Tag::Clause)
        .any(|hit| sentence.clause[hit.first] == clause && opens_clause(sentence, hit.first));
    clause > 0 && opened && sentence.has(Tag::Topic) && !sentence.clause_has_any(clause, EVENT_TAGS)
}

/// Whether a sentence names any day long before publication: it compares then and now.
pub(in crate::desk::claims) fn looks_back(sentence: &Sentence, day: Date) -> bool {
    sentence.times.iter().any(|time| {
        matches!(time.meaning, Meaning::Days(days) if (day - days.hi).get_days() > LONG_AGO_DAYS)
    })
}

/// Whether a clause names a day long before publication, and none that is nearer: "on Tuesday, the first in three years"
/// tells of Tuesday.
pub(in crate::desk::claims) fn long_ago(
    sentence: &Sentence,
    clause: usize,
    reading: &Reading,
) -> bool {
    let mut dated = sentence
        .times
        .iter()
        .filter(|time| sentence.clause[time.first] == clause)
        .filter_map(|time| match time.meaning {
            // "In 2025" was long ago when the year is over.
            Meaning::Days(days) if days.days() > 100 => Some(days.hi < reading.day),
            Meaning::Days(days) => Some((reading.day - days.hi).get_days() > LONG_AGO_DAYS),
            _ => None,
        })
        .peekable();
    dated.peek().is_some() && dated.all(|long_ago| long_ago)
}

/// Whether "not" stands right before a word.
pub(in crate::desk::claims) fn negated(sentence: &Sentence, at: usize) -> bool {
    sentence.tagged(Tag::Not).any(|hit| hit.last + 1 == at || hit.last + 2 == at)
}

/// Whether a hedge stands before a word in its clause.
pub(in crate::desk::claims) fn hedged(sentence: &Sentence, at: usize) -> bool {
    if !sentence.has(Tag::Hedge) {
        return false;
    }
    let clause = sentence.clause[at];
    // "He ruled out that …": a hedge also covers the clause that "that" opens behind it.
    let behind_that = sentence
        .tagged(Tag::That)
        .any(|hit| sentence.clause[hit.first] == clause && opens_clause(sentence, hit.first));
    sentence.tagged(Tag::Hedge).any(|hit| {
        let own = sentence.clause[hit.first];
        hit.first <= at && (own == clause || own + 1 == clause && behind_that)
    })
}

fn opens_clause(sentence: &Sentence, at: usize) -> bool {
    at == 0 || sentence.clause[at - 1] != sentence.clause[at]
}

/// Whether a time expression tells when something was said, not when the event is.
pub(in crate::desk::claims) fn is_speech_time(
    sentence: &Sentence,
    time: &Timex,
    day: Date,
) -> bool {
    // Nothing has been said yet on a day to come.
    if matches!(time.meaning, Meaning::Days(days) if days.lo > day) {
        return false;
    }
    let at = time.first;
    let event = sentence.nearest(at, EVENT_TAGS).map(|(_, d)| d);
    let report = sentence.nearest(at, TagSet::all(&[Tag::Report])).map(|(_, d)| d);
    match (report, event) {
        (Some(report), Some(event)) => {
            let before =
                sentence.tagged(Tag::Report).any(|hit| hit.last < at && at - hit.last <= report);
            report < event || (report == event && before)
        }
        (Some(_), None) => true,
        _ => false,
    }
}

/// Whether all that a clause tells of how the event stands is taken back by a "not": "there will be no meeting on Tuesday".
pub(in crate::desk::claims) fn is_negated_clause(sentence: &Sentence, clause: usize) -> bool {
    const TOLD: [Tag; 4] = [Tag::Future, Tag::Held, Tag::Underway, Tag::Present];
    let mut told = sentence
        .hits
        .iter()
        .filter(|hit| TOLD.contains(&hit.tag) && sentence.clause[hit.first] == clause)
        .peekable();
    told.peek().is_some()
        && (no_meeting(sentence, clause) || told.all(|hit| negated(sentence, hit.first)))
}

/// Tokens from "no" to "meeting": an adjective may stand between.
const NO_MEETING_TOKENS_MAX: usize = 2;

/// Whether a clause says that there is no meeting: "there will be no new talks this week".
pub(in crate::desk::claims) fn no_meeting(sentence: &Sentence, clause: usize) -> bool {
    let here = |hit: &&Hit| sentence.clause[hit.first] == clause;
    sentence.tagged(Tag::Not).filter(here).any(|not| {
        sentence.tagged(Tag::Meeting).filter(here).any(|meeting| {
            meeting.first > not.last && meeting.first - not.last <= NO_MEETING_TOKENS_MAX
        })
    })
}

/// Days after which what somebody said is no longer what he says.
const OLD_WORD_DAYS: i32 = 14;

/// Tokens between a word of speech and the day on which it was said.
const SPEECH_DAY_TOKENS_MAX: usize = 4;

/// Whether a sentence tells what somebody said a good while ago, and names no later day: "in July he promised that there would
/// be a round".
pub(in crate::desk::claims) fn is_old_word(sentence: &Sentence, day: Date) -> bool {
    let Some(said) = sentence.tagged(Tag::Report).next() else { return false };
    let days = |time: &Timex| match time.meaning {
        Meaning::Days(days) => Some(days),
        _ => None,
    };
    let is_old = |time: &Timex| days(time).is_some_and(|d| (day - d.hi).get_days() > OLD_WORD_DAYS);
    let recent = |time: &Timex| {
        days(time).is_some_and(|d| (0..=OLD_WORD_DAYS).contains(&(day - d.hi).get_days()))
    };
    !sentence.times.iter().any(recent)
        && sentence.times.iter().any(|time| {
            is_old(time)
                && days(time).is_some_and(|d| d.days() <= 31)
                && distance(said, time.first).min(distance(said, time.last))
                    <= SPEECH_DAY_TOKENS_MAX
                && sentence.clause[time.first] == sentence.clause[said.first]
                && is_speech_time(sentence, time, day)
        })
}

/// Tokens between a word of speech and the place where it was said.
const SPEECH_PLACE_TOKENS_MAX: usize = 5;

/// Whether a place is where something was said, not where the event is: "he said in Doha", "at a press conference in Ankara".
/// The word of speech stands before the place, and no word for the event between them.
pub(in crate::desk::claims) fn is_speech_place(sentence: &Sentence, at: usize) -> bool {
    let between = |report: usize| {
        sentence
            .hits
            .iter()
            .any(|hit| EVENT_TAGS.contains(hit.tag) && hit.first > report && hit.first < at)
    };
    sentence.tagged(Tag::Report).any(|report| {
        report.last < at
            && at - report.last <= SPEECH_PLACE_TOKENS_MAX
            && sentence.clause[report.first] == sentence.clause[at]
            && !between(report.last)
    })
}

/// Whether the nearest event of a time expression is a call.
pub(in crate::desk::claims) fn is_of_call(sentence: &Sentence, at: usize) -> bool {
    if !sentence.has(Tag::Call) {
        return false;
    }
    let nearest = sentence
        .hits
        .iter()
        .filter(|hit| EVENT_TAGS.with(Tag::Call).contains(hit.tag))
        .min_by_key(|hit| (distance(hit, at), hit.tag != Tag::Call));
    nearest.is_some_and(|hit| hit.tag == Tag::Call)
}

/// Whether a clause says of its event what cannot be true of the focus: it is over, or off, while the focus is to come.
pub(in crate::desk::claims) fn contradicts(
    sentence: &Sentence,
    clause: usize,
    status: Option<Status>,
) -> bool {
    let has = |tag| {
        sentence
            .tagged(tag)
            .any(|hit| sentence.clause[hit.first] == clause && !negated(sentence, hit.first))
    };
    match status {
        Some(Status::Announced | Status::Scheduled | Status::Proposed) => {
            (has(Tag::Held) && !has(Tag::Future)) || has(Tag::Cancelled) || has(Tag::Postponed)
        }
        Some(Status::Cancelled | Status::Postponed) => {
            has(Tag::Held) && !has(Tag::Cancelled) && !has(Tag::Postponed)
        }
        Some(Status::Held | Status::Underway) => {
            (has(Tag::Cancelled) || has(Tag::Postponed)) && !has(Tag::Held)
        }
        _ => false,
    }
}

/// Whether a clause promises another meeting while the focus is over, on, off or denied.
pub(in crate::desk::claims) fn promises_another(
    sentence: &Sentence,
    clause: usize,
    status: Option<Status>,
) -> bool {
    let done = matches!(
        status,
        Some(
            Status::Held
                | Status::Underway
                | Status::Cancelled
                | Status::Denied
                | Status::Postponed
        )
    );
    let next = sentence.has(Tag::Next);
    let ahead = sentence.clause_has(clause, Tag::Future)
        || sentence.clause_has(clause, Tag::Unset)
        || sentence.clause_has(clause, Tag::Proposed);
    let over = sentence.clause_has(clause, Tag::Held)
        || sentence.clause_has(clause, Tag::Cancelled)
        || sentence.clause_has(clause, Tag::Denied);
    let denied = status == Some(Status::Denied) && !sentence.has(Tag::Denied);
    done && ahead && !over && (next && status != Some(Status::Denied) || denied)
}
