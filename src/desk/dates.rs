//! Time expressions: found by the tags of the packs, composed by rules that know no language, resolved to stretches of
//! the calendar.
//!
//! Words are data: a language maps them to tags, and the rules here compose numbers, units, months, weekdays and the words
//! beside them. Every result says what it was resolved against and by which rule. What hangs on an event that is not
//! known here ("six days later") stays open instead of being guessed. The forms of values are those of TIMEX3.

mod amount;
mod bag;
mod calendar;
mod clock;
mod count;
mod day;
mod daytime;
mod edge;
mod face;
mod gaps;
mod holiday;
mod lasting;
mod length;
mod lexis;
mod nth;
mod number;
mod numeric;
mod period;
mod piece;
mod places;
mod range;
mod reader;
mod resolve;
mod set;
mod settle;
mod shift;
mod stamp;
mod trace;
mod weekday;
mod window;

pub use trace::{Anchor, Rule};

use jiff::civil::{Date, Time};

use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::stamp::{Found, Stamp};
use crate::desk::model::{DateSpan, DurationSpan};
use crate::desk::normalise::Token;
use crate::desk::packs::{Hit, MonthOrder, Tag};

/// The tense of the words around an expression, for what the expression itself leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// Something has happened.
    Past,
    /// Something is to come.
    Future,
    /// Nothing tells.
    Unknown,
}

/// What an expression says of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Days.
    Days(DateSpan),
    /// A length of time.
    Length(DurationSpan),
    /// A time that cannot be resolved here.
    Unresolved,
}

/// A time expression as claims read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timex {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it says.
    pub meaning: Meaning,
    /// Against what it was resolved.
    pub anchor: Anchor,
    /// By which rule.
    pub rule: Rule,
    /// Whether it names a day as such (a weekday, a day of a month, yesterday), not a month or a vague span.
    pub deictic_weekday: bool,
}

/// What the tagger looks at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The text that the tokens point into.
    pub text: &'a str,
    /// The tokens of one sentence.
    pub tokens: &'a [Token],
    /// The phrases found in them.
    pub hits: &'a [Hit],
    /// The day of publication, where the publisher is.
    pub day: Date,
    /// Order of day and month in numbers.
    pub order: MonthOrder,
}

/// The time of day of publication. Without it, what counts by hours stays open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The local time.
    pub time: Option<Time>,
    /// Minutes east of Greenwich.
    pub offset_minutes: Option<i32>,
}

/// A time expression with its value in the forms of TIMEX3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// `date`, `time`, `duration` or `set`.
    pub kind: &'static str,
    /// The value; `None` for what stays open.
    pub value: Option<String>,
    /// `START`, `MID`, `END`, `APPROX`, `MORE_THAN`, `LESS_THAN`, `BEFORE`, `AFTER`, `ON_OR_BEFORE`, `ON_OR_AFTER`.
    pub modifier: Option<&'static str>,
    /// The first day or time of the interval that is meant, unless it is open.
    pub lo: Option<String>,
    /// The day or time behind it.
    pub hi: Option<String>,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// By which rule.
    pub rule: Rule,
}

/// Finds the time expressions of a sentence for claims, in order. `tense` tells the tense around a token.
pub fn find(context: &Context<'_>, tense: &dyn Fn(usize) -> Tense) -> Vec<Timex> {
    let found = scan(context, Moment::default(), tense);
    found.iter().filter_map(|(first, found)| timex(*first, found)).collect()
}

/// Reads the time expressions of a text with their values, in order.
pub fn read(
    context: &Context<'_>,
    moment: Moment,
    tense: &dyn Fn(usize) -> Tense,
) -> Vec<Expression> {
    let found = scan(context, moment, tense);
    found.iter().map(|(first, found)| expression(*first, found)).collect()
}

fn scan(
    context: &Context<'_>,
    moment: Moment,
    tense: &dyn Fn(usize) -> Tense,
) -> Vec<(usize, Found)> {
    let Some(lexis) = Lexis::new(context) else { return Vec::new() };
    let mut reader = Reader {
        lexis: &lexis,
        today: context.day,
        now: moment.time.map(|time| context.day.to_datetime(time)),
        offset: moment.offset_minutes,
        order: context.order,
        tense: Tense::Unknown,
        free: None,
        previous: None,
    };
    let mut all: Vec<(usize, Found)> = Vec::new();
    let mut at = 0;
    while at < lexis.len() {
        if lexis.idle(at) {
            at += 1;
            continue;
        }
        // The number of an age is none of a date.
        if let Some(next) = lexis.valued(at, Tag::Age, "before") {
            at = lexis.cardinal(next).map_or(next, |(_, after)| after);
            continue;
        }
        reader.tense = tense(at);
        match reader.expression(at).filter(|found| found.next > at) {
            Some(found) => {
                if let (Stamp::Days(stretch), Rule::Named | Rule::YearChosen) =
                    (found.stamp, found.rule)
                    && stretch.lo == stretch.hi
                {
                    reader.previous = Some(stretch.lo);
                }
                push(&lexis, &mut all, at, found);
                at = found.next;
            }
            None => at += 1,
        }
    }
    all
}

/// A day that is said twice in one breath is one expression: "tomorrow (27 February)".
fn push(lexis: &Lexis<'_>, all: &mut Vec<(usize, Found)>, first: usize, found: Found) {
    if let Some((_, last)) = all.last_mut()
        && last.next == first
        && lexis.near(first)
        && let (Stamp::Days(a), Stamp::Days(b)) = (last.stamp, found.stamp)
        && a == b
    {
        last.next = found.next;
        return;
    }
    all.push((first, found));
}

fn timex(first: usize, found: &Found) -> Option<Timex> {
    let meaning = match (found.stamp, found.days) {
        (Stamp::Open, _) if found.rule == Rule::AfterEvent => Meaning::Unresolved,
        (Stamp::Length(lo, hi), _) if !found.vague => {
            let minutes = |seconds: i64| u32::try_from(seconds / 60).ok();
            Meaning::Length(DurationSpan {
                lo_min: minutes(lo.total_seconds()?)?,
                hi_min: minutes(hi.total_seconds()?)?,
                nearness: found.nearness,
            })
        }
        (_, Some(days)) if !found.vague && found.rule != Rule::TimeOfDay => Meaning::Days(days),
        _ => return None,
    };
    Some(Timex {
        first,
        last: found.next - 1,
        meaning,
        anchor: found.anchor,
        rule: found.rule,
        deictic_weekday: found.deictic,
    })
}

fn expression(first: usize, found: &Found) -> Expression {
    let (lo, hi) = found.interval();
    Expression {
        first,
        last: found.next - 1,
        kind: found.kind(),
        value: found.value(),
        modifier: found.modifier(),
        lo,
        hi,
        anchor: found.anchor,
        rule: found.rule,
    }
}
