//! So many units up to or from publication: "the last two weeks", "الأيام الثلاثة المقبلة", "следующие 3 дня".

use crate::desk::dates::amount::Amount;
use crate::desk::dates::bag::Fixed;
use crate::desk::dates::calendar::{Stretch, Unit, plus_days, plus_seconds, plus_working_days};
use crate::desk::dates::number::Ratio;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::Shift;
use crate::desk::dates::shift::moments;
use crate::desk::dates::stamp::Stamp;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;
use jiff::civil::{Date, DateTime, Time};

impl Reader<'_> {
    /// "The last two weeks", "الأيام الثلاثة الماضية", "следующие 3 дня", "3 next weeks".
    pub(super) fn window(&self, at: usize) -> Option<(Fixed, usize)> {
        let (shift, amount, unit, next) = self.shifted_amount(at)?;
        let sign = if shift.n < 0 { -1 } else { 1 };
        let (vague, alone) = (amount.vague, self.alone(at, next));
        let found = self.stretch_of(sign, amount, unit, alone)?;
        let last = || Stretch::around(amount.day_away(self.today, sign)?, unit);
        let written = if shift.leads && alone { last().map(Stamp::Days) } else { None };
        Some((Fixed { vague, written, ..found }, next))
    }

    fn shifted_amount(&self, at: usize) -> Option<(Shift, Amount, Unit, usize)> {
        if let Some((shift, next)) = self.shift(at).filter(|(shift, _)| shift.n != 0) {
            let read = self
                .lexis
                .amount(self.lexis.skip(next, Tag::Filler))
                .filter(|_| self.lexis.tight(next))?;
            // In "the last 3 months, and 2 days ago" the second count is one of its own.
            let ago = self.lexis.valued(read.next, Tag::Ago, "after").is_some();
            let read =
                if ago { self.lexis.single(self.lexis.skip(next, Tag::Filler))? } else { read };
            return Some((shift, read.amount, read.unit, read.next));
        }
        // A number, the shift, and the unit: "3 next weeks".
        if let Some((n, next)) = self.lexis.cardinal(at)
            && let Some((shift, after)) = self.shift(next).filter(|(shift, _)| shift.n != 0)
            && let Some((unit, many, plural, end)) = self.lexis.unit(after)
            && !self.lexis.continued(at)
        {
            // "Killed 13 last month" counts no months.
            let opened = at == 0 || self.lexis.behind(at, Tag::Joint, None);
            (plural || opened || self.lexis.tag(at - 1, Tag::Within).is_some()).then_some(())?;
            return Some((shift, Amount::of(Ratio::whole(n * many), unit)?, unit, end));
        }
        // An amount, or a unit and its number, and the shift behind.
        let (amount, unit, next) = match self.lexis.amount(at) {
            Some(read) => (read.amount, read.unit, read.next),
            None => {
                let (unit, _, _, next) = self.lexis.unit(at)?;
                let few = self.lexis.count(next, Tag::Few);
                let (n, after) = few.or_else(|| self.lexis.cardinal(next))?;
                let mut amount = Amount::of(Ratio::whole(n), unit)?;
                amount.vague = few.is_some();
                (amount, unit, after)
            }
        };
        let (shift, after) = self.shift(next).filter(|(shift, _)| shift.n != 0)?;
        // "20 minutes past three" is a time of day.
        if self.lexis.tag(next, Tag::Past).is_some() {
            return None;
        }
        let taken =
            self.lexis.unit(after).is_some() || self.lexis.tag(after, Tag::Weekday).is_some();
        (!taken && self.lexis.tight(next)).then_some((shift, amount, unit, after))
    }

    /// The point that a count leads to: days keep the hour of publication, years its month.
    pub(super) fn point(&self, amount: Amount, day: Date) -> Option<Stamp> {
        let plain = Amount { vague: amount.vague, ..Amount::default() };
        if amount == (Amount { days: amount.days, ..plain }) {
            let now = self.now.filter(|now| now.time() != Time::midnight() && !amount.vague)?;
            let at = day.at(now.hour(), 0, 0, 0);
            return Some(Stamp::Time(at, at));
        }
        let years =
            amount == (Amount { months: amount.months, ..plain }) && amount.months % 12 == 0;
        Stretch::around(day, Unit::Month).filter(|_| years).map(Stamp::Days)
    }

    /// A stretch of an amount that ends before today or begins after it. Weeks, quarters and decades are those of the
    /// calendar; days, months and years are counted from today.
    /// What is all that is said counts whole hours, months and years.
    fn stretch_of(&self, sign: i64, amount: Amount, unit: Unit, alone: bool) -> Option<Fixed> {
        if amount.is_fine() {
            let now = self.now?;
            if alone && let Some((lo, hi)) = whole_units(now, sign, amount, unit) {
                return Some(moments(lo, hi));
            }
            let other = amount.time_away(now, sign)?;
            return Some(moments(now.min(other), now.max(other)));
        }
        let count = match unit {
            Unit::Week
                if amount
                    == (Amount {
                        weeks: amount.weeks,
                        vague: amount.vague,
                        ..Amount::default()
                    }) =>
            {
                amount.weeks
            }
            Unit::Quarter | Unit::Decade => amount.months / unit.months()?,
            Unit::Month | Unit::Year if alone && is_months(amount, unit) => {
                amount.months / unit.months()?
            }
            _ => 0,
        };
        let (lo, hi) = if count > 0 {
            let (near, far) = (self.unit_away(unit, sign)?, self.unit_away(unit, sign * count)?);
            (near.lo.min(far.lo), near.hi.max(far.hi))
        } else {
            let far = amount.day_away(self.today, sign)?;
            let near = if amount.working_days > 0 {
                plus_working_days(self.today, sign)?
            } else {
                plus_days(self.today, sign)?
            };
            (near.min(far), near.max(far))
        };
        let anchor = Anchor::Publication;
        Some(Fixed { anchor, ..Fixed::new(Stretch::days(lo, hi)?, Rule::Window) })
    }
}

/// Whether an amount is some of a unit that months make up, and nothing more.
fn is_months(amount: Amount, unit: Unit) -> bool {
    let plain = Amount { months: amount.months, vague: amount.vague, ..Amount::default() };
    amount == plain && unit.months().is_some_and(|many| amount.months % many == 0)
}

/// So many whole hours, minutes or seconds before the one of publication, or behind it.
fn whole_units(
    now: DateTime,
    sign: i64,
    amount: Amount,
    unit: Unit,
) -> Option<(DateTime, DateTime)> {
    let one = unit.seconds().filter(|one| unit < Unit::Day && amount.seconds % one == 0)?;
    let into = i64::from(now.minute()) * 60 + i64::from(now.second());
    let begun = plus_seconds(now, -(into % one))?;
    if sign < 0 {
        return Some((amount.time_away(begun, -1)?, begun));
    }
    let lo = plus_seconds(begun, one)?;
    Some((lo, amount.time_away(lo, 1)?))
}
