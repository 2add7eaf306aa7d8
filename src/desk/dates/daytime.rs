//! A time of day as it was said, and what settles which half of the day it means.

use jiff::civil::{Date, DateTime, Time};

use crate::desk::dates::calendar;

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

impl DayPart {
    /// Reads a pack's word. A plus sign tells that the word alone is no time, a question mark also that a number before
    /// it counts it.
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word.trim_end_matches(['?', '+']) {
            "morning" => DayPart::Morning,
            "noon" => DayPart::Noon,
            "afternoon" => DayPart::Afternoon,
            "evening" => DayPart::Evening,
            // A word that names the part and its day has a value of its own.
            "night" | "tonight" => DayPart::Night,
            _ => return None,
        })
    }

    /// TIMEX3's letters.
    pub(super) fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Noon => "MI",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
        }
    }

    /// First and last hour of the late part, where it is named apart: the hours of an office calendar.
    pub(super) fn late(self) -> Option<(i8, i8)> {
        matches!(self, DayPart::Morning).then_some((10, 12))
    }
}

/// A time of day as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    /// Whether it is known which half of the day is meant.
    pub(super) settled: bool,
    /// Whether it is written with a leading zero, as a day of 24 hours is.
    pub(super) padded: bool,
    /// Whether nothing but the number tells that it is a time.
    pub(super) weak: bool,
    /// Minutes east of Greenwich, when a zone is named.
    pub(super) zone: Option<i32>,
    pub(super) next: usize,
}

impl Clock {
    pub(super) fn new(hour: i64, minute: i64, next: usize) -> Option<Self> {
        let hour = i8::try_from(hour).ok().filter(|hour| (0..=24).contains(hour))?;
        let minute = i8::try_from(minute).ok().filter(|minute| (0..60).contains(minute))?;
        let settled = hour == 0 || hour > 12;
        (hour < 24 || minute == 0).then_some(Self {
            hour,
            minute,
            second: 0,
            settled,
            padded: false,
            weak: false,
            zone: None,
            next,
        })
    }

    pub(super) fn on_side(mut self, afternoon: bool) -> Self {
        if self.hour <= 12 {
            self.hour = self.hour % 12 + if afternoon { 12 } else { 0 };
        }
        self.settled = true;
        self
    }

    pub(super) fn minutes(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }

    /// The same face in the other half of the day.
    pub(super) fn flipped(self) -> Self {
        self.on_side(self.hour < 12)
    }

    /// The same face in the half of the day that another time is in.
    pub(super) fn on_half_of(self, other: Self) -> Self {
        self.on_side(other.hour >= 12)
    }

    /// The half of the day that a part of the day tells.
    pub(super) fn within(self, part: DayPart) -> Self {
        if self.settled {
            return self;
        }
        match (part, self.hour) {
            (DayPart::Morning, _) => self.on_side(false),
            (DayPart::Noon, hour) => self.on_side(hour < 5 || hour == 12),
            // Twelve in the evening ends the day.
            (DayPart::Evening, 12) => Self { hour: 24, settled: true, ..self },
            (DayPart::Afternoon | DayPart::Evening, _) => self.on_side(true),
            (DayPart::Night, hour) => self.on_side((6..12).contains(&hour)),
        }
    }

    /// Where nothing tells the half of the day: an hour of working life.
    pub(super) fn of_working_day(self) -> Self {
        if self.settled || self.padded || self.hour >= 7 { self } else { self.on_side(true) }
    }

    /// Where no day is named either: the next such time from now.
    pub(super) fn next_from(self, now: DateTime) -> Self {
        let minutes = |t: Time| i32::from(t.hour()) * 60 + i32::from(t.minute());
        let own = i32::from(self.hour) * 60 + i32::from(self.minute);
        let passed = own < minutes(now.time());
        if !self.settled && !self.padded && passed && self.hour < 7 {
            self.on_side(true)
        } else {
            self
        }
    }

    /// The time on a day; an hour of 24 is the next day's midnight. A named zone is turned into the reader's, when that
    /// is known.
    pub(super) fn on(self, day: Date, offset_minutes: Option<i32>) -> Option<DateTime> {
        let (day, hour) =
            if self.hour == 24 { (calendar::plus_days(day, 1)?, 0) } else { (day, self.hour) };
        let at = day.to_datetime(Time::new(hour, self.minute, self.second, 0).ok()?);
        match (self.zone, offset_minutes) {
            (Some(zone), Some(own)) => calendar::plus_seconds(at, i64::from(own - zone) * 60),
            _ => Some(at),
        }
    }
}
