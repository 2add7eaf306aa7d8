//! Edges: since, after, before and until something; the start, middle and end of a span; what is left of it.

use crate::desk::dates::Tense;
use crate::desk::dates::bag::Bag;
use crate::desk::dates::calendar::{Grain, Stretch, Unit, midnight, plus_days};
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::{Found, Side, Stamp, Third, last_second};
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::model::DateSpan;
use crate::desk::packs::Tag;

/// What a part of a span begins with.
const PART: TagSet = TagSet::of(&[Tag::Part, Tag::PartUnit, Tag::Rest, Tag::Until]);

impl Reader<'_> {
    /// "Since Monday", "after 2 pm", "before 2019", "until Friday".
    pub(super) fn bounded(&self, at: usize) -> Option<Found> {
        let (word, next) = self.lexis.tag(at, Tag::Bound)?;
        // "The following Monday": with an article the word tells which one, and bounds nothing.
        if self.shift(at).is_some() && self.lexis.behind(at, Tag::Joint, Some("day")) {
            return None;
        }
        // "Through" names the end only; "until" begins now.
        let side = if word == "through" { Side::Until } else { Side::parse(word)? };
        let next = self.lexis.skip(next, Tag::Joint);
        // "Until Friday", in no tense, is the Friday to come.
        let ahead = matches!(side, Side::Before | Side::Until) && self.tense == Tense::Unknown;
        let tense = if ahead { Tense::Future } else { self.tense };
        let reader = Reader { tense, ..*self };
        let dated = || reader.bag(next).and_then(|bag| Some((reader.resolve(&bag)?, bag)));
        let (mut found, bag) = match (reader.part_of(next), dated()) {
            (Some(part), Some((found, bag))) if found.next > part.next => (found, bag),
            (Some(part), _) => (part, Bag::default()),
            (None, found) => found?,
        };
        // Up to a bare time of day: from now on.
        if let (Side::Until, Stamp::Time(lo, hi), Some(now)) = (side, found.stamp, self.now)
            && word == "until"
            && !bag.has_date()
            && bag.weekday.is_none()
            && lo == hi
            && now < hi
        {
            found.stamp = Stamp::Time(now, hi);
            return Some(found);
        }
        if found.stamp == Stamp::Open {
            return Some(found);
        }
        (found.side, found.written) = (Some(side), None);
        self.bounded_twice(found).or(Some(found))
    }

    /// "After 3:30 pm but before 6 pm", "since Monday until Friday": two edges make a stretch.
    fn bounded_twice(&self, lo: Found) -> Option<Found> {
        matches!(lo.side, Some(Side::After | Side::Since)).then_some(())?;
        let hi = self.bounded(lo.next).filter(|_| self.lexis.near(lo.next))?;
        matches!(hi.side, Some(Side::Before | Side::Until)).then_some(())?;
        let mut found = Found::new(hi.next, hi.stamp, hi.anchor, Rule::Range);
        match (lo.stamp, hi.stamp) {
            (Stamp::Days(first), Stamp::Days(last)) => {
                let from =
                    if lo.side == Some(Side::After) { plus_days(first.hi, 1)? } else { first.lo };
                let to =
                    if hi.side == Some(Side::Before) { plus_days(last.lo, -1)? } else { last.hi };
                let stretch = Stretch::days(from, to)?;
                (found.stamp, found.days) = (Stamp::Days(stretch), Some(stretch.span()));
            }
            (Stamp::Time(from, _), Stamp::Time(to, _)) => {
                // "After 9:30 but before 11:00 on Thursday": the end names the day of both.
                let lent = lo.rule == Rule::TimeOfDay && hi.rule != Rule::TimeOfDay;
                let from = if lent { to.date().to_datetime(from.time()) } else { from };
                (found.stamp, found.days) = (Stamp::Time(from, to), hi.days);
                (from < to).then_some(())?;
            }
            _ => return None,
        }
        Some(found)
    }

    /// "Late February", "до конца следующей недели", "the rest of the week", "EOY".
    pub(super) fn part_of(&self, at: usize) -> Option<Found> {
        if !self.lexis.begins(at, PART) {
            return None;
        }
        if let Some((value, next)) = self.lexis.tag(at, Tag::PartUnit) {
            let (part, unit) = value.split_once(' ')?;
            let stretch = Stretch::around(self.today, Unit::parse(unit)?.0)?;
            let found = self.third(part, stretch, Anchor::Publication, next)?;
            return Some(self.year_whole(at, stretch, found));
        }
        if let Some((_, next)) = self.lexis.tag(at, Tag::Rest) {
            let nouns = TagSet::of(&[Tag::Of, Tag::Joint, Tag::Shift, Tag::Unit]);
            let noun = self.lexis.begins(next, nouns);
            return if noun { self.rest(next) } else { None };
        }
        if let Some((_, next)) = self.lexis.tag(at, Tag::Until) {
            return self.up_to_the_end(at, next);
        }
        let (part, next) = self.lexis.tag(at, Tag::Part)?;
        // "Will end in 2030" ends then, and does not end with it.
        let inside = self.lexis.valued(next, Tag::Of, "in").is_some();
        if inside && !matches!(part, "early" | "late") {
            return None;
        }
        let (stretch, anchor, after) = self.whole_of(next)?;
        let found = self.third(part, stretch, anchor, after)?;
        Some(self.year_whole(at, stretch, found))
    }

    /// The end of a year, told of something, is no fixed span: TIMEX3 writes the year, and its modifier tells the part.
    fn year_whole(&self, at: usize, stretch: Stretch, found: Found) -> Found {
        let told = stretch.grain == Grain::Year && !self.alone(at, found.next);
        Found { written: told.then_some(Stamp::Days(stretch)), ..found }
    }

    /// The span that a part is of: a period, or a day.
    fn whole_of(&self, next: usize) -> Option<(Stretch, Anchor, usize)> {
        if !self.lexis.near(next) {
            return None;
        }
        let from = self.lexis.links(next);
        let dated = [next, from].into_iter().find_map(|from| {
            let bag = self.bag(from).filter(|bag| bag.clock.is_none() && bag.part.is_none())?;
            let Stamp::Days(stretch) = self.resolve(&bag)?.stamp else { return None };
            Some((stretch, self.resolve(&bag)?.anchor, bag.next))
        });
        match (dated, self.period(next)) {
            (Some(dated), Some(period)) if period.2 > dated.2 => Some(period),
            (dated, period) => dated.or(period),
        }
    }

    fn third(&self, part: &str, stretch: Stretch, anchor: Anchor, next: usize) -> Option<Found> {
        let third = Third::parse(part)?;
        let whole = matches!(part, "early" | "late");
        let mut found = Found::new(next, Stamp::Days(stretch), anchor, Rule::Nth);
        (found.third, found.days) = (Some(third), Some(stretch.span()));
        match stretch.grain {
            Grain::Day if third == Third::End && !whole => {
                let at = last_second(stretch.lo)?;
                found.stamp = Stamp::Time(at, at);
            }
            _ if whole => {}
            _ => found.stamp = Stamp::Days(stretch.third(part)?),
        }
        Some(found)
    }

    /// "The rest of the week": from publication to its end.
    fn rest(&self, next: usize) -> Option<Found> {
        let (stretch, anchor, next) = self.whole_of(next)?;
        let mut found = Found::new(next, Stamp::Days(stretch), anchor, Rule::Window);
        if stretch.grain == Grain::Day {
            let end = last_second(stretch.hi)?;
            found.stamp =
                self.now.map_or(Stamp::Days(stretch), |now| Stamp::Time(now.min(end), end));
            return Some(found);
        }
        let rest = Stretch::days(self.today.max(stretch.lo), stretch.hi)?;
        (found.stamp, found.days) = (Stamp::Days(rest), Some(rest.span()));
        Some(found)
    }

    /// "By the end of the month": it began at no known time, and for what is to come it begins at publication.
    fn up_to_the_end(&self, at: usize, next: usize) -> Option<Found> {
        let tense = if self.tense == Tense::Unknown { Tense::Future } else { self.tense };
        let (stretch, anchor, next) = Reader { tense, ..*self }.whole_of(next)?;
        let end = midnight(plus_days(stretch.hi, 1)?);
        let now = self.now.filter(|now| *now < end && self.alone(at, next));
        let stamp = now.map_or(Stamp::UpTo(end), |now| Stamp::Time(now, end));
        let mut found = Found::new(next, stamp, anchor, Rule::Window);
        found.days = Some(DateSpan { lo: self.today.min(stretch.hi), hi: stretch.hi });
        Some(found)
    }
}
