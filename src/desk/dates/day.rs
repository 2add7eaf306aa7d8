//! Days and months by their names: "10 April 2025", "April 10", "27-го февраля", "10 نيسان/أبريل"; and the choice among the
//! dates that may begin at a token.

use crate::desk::dates::bag::{Bag, Fixed};
use crate::desk::dates::calendar::{Stretch, Unit, plus_days};
use crate::desk::dates::count::COUNTED;
use crate::desk::dates::daytime::DayPart;
use crate::desk::dates::holiday::HOLIDAY;
use crate::desk::dates::nth::NTH;
use crate::desk::dates::number::{NUMBER, YEAR};
use crate::desk::dates::period::NUMBERED;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::Partial;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::shift::SHIFTED;
use crate::desk::dates::trace::Rule;
use crate::desk::packs::{MonthOrder, Tag};

/// What a month begins with, by name or by number.
const MONTH: TagSet = TagSet::of(&[Tag::Month, Tag::MonthWeak, Tag::Unit]);

/// What a date by its names begins with.
const NAMED: TagSet = NUMBER.or(YEAR).or(MONTH);

/// What a date of any form begins with.
pub(super) const DATE: TagSet =
    NAMED.or(NTH).or(NUMBERED).or(COUNTED).or(HOLIDAY).or(SHIFTED).or(TagSet::of(&[Tag::Day]));

/// What shows that a word behind it is a month.
const BEFORE_MONTH: TagSet =
    TagSet::of(&[Tag::Between, Tag::To, Tag::Of, Tag::Bound, Tag::Part, Tag::Shift]);

/// What shows that four digits behind it are a year.
const BEFORE_YEAR: TagSet = TagSet::of(&[
    Tag::Joint,
    Tag::Of,
    Tag::Between,
    Tag::To,
    Tag::And,
    Tag::Bound,
    Tag::Part,
    Tag::Season,
    Tag::Approx,
    Tag::Until,
    Tag::Ago,
]);

/// What counts four digits that stand before it.
const NO_YEAR: TagSet = TagSet::of(&[Tag::Unit, Tag::OtherCalendar, Tag::DecadeEnd, Tag::Noonside]);

