//! The reader of one sentence: what it knows of publication, and how it chooses among the readings of a place.

use jiff::civil::{Date, DateTime};

use crate::desk::dates::Tense;
use crate::desk::dates::calendar::Stretch;
use crate::desk::dates::length;
use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::{Found, Stamp};
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::model::Nearness;
use crate::desk::packs::{MonthOrder, Tag};

/// Reads the expressions of one sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) lexis: &'a Lexis<'a>,
    /// The day of publication.
    pub(super) today: Date,
    /// Its time, where that is known.
    pub(super) now: Option<DateTime>,
    /// Its zone, in minutes east of Greenwich, where that is known.
    pub(super) offset: Option<i32>,
    pub(super) order: MonthOrder,
    /// The tense around the expression that is read.
    pub(super) tense: Tense,
    /// A token whose digits stand behind the dash of a range, and so continue no number.
    pub(super) free: Option<usize>,
    /// The day that the expression before names in full.
    pub(super) previous: Option<Date>,
}

impl Reader<'_> {
    /// The longest reading that begins at a token; of two equally long ones the first.
    pub(super) fn expression(&self, at: usize) -> Option<Found> {
        let (bag, end) = self.bags(at);
        let resolved = bag.and_then(|bag| self.resolve(&bag));
        let mut best = resolved.filter(|_| bag.is_some_and(|bag| bag.clock_hi.is_some()));
        let mut or = |found: Option<Found>| {
            if let Some(found) = found
                && best.is_none_or(|known| found.next > known.next)
            {
                best = Some(found);
            }
        };
        or(self.range(at, end));
        or(self.bounded(at));
        or(self.part_of(at));
        or(self.lasting_from(at));
        or(bag.and_then(|bag| self.with_length(at, &bag)));
        or(resolved);
        or(self.approximate(at));
        or(self.length(at));
        or(self.recurring(at));
        or(self.present(at));
        best
    }

    /// Whether what lies between two tokens is all that is said, but for words that join.
    pub(super) fn alone(&self, first: usize, next: usize) -> bool {
        next >= self.lexis.len()
            && (0..first).all(|at| self.lexis.begins(at, TagSet::of(&[Tag::Joint, Tag::Of])))
    }

    /// "About two weeks ago", "around 3 pm".
    fn approximate(&self, at: usize) -> Option<Found> {
        let (mark, next) =
            self.lexis.tag(at, Tag::Approx).filter(|(_, next)| self.lexis.tight(*next))?;
        let bag = self.bag(self.lexis.skip(next, Tag::Joint))?;
        let nearness = length::nearness(mark)?;
        let found = self.resolve(&bag)?;
        // "Less than two weeks from today" is any day up to then.
        if let (Nearness::LessThan, Stamp::Days(day), Some(fixed)) =
            (nearness, found.stamp, bag.fixed)
            && let Some(base) = fixed.base.filter(|_| day == fixed.stretch)
            && let Some(stretch) = Stretch::days(base.min(day.lo), base.max(day.hi))
        {
            let (stamp, days) = (Stamp::Days(stretch), Some(stretch.span()));
            let (rule, deictic, approximate, written) = (Rule::Window, false, false, None);
            return Some(Found { stamp, days, rule, deictic, approximate, written, ..found });
        }
        // "Over the last four days" is no more than they are.
        if found.rule == Rule::Window {
            return Some(found);
        }
        Some(Found { nearness, ..found })
    }

    /// "Now": a point of time.
    fn present(&self, at: usize) -> Option<Found> {
        let (value, next) = self.lexis.tag(at, Tag::Now)?;
        // A word that is "now" only as the end of a range.
        if value == "end" {
            return None;
        }
        let stamp = self.now.map_or(Stamp::Open, |now| Stamp::Time(now, now));
        Some(Found::new(next, stamp, Anchor::Publication, Rule::Deictic))
    }

    /// "Every Monday", "every two weeks".
    fn recurring(&self, at: usize) -> Option<Found> {
        let (_, next) = self.lexis.tag(at, Tag::Every)?;
        if let Some((day, after)) = self.lexis.count(next, Tag::Weekday) {
            let stamp = Stamp::EveryWeekday(i8::try_from(day).ok()?);
            return Some(Found::new(after, stamp, Anchor::Absolute, Rule::Recurring));
        }
        let (amount, after) = match self.lexis.amount(next) {
            Some(read) => (read.amount, read.next),
            None => self.one(next)?,
        };
        Some(Found::new(after, Stamp::Every(amount), Anchor::Absolute, Rule::Recurring))
    }
}
