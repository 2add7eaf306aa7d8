//! Scope: which event each clause is about. What is background is told apart here, once, for all slots.

use std::fmt;

use crate::desk::claims::focus::{
    EVENT_TAGS, Focus, Local, contradicts, hangs_on_another, is_earlier, is_of_call, is_of_past,
    is_old_plan, is_speech_time, is_summit_clause, promises_another,
};
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::dates::Meaning;
use crate::desk::model::Status;
use crate::desk::packs::{Packs, Storyline, Tag};

/// What a clause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// One of the article's events.
    About(Local),
    /// A correction of what the article said before about its focus.
    Correction,
    /// Something else, with the reason.
    Aside(&'static str),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::About(Local::Focus) => f.write_str("the event in focus"),
            Scope::About(Local::Next) => f.write_str("the event to follow"),
            Scope::About(Local::Summit) => f.write_str("a summit to come"),
            Scope::About(Local::Past) => f.write_str("what it recalls"),
            Scope::Correction => f.write_str("a correction"),
            Scope::Aside(why) => write!(f, "an aside: {why}"),
        }
    }
}

/// Sentences behind a promise that may go on about it without naming it.
const GOES_ON_SENTENCES_MAX: usize = 2;

/// The scope of every clause of every sentence.
pub(super) fn assign(
    reading: &Reading,
    focus: &Focus,
    packs: &Packs,
    storyline: &Storyline,
) -> Vec<Vec<Scope>> {
    let lead = reading.lead().len();
    let mut previous = (Scope::About(Local::Focus), 0);
    let mut aside: Option<&'static str> = None;
    reading
        .sentences
        .iter()
        .enumerate()
        .map(|(index, sentence)| {
            let goes_on = aside.is_some() && goes_on(sentence, focus, index < lead);
            let scopes: Vec<Scope> = (0..sentence.clauses())
                .map(|clause| {
                    let rules = (packs, storyline);
                    let recent = index - previous.1 <= GOES_ON_SENTENCES_MAX;
                    let previous = if recent { previous.0 } else { Scope::About(Local::Focus) };
                    of(reading, sentence, clause, index < lead, focus, previous, rules)
                })
                .map(|scope| match aside {
                    Some(why) if goes_on => Scope::Aside(why),
                    _ => scope,
                })
                .collect();
            aside = told_aside(&scopes, sentence);
            let promise = Scope::About(Local::Next);
            // What goes on about a promise is not a promise of its own, so that a long text does not go on for ever.
            let renewed = sentence.has(Tag::Next) || sentence.has(Tag::Unset);
            match scopes.iter().rev().find(|s| matches!(s, Scope::About(_))) {
                Some(last) if *last == promise && previous.0 == promise && !renewed => {}
                Some(last) => previous = (*last, index),
                None => {}
            }
            scopes
        })
        .collect()
}

/// The reason why a sentence told of another event, when all of it did.
fn told_aside(scopes: &[Scope], sentence: &Sentence) -> Option<&'static str> {
    let first = match scopes.first() {
        Some(Scope::Aside(why)) if !sentence.question => *why,
        _ => return None,
    };
    scopes.iter().all(|scope| matches!(scope, Scope::Aside(_))).then_some(first)
}

/// Whether a sentence goes on about the event that the one before told of: it names neither a meeting of its own nor
/// anything to come; when the focus is over, no day and nobody who says so either.
fn goes_on(sentence: &Sentence, focus: &Focus, in_lead: bool) -> bool {
    let own = [Tag::Meeting, Tag::Summit, Tag::Future, Tag::Unset, Tag::Next, Tag::Proposed];
    if sentence.in_title || own.iter().any(|tag| sentence.has(*tag)) {
        return false;
    }
    ahead(focus.event.status)
        || (!in_lead
            && !sentence.has(Tag::Report)
            && !sentence.has(Tag::Topic)
            && !sentence.times.iter().any(|time| matches!(time.meaning, Meaning::Days(_))))
}

