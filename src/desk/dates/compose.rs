//! Composition of dates from tags: templates over numbers, months, weekdays, units and their companions.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::desk::dates::resolve::{self, Part, Span};
use crate::desk::dates::{Anchor, Context, Meaning, Tense, Timex};
use crate::desk::model::DateSpan;
use crate::desk::packs::{MonthOrder, Tag};

/// The time tags of a sentence by the token they begin at.
pub(super) struct Lexis<'a> {
    pub(super) context: &'a Context<'a>,
    by_first: HashMap<(usize, Tag), (&'a str, usize)>,
}

impl<'a> Lexis<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let mut by_first = HashMap::new();
        for hit in context.hits {
            let entry =
                by_first.entry((hit.first, hit.tag)).or_insert((hit.value.as_str(), hit.last));
            if hit.last > entry.1 {
                *entry = (hit.value.as_str(), hit.last);
            }
        }
        Self { context, by_first }
    }

    /// The value of a tag that begins at a token, and the token behind it.
    pub(super) fn tag(&self, at: usize, tag: Tag) -> Option<(&'a str, usize)> {
        self.by_first.get(&(at, tag)).map(|(value, last)| (*value, last + 1))
    }

    /// A number in digits or words; words add up ("twenty five"), also over an "and" (خمسة وعشرين).
    pub(super) fn number(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(n) = self.context.tokens.get(at)?.number() {
            return Some((n, at + 1));
        }
        let (value, mut next) = self.tag(at, Tag::Number)?;
        let mut total: i64 = value.parse().ok()?;
        while let Some((more, after)) = self.tag(next, Tag::Number) {
            let more: i64 = more.parse().ok()?;
            let units_then_tens = total < 10 && (20..100).contains(&more);
            let tens_then_units = total >= 20 && total % 10 == 0 && more < 10;
            if !units_then_tens && !tens_then_units {
                break;
            }
            total += more;
            next = after;
        }
        Some((total, next))
    }

    /// A month, with the dual form ("فبراير/شباط") read as one.
    fn month(&self, at: usize, strong: bool) -> Option<(i8, usize)> {
        let found = self.tag(at, Tag::Month);
        let (value, next) =
            if strong { found? } else { found.or_else(|| self.tag(at, Tag::MonthWeak))? };
        let month: i8 = value.parse().ok()?;
        let twin = self.tag(next, Tag::Month).or_else(|| self.tag(next, Tag::MonthWeak));
        match twin {
            Some((same, after)) if same == value && self.beside(next - 1, next) => {
                Some((month, after))
            }
            _ => Some((month, next)),
        }
    }

    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let number = self.context.tokens.get(at)?.number()?;
        let year = i16::try_from(number).ok().filter(|y| (1900..=2100).contains(y))?;
        let next = self.tag(at + 1, Tag::YearMark).map_or(at + 1, |(_, next)| next);
        Some((year, next))
    }

    /// Whether only a space, comma, slash, bracket or hyphen lies between two tokens.
    pub(super) fn beside(&self, left: usize, right: usize) -> bool {
        let tokens = self.context.tokens;
        let (Some(a), Some(b)) = (tokens.get(left), tokens.get(right)) else { return false };
        self.context.text.get(a.end..b.start).is_some_and(|gap| {
            gap.len() <= 8 && gap.chars().all(|c| " ,،/()-–\u{a0}".contains(c) || c.is_whitespace())
        })
    }

    /// The text between a token and the next.
    pub(super) fn gap(&self, left: usize) -> &'a str {
        let tokens = self.context.tokens;
        match (tokens.get(left), tokens.get(left + 1)) {
            (Some(a), Some(b)) => self.context.text.get(a.end..b.start).unwrap_or_default(),
            _ => "",
        }
    }
}

