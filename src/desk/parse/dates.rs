//! The dates that feeds carry, which are not always the dates that the standards ask for.
//!
//! One tolerant reader instead of a list of formats: the text is cut into tokens and each token says what it is (a
//! time, a year, the name of a month, a zone). It reads RFC 822, 2822, 3339, asctime and W3C-DTF, and what is seen in
//! the wild: no zone, `MSK`, `UTC+3`, `dd.mm.yyyy`, month names in Russian and Arabic, Arabic digits, `24:00`.
//! A date that stays ambiguous is no date: a wrong one would order and anchor everything that follows from it.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Characters read of a date: the longest seen in feeds has about 60.
const LENGTH_MAX: usize = 100;

/// Zones by name, in seconds east of Greenwich: RFC 822, and those that news sites of our languages use. Names that
/// mean two things (AST, IST) are left out; a time with an unknown name is read as UTC.
const ZONES: [(&str, i32); 37] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("мск", 3 * 3600),
    ("msk", 3 * 3600),
    ("msd", 4 * 3600),
    ("est", -5 * 3600),
    ("edt", -4 * 3600),
    ("cst", -6 * 3600),
    ("cdt", -5 * 3600),
    ("mst", -7 * 3600),
    ("mdt", -6 * 3600),
    ("pst", -8 * 3600),
    ("pdt", -7 * 3600),
    ("akst", -9 * 3600),
    ("akdt", -8 * 3600),
    ("hst", -10 * 3600),
    ("wet", 0),
    ("west", 3600),
    ("bst", 3600),
    ("cet", 3600),
    ("cest", 2 * 3600),
    ("mez", 3600),
    ("mesz", 2 * 3600),
    ("eet", 2 * 3600),
    ("eest", 3 * 3600),
    ("sast", 2 * 3600),
    ("trt", 3 * 3600),
    ("irst", 3 * 3600 + 1800),
    ("gst", 4 * 3600),
    ("pkt", 5 * 3600),
    ("hkt", 8 * 3600),
    ("jst", 9 * 3600),
    ("kst", 9 * 3600),
    ("aest", 10 * 3600),
    ("aedt", 11 * 3600),
];

/// Beginnings of month names; the first that matches decides, so longer ones stand first. Arabic names are those of
/// Egypt and the Gulf, of the Levant and of the Maghreb, with hamza folded to alif.
const MONTHS: [(&str, i8); 58] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("янв", 1),
    ("фев", 2),
    ("мар", 3),
    ("апр", 4),
    ("май", 5),
    ("мая", 5),
    ("июн", 6),
    ("июл", 7),
    ("авг", 8),
    ("сен", 9),
    ("окт", 10),
    ("ноя", 11),
    ("дек", 12),
    ("يناير", 1),
    ("جانفي", 1),
    ("فبراير", 2),
    ("فيفري", 2),
    ("شباط", 2),
    ("مارس", 3),
    ("اذار", 3),
    ("ابريل", 4),
    ("افريل", 4),
    ("نيسان", 4),
    ("مايو", 5),
    ("ماي", 5),
    ("ايار", 5),
    ("يونيو", 6),
    ("يونيه", 6),
    ("جوان", 6),
    ("حزيران", 6),
    ("يوليو", 7),
    ("يوليه", 7),
    ("جويلية", 7),
    ("تموز", 7),
    ("اغسطس", 8),
    ("اوت", 8),
    ("اب", 8),
    ("سبتمبر", 9),
    ("شتنبر", 9),
    ("ايلول", 9),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("نونبر", 11),
    ("ديسمبر", 12),
    ("دجنبر", 12),
    ("غشت", 8),
];

/// Months of the Levant that are two words.
const MONTHS_OF_TWO_WORDS: [(&str, &str, i8); 4] =
    [("كانون", "الثاني", 1), ("تشرين", "الاول", 10), ("تشرين", "الثاني", 11), ("كانون", "الاول", 12)];

/// Reads a date of a feed as an instant. `None` when it names no complete day, or an impossible one.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    let folded = fold(text);
    epoch(&folded).or_else(|| parts(&folded)?.instant())
}

