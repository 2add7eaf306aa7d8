//! Counts from an anchor: three days ago, in two weeks, through a month, two weeks from Friday, three Fridays from now.

use crate::desk::dates::Tense;
use crate::desk::dates::amount::{AMOUNT, Amount};
use crate::desk::dates::bag::Fixed;
use crate::desk::dates::calendar::{Stretch, Unit, nth_weekday};
use crate::desk::dates::number::Ratio;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::Stamp;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;

/// What a count begins with.
pub(super) const COUNTED: TagSet =
    AMOUNT.or(TagSet::of(&[Tag::Within, Tag::In, Tag::Ago, Tag::Later, Tag::Bound]));

impl Reader<'_> {
    /// A count from publication, or from the day that it names. Only one that is all that is said is written by the
    /// point that it leads to.
    pub(super) fn counted(&self, at: usize) -> Option<(Fixed, usize)> {
        if !self.lexis.begins(at, COUNTED) {
            return None;
        }
        let (fixed, next) = self.count_from(at)?;
        let written = fixed.written.filter(|_| self.alone(at, next));
        Some((Fixed { written, ..fixed }, next))
    }

    fn count_from(&self, at: usize) -> Option<(Fixed, usize)> {
        let lexis = self.lexis;
        if let Some((_, next)) = lexis.tag(at, Tag::Within) {
            let (_, from) = self.shift(next).map_or((0, next), |(shift, after)| (shift.n, after));
            let (amount, next) = self.amount_or_one(lexis.skip(from, Tag::Filler))?;
            // "خلال اليومين الماضيين" looks back.
            return match self.shift(next).filter(|_| lexis.tight(next)) {
                Some((shift, after)) if shift.n < 0 => Some((self.before_now(amount)?, after)),
                Some((_, after)) => Some((self.within(amount)?, after)),
                None => Some((self.within(amount)?, next)),
            };
        }
        if let Some((_, next)) = lexis.tag(at, Tag::In) {
            let (amount, next) = self.amount_or_one(next)?;
            return Some((self.away(amount, 1)?, lexis.skip(next, Tag::FromNow)));
        }
        if let Some(next) = lexis.valued(at, Tag::Ago, "before") {
            let (amount, next) = self.amount_or_one(next)?;
            return Some((self.away(amount, -1)?, lexis.skip(next, Tag::FromNow)));
        }
        if let Some(next) = lexis.valued(at, Tag::Later, "before") {
            let (amount, next) = self.amount_or_one(lexis.links(next))?;
            return match lexis.tag(next, Tag::FromNow) {
                Some((_, after)) => Some((self.away(amount, 1)?, after)),
                // "The talks ended after six hours": without a time of day to count from, the hours are a length.
                None if amount.is_fine() && self.now.is_none() => None,
                None => Some((self.later(amount, at, next)?, next)),
            };
        }
        // "After 5 days", with nothing else said.
        if let Some(next) = lexis.valued(at, Tag::Bound, "after")
            && let Some(read) = lexis.amount(next)
            && self.alone(at, read.next)
        {
            return Some((self.away(read.amount, 1)?, read.next));
        }
        // "Three Fridays from now".
        if let Some((n, next)) = lexis.cardinal(at)
            && let Some((weekday, next)) = self.weekday(next, true)
            && let ago = lexis.valued(next, Tag::Ago, "after")
            && let ahead = lexis.tag(next, Tag::FromNow).map(|(_, after)| after)
            && let later = lexis.valued(next, Tag::Later, "after")
            && let Some(after) = ago.or(ahead).or(later)
        {
            let n = if ago.is_some() { -n.min(1_000) } else { n.min(1_000) };
            let day = nth_weekday(self.today, weekday, n)?;
            return Some((Fixed::new(Stretch::day(day), Rule::Counted), after));
        }
        let (amount, next) = self.amount_or_one(at)?;
        if let Some(after) = lexis.valued(next, Tag::Ago, "after") {
            return Some((self.away(amount, -1)?, after));
        }
        if let Some((_, after)) = lexis.tag(next, Tag::FromNow) {
            return Some((self.away(amount, 1)?, after));
        }
        if let Some(after) = lexis.valued(next, Tag::Later, "after") {
            // "30 minutes later this week" ends before "later".
            if self.part_of(next).is_none() {
                return Some((self.later(amount, at, after)?, after));
            }
        }
        let (sign, from) = lexis.count(next, Tag::From)?;
        // "A week from Friday" counts from the Friday to come, "a week after Friday" from the one that is told of.
        let ahead = lexis.valued(next, Tag::From, "+1").is_some() && self.tense == Tense::Unknown;
        let tense = if ahead { Tense::Future } else { self.tense };
        Reader { tense, ..*self }.away_from(amount, sign, from)
    }

    /// "Two weeks from Friday", "two days before yesterday".
    pub(super) fn away_from(&self, amount: Amount, sign: i64, at: usize) -> Option<(Fixed, usize)> {
        let bag = self.bag(self.lexis.skip(at, Tag::Joint))?;
        let base = self.resolve(&bag)?;
        // "Two hours before 5 pm".
        if let (Stamp::Time(lo, hi), true) = (base.stamp, amount.is_fine()) {
            let at = amount.time_away(lo, sign).filter(|_| lo == hi)?;
            let fixed = Fixed::new(Stretch::day(at.date()), Rule::Counted);
            let time = Some((at, at));
            return Some((Fixed { time, anchor: base.anchor, ..fixed }, bag.next));
        }
        let (Stamp::Days(stretch), false) = (base.stamp, amount.is_fine()) else { return None };
        let from = if sign < 0 { stretch.lo } else { stretch.hi };
        let single = stretch.lo == stretch.hi;
        let day = amount.day_away(from, sign).filter(|_| single)?;
        let fixed = Fixed::new(Stretch::day(day), Rule::Counted);
        let (anchor, vague, base) = (base.anchor, amount.vague, Some(from));
        Some((Fixed { anchor, vague, base, ..fixed }, bag.next))
    }

    /// So long before or after publication. Months and years bear out no single day.
    fn away(&self, amount: Amount, sign: i64) -> Option<Fixed> {
        let day = amount.day_away(self.today, sign)?;
        let fixed = Fixed { vague: amount.vague, ..Fixed::new(Stretch::day(day), Rule::Counted) };
        if amount.is_fine() {
            let Some(now) = self.now else { return Some(Fixed { open: true, ..fixed }) };
            let at = amount.time_away(now, sign)?;
            return Some(Fixed { stretch: Stretch::day(at.date()), time: Some((at, at)), ..fixed });
        }
        let coarse = match amount.months {
            0 => None,
            _ if amount.days != 0 || amount.weeks != 0 => None,
            months if months % 12 == 0 => Stretch::around(day, Unit::Year),
            _ => Stretch::around(day, Unit::Month),
        };
        let (written, base) = (self.point(amount, day), Some(self.today));
        Some(Fixed { coarse, written, base, ..fixed })
    }

    /// Up to publication, so long.
    fn before_now(&self, amount: Amount) -> Option<Fixed> {
        let fixed = Fixed::new(Stretch::day(self.today), Rule::Window);
        let lo = amount.day_away(self.today, -1).filter(|_| !amount.is_fine())?;
        let stretch = Stretch::days(lo, self.today)?;
        Some(Fixed { stretch, vague: amount.vague, ..fixed })
    }

    /// From publication on, so long.
    pub(super) fn within(&self, amount: Amount) -> Option<Fixed> {
        let fixed = Fixed::new(Stretch::day(self.today), Rule::Window);
        if amount.is_fine() {
            let Some(now) = self.now else { return Some(Fixed { open: true, ..fixed }) };
            let end = amount.time_away(now, 1)?;
            let written = Some(Stamp::Time(end, end));
            return Some(Fixed { time: Some((now, end)), written, ..fixed });
        }
        // Where nothing is told to happen within it, the stretch stands for its end.
        let end = amount.day_away(self.today, 1)?;
        let stretch = Stretch::days(self.today, end)?;
        let written = Some(Stamp::Days(Stretch::day(end)));
        Some(Fixed { stretch, vague: amount.vague, written, ..fixed })
    }

    /// So long after an event: after the day that the sentence named in full before, or after nothing that is known.
    /// In a future tense, and for parts of a day, it is counted from publication.
    /// So is what stands alone: nothing else is there to count from.
    fn later(&self, amount: Amount, at: usize, next: usize) -> Option<Fixed> {
        let alone = at == 0 && next == self.lexis.len();
        let ahead = self.tense == Tense::Future
            || alone
            || self.tense == Tense::Unknown
                && amount.is_fine()
                && self.now.is_some()
                && self.lexis.closed(next);
        if ahead {
            return Some(Fixed { written: None, ..self.away(amount, 1)? });
        }
        let fixed = Fixed::new(Stretch::day(self.today), Rule::AfterEvent);
        match self.previous {
            Some(day) if !amount.vague && amount.months == 0 && !amount.is_fine() => {
                let stretch = Stretch::day(amount.day_away(day, 1)?);
                Some(Fixed { stretch, anchor: Anchor::Previous, ..fixed })
            }
            _ => Some(Fixed { open: true, anchor: Anchor::Open, ..fixed }),
        }
    }

    /// An amount, or a unit that stands for one of it: "через неделю".
    pub(super) fn amount_or_one(&self, at: usize) -> Option<(Amount, usize)> {
        if !self.lexis.begins(at, AMOUNT) {
            return None;
        }
        if let Some(read) = self.lexis.amount(at) {
            return Some((read.amount, read.next));
        }
        // "قبل ساعة ونصف", "через час с половиной".
        let tail = self.lexis.unit(at).filter(|(_, _, plural, _)| !plural);
        let read = tail.and_then(|(unit, .., next)| self.lexis.one_with_tail(unit, next));
        read.map(|read| (read.amount, read.next)).or_else(|| self.one(at))
    }

    /// One of a unit.
    pub(super) fn one(&self, at: usize) -> Option<(Amount, usize)> {
        let (unit, many, plural, next) = self.lexis.unit(at)?;
        // A bare half or quarter is a part of something.
        if plural || matches!(unit, Unit::Half | Unit::Quarter) {
            return None;
        }
        // "منذ يوم واحد": the number one may stand behind. An article is as short as a word can be, and belongs to what follows.
        let one = self.lexis.count(next, Tag::Number).filter(|(n, _)| *n == 1);
        let one = one.filter(|_| self.lexis.width(next) > 2 && self.lexis.tight(next));
        let next = one.map_or(next, |(_, after)| after);
        let amount = Amount::of(Ratio::whole(many), unit)?;
        match self.lexis.amount(self.lexis.skip(next, Tag::And)) {
            Some(more) if more.unit < unit && self.lexis.near(next) => {
                Some((amount.plus(more.amount), more.next))
            }
            _ => Some((amount, next)),
        }
    }
}
