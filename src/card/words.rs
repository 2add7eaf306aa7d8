//! Ids and normalised values in plain English, by general rules: no gazetteer is asked, so that an alert can be read
//! wherever it has come to.

use jiff::civil::Date;

use crate::desk::model::{DateSpan, DurationSpan, LanguageId, Nearness, Slot};

use super::foreign;

/// Languages that are written from right to left.
const RTL: [&str; 10] = ["ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "ug", "sd"];

/// The languages there are packs for, by name.
const LANGUAGES: [(&str, &str); 3] = [("ar", "Arabic"), ("en", "English"), ("ru", "Russian")];

/// A segment of an id that is no longer than this and has no vowel is an abbreviation, such as `cg`.
const ABBREVIATION: usize = 3;

/// Whether the language is written from right to left.
pub(super) fn is_rtl(language: &LanguageId) -> bool {
    RTL.contains(&language.as_str())
}

/// The language's name, or its code.
pub(super) fn language(id: &LanguageId) -> String {
    let known = LANGUAGES.iter().find(|(code, _)| *code == id.as_str());
    known.map_or_else(|| foreign(id.as_str()), |(_, name)| (*name).to_owned())
}

/// `1 origin`, `2 origins`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The slot in words; `head.us` names whose head it is.
pub(super) fn slot(slot: &Slot) -> String {
    match (slot.family(), slot.as_str().split_once('.')) {
        ("head", Some((_, who))) => format!("head of the {} delegation", party(who)),
        ("off_agenda", _) => "not on the agenda".to_owned(),
        ("agreement", _) => "agreed".to_owned(),
        (family, Some((_, who))) => format!("{} of {}", phrase(family), party(who)),
        (family, None) => phrase(family),
    }
}

/// The value in words. A venue is told from its city when the event's city is known.
pub(super) fn value(family: &str, text: &str, city: Option<&str>) -> String {
    if text == "unset" {
        return "not set".to_owned();
    }
    if !is_id(text) {
        return foreign(text);
    }
    match family {
        "date" => date(text),
        "duration" => duration(text),
        "city" | "head" => name(text),
        "venue" => venue(text, city),
        _ => match text.split_once(':') {
            Some((who, what)) => format!("{}: {}", party(who), phrase(what)),
            None => phrase(text),
        },
    }
}

/// A person, an organisation or a place: `sonata-coulter`, `us-state-dept`, `ru-mfa`.
pub(super) fn name(id: &str) -> String {
    if !is_id(id) {
        return foreign(id);
    }
    let mut parts = id.split('-').map(str::to_owned).collect::<Vec<_>>();
    let parts_len = parts.len();
    for (at, part) in parts.iter_mut().enumerate() {
        let is_party = at == 0 && part.len() == 2 && parts_len > 1;
        *part = if is_party || is_abbreviation(part) { part.to_uppercase() } else { capital(part) };
    }
    parts.join(" ")
}

/// `us-cg-residence-istanbul` is the US CG residence, Istanbul. The first part is a party when it has two letters.
fn venue(id: &str, city: Option<&str>) -> String {
    let known = city.and_then(|city| {
        let place = id.strip_suffix(city)?.strip_suffix('-')?;
        Some((place, city))
    });
    let Some((place, city)) = known.or_else(|| id.rsplit_once('-')) else { return capital(id) };
    let words = place.split('-').enumerate().map(|(at, part)| {
        let is_party = at == 0 && part.len() == 2;
        match (is_party || is_abbreviation(part), at) {
            (true, _) => part.to_uppercase(),
            (false, 0) => capital(part),
            (false, _) => part.to_owned(),
        }
    });
    format!("{}, {}", words.collect::<Vec<_>>().join(" "), name(city))
}

fn date(text: &str) -> String {
    let Some(span) = DateSpan::parse(text) else { return text.to_owned() };
    let day = |day: Date| day.strftime("%-d %B %Y").to_string();
    let written = span.to_string();
    match written.len() {
        4 => written,
        7 => span.lo.strftime("%B %Y").to_string(),
        _ if span.lo == span.hi => day(span.lo),
        _ => format!("{} to {}", day(span.lo), day(span.hi)),
    }
}

fn duration(text: &str) -> String {
    let Some(span) = DurationSpan::parse(text) else { return text.to_owned() };
    let nearness = match span.nearness {
        Nearness::Exactly => "",
        Nearness::About => "about ",
        Nearness::MoreThan => "more than ",
        Nearness::LessThan => "less than ",
    };
    match (span.lo_min, span.hi_min) {
        (lo, hi) if lo == hi => format!("{nearness}{}", hours(lo)),
        (lo, hi) => format!("{nearness}{} to {}", hours(lo), hours(hi)),
    }
}

fn hours(minutes: u32) -> String {
    const DAY: u32 = 24 * 60;
    match (minutes / 60, minutes % 60) {
        (0, min) => format!("{min} min"),
        _ if minutes >= 2 * DAY && minutes.is_multiple_of(DAY) => {
            format!("{} days", minutes / DAY)
        }
        (h, 0) => format!("{h} h"),
        (h, min) => format!("{h} h {min} min"),
    }
}

/// An ISO 3166 code is shown in capitals, an organisation by its name.
fn party(id: &str) -> String {
    if id.len() == 2 { id.to_uppercase() } else { name(id) }
}

fn phrase(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

fn is_abbreviation(part: &str) -> bool {
    let vowel = |c: char| "aeiouy".contains(c);
    part == "mfa" || (part.len() <= ABBREVIATION && !part.contains(vowel))
}

/// Ids are lower-case ASCII; anything else is a name as it was written.
fn is_id(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
