//! A bag of pieces: the parts of one expression in any order ("at 7:30 PM on Friday, Sep 20", "завтра, в четверг,
//! 27 февраля, в 15:00"), collected first and resolved together.

use jiff::civil::{Date, DateTime, Weekday};

use crate::desk::dates::calendar::{Grain, Stretch};
use crate::desk::dates::daytime::{Clock, DayPart};
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::{Partial, Shift};
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::{Side, Stamp};
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::packs::Tag;

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
    pub(super) fn takes_clock(&self) -> bool {
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
    pub(super) fn joints(&self, from: usize) -> Option<usize> {
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
}
