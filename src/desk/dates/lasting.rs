//! Stretches by their beginning and length: "for 3 days from Monday", "a week starting tomorrow", "4 pm for 30 minutes".

use crate::desk::dates::amount::{AMOUNT, Amount};
use crate::desk::dates::bag::{Bag, Fixed};
use crate::desk::dates::calendar::Stretch;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::{Found, Stamp};
use crate::desk::dates::trace::Rule;
use crate::desk::packs::Tag;

impl Reader<'_> {
    /// "For 3 days from Monday", "a week starting tomorrow": a stretch by its length and beginning.
    pub(super) fn lasting_from(&self, at: usize) -> Option<Found> {
        let lexis = self.lexis;
        if !lexis.begins(at, AMOUNT.or(TagSet::of(&[Tag::For]))) {
            return None;
        }
        let announced = lexis.tag(at, Tag::For);
        let (amount, next) = self.amount_or_one(announced.map_or(at, |(_, next)| next))?;
        let starting = lexis.valued(next, Tag::Bound, "starting");
        let from =
            announced.and_then(|_| lexis.count(next, Tag::From)).filter(|(sign, _)| *sign > 0);
        if let Some((_, after)) = announced.and_then(|_| lexis.tag(next, Tag::FromNow)) {
            let today = Fixed::new(Stretch::day(self.today), Rule::Deictic);
            let bag = Bag { fixed: Some(today), next: after, ..Bag::default() };
            return self.lasting(&bag, amount, after);
        }
        let begin = starting.or(from.map(|(_, after)| after))?;
        let bag = self.bag(lexis.skip(begin, Tag::Joint))?;
        self.lasting(&bag, amount, bag.next)
    }

    /// A beginning and a length behind it: "from 4 pm for thirty minutes".
    pub(super) fn with_length(&self, at: usize, bag: &Bag) -> Option<Found> {
        let (_, next) = self.lexis.tag(bag.next, Tag::For)?;
        let (amount, next) = self.amount_or_one(next)?;
        // A second piece of the beginning may follow: "on 14 Feb for 7 hours from 9:30".
        if let Some((1, after)) = self.lexis.count(next, Tag::From)
            && let Some(more) =
                self.bag(after).filter(|more| more.clock.is_some() && !more.has_date())
            && bag.clock.is_none()
        {
            let whole = Bag { clock: more.clock, ..*bag };
            return self.lasting(&whole, amount, more.next);
        }
        // "On Monday for two days" leaves the day a day; a time of day begins a stretch.
        let opened = self.lexis.behind(at, Tag::Between, None) && bag.has_date();
        (bag.clock.is_some() && bag.clock_hi.is_none() || opened).then_some(())?;
        self.lasting(bag, amount, next)
    }

    pub(super) fn lasting(&self, bag: &Bag, amount: Amount, next: usize) -> Option<Found> {
        let begin = self.resolve(bag)?;
        let stamp = match begin.stamp {
            Stamp::Time(lo, _) => Stamp::Time(lo, amount.time_away(lo, 1)?),
            Stamp::Days(stretch) if !amount.is_fine() => {
                Stamp::Days(Stretch::days(stretch.lo, amount.day_away(stretch.lo, 1)?)?)
            }
            _ => return None,
        };
        let days = match stamp {
            Stamp::Days(stretch) => Some(stretch.span()),
            _ => begin.days,
        };
        Some(Found { next, stamp, days, rule: Rule::Window, written: None, ..begin })
    }
}
