//! An event of a storyline, and the facts that the claims about it add up to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, ClaimId, EventId, Slot, StorylineId, Value};

/// An event: a meeting that was held, is planned, or was only promised. What is known of it are its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Stable hash of the article that was the first known to tell of it. It stays when an earlier article arrives later.
    pub id: EventId,
    /// Its storyline.
    pub storyline: StorylineId,
    /// The frame's kind: `meeting` or `summit`.
    pub kind: String,
    /// The storyline's track it runs on, when its coverage tells.
    pub track: Option<String>,
    /// The event it continues.
    pub follows: Option<EventId>,
    /// When this program learnt of it.
    pub created: Timestamp,
    /// The article that told of it first.
    pub created_by: ArticleId,
    /// Set when an article that arrived late has shown that this is another event: which one.
    #[serde(default)]
    pub merged_into: Option<EventId>,
}

/// How well a fact is supported, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SupportLevel {
    /// One origin.
    Single,
    /// One of the event's own parties says so on record.
    Party,
    /// At least two independent origins.
    Corroborated,
    /// Origins of opposite parties agree.
    BothSides,
}

impl SupportLevel {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            SupportLevel::Single => "single",
            SupportLevel::Party => "party",
            SupportLevel::Corroborated => "corroborated",
            SupportLevel::BothSides => "both-sides",
        }
    }
}

/// Who supports a fact. Independence is counted by origin, not by publisher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// The level.
    pub level: SupportLevel,
    /// Distinct origins.
    pub origins: Vec<String>,
    /// Number of articles.
    pub articles: usize,
}

/// Where a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactState {
    /// What is known now.
    Current,
    /// Disputed: another current value of the same slot contradicts it.
    Disputed,
    /// A later value has taken its place.
    Superseded,
    /// A correction has withdrawn it.
    Retracted,
}

/// How a disputed value is contradicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// Two measures or places that are near each other: one may be loosely told.
    Soft,
    /// Both cannot be true.
    Hard,
    /// Each of the event's parties says another thing.
    PerSide,
}

impl Conflict {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Conflict::Soft => "soft",
            Conflict::Hard => "hard",
            Conflict::PerSide => "per side",
        }
    }
}

/// A value of a slot of an event, with the claims that carry it. A fold over the claim log, never edited by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its storyline.
    pub storyline: StorylineId,
    /// Its event.
    pub event: EventId,
    /// Its slot.
    pub slot: Slot,
    /// Its value.
    pub value: Value,
    /// Where it stands.
    pub state: FactState,
    /// How it is contradicted, while it is disputed.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Who supports it.
    pub support: Support,
    /// When it was said first.
    pub since: Timestamp,
    /// The claims that carry it, the first of each origin, in the order in which they were made; the first one is shown as
    /// evidence.
    pub claims: Vec<ClaimId>,
}

/// Facts that are replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Touched {
    /// The event.
    pub event: EventId,
    /// Its slot; none for all of them.
    pub slot: Option<Slot>,
}
