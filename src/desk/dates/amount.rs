//! Amounts of time: a number, a unit, fractions, and more of the same: "two weeks and three days", "six and a half
//! hours", "ساعة ونصف", "полтора часа".

use std::fmt;

use crate::desk::dates::calendar::{self, Unit};
use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::number::{CARDINAL, Ratio};
use crate::desk::dates::set::TagSet;
use crate::desk::packs::Tag;
use jiff::civil::{Date, DateTime};

/// A length of time. Months have no fixed length, so they are kept apart from what has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) months: i64,
    pub(super) weeks: i64,
    pub(super) days: i64,
    pub(super) working_days: i64,
    pub(super) seconds: i64,
    /// Whether the count is one of "a few".
    pub(super) vague: bool,
}

/// What an amount begins with.
pub(super) const AMOUNT: TagSet = CARDINAL.or(TagSet::of(&[Tag::Few, Tag::Fraction, Tag::Unit]));

/// Longest amount: 10,000 years.
const MONTHS_MAX: i64 = 120_000;

impl Amount {
    /// `None` for a fraction that does not come out in whole seconds, or an amount beyond all measure.
    pub(super) fn of(count: Ratio, unit: Unit) -> Option<Self> {
        let mut out = Self::default();
        let (n, d) = (count.n, count.d);
        if let Some(months) = unit.months() {
            let months = months.checked_mul(n)?;
            out.months = months / d;
            // A fraction of a month has no length of its own: thirty days make a month, and then the whole is days.
            if months % d != 0 {
                out = Self { days: months.checked_mul(30)? / d, ..Self::default() };
            }
        } else if unit == Unit::Weekend {
            out.days = (2 * n) / d;
        } else if n % d == 0 {
            match unit {
                Unit::Week => out.weeks = n / d,
                Unit::Day => out.days = n / d,
                Unit::WorkingDay => out.working_days = n / d,
                _ => out.seconds = unit.seconds()?.checked_mul(n)? / d,
            }
        } else {
            out.seconds = unit.seconds()?.checked_mul(n)? / d;
            if unit == Unit::Week {
                (out.days, out.seconds) = (out.seconds / 86_400, out.seconds % 86_400);
            }
        }
        let small = out.months.abs() <= MONTHS_MAX && out.total_seconds().is_some();
        small.then_some(out)
    }

    pub(super) fn plus(self, more: Self) -> Self {
        Self {
            months: self.months + more.months,
            weeks: self.weeks + more.weeks,
            days: self.days + more.days,
            working_days: self.working_days + more.working_days,
            seconds: self.seconds + more.seconds,
            vague: self.vague || more.vague,
        }
    }

    /// The length in seconds, with months of 30 and years of 365 days.
    pub(super) fn total_seconds(&self) -> Option<i64> {
        let years = (self.months / 12).checked_mul(365 * 86_400)?;
        let days = self.weeks.checked_mul(7)?.checked_add(self.days)?;
        let days = days.checked_add(self.working_days)?.checked_add(self.months % 12 * 30)?;
        years.checked_add(days.checked_mul(86_400)?)?.checked_add(self.seconds)
    }

    /// Whether it goes down to parts of a day.
    pub(super) fn is_fine(&self) -> bool {
        self.seconds != 0
    }

    /// The day this long after (`sign` 1) or before (-1) a day. Parts of a day are left out.
    pub(super) fn day_away(&self, day: Date, sign: i64) -> Option<Date> {
        let day = calendar::plus_months(day, sign * self.months)?;
        let day = calendar::plus_working_days(day, sign * self.working_days)?;
        calendar::plus_days(day, sign * (self.weeks.checked_mul(7)? + self.days))
    }

