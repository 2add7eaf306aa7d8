//! The values a slot can take, and their written forms in the output contract.
//!
//! A value type is the one thing about a slot that needs Rust; which slots exist, and of which type they are, is data.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a meeting stands. The order of the variants is the order of the course of events up to `Held`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the contract's own words")]
pub enum Status {
    Rumoured,
    Proposed,
    Announced,
    Scheduled,
    Underway,
    Held,
    Postponed,
    Cancelled,
    Denied,
}

impl Status {
    const NAMES: [(Status, &'static str); 9] = [
        (Status::Rumoured, "rumoured"),
        (Status::Proposed, "proposed"),
        (Status::Announced, "announced"),
        (Status::Scheduled, "scheduled"),
        (Status::Underway, "underway"),
        (Status::Held, "held"),
        (Status::Postponed, "postponed"),
        (Status::Cancelled, "cancelled"),
        (Status::Denied, "denied"),
    ];

    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].1
    }

    /// Reads the contract's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, name)| *name == word).map(|(status, _)| *status)
    }
}

/// A span of days, both ends inclusive: a day, a month, a year or an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateSpan {
    /// First day.
    pub lo: Date,
    /// Last day.
    pub hi: Date,
}

impl DateSpan {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { lo: day, hi: day }
    }

    /// The month that holds `day`.
    pub fn month(day: Date) -> Self {
        Self { lo: day.first_of_month(), hi: day.last_of_month() }
    }

    /// Whether `other` lies within.
    pub fn contains(&self, other: &DateSpan) -> bool {
        self.lo <= other.lo && other.hi <= self.hi
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &DateSpan) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// The number of days, at least 1.
    pub fn days(&self) -> i32 {
        (self.hi - self.lo).get_days() + 1
    }

    /// Reads `2025-04-10`, `2025-04`, `2025` or `A/B` of these.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((a, b)) = text.split_once('/') {
            let (a, b) = (Self::parse(a)?, Self::parse(b)?);
            return (a.lo <= b.hi).then_some(Self { lo: a.lo, hi: b.hi });
        }
        match text.len() {
            10 => text.parse().ok().map(Self::day),
            7 => format!("{text}-01").parse().ok().map(Self::month),
            4 => {
                let lo: Date = format!("{text}-01-01").parse().ok()?;
                Some(Self { lo, hi: lo.last_of_year() })
            }
            _ => None,
        }
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lo, hi) = (self.lo, self.hi);
        if lo == hi {
            write!(f, "{lo}")
        } else if lo == lo.first_of_month() && hi == lo.last_of_month() {
            write!(f, "{:04}-{:02}", lo.year(), lo.month())
        } else if lo == lo.first_of_year() && hi == lo.last_of_year() {
            write!(f, "{:04}", lo.year())
        } else {
            write!(f, "{lo}/{hi}")
        }
    }
}

/// How a number is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nearness {
    /// As said.
    Exactly,
    /// About, nearly: `~`.
    About,
    /// More than: `>`.
    MoreThan,
    /// Less than: `<`.
    LessThan,
}

impl Nearness {
    /// The prefix of the contract.
    pub fn prefix(self) -> &'static str {
        match self {
            Nearness::Exactly => "",
            Nearness::About => "~",
            Nearness::MoreThan => ">",
            Nearness::LessThan => "<",
        }
    }
}

/// A length of time in minutes, or a range of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DurationSpan {
    /// The length, or the lower end of the range, in minutes.
    pub lo_min: u32,
    /// The same, or the upper end of the range, in minutes.
    pub hi_min: u32,
    /// How it is hedged.
    pub nearness: Nearness,
}

impl DurationSpan {
    /// A single length.
    pub fn of(minutes: u32, nearness: Nearness) -> Self {
        Self { lo_min: minutes, hi_min: minutes, nearness }
    }

    /// Reads `PT6H30M`, `~PT6H`, `>PT6H`, `PT5H/PT6H`.
    pub fn parse(text: &str) -> Option<Self> {
        let (nearness, rest) = match text.chars().next()? {
            '~' => (Nearness::About, &text[1..]),
            '>' => (Nearness::MoreThan, &text[1..]),
            '<' => (Nearness::LessThan, &text[1..]),
            _ => (Nearness::Exactly, text),
        };
        let (lo, hi) = match rest.split_once('/') {
            Some((a, b)) => (minutes_of(a)?, minutes_of(b)?),
            None => (minutes_of(rest)?, minutes_of(rest)?),
        };
        (lo <= hi).then_some(Self { lo_min: lo, hi_min: hi, nearness })
    }
}

/// Minutes of an ISO 8601 duration of days, hours and minutes.
fn minutes_of(text: &str) -> Option<u32> {
    let (days, time) = match text.strip_prefix("PT") {
        Some(time) => ("", time),
        None => text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, "")),
    };
    let mut total = 0u32;
    if !days.is_empty() {
        total += days.strip_suffix('D')?.parse::<u32>().ok()?.checked_mul(24 * 60)?;
    }
    let mut number = String::new();
    for c in time.chars() {
        match c {
            '0'..='9' => number.push(c),
            'H' => total = total.checked_add(number.parse::<u32>().ok()?.checked_mul(60)?)?,
            'M' => total = total.checked_add(number.parse::<u32>().ok()?)?,
            _ => return None,
        }
        if !c.is_ascii_digit() {
            number.clear();
        }
    }
    (number.is_empty() && text.len() > 2).then_some(total)
}

