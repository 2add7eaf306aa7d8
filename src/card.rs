//! An alert as a card for a terminal: what is known now, what was known before, who says so, and in which words.
//!
//! The demo, `replay` and `explain` print the same card. Foreign text keeps its own script and stands between
//! direction isolates, so that an Arabic sentence cannot reorder the English around it. Nothing that came from outside
//! reaches the terminal as a control sequence.

mod words;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::desk::model::{Alert, LanguageId, Slot, SupportLevel};

use self::words::{is_rtl, language, name, plural, slot, value};

/// Direction isolates (UAX #9): the first strong letter decides, or right to left in any case, up to the end.
const FIRST_STRONG: char = '\u{2068}';
const RIGHT_TO_LEFT: char = '\u{2067}';
const ISOLATE_END: char = '\u{2069}';

/// How a card is written. Whoever prints decides, by the terminal and `NO_COLOR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text only; the quote stands in square brackets.
    Plain,
    /// With ANSI colours; the quote is bold and underlined.
    Colour,
}

/// An ANSI attribute that a card uses.
#[derive(Clone, Copy)]
enum Ink {
    Strong,
    Quiet,
    Quote,
    Severity(u8),
}

impl Style {
    /// `Colour` when it is wanted.
    pub fn coloured(wanted: bool) -> Self {
        if wanted { Style::Colour } else { Style::Plain }
    }

    fn paint(self, ink: Ink, text: &str) -> String {
        let code = match (self, ink) {
            (Style::Plain, Ink::Quote) => return format!("[{text}]"),
            (Style::Plain, _) => return text.to_owned(),
            (Style::Colour, Ink::Strong) => "1",
            (Style::Colour, Ink::Quiet) => "2",
            (Style::Colour, Ink::Quote) => "1;4",
            (Style::Colour, Ink::Severity(5..)) => "1;31",
            (Style::Colour, Ink::Severity(4)) => "1;33",
            (Style::Colour, Ink::Severity(_)) => "1;36",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// The card, in lines that each end with a line break.
pub fn render(alert: &Alert, style: Style) -> String {
    let mut card = String::new();
    let article = &alert.article;
    let lines = [
        format!(
            "kind      {} · {}{}",
            kind(alert),
            foreign(alert.storyline.as_str()),
            update(alert)
        ),
        format!("event     {}", event(alert)),
        format!("says      {}", who(alert)),
        sentence(alert, style),
        format!("title     {}", isolated(&article.title, &article.language)),
        format!(
            "source    {} · {} · {}",
            foreign(&article.source),
            language(&article.language),
            article.published.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC")
        ),
        format!("link      {}", style.paint(Ink::Quiet, &foreign(&article.url))),
    ];
    card.push_str(&headline(alert, style));
    card.push('\n');
    for line in lines {
        // Writing into a string cannot fail.
        let _ = writeln!(card, "     {line}");
    }
    card
}

/// The card's first line alone: `● 5  follow-up meeting — date: 10 April 2025  (was: not set)`.
pub fn headline(alert: &Alert, style: Style) -> String {
    let what = if alert.event.follows.is_some() { "follow-up meeting" } else { "meeting" };
    let city = alert.event.city.as_deref();
    let family = alert.slot.family();
    let said = format!("{}: {}", slot(&alert.slot), value(family, &alert.value, city));
    let dot = style.paint(Ink::Severity(alert.severity), &format!("● {}", alert.severity));
    let mut line = format!("{dot}  {what} — {}", style.paint(Ink::Strong, &said));
    // A confirmation repeats the value, and "was: the same" would read as a change.
    if let Some(previous) = alert.previous.as_ref().filter(|previous| **previous != alert.value) {
        let was = match previous.split_once('=') {
            // Another slot of the same topic, as in `agenda=ukraine`.
            Some((other, topic)) => {
                let other = Slot::new(other);
                format!("(was: {}: {})", slot(&other), value(other.family(), topic, city))
            }
            None => format!("(was: {})", value(family, previous, city)),
        };
        let _ = write!(line, "  {}", style.paint(Ink::Quiet, &was));
    }
    line
}

fn kind(alert: &Alert) -> &'static str {
    use crate::desk::model::AlertKind as Kind;
    match alert.kind {
        Kind::New => "new: nothing was known",
        Kind::Set => "set: it was known that none was fixed",
        Kind::Refined => "refined: more exact than before",
        Kind::Changed => "changed: another value than before",
        Kind::Conflict => "conflict: two reports disagree",
        Kind::Corroborated => "corroborated: an independent source confirms it",
        Kind::Retracted => "retracted: a correction withdraws it",
    }
}

/// A later version replaces what a receiver has under the same id.
fn update(alert: &Alert) -> String {
    if alert.version > 1 { format!(" · update {}", alert.version - 1) } else { String::new() }
}

fn event(alert: &Alert) -> String {
    let mut parts = Vec::new();
    match alert.event.date.as_deref() {
        Some("unset") => parts.push("no date set".to_owned()),
        Some(date) => parts.push(value("date", date, None)),
        None => parts.push("date unknown".to_owned()),
    }
    match alert.event.city.as_deref() {
        Some("unset") => parts.push("no city set".to_owned()),
        Some(city) => parts.push(value("city", city, None)),
        None => {}
    }
    let mut line = parts.join(", ");
    if alert.event.follows.is_some() {
        line.push_str(" · follows an earlier meeting");
    }
    line
}

fn who(alert: &Alert) -> String {
    let speaker = alert.speaker.as_deref().map_or_else(|| "no named speaker".to_owned(), name);
    let support = &alert.support;
    let level = match support.level {
        SupportLevel::Single => "one source",
        SupportLevel::Party => "a party itself",
        SupportLevel::Corroborated => "corroborated",
        SupportLevel::BothSides => "both sides",
    };
    format!(
        "{speaker} · {} · {level} ({}, {})",
        alert.certainty.as_str(),
        plural(support.origins, "origin"),
        plural(support.articles, "article"),
    )
}

/// The sentence, with the words that give the value marked.
fn sentence(alert: &Alert, style: Style) -> String {
    let (sentence, quote) = (clean(&alert.evidence.sentence), clean(&alert.evidence.quote));
    let marked = match sentence.split_once(quote.as_str()) {
        Some((before, after)) if !quote.is_empty() => {
            format!("{before}{}{after}", style.paint(Ink::Quote, &quote))
        }
        _ => sentence,
    };
    enclose(&marked, &alert.article.language)
}

/// Foreign text whose language says its direction.
fn isolated(text: &str, language: &LanguageId) -> String {
    enclose(&clean(text), language)
}

fn enclose(text: &str, language: &LanguageId) -> String {
    let begin = if is_rtl(language) { RIGHT_TO_LEFT } else { FIRST_STRONG };
    format!("{begin}{text}{ISOLATE_END}")
}

/// Foreign text on its own; text in ASCII needs no isolate.
fn foreign(text: &str) -> String {
    let text = clean(text);
    if text.is_ascii() { text } else { format!("{FIRST_STRONG}{text}{ISOLATE_END}") }
}

/// Without controls, which could command the terminal, and without the characters that would end an isolate of ours.
fn clean(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    spaced.filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}
