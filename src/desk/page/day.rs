//! A date as a page prints it: the calendar day is the publisher's own, and so is the offset.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::desk::parse;

/// The first year that news on the web can be of.
const YEAR_MIN: i16 = 1991;

/// A date as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// The day.
    pub day: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// How far east of Greenwich that is.
    pub offset: Option<Offset>,
}

impl PrintedDate {
    /// Reads a date; `None` when it names no complete day that news can be of.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (day, time, offset) = parse::printed_date(text.trim())?;
        (day.year() >= YEAR_MIN && day.year() < YEAR_MIN + 200).then_some(Self {
            day,
            time,
            offset,
        })
    }

    /// The date in the path of a URL: `/2025/02/27/`, `/2025-02-27-`, `/20250227/`.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        let bytes = path.as_bytes();
        let number = |at: usize, len: usize| {
            let digits = bytes.get(at..at + len)?;
            let text = std::str::from_utf8(digits).ok()?;
            digits.iter().all(u8::is_ascii_digit).then(|| text.parse::<i16>().ok()).flatten()
        };
        let edge = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_digit());
        for start in (0..bytes.len()).filter(|at| *at == 0 || edge(at - 1)) {
            let Some(year) = number(start, 4) else { continue };
            let separator = bytes.get(start + 4).copied().unwrap_or_default();
            let (month, day, end) = match separator {
                b'/' | b'-' | b'_' | b'.' if bytes.get(start + 7) == Some(&separator) => {
                    (number(start + 5, 2), number(start + 8, 2), start + 10)
                }
                b'0' | b'1' => (number(start + 4, 2), number(start + 6, 2), start + 8),
                _ => continue,
            };
            let (Some(month), Some(day)) = (month, day) else { continue };
            let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { continue };
            if let Ok(day) = Date::new(year, month, day)
                && edge(end)
                && (YEAR_MIN..YEAR_MIN + 200).contains(&year)
            {
                return Some(Self { day, time: None, offset: None });
            }
        }
        None
    }

    /// The instant; without an offset the time is read as Greenwich's, without a time the day's beginning is meant.
    pub fn instant(&self) -> Option<Timestamp> {
        let local = self.day.to_datetime(self.time.unwrap_or(Time::midnight()));
        self.offset.unwrap_or(Offset::UTC).to_timestamp(local).ok()
    }
}

impl fmt::Display for PrintedDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(time) = self.time else { return write!(f, "{}", self.day) };
        write!(f, "{}T{:02}:{:02}:{:02}", self.day, time.hour(), time.minute(), time.second())?;
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_the_day_that_is_printed() {
        for (written, expect) in [
            ("2025-04-10T23:30:00-05:00", "2025-04-10T23:30:00-05:00"),
            ("2025-04-10T00:10:00.123+0300", "2025-04-10T00:10:00+03:00"),
            ("2025-04-10 01:02:03", "2025-04-10T01:02:03"),
            ("2025-04-10T01:02:03Z", "2025-04-10T01:02:03Z"),
            ("10 апреля 2025, 18:05", "2025-04-10T18:05:00"),
            ("١٠ نيسان 2025", "2025-04-10"),
            ("April 10, 2025", "2025-04-10"),
            ("Thu, 10 Apr 2025 23:59:00 +0300", "2025-04-10T23:59:00+03:00"),
        ] {
            let read = PrintedDate::read(written).map(|date| date.to_string());
            assert_eq!(read.as_deref(), Some(expect), "{written}");
        }
        for wrong in ["", "yesterday", "2025-13-40", "0001-01-01T00:00:00Z"] {
            assert_eq!(PrintedDate::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn paths_tell_dates() {
        for (path, expect) in [
            ("/world/2025/02/27/talks", Some("2025-02-27")),
            ("/20250227/1.html", Some("2025-02-27")),
            ("/news/2025-02-27-talks", Some("2025-02-27")),
            ("/id/1202502271", None),
            ("/2025/13/27/", None),
            ("/2025/02/", None),
        ] {
            let read = PrintedDate::of_path(path).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expect, "{path}");
        }
    }
}
