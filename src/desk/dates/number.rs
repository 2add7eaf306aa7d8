//! Numbers: digits, decimals, number words, ordinals, years. Words add up by their size alone, so that one rule serves
//! languages that say "twenty-five" and those that say "five and twenty".

use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::set::TagSet;
use crate::desk::packs::Tag;

/// A number with a fraction: `n / d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    /// Numerator.
    pub(super) n: i64,
    /// Denominator, at least 1.
    pub(super) d: i64,
}

impl Ratio {
    pub(super) fn whole(n: i64) -> Self {
        Self { n, d: 1 }
    }

    /// Adds a fraction; `None` where it does not fit.
    pub(super) fn plus(self, other: Ratio) -> Option<Self> {
        let n = self.n.checked_mul(other.d)?.checked_add(other.n.checked_mul(self.d)?)?;
        Some(Self { n, d: self.d.checked_mul(other.d)? })
    }

    pub(super) fn times(self, other: Ratio) -> Option<Self> {
        Some(Self { n: self.n.checked_mul(other.n)?, d: self.d.checked_mul(other.d)? })
    }
}

/// What a whole number begins with.
pub(super) const CARDINAL: TagSet = TagSet::of(&[Tag::Number, Tag::NumberAnd]).or(TagSet::DIGITS);

/// What an ordinal begins with.
const ORDINAL: TagSet = TagSet::of(&[Tag::Ordinal, Tag::Number]).or(TagSet::DIGITS);

/// What a number of either kind begins with.
pub(super) const NUMBER: TagSet = CARDINAL.or(ORDINAL);

/// What a year begins with.
pub(super) const YEAR: TagSet = CARDINAL.or(TagSet::of(&[Tag::YearMark]));

/// The years that bare digits may name.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;