/// A date as it is printed: the day, the time of day, and how far east of Greenwich that is.
pub(super) fn printed(text: &str) -> Option<(Date, Option<Time>, Option<Offset>)> {
    let folded = fold(text);
    if let Some(at) = epoch(&folded) {
        let local = Offset::UTC.to_datetime(at);
        return Some((local.date(), Some(local.time()), Some(Offset::UTC)));
    }
    let parts = parts(&folded)?;
    let offset = parts.offset_s.and_then(|seconds| Offset::from_seconds(seconds).ok());
    let day = Date::new(parts.year?, parts.month?, parts.day?).ok()?;
    let time = parts.clock().flatten().filter(|(_, next_day)| *next_day == 0);
    Some((day, time.map(|(time, _)| time), offset))
}

fn parts(folded: &str) -> Option<Parts> {
    if folded.len() > LENGTH_MAX * 4 {
        return None;
    }
    let mut parts = Parts::default();
    let mut tokens = folded.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        if let Some(next) = tokens.peek()
            && let Some((_, _, month)) =
                MONTHS_OF_TWO_WORDS.iter().find(|(one, two, _)| *one == token && two == next)
        {
            parts.month.get_or_insert(*month);
            tokens.next();
            continue;
        }
        parts.take(token)?;
    }
    Some(parts)
}

/// Lower case, ASCII digits, hamza folded, everything that only separates turned into spaces.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars().take(LENGTH_MAX) {
        match c {
            '٠'..='٩' => out.push(char::from(b'0' + (c as u32 - '٠' as u32) as u8)),
            '۰'..='۹' => out.push(char::from(b'0' + (c as u32 - '۰' as u32) as u8)),
            'أ' | 'إ' | 'آ' => out.push('ا'),
            '−' | '–' => out.push('-'),
            ',' | '،' | '(' | ')' | ';' | '|' | '\u{a0}' | '\u{200e}' | '\u{200f}' => {
                out.push(' ')
            }
            'ـ' => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Seconds or milliseconds since 1970, recognised by their number of digits (2001 to 2286).
fn epoch(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        10 => Timestamp::from_second(text.parse().ok()?).ok(),
        13 => Timestamp::from_millisecond(text.parse().ok()?).ok(),
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    MONTHS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, month)| *month)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// What the tokens have said so far.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<(i8, i8, i8, i32)>,
    half: Option<Half>,
    offset_s: Option<i32>,
}

impl Parts {
    /// Takes one token; `None` when it contradicts or cannot belong to a date.
    fn take(&mut self, token: &str) -> Option<()> {
        let first = token.chars().next()?;
        if first.is_ascii_digit() {
            return self.take_number(token);
        }
        if matches!(first, '+' | '-') {
            if self.time.is_some() || self.year.is_some() {
                self.offset_s = offset(token).or(self.offset_s);
            }
            return Some(());
        }
        match token {
            "am" | "a.m." | "ص" | "صباحا" => self.half = Some(Half::Am),
            "pm" | "p.m." | "م" | "مساء" => self.half = Some(Half::Pm),
            _ => self.take_word(token),
        }
        Some(())
    }

    fn take_word(&mut self, token: &str) {
        let name_end = token.find(['+', '-']).unwrap_or(token.len());
        let (name, rest) = token.split_at(name_end);
        if let Some((_, offset_s)) = ZONES.iter().find(|(zone, _)| *zone == name) {
            // `UTC+3` is three hours east of UTC, as people write it (not as POSIX reads it).
            self.offset_s.get_or_insert(offset(rest).unwrap_or(*offset_s));
        } else if let Some(month) = month_of(name) {
            self.month.get_or_insert(month);
            // `mar-02-2026`
            for number in rest.split('-').filter(|s| !s.is_empty()) {
                self.take_day_or_year(number);
            }
        }
        // A weekday or an unknown word says nothing: weekdays in feeds are wrong often enough.
    }

