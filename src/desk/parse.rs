//! Bytes to entries. The world's feeds are messy, so this never fails as a whole: it returns what it could read, and
//! notes about what it had to repair.
//!
//! charset → repair → streaming pre-scan with limits → one tolerant reader for sound and broken documents alike →
//! entries in the order of the document, each with the feed's own guid text. Identity is decided in [`drafts()`].

mod charset;
mod dates;
mod drafts;
mod json;
mod reader;
mod repair;
mod report;
mod scan;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::desk::model::Note;
pub use crate::desk::schedule::FeedHints;
pub use drafts::drafts;
pub use report::report;
use scan::{Dialect, Shape};

/// Notes kept of one document.
const NOTES_MAX: usize = 50;

/// What a document may cost. The figures are those of our notes on hostile input; each is far above any honest feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document; the rest is cut off.
    pub body_bytes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Entries; the rest is left out.
    pub items: usize,
    /// Bytes of one field.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 8 * 1024 * 1024,
            depth: 64,
            attributes: 256,
            items: 2000,
            text_bytes: 1024 * 1024,
        }
    }
}

/// An entry as the feed has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawEntry {
    /// The guid or id, byte for byte as in the feed but for white space around it.
    pub id: Option<String>,
    /// The link, absolute when the feed or its address says against what.
    pub url: Option<String>,
    /// The title; it may hold markup.
    pub title: String,
    /// The content, or else the summary, as markup: plain text is escaped.
    pub html: String,
    /// When it appeared.
    pub published: Option<Timestamp>,
    /// When it was changed.
    pub updated: Option<Timestamp>,
    /// The language it declares.
    pub language: Option<String>,
}

/// What was read from a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// `rss-2.0`, `atom-1.0`, `json-feed-1.1` and so on; `unknown` when nothing fits.
    pub format: String,
    /// The feed's title; it may hold markup.
    pub title: Option<String>,
    /// The language it declares.
    pub language: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<RawEntry>,
    /// What it says about how to poll it.
    pub hints: FeedHints,
    /// What had to be repaired or left out.
    pub notes: Vec<Note>,
    /// Set when the document is no feed at all.
    pub error: Option<String>,
}

/// What every reader of a format returns.
#[derive(Clone, Debug, Default)]
struct Reading {
    title: Option<String>,
    language: Option<String>,
    ttl_min: Option<u64>,
    entries: Vec<RawEntry>,
}

/// Collects notes, each once.
#[derive(Debug, Default)]
struct Notes(Vec<Note>);

impl Notes {
    fn say(&mut self, note: String) {
        if self.0.len() < NOTES_MAX && !self.0.iter().any(|n| n.0 == note) {
            self.0.push(Note(note));
        }
    }

    fn once(&mut self, note: &str) {
        if !self.0.iter().any(|n| n.0 == note) {
            self.say(note.to_owned());
        }
    }

    fn into_vec(self) -> Vec<Note> {
        self.0
    }
}

/// The text of a document in whatever charset, and what had to be corrected.
pub(crate) fn decode<'b>(
    body: &'b [u8],
    content_type: Option<&str>,
    url: &str,
) -> (Cow<'b, str>, Vec<Note>) {
    let mut notes = Notes::default();
    let text = charset::decode(body, content_type, url, &mut notes);
    (text, notes.into_vec())
}

/// A date as it is printed: the day, the time of day, and how far east of Greenwich that is.
pub(crate) fn printed_date(text: &str) -> Option<(Date, Option<Time>, Option<Offset>)> {
    dates::printed(text)
}

/// Reads a document, whatever it is. `content_type` is the HTTP header's, `url` is what relative links are resolved
/// against and may be empty.
pub fn read(body: &[u8], content_type: Option<&str>, url: &str, limits: &Limits) -> Parsed {
    let mut notes = Notes::default();
    let kept = &body[..body.len().min(limits.body_bytes)];
    if kept.len() < body.len() {
        notes.say(format!("only the first {} of {} bytes were read", kept.len(), body.len()));
    }
    let text = charset::decode(kept, content_type, url, &mut notes);
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let (format, read) = if trimmed.starts_with(['{', '[']) {
        match json::read(trimmed, url, limits, &mut notes) {
            Ok((format, reading)) => (format, Ok(reading)),
            Err(error) => ("unknown".to_owned(), Err(error)),
        }
    } else {
        read_xml(trimmed, url, limits, &mut notes)
    };
    let (reading, error) = match read {
        Ok(reading) => (reading, None),
        Err(error) => (Reading::default(), Some(error)),
    };
    let undated = reading.entries.iter().filter(|e| e.published.or(e.updated).is_none()).count();
    if undated > 0 {
        notes.say(format!("{undated} of {} entries have no date", reading.entries.len()));
    }
    Parsed {
        format,
        title: reading.title.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()),
        language: reading.language,
        entries: reading.entries,
        hints: FeedHints {
            ttl_s: reading.ttl_min.map(|minutes| minutes.saturating_mul(60)),
            unreadable: error.clone(),
        },
        notes: notes.into_vec(),
        error,
    }
}

fn read_xml(
    text: &str,
    url: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> (String, Result<Reading, String>) {
    let repaired = repair::repair(text, notes);
    let survey = scan::survey(&repaired, limits);
    // The repair gives RSS a version that feed-rs knows; the format is the one that the publisher wrote.
    let format = match &survey.dialect {
        Dialect::Rss(_) => scan::written_dialect(text).unwrap_or(survey.dialect.clone()),
        other => other.clone(),
    };
    if survey.shape != Shape::Sound {
        notes.say(survey.shape.to_string());
    }
    let reading = reader::read(&repaired, url, limits, notes);
    let hopeless = match &survey.dialect {
        _ if !reading.entries.is_empty() => None,
        Dialect::Html => Some("an HTML page, not a feed".to_owned()),
        Dialect::Other(_) if text.is_empty() => Some("an empty document".to_owned()),
        Dialect::Other(root) if root.is_empty() => Some("neither XML nor JSON".to_owned()),
        Dialect::Other(root) => Some(format!("XML, but not a feed: its root is {root:?}")),
        _ => None,
    };
    (format.to_string(), hopeless.map_or(Ok(reading), Err))
}

#[cfg(test)]
mod tests;
