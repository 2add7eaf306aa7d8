//! From what is named of a date to days: which year, which month, which week is meant when the text leaves it open.

use jiff::civil::{Date, Weekday};

use crate::desk::dates::Tense;
use crate::desk::dates::calendar::{Stretch, nth_weekday, plus_days, plus_months};
use crate::desk::dates::trace::Rule;

/// What is named of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Partial {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Last, this or next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) n: i64,
    /// Whether a weekday is counted by calendar weeks: "next Friday" is the Friday of next week.
    pub(super) by_week: bool,
    /// Whether a count beside it, where nothing is told to happen within it, stands for where it leads.
    pub(super) leads: bool,
}

impl Shift {
    /// Reads `-1`, `0`, `1`, `2`, `1w`, `1e`.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let n = value.trim_end_matches(['w', 'e']).parse().ok()?;
        Some(Self { n, by_week: value.ends_with('w'), leads: value.ends_with('e') })
    }
}

/// A date without a year, in no tense, is this year's, unless the neighbour year's is this near: in December "January"
/// is the coming one.
const NEIGHBOUR_DAYS_MAX: i32 = 45;

/// Days from publication within which a date is kept although its weekday is another.
const CLOSE_DAYS: i32 = 45;

/// Times by which a day on the wrong side of the tense counts as farther. A past tense may still tell of a day a little
/// ahead ("was set for 10 April"), so the tense weighs, and does not forbid.
const WRONG_SIDE: i32 = 12;

fn distance(today: Date, day: Date, tense: Tense) -> i32 {
    let days = (day - today).get_days();
    let wrong = match tense {
        Tense::Past => days > 0,
        Tense::Future => days < 0,
        Tense::Unknown => false,
    };
    days.abs() * if wrong { WRONG_SIDE } else { 1 }
}

/// The day that lies nearest, a day on the wrong side of the tense counted as farther.
pub(super) fn nearest(today: Date, days: impl Iterator<Item = Date>, tense: Tense) -> Option<Date> {
    days.min_by_key(|day| distance(today, *day, tense))
}

/// The year of a day and month that names none. A weekday beside it decides, when one of the years has it.
pub(super) fn day_month(
    today: Date,
    day: i8,
    month: i8,
    weekday: Option<Weekday>,
    tense: Tense,
) -> Option<Date> {
    let years = |reach: i16| {
        (-reach..=reach)
            .filter_map(move |n| Date::new(today.year().checked_add(n)?, month, day).ok())
    };
    // Leap days come every four years, the first of them after eight.
    let reach = if month == 2 && day == 29 { 8 } else { 1 };
    let plain = nearest(today, years(reach), tense)?;
    // A wrong weekday is likelier than a date that is nearly a year off.
    let close = distance(today, plain, tense) <= CLOSE_DAYS;
    if let Some(weekday) = weekday.filter(|_| !close)
        && let Some(date) =
            nearest(today, years(reach).filter(|date| date.weekday() == weekday), tense)
    {
        return Some(date);
    }
    if tense == Tense::Unknown && (plain - today).get_days().abs() > NEIGHBOUR_DAYS_MAX {
        return Date::new(today.year(), month, day).ok().or(Some(plain));
    }
    Some(plain)
}

/// The first such day strictly after publication, or the latest strictly before.
pub(super) fn day_beyond(today: Date, day: i8, month: i8, n: i64) -> Option<Date> {
    // Leap days come every four years, the first of them after eight.
    let days = (-8..=8).filter_map(|n| Date::new(today.year().checked_add(n)?, month, day).ok());
    if n > 0 {
        days.filter(|day| *day > today).min()
    } else {
        days.filter(|day| *day < today).max()
    }
}

/// The month of a bare day number.
pub(super) fn day_of_month(
    today: Date,
    day: i8,
    weekday: Option<Weekday>,
    tense: Tense,
) -> Option<Date> {
    // A number and weekday come together again within two years.
    let reach = if weekday.is_some() { 24 } else { 2 };
    let first = today.first_of_month();
    let days = (-reach..=reach).filter_map(|months| {
        let month = plus_months(first, months)?;
        Date::new(month.year(), month.month(), day).ok()
    });
    nearest(today, days.filter(|day| weekday.is_none_or(|w| day.weekday() == w)), tense)
}

/// The year of a bare month.
pub(super) fn month(today: Date, month: i8, tense: Tense) -> Option<Stretch> {
    let here = today.first_of_month();
    let years = (-1..=1).filter_map(|n| Date::new(today.year().checked_add(n)?, month, 1).ok());
    let mut first = nearest(here, years, tense)?;
    // Two months: in November, January is the coming one.
    if tense == Tense::Unknown && (first - here).get_days().abs() > 62 {
        first = Date::new(today.year(), month, 1).ok()?;
    }
    Stretch::month(first.year(), first.month())
}

