//! Link: which event of the ledger an article's event is. By slots (date, place, status, track), never by text: the words
//! of two rounds of the same talks are the same.

use std::fmt;

use jiff::civil::Date;

use crate::desk::model::{DateSpan, EventId, Mention, Status};
use crate::desk::packs::Gazetteer;

/// An event of the ledger, as far as linking needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its place in the ledger: the order in which events were told of.
    pub at: usize,
    /// Its id.
    pub id: &'a EventId,
    /// `meeting` or `summit`.
    pub kind: &'a str,
    /// Its track.
    pub track: Option<&'a str>,
    /// Its days as known, the latest last; more than one while they are disputed.
    pub dates: &'a [DateSpan],
    /// Its place.
    pub city: Option<&'a str>,
    /// How it stands.
    pub status: Option<Status>,
}

impl Candidate<'_> {
    fn date(&self) -> Option<DateSpan> {
        self.dates.last().copied()
    }

    fn is_open(&self) -> bool {
        matches!(
            self.status,
            None | Some(
                Status::Rumoured
                    | Status::Proposed
                    | Status::Announced
                    | Status::Scheduled
                    | Status::Postponed
            )
        )
    }
}

/// Which event it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// A known one.
    Known {
        /// Its place in the ledger.
        at: usize,
        /// Its id.
        event: EventId,
        /// What joined them.
        why: Join,
    },
    /// One that nobody told of before.
    New {
        /// The event it continues: its place in the ledger and its id.
        follows: Option<(usize, EventId)>,
    },
}

/// What joined an article's event to one of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "Display says what each means")]
pub enum Join {
    SameDays,
    DaysAround,
    OpenPlaceholder,
    ForecastPassed,
    LastOpen,
    LastCancelled,
    LastHeld,
}

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Placement::Known { event, why, .. } => write!(f, "event {event}: {why}"),
            Placement::New { follows: Some((_, before)) } => {
                write!(f, "a new event, which follows {before}")
            }
            Placement::New { follows: None } => f.write_str("a new event"),
        }
    }
}

impl fmt::Display for Join {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Join::SameDays => "its days overlap",
            Join::DaysAround => "no day is named, and it was due about now",
            Join::OpenPlaceholder => "it was promised without a date",
            Join::ForecastPassed => "it was forecast, and the forecast has passed",
            Join::LastOpen => "it is the one that is still to come",
            Join::LastCancelled => "it is the last one that was called off",
            Join::LastHeld => "it is the last one that was held",
        })
    }
}

/// Days around publication in which an event without a named day is looked for.
const AROUND_DAYS: i32 = 4;

/// Days after a meeting in which a report without a date is still about it.
const ECHO_DAYS: i32 = 45;

/// Places an article's event. `taken` are the places in the ledger of the events that its earlier mentions are, the one in
/// focus first, with their ids. `candidates` stand in the order in which events were told of.
pub fn place(
    event: &Mention,
    candidates: &[Candidate<'_>],
    taken: &[(usize, EventId)],
    published: Date,
    gazetteer: &Gazetteer,
) -> Placement {
    let fits = |c: &&Candidate<'_>| {
        c.kind == event.kind
            && taken.iter().all(|(at, _)| *at != c.at)
            && match (c.track, event.track.as_deref()) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            }
    };
    // What follows a meeting is not what was due on its days.
    let focus = taken.first().and_then(|(at, _)| candidates.iter().find(|c| c.at == *at));
    let of_focus = |c: &&Candidate<'_>| {
        event.continues
            && focus.and_then(Candidate::date).is_some_and(|day| {
                c.date().is_some_and(|due| due.overlaps(&day) && event.date.is_none())
            })
    };
    let pool: Vec<&Candidate<'_>> =
        candidates.iter().filter(fits).filter(|c| !of_focus(c)).collect();
    let found = match event.status {
        _ if event.promised => ahead(event, &pool, published, gazetteer),
        Some(Status::Denied) => denied(event, &pool),
        Some(Status::Held | Status::Underway) => past(event, &pool, published, gazetteer),
        Some(Status::Cancelled | Status::Postponed) => called_off(event, &pool, gazetteer),
        _ => ahead(event, &pool, published, gazetteer),
    };
    match found {
        Some((candidate, why)) => {
            Placement::Known { at: candidate.at, event: candidate.id.clone(), why }
        }
        None => Placement::New { follows: before(event, candidates, taken) },
    }
}