/// Writes minutes as an ISO 8601 duration; whole days from two days on are written as days.
fn iso_duration(minutes: u32) -> String {
    if minutes >= 2 * 24 * 60 && minutes.is_multiple_of(24 * 60) {
        return format!("P{}D", minutes / (24 * 60));
    }
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("PT{m}M"),
        (h, 0) => format!("PT{h}H"),
        (h, m) => format!("PT{h}H{m}M"),
    }
}

impl fmt::Display for DurationSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.nearness.prefix(), iso_duration(self.lo_min))?;
        if self.hi_min != self.lo_min {
            write!(f, "/{}", iso_duration(self.hi_min))?;
        }
        Ok(())
    }
}

/// An amount with its unit: a rate of 16.5 %, a change of 100 basis points.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The number in millionths, so that 16.5 is exact.
    pub millionths: i64,
    /// The unit as the contract's values write it: `%`, `bp`; empty for a bare number.
    pub unit: String,
}

impl Amount {
    /// Reads `20%`, `16.5%`, `100bp`, `-0.25`.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'));
        let (number, unit) = text.split_at(end.unwrap_or(text.len()));
        let (sign, number) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
            return None;
        }
        let part: i64 = format!("{part:0<6}").parse().ok()?;
        let millionths = whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(part)?;
        Some(Self { millionths: sign * millionths, unit: unit.trim().to_owned() })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.millionths < 0 { "-" } else { "" };
        let (whole, part) = (
            self.millionths.unsigned_abs() / 1_000_000,
            self.millionths.unsigned_abs() % 1_000_000,
        );
        write!(f, "{sign}{whole}")?;
        if part > 0 {
            let part = format!("{part:06}");
            write!(f, ".{}", part.trim_end_matches('0'))?;
        }
        f.write_str(&self.unit)
    }
}

/// What kind of value a slot takes. The packs name these in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// A span of days, or `unset`.
    Date,
    /// A length of time.
    Duration,
    /// One of the nine statuses.
    Status,
    /// An id: a place, a venue, a person, a level, a topic.
    Id,
    /// A party and an id: `us:constructive`.
    PartyId,
    /// A number with its unit: `16.5%`, `100bp`.
    Number,
}

/// One value of one slot.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "value")]
pub enum Value {
    /// A source says that none is fixed.
    Unset,
    /// A span of days.
    Date(DateSpan),
    /// A length of time.
    Duration(DurationSpan),
    /// How the event stands.
    Status(Status),
    /// A place, venue, person, level or topic.
    Id(String),
    /// What a party says, wants or thinks.
    PartyId {
        /// Lower-case ISO 3166 code, or an organisation's id.
        party: String,
        /// Topic or assessment.
        id: String,
    },
    /// An amount.
    Number(Amount),
}

/// A value that is not of its slot's type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a value of type {expected:?}")]
pub struct ValueError {
    /// What was written.
    pub text: String,
    /// What the slot takes.
    pub expected: ValueType,
}

impl Value {
    /// Reads a value in the contract's form.
    pub fn parse(text: &str, expected: ValueType) -> Result<Self, ValueError> {
        let value = match expected {
            _ if text == "unset" => Some(Value::Unset),
            ValueType::Date => DateSpan::parse(text).map(Value::Date),
            ValueType::Duration => DurationSpan::parse(text).map(Value::Duration),
            ValueType::Status => Status::parse(text).map(Value::Status),
            ValueType::Id => (!text.is_empty()).then(|| Value::Id(text.to_owned())),
            ValueType::Number => Amount::parse(text).map(Value::Number),
            ValueType::PartyId => text
                .split_once(':')
                .map(|(party, id)| Value::PartyId { party: party.to_owned(), id: id.to_owned() }),
        };
        value.ok_or_else(|| ValueError { text: text.to_owned(), expected })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unset => f.write_str("unset"),
            Value::Date(span) => span.fmt(f),
            Value::Duration(span) => span.fmt(f),
            Value::Status(status) => f.write_str(status.as_str()),
            Value::Id(id) => f.write_str(id),
            Value::PartyId { party, id } => write!(f, "{party}:{id}"),
            Value::Number(amount) => amount.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_s_forms_survive_a_round_trip() {
        for (text, of) in [
            ("2025-04-10", ValueType::Date),
            ("2025-04", ValueType::Date),
            ("2025-02-22/2025-03-08", ValueType::Date),
            ("unset", ValueType::Date),
            ("PT6H30M", ValueType::Duration),
            ("~PT6H", ValueType::Duration),
            (">PT6H", ValueType::Duration),
            ("PT5H/PT6H", ValueType::Duration),
            ("P3D", ValueType::Duration),
            ("postponed", ValueType::Status),
            ("us-cg-residence-istanbul", ValueType::Id),
            ("us:constructive", ValueType::PartyId),
            ("16.5%", ValueType::Number),
            ("100bp", ValueType::Number),
            ("-0.25%", ValueType::Number),
        ] {
            assert_eq!(Value::parse(text, of).expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for (text, of) in [
            ("10 April", ValueType::Date),
            ("2025-04-31", ValueType::Date),
            ("2025-04-10/2025-04-01", ValueType::Date),
            ("PT", ValueType::Duration),
            ("six hours", ValueType::Duration),
            ("likely", ValueType::Status),
            ("constructive", ValueType::PartyId),
            ("a lot", ValueType::Number),
        ] {
            assert!(Value::parse(text, of).is_err(), "{text}");
        }
    }
}