impl Reader<'_> {
    /// The date whose words begin at a token: the longest reading.
    pub(super) fn date_piece(&self, at: usize, bag: &Bag) -> Option<Bag> {
        let partial = |found: Option<(Partial, usize)>| {
            found.map(|(partial, next)| Bag { partial, next, ..*bag })
        };
        let fixed = |found: Option<(Fixed, usize)>| {
            found.map(|(fixed, next)| Bag { fixed: Some(fixed), next, ..*bag })
        };
        if !self.lexis.begins(at, DATE) {
            return None;
        }
        let mut best = partial(self.numeric(at, bag));
        let mut or = |found: Option<Bag>| {
            if let Some(found) = found
                && best.is_none_or(|known| found.next > known.next)
            {
                best = Some(found);
            }
        };
        or(partial(self.named(at)));
        or(fixed(self.day_of_period(at)));
        or(self.nth(at, bag));
        or(fixed(self.numbered(at)));
        or(fixed(self.counted(at)));
        or(fixed(self.holiday(at)));
        or(self.shifted(at, bag));
        or(self.deictic(at, bag));
        or(partial(self.weekday_and_day(at, bag)));
        best
    }

    /// "Tomorrow", "tonight".
    fn deictic(&self, at: usize, bag: &Bag) -> Option<Bag> {
        if bag.fixed.is_some() {
            return None;
        }
        let (shift, next) = self.lexis.count(at, Tag::Day)?;
        let day = plus_days(self.today, shift)?;
        let part = self.lexis.tag(at, Tag::DayPart).filter(|(_, end)| *end == next);
        let part = part.and_then(|(word, _)| DayPart::parse(word));
        let fixed = Fixed::new(Stretch::day(day), Rule::Deictic);
        Some(Bag { fixed: Some(fixed), part: part.or(bag.part), next, ..*bag })
    }

    /// A month, with the dual form ("فبراير/شباط") read as one.
    pub(super) fn month(&self, at: usize, strong: bool) -> Option<(i8, usize)> {
        let lexis = self.lexis;
        let named =
            |at: usize| lexis.count(at, Tag::Month).or_else(|| lexis.count(at, Tag::MonthWeak));
        let (month, next) = if strong { lexis.count(at, Tag::Month)? } else { named(at)? };
        let next = match named(next) {
            Some((same, after)) if same == month && lexis.near(next) => after,
            _ => next,
        };
        Some((i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?, next))
    }

    /// A month by its name, or by its number behind the word "month": شهر 3.
    fn any_month(&self, at: usize) -> Option<(i8, usize)> {
        if let Some(found) = self.month(at, false) {
            return Some(found);
        }
        let (unit, 1, false, next) = self.lexis.unit(at)? else { return None };
        if unit != Unit::Month {
            return None;
        }
        if let Some(found) = self.month(next, false) {
            return Some(found);
        }
        let (n, after) = self.lexis.ordinal(next).or_else(|| self.lexis.cardinal(next))?;
        let year = self.lexis.valued(after, Tag::YearMark, "before").is_some();
        let free = self.lexis.tag(after, Tag::Unit).is_none() || year;
        Some((i8::try_from(n).ok().filter(|n| (1..=12).contains(n) && free)?, after))
    }

    /// Dates with a month: day and month in both orders, month and year, a month or a year alone.
    pub(super) fn named(&self, at: usize) -> Option<(Partial, usize)> {
        if !self.lexis.begins(at, NAMED) {
            return None;
        }
        if let Some(found) = self.before_month(at).or_else(|| self.day_month(at)) {
            return Some(found);
        }
        if let Some((month, next)) = self.any_month(at) {
            if let Some((day, after)) = self.day_behind_month(next) {
                let (year, after) = self.year_behind(after, true);
                return Some((Partial { year, month: Some(month), day: Some(day) }, after));
            }
            let (year, after) = self.year_behind(next, false);
            let shown = year.is_some()
                || self.month(at, true).is_some()
                || self.lexis.unit(at).is_some()
                || !self.lexis.lower(at)
                    && (self.lexis.behind(at, Tag::Joint, Some("month"))
                        || self.lexis.behind_any(at, BEFORE_MONTH));
            return shown.then_some((Partial { year, month: Some(month), day: None }, after));
        }
        if self.lexis.continued(at) && self.free != Some(at) {
            return None;
        }
        let (year, next) = self.lexis.year(at, false).or_else(|| self.old_year(at))?;
        let month =
            self.month(self.lexis.skip(next, Tag::Of), false).filter(|_| self.lexis.near(next));
        if let Some((month, after)) = month {
            let (day, after) =
                self.day_behind_month(after).map_or((None, after), |(d, n)| (Some(d), n));
            return Some((Partial { year: Some(year), month: Some(month), day }, after));
        }
        let free = !self.lexis.begins(next, NO_YEAR) || !self.lexis.near(next);
        // Years in a chain of numbers are none: 138-2010-2015, 32 - 2015.
        let chained = self.lexis.digits(next).is_some() && self.lexis.dash(next)
            || at > 0 && self.lexis.digits(at - 1).is_some() && self.lexis.dash(at);
        let glued = self.lexis.glued(next) || chained && self.free != Some(at);
        let percent =
            self.lexis.trail(next - 1).trim_start().starts_with(['%', '٪', '$', '€', '₽']);
        (free && !glued && !percent && self.shows_year(at, next))
            .then_some((Partial { year: Some(year), ..Partial::default() }, next))
    }

    /// Whether four digits stand where a year does: behind a word that joins or announces, in brackets, at an end, or
    /// with a mark of their own. Else they may count anything.
    fn shows_year(&self, at: usize, next: usize) -> bool {
        let lexis = self.lexis;
        let marked = next > at + 1 || lexis.digits(at).is_none();
        let edge = at == 0 || lexis.closed(next) || lexis.lead(at).contains(['(', '-', '–', '=']);
        let bracket = lexis.trail(next - 1).starts_with([')', ']', '-', '–', '/', '»', '"', '”']);
        marked || edge || bracket || lexis.behind_any(at, BEFORE_YEAR)
    }

    /// A year before 1900, behind a word that announces a month or a year: "in 1865".
    fn old_year(&self, at: usize) -> Option<(i16, usize)> {
        let year = self.lexis.digits(at).filter(|n| (1000..1900).contains(n))?;
        let announced = self.lexis.behind(at, Tag::Joint, Some("month"))
            || self.lexis.behind_any(at, TagSet::of(&[Tag::Bound, Tag::To, Tag::Between]));
        let followed = self.lexis.valued(at + 1, Tag::YearMark, "after").is_some();
        let next = if followed { self.lexis.skip(at + 1, Tag::YearMark) } else { at + 1 };
        let closed = self.lexis.closed(at + 1) || followed;
        (announced && closed || followed).then_some((i16::try_from(year).ok()?, next))
    }

    fn day_month(&self, at: usize) -> Option<(Partial, usize)> {
        let (day, _, next) = self.lexis.day_number(at)?;
        let near = self.lexis.near(next) && !self.lexis.gap(next - 1).contains(',');
        let (month, next) = self.any_month(self.lexis.skip(next, Tag::Of)).filter(|_| near)?;
        let (year, next) = self.year_behind(next, true);
        Some((Partial { year, month: Some(month), day: Some(day) }, next))
    }

    /// The day behind a month: "April 10", "May the twenty-first". Where months follow days as a rule, bare digits
    /// behind a month count only when a year or the end follows.
    fn day_behind_month(&self, next: usize) -> Option<(i8, usize)> {
        let lexis = self.lexis;
        if !lexis.near(next) {
            return None;
        }
        let from = lexis.skip(next, Tag::Joint);
        let (day, ordinal, after) = lexis.day_number(from)?;
        let word = lexis.digits(from).is_none();
        let timed = lexis.gap(after - 1).starts_with(':') && lexis.digits(after).is_some();
        let spaced = after > 0 && lexis.gap(after - 1).chars().all(char::is_whitespace);
        let counted = lexis.begins(after, TagSet::of(&[Tag::Unit, Tag::HourMark]))
            || spaced && !ordinal && lexis.tag(after, Tag::Month).is_some();
        let usual = self.order == MonthOrder::MonthDay || ordinal && !word;
        let shown = usual
            || lexis.closed(after)
            || lexis.dash(after)
            || lexis.tag(after, Tag::To).is_some()
            || self.year_behind(after, false).0.is_some();
        (!timed && !counted && shown && (from == next || ordinal)).then_some((day, after))
    }

    /// The year behind a month: digits, words, "next year", "this year". Two digits count behind a full date only.
    pub(super) fn year_behind(&self, next: usize, dated: bool) -> (Option<i16>, usize) {
        let lexis = self.lexis;
        if !lexis.near(next) {
            return (None, next);
        }
        if let Some(after) = lexis.valued(next, Tag::YearMark, "this") {
            return (Some(self.today.year()), after);
        }
        for from in [next, lexis.skip(next, Tag::Of), lexis.links(next)] {
            // Behind a full date any four digits, and any number in words, are its year.
            let loose = dated && (lexis.width(from) == 4 || lexis.digits(from).is_none());
            if let Some((year, after)) = lexis.year(from, loose).filter(|(year, _)| *year >= 1000)
                && !lexis.glued(after)
            {
                return (Some(year), after);
            }
            if let Some((stretch, after)) = self.shifted_unit(from, Unit::Year) {
                return (Some(stretch.lo.year()), after);
            }
        }
        let two = lexis.width(next) == 2
            && !lexis.dash(next)
            && lexis.digits(next).is_some()
            && lexis.closed(next + 1);
        let sure = dated || lexis.digits(next).is_some_and(|n| n > 31);
        if two
            && sure
            && !lexis.trail(next).starts_with(':')
            && let Some((year, after)) = lexis.year(next, true)
        {
            return (Some(year), after);
        }
        (None, next)
    }
}
