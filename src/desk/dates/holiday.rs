//! Days of the year by a name of their own: "Christmas Eve", "on Victory Day", "عيد العمال", "last Easter". Which day a
//! name means is data; here stand the three rules by which the world's civil calendars set such days.

use jiff::civil::{Date, Weekday};

use crate::desk::dates::bag::Fixed;
use crate::desk::dates::calendar::{Stretch, Unit, nth_weekday, plus_days};
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::{self, Shift};
use crate::desk::dates::set::TagSet;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;

/// What a day with a name begins with.
pub(super) const HOLIDAY: TagSet = TagSet::of(&[Tag::Shift, Tag::Holiday]);

/// What shows that the word behind it is a day.
const LINKS: TagSet =
    TagSet::of(&[Tag::Joint, Tag::Of, Tag::Bound, Tag::Between, Tag::To, Tag::From, Tag::In]);

impl Reader<'_> {
    /// A day by its name, with the year behind it or "last" and "next" before it. A name is also a word like any other
    /// ("a Christmas market"), so it counts only where the sentence uses it as a day.
    pub(super) fn holiday(&self, at: usize) -> Option<(Fixed, usize)> {
        let lexis = self.lexis;
        if !lexis.begins(at, HOLIDAY) {
            return None;
        }
        let before = self.shift(at);
        let from = before.map_or(at, |(_, next)| next);
        let (name, next) = lexis.tag(from, Tag::Holiday).filter(|_| lexis.tight(from))?;
        // "Easter weekend": the weekend beside the day. The year may stand on either side of the word.
        let (year, after) = self.year_behind(next, false);
        let weekend = self.weekend(after);
        let after = weekend.unwrap_or(after);
        let (year, after) = match year {
            None if weekend.is_some() => self.year_behind(after, false),
            _ => (year, after),
        };
        let shown = year.is_some() || before.is_some() || weekend.is_some();
        (shown || lexis.behind_any(at, LINKS) || lexis.closed(next)).then_some(())?;
        let day = match year {
            Some(year) => day_of(name, year)?,
            None => self.holiday_day(name, before.map(|(shift, _)| shift))?,
        };
        let stretch = if weekend.is_some() { long_weekend(day)? } else { Stretch::day(day) };
        let named = Fixed { anchor: Anchor::Absolute, ..Fixed::new(stretch, Rule::Named) };
        let chosen = Fixed::new(stretch, Rule::YearChosen);
        Some((if year.is_some() { named } else { chosen }, after))
    }

    /// The token behind a weekend.
    fn weekend(&self, at: usize) -> Option<usize> {
        let (unit, .., next) = self.lexis.unit(at).filter(|_| self.lexis.tight(at))?;
        (unit == Unit::Weekend).then_some(next)
    }

    fn holiday_day(&self, name: &str, shift: Option<Shift>) -> Option<Date> {
        let today = self.today;
        let years = (-1..=1).filter_map(|n| day_of(name, today.year().checked_add(n)?));
        match shift.map(|shift| shift.n) {
            Some(0) => day_of(name, today.year()),
            Some(..=-1) => years.filter(|day| *day < today).max(),
            Some(1..) => years.filter(|day| *day > today).min(),
            None => resolve::nearest(today, years, self.tense),
        }
    }
}

/// The weekend next to a day off, with the days that join them: the Monday behind it, the Thursday or Friday before.
pub(super) fn long_weekend(day: Date) -> Option<Stretch> {
    let behind = matches!(day.weekday(), Weekday::Monday | Weekday::Tuesday);
    let weekend = Stretch::around(if behind { plus_days(day, -7)? } else { day }, Unit::Weekend)?;
    match day.weekday() {
        Weekday::Monday => Stretch::days(weekend.lo, day),
        Weekday::Thursday | Weekday::Friday => Stretch::days(day, weekend.hi),
        _ => Some(weekend),
    }
}

/// The day of a year by the rule that a pack gives: `12-25`, a month and day; `11/4/4`, a month, a weekday (1 is
/// Monday) and which one of the month it is, from the end if negative; `easter` and `orthodox-easter`. Days after or
/// before may follow: `easter+1`, `11/4/4+1`.
fn day_of(rule: &str, year: i16) -> Option<Date> {
    if let Some((month, day)) = rule.split_once('-')
        && let (Ok(month), Ok(day)) = (month.parse(), day.parse())
    {
        return Date::new(year, month, day).ok();
    }
    let (base, days) = offset(rule);
    let day = match base {
        "easter" => easter(year)?,
        "orthodox-easter" => orthodox_easter(year)?,
        _ => {
            let mut parts = base.split('/');
            let mut part = || parts.next()?.parse::<i8>().ok();
            let (month, weekday, n) = (part()?, part()?, part()?);
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            let first = Date::new(year, month, 1).ok()?;
            let edge =
                if n > 0 { plus_days(first, -1)? } else { plus_days(first.last_of_month(), 1)? };
            nth_weekday(edge, weekday, i64::from(n))?
        }
    };
    plus_days(day, days)
}

/// A rule without the days that follow it.
fn offset(rule: &str) -> (&str, i64) {
    for (at, sign) in rule.char_indices().filter(|(_, c)| matches!(c, '+' | '-')) {
        if let Ok(days) = rule[at + 1..].parse::<i64>() {
            let base = &rule[..at];
            // In `5/1/-1` the sign belongs to the number.
            if !base.ends_with('/') {
                return (base, if sign == '-' { -days } else { days });
            }
        }
    }
    (rule, 0)
}

/// Easter by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y / 100, y % 100);
    let f = (b + 8) / 25;
    let h = (19 * a + b - b / 4 - (b - f + 1) / 3 + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter by the Julian computus, on the Gregorian calendar: the calendars lie `century - century / 4 - 2` days apart
/// (Meeus, chapter 8).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * y.rem_euclid(19) + 15).rem_euclid(30);
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34).rem_euclid(7);
    let n = d + e + 114;
    let julian =
        Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    let century = i64::from(year) / 100;
    plus_days(julian, century - century / 4 - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_set_by_date_by_weekday_and_by_easter() {
        for (rule, year, expect) in [
            ("12-25", 2024, "2024-12-25"),
            ("11/4/4", 2023, "2023-11-23"),
            ("11/4/4+1", 2010, "2010-11-26"),
            ("5/1/-1", 2025, "2025-05-26"),
            ("easter", 2019, "2019-04-21"),
            ("easter-2", 2025, "2025-04-18"),
            ("orthodox-easter", 2024, "2024-05-05"),
            ("orthodox-easter", 2025, "2025-04-20"),
        ] {
            let got = day_of(rule, year).map(|day| day.to_string());
            assert_eq!(got.as_deref(), Some(expect), "{rule} {year}");
        }
        for rule in ["", "-", "+", "13-45", "5/1", "5/9/1", "easter+", "/", "5/1/0"] {
            let _ = day_of(rule, 2025);
        }
    }
}