/// A weekday. Without a shift: the latest such day, today included, or in a future tense the next, today included.
/// Last is strictly before today, next strictly after.
pub(super) fn weekday(
    today: Date,
    weekday: Weekday,
    shift: Option<Shift>,
    tense: Tense,
) -> Option<(Date, Rule)> {
    let behind = || plus_days(today, -i64::from(today.weekday().since(weekday)));
    let ahead = || plus_days(today, i64::from(today.weekday().until(weekday)));
    let found = match shift {
        Some(Shift { n, by_week: true, .. }) => {
            let monday = Stretch::around(today, super::calendar::Unit::Week)?.lo;
            let day = plus_days(monday, 7 * n + i64::from(weekday.to_monday_zero_offset()))?;
            (day, Rule::WeekdayShifted)
        }
        Some(Shift { n: 0, .. }) if tense == Tense::Past => (behind()?, Rule::WeekdayBehind),
        Some(Shift { n: 0, .. }) => (ahead()?, Rule::WeekdayAhead),
        Some(Shift { n, .. }) => (nth_weekday(today, weekday, n)?, Rule::WeekdayShifted),
        None if tense == Tense::Future => (ahead()?, Rule::WeekdayAhead),
        None => (behind()?, Rule::WeekdayBehind),
    };
    Some(found)
}

/// A season by the months that meteorologists give it in the north: spring is March to May.
pub(super) fn season(today: Date, name: &str, tense: Tense) -> Option<Stretch> {
    let spans = (-1..=1).filter_map(|n| season_of(today.year().checked_add(n)?, name));
    spans.min_by_key(|span| {
        if span.lo <= today && today <= span.hi {
            return 0;
        }
        let ahead = span.lo > today;
        let days = if ahead { (span.lo - today).get_days() } else { (today - span.hi).get_days() };
        let wrong = match tense {
            Tense::Past => ahead,
            Tense::Future | Tense::Unknown => !ahead,
        };
        days * if wrong { WRONG_SIDE } else { 1 }
    })
}

/// The season that begins in a year.
pub(super) fn season_of(year: i16, name: &str) -> Option<Stretch> {
    let first = match name {
        "spring" => 3,
        "summer" => 6,
        "autumn" => 9,
        "winter" => 12,
        _ => return None,
    };
    let lo = Date::new(year, first, 1).ok()?;
    Stretch::days(lo, plus_months(lo, 2)?.last_of_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn a_day_without_a_year_is_chosen_by_tense_weekday_and_nearness() {
        for (today, d, m, weekday, tense, expect) in [
            ("2025-01-20", 18, 12, None, Tense::Past, "2024-12-18"),
            ("2025-01-20", 18, 12, None, Tense::Future, "2025-12-18"),
            ("2025-01-20", 18, 12, None, Tense::Unknown, "2024-12-18"),
            ("2025-02-12", 27, 8, None, Tense::Unknown, "2025-08-27"),
            ("2013-02-12", 18, 7, Some(Weekday::Friday), Tense::Unknown, "2014-07-18"),
            ("2020-03-22", 29, 2, None, Tense::Unknown, "2020-02-29"),
        ] {
            let got = day_month(day(today), d, m, weekday, tense).expect("a day");
            assert_eq!(got, day(expect), "{today} {d}.{m} {tense:?}");
        }
    }

    #[test]
    fn a_weekday_is_last_this_or_next() {
        let thursday = day("2025-02-27");
        let shift = |n, by_week| Some(Shift { n, by_week, leads: false });
        for (weekday_, shift, tense, expect) in [
            (Weekday::Thursday, None, Tense::Past, "2025-02-27"),
            (Weekday::Friday, None, Tense::Past, "2025-02-21"),
            (Weekday::Friday, None, Tense::Future, "2025-02-28"),
            (Weekday::Thursday, shift(-1, false), Tense::Unknown, "2025-02-20"),
            (Weekday::Thursday, shift(1, false), Tense::Unknown, "2025-03-06"),
            (Weekday::Friday, shift(1, false), Tense::Unknown, "2025-02-28"),
            (Weekday::Friday, shift(1, true), Tense::Unknown, "2025-03-07"),
            (Weekday::Friday, shift(2, false), Tense::Unknown, "2025-03-07"),
        ] {
            let (got, _) = weekday(thursday, weekday_, shift, tense).expect("a day");
            assert_eq!(got, day(expect), "{weekday_:?} {shift:?} {tense:?}");
        }
    }
}
