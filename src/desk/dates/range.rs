//! Ranges: "10–11 May", "с 9 по 10 июня", "بين 14 و15 سبتمبر", "from Monday to Friday", "2015–2018", "3–4 pm". The ends
//! lend each other what they leave out.

use jiff::civil::Date;

use crate::desk::dates::bag::Bag;
use crate::desk::dates::calendar::{Grain, Stretch, nth_weekday, plus_days};
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::Partial;
use crate::desk::dates::stamp::{Found, Stamp};
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;

/// One end of a range, as far as it is named.
#[derive(Clone, Copy)]
enum End {
    Bag(Bag),
    /// A bare number: a day of the month that the other end names.
    Day(i8, usize),
    /// Something resolved on its own: the end of 2008, now.
    Whole(Found),
}

impl End {
    pub(super) fn next(&self) -> usize {
        match self {
            End::Bag(bag) => bag.next,
            End::Day(_, next) => *next,
            End::Whole(found) => found.next,
        }
    }
}

impl Reader<'_> {
    /// "14 and 15 September": two days in a row are a stretch.
    fn listed(&self, left: &End) -> Option<(usize, bool)> {
        let End::Day(day, next) = left else { return None };
        let (_, after) = self.lexis.tag(*next, Tag::And).filter(|_| self.lexis.near(*next))?;
        let (then, _, end) = self.lexis.day_number(self.lexis.links(after))?;
        let (_, month) = self.named(self.lexis.links(end))?;
        (then == day + 1 && month > end).then_some((after, true))
    }

    /// The token behind the word or dash between two ends, and whether it is a word.
    pub(super) fn joined(&self, next: usize, opened: bool) -> Option<(usize, bool)> {
        let lexis = self.lexis;
        if let Some((_, after)) = lexis.tag(next, Tag::To).filter(|_| lexis.near(next)) {
            return Some((after, true));
        }
        if opened && let Some((_, after)) = lexis.tag(next, Tag::And).filter(|_| lexis.near(next)) {
            return Some((after, true));
        }
        lexis.dash(next).then_some((next, false))
    }

    /// From one day, month or year to another.
    /// `end` is what the bag at the token may be as a first end.
    pub(super) fn range(&self, at: usize, end: Option<Bag>) -> Option<Found> {
        let lexis = self.lexis;
        let opened = lexis.tag(at, Tag::Between).is_some();
        let from = lexis.skip(lexis.skip(at, Tag::Between), Tag::Joint);
        if let Some(found) = self.years(from) {
            return Some(found);
        }
        let left = match lexis.tag(at, Tag::FromNow) {
            Some((_, next)) => End::Whole(self.now_as_end(next)),
            None if from == at => self.end(at, end, true)?,
            None => self.end(from, self.bags(from).1, true)?,
        };
        let (joined, spoken) = self.joined(left.next(), opened).or_else(|| self.listed(&left))?;
        let joined = lexis.skip(lexis.links(joined), Tag::Between);
        let joined = lexis.links(joined);
        let reader = Reader { free: Some(joined), ..*self };
        let right = reader.end(joined, reader.bag(joined), false)?;
        if !spoken && is_one(&left, &right) {
            return None;
        }
        let (left, right) = self.lend(left, right)?;
        let next = right.next();
        let (lo, hi) = (self.settled(left)?, self.settled(right)?);
        self.between(lo, hi, right, next)
    }

    fn end(&self, at: usize, bag: Option<Bag>, first: bool) -> Option<End> {
        if let Some((_, next)) = self.lexis.tag(at, Tag::Now) {
            return Some(End::Whole(self.now_as_end(next)));
        }
        if let Some(found) = self.part_of(at) {
            return Some(End::Whole(found));
        }
        if let Some(bag) = bag {
            return Some(bag.bare_day().map_or(End::Bag(bag), |day| End::Day(day, bag.next)));
        }
        let from = self.lexis.skip(at, Tag::Joint);
        let (day, _, next) = self.lexis.day_number(from).or_else(|| {
            // Behind a dash the number continues the one before it, which is what a range does.
            let n = self.lexis.digits(from).filter(|n| (1..=31).contains(n) && !first)?;
            let next = self.lexis.skip(from + 1, Tag::OrdinalEnd);
            Some((i8::try_from(n).ok()?, false, next))
        })?;
        let counted = self.lexis.tag(next, Tag::Unit).is_some() && self.period(next).is_none();
        (!counted).then_some(End::Day(day, next))
    }

    /// Publication: its day, and its moment beside a time of day.
    fn now_as_end(&self, next: usize) -> Found {
        let today = Stamp::Days(Stretch::day(self.today));
        let found = Found::new(next, today, Anchor::Publication, Rule::Deictic);
        Found { written: self.now.map(|now| Stamp::Time(now, now)), ..found }
    }

    /// Lends each end the year and month that only the other names.
    fn lend(&self, left: End, right: End) -> Option<(End, End)> {
        match (left, right) {
            (End::Day(lo, next), End::Bag(Bag { fixed: Some(fixed), .. }))
                if fixed.stretch.grain == Grain::Day && fixed.rule == Rule::Nth =>
            {
                let month = fixed.stretch.lo;
                let partial =
                    Partial { year: Some(month.year()), month: Some(month.month()), day: Some(lo) };
                Some((End::Bag(Bag { partial, next, ..Bag::default() }), right))
            }
            (End::Day(lo, _), End::Bag(bag)) if bag.partial.day.is_some() => {
                bag.partial.month?;
                let partial = Partial { day: Some(lo), ..bag.partial };
                Some((End::Bag(Bag { partial, weekday: None, ..bag }), right))
            }
            (End::Day(..), _) => {
                let End::Day(lo, _) = left else { return None };
                let End::Day(hi, next) = right else { return None };
                let (partial, after) = self.month_of_days(next)?;
                let bag = |day| Bag {
                    partial: Partial { day: Some(day), ..partial },
                    next: after,
                    ..Bag::default()
                };
                Some((End::Bag(bag(lo)), End::Bag(bag(hi))))
            }
            (End::Bag(bag), End::Day(hi, next)) => {
                bag.partial.day.and(bag.partial.month)?;
                let named = bag.partial.year;
                let (year, next) =
                    match (named, self.lexis.year(next, false).filter(|_| self.lexis.near(next))) {
                        (None, Some((year, after))) => (Some(year), after),
                        _ => (named, next),
                    };
                let lo = Partial { year, ..bag.partial };
                let hi =
                    Bag { partial: Partial { day: Some(hi), ..lo }, weekday: None, next, ..bag };
                Some((End::Bag(Bag { partial: lo, ..bag }), End::Bag(hi)))
            }
            (End::Bag(lo), End::Bag(hi)) => {
                let (mut lo, mut hi) = (lo, hi);
                if lo.partial.year.is_none() && lo.partial.month.is_some() {
                    lo.partial.year = hi.partial.year;
                }
                if hi.partial.year.is_none()
                    && hi.partial.month.is_some()
                    && lo.partial.month.is_some()
                {
                    hi.partial.year = lo.partial.year;
                }
                Some((End::Bag(lo), End::Bag(hi)))
            }
            both => Some(both),
        }
    }

    /// The month behind two days: "of April 2025", "next month".
    fn month_of_days(&self, next: usize) -> Option<(Partial, usize)> {
        let from = self.lexis.links(next);
        for from in [next, from] {
            let month = self.named(from).filter(|(p, _)| p.month.is_some() && p.day.is_none());
            if let Some(found) = month.filter(|_| self.lexis.near(next)) {
                return Some(found);
            }
        }
        let (stretch, _, after) = self.period(next).filter(|(s, ..)| s.grain == Grain::Month)?;
        let partial =
            Partial { year: Some(stretch.lo.year()), month: Some(stretch.lo.month()), day: None };
        self.lexis.near(next).then_some((partial, after))
    }

    fn settled(&self, end: End) -> Option<Found> {
        match end {
            End::Bag(bag) => self.resolve(&bag),
            End::Whole(found) => Some(found),
            End::Day(..) => None,
        }
    }

    fn between(&self, lo: Found, hi: Found, right: End, next: usize) -> Option<Found> {
        let (mut lo, mut hi) = (lo, hi);
        // "From Thursday to Monday": the end follows the beginning.
        if let End::Bag(bag) = right
            && let (Some((weekday, _)), Stamp::Days(first), Stamp::Days(last)) =
                (bag.weekday, lo.stamp, hi.stamp)
            && !bag.has_date()
        {
            let day = if last.lo > first.lo && last.lo <= plus_days(first.lo, 6)? {
                last.lo
            } else {
                nth_weekday(first.lo, weekday, 1)?
            };
            hi.stamp = Stamp::Days(Stretch::day(day));
        }
        let anchor = if lo.anchor == Anchor::Absolute { hi.anchor } else { lo.anchor };
        // "From now until 5 pm": beside a time of day, now is a moment.
        if let (Stamp::Days(_), Stamp::Time(..), Some(now @ Stamp::Time(..))) =
            (lo.stamp, hi.stamp, lo.written)
        {
            lo.stamp = now;
        }
        let ((from, _, fine_lo), (_, to, fine_hi)) = (lo.ends()?, hi.ends()?);
        if fine_lo || fine_hi {
            // A time of day at one end only lends the other no time.
            (fine_lo && fine_hi && from < to).then_some(())?;
            let mut found = Found::new(next, Stamp::Time(from, to), anchor, Rule::Range);
            found.days = Stretch::days(from.date(), to.date()).map(Stretch::span);
            return Some(found);
        }
        let (Stamp::Days(first), Stamp::Days(last)) = (lo.stamp, hi.stamp) else { return None };
        let last_day = if last.hi >= first.lo { last.hi } else { self.next_year(right, last.hi)? };
        let stretch = Stretch::days(first.lo, last_day)?;
        let mut found = Found::new(next, Stamp::Days(stretch), anchor, Rule::Range);
        found.days = Some(stretch.span());
        let begun = if last_day == last.hi { last.lo } else { last_day.first_of_month() };
        let coarse =
            matches!(last.grain, Grain::Week | Grain::Month | Grain::Quarter | Grain::Year);
        found.written = points(first.lo, begun).filter(|_| coarse && hi.third.is_none());
        Some(found)
    }

    /// "From November to March": an end without a year lies in the year after.
    fn next_year(&self, right: End, day: Date) -> Option<Date> {
        let End::Bag(Bag { partial: Partial { year: None, month: Some(_), .. }, .. }) = right
        else {
            return None;
        };
        let later = Date::new(day.year() + 1, day.month(), 1).ok()?;
        if day == day.last_of_month() {
            Some(later.last_of_month())
        } else {
            Date::new(day.year() + 1, day.month(), day.day()).ok()
        }
    }

    /// "2015–2018": two bare years with a dash.
    fn years(&self, at: usize) -> Option<Found> {
        let lexis = self.lexis;
        let year = |at: usize| {
            lexis.digits(at).filter(|n| lexis.width(at) == 4 && (1900..2200).contains(n))
        };
        let (lo, hi) = (year(at)?, year(at + 1)?);
        let chained =
            lexis.continued(at) || lexis.digits(at + 2).is_some() && lexis.continued(at + 2);
        if chained || !lexis.dash(at + 1) || lo >= hi {
            return None;
        }
        let next = lexis.skip(at + 2, Tag::YearMark);
        let (lo, hi) =
            (Stretch::year(i16::try_from(lo).ok()?)?, Stretch::year(i16::try_from(hi).ok()?)?);
        let stretch = Stretch::days(lo.lo, hi.hi)?;
        let mut found = Found::new(next, Stamp::Days(stretch), Anchor::Absolute, Rule::Range);
        (found.days, found.written) = (Some(stretch.span()), points(lo.lo, hi.lo));
        Some(found)
    }
}

/// How TIMEX3 writes a range whose ends are months or years: by the points at which the ends begin.
fn points(lo: Date, hi: Date) -> Option<Stamp> {
    Some(Stamp::Days(Stretch::days(lo, hi).filter(|_| lo < hi)?))
}

/// Whether a dash joins two names of one day: "Friday-June-15", "last week - Monday".
fn is_one(left: &End, right: &End) -> bool {
    let (End::Bag(lo), End::Bag(hi)) = (left, right) else { return false };
    let weekday_first = !lo.has_date() && hi.weekday.is_none() && hi.partial.day.is_some();
    let week = lo.fixed.is_some_and(|fixed| fixed.stretch.grain == Grain::Week);
    weekday_first || week && hi.weekday.is_some() && !hi.has_date()
}