impl Lexis<'_> {
    /// A whole number in digits or words, read once for each token.
    pub(super) fn read_cardinal(&self, at: usize) -> Option<(i64, usize)> {
        if !self.begins(at, CARDINAL) {
            return None;
        }
        if let Some(n) = self.digits(at) {
            return Some(self.thousands(n, at + 1));
        }
        let (mut total, mut part, mut next) = (0i64, None::<i64>, at);
        loop {
            if next > at && !self.tight(next) {
                break;
            }
            let tens = self.count(next, Tag::NumberAnd);
            if let (Some(units), Some((tens, after))) = (part, tens)
                && (1..=9).contains(&(units % 100))
            {
                (part, next) = (Some(units + tens), after);
                continue;
            }
            let joined = if part.is_some() { self.skip(next, Tag::And) } else { next };
            let Some((more, after)) = tens.or_else(|| self.count(joined, Tag::Number)) else {
                break;
            };
            let Some((t, p)) = add(total, part, more, joined > next) else { break };
            (total, part, next) = (t, Some(p), after);
        }
        Some((total.checked_add(part?)?, next))
    }

    /// Digits in groups of three: 1,200.
    fn thousands(&self, first: i64, next: usize) -> (i64, usize) {
        let (mut n, mut at) = (first, next);
        while at > 0 && self.gap(at - 1) == "," && self.width(at) == 3 && n < 1_000_000 {
            let Some(group) = self.digits(at) else { break };
            n = n * 1000 + group;
            at += 1;
        }
        (n, at)
    }

    /// A number with a fraction in its digits: 1.5, 1,5, 3/4.
    pub(super) fn decimal(&self, at: usize) -> Option<(Ratio, usize)> {
        let (n, next) = self.cardinal(at)?;
        if next != at + 1 || self.digits(at).is_none() {
            return Some((Ratio::whole(n), next));
        }
        let Some(m) = self.digits(next) else { return Some((Ratio::whole(n), next)) };
        match self.gap(at) {
            "." | "," | "٫" if self.width(next) <= 3 => {
                let d = 10i64.pow(u32::try_from(self.width(next)).ok()?);
                Some((Ratio { n: n * d + m, d }, next + 1))
            }
            "/" if n < m && matches!(m, 2..=4) => Some((Ratio { n, d: m }, next + 1)),
            _ => Some((Ratio::whole(n), next)),
        }
    }

    /// An ordinal: a word, tens and a word, or digits with an ending.
    pub(super) fn ordinal(&self, at: usize) -> Option<(i64, usize)> {
        if !self.begins(at, ORDINAL) {
            return None;
        }
        if let Some(n) = self.digits(at) {
            let (_, next) = self.tag(at + 1, Tag::OrdinalEnd)?;
            return matches!(self.gap(at), "" | "-" | "‑" | "–").then_some((n, next));
        }
        if let Some((n, next)) = self.count(at, Tag::Ordinal) {
            return match self.count(next, Tag::NumberAnd) {
                Some((tens, after)) if n < 10 => Some((n + tens, after)),
                _ => Some((n, next)),
            };
        }
        let (tens, next) = self.count(at, Tag::Number)?;
        let (units, after) = self.count(next, Tag::Ordinal)?;
        (tens >= 20 && tens % 10 == 0 && tens < 100 && units < 10 && self.tight(next))
            .then_some((tens + units, after))
    }

    /// A number that can be the day of a month, and whether it is an ordinal.
    pub(super) fn day_number(&self, at: usize) -> Option<(i8, bool, usize)> {
        if !self.begins(at, NUMBER) || self.continued(at) {
            return None;
        }
        let (n, ordinal, next) = match self.ordinal(at) {
            Some((n, next)) => (n, true, next),
            // "A" and "one" are no days.
            None => {
                let (n, next) = self.cardinal(at)?;
                (n > 1 || self.digits(at).is_some()).then_some((n, false, next))?
            }
        };
        let day = i8::try_from(n).ok().filter(|day| (1..=31).contains(day))?;
        Some((day, ordinal, next))
    }

    /// A year, with the marks around it: 2025 г., "the year 2008", a year in words. `loose` admits two digits.
    pub(super) fn year(&self, at: usize, loose: bool) -> Option<(i16, usize)> {
        if !self.begins(at, YEAR) {
            return None;
        }
        let marked = self.valued(at, Tag::YearMark, "before");
        let from = marked.map_or(at, |next| self.skip(next, Tag::Of));
        let (n, next) = match self.digits(from) {
            Some(n) => {
                let two =
                    self.width(from) == 2 && (loose || self.lead(from).ends_with(['\'', '’']));
                let four =
                    self.width(from) == 4 && (YEARS.contains(&n) || loose || marked.is_some());
                match (two, four) {
                    (true, _) => (if n < 50 { 2000 + n } else { 1900 + n }, from + 1),
                    (_, true) => (n, from + 1),
                    _ if marked.is_some() && (100..=2999).contains(&n) => (n, from + 1),
                    _ => return None,
                }
            }
            None => self.year_words(from, marked.is_some() || loose)?,
        };
        let next = match self.tag(next, Tag::YearMark) {
            Some((value, after)) if value != "before" && self.near(next) => after,
            _ => next,
        };
        Some((i16::try_from(n).ok()?, next))
    }

    /// "Two thousand and fifteen", "nineteen ninety-six", "nineteen zero one"; in some languages the last word is an
    /// ordinal.
    pub(super) fn year_words(&self, at: usize, marked: bool) -> Option<(i64, usize)> {
        let (n, next) = self.cardinal(at)?;
        let (n, next) = match self.count(next, Tag::Ordinal) {
            Some((last, after)) if n % 100 == 0 || (n % 10 == 0 && last < 10) => (n + last, after),
            _ => (n, next),
        };
        let plain = (1000..=2999).contains(&n) || marked && n >= 100;
        if plain {
            return (marked || n % 1000 != 0).then_some((n, next));
        }
        if !(13..=20).contains(&n) || !self.tight(next) {
            return None;
        }
        match self.count(next, Tag::Number)? {
            (0, after) => self.count(after, Tag::Number).map(|(m, end)| (n * 100 + m, end)),
            _ => self.cardinal(next).map(|(m, end)| (n * 100 + m, end)),
        }
        .filter(|(year, _)| (10..100).contains(&(year % 100)) || year % 100 < 10 && *year > 1300)
    }
}

/// Adds a number word to what stands before it; `None` when it begins another number.
fn add(total: i64, part: Option<i64>, more: i64, joined: bool) -> Option<(i64, i64)> {
    let Some(part) = part else { return Some((total, more)) };
    match more {
        1_000 if part > 0 && part < 1_000 => Some((part.checked_mul(1_000)?, 0)),
        100 if (2..100).contains(&part) => Some((total, part * 100)),
        100..=900 if part == 0 && total > 0 || part >= 1_000 && part % 1_000 == 0 => {
            Some((total, part + more))
        }
        1..=99 if part == 0 && total > 0 => Some((total, more)),
        1..=99 if part >= 100 && part % 100 == 0 => Some((total, part + more)),
        1..=9 if part % 100 >= 20 && part % 10 == 0 && !joined => Some((total, part + more)),
        _ => None,
    }
}