/// The date expression that begins at a token.
pub(super) fn at(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<Timex> {
    let day = lexis.context.day;
    range(lexis, at, tense)
        .or_else(|| numeric(lexis, at))
        .or_else(|| day_month(lexis, at, tense))
        .or_else(|| month_day(lexis, at, tense))
        .or_else(|| until(lexis, at, tense))
        .or_else(|| part_of(lexis, at, tense))
        .or_else(|| {
            span(lexis, at, tense).map(|(s, next, anchor, w)| timex(at, next, s, anchor, w))
        })
        .or_else(|| counted(lexis, at))
        .or_else(|| bare_day(lexis, at, day))
        .or_else(|| bare_year(lexis, at))
}

fn timex(first: usize, next: usize, days: DateSpan, anchor: Anchor, deictic: bool) -> Timex {
    Timex { first, last: next - 1, meaning: Meaning::Days(days), anchor, deictic_weekday: deictic }
}

/// A number that can be a day of a month, with an ordinal ending after it.
fn day_number(lexis: &Lexis<'_>, at: usize) -> Option<(i8, usize)> {
    let (n, next) = match lexis.number(at) {
        Some(found) => found,
        None => lexis.tag(at, Tag::Ordinal).and_then(|(v, n)| Some((v.parse().ok()?, n)))?,
    };
    let day = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
    let ending = lexis.context.tokens.get(next).is_some_and(|token| {
        lexis.gap(next - 1).chars().all(|c| c == '-')
            && ["го", "е", "му", "th", "st", "nd", "rd"].contains(&token.folded.as_str())
    });
    Some((day, if ending { next + 1 } else { next }))
}

/// `10 April 2025`, `10 نيسان/أبريل`, `27-го февраля`.
fn day_month(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<Timex> {
    let (day, next) = day_number(lexis, at)?;
    if !lexis.beside(next - 1, next) {
        return None;
    }
    let (month, next) = lexis.month(next, false).or_else(|| {
        // "the third of July", "الثالث من جويلية".
        let word = lexis.context.tokens.get(next)?;
        ["of", "من"].contains(&word.folded.as_str()).then(|| lexis.month(next + 1, false))?
    })?;
    finish_day(lexis, at, day, month, next, tense)
}

/// `April 10, 2025`.
fn month_day(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<Timex> {
    if lexis.context.order != MonthOrder::MonthDay {
        return None;
    }
    let (month, next) = lexis.month(at, false)?;
    let (day, next) = day_number(lexis, next)?;
    finish_day(lexis, at, day, month, next, tense)
}

fn finish_day(
    lexis: &Lexis<'_>,
    first: usize,
    day: i8,
    month: i8,
    next: usize,
    tense: Tense,
) -> Option<Timex> {
    let (date, next, anchor) = match lexis.year(next).filter(|_| lexis.beside(next - 1, next)) {
        Some((year, next)) => (Date::new(year, month, day).ok()?, next, Anchor::Absolute),
        None => {
            let next = lexis.tag(next, Tag::YearMark).map_or(next, |(_, after)| after);
            let date = resolve::day_month(lexis.context.day, day, month, tense)?;
            (date, next, Anchor::Publication)
        }
    };
    Some(timex(first, next, DateSpan::day(date), anchor, false))
}

/// `10–11 May`, `с 9 по 10 июня`, `بين 14 و15 سبتمبر`.
fn range(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<Timex> {
    let opened = lexis.tag(at, Tag::Between).map(|(_, next)| next);
    let (first_day, next) = day_number(lexis, opened.unwrap_or(at))?;
    let dash = matches!(lexis.gap(next - 1).trim(), "-" | "–" | "—");
    let second = if dash {
        next
    } else {
        opened?;
        lexis.tag(next, Tag::And).map(|(_, next)| next).or_else(|| {
            // An Arabic "and" is part of the number's word: "و15" is cut into و and 15.
            (lexis.context.tokens.get(next)?.folded == "و").then_some(next + 1)
        })?
    };
    let (last_day, next) = day_number(lexis, second)?;
    let (month, next) = lexis.month(next, false)?;
    let lo = finish_day(lexis, at, first_day, month, next, tense)?;
    let hi = finish_day(lexis, at, last_day, month, next, tense)?;
    let (Meaning::Days(a), Meaning::Days(b)) = (lo.meaning, hi.meaning) else { return None };
    (a.lo <= b.hi)
        .then_some(Timex { meaning: Meaning::Days(DateSpan { lo: a.lo, hi: b.hi }), ..hi })
}

/// `27.02`, `27.02.2025`, `2025-04-10`, `10/04/2025`.
fn numeric(lexis: &Lexis<'_>, at: usize) -> Option<Timex> {
    let n = |i: usize| lexis.context.tokens.get(i).and_then(|t| t.number());
    let width = |i: usize| lexis.context.tokens.get(i).map_or(0, |t| t.folded.len());
    let (a, b) = (n(at)?, n(at + 1)?);
    let separator = lexis.gap(at);
    let third = n(at + 2).filter(|_| lexis.gap(at + 1) == separator);
    let date = |y: i64, m: i64, d: i64| {
        Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
    };
    match (separator, third) {
        ("-", Some(c)) if width(at) == 4 => {
            Some(timex(at, at + 3, DateSpan::day(date(a, b, c)?), Anchor::Absolute, false))
        }
        ("." | "/", Some(c)) if width(at + 2) == 4 => {
            let month_first = lexis.context.order == MonthOrder::MonthDay && separator == "/";
            let day = if month_first { date(c, a, b)? } else { date(c, b, a)? };
            Some(timex(at, at + 3, DateSpan::day(day), Anchor::Absolute, false))
        }
        (".", None) if width(at) == 2 && width(at + 1) == 2 => {
            let (d, m) = (i8::try_from(a).ok()?, i8::try_from(b).ok()?);
            let day = resolve::day_month(lexis.context.day, d, m, Tense::Unknown)?;
            Some(timex(at, at + 2, DateSpan::day(day), Anchor::Publication, false))
        }
        _ => None,
    }
}

/// `до конца следующей недели`, `before the end of autumn`: from publication to the end of the span.
fn until(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<Timex> {
    let (_, next) = lexis.tag(at, Tag::Until)?;
    let tense = if tense == Tense::Unknown { Tense::Future } else { tense };
    let (days, next, _, _) = (next..next + 2).find_map(|from| span(lexis, from, tense))?;
    let lo = lexis.context.day.min(days.hi);
    Some(timex(at, next, DateSpan { lo, hi: days.hi }, Anchor::Publication, false))
}

/// `late February`, `أواخر فبراير/شباط`, `в конце февраля`: the part is kept out of the value, which is the span.
fn part_of(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<Timex> {
    let (value, next) = lexis.tag(at, Tag::Part)?;
    let (days, next, anchor, _) = (next..next + 2).find_map(|from| span(lexis, from, tense))?;
    Part::parse(value)?;
    Some(timex(at, next, days, anchor, false))
}

/// A day, week, month, season or year as a span: what `until` and `part` apply to.
fn span(lexis: &Lexis<'_>, at: usize, tense: Tense) -> Option<(DateSpan, usize, Anchor, bool)> {
    let today = lexis.context.day;
    if let Some((value, next)) = lexis.tag(at, Tag::Day) {
        let day = resolve::plus_days(today, value.parse().ok()?)?;
        return Some((DateSpan::day(day), next, Anchor::Publication, true));
    }
    if let Some((shift, next)) = lexis.tag(at, Tag::Shift) {
        let shift: i64 = shift.parse().ok()?;
        if let Some((weekday, next)) = lexis.tag(next, Tag::Weekday) {
            let day = resolve::weekday(today, weekday.parse().ok()?, Some(shift), tense)?;
            return Some((DateSpan::day(day), next, Anchor::Publication, true));
        }
        let (what, next) = Span::read(lexis, next)?;
        return Some((resolve::shifted(today, what, shift)?, next, Anchor::Publication, false));
    }
    if let Some((weekday, next)) = lexis.tag(at, Tag::Weekday) {
        let shift = lexis.tag(next, Tag::Shift).filter(|_| lexis.beside(next - 1, next));
        let value = shift.and_then(|(value, _)| value.parse().ok());
        let day = resolve::weekday(today, weekday.parse().ok()?, value, tense)?;
        let next = shift.map_or(next, |(_, after)| after);
        return Some((DateSpan::day(day), next, Anchor::Publication, true));
    }
    if let Some((month, next)) = lexis.month(at, true) {
        if let Some((year, next)) = lexis.year(next).filter(|_| lexis.beside(next - 1, next)) {
            let day = Date::new(year, month, 1).ok()?;
            return Some((DateSpan::month(day), next, Anchor::Absolute, false));
        }
        let shift = lexis.tag(next, Tag::Shift).filter(|_| lexis.beside(next - 1, next));
        let (tense, next) = match shift {
            Some(("-1", after)) => (Tense::Past, after),
            Some(("1", after)) => (Tense::Future, after),
            Some((_, after)) => (tense, after),
            None => (tense, next),
        };
        let days = resolve::month(today, month, tense)?;
        return Some((days, next, Anchor::Publication, false));
    }
    let (what, next) = Span::read(lexis, at)?;
    if let Some((shift, after)) = lexis.tag(next, Tag::Shift) {
        let days = resolve::shifted(today, what, shift.parse().ok()?)?;
        return Some((days, after, Anchor::Publication, false));
    }
    match what {
        Span::Season(_) => {
            Some((resolve::season(today, what, tense)?, next, Anchor::Publication, false))
        }
        Span::Unit(_) => None,
    }
}

/// `within the next two weeks`, `منذ 19 أيام`, `in two weeks`, `three days ago`, `six days later`.
fn counted(lexis: &Lexis<'_>, at: usize) -> Option<Timex> {
    let today = lexis.context.day;
    for (tag, sign) in [(Tag::Within, 1), (Tag::In, 1), (Tag::Ago, -1), (Tag::Later, 0)] {
        let Some((_, mut next)) = lexis.tag(at, tag) else { continue };
        let shifted = lexis.tag(next, Tag::Shift).map(|(_, after)| after);
        next = shifted.unwrap_or(next);
        // "In the coming days" counts no days.
        if shifted.is_some() && lexis.tag(next, Tag::Unit).is_some_and(|(unit, _)| unit == "day") {
            continue;
        }
        let Some((n, unit, next)) = quantity(lexis, next) else { continue };
        if sign == 0 {
            return Some(open(at, next));
        }
        let far = resolve::plus_units(today, sign * n, unit)?;
        let days = match tag {
            Tag::Within => DateSpan { lo: today, hi: far },
            _ => resolve::grain(far, unit),
        };
        return Some(timex(at, next, days, Anchor::Publication, false));
    }
    let (n, unit, next) = quantity(lexis, at)?;
    if let Some((_, after)) = lexis.tag(next, Tag::Ago) {
        let days = resolve::grain(resolve::plus_units(today, -n, unit)?, unit);
        return Some(timex(at, after, days, Anchor::Publication, false));
    }
    lexis.tag(next, Tag::Later).map(|(_, after)| open(at, after))
}

fn open(first: usize, next: usize) -> Timex {
    Timex {
        first,
        last: next - 1,
        meaning: Meaning::Unresolved,
        anchor: Anchor::Open,
        deictic_weekday: false,
    }
}

/// A number and a unit of days or more; a dual is its own number.
fn quantity<'a>(lexis: &Lexis<'a>, at: usize) -> Option<(i64, &'a str, usize)> {
    let (n, next) = lexis.number(at).unwrap_or((1, at));
    let (unit, next) = lexis.tag(next, Tag::Unit)?;
    let (n, unit) = unit.split_once("*2").map_or((n, unit), |(unit, _)| (2, unit));
    ["day", "week", "month", "year"].contains(&unit).then_some((n, unit, next))
}

/// `27-го` without a month: the nearest such day.
fn bare_day(lexis: &Lexis<'_>, at: usize, today: Date) -> Option<Timex> {
    let (day, next) = day_number(lexis, at)?;
    let ended = next > at + 1 && lexis.context.tokens[next - 1].folded == "го";
    if !ended {
        return None;
    }
    let date = resolve::day_of_month(today, day)?;
    Some(timex(at, next, DateSpan::day(date), Anchor::Publication, false))
}

fn bare_year(lexis: &Lexis<'_>, at: usize) -> Option<Timex> {
    let (year, next) = lexis.year(at)?;
    // A number with four digits is a year only where nothing counts by it.
    if lexis.tag(next, Tag::Unit).is_some() || lexis.tag(next, Tag::OtherCalendar).is_some() {
        return None;
    }
    let lo = Date::new(year, 1, 1).ok()?;
    let days = DateSpan { lo, hi: lo.last_of_year() };
    Some(timex(at, next, days, Anchor::Absolute, false))
}
