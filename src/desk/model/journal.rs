//! The journal: why every article did, or did not, raise an alert. `marsad explain` prints it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, FeedId};

/// A step of the flow, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the name of a module of the desk")]
pub enum Step {
    Response,
    Parse,
    Normalise,
    Watch,
    Copies,
    Claims,
    Origins,
    Link,
    Ledger,
    Stories,
    Alert,
}

impl Step {
    /// The step's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Response => "response",
            Step::Parse => "parse",
            Step::Normalise => "normalise",
            Step::Watch => "watch",
            Step::Copies => "copies",
            Step::Claims => "claims",
            Step::Origins => "origins",
            Step::Link => "link",
            Step::Ledger => "ledger",
            Step::Stories => "stories",
            Step::Alert => "alert",
        }
    }
}

/// One decision and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// When it was taken.
    pub at: Timestamp,
    /// The feed it concerns.
    pub feed: Option<FeedId>,
    /// The article version it concerns.
    pub article: Option<ArticleId>,
    /// The step that took it.
    pub step: Step,
    /// The reason, as a sentence.
    pub reason: String,
}
