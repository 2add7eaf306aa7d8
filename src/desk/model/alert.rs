//! The alert, exactly as the output contract prints it: field names and their order are the wire format.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AlertId, Certainty, EventId, LanguageId, Slot, StorylineId, SupportLevel};

/// What happened to the slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertKind {
    /// Nothing was known.
    New,
    /// It was known that none was fixed; now one is.
    Set,
    /// The value became narrower.
    Refined,
    /// Another value took its place.
    Changed,
    /// Two reports disagree.
    Conflict,
    /// An independent origin confirms it.
    Corroborated,
    /// A correction withdraws it.
    Retracted,
}

impl AlertKind {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            AlertKind::New => "new",
            AlertKind::Set => "set",
            AlertKind::Refined => "refined",
            AlertKind::Changed => "changed",
            AlertKind::Conflict => "conflict",
            AlertKind::Corroborated => "corroborated",
            AlertKind::Retracted => "retracted",
        }
    }
}

/// The event as it is known when the alert fires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertEvent {
    /// The event's id.
    pub id: EventId,
    /// Its date as known, `unset`, or null.
    pub date: Option<String>,
    /// Its city as known.
    pub city: Option<String>,
    /// The event it continues.
    pub follows: Option<EventId>,
}

/// Who supports the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSupport {
    /// How well.
    pub level: SupportLevel,
    /// Number of independent origins.
    pub origins: usize,
    /// Number of articles.
    pub articles: usize,
}

/// The article that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertArticle {
    /// Its link.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its publisher.
    pub source: String,
    /// Its language.
    pub language: LanguageId,
    /// When it was published.
    pub published: Timestamp,
}

/// The words that say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertEvidence {
    /// The words that give the value.
    pub quote: String,
    /// The sentence they stand in.
    pub sentence: String,
    /// Byte offset of the quote in the article's text.
    pub start: usize,
    /// End of the quote.
    pub end: usize,
}

/// One change of what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Stable: all changes of one slot of one event share it; of a slot with many values, all changes of one value.
    pub id: AlertId,
    /// 1, and one more with every later change of the same slot: a receiver can replace what it has under the id.
    pub version: u32,
    /// What happened.
    pub kind: AlertKind,
    /// 1 (for a digest) to 5 (at once).
    pub severity: u8,
    /// The storyline.
    pub storyline: StorylineId,
    /// The event.
    pub event: AlertEvent,
    /// The slot.
    pub slot: Slot,
    /// The new value.
    pub value: String,
    /// The value before.
    pub previous: Option<String>,
    /// Who supports it.
    pub support: AlertSupport,
    /// How sure the sentence is.
    pub certainty: Certainty,
    /// Who says so in the text.
    pub speaker: Option<String>,
    /// Where it says so.
    pub article: AlertArticle,
    /// Which words say so.
    pub evidence: AlertEvidence,
    /// When the alert was decided.
    pub at: Timestamp,
}
