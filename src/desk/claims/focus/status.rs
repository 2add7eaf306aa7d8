//! How the event in focus stands: the first word of the lead that tells it, the strongest of its sentence.

use crate::desk::claims::focus::asides::{
    hedged, is_aside, is_of_past, is_speech_time, long_ago, looks_back, negated, no_meeting,
};
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::dates::Meaning;
use crate::desk::model::Status;
use crate::desk::packs::{Hit, Packs, Storyline, Tag, TagSet};

/// What "no meeting" takes back.
const TAKEN_BACK: [Tag; 3] = [Tag::Held, Tag::Underway, Tag::Future];

/// The status words, strongest first: in one sentence "denied reports that it will be held" is a denial.
const STATUS_TAGS: [(Tag, Status); 7] = [
    (Tag::Denied, Status::Denied),
    (Tag::Cancelled, Status::Cancelled),
    (Tag::Postponed, Status::Postponed),
    (Tag::Held, Status::Held),
    (Tag::Underway, Status::Underway),
    (Tag::Future, Status::Announced),
    (Tag::Proposed, Status::Proposed),
];

pub(in crate::desk::claims) fn status(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> (Option<Status>, Option<(usize, usize, usize)>) {
    let lead = reading.lead().len();
    let rest = |index: usize| index >= lead;
    let held_only = |(_, status): &&(Tag, Status)| *status == Status::Held;
    let mut promised = None;
    for (index, sentence) in reading.sentences.iter().enumerate() {
        if sentence.question {
            continue;
        }
        if rest(index) && promised.is_some() {
            break;
        }
        let over = |(_, status): &&(Tag, Status)| matches!(status, Status::Held | Status::Underway);
        let tags: Vec<&(Tag, Status)> = if rest(index) {
            STATUS_TAGS.iter().filter(held_only).collect()
        } else if promised.is_some() {
            STATUS_TAGS.iter().filter(over).collect()
        } else {
            STATUS_TAGS.iter().collect()
        };
        for (tag, status) in tags {
            let hit = sentence.tagged(*tag).find(|hit| {
                // "They agreed that they would meet" stands in the clause of what they agreed.
                let clause = sentence.clause[hit.last];
                let called = *tag == Tag::Held && behind_call(sentence, hit.first);
                let taken_back = TAKEN_BACK.contains(tag) && no_meeting(sentence, clause);
                let past =
                    is_of_past(sentence, reading.day, None) || looks_back(sentence, reading.day);
                !is_aside(sentence, clause, kind, packs, storyline)
                    && !negated(sentence, hit.first)
                    && !hedged(sentence, hit.first)
                    && near_event(sentence)
                    && !called
                    && !taken_back
                    && !long_ago(sentence, clause, reading)
                    && !(past && rest(index))
            });
            if let Some(hit) = hit {
                if *status == Status::Announced
                    && sentence.in_title
                    && let Some((first, last)) = reported(reading, packs, storyline, kind)
                {
                    let opens = reading.sentences.iter().take_while(|s| s.in_title).count();
                    return (Some(Status::Held), Some((opens, first, last)));
                }
                return (Some(*status), Some((index, hit.first, hit.last)));
            }
        }
        if !rest(index)
            && kind == "meeting"
            && let Some((first, last)) = outcome_of(sentence, packs, storyline, kind)
        {
            return (Some(Status::Held), Some((index, first, last)));
        }
        // "No date for a new round" tells that there will be one, unless the lead goes on about one that is over.
        if !rest(index)
            && promised.is_none()
            && sentence.has(Tag::Unset)
            && [Tag::Next, Tag::Meeting, Tag::Summit].iter().any(|tag| sentence.has(*tag))
            && !(0..sentence.clauses()).all(|c| is_aside(sentence, c, kind, packs, storyline))
        {
            promised = sentence.tagged(Tag::Unset).next().map(|hit| (index, hit.first, hit.last));
        }
    }
    if promised.is_some() {
        return (Some(Status::Announced), promised);
    }
    if let Some(at) = present(reading, packs, storyline, kind) {
        return (Some(Status::Announced), Some(at));
    }
    match took_time(reading, packs, storyline, kind) {
        Some(at) => (Some(Status::Held), Some(at)),
        None => (None, None),
    }
}

/// Where the first sentence below the title reports a meeting of the last days and promises nothing: what the title promises
/// is what follows it.
fn reported(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> Option<(usize, usize)> {
    let sentence = reading.sentences.iter().find(|s| !s.in_title)?;
    let ahead = [Tag::Future, Tag::Present, Tag::Postponed, Tag::Cancelled, Tag::Denied];
    let come = sentence.times.iter().any(|time| {
        matches!(time.meaning, Meaning::Days(days)
            if days.days() == 1 && (0..=DAYS_BACK_MAX).contains(&(reading.day - days.hi).get_days()))
            && !is_speech_time(sentence, time, reading.day)
    });
    if !come || sentence.question || ahead.iter().any(|tag| sentence.has(*tag)) {
        return None;
    }
    let hit = sentence.tagged(Tag::Held).find(|hit| {
        !is_aside(sentence, sentence.clause[hit.last], kind, packs, storyline)
            && !negated(sentence, hit.first)
            && !hedged(sentence, hit.first)
            && near_event(sentence)
    })?;
    Some((hit.first, hit.last))
}

/// Lengths that a meeting may have, in minutes: ten minutes to three days.
const MEETING_MINUTES: std::ops::RangeInclusive<u32> = 10..=3 * 24 * 60;

/// Where the lead tells how long something took on a day that has come, at a venue or a meeting: it is over, though no verb
/// says so.
fn took_time(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> Option<(usize, usize, usize)> {
    let named = [Tag::Meeting, Tag::Summit, Tag::Venue, Tag::VenueType];
    reading.lead().iter().enumerate().filter(|(_, s)| !s.question).find_map(|(index, sentence)| {
        let come = sentence.times.iter().any(|time| {
            matches!(time.meaning, Meaning::Days(days)
                if days.days() == 1 && days.hi <= reading.day && (reading.day - days.hi).get_days() <= DAYS_BACK_MAX)
        });
        let length = sentence.times.iter().find(|time| {
            matches!(time.meaning, Meaning::Length(length) if MEETING_MINUTES.contains(&length.hi_min))
        })?;
        let aside = is_aside(sentence, sentence.clause[length.first], kind, packs, storyline);
        let told = come
            && !aside
            && !sentence.has(Tag::Future)
            && !sentence.has(Tag::Call)
            && !hedged(sentence, length.first)
            && named.iter().any(|tag| sentence.has(*tag));
        told.then_some((index, length.first, length.last))
    })
}

/// Days after a meeting in which its length is news.
const DAYS_BACK_MAX: i32 = 7;

/// Whether a word stands right behind one for a call: "a call that lasted two hours".
fn behind_call(sentence: &Sentence, at: usize) -> bool {
    sentence.tagged(Tag::Call).any(|call| call.last < at && at - call.last <= 2)
}

/// Where the lead tells of the event in the present without a day, and nothing else tells how it stands.
fn present(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> Option<(usize, usize, usize)> {
    reading.lead().iter().enumerate().filter(|(_, s)| !s.question).find_map(|(index, sentence)| {
        let hit = sentence.tagged(Tag::Present).find(|hit| {
            !is_aside(sentence, sentence.clause[hit.first], kind, packs, storyline)
                && !negated(sentence, hit.first)
                && !hedged(sentence, hit.first)
                && near_event(sentence)
        })?;
        Some((index, hit.first, hit.last))
    })
}

/// Where a sentence of the lead tells what came of the meeting, when no word tells how it stands: what was agreed at it,
/// or how a side judges it, is over.
fn outcome_of(
    sentence: &Sentence,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> Option<(usize, usize)> {
    let told = sentence.hits.iter().find(|hit| {
        (hit.tag == Tag::Assessment || hit.tag == Tag::Agreement && is_on_a_topic(sentence, hit))
            && sentence.has(Tag::Meeting)
            && !sentence.has(Tag::Future)
            && !sentence.has(Tag::Attempt)
            && !negated(sentence, hit.first)
            && !hedged(sentence, hit.first)
            && !is_aside(sentence, sentence.clause[hit.first], kind, packs, storyline)
    })?;
    Some((told.first, told.last))
}

/// Whether an agreement is on a topic, not on meeting again: no word for a meeting stands between it and the topic.
fn is_on_a_topic(sentence: &Sentence, agreement: &Hit) -> bool {
    let meets = [Tag::Meeting, Tag::Summit, Tag::Next, Tag::Future];
    sentence.tagged(Tag::Topic).any(|topic| {
        let between = agreement.first.min(topic.first)..=agreement.first.max(topic.first);
        !sentence.hits.iter().any(|hit| meets.contains(&hit.tag) && between.contains(&hit.first))
    })
}

/// A word of status counts in a sentence with a word for a meeting.
fn near_event(sentence: &Sentence) -> bool {
    sentence.has_any(TagSet::all(&[Tag::Meeting, Tag::Summit, Tag::BothSides]))
}
