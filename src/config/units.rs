//! Lengths of time and sizes, as people write them: `10m`, `2h30m`, `8MiB`.
//!
//! Both are read strictly, because a configuration that guesses is wrong once a year, and both are printed in the
//! form in which they are read.

use std::time::Duration;

/// Units of time in milliseconds, largest first: the order in which they may follow each other.
const TIME_UNITS: [(&str, u64); 6] = [
    ("w", 7 * 24 * 60 * 60 * 1000),
    ("d", 24 * 60 * 60 * 1000),
    ("h", 60 * 60 * 1000),
    ("m", 60 * 1000),
    ("s", 1000),
    ("ms", 1),
];

/// Units of size in bytes, largest first.
const SIZE_UNITS: [(&str, u64); 4] =
    [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

/// Reads `10m`, `2h30m`, `90s`, `500ms`, `1d12h`, `2w`. The error is a lowercase fragment.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let mut rest = text;
    let mut total_ms = 0u64;
    let mut next_unit = 0;
    if rest.is_empty() {
        return Err("is empty".into());
    }
    while !rest.is_empty() {
        let (number, unit, after) = number_and_unit(rest)?;
        let Some(at) = TIME_UNITS.iter().position(|(name, _)| *name == unit) else {
            return Err(match unit {
                "" => format!(
                    "has a number without a unit: is it `{number}s`, `{number}m` or `{number}h`?"
                ),
                _ => format!("has the unknown unit `{unit}`: the units are w, d, h, m, s and ms"),
            });
        };
        if at < next_unit {
            return Err("has its units in the wrong order: the largest comes first".into());
        }
        next_unit = at + 1;
        total_ms = number
            .checked_mul(TIME_UNITS[at].1)
            .and_then(|ms| total_ms.checked_add(ms))
            .ok_or("is longer than can be counted")?;
        rest = after;
    }
    Ok(Duration::from_millis(total_ms))
}

/// Prints a length of time, to the millisecond, in the form that [`parse_duration`] reads.
pub fn format_duration(length: Duration) -> String {
    let mut rest_ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
    if rest_ms == 0 {
        return "0s".into();
    }
    let mut text = String::new();
    // Weeks are read but not printed: `14d` is what most people write.
    for (unit, ms) in &TIME_UNITS[1..] {
        if rest_ms >= *ms {
            text.push_str(&format!("{}{unit}", rest_ms / ms));
            rest_ms %= ms;
        }
    }
    text
}

/// Reads `8MiB`, `512KiB`, `1GiB`, `100B`. The error is a lowercase fragment.
pub fn parse_size(text: &str) -> Result<u64, String> {
    if text.is_empty() {
        return Err("is empty".into());
    }
    let (number, unit, after) = number_and_unit(text)?;
    let Some((_, bytes)) = SIZE_UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(match unit {
            "" => format!("has no unit: is it `{number}B`, `{number}KiB` or `{number}MiB`?"),
            "kB" | "KB" | "k" | "K" => format!("has an ambiguous unit: write `{number}KiB`"),
            "MB" | "M" => format!("has an ambiguous unit: write `{number}MiB`"),
            "GB" | "G" => format!("has an ambiguous unit: write `{number}GiB`"),
            _ => format!("has the unknown unit `{unit}`: the units are B, KiB, MiB and GiB"),
        });
    };
    if !after.is_empty() {
        return Err(format!("has `{after}` after the unit"));
    }
    number.checked_mul(*bytes).ok_or_else(|| "is larger than can be counted".into())
}

/// Prints a size in the largest unit that divides it.
pub fn format_size(bytes: u64) -> String {
    let whole = |unit: &u64| bytes > 0 && bytes.is_multiple_of(*unit);
    let (name, unit) = SIZE_UNITS.iter().find(|(_, unit)| whole(unit)).unwrap_or(&("B", 1));
    format!("{}{name}", bytes / unit)
}

/// Splits off a leading whole number and the letters after it.
fn number_and_unit(text: &str) -> Result<(u64, &str, &str), String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if digits == 0 {
        return Err(format!("has `{text}` where a whole number should stand"));
    }
    let number = text[..digits].parse().map_err(|_| "has a number that is too large".to_owned())?;
    let rest = &text[digits..];
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    Ok((number, &rest[..letters], &rest[letters..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_what_is_read() {
        for (text, seconds) in
            [("10m", 600), ("2h30m", 9000), ("90s", 90), ("1d12h", 129_600), ("2w", 1_209_600)]
        {
            let length = parse_duration(text).expect(text);
            assert_eq!(length, Duration::from_secs(seconds), "{text}");
            assert_eq!(parse_duration(&format_duration(length)), Ok(length), "{text}");
        }
        for (text, bytes) in
            [("8MiB", 8 << 20), ("512KiB", 512 << 10), ("1GiB", 1 << 30), ("0B", 0)]
        {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
            assert_eq!(format_size(bytes), text);
        }
        assert_eq!(format_duration(Duration::from_millis(90_500)), "1m30s500ms");
        assert_eq!(format_duration(Duration::ZERO), "0s");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (text, why) in [
            ("", "is empty"),
            ("10", "without a unit: is it `10s`"),
            ("10 minutes", "without a unit"),
            ("m", "where a whole number should stand"),
            ("-5m", "where a whole number should stand"),
            ("1.5h", "without a unit"),
            ("30m2h", "wrong order"),
            ("5m5m", "wrong order"),
            ("10y", "unknown unit `y`"),
            ("99999999999999999999s", "too large"),
            ("9999999999999999999w", "longer than can be counted"),
        ] {
            let error = parse_duration(text).expect_err(text);
            assert!(error.contains(why), "{text}: {error}");
        }
        for (text, why) in [
            ("8", "has no unit"),
            ("8MB", "write `8MiB`"),
            ("8MiB4", "after the unit"),
            ("8 MiB", "has no unit"),
            ("8TiB", "unknown unit"),
            ("99999999999GiB", "larger than"),
        ] {
            let error = parse_size(text).expect_err(text);
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