    /// The time this long after or before a time.
    pub(super) fn time_away(&self, at: DateTime, sign: i64) -> Option<DateTime> {
        let day = self.day_away(at.date(), sign)?;
        calendar::plus_seconds(day.to_datetime(at.time()), sign * self.seconds)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.days + self.working_days;
        if self.months == 0 && days == 0 && self.weeks != 0 && self.seconds == 0 {
            return write!(f, "P{}W", self.weeks);
        }
        f.write_str("P")?;
        let parts = [(self.months / 12, "Y"), (self.months % 12, "M")];
        for (n, unit) in parts.into_iter().chain([(self.weeks * 7 + days, "D")]) {
            if n != 0 {
                write!(f, "{n}{unit}")?;
            }
        }
        let (h, m, s) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        if self.seconds != 0 || *self == (Self { vague: self.vague, ..Self::default() }) {
            f.write_str("T")?;
            for (n, unit) in [(h, "H"), (m, "M"), (s, "S")] {
                if n != 0 || (unit == "S" && self.seconds == 0) {
                    write!(f, "{n}{unit}")?;
                }
            }
        }
        Ok(())
    }
}

/// What was read of an amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub(super) amount: Amount,
    /// The unit it ends with.
    pub(super) unit: Unit,
    pub(super) next: usize,
}

