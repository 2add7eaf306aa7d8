//! Last, this and next: beside one unit, a month, a season or a part of a day, and beside so many units.

use jiff::civil::DateTime;

use crate::desk::dates::Tense;
use crate::desk::dates::amount::AMOUNT;
use crate::desk::dates::bag::{Bag, Fixed};
use crate::desk::dates::calendar::{
    Stretch, Unit, plus_days, plus_months, plus_seconds, plus_working_days,
};
use crate::desk::dates::daytime::DayPart;
use crate::desk::dates::holiday::long_weekend;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::{self, Partial, Shift};
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::Stamp;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;

/// What "last", "this" and "next" may stand beside, and they themselves.
pub(super) const SHIFTED: TagSet =
    AMOUNT.or(TagSet::of(&[Tag::Shift, Tag::Season, Tag::Month, Tag::MonthWeak, Tag::DayPart]));

impl Reader<'_> {
    /// "Last", "this", "next" at a token.
    pub(super) fn shift(&self, at: usize) -> Option<(Shift, usize)> {
        let (value, next) = self.lexis.tag(at, Tag::Shift)?;
        Some((Shift::parse(value)?, next))
    }

    /// Last, this or next unit, month, season or part of a day, in either order; or so many units.
    pub(super) fn shifted(&self, at: usize, bag: &Bag) -> Option<Bag> {
        if !self.lexis.begins(at, SHIFTED)
            || bag.has_date()
            || bag.weekday.is_some() && self.shift(at).is_none() && self.lexis.unit(at).is_none()
        {
            return None;
        }
        let fixed = |(fixed, next): (Fixed, usize)| Bag { fixed: Some(fixed), next, ..*bag };
        let found = self
            .window(at)
            .or_else(|| self.one_unit(at))
            .or_else(|| self.season(at))
            .or_else(|| self.this_unit(at));
        if let Some(found) = found {
            return Some(fixed(found));
        }
        if let Some((shift, next)) = self.shift(at) {
            // "Next 6 April" is the first such day to come.
            if let Some((Partial { year: None, month: Some(month), day: Some(day) }, after)) =
                self.named(next).filter(|_| shift.n != 0)
            {
                let day = resolve::day_beyond(self.today, day, month, shift.n)?;
                return Some(fixed((Fixed::new(Stretch::day(day), Rule::YearChosen), after)));
            }
            // "This may be" is no month.
            if let Some((month, after)) = self.month(next, self.lexis.lower(next)) {
                return self.shifted_month(month, shift).map(|found| fixed((found, after)));
            }
            return self.shifted_part(shift, next, bag);
        }
        if let Some((month, next)) = self.month(at, self.lexis.lower(at))
            && let Some((shift, after)) = self.shift(next).filter(|_| self.lexis.near(next))
            && self.lexis.unit(after).is_none()
        {
            return self.shifted_month(month, shift).map(|found| fixed((found, after)));
        }
        let (_, next) = self.lexis.tag(at, Tag::DayPart)?;
        let (shift, after) = self.shift(next).filter(|_| self.lexis.near(next))?;
        let free =
            self.lexis.unit(after).is_none() && self.lexis.tag(after, Tag::Weekday).is_none();
        let found = self.shifted_part(shift, at, bag).filter(|_| free)?;
        Some(Bag { next: after, ..found })
    }

    /// "Last night", "this morning", "next evening".
    fn shifted_part(&self, shift: Shift, at: usize, bag: &Bag) -> Option<Bag> {
        let (word, next) = self.lexis.tag(at, Tag::DayPart)?;
        let part = DayPart::parse(word)?;
        let day = plus_days(self.today, shift.n.clamp(-1, 1))?;
        let fixed = Fixed::new(Stretch::day(day), Rule::Deictic);
        Some(Bag { fixed: Some(fixed), part: Some(part), next, ..*bag })
    }

    /// "In the week", "for the year": this one. A bare weekend is the latest one in a past tense, else this week's.
    fn this_unit(&self, at: usize) -> Option<(Fixed, usize)> {
        let (unit, 1, false, next) = self.lexis.unit(at)? else { return None };
        if unit < Unit::Weekend {
            return None;
        }
        if unit == Unit::Week && self.lexis.tag(next, Tag::Of).is_some() {
            // "The week of 6 October".
            let (partial, after) =
                self.named(self.lexis.links(next)).filter(|(p, _)| p.day.is_some())?;
            let bag = Bag { partial, next: after, ..Bag::default() };
            let Stamp::Days(day) = self.resolve(&bag)?.stamp else { return None };
            return Some((Fixed::new(Stretch::around(day.lo, Unit::Week)?, Rule::Named), after));
        }
        if let Some(found) = self.weekend_of(unit, next) {
            return Some(found);
        }
        if unit != Unit::Weekend {
            let lexis = self.lexis;
            let numbered = lexis.digits(next).is_some() && lexis.tight(next);
            let begun = lexis.valued(next, Tag::Bound, "starting").is_some();
            let article = at > 1 && lexis.behind(at, Tag::Joint, Some("day"));
            let shown = article && lexis.behind(at - 1, Tag::Joint, None) && lexis.closed(next);
            let found = self.unit_away(unit, 0).filter(|_| shown && !numbered && !begun)?;
            return Some((Fixed::new(found, Rule::Shifted), next));
        }
        let this = self.unit_away(Unit::Weekend, 0)?;
        let past = self.tense == Tense::Past && this.lo > self.today;
        let found = if past { self.unit_away(Unit::Weekend, -1)? } else { this };
        Some((Fixed::new(found, Rule::Shifted), next))
    }

    /// "The weekend of 25 May", "the weekend of Thanksgiving".
    fn weekend_of(&self, unit: Unit, next: usize) -> Option<(Fixed, usize)> {
        (unit == Unit::Weekend && self.lexis.tag(next, Tag::Of).is_some()).then_some(())?;
        let from = self.lexis.links(next);
        let bag = self.bag(from)?;
        let Stamp::Days(day) = self.resolve(&bag)?.stamp else { return None };
        let weekend = match self.lexis.tag(from, Tag::Holiday) {
            Some(_) => long_weekend(day.lo),
            None => Stretch::around(day.lo, Unit::Weekend),
        };
        let weekend = weekend.filter(|_| day.lo == day.hi)?;
        Some((Fixed::new(weekend, Rule::Named), bag.next))
    }

    fn shifted_month(&self, month: i8, shift: Shift) -> Option<Fixed> {
        let tense = match shift.n {
            ..=-1 => Tense::Past,
            0 => self.tense,
            _ => Tense::Future,
        };
        let here = Stretch::around(self.today, Unit::Month)?;
        let mut found = resolve::month(self.today, month, tense)?;
        if shift.n == 0 {
            found = Stretch::month(self.today.year(), month)?;
        } else if found.lo == here.lo || (found.lo < here.lo) != (shift.n < 0) {
            found = Stretch::month(self.today.year() + if shift.n < 0 { -1 } else { 1 }, month)?;
        }
        Some(Fixed::new(found, Rule::Shifted))
    }

    pub(super) fn season(&self, at: usize) -> Option<(Fixed, usize)> {
        let before = self.shift(at);
        let from = before.map_or(at, |(_, next)| next);
        let (name, next) = self.lexis.tag(from, Tag::Season)?;
        // A question mark: a word that is a season only beside a shift or a year.
        let (name, shown) = match name.strip_suffix('?') {
            Some(name) => (name, before.is_some()),
            None => (name, true),
        };
        if let Some((year, after)) =
            self.lexis.year(self.lexis.links(next), false).filter(|_| self.lexis.near(next))
        {
            let found = resolve::season_of(year, name)?;
            let fixed = Fixed { anchor: Anchor::Absolute, ..Fixed::new(found, Rule::Named) };
            return Some((fixed, after));
        }
        if let Some((year, after)) = self.shifted_unit(self.lexis.links(next), Unit::Year) {
            return Some((
                Fixed::new(resolve::season_of(year.lo.year(), name)?, Rule::Shifted),
                after,
            ));
        }
        let behind = self.shift(next).filter(|_| before.is_none() && self.lexis.near(next));
        if !shown && behind.is_none() {
            return None;
        }
        let tense = match before.or(behind).map(|(shift, _)| shift.n) {
            Some(..=-1) => Tense::Past,
            Some(1..) => Tense::Future,
            _ => self.tense,
        };
        let found = resolve::season(self.today, name, tense)?;
        Some((Fixed::new(found, Rule::MonthNearest), behind.map_or(next, |(_, after)| after)))
    }

    /// Last, this or next of one unit: its stretch of the calendar.
    pub(super) fn one_unit(&self, at: usize) -> Option<(Fixed, usize)> {
        let (shift, unit, next) = self.shift_and_unit(at)?;
        if let Some(seconds) = unit.seconds().filter(|_| unit < Unit::Day) {
            let now = self.now?;
            let other = plus_seconds(now, shift.n.clamp(-1, 1) * seconds)?;
            return Some((moments(now.min(other), now.max(other)), next));
        }
        let stretch = self.unit_away(unit, shift.n)?;
        let rule = if unit == Unit::Day { Rule::Deictic } else { Rule::Shifted };
        Some((Fixed::new(stretch, rule), next))
    }

    /// The stretch of a unit so many units from today.
    pub(super) fn unit_away(&self, unit: Unit, n: i64) -> Option<Stretch> {
        let day = match unit {
            Unit::Day => plus_days(self.today, n)?,
            Unit::WorkingDay => plus_working_days(self.today, n)?,
            Unit::Week | Unit::Weekend => plus_days(self.today, n.checked_mul(7)?)?,
            _ => plus_months(self.today.first_of_month(), n.checked_mul(unit.months()?)?)?,
        };
        Stretch::around(day, unit)
    }

    /// A shift and a unit in either order; words that only mean many count no single one.
    fn shift_and_unit(&self, at: usize) -> Option<(Shift, Unit, usize)> {
        let single = |at: usize| {
            self.lexis.unit(at).and_then(|(unit, many, plural, next)| {
                (many == 1 && !plural).then_some((unit, next))
            })
        };
        if let Some((shift, next)) = self.shift(at) {
            let (unit, after) =
                single(self.lexis.skip(next, Tag::Filler)).filter(|_| self.lexis.tight(next))?;
            // "The week after next".
            if shift.n == 0
                && let Some((other, end)) =
                    self.shift(after).filter(|(other, _)| other.n.abs() == 2)
            {
                return Some((other, unit, end));
            }
            return Some((shift, unit, after));
        }
        let (unit, next) = single(at)?;
        let (shift, after) = self.shift(next).filter(|_| self.lexis.tight(next))?;
        // In "3 days last week" the shift belongs to what follows.
        let taken = self.lexis.unit(after).is_some();
        (!taken || shift.n.abs() == 2).then_some((shift, unit, after))
    }

    /// The stretch of one unit of a kind with its shift: "next year".
    pub(super) fn shifted_unit(&self, at: usize, wanted: Unit) -> Option<(Stretch, usize)> {
        let (shift, unit, next) = self.shift_and_unit(at)?;
        (unit == wanted).then_some(())?;
        Some((self.unit_away(unit, shift.n)?, next))
    }
}

pub(super) fn moments(lo: DateTime, hi: DateTime) -> Fixed {
    let fixed = Fixed::new(Stretch::day(lo.date()), Rule::Window);
    Fixed { time: Some((lo, hi)), ..fixed }
}
