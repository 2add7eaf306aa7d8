//! A claim: one slot value as stated in one sentence of one article. The claim log is append-only: what a claim states is
//! never edited; which event it is about follows from the fold.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, ClaimId, EventId, Slot, StorylineId, Value};

/// How sure the sentence is of what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the contract's own words")]
pub enum Certainty {
    Asserted,
    Attributed,
    Expected,
    Denied,
    Hedged,
}

impl Certainty {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Asserted => "asserted",
            Certainty::Attributed => "attributed",
            Certainty::Expected => "expected",
            Certainty::Denied => "denied",
            Certainty::Hedged => "hedged",
        }
    }
}

/// Whether the claim is about the event that the article reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// About the event in focus, or the follow-up it promises.
    Main,
    /// About an earlier or another event.
    Background,
}

impl Modality {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Main => "main",
            Modality::Background => "background",
        }
    }
}

/// One step of how a claim came about: the rule, the cue or the anchor, and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceStep(pub String);

/// One slot value as stated in one sentence of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable hash of article, storyline, mention, slot, value and position.
    pub id: ClaimId,
    /// The storyline whose ledger holds it.
    pub storyline: StorylineId,
    /// The event it is linked to: part of the fold, and the one thing about a claim that may change.
    pub event: EventId,
    /// The article version that states it.
    pub article: ArticleId,
    /// Which of the article's own events it is about: the name of a [`crate::desk::model::Mention`].
    pub about: String,
    /// Which slot.
    pub slot: Slot,
    /// Which value.
    pub value: Value,
    /// How sure the sentence is.
    pub certainty: Certainty,
    /// About the article's event, or another.
    pub modality: Modality,
    /// Person or organisation id of whoever says so in the text.
    pub speaker: Option<String>,
    /// The agency that the sentence credits, or else the article as a whole.
    pub conveyor: Option<String>,
    /// Stable hash of the words of the longest quotation in the sentence, when it is long enough to be told by heart.
    pub quotation: Option<String>,
    /// Whose word it is, for counting independence: a speaker, an agency, a quotation, a publisher.
    pub origin: String,
    /// The sentence: an exact substring of the article's text or title.
    pub sentence: String,
    /// The words within the sentence that give the value.
    pub evidence: String,
    /// Byte offset of the evidence in the article's text; in its title when `in_title`.
    pub start: usize,
    /// End of the evidence.
    pub end: usize,
    /// Whether the sentence is the title.
    pub in_title: bool,
    /// When the claim was made: the article's date of publication.
    pub said_at: Timestamp,
    /// Rule, cues and anchors, in order.
    pub trace: Vec<TraceStep>,
}