/// The event a new one continues: the article's own, else the latest of its kind that is over or off.
fn before(
    event: &Mention,
    candidates: &[Candidate<'_>],
    taken: &[(usize, EventId)],
) -> Option<(usize, EventId)> {
    if event.continues
        && let Some(focus) = taken.first()
    {
        return Some(focus.clone());
    }
    let over = |c: &&Candidate<'_>| c.kind == event.kind && !c.is_open();
    candidates.iter().rev().find(over).map(|c| (c.at, c.id.clone()))
}

fn city_fits(event: &Mention, candidate: &Candidate<'_>, gazetteer: &Gazetteer) -> bool {
    match (event.city.as_deref(), candidate.city) {
        (Some(a), Some(b)) => a == b || gazetteer.is_within(a, b) || gazetteer.is_within(b, a),
        _ => true,
    }
}

/// The candidate whose days overlap, the narrowest first; a day beats a month.
fn same_days<'a>(
    days: DateSpan,
    event: &Mention,
    pool: &[&'a Candidate<'a>],
    gazetteer: &Gazetteer,
) -> Option<&'a Candidate<'a>> {
    pool.iter()
        .filter(|c| c.status != Some(Status::Denied) && c.status != Some(Status::Cancelled))
        .filter(|c| c.dates.iter().any(|known| known.overlaps(&days)))
        .filter(|c| city_fits(event, c, gazetteer) || days.days() == 1 && c.dates.contains(&days))
        .min_by_key(|c| c.date().map_or(i32::MAX, |known| known.days()))
        .copied()
}

fn past<'a>(
    event: &Mention,
    pool: &[&'a Candidate<'a>],
    published: Date,
    gazetteer: &Gazetteer,
) -> Option<(&'a Candidate<'a>, Join)> {
    let fitting = |c: &&&Candidate<'_>| city_fits(event, c, gazetteer);
    if let Some(days) = event.date {
        if let Some(found) = same_days(days, event, pool, gazetteer) {
            return Some((found, Join::SameDays));
        }
        // A promised meeting of unknown or missed date is what took place; not one with a day of its own elsewhere.
        return pool
            .iter()
            .rev()
            .filter(|c| c.is_open())
            .filter(fitting)
            .find(|c| c.date().is_none_or(|known| known.days() > 1 && known.hi < days.hi))
            .map(|c| {
                let why =
                    if c.date().is_none() { Join::OpenPlaceholder } else { Join::ForecastPassed };
                (*c, why)
            });
    }
    let near = |c: &&&Candidate<'_>| {
        c.date().is_some_and(|known| {
            known.days() <= 31
                && (known.lo - published).get_days() <= 1
                && (published - known.hi).get_days() <= AROUND_DAYS
        })
    };
    if let Some(found) = pool.iter().rev().filter(near).find(fitting) {
        return Some((found, Join::DaysAround));
    }
    let open = pool.iter().rev().filter(|c| c.is_open() && c.date().is_none()).find(fitting);
    if let Some(found) = open {
        return Some((found, Join::OpenPlaceholder));
    }
    pool.iter()
        .rev()
        .filter(|c| c.status == Some(Status::Held))
        .filter(|c| c.date().is_some_and(|d| (published - d.hi).get_days() <= ECHO_DAYS))
        .find(fitting)
        .map(|c| (*c, Join::LastHeld))
}