    fn take_number(&mut self, token: &str) -> Option<()> {
        if let Some(colon) = token.find(':') {
            return match token[..colon].find('t') {
                Some(t) => {
                    self.take_date(&token[..t])?;
                    self.take_time(&token[t + 1..])
                }
                None => self.take_time(token),
            };
        }
        if token.len() > 4 && token[1..].contains(['-', '.', '/']) {
            let date = token.trim_end_matches(['t', '.', '-', '/']);
            return self.take_date(date.strip_suffix('z').unwrap_or(date));
        }
        let digits: String = token.chars().take_while(char::is_ascii_digit).collect();
        let rest = &token[digits.len()..];
        match rest {
            "" | "." | "st" | "nd" | "rd" | "th" | "-го" | "г." | "г" => {}
            "am" => self.half = Some(Half::Am),
            "pm" => self.half = Some(Half::Pm),
            _ if month_of(rest).is_some() => self.month = self.month.or(month_of(rest)),
            _ => return None,
        }
        if digits.len() == 8 && self.year.is_none() {
            self.year = digits[..4].parse().ok();
            self.month = digits[4..6].parse().ok();
            self.day = digits[6..].parse().ok();
            return Some(());
        }
        self.take_day_or_year(&digits);
        Some(())
    }

    fn take_day_or_year(&mut self, digits: &str) {
        match (digits.len(), digits.parse::<i16>()) {
            (4, Ok(year)) => self.year = self.year.or(Some(year)),
            (1 | 2, Ok(n)) if self.day.is_none() => self.day = i8::try_from(n).ok(),
            (2, Ok(n)) => self.year = self.year.or(Some(century(n))),
            _ => {}
        }
    }

    /// `2026-03-02`, `2026/03/02`, `02.03.2026`, `02-mar-2026`, `2026-03`. A date with slashes and the year last is
    /// read day first unless that is impossible, as the languages that we watch write it.
    fn take_date(&mut self, token: &str) -> Option<()> {
        let fields: Vec<&str> = token.split(['-', '.', '/']).collect();
        let number = |s: &str| s.parse::<i16>().ok();
        let small = |s: &str| s.parse::<i8>().ok();
        match fields[..] {
            [y, m, d] if y.len() == 4 => {
                (self.year, self.month, self.day) = (number(y), small(m).or(month_of(m)), small(d));
            }
            [y, m] if y.len() == 4 => {
                (self.year, self.month, self.day) = (number(y), small(m).or(month_of(m)), Some(1));
            }
            [d, m, y] => {
                let year = if y.len() == 2 { number(y).map(century) } else { number(y) };
                let (day, month) = (small(d), small(m).or(month_of(m)));
                let swap = token.contains('/') && month.is_some_and(|m| m > 12);
                (self.day, self.month) = if swap { (month, day) } else { (day, month) };
                self.year = year;
            }
            _ => return None,
        }
        (self.year.is_some() && self.month.is_some() && self.day.is_some()).then_some(())
    }

    /// `10:00`, `10:00:00.5`, with `z`, `+03:00`, `am` or a zone's name glued to it.
    fn take_time(&mut self, token: &str) -> Option<()> {
        let end = token
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
            .unwrap_or(token.len());
        let (clock, rest) = token.split_at(end);
        let mut fields = clock.trim_end_matches('.').split(':');
        let hour = fields.next()?.parse().ok()?;
        let minute = fields.next()?.parse().ok()?;
        let (second, nanos) = match fields.next() {
            None => (0, 0),
            Some(field) => {
                let (whole, fraction) = field.split_once('.').unwrap_or((field, ""));
                let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
                (whole.parse().ok()?, digits.parse().ok()?)
            }
        };
        self.time = Some((hour, minute, second, nanos));
        match rest {
            "" => Some(()),
            _ if rest.starts_with(['+', '-']) => {
                self.offset_s = Some(offset(rest)?);
                Some(())
            }
            _ => self.take(rest),
        }
    }

    fn instant(self) -> Option<Timestamp> {
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        let (time, next_day) = self.clock().unwrap_or(Some((Time::midnight(), 0)))?;
        let utc = date.to_datetime(time).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        let offset = Offset::from_seconds(self.offset_s.unwrap_or(0)).ok()?;
        let shift = i64::from(next_day) * 86_400 - i64::from(offset.seconds());
        utc.checked_add(SignedDuration::from_secs(shift)).ok()
    }

