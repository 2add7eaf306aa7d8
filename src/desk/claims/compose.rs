//! Compose: what no single phrase of a word list says, and two of them together do. An auxiliary tells of a meeting to come
//! beside a meeting, a verb in the present does beside a day to come; "not" and "settled" beside "date" say that nothing is
//! fixed.

use jiff::civil::Date;

use crate::desk::claims::reading::distance;
use crate::desk::dates::{Meaning, Timex};
use crate::desk::packs::{Hit, Tag};

/// Tokens between the word for a date and the verb that settles it.
const FIXING_TOKENS_MAX: usize = 9;

/// Tokens between "not" and the verb that settles.
const NOT_TOKENS_MAX: usize = 4;

/// Tokens from "no" to "date": an adjective may stand between.
const NO_DATE_TOKENS_MAX: usize = 2;

/// Words for a meeting, beside which an auxiliary tells of it.
const NAMED: [Tag; 4] = [Tag::Meeting, Tag::Summit, Tag::Next, Tag::BothSides];

/// An auxiliary tells of a meeting to come in the clause of a meeting, and elsewhere nothing.
pub(super) fn auxiliaries(hits: &mut Vec<Hit>, clause: &[usize]) {
    let met: Vec<usize> =
        hits.iter().filter(|h| NAMED.contains(&h.tag)).map(|h| clause[h.first]).collect();
    hits.retain_mut(|hit| {
        let auxiliary = hit.tag == Tag::FutureAux;
        if auxiliary {
            hit.tag = Tag::Future;
        }
        !auxiliary || met.contains(&clause[hit.first])
    });
}

/// Settles what depends on the days that a sentence names: the present, and what will not be held by a time.
pub(super) fn timed(hits: &mut Vec<Hit>, clause: &[usize], times: &[Timex], day: Date) {
    let mut given_up: Vec<Hit> = Vec::new();
    let days = |at: usize| {
        times.iter().filter(move |time| clause[time.first] == clause[at]).filter_map(|time| {
            match time.meaning {
                Meaning::Days(days) => Some(days),
                _ => None,
            }
        })
    };
    for hit in hits.iter_mut() {
        match hit.tag {
            Tag::Present if days(hit.first).any(|days| days.hi >= day) => hit.tag = Tag::Future,
            Tag::Cancelled if hit.value == "if-due" => {
                if days(hit.first).any(|days| days.days() > 1) {
                    hit.tag = Tag::Postponed;
                    // Those days are no longer the event's.
                    given_up.push(Hit { tag: Tag::WasDue, value: "-".to_owned(), ..*hit });
                }
                "-".clone_into(&mut hit.value);
            }
            _ => {}
        }
    }
    add(hits, given_up);
}

/// Adds hits; all stay in the order of their first token, the longest first.
fn add(hits: &mut Vec<Hit>, mut more: Vec<Hit>) {
    if more.is_empty() {
        return;
    }
    hits.append(&mut more);
    hits.sort_by(|a, b| {
        (a.first, b.last, a.tag, &a.value).cmp(&(b.first, a.last, b.tag, &b.value))
    });
    hits.dedup();
}

/// Tokens between a word that is a day, "today", and the verb that makes it the day of the event.
const DAY_TOKENS_MAX: usize = 4;

/// Adds what says that a date is open: "no" beside the word for it, "not" beside a verb that settles, or a verb that says
/// that it is still to be settled.
pub(super) fn unset(hits: &mut Vec<Hit>, clause: &[usize], times: &mut Vec<Timex>) {
    let of = |tag: Tag| hits.iter().filter(move |hit| hit.tag == tag);
    let within = |hit: &Hit| times.iter().any(|t| t.first <= hit.first && hit.last <= t.last);
    let alone = |hit: &Hit| times.iter().any(|t| t.first == hit.first && hit.last == t.last);
    let mut found: Vec<Hit> = Vec::new();
    for word in of(Tag::DateWord) {
        let is_time = within(word);
        if is_time && !alone(word) {
            continue;
        }
        let near = |hit: &&Hit| {
            let tokens = distance(hit, word.first).min(distance(hit, word.last));
            let apart = clause[hit.first].abs_diff(clause[word.first]);
            // "The day is still under discussion": what is "today" elsewhere is the day of the event here.
            let settles_day = hit.value == "open" && tokens <= DAY_TOKENS_MAX && apart == 0;
            tokens <= FIXING_TOKENS_MAX && apart <= 1 && (!is_time || settles_day)
        };
        let fixing = of(Tag::Fix).filter(near).find(|fix| {
            let not = |not: &Hit| {
                not.last < fix.first
                    && fix.first - not.last <= NOT_TOKENS_MAX
                    && clause[not.first] == clause[fix.first]
            };
            fix.value == "open" || of(Tag::Not).any(not)
        });
        let no = of(Tag::Not).find(|not| {
            !is_time && not.last < word.first && word.first - not.last <= NO_DATE_TOKENS_MAX
        });
        if let Some(other) = fixing.or(no) {
            let (first, last) = (other.first.min(word.first), other.last.max(word.last));
            found.push(Hit { tag: Tag::Unset, value: "-".to_owned(), first, last });
        }
    }
    times.retain(|t| !found.iter().any(|new| new.first <= t.first && t.last <= new.last));
    found.retain(|new| !of(Tag::Unset).any(|old| old.first <= new.last && new.first <= old.last));
    add(hits, found);
}
