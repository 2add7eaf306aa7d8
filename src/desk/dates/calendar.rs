//! The calendar: stretches of it, and arithmetic on them. All functions are total; what lies outside the calendar gives
//! `None`.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};

use crate::desk::model::DateSpan;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    WorkingDay,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Reads a value of the packs: the unit, how many of it the word alone means, and whether it only means many.
    pub(super) fn parse(value: &str) -> Option<(Self, i64, bool)> {
        let (name, many) = match value.split_once('*') {
            Some((name, many)) => (name, many.parse().ok()?),
            None => (value, 1),
        };
        let (name, plural) = name.strip_suffix('s').map_or((name, false), |name| (name, true));
        let unit = match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "working-day" => Unit::WorkingDay,
            "weekend" => Unit::Weekend,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "half" => Unit::Half,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        };
        Some((unit, many, plural))
    }

    /// Months in the unit, for units that months make up.
    pub(super) fn months(self) -> Option<i64> {
        match self {
            Unit::Month => Some(1),
            Unit::Quarter => Some(3),
            Unit::Half => Some(6),
            Unit::Year => Some(12),
            Unit::Decade => Some(120),
            Unit::Century => Some(1200),
            _ => None,
        }
    }

    /// Seconds in the unit, for units of a fixed length.
    pub(super) fn seconds(self) -> Option<i64> {
        match self {
            Unit::Second => Some(1),
            Unit::Minute => Some(60),
            Unit::Hour => Some(3_600),
            Unit::Day | Unit::WorkingDay => Some(86_400),
            Unit::Week => Some(7 * 86_400),
            _ => None,
        }
    }
}

/// How finely a stretch is named: it tells how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// Days: one, or from one to another.
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    /// Anything longer, or with ends of its own.
    Stretch,
}

/// A stretch of days, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) lo: Date,
    pub(super) hi: Date,
    pub(super) grain: Grain,
}

impl Stretch {
    pub(super) fn day(day: Date) -> Self {
        Self { lo: day, hi: day, grain: Grain::Day }
    }

    pub(super) fn days(lo: Date, hi: Date) -> Option<Self> {
        (lo <= hi).then_some(Self { lo, hi, grain: Grain::Stretch })
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        let lo = Date::new(year, month, 1).ok()?;
        Some(Self { lo, hi: lo.last_of_month(), grain: Grain::Month })
    }

    pub(super) fn year(year: i16) -> Option<Self> {
        let lo = Date::new(year, 1, 1).ok()?;
        Some(Self { lo, hi: lo.last_of_year(), grain: Grain::Year })
    }

    /// An ISO week.
    pub(super) fn week(year: i16, week: i8) -> Option<Self> {
        Self::around(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date(), Unit::Week)
    }

    /// The `n`th quarter or half of a year.
    pub(super) fn part_of_year(year: i16, unit: Unit, n: i64) -> Option<Self> {
        let months = unit.months().filter(|months| *months < 12)?;
        let first = (n - 1).checked_mul(months).filter(|first| (0..12).contains(first))? + 1;
        Self::around(Date::new(year, i8::try_from(first).ok()?, 1).ok()?, unit)
    }

    /// The years of a decade or century that begins with a year.
    pub(super) fn years(first: i16, count: i16) -> Option<Self> {
        let last = first.checked_add(count - 1)?;
        Self::days(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?)
    }