/// Whether what was due is no longer the one to come: its day is over, though nobody reported how it went, or its weeks are
/// long over. What is told to be put off may be told so late.
fn has_passed(candidate: &Candidate<'_>, event: &Mention, published: Date) -> bool {
    let Some(due) = candidate.date() else { return false };
    let days = (published - due.hi).get_days();
    let plan = event.date.is_none_or(|days| days.hi >= published);
    let slack = if due.days() == 1 && plan && candidate.status != Some(Status::Postponed) {
        0
    } else {
        ECHO_DAYS
    };
    days > slack
}

fn ahead<'a>(
    event: &Mention,
    pool: &[&'a Candidate<'a>],
    published: Date,
    gazetteer: &Gazetteer,
) -> Option<(&'a Candidate<'a>, Join)> {
    let open: Vec<&'a Candidate<'a>> = pool
        .iter()
        .filter(|c| c.is_open() || (c.status == Some(Status::Underway) && !event.promised))
        .filter(|c| !has_passed(c, event, published))
        .copied()
        .collect();
    if let Some(days) = event.date {
        if let Some(found) = same_days(days, event, &open, gazetteer) {
            return Some((found, Join::SameDays));
        }
        // A day already held or under way is a report that says "will" of yesterday.
        let done = |c: &&&Candidate<'_>| {
            c.date().is_some_and(|known| known.days() == 1 && known.overlaps(&days))
        };
        if let Some(found) = pool.iter().filter(done).find(|c| city_fits(event, c, gazetteer)) {
            return Some((found, Join::SameDays));
        }
        let undated = open.iter().rev().filter(|c| c.date().is_none());
        if let Some(found) = undated.clone().find(|c| city_fits(event, c, gazetteer)) {
            return Some((found, Join::OpenPlaceholder));
        }
        return open
            .iter()
            .rev()
            .find(|c| city_fits(event, c, gazetteer) && c.date().is_some_and(|d| d.days() > 1))
            .or_else(|| {
                open.iter().rev().find(|c| {
                    c.city.is_some() && c.city == event.city.as_deref()
                        || c.status == Some(Status::Postponed)
                })
            })
            .map(|c| (*c, Join::LastOpen));
    }
    open.iter()
        .rev()
        .find(|c| city_fits(event, c, gazetteer))
        .or_else(|| open.last())
        .map(|c| (*c, Join::LastOpen))
}

fn denied<'a>(event: &Mention, pool: &[&'a Candidate<'a>]) -> Option<(&'a Candidate<'a>, Join)> {
    pool.iter()
        .rev()
        .find(|c| match event.date {
            Some(days) => {
                c.dates.contains(&days) && (c.city.is_none() || c.city == event.city.as_deref())
            }
            None => c.is_open(),
        })
        .map(|c| (*c, Join::SameDays))
}

fn called_off<'a>(
    event: &Mention,
    pool: &[&'a Candidate<'a>],
    gazetteer: &Gazetteer,
) -> Option<(&'a Candidate<'a>, Join)> {
    let fitting = |c: &&&Candidate<'_>| city_fits(event, c, gazetteer);
    let off = |c: &&&Candidate<'_>| matches!(c.status, Some(Status::Cancelled | Status::Postponed));
    let same_city = |c: &&&Candidate<'_>| event.city.is_some() && c.city == event.city.as_deref();
    let open = || pool.iter().rev().filter(|c| c.is_open());
    let was_off = || pool.iter().rev().filter(off);
    // The very city tells more than a city that may be meant.
    let last_open = |c: &&'a Candidate<'a>| (*c, Join::LastOpen);
    let last_off = |c: &&'a Candidate<'a>| (*c, Join::LastCancelled);
    open()
        .find(same_city)
        .map(last_open)
        .or_else(|| was_off().find(same_city).map(last_off))
        .or_else(|| open().find(fitting).map(last_open))
        .or_else(|| was_off().find(fitting).map(last_off))
}