impl Lexis<'_> {
    /// An amount of one or more units, from the longest to the shortest.
    pub(super) fn amount(&self, at: usize) -> Option<Read> {
        let mut all = self.single(at)?;
        loop {
            let from = self.skip(all.next, Tag::And);
            if from == all.next && !self.near(all.next) || self.dash(from) {
                return Some(all);
            }
            let Some(more) = self.single(from).filter(|more| more.unit < all.unit) else {
                return Some(all);
            };
            all = Read { amount: all.amount.plus(more.amount), ..more };
        }
    }

    /// One of a unit with a fraction behind it: "ساعة ونصف".
    pub(super) fn one_with_tail(&self, unit: Unit, next: usize) -> Option<Read> {
        let (count, end) = self.tail(Ratio::whole(1), unit, next);
        (end > next).then_some(())?;
        Some(Read { amount: Amount::of(count, unit)?, unit, next: end })
    }

    /// An amount of one unit.
    pub(super) fn single(&self, at: usize) -> Option<Read> {
        if !self.begins(at, AMOUNT) || self.continued(at) {
            return None;
        }
        let (count, vague, next) = self.count_of(at)?;
        let next = self.skip(next, Tag::Filler);
        let (unit, many, _, next) = self.unit(next).filter(|_| next == at || self.tight(next))?;
        // "A second" is an ordinal before a noun.
        let noun = unit == Unit::Second && self.tag(next - 1, Tag::Ordinal).is_some();
        if noun && self.digits(at).is_none() && !self.closed(next) {
            return None;
        }
        let count = count.times(Ratio::whole(many))?;
        let (count, next) = self.tail(count, unit, next);
        let mut amount = Amount::of(count, unit)?;
        amount.vague = vague;
        Some(Read { amount, unit, next })
    }

    /// The count before a unit; a dual, or a unit that holds its own count, needs none.
    fn count_of(&self, at: usize) -> Option<(Ratio, bool, usize)> {
        if let Some((n, next)) = self.count(at, Tag::Few) {
            return Some((Ratio::whole(n), true, next));
        }
        if let Some((fraction, next)) = self.fraction(at).filter(|(f, _)| f.n > 0) {
            return Some((fraction, false, self.article(self.skip(next, Tag::Of))));
        }
        let Some((n, next)) = self.decimal(at) else {
            let (_, many, ..) = self.unit(at)?;
            return (many > 1).then_some((Ratio::whole(1), false, at));
        };
        if let Some((few, after)) = self.count(next, Tag::Few) {
            return Some((Ratio::whole(few), true, after));
        }
        // "Two quarters" of a year, but "three quarters of an hour".
        if let Some((.., after)) = self.unit(next) {
            let of = self.article(self.skip(after, Tag::Of));
            if self.unit(of).is_none() || self.skip(after, Tag::Of) == after {
                let year = self.digits(at).is_some_and(|n| n > 1800) && self.width(at) == 4;
                return (!year || self.tag(next, Tag::Fraction).is_none() && n.n < 1900)
                    .then_some((n, false, next));
            }
        }
        // "One and three quarters", "two and a half", "three quarters".
        let joined = self.skip(next, Tag::And);
        let inner = match self.cardinal(joined).filter(|_| joined > next) {
            Some((k, after)) => {
                self.fraction(after).and_then(|(f, end)| Some((f.times(Ratio::whole(k))?, end)))
            }
            None => None,
        };
        if let Some((fraction, after)) = inner.or_else(|| self.fraction(joined)) {
            // An article before the sign of a fraction counts nothing: "a ½ hour".
            let article = n == Ratio::whole(1) && self.digits(at).is_none() && self.width(at) <= 2;
            let sum = if joined > next || self.glued_and(joined) && !article {
                n.plus(fraction)?
            } else {
                n.times(fraction)?
            };
            return Some((sum, false, self.article(self.skip(after, Tag::Of))));
        }
        Some((n, false, next))
    }

    /// Whether a fraction begins with an "and" of its own, which its value tells by a plus sign.
    fn glued_and(&self, at: usize) -> bool {
        self.tag(at, Tag::Fraction).is_some_and(|(value, _)| value.starts_with('+'))
    }

    fn article(&self, at: usize) -> usize {
        self.count(at, Tag::Number).filter(|(n, _)| *n == 1).map_or(at, |(_, next)| next)
    }

    /// "An hour and a half", "ساعة ونصف الساعة", "an hour thirty".
    fn tail(&self, count: Ratio, unit: Unit, next: usize) -> (Ratio, usize) {
        let joined = self.skip(next, Tag::And);
        let from = self.article(joined);
        if let Some((fraction, after)) = self.fraction(from).filter(|_| self.near(next)) {
            let own = self.glued_and(from) || joined > next || fraction.n < 0;
            let repeated = self.unit(after).filter(|(again, ..)| *again == unit);
            let other = self.unit(self.article(self.skip(after, Tag::Of)));
            if let Some(sum) = count.plus(fraction)
                && (repeated.is_some() || other.is_none())
                && own
            {
                return (sum, repeated.map_or(after, |(.., end)| end));
            }
        }
        if unit == Unit::Hour
            && let Some((minutes @ 1..=59, after)) = self.cardinal(joined)
            && self.near(next)
            && self.closed(after)
            && !self.dash(next)
            && let Some(sum) = count.plus(Ratio { n: minutes, d: 60 })
        {
            return (sum, after);
        }
        (count, next)
    }

    /// A fraction: `1/2`; a plus sign in the packs tells that its word holds an "and".
    fn fraction(&self, at: usize) -> Option<(Ratio, usize)> {
        let (value, next) = self.tag(at, Tag::Fraction)?;
        let (n, d) = value.trim_start_matches('+').split_once('/')?;
        let (n, d): (i64, i64) = (n.parse().ok()?, d.parse().ok()?);
        (d > 0).then_some((Ratio { n, d }, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_iso_8601() {
        for (n, d, unit, expect) in [
            (13, 2, Unit::Hour, "PT6H30M"),
            (90, 1, Unit::Minute, "PT1H30M"),
            (2, 1, Unit::Week, "P2W"),
            (1, 2, Unit::Day, "PT12H"),
            (3, 2, Unit::Year, "P1Y6M"),
            (3, 2, Unit::Month, "P45D"),
            (2, 1, Unit::Decade, "P20Y"),
            (24, 1, Unit::Hour, "PT24H"),
        ] {
            let amount = Amount::of(Ratio { n, d }, unit).expect("an amount");
            assert_eq!(amount.to_string(), expect);
        }
    }

    #[test]
    fn amounts_beyond_all_measure_are_refused() {
        assert_eq!(Amount::of(Ratio::whole(i64::MAX / 2), Unit::Week), None);
        assert_eq!(Amount::of(Ratio::whole(200_000), Unit::Year), None);
    }
}