    /// The unit that holds a day.
    pub(super) fn around(day: Date, unit: Unit) -> Option<Self> {
        let monday = || plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()));
        let (lo, hi, grain) = match unit {
            Unit::Day | Unit::WorkingDay => (day, day, Grain::Day),
            Unit::Week => (monday()?, plus_days(monday()?, 6)?, Grain::Week),
            Unit::Weekend => (plus_days(monday()?, 5)?, plus_days(monday()?, 6)?, Grain::Weekend),
            Unit::Month => return Self::month(day.year(), day.month()),
            Unit::Quarter | Unit::Half => {
                let months = if unit == Unit::Half { 6 } else { 3 };
                let first = (day.month() - 1) / months * months + 1;
                let lo = Date::new(day.year(), first, 1).ok()?;
                let grain = if unit == Unit::Half { Grain::Half } else { Grain::Quarter };
                (lo, plus_months(lo, i64::from(months) - 1)?.last_of_month(), grain)
            }
            Unit::Year => return Self::year(day.year()),
            Unit::Decade => return Self::years(day.year() / 10 * 10, 10),
            Unit::Century => return Self::years(day.year() / 100 * 100, 100),
            Unit::Second | Unit::Minute | Unit::Hour => return None,
        };
        Some(Self { lo, hi, grain })
    }

    pub(super) fn span(self) -> DateSpan {
        DateSpan { lo: self.lo, hi: self.hi }
    }

    /// The start, middle or end of the stretch. Thirds of a month; of a year its first three, middle four and last
    /// four months, since "the end of the year" begins in autumn; of a week three days.
    pub(super) fn third(self, part: &str) -> Option<Self> {
        let (lo, hi) = (self.lo, self.hi);
        let on = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok();
        let year = lo.year();
        match (self.grain, part) {
            (Grain::Month, "start") => Self::days(lo, plus_days(lo, 9)?),
            (Grain::Month, "mid") => Self::days(plus_days(lo, 10)?, plus_days(lo, 19)?),
            (Grain::Month, "end") => Self::days(plus_days(lo, 20)?, hi),
            (Grain::Year, "start") => Self::days(lo, on(year, 3, 31)?),
            (Grain::Year, "mid") => Self::days(on(year, 5, 1)?, on(year, 8, 31)?),
            (Grain::Year, "end") => Self::days(on(year, 9, 1)?, hi),
            (Grain::Week, "start") => Self::days(lo, plus_days(lo, 2)?),
            (Grain::Week, "mid") => Self::days(plus_days(lo, 1)?, plus_days(lo, 4)?),
            (Grain::Week, "end") => Self::days(plus_days(lo, 4)?, hi),
            (Grain::Day | Grain::Weekend, _) => None,
            _ if hi.year() - lo.year() >= 2
                && lo == lo.first_of_year()
                && hi == hi.last_of_year() =>
            {
                let third = (hi.year() - lo.year() + 1) / 3;
                let years = |from: i16, to: i16| Self::days(on(from, 1, 1)?, on(to, 12, 31)?);
                match part {
                    "start" => years(lo.year(), lo.year() + third - 1),
                    "mid" => years(lo.year() + third, hi.year() - third),
                    _ => years(hi.year() - third + 1, hi.year()),
                }
            }
            _ => {
                let days = i64::from((hi - lo).get_days() + 1);
                let third = days / 3;
                match part {
                    "start" => Self::days(lo, plus_days(lo, third - 1)?),
                    "mid" => Self::days(plus_days(lo, third)?, plus_days(hi, -third)?),
                    "end" => Self::days(plus_days(hi, 1 - third)?, hi),
                    _ => None,
                }
            }
        }
    }
}

pub(super) fn plus_days(day: Date, days: i64) -> Option<Date> {
    // A million days is more than any calendar of news; it keeps the arithmetic within its bounds.
    (days.abs() < 1_000_000).then(|| day.checked_add(days.days()).ok()).flatten()
}

pub(super) fn plus_months(day: Date, months: i64) -> Option<Date> {
    (months.abs() < 100_000).then(|| day.checked_add(months.months()).ok()).flatten()
}

pub(super) fn plus_seconds(at: DateTime, seconds: i64) -> Option<DateTime> {
    (seconds.abs() < 100_000_000_000).then(|| at.checked_add(seconds.seconds()).ok()).flatten()
}

/// Days from Monday to Friday.
pub(super) fn plus_working_days(day: Date, days: i64) -> Option<Date> {
    let (mut at, mut left) = (day, days.abs());
    // A year of working days is more than anybody counts.
    if left > 366 {
        return None;
    }
    while left > 0 {
        at = plus_days(at, days.signum())?;
        if at.weekday().to_monday_zero_offset() < 5 {
            left -= 1;
        }
    }
    Some(at)
}

/// The nearest such weekday strictly after (`n` > 0) or before a day; `n` counts them.
pub(super) fn nth_weekday(from: Date, weekday: Weekday, n: i64) -> Option<Date> {
    let days = if n >= 0 {
        let ahead = i64::from(from.weekday().until(weekday));
        if ahead == 0 { 7 * n } else { ahead + 7 * (n - 1) }
    } else {
        let behind = i64::from(from.weekday().since(weekday));
        if behind == 0 { 7 * n } else { -behind + 7 * (n + 1) }
    };
    plus_days(from, days)
}

pub(super) fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn a_unit_around_a_day_is_its_stretch_of_the_calendar() {
        for (unit, lo, hi) in [
            (Unit::Week, "2025-02-24", "2025-03-02"),
            (Unit::Weekend, "2025-03-01", "2025-03-02"),
            (Unit::Month, "2025-02-01", "2025-02-28"),
            (Unit::Quarter, "2025-01-01", "2025-03-31"),
            (Unit::Half, "2025-01-01", "2025-06-30"),
            (Unit::Decade, "2020-01-01", "2029-12-31"),
        ] {
            let found = Stretch::around(day("2025-02-26"), unit).expect("a stretch");
            assert_eq!((found.lo, found.hi), (day(lo), day(hi)), "{unit:?}");
        }
    }

    #[test]
    fn arithmetic_outside_the_calendar_is_refused() {
        assert_eq!(plus_days(day("9999-12-31"), 1), None);
        assert_eq!(plus_days(day("2025-02-26"), i64::MAX), None);
        assert_eq!(plus_months(day("2025-02-26"), i64::MIN + 1), None);
        assert_eq!(Stretch::years(9999, 10), None);
        assert_eq!(plus_working_days(day("2025-02-28"), 1), Some(day("2025-03-03")));
    }
}
