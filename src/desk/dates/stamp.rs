//! What an expression means, and how TIMEX3 writes it.

use std::fmt;

use jiff::civil::{Date, DateTime};

use crate::desk::dates::amount::Amount;
use crate::desk::dates::calendar::{Grain, Stretch, midnight, plus_days, plus_seconds};
use crate::desk::dates::daytime::DayPart;
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::model::{DateSpan, Nearness};

/// What an expression means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// Days.
    Days(Stretch),
    /// A point of time, or a stretch with ends within days.
    Time(DateTime, DateTime),
    /// A part of a day.
    Part(Date, DayPart),
    /// A length, or a range of lengths.
    Length(Amount, Amount),
    /// A weekday that recurs: 1 (Monday) to 7.
    EveryWeekday(i8),
    /// A length after which something recurs.
    Every(Amount),
    /// Up to the end of something, which began at no known time.
    UpTo(DateTime),
    /// It hangs on what is not known here.
    Open,
}

/// A side of the value that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Since,
    After,
    Before,
    Until,
}

impl Side {
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "since" => Side::Since,
            "after" => Side::After,
            "before" => Side::Before,
            "until" => Side::Until,
            _ => return None,
        })
    }
}

/// The part of a stretch that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    Start,
    Mid,
    End,
}

impl Third {
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "start" | "early" => Third::Start,
            "mid" => Third::Mid,
            "end" | "late" => Third::End,
            _ => return None,
        })
    }
}

/// An expression, read and resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The token behind it.
    pub(super) next: usize,
    pub(super) stamp: Stamp,
    pub(super) anchor: Anchor,
    pub(super) rule: Rule,
    /// The days it bears out, for claims. `None` where it gives no day of an event.
    pub(super) days: Option<DateSpan>,
    pub(super) deictic: bool,
    /// "A few": too vague for a claim.
    pub(super) vague: bool,
    pub(super) approximate: bool,
    pub(super) nearness: Nearness,
    pub(super) side: Option<Side>,
    pub(super) third: Option<Third>,
    /// What TIMEX3 writes where that is less, or finer, than what is meant: `lo` and `hi` keep the whole.
    pub(super) written: Option<Stamp>,
}

impl Found {
    pub(super) fn new(next: usize, stamp: Stamp, anchor: Anchor, rule: Rule) -> Self {
        Self {
            next,
            stamp,
            anchor,
            rule,
            days: None,
            deictic: false,
            vague: false,
            approximate: false,
            nearness: Nearness::Exactly,
            side: None,
            third: None,
            written: None,
        }
    }