fn of(
    reading: &Reading,
    sentence: &Sentence,
    clause: usize,
    in_lead: bool,
    focus: &Focus,
    previous: Scope,
    (packs, storyline): (&Packs, &Storyline),
) -> Scope {
    if sentence.question {
        return Scope::Aside("a question");
    }
    if sentence.tagged(Tag::Correction).any(|hit| hit.first <= 1) {
        return Scope::Correction;
    }
    let has = |tag| sentence.clause_has(clause, tag);
    let own_event = has(Tag::Meeting) || has(Tag::Summit);
    if sentence.has(Tag::Call) && !own_event {
        return Scope::Aside("about a call");
    }
    let status = focus.event.status;
    if focus.event.kind == "meeting" && is_summit_clause(sentence, clause, packs, storyline) {
        let ahead = has(Tag::Unset) || has(Tag::Future);
        return if ahead && !has(Tag::Held) {
            Scope::About(Local::Summit)
        } else {
            Scope::Aside("about a summit")
        };
    }
    if hangs_on_another(sentence, clause) {
        return Scope::Aside("it hangs on another event");
    }
    if is_earlier(sentence, clause) {
        return Scope::Aside("marked as earlier");
    }
    if is_old_plan(sentence, clause, status) {
        return Scope::Aside("what was planned before");
    }
    if other_date(reading, sentence, clause, in_lead, focus) {
        return Scope::Aside("its date is another event's");
    }
    let ahead = has(Tag::Future) || has(Tag::Next) || has(Tag::Unset);
    if !in_lead && !ahead && is_of_past(sentence, reading.day, focus.event.date) {
        return Scope::Aside("it tells of an earlier day");
    }
    if contradicts(sentence, clause, status) {
        return Scope::Aside("its event is over or off, the focus is to come");
    }
    if promises_another(sentence, clause, status) {
        return Scope::About(Local::Next);
    }
    // "No date has been set for it" goes on about the summit that the sentence before promised.
    if previous == Scope::About(Local::Summit) && !own_event && has(Tag::Unset) {
        return previous;
    }
    if has(Tag::Unset) && matches!(status, Some(Status::Held | Status::Underway | Status::Denied)) {
        return Scope::About(Local::Next);
    }
    match previous {
        // "Its date is still to be decided" goes on about what the sentence before promised.
        Scope::About(Local::Next) if !own_event && !in_lead && !has(Tag::Held) => {
            Scope::About(Local::Next)
        }
        _ => Scope::About(Local::Focus),
    }
}

/// Whether a clause has a date of its own that the focus cannot have.
fn other_date(
    reading: &Reading,
    sentence: &Sentence,
    clause: usize,
    in_lead: bool,
    focus: &Focus,
) -> bool {
    let Some(known) = focus.event.date else {
        // Without a date of the focus, a clause beyond the lead that tells of a past day tells of another event when the
        // focus is still to come.
        return !in_lead
            && ahead(focus.event.status)
            && sentence.times.iter().any(|time| {
                sentence.clause[time.first] == clause
                    && matches!(time.meaning, Meaning::Days(days) if days.hi < reading.day)
                    && !is_speech_time(sentence, time, reading.day)
            });
    };
    let mut own = sentence.times.iter().filter(|time| {
        sentence.clause[time.first] == clause
            && !is_speech_time(sentence, time, reading.day)
            && !is_of_call(sentence, time.first)
            && sentence.nearest(time.first, &EVENT_TAGS).is_some()
    });
    let disjoint = |time: &crate::desk::dates::Timex| match time.meaning {
        Meaning::Days(days) => !days.overlaps(&known) && days.hi < known.lo,
        _ => false,
    };
    let any = own.clone().next().is_some();
    any && own.all(disjoint) && !in_lead
}

fn ahead(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Announced | Status::Scheduled | Status::Proposed))
}
