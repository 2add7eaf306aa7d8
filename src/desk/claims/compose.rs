//! Compose: what no single phrase of a word list says, and two of them together do. An auxiliary tells of a meeting to come
//! beside a meeting, a verb in the present does beside a day to come; "not" and "settled" beside "date" say that nothing is
//! fixed.

use jiff::civil::Date;

use crate::desk::claims::reading::distance;
use crate::desk::dates::{Meaning, Timex};
use crate::desk::packs::{Family, Hit, Tag};

/// Tokens between the word for a date and the verb that settles it.
const FIXING_TOKENS_MAX: usize = 12;

/// Tokens between "not" and the verb that settles.
const NOT_TOKENS_MAX: usize = 4;

/// Tokens from "no" to "date": an adjective may stand between.
const NO_DATE_TOKENS_MAX: usize = 2;

/// Words for a meeting, beside which an auxiliary tells of it.
const NAMED: [Tag; 4] = [Tag::Meeting, Tag::Summit, Tag::Next, Tag::BothSides];

/// A verb for "meets" or "receives" is a meeting where two are named who may meet, though no noun for a meeting stands there;
/// what its form tells of the time, it tells of the meeting.
pub(super) fn encounters(hits: &mut Vec<Hit>) {
    let count = |tags: &[Tag]| hits.iter().filter(|hit| tags.contains(&hit.tag)).count();
    let people = count(&[Tag::Person]);
    let named = count(&[Tag::Person, Tag::Party, Tag::Organisation]);
    if named < 2 || !hits.iter().any(|hit| matches!(hit.tag, Tag::MeetVerb | Tag::Receive)) {
        return;
    }
    let over = |hit: &Hit, family: Family| {
        hits.iter().any(|other| {
            other.tag.family() == family && other.first <= hit.last && hit.first <= other.last
        })
    };
    let mut found = Vec::new();
    for hit in
        hits.iter().filter(|hit| hit.tag == Tag::MeetVerb || hit.tag == Tag::Receive && people >= 2)
    {
        let new = |tag| Hit { tag, value: "-".into(), ..*hit };
        if over(hit, Family::Event) {
            continue;
        }
        found.push(new(Tag::Meeting));
        if !over(hit, Family::Status) {
            match hit.value.as_str() {
                "held" => found.push(new(Tag::Held)),
                "announced" => found.push(new(Tag::Future)),
                "underway" => found.push(new(Tag::Present)),
                _ => {}
            }
        }
    }
    add(hits, found);
}

/// An auxiliary tells of a meeting to come in the clause of a meeting, and elsewhere nothing.
pub(super) fn auxiliaries(hits: &mut Vec<Hit>, clause: &[usize]) {
    if hits.iter().all(|hit| hit.tag != Tag::FutureAux) {
        return;
    }
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
    let nots: Vec<Hit> = hits.iter().filter(|hit| hit.tag == Tag::Not).cloned().collect();
    // "There will be no such meeting".
    let none = |hit: &Hit| {
        let here = |not: &&Hit| clause[not.first] == clause[hit.first];
        nots.iter().filter(here).any(|not| not.value == "none")
            && nots.iter().any(|not| not.last < hit.first && hit.first - not.last <= 2)
    };
    for hit in hits.iter_mut() {
        match hit.tag {
            Tag::Future if none(hit) => {
                // The "not" is part of the denial.
                hit.tag = Tag::Denied;
                hit.first = hit.first.saturating_sub(1);
            }
            Tag::Present if days(hit.first).any(|days| days.hi >= day) => hit.tag = Tag::Future,
            Tag::Cancelled if hit.value == "if-due" => {
                if days(hit.first).any(|days| days.days() > 1) {
                    hit.tag = Tag::Postponed;
                    // Those days are no longer the event's.
                    given_up.push(Hit { tag: Tag::WasDue, value: "-".into(), ..*hit });
                }
                hit.value = "-".into();
            }
            _ => {}
        }
    }
    add(hits, given_up);
    hits.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.last)));
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
    // "A day" is a length of time, and yet a word for a date.
    let within = |hit: &Hit| {
        times.iter().any(|t| {
            matches!(t.meaning, Meaning::Days(_)) && t.first <= hit.first && hit.last <= t.last
        })
    };
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
                    // "Without that a day be named".
                    && clause[fix.first] - clause[not.first] <= 1
            };
            fix.value == "open" || of(Tag::Not).any(not)
        });
        let no = of(Tag::Not).find(|not| {
            !is_time && not.last < word.first && word.first - not.last <= NO_DATE_TOKENS_MAX
        });
        if let Some(other) = fixing.or(no) {
            let (first, last) = (other.first.min(word.first), other.last.max(word.last));
            found.push(Hit { tag: Tag::Unset, value: "-".into(), first, last });
        }
    }
    times.retain(|t| !found.iter().any(|new| new.first <= t.first && t.last <= new.last));
    found.retain(|new| !of(Tag::Unset).any(|old| old.first <= new.first && new.last <= old.last));
    add(hits, found);
}

/// "Moscow set 10 April as the date of the second round": who settles a date that is still ahead tells of what is to come.
pub(super) fn settled(hits: &mut Vec<Hit>, clause: &[usize], times: &[Timex], day: Date) {
    let of = |tag: Tag| hits.iter().filter(move |hit| hit.tag == tag);
    let ahead = |at: usize| {
        times.iter().any(|time| {
            clause[time.first] == clause[at]
                && matches!(time.meaning, Meaning::Days(days) if days.lo > day)
        })
    };
    let negated = |fix: &Hit| {
        of(Tag::Not).any(|not| not.last < fix.first && fix.first - not.last <= NOT_TOKENS_MAX)
    };
    let told = [Tag::Future, Tag::Held, Tag::Underway, Tag::Postponed, Tag::Cancelled];
    let mut found = Vec::new();
    for word in of(Tag::DateWord).filter(|word| ahead(word.first)) {
        let here = |hit: &Hit| clause[hit.first] == clause[word.first];
        if hits.iter().any(|hit| told.contains(&hit.tag) && here(hit)) {
            continue;
        }
        let fixing = of(Tag::Fix).find(|fix| {
            fix.value == "-"
                && here(fix)
                && distance(fix, word.first) <= FIXING_TOKENS_MAX
                && !negated(fix)
        });
        if let Some(fix) = fixing {
            found.push(Hit { tag: Tag::Future, ..fix.clone() });
        }
    }
    add(hits, found);
}
