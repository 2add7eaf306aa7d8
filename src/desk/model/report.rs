//! A report: what one version of an article tells of, as far as linking needs it. With its claims it is an entry of the
//! claim log, of which events, facts and links are a fold.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ArticleId, DateSpan, EntryKey, EventId, Status, StorylineId};

/// One version of an article as coverage of one storyline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The storyline that it covers.
    pub storyline: StorylineId,
    /// The article version.
    pub article: ArticleId,
    /// Identity shared by all versions of the article.
    pub key: EntryKey,
    /// 1 for the version that arrived first; it orders versions of one instant only.
    pub version: u32,
    /// When its claims were made: the date of publication; for an edit without a date of its own, its arrival.
    pub said_at: Timestamp,
    /// The day that its words count from.
    pub day: Date,
    /// Its publisher.
    pub source: String,
    /// The house that its publisher belongs to, when it does not stand for itself.
    #[serde(default)]
    pub house: Option<String>,
    /// The agency that the article as a whole is from.
    #[serde(default)]
    pub conveyor: Option<String>,
    /// Articles of other entries that were told before this one and are the same text.
    pub same_as: Vec<ArticleId>,
    /// The events that it tells of, the one in focus first.
    pub mentions: Vec<Mention>,
}

/// An event as one article knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its name within the article; claims point to it.
    pub local: String,
    /// `meeting` or `summit`.
    pub kind: String,
    /// Whether it is promised, not reported.
    pub promised: bool,
    /// Whether it continues the event in focus.
    pub continues: bool,
    /// How it stands, as far as the article says.
    pub status: Option<Status>,
    /// Its days.
    pub date: Option<DateSpan>,
    /// Its place.
    pub city: Option<String>,
    /// The storyline's track it runs on.
    pub track: Option<String>,
    /// The event of the ledger that it is: part of the fold, kept so that the event keeps its id.
    pub event: EventId,
}