    /// The time of day and the days it lies ahead, when one is named; an impossible one is `Some(None)`.
    fn clock(&self) -> Option<Option<(Time, i8)>> {
        let (mut hour, minute, second, nanos) = self.time?;
        match self.half {
            Some(Half::Am) if hour == 12 => hour = 0,
            Some(Half::Pm) if hour < 12 => hour += 12,
            _ => {}
        }
        // The end of a day is the beginning of the next; a leap second is the one before it.
        let (hour, next_day) = if hour == 24 && minute == 0 { (0, 1) } else { (hour, 0) };
        Some(Time::new(hour, minute, second.min(59), nanos).ok().map(|time| (time, next_day)))
    }
}

/// RFC 2822 §4.3: two digits below 50 are of this century.
fn century(year: i16) -> i16 {
    match year {
        0..50 => year + 2000,
        50..100 => year + 1900,
        _ => year,
    }
}

/// `+0300`, `+03:00`, `-5`, `+530`: seconds east of Greenwich, or nothing if it is none.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() <= 2 => (digits, "0"),
        None => digits.split_at_checked(digits.len() - 2)?,
    };
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    let sane = (0..=18).contains(&hours) && (0..60).contains(&minutes);
    sane.then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let got = instant(text).map_or("-".to_owned(), |at| at.to_string());
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn dates_of_feeds_become_instants() {
        for (text, expect) in [
            ("Mon, 02 Mar 2026 10:00:00 GMT", "2026-03-02T10:00:00Z"),
            ("Mon, 02 Mar 2026 10:00:00 +0300", "2026-03-02T07:00:00Z"),
            ("2 Mar 26 10:00 EST", "2026-03-02T15:00:00Z"),
            ("Mon, 02 Mar 2026 10:00:00 MSK", "2026-03-02T07:00:00Z"),
            ("Monday, March 2, 2026 at 10:00 PM", "2026-03-02T22:00:00Z"),
            ("March 2nd, 2026", "2026-03-02T00:00:00Z"),
            ("02-Mar-2026 10:00:00", "2026-03-02T10:00:00Z"),
            ("Mon Mar  2 10:00:00 2026", "2026-03-02T10:00:00Z"),
            ("Monday, 02-Mar-26 10:00:00 GMT", "2026-03-02T10:00:00Z"),
            ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
            ("2026-03-02T10:00:00.25+03:00", "2026-03-02T07:00:00.25Z"),
            ("2026-03-02T10:00+0530", "2026-03-02T04:30:00Z"),
            ("2026-03-02 10:00:00", "2026-03-02T10:00:00Z"),
            ("2026-03-02 10:00:00 UTC+3", "2026-03-02T07:00:00Z"),
            ("2026-03-02 10:00 GMT+0300", "2026-03-02T07:00:00Z"),
            ("2026-03-02", "2026-03-02T00:00:00Z"),
            ("2026-03", "2026-03-01T00:00:00Z"),
            ("20260302", "2026-03-02T00:00:00Z"),
            ("1772445600", "2026-03-02T10:00:00Z"),
            ("1772445600000", "2026-03-02T10:00:00Z"),
            ("Mon, 02 Mar 2026 24:00:00 GMT", "2026-03-03T00:00:00Z"),
            ("Mon, 02 Mar 2026 23:59:60 GMT", "2026-03-02T23:59:59Z"),
            ("Mon, 02 Mar 2026 10:00:00 March/+03:00", "2026-03-02T10:00:00Z"),
            ("03/14/2026 10:00", "2026-03-14T10:00:00Z"),
            ("Пн, 02 мар 2026 10:00:00 +0300", "2026-03-02T07:00:00Z"),
            ("2 марта 2026 г., 10:00 МСК", "2026-03-02T07:00:00Z"),
            ("02.03.2026 10:00", "2026-03-02T10:00:00Z"),
            ("الاثنين، 2 مارس 2026 10:00", "2026-03-02T10:00:00Z"),
            ("٢ آذار ٢٠٢٦ ١٠:٠٠", "2026-03-02T10:00:00Z"),
            ("2 كانون الثاني 2026", "2026-01-02T00:00:00Z"),
            ("12 تشرين الأول 2026 10:30 مساء", "2026-10-12T22:30:00Z"),
        ] {
            check(text, expect);
        }
    }

    #[test]
    fn what_is_no_date_stays_none() {
        for text in ["", "yesterday", "вчера", "أمس", "10:00", "31 Feb 2026", "2026", "99.99.2026"]
        {
            check(text, "-");
        }
    }
}
