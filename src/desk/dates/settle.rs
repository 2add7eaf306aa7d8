//! From a bag of pieces to what it means: its day, then its time of day.

use jiff::civil::Date;

use crate::desk::dates::Tense;
use crate::desk::dates::bag::Bag;
use crate::desk::dates::calendar::{Grain, Stretch, Unit, plus_days};
use crate::desk::dates::daytime::{Clock, DayPart};
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::{self, Partial};
use crate::desk::dates::stamp::{Found, Stamp};
use crate::desk::dates::trace::{Anchor, Rule};

impl Reader<'_> {
    /// Resolves a bag: its day, then its time of day.
    pub(super) fn resolve(&self, bag: &Bag) -> Option<Found> {
        if bag.fixed.is_some_and(|fixed| fixed.open) {
            return Some(Found::new(bag.next, Stamp::Open, Anchor::Open, Rule::AfterEvent));
        }
        let timed = bag.clock.is_some() || bag.part.is_some();
        let (stretch, anchor, rule) = self.stretch(bag, timed)?;
        let mut found = Found::new(bag.next, Stamp::Days(stretch), anchor, rule);
        found.days = Some(stretch.span());
        found.deictic = bag.partial.is_empty()
            && (bag.weekday.is_some()
                || bag.fixed.is_some_and(|f| f.deictic && f.stretch.grain == Grain::Day));
        if let Some(fixed) = bag.fixed.filter(|_| bag.partial.is_empty()) {
            found.vague = fixed.vague;
            found.written = fixed.written.filter(|_| !timed && bag.weekday.is_none());
            if let Some((lo, hi)) = fixed.time {
                found.stamp = Stamp::Time(lo, hi);
            }
            if let Some(coarse) = fixed.coarse {
                (found.days, found.approximate) = (Some(coarse.span()), true);
            }
        }
        if !timed {
            return Some(found);
        }
        let day = stretch.lo;
        if let Some(clock) = bag.clock {
            let undated = !bag.has_date() && bag.weekday.is_none();
            let (lo, hi) = self.settle(clock, bag.clock_hi, bag.part, undated);
            let (lo, hi) = (
                lo.on(day, self.offset)?,
                match hi {
                    Some(hi) => hi.on(day, self.offset)?,
                    None => lo.on(day, self.offset)?,
                },
            );
            let hi = if hi < lo { plus_days(hi.date(), 1)?.to_datetime(hi.time()) } else { hi };
            found.stamp = Stamp::Time(lo, hi);
        } else if let Some(part) = bag.part {
            found.stamp = Stamp::Part(day, part);
            if let (Some(true), Some((from, to))) = (bag.part_side, part.late()) {
                let at = |hour| stretch.lo.at(hour, 0, 0, 0);
                found.stamp = Stamp::Time(at(from), at(to));
            }
        }
        found.side = bag.side;
        found.rule = if bag.has_date() || bag.weekday.is_some() { rule } else { Rule::TimeOfDay };
        Some(found)
    }

    /// Which halves of the day two ends of a time mean.
    fn settle(
        &self,
        lo: Clock,
        hi: Option<Clock>,
        part: Option<DayPart>,
        undated: bool,
    ) -> (Clock, Option<Clock>) {
        let one = |clock: Clock| match part {
            Some(part) => clock.within(part),
            None if clock.settled => clock,
            None => match self.now.filter(|_| undated) {
                Some(now) => clock.next_from(now),
                None => clock.of_working_day(),
            },
        };
        let Some(hi) = hi else { return (one(lo), None) };
        // "3 to 4 pm": the end settles the beginning, as far as that keeps their order.
        let end = one(hi);
        let same = Clock { settled: false, ..lo }.on_half_of(end);
        let begin = if lo.settled {
            lo
        } else if hi.settled || part.is_some() {
            if same.minutes() <= end.minutes() { same } else { lo }
        } else {
            one(lo)
        };
        let open = !hi.settled && part.is_none();
        let end = if open && end.minutes() < begin.minutes() { end.flipped() } else { end };
        (begin, Some(end))
    }

    fn stretch(&self, bag: &Bag, timed: bool) -> Option<(Stretch, Anchor, Rule)> {
        let weekday = bag.weekday.map(|(weekday, _)| weekday);
        let Partial { year, month, day } = bag.partial;
        let today = self.today;
        let publication = |stretch, rule| Some((stretch, Anchor::Publication, rule));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => {
                let date = Date::new(year, month, day).ok()?;
                Some((Stretch::day(date), Anchor::Absolute, Rule::Named))
            }
            (Some(year), Some(month), None) => {
                Some((Stretch::month(year, month)?, Anchor::Absolute, Rule::Named))
            }
            (Some(year), None, _) => Some((Stretch::year(year)?, Anchor::Absolute, Rule::Named)),
            (None, Some(month), Some(day)) => {
                let date = resolve::day_month(today, day, month, weekday, self.tense)?;
                publication(Stretch::day(date), Rule::YearChosen)
            }
            (None, Some(month), None) => {
                publication(resolve::month(today, month, self.tense)?, Rule::MonthNearest)
            }
            (None, None, Some(day)) => {
                let date = resolve::day_of_month(today, day, weekday, self.tense)?;
                publication(Stretch::day(date), Rule::MonthChosen)
            }
            (None, None, None) => match (bag.fixed, bag.weekday) {
                (Some(fixed), Some((weekday, _))) if fixed.stretch.grain == Grain::Week => {
                    let offset = i64::from(weekday.to_monday_zero_offset());
                    let day = plus_days(fixed.stretch.lo, offset)?;
                    Some((Stretch::day(day), fixed.anchor, Rule::WeekdayShifted))
                }
                // "In 3 days, on Friday": a count is rounder than a weekday, which decides where it lies near.
                (Some(fixed), Some((weekday, None))) if fixed.rule == Rule::Counted => {
                    let days = i64::from(fixed.stretch.lo.weekday().until(weekday));
                    let days = if days > 3 { days - 7 } else { days };
                    let day = plus_days(fixed.stretch.lo, days)?;
                    Some((Stretch::day(day), fixed.anchor, fixed.rule))
                }
                (Some(fixed), _) => Some((fixed.stretch, fixed.anchor, fixed.rule)),
                (None, Some((weekday, shift))) => {
                    // A time of day makes an appointment of a bare weekday.
                    let ahead = timed && self.tense == Tense::Unknown;
                    let tense = if ahead { Tense::Future } else { self.tense };
                    let (day, rule) = resolve::weekday(today, weekday, shift, tense)?;
                    publication(Stretch::day(day), rule)
                }
                (None, None) => publication(Stretch::around(today, Unit::Day)?, Rule::Deictic),
            },
        }
    }
}
