//! Calendar arithmetic: from tags and a day of publication to days. All functions are total; what lies outside the
//! calendar gives `None`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::desk::dates::Tense;
use crate::desk::dates::compose::Lexis;
use crate::desk::model::DateSpan;
use crate::desk::packs::Tag;

/// The part of a span that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Mid,
    End,
}

impl Part {
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Part::Start),
            "mid" => Some(Part::Mid),
            "end" => Some(Part::End),
            _ => None,
        }
    }
}

/// A span that a shift or a season names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span<'a> {
    /// `week`, `month`, `year`. Days are left out: "the coming days" are no day.
    Unit(&'a str),
    /// `spring`, `summer`, `autumn`, `winter`.
    Season(&'a str),
}

impl<'a> Span<'a> {
    pub(super) fn read(lexis: &Lexis<'a>, at: usize) -> Option<(Self, usize)> {
        if let Some((season, next)) = lexis.tag(at, Tag::Season) {
            return Some((Span::Season(season), next));
        }
        let (unit, next) = lexis.tag(at, Tag::Unit)?;
        ["week", "month", "year"].contains(&unit).then_some((Span::Unit(unit), next))
    }
}

pub(super) fn plus_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

pub(super) fn plus_units(day: Date, n: i64, unit: &str) -> Option<Date> {
    // A thousand years is more than any news counts; it keeps the span arithmetic within its bounds.
    if n.abs() > 1_000 {
        return None;
    }
    let span = match unit {
        "day" => n.days(),
        "week" => n.weeks(),
        "month" => n.months(),
        "year" => n.years(),
        _ => return None,
    };
    day.checked_add(span).ok()
}

/// The span around a day that a count in this unit means: three months ago is a month, three days ago a day.
pub(super) fn grain(day: Date, unit: &str) -> DateSpan {
    match unit {
        "month" => DateSpan::month(day),
        "year" => DateSpan { lo: day.first_of_year(), hi: day.last_of_year() },
        _ => DateSpan::day(day),
    }
}

/// A day and month without a year: the nearest such day on the side of the tense.
pub(super) fn day_month(today: Date, day: i8, month: i8, tense: Tense) -> Option<Date> {
    let candidates =
        (-1..=1).filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok());
    nearest(today, candidates, tense)
}

fn nearest(today: Date, days: impl Iterator<Item = Date>, tense: Tense) -> Option<Date> {
    // A past tense may still tell of a day a little ahead ("was set for 10 April"), so the tense weighs, and does not
    // forbid: a day on the wrong side counts as twelve times as far.
    days.min_by_key(|day| {
        let distance = (*day - today).get_days();
        let wrong_side = match tense {
            Tense::Past => distance > 0,
            Tense::Future => distance < 0,
            Tense::Unknown => false,
        };
        distance.abs() * if wrong_side { 12 } else { 1 }
    })
}

/// The nearest day of that number, this month or a neighbour.
pub(super) fn day_of_month(today: Date, day: i8) -> Option<Date> {
    let first = today.first_of_month();
    let candidates = [-1i64, 0, 1].into_iter().filter_map(|months| {
        let month = first.checked_add(months.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    });
    nearest(today, candidates, Tense::Unknown)
}

/// A weekday. Without a shift: the latest such day, today included, or with a future tense the next, today included.
/// Last: strictly before today. Next: strictly after.
pub(super) fn weekday(today: Date, weekday: i8, shift: Option<i64>, tense: Tense) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let ahead = i64::from(today.weekday().until(wanted));
    let behind = i64::from(today.weekday().since(wanted));
    let days = match shift {
        Some(-1) if behind == 0 => -7,
        Some(-1) => -behind,
        Some(1) if ahead == 0 => 7,
        Some(1) => ahead,
        _ if tense == Tense::Future => ahead,
        _ => -behind,
    };
    plus_days(today, days)
}

/// A bare month: this year's, or a neighbour's on the side of the tense.
pub(super) fn month(today: Date, month: i8, tense: Tense) -> Option<DateSpan> {
    let here = today.first_of_month();
    let candidates =
        (-1..=1).filter_map(|years| Date::new(today.year().checked_add(years)?, month, 1).ok());
    nearest(here, candidates, tense).map(DateSpan::month)
}

/// Last, this or next week, month, year or season.
pub(super) fn shifted(today: Date, what: Span<'_>, shift: i64) -> Option<DateSpan> {
    match what {
        Span::Unit("week") => {
            let monday = plus_days(today, -i64::from(today.weekday().to_monday_zero_offset()))?;
            let lo = plus_days(monday, 7 * shift)?;
            Some(DateSpan { lo, hi: plus_days(lo, 6)? })
        }
        Span::Unit("month") => {
            plus_units(today.first_of_month(), shift, "month").map(DateSpan::month)
        }
        Span::Unit("year") => {
            let day = plus_units(today.first_of_year(), shift, "year")?;
            Some(DateSpan { lo: day, hi: day.last_of_year() })
        }
        Span::Unit(_) => None,
        Span::Season(_) => {
            let tense = match shift {
                -1 => Tense::Past,
                1 => Tense::Future,
                _ => Tense::Unknown,
            };
            season(today, what, tense)
        }
    }
}

/// A season by the months that meteorologists give it in the north: spring is March to May.
pub(super) fn season(today: Date, what: Span<'_>, tense: Tense) -> Option<DateSpan> {
    let Span::Season(name) = what else { return None };
    let first = match name {
        "spring" => 3,
        "summer" => 6,
        "autumn" => 9,
        "winter" => 12,
        _ => return None,
    };
    let spans = (-1..=1).filter_map(|years| {
        let lo = Date::new(today.year().checked_add(years)?, first, 1).ok()?;
        Some(DateSpan { lo, hi: plus_units(lo, 2, "month")?.last_of_month() })
    });
    spans.min_by_key(|span| {
        if span.lo <= today && today <= span.hi {
            return 0;
        }
        let distance = if span.lo > today {
            (span.lo - today).get_days()
        } else {
            (today - span.hi).get_days()
        };
        let wrong_side = match tense {
            Tense::Past => span.lo > today,
            Tense::Future | Tense::Unknown => span.hi < today,
        };
        distance * if wrong_side { 12 } else { 1 }
    })
}