    /// TIMEX3's type.
    pub(super) fn kind(&self) -> &'static str {
        match self.stamp {
            Stamp::Days(_) | Stamp::Open => "date",
            Stamp::Time(..) | Stamp::Part(..) | Stamp::UpTo(_) => "time",
            Stamp::Length(..) => "duration",
            Stamp::EveryWeekday(_) | Stamp::Every(_) => "set",
        }
    }

    /// TIMEX3's value; `None` for what stays open.
    pub(super) fn value(&self) -> Option<String> {
        let plain = self.written.unwrap_or(self.stamp).to_string();
        match (self.stamp, self.side) {
            (Stamp::Open, _) => None,
            (Stamp::Length(..), _) => Some(plain),
            (_, Some(Side::Since)) => {
                Some(format!("{}/", plain.split('/').next().unwrap_or(&plain)))
            }
            _ => Some(plain),
        }
    }

    /// TIMEX3's modifier.
    pub(super) fn modifier(&self) -> Option<&'static str> {
        let side = self.side.map(|side| match side {
            Side::Since => "ON_OR_AFTER",
            Side::After => "AFTER",
            Side::Before => "BEFORE",
            Side::Until => "ON_OR_BEFORE",
        });
        let third = self.third.map(|third| match third {
            Third::Start => "START",
            Third::Mid => "MID",
            Third::End => "END",
        });
        let near = match self.nearness {
            Nearness::Exactly => None,
            Nearness::About => Some("APPROX"),
            Nearness::MoreThan => Some("MORE_THAN"),
            Nearness::LessThan => Some("LESS_THAN"),
        };
        side.or(third).or(near).or((self.vague || self.approximate).then_some("APPROX"))
    }

    /// The interval that is meant, `[lo, hi)`, as days or times; an end that is open is `None`.
    pub(super) fn interval(&self) -> (Option<String>, Option<String>) {
        let (lo, hi) = match self.stamp {
            Stamp::Days(stretch) => {
                let span = self.days.filter(|_| self.approximate).unwrap_or(stretch.span());
                let end = plus_days(span.hi, 1).unwrap_or(span.hi);
                (Some(span.lo.to_string()), Some(end.to_string()))
            }
            Stamp::Time(lo, hi) => (Some(time(lo)), Some(time(hi))),
            Stamp::Part(day, _) => {
                let end = plus_days(day, 1).unwrap_or(day);
                (Some(day.to_string()), Some(end.to_string()))
            }
            Stamp::UpTo(hi) => (None, Some(time(hi))),
            _ => (None, None),
        };
        match self.side {
            Some(Side::Since) => (lo, None),
            Some(Side::After) => (hi, None),
            Some(Side::Before) => (None, lo),
            Some(Side::Until) => (None, hi),
            None => (lo, hi),
        }
    }

    /// Its first and last day or moment, for ranges.
    pub(super) fn ends(&self) -> Option<(DateTime, DateTime, bool)> {
        match self.stamp {
            Stamp::Days(stretch) => {
                Some((midnight(stretch.lo), midnight(plus_days(stretch.hi, 1)?), false))
            }
            Stamp::Time(lo, hi) => Some((lo, hi, true)),
            _ => None,
        }
    }
}

/// A time to the minute, or to the second where that is not full.
fn time(at: DateTime) -> String {
    if at.second() == 0 {
        format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
    } else {
        format!("{}T{:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stamp::Days(stretch) => stretch.fmt(f),
            Stamp::Time(lo, hi) if lo == hi => f.write_str(&time(*lo)),
            Stamp::Time(lo, hi) => write!(f, "{}/{}", time(*lo), time(*hi)),
            Stamp::Part(day, part) => write!(f, "{day}T{}", part.code()),
            Stamp::Length(lo, hi) if lo == hi => lo.fmt(f),
            Stamp::Length(lo, hi) => write!(f, "{lo}/{hi}"),
            Stamp::EveryWeekday(day) => write!(f, "XXXX-WXX-{day}"),
            Stamp::Every(amount) => amount.fmt(f),
            Stamp::UpTo(hi) if hi.time() == jiff::civil::Time::midnight() => {
                write!(f, "/{}", hi.date())
            }
            Stamp::UpTo(hi) => write!(f, "/{}", time(*hi)),
            Stamp::Open => f.write_str("XXXX"),
        }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lo, hi) = (self.lo, self.hi);
        match self.grain {
            Grain::Day => write!(f, "{lo}"),
            Grain::Week => {
                let week = lo.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Month => write!(f, "{:04}-{:02}", lo.year(), lo.month()),
            Grain::Quarter => write!(f, "{:04}-Q{}", lo.year(), (lo.month() - 1) / 3 + 1),
            Grain::Half => write!(f, "{:04}-H{}", lo.year(), (lo.month() - 1) / 6 + 1),
            Grain::Year => write!(f, "{:04}", lo.year()),
            Grain::Weekend | Grain::Stretch => write!(f, "{lo}/{hi}"),
        }
    }
}

/// The last second before a midnight: the end of a day as a moment.
pub(super) fn last_second(day: Date) -> Option<DateTime> {
    plus_seconds(midnight(plus_days(day, 1)?), -1)
}
