//! A bag of pieces: the parts of one expression in any order ("at 7:30 PM on Friday, Sep 20", "завтра, в четверг,
//! 27 февраля, в 15:00"), collected first and resolved together.

use jiff::civil::{Date, DateTime, Weekday};

use crate::desk::dates::calendar::{Grain, Stretch};
use crate::desk::dates::clock::CLOCK;
use crate::desk::dates::day::DATE;
use crate::desk::dates::daytime::{Clock, DayPart};
use crate::desk::dates::number::NUMBER;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::{Partial, Shift};
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::{Side, Stamp};
use crate::desk::dates::trace::{Anchor, Rule};
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

/// A piece that is already resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixed {
    pub(super) stretch: Stretch,
    /// A time, or a stretch of time, within a day.
    pub(super) time: Option<(DateTime, DateTime)>,
    /// What the wording bears out, where that is less than its arithmetic: "three months ago" is a month.
    pub(super) coarse: Option<Stretch>,
    pub(super) vague: bool,
    /// Whether it hangs on an event that is not known here.
    pub(super) open: bool,
    pub(super) anchor: Anchor,
    pub(super) rule: Rule,
    /// Whether a day by its full date may take its place: "tomorrow, 27 February".
    pub(super) deictic: bool,
    /// What TIMEX3 writes for it, where that differs from what is meant.
    pub(super) written: Option<Stamp>,
    /// The day that it was counted from.
    pub(super) base: Option<Date>,
}

impl Fixed {
    pub(super) fn new(stretch: Stretch, rule: Rule) -> Self {
        let anchor = Anchor::Publication;
        let deictic = rule == Rule::Deictic;
        Self {
            stretch,
            time: None,
            coarse: None,
            vague: false,
            open: false,
            anchor,
            rule,
            deictic,
            written: None,
            base: None,
        }
    }
}

/// The pieces of one expression.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bag {
    pub(super) partial: Partial,
    pub(super) fixed: Option<Fixed>,
    pub(super) weekday: Option<(Weekday, Option<Shift>)>,
    pub(super) clock: Option<Clock>,
    pub(super) clock_hi: Option<Clock>,
    pub(super) part: Option<DayPart>,
    /// `early` or `late`, before a part of a day.
    pub(super) part_side: Option<bool>,
    /// Before or after a time of day: "tomorrow before 5 pm".
    pub(super) side: Option<Side>,
    pub(super) next: usize,
}

impl Bag {
    pub(super) fn has_date(&self) -> bool {
        !self.partial.is_empty() || self.fixed.is_some()
    }

    /// The day, where a bare day of a month is all that is named.
    pub(super) fn bare_day(&self) -> Option<i8> {
        let alone = self.partial.month.is_none()
            && self.partial.year.is_none()
            && self.fixed.is_none()
            && self.weekday.is_none()
            && self.clock.is_none()
            && self.part.is_none();
        self.partial.day.filter(|_| alone)
    }

    /// Whether it is about a single day, so that a time of day may stand beside it.
    fn takes_clock(&self) -> bool {
        match self.fixed {
            Some(fixed) => {
                fixed.time.is_none()
                    && (fixed.stretch.grain == Grain::Day
                        || self.weekday.is_some() && fixed.stretch.grain == Grain::Week)
            }
            None => self.partial.is_empty() || self.partial.day.is_some(),
        }
    }
}

impl Reader<'_> {
    /// The expression whose first piece begins at a token.
    pub(super) fn bag(&self, at: usize) -> Option<Bag> {
        self.bags(at).0
    }

    /// The same, and what of it may be the first end of a range: it stops at the dash where the range may go on.
    pub(super) fn bags(&self, at: usize) -> (Option<Bag>, Option<Bag>) {
        let mut bag = Bag { next: at, ..Bag::default() };
        let mut end: Option<Bag> = None;
        let mut from = Some(at);
        while let Some(more) = from.and_then(|from| self.piece(&bag, from))
            && more.next > bag.next
        {
            bag = more;
            if end.is_none() && self.lexis.dash(bag.next) {
                end = Some(bag);
            }
            from = self.joints(bag.next);
        }
        if bag.next == at {
            return (None, None);
        }
        let whole = self.complete(at, bag);
        (whole, end.map_or(whole, |end| self.complete(at, end)))
    }

    /// A bag that is an expression, and not only a number or a noun.
    fn complete(&self, at: usize, bag: Bag) -> Option<Bag> {
        if bag.next == at || bag.clock.is_some() && !bag.takes_clock() {
            return None;
        }
        // A bare hour counts beside a day or a part of a day only.
        let dated = bag.has_date() || bag.weekday.is_some();
        let weak = |clock: Option<Clock>| clock.is_none_or(|clock| clock.weak);
        let alone = bag.clock.is_some() && weak(bag.clock) && weak(bag.clock_hi);
        // "В 15": an announced hour that is all there is.
        let whole = self.lexis.behind(at, Tag::Joint, Some("clock"))
            && at == 1
            && bag.next == self.lexis.len();
        if alone && bag.part.is_none() && !dated && !whole {
            return None;
        }
        // "Night" is a noun; "in the night" is a time.
        let noun =
            self.lexis.tag(at, Tag::DayPart).is_some_and(|(word, _)| word.ends_with(['?', '+']));
        let linked = self.lexis.behind_any(at, TagSet::of(&[Tag::Joint, Tag::Of]));
        let bare = noun && !linked && bag.clock.is_none() && !dated;
        (!bare).then_some(bag)
    }

    /// The token behind words that join pieces; `None` where nothing joins them.
    fn joints(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for _ in 0..4 {
            if !self.lexis.near(at) {
                return None;
            }
            at = self.other_calendar(at);
            let next = self.lexis.skip(self.lexis.skip(at, Tag::Joint), Tag::Of);
            if next == at {
                break;
            }
            at = next;
        }
        Some(at)
    }

    /// The token behind a date of another calendar, which is passed over: its own day stands beside it.
    fn other_calendar(&self, at: usize) -> usize {
        let lexis = self.lexis;
        let day = lexis.cardinal(at).map_or(at, |(_, next)| next);
        let Some((_, next)) = lexis.tag(day, Tag::OtherCalendar) else { return at };
        let year = lexis.cardinal(next).map_or(next, |(_, after)| after);
        lexis.skip(year, Tag::OtherCalendar)
    }

    fn piece(&self, bag: &Bag, at: usize) -> Option<Bag> {
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
