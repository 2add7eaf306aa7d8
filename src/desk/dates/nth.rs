//! The so-manieth of a period: the first Tuesday of October, the last week of the year, the 20th of next month.

use jiff::civil::{Date, Weekday};

use crate::desk::dates::bag::{Bag, Fixed};
use crate::desk::dates::calendar::{Grain, Stretch, Unit, plus_days, plus_months};
use crate::desk::dates::daytime::DayPart;
use crate::desk::dates::number::NUMBER;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::dates::weekday::WEEKDAY;
use crate::desk::packs::Tag;

/// What one of a period begins with: its number, or what is counted.
pub(super) const NTH: TagSet = NUMBER.or(WEEKDAY).or(TagSet::of(&[Tag::Final, Tag::Unit]));

impl Reader<'_> {
    /// "The 20th of next month", "15th day of this month".
    pub(super) fn day_of_period(&self, at: usize) -> Option<(Fixed, usize)> {
        let (day, ordinal, next) = self.lexis.day_number(at)?;
        let unit = self.lexis.unit(next).filter(|(unit, ..)| *unit == Unit::Day);
        let next = unit.map_or(next, |(.., after)| after);
        let joined = self.lexis.tag(next, Tag::Of).is_some()
            || self.lexis.unit(next).is_some_and(|(.., after)| self.shift(after).is_some())
            || self.shift(next).is_some_and(|(shift, _)| shift.n == 0 || ordinal);
        let (month, _, after) =
            self.period(next).filter(|(stretch, ..)| stretch.grain == Grain::Month && joined)?;
        // A month by its name is a matter of its own.
        let named = self.named(self.lexis.links(next)).is_some();
        let date = jiff::civil::Date::new(month.lo.year(), month.lo.month(), day)
            .ok()
            .filter(|_| !named)?;
        Some((Fixed::new(Stretch::day(date), Rule::Nth), after))
    }

    /// "The first Tuesday of October", "آخر يوم بشهر عشرة", "the 3rd last week of 2018", "الثلاثاء الأخير من مارس".
    pub(super) fn nth(&self, at: usize, bag: &Bag) -> Option<Bag> {
        if !self.lexis.begins(at, NTH) {
            return None;
        }
        if let Some((fixed, next)) = self.run(at) {
            return Some(Bag { fixed: Some(fixed), next, ..*bag });
        }
        let (n, what, next) = self.nth_head(at)?;
        // "The first Monday evening of next month".
        let part = self.lexis.tag(next, Tag::DayPart).filter(|(_, after)| {
            matches!(what, Kind::Weekday(_)) && self.lexis.tag(*after, Tag::Of).is_some()
        });
        let next = part.map_or(next, |(_, after)| after);
        let part = part.and_then(|(word, _)| DayPart::parse(word)).or(bag.part);
        let joined = self.lexis.links(next);
        let found = self.period(next).filter(|_| self.lexis.near(next));
        let (period, anchor, after) = match (found, what) {
            (Some(found), _) => found,
            (None, Kind::Weekday(_)) if joined == next && n > 0 => {
                (Stretch::around(self.today, Unit::Month)?, Anchor::Publication, next)
            }
            _ => return None,
        };
        let stretch = match what {
            Kind::Weekday(weekday) => Stretch::day(nth_day(period, weekday, n)?),
            Kind::Unit(unit) => nth_unit(period, unit, n)?,
        };
        let inside = stretch.hi >= period.lo && stretch.lo <= period.hi;
        let fixed = Some(Fixed { anchor, ..Fixed::new(stretch, Rule::Nth) });
        inside.then_some(Bag { fixed, part, next: after, ..*bag })
    }

    /// "The first two weeks of March", "последние три дня мая".
    fn run(&self, at: usize) -> Option<(Fixed, usize)> {
        let first = self.lexis.ordinal(at).filter(|(n, _)| *n == 1).map(|(_, next)| (true, next));
        let last = || self.lexis.tag(at, Tag::Final).map(|(_, next)| (false, next));
        let (first, next) = first.or_else(last)?;
        let read = self.lexis.single(next).filter(|_| self.lexis.tight(next))?;
        let joined =
            self.lexis.tag(read.next, Tag::Of).is_some() || self.month(read.next, true).is_some();
        let (period, anchor, after) = self.period(read.next).filter(|_| joined)?;
        let (amount, day) = (read.amount, !read.amount.is_fine());
        let (lo, hi) = if first {
            (period.lo, plus_days(amount.day_away(period.lo, 1)?, -1)?)
        } else {
            (plus_days(amount.day_away(period.hi, -1)?, 1)?, period.hi)
        };
        let inside = day && lo >= period.lo && hi <= period.hi;
        let stretch = Stretch::days(lo, hi).filter(|_| inside)?;
        Some((Fixed { anchor, vague: amount.vague, ..Fixed::new(stretch, Rule::Nth) }, after))
    }

    /// Which one of what: a negative number counts from the end.
    fn nth_head(&self, at: usize) -> Option<(i64, Kind, usize)> {
        let ordinal = self.lexis.ordinal(at);
        let counted = match (ordinal, self.lexis.tag(at, Tag::Final)) {
            (Some((n, next)), _) => match self.lexis.tag(next, Tag::Final) {
                Some((_, after)) => Some((-n, after)),
                None => Some((n, next)),
            },
            (None, Some((_, next))) => Some((-1, next)),
            (None, None) => None,
        };
        if let Some((n, next)) = counted {
            let (what, after) = self.kind(next, true).filter(|_| self.lexis.tight(next))?;
            return Some((n, what, after));
        }
        // The number behind: الثلاثاء الأول.
        let (what, next) = self.kind(at, false)?;
        if let Some((_, after)) = self.lexis.tag(next, Tag::Final) {
            return Some((-1, what, after));
        }
        let (n, after) =
            self.lexis.ordinal(next).filter(|(n, _)| *n <= 5 || matches!(what, Kind::Unit(_)))?;
        self.lexis.tight(next).then_some((n, what, after))
    }

    fn kind(&self, at: usize, shown: bool) -> Option<(Kind, usize)> {
        if let Some((unit, 1, false, next)) = self.lexis.unit(at) {
            // "The first Friday" may be said with the word for day before it.
            if unit == Unit::Day
                && let Some((weekday, after)) = self.weekday(next, true)
            {
                return Some((Kind::Weekday(weekday), after));
            }
            let known = matches!(
                unit,
                Unit::Day | Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Half
            );
            return known.then_some((Kind::Unit(unit), next));
        }
        let (weekday, next) = self.weekday(at, shown)?;
        Some((Kind::Weekday(weekday), next))
    }
}

