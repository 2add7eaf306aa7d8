//! Dates in digits: `2025-04-10`, `27.02.2025`, `4/22/2016`, `27.02`, `2014-10`, `20250410`.

use jiff::civil::Date;

use crate::desk::dates::bag::Bag;
use crate::desk::dates::calendar::Stretch;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::resolve::Partial;
use crate::desk::dates::set::TagSet;
use crate::desk::packs::{MonthOrder, Tag};

impl Reader<'_> {
    /// `2025-04-10`, `27.02.2025`, `4/22/2016`, `27.02`, `2014-10`.
    pub(super) fn numeric(&self, at: usize, bag: &Bag) -> Option<(Partial, usize)> {
        let lexis = self.lexis;
        if !lexis.begins(at, TagSet::DIGITS) {
            return None;
        }
        if lexis.width(at) == 8 && !lexis.glued(at + 1) && !lexis.continued(at) {
            // The basic format of ISO 8601: 20250410.
            let n = lexis.digits(at).filter(|n| (19_500_101..21_000_000).contains(n))?;
            return date(n / 10_000, n / 100 % 100, n % 100)
                .filter(|p| p.month == i8::try_from(n / 100 % 100).ok())
                .map(|p| (p, at + 1));
        }
        let (a, b) = (lexis.digits(at)?, lexis.digits(at + 1)?);
        if lexis.continued(at) && self.free != Some(at) || lexis.width(at + 1) > 4 {
            return None;
        }
        let separator = lexis.gap(at).trim();
        let third = lexis.digits(at + 2).filter(|_| {
            let gap = lexis.gap(at + 1);
            gap == lexis.gap(at) || gap == "," && lexis.width(at + 2) == 4
        });
        // "2016 10 16": spaces join a date where the year stands first and all its digits are written.
        let spaced = separator.is_empty()
            && third.is_some()
            && (1900..2200).contains(&a)
            && [(at, 4), (at + 1, 2), (at + 2, 2)].iter().all(|(at, n)| lexis.width(*at) == *n);
        if !spaced && !matches!(separator, "-" | "/" | "." | "–") {
            return None;
        }
        let month_first = self.order == MonthOrder::MonthDay && separator != ".";
        if let Some(c) = third {
            let (y, m, d, width) = if lexis.width(at) == 4 {
                (a, b, c, 4)
            } else if month_first {
                (c, a, b, lexis.width(at + 2))
            } else {
                (c, b, a, lexis.width(at + 2))
            };
            let year = match width {
                4 => y,
                2 if separator != "." || lexis.width(at) == 2 => {
                    if y < 50 {
                        2000 + y
                    } else {
                        1900 + y
                    }
                }
                _ => return None,
            };
            let glued = lexis.glued(at + 3) && !lexis.dash(at + 3);
            return date(year, m, d).filter(|_| !glued).map(|found| (found, at + 3));
        }
        let glued = lexis.glued(at + 2) && !lexis.dash(at + 2);
        if glued {
            return None;
        }
        let month = |y: i64, m: i64| {
            let (year, month) = (i16::try_from(y).ok()?, i8::try_from(m).ok()?);
            Stretch::month(year, month)?;
            Some(Partial { year: Some(year), month: Some(month), day: None })
        };
        match (lexis.width(at), lexis.width(at + 1)) {
            (4, 1..=2) if (1900..2200).contains(&a) => Some((month(a, b)?, at + 2)),
            (1..=2, 4) if separator != "-" && (1900..2200).contains(&b) => {
                Some((month(b, a)?, at + 2))
            }
            (1..=2, 1..=2) => self.day_and_month(at, (a, b), separator, bag).map(|p| (p, at + 2)),
            _ => None,
        }
    }

    /// `23-2020-September`, `2020/23/Sep`: day and year in front of a month by its name.
    pub(super) fn before_month(&self, at: usize) -> Option<(Partial, usize)> {
        let lexis = self.lexis;
        let (a, b) = (lexis.digits(at)?, lexis.digits(at + 1)?);
        let (day, year) = match (lexis.width(at), lexis.width(at + 1)) {
            (1..=2, 4) => (a, b),
            (4, 1..=2) => (b, a),
            _ => return None,
        };
        let joined = lexis.gap(at) == lexis.gap(at + 1) && matches!(lexis.gap(at), "-" | "/");
        let (month, next) = self.month(at + 2, false).filter(|_| joined && !lexis.continued(at))?;
        date(year, i64::from(month), day).map(|found| (found, next))
    }

    /// `27.02`, `4/22`: two numbers that can be many things, so they count only where the writing shows a date.
    fn day_and_month(
        &self,
        at: usize,
        (a, b): (i64, i64),
        separator: &str,
        bag: &Bag,
    ) -> Option<Partial> {
        let lexis = self.lexis;
        let month_first = self.order == MonthOrder::MonthDay;
        let announced = bag.weekday.is_some()
            || lexis.behind(at, Tag::Joint, None)
            || lexis.behind(at, Tag::Between, None);
        let shown = match separator {
            "." => {
                lexis.width(at) == 2 && lexis.width(at + 1) == 2 && !month_first
                    || bag.weekday.is_some()
            }
            "/" => announced || a > 4 || b > 4,
            _ => false,
        };
        let percent = lexis.trail(at + 1).trim_start().starts_with(['%', '٪']);
        let unit =
            lexis.tag(at + 2, Tag::Unit).is_some() || lexis.tag(at + 2, Tag::Noonside).is_some();
        let (m, d) = if month_first { (a, b) } else { (b, a) };
        // A leap year admits every day of every month.
        let found = date(2024, m, d).filter(|_| shown && !percent && !unit)?;
        Some(Partial { year: None, ..found })
    }
}

/// A date in numbers; month and day change places where only that makes a date.
fn date(year: i64, month: i64, day: i64) -> Option<Partial> {
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let (year, month, day) =
        (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()?;
    Some(Partial { year: Some(year), month: Some(month), day: Some(day) })
}
