//! Periods by number and name: Q3 2019, week 31, the 1990s, the 15th century; and what others are counted in.

use crate::desk::dates::bag::{Bag, Fixed};
use crate::desk::dates::calendar::{Stretch, Unit};
use crate::desk::dates::number::{NUMBER, YEAR};
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::Stamp;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;

/// What a numbered period begins with.
pub(super) const NUMBERED: TagSet =
    NUMBER.or(YEAR).or(TagSet::of(&[Tag::Decade, Tag::Unit, Tag::Shift, Tag::Period]));

impl Reader<'_> {
    /// Quarters, halves, weeks, decades and centuries by their number.
    pub(super) fn numbered(&self, at: usize) -> Option<(Fixed, usize)> {
        let named = |stretch: Option<Stretch>, next: usize| {
            let fixed = Fixed::new(stretch?, Rule::Named);
            Some((Fixed { anchor: Anchor::Absolute, ..fixed }, next))
        };
        if !self.lexis.begins(at, NUMBERED) || self.lexis.continued(at) {
            return None;
        }
        if let Some((first, next)) = self.decade(at) {
            return named(Stretch::years(first, 10), next);
        }
        if let Some((n, next)) = self.lexis.ordinal(at)
            && let Some((Unit::Century, 1, false, after)) = self.lexis.unit(next)
        {
            let first = i16::try_from((n - 1).checked_mul(100)?).ok()?;
            return named(Stretch::years(first, 100), after);
        }
        if let Some((Unit::Century, 1, false, next)) = self.lexis.unit(at)
            && let Some((n, after)) = self.lexis.ordinal(next).filter(|_| self.lexis.tight(next))
        {
            let first = i16::try_from((n - 1).checked_mul(100)?).ok()?;
            return named(Stretch::years(first, 100), after);
        }
        // "2019-Q1", "2019 the third quarter".
        if self.lexis.width(at) == 4
            && let Some((year, next)) = self.lexis.year(at, false)
            && let Some((unit, n, after)) = self.period_number(self.lexis.skip(next, Tag::Joint))
            && self.lexis.near(next)
        {
            return named(of_year(year, unit, n), after);
        }
        // "Next year's third quarter".
        if let Some((year, next)) = self.shifted_unit(at, Unit::Year)
            && let from = self.lexis.tag(next, Tag::DecadeEnd).map_or(next, |(_, after)| after)
            && self.lexis.near(next)
            && let Some((unit, n, after)) = self.period_number(from)
        {
            let fixed = Fixed::new(of_year(year.lo.year(), unit, n)?, Rule::Shifted);
            return Some((fixed, after));
        }
        // "18q4".
        if self.lexis.width(at) == 2
            && self.lexis.gap(at).is_empty()
            && let Some((unit, n, after)) = self.period_number(at + 1)
            && let Some((year, _)) = self.lexis.year(at, true)
        {
            return named(of_year(year, unit, n), after);
        }
        let (unit, n, next) = self.period_number(at)?;
        if let Some((year, after)) = self.year_of(next) {
            return named(of_year(year, unit, n), after);
        }
        // Without a year a half of one is too open.
        (unit != Unit::Half).then_some(())?;
        let stretch = of_year(self.today.year(), unit, n)?;
        Some((Fixed::new(stretch, Rule::MonthNearest), next))
    }

    /// The year behind a period: "of 2019", "2019", "next year".
    fn year_of(&self, next: usize) -> Option<(i16, usize)> {
        let from = self.lexis.links(next);
        if !self.lexis.near(next) {
            return None;
        }
        for from in [next, from] {
            if let Some(found) = self.lexis.year(from, false) {
                return Some(found);
            }
            if let Some((stretch, after)) = self.shifted_unit(from, Unit::Year) {
                return Some((stretch.lo.year(), after));
            }
        }
        None
    }

    /// "Q3", "third quarter", "quarter 3", "week 31".
    fn period_number(&self, at: usize) -> Option<(Unit, i64, usize)> {
        if let Some((word, next)) = self.lexis.tag(at, Tag::Period)
            && let Some((unit, ..)) = Unit::parse(word)
            && let Some(n) = self.lexis.digits(next).filter(|_| self.lexis.gap(next - 1).len() <= 1)
        {
            return Some((unit, n, next + 1));
        }
        if let Some((n, next)) = self.lexis.ordinal(at)
            && let Some((unit @ (Unit::Quarter | Unit::Half), 1, false, after)) =
                self.lexis.unit(next)
        {
            return Some((unit, n, after));
        }
        let (unit @ (Unit::Quarter | Unit::Half | Unit::Week), 1, false, next) =
            self.lexis.unit(at)?
        else {
            return None;
        };
        if !self.lexis.tight(next) {
            return None;
        }
        if unit != Unit::Week
            && let Some((n, after)) = self.lexis.ordinal(next)
        {
            return Some((unit, n, after));
        }
        let n = self.lexis.digits(next).filter(|_| !self.lexis.continued(next))?;
        (self.lexis.tag(next + 1, Tag::Unit).is_none()).then_some((unit, n, next + 1))
    }

    /// "The 1990s", "90-е годы", "the seventies".
    fn decade(&self, at: usize) -> Option<(i16, usize)> {
        let full = |n: i64| i16::try_from(if n < 100 { 1900 + n } else { n }).ok();
        if let Some((n, next)) = self.lexis.count(at, Tag::Decade) {
            return Some((full(n)?, next));
        }
        let n = self
            .lexis
            .digits(at)
            .filter(|n| n % 10 == 0 && (*n >= 1000 || (20..100).contains(n)))?;
        let (_, next) = self.lexis.tag(at + 1, Tag::DecadeEnd)?;
        if !matches!(self.lexis.gap(at), "" | "-" | "'" | "’" | "‑") {
            return None;
        }
        let unit = self.lexis.unit(next).filter(|(unit, ..)| *unit == Unit::Year);
        Some((full(n)?, unit.map_or(next, |(.., after)| after)))
    }

    /// A period that others are counted in: a month, a year, last month, this week, the month.
    pub(super) fn period(&self, at: usize) -> Option<(Stretch, Anchor, usize)> {
        let of = self.lexis.skip(at, Tag::Of);
        for from in [at, of, self.lexis.links(at)] {
            if let Some(found) = self.period_at(from) {
                return Some(found);
            }
        }
        None
    }

    fn period_at(&self, at: usize) -> Option<(Stretch, Anchor, usize)> {
        if let Some((fixed, next)) = self.one_unit(at).filter(|(fixed, _)| fixed.time.is_none()) {
            return Some((fixed.stretch, Anchor::Publication, next));
        }
        let dated = self.named(at).filter(|(partial, _)| partial.day.is_none());
        if let Some((partial, next)) = dated {
            let bag = Bag { partial, next, ..Bag::default() };
            let found = self.resolve(&bag)?;
            let Stamp::Days(stretch) = found.stamp else { return None };
            return Some((stretch, found.anchor, next));
        }
        if let Some((fixed, next)) = self.numbered(at).or_else(|| self.season(at)) {
            return Some((fixed.stretch, fixed.anchor, next));
        }
        let (unit, many, plural, next) = self.lexis.unit(at)?;
        let known = matches!(
            unit,
            Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade
        );
        (many == 1 && !plural && known).then_some(())?;
        Some((Stretch::around(self.today, unit)?, Anchor::Publication, next))
    }
}

/// A period of a year by its number.
fn of_year(year: i16, unit: Unit, n: i64) -> Option<Stretch> {
    match unit {
        Unit::Week => Stretch::week(year, i8::try_from(n).ok()?),
        Unit::Month => Stretch::month(year, i8::try_from(n).ok()?),
        _ => Stretch::part_of_year(year, unit, n),
    }
}
