//! The pieces of a bag: a date, a time of day, a weekday, a part of a day, each where the pieces before it leave room.

use crate::desk::dates::bag::Bag;
use crate::desk::dates::calendar::Grain;
use crate::desk::dates::clock::CLOCK;
use crate::desk::dates::day::DATE;
use crate::desk::dates::daytime::{Clock, DayPart};
use crate::desk::dates::number::NUMBER;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::Side;
use crate::desk::dates::weekday::WEEKDAY;
use crate::desk::packs::Tag;

/// What a part of a day begins with.
const DAY_PART: TagSet = TagSet::of(&[Tag::Part, Tag::Noonside, Tag::DayPart]);

/// What any piece begins with: a date, a weekday, a time or part of a day, what joins a time to a day.
const PIECE: TagSet = DATE.or(CLOCK).or(WEEKDAY).or(DAY_PART).or(TagSet::of(&[
    Tag::Zone,
    Tag::Between,
    Tag::Joint,
    Tag::Approx,
    Tag::Bound,
]));

/// What may stand behind a bare hour.
const HOUR_ENDS: TagSet = TagSet::of(&[Tag::Weekday, Tag::To, Tag::And, Tag::Zone]);

impl Reader<'_> {
    /// The bag with the piece that begins at a token.
    pub(super) fn piece(&self, bag: &Bag, at: usize) -> Option<Bag> {
        if !self.lexis.begins(at, PIECE) {
            return None;
        }
        if let (Some(clock), Some((zone, next))) = (bag.clock, self.lexis.count(at, Tag::Zone))
            && clock.zone.is_none()
        {
            let zone = i32::try_from(zone).ok();
            let hi = bag.clock_hi.map(|hi| Clock { zone, ..hi });
            return Some(Bag { clock: Some(Clock { zone, ..clock }), clock_hi: hi, next, ..*bag });
        }
        let started =
            bag.has_date() || bag.weekday.is_some() || bag.clock.is_some() || bag.part.is_some();
        let reopened = bag.fixed.is_some_and(|fixed| fixed.deictic) && bag.partial.is_empty();
        let day = if !bag.has_date() || reopened { self.date_piece(at, bag) } else { None };
        if let Some(day) = day {
            return Some(day);
        }
        if bag.clock.is_none() && bag.takes_clock() {
            if let Some((lo, hi)) = self.clock_range(at) {
                return Some(Bag { clock: Some(lo), clock_hi: Some(hi), next: hi.next, ..*bag });
            }
            if let Some(clock) = self.lexis.clock(at) {
                return Some(Bag { clock: Some(clock), next: clock.next, ..*bag });
            }
            // "24 мая около 16 часов": beside a day it is a time, and no length.
            let about = self.lexis.tag(at, Tag::Approx).filter(|_| started);
            if let Some(clock) = about.and_then(|(_, next)| self.lexis.announced_hour(next)) {
                return Some(Bag { clock: Some(clock), next: clock.next, ..*bag });
            }
            // "Tomorrow before 5 pm"; "on 14 February from 9:30 for 7 hours".
            let bound = self.lexis.tag(at, Tag::Bound).filter(|_| started);
            if let Some((word, next)) = bound
                && let Some(clock) = self.side_clock(self.lexis.skip(next, Tag::Joint))
                && let Some(side) = Side::parse(word)
            {
                return Some(Bag {
                    clock: Some(clock),
                    side: Some(side),
                    next: clock.next,
                    ..*bag
                });
            }
            let from = self.lexis.tag(at, Tag::Between).filter(|_| started);
            if let Some(clock) = from.and_then(|(_, next)| self.lexis.clock(next))
                && self.lexis.tag(clock.next, Tag::For).is_some()
            {
                return Some(Bag { clock: Some(clock), next: clock.next, ..*bag });
            }
        }
        let fits = bag.fixed.is_none_or(|f| matches!(f.stretch.grain, Grain::Day | Grain::Week));
        if bag.weekday.is_none()
            && fits
            && let Some(more) = self.weekday_piece(at, bag)
        {
            return Some(more);
        }
        if bag.part.is_none()
            && bag.takes_clock()
            && let Some(more) = self.part_piece(at, bag)
        {
            return Some(more);
        }
        self.weak_piece(at, bag, started)
    }

    fn side_clock(&self, at: usize) -> Option<Clock> {
        let part =
            |clock: &Clock| self.lexis.tag(self.lexis.links(clock.next), Tag::DayPart).is_some();
        self.lexis.clock(at).or_else(|| self.lexis.weak_clock(at).filter(part))
    }

    /// A bare hour behind a word that announces one, or before a part of a day.
    fn weak_piece(&self, at: usize, bag: &Bag, started: bool) -> Option<Bag> {
        if !self.lexis.begins(at, NUMBER) || bag.clock.is_some() || !bag.takes_clock() {
            return None;
        }
        let announced = self.lexis.behind(at, Tag::Joint, Some("clock"));
        // "Monday at 2.30", "on Friday at 1330".
        let whole = || self.lexis.compact(at).filter(|clock| self.lexis.closed(clock.next));
        let written = self.lexis.dotted(at).or_else(whole);
        if let Some(clock) = written.filter(|_| announced && started) {
            return Some(Bag { clock: Some(clock), next: clock.next, ..*bag });
        }
        let clock = self.lexis.weak_clock(at)?;
        let behind = self.joints(clock.next).unwrap_or(clock.next);
        let part = self.lexis.tag(behind, Tag::DayPart);
        let counted = part.is_some_and(|(word, _)| word.ends_with('?')) && behind == clock.next;
        // "At 8 today", "9 tomorrow morning", "8 tonight", but not "the last four today".
        let day = self.lexis.tag(behind, Tag::Day).is_some_and(|(_, after)| {
            announced
                || self.lexis.tag(behind, Tag::DayPart).is_some()
                || self.lexis.tag(after, Tag::DayPart).is_some()
        });
        let followed = (part.is_some() && !counted || day) && self.lexis.near(clock.next);
        let ends =
            self.lexis.closed(clock.next) || followed || self.lexis.begins(behind, HOUR_ENDS);
        let spoken = clock.minute > 0 && self.lexis.digits(at).is_none()
            || self.lexis.behind(clock.next, Tag::HourMark, None);
        let counts = if started { announced && ends || spoken } else { followed };
        counts.then_some(Bag { clock: Some(clock), next: clock.next, ..*bag })
    }

    /// "Morning", "late in the evening", "this afternoon".
    fn part_piece(&self, at: usize, bag: &Bag) -> Option<Bag> {
        if !self.lexis.begins(at, DAY_PART) {
            return None;
        }
        let side = match self.lexis.tag(at, Tag::Part) {
            Some(("early", next)) => Some((false, next)),
            Some(("late", next)) => Some((true, next)),
            _ => None,
        };
        let mut from = side.map_or(at, |(_, next)| next);
        if side.is_some() {
            from = self.joints(from)?;
        }
        // "Tuesday PM".
        if let Some((half, next)) = self.lexis.tag(from, Tag::Noonside)
            && (bag.has_date() || bag.weekday.is_some())
            && self.lexis.tight(from)
            && (self.lexis.closed(next) || self.lexis.tag(next, Tag::To).is_some())
        {
            let part = if half.starts_with('p') { DayPart::Afternoon } else { DayPart::Morning };
            return Some(Bag { part: Some(part), next, ..*bag });
        }
        let (word, next) = self.lexis.tag(from, Tag::DayPart)?;
        let part = DayPart::parse(word)?;
        let after = match self.lexis.tag(next, Tag::Part) {
            Some(("early", after)) if side.is_none() => Some((false, after)),
            Some(("late", after)) if side.is_none() => Some((true, after)),
            _ => side,
        };
        let next = after.filter(|_| side.is_none()).map_or(next, |(_, after)| after);
        Some(Bag { part: Some(part), part_side: after.map(|(late, _)| late), next, ..*bag })
    }
}