/// What is counted within a period.
#[derive(Clone, Copy)]
enum Kind {
    Weekday(Weekday),
    Unit(Unit),
}

fn nth_day(period: Stretch, weekday: Weekday, n: i64) -> Option<Date> {
    if n > 0 {
        let ahead = i64::from(period.lo.weekday().until(weekday));
        plus_days(period.lo, ahead + 7 * (n - 1))
    } else {
        let behind = i64::from(period.hi.weekday().since(weekday));
        plus_days(period.hi, -behind + 7 * (n + 1))
    }
}

fn nth_unit(period: Stretch, unit: Unit, n: i64) -> Option<Stretch> {
    match unit {
        Unit::Day if n > 0 => Some(Stretch::day(plus_days(period.lo, n - 1)?)),
        Unit::Day => Some(Stretch::day(plus_days(period.hi, n + 1)?)),
        // A week belongs to the period that holds its Thursday, as in ISO 8601.
        Unit::Week => Stretch::around(nth_day(period, Weekday::Thursday, n)?, Unit::Week),
        // Half a month is its first fifteen days, or the rest.
        Unit::Half if period.grain == Grain::Month && n.abs() <= 2 => {
            let middle = plus_days(period.lo, 14)?;
            let first = n == 1 || n == -2;
            let (lo, hi) =
                if first { (period.lo, middle) } else { (plus_days(middle, 1)?, period.hi) };
            Stretch::days(lo, hi)
        }
        Unit::Weekend => Stretch::around(nth_day(period, Weekday::Saturday, n)?, Unit::Weekend),
        _ => {
            let months = unit.months()?;
            let day = if n > 0 {
                plus_months(period.lo, months * (n - 1))?
            } else {
                plus_months(period.hi.first_of_month(), months * (n + 1))?
            };
            Stretch::around(day, unit)
        }
    }
}
