//! Weekdays, and the day of the month that stands behind one.

use jiff::civil::Weekday;

use crate::desk::dates::bag::Bag;
use crate::desk::dates::calendar::Unit;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::Partial;
use crate::desk::dates::set::TagSet;
use crate::desk::packs::Tag;

/// What a weekday begins with.
pub(super) const WEEKDAY: TagSet = TagSet::of(&[Tag::Shift, Tag::Weekday, Tag::WeekdayWeak]);

/// What may stand behind a bare day of a month.
const DAY_ENDS: TagSet =
    TagSet::of(&[Tag::Joint, Tag::To, Tag::And, Tag::Between, Tag::Bound, Tag::For, Tag::DayPart]);

impl Reader<'_> {
    /// A weekday, with "last" or "next" before or behind it.
    pub(super) fn weekday_piece(&self, at: usize, bag: &Bag) -> Option<Bag> {
        if !self.lexis.begins(at, WEEKDAY) {
            return None;
        }
        let shift = self.shift(at);
        let from = shift.map_or(at, |(_, next)| next);
        let shifted = shift.is_some_and(|(shift, _)| shift.n != 0);
        let shown = shifted || bag.has_date() || self.shows_weekday(from);
        let (weekday, next) = self.weekday(from, shown)?;
        let (shift, next) = match (shift, self.shift(next).filter(|_| self.lexis.near(next))) {
            (Some((shift, _)), _) => (Some(shift), next),
            // "الجمعة الأسبوع الماضي": the shift behind belongs to the weekday unless a unit follows it.
            (None, Some((shift, after))) if self.lexis.unit(after).is_none() => {
                (Some(shift), after)
            }
            _ => (None, next),
        };
        Some(Bag { weekday: Some((weekday, shift)), next, ..*bag })
    }

    /// Whether a word that may be a weekday is one by what stands beside it, or by standing alone.
    fn shows_weekday(&self, at: usize) -> bool {
        let lexis = self.lexis;
        let next = at + 1;
        lexis.len() == 1
            || lexis.behind(at, Tag::Joint, Some("on"))
            || lexis.near(next)
                && (lexis.digits(next).is_some()
                    || lexis.tag(next, Tag::Month).is_some()
                    || lexis.ordinal(next).is_some())
    }

    /// A weekday; a word that also means something else counts only where the rest shows it.
    pub(super) fn weekday(&self, at: usize, shown: bool) -> Option<(Weekday, usize)> {
        let strong = self.lexis.count(at, Tag::Weekday);
        let weak = || {
            let found = self.lexis.count(at, Tag::WeekdayWeak)?;
            let week = self.lexis.unit(found.1).is_some_and(|(unit, ..)| unit == Unit::Week);
            // "Last sat down": in small letters only a number or a month beside it shows the day.
            let lower = self.lexis.lower(at) && !self.shows_weekday(at);
            (shown && !lower || week).then_some(found)
        };
        let (n, next) = strong.or_else(weak)?;
        Some((Weekday::from_monday_one_offset(i8::try_from(n).ok()?).ok()?, next))
    }

    /// "Tuesday 19th", "Friday the 22nd", "السبت السادس عشر": the day of a month behind its weekday; or "on the 15th".
    pub(super) fn weekday_and_day(&self, at: usize, bag: &Bag) -> Option<(Partial, usize)> {
        let (day, ordinal, next) = self.lexis.day_number(at)?;
        // "Двадцать седьмого числа": the word for a day of the month stands apart.
        let named = self.lexis.valued(next, Tag::OrdinalEnd, "day").filter(|_| ordinal);
        if let Some(after) = named.filter(|_| self.lexis.tight(next)) {
            return Some((Partial { day: Some(day), ..Partial::default() }, after));
        }
        let alone = || self.lexis.valued(next - 1, Tag::OrdinalEnd, "day").is_some();
        let ends = self.lexis.closed(next) || self.lexis.begins(next, DAY_ENDS);
        let announced = self.lexis.behind(at, Tag::Joint, Some("day"));
        let digits = self.lexis.digits(at).is_some();
        let ranged = self.lexis.tag(next, Tag::To).is_some()
            || self.lexis.behind(at, Tag::Joint, Some("clock"));
        let counts = if bag.weekday.is_some() {
            ordinal && (digits || announced || day >= 11) || ends && digits && !ranged
        } else if ordinal && digits && alone() {
            true
        } else {
            let joined = self.lexis.behind(at, Tag::Joint, None);
            let shown = announced && (ordinal || digits) || joined && ordinal && digits;
            shown && ends || self.free != Some(at) && self.is_on(at) && self.lexis.closed(next)
        };
        let free = self.lexis.tag(next, Tag::Unit).is_none()
            && self.lexis.tag(next, Tag::Noonside).is_none();
        let glued = self.lexis.glued(next);
        (counts && free && !glued)
            .then_some((Partial { day: Some(day), ..Partial::default() }, next))
    }

    /// Whether a word that only days stand behind comes before: "on 15".
    fn is_on(&self, at: usize) -> bool {
        self.lexis.behind(at, Tag::Joint, Some("on"))
    }
}
