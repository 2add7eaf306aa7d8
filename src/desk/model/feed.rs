//! A feed, what is remembered of it between two polls, and what a poll brought back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{FeedId, LanguageId, stable_id};

/// The validators of a conditional GET, byte for byte as the server sent them (RFC 9110 §13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` header, quotes and `W/` included.
    pub etag: Option<String>,
    /// The `Last-Modified` header, unparsed.
    pub last_modified: Option<String>,
}

/// A permanent redirect that was seen but is not adopted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Where the feed says it has moved to.
    pub to: String,
    /// When it said so first.
    pub since: Timestamp,
    /// How many polls in a row have said the same.
    pub sightings: u32,
}

/// Whether a feed gives the same entries other ids. While it does, they are told apart by their links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renaming {
    /// Polls that brought known entries under other ids, less those that did not.
    pub sightings: u32,
    /// Since when its ids are not believed.
    pub since: Option<Timestamp>,
}

/// How a feed is doing, as the status page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "because")]
pub enum FeedHealth {
    /// Never polled.
    #[default]
    Waiting,
    /// The last poll brought a feed, or the news that nothing has changed.
    Good,
    /// The last polls failed; it is tried again, less often.
    Failing(String),
    /// The server said 410: it is polled no more until somebody looks at it.
    Gone,
}

/// What is remembered of a feed between two polls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// Stable hash of [`FeedState::url`].
    pub id: FeedId,
    /// The URL as configured.
    pub url: String,
    /// The publisher's name, shown as the source of its articles.
    pub source: String,
    /// The language the configuration or the feed declares: a prior, not a verdict.
    pub language: Option<LanguageId>,
    /// The URL that is really asked, when a permanent redirect has been adopted.
    pub moved_to: Option<String>,
    /// A permanent redirect under observation.
    pub moving: Option<Moved>,
    /// Validators of the last body that was committed.
    pub validators: Validators,
    /// Not polled before this instant.
    pub next_check: Timestamp,
    /// When it was last asked.
    pub last_checked: Option<Timestamp>,
    /// When it last brought something new.
    pub last_changed: Option<Timestamp>,
    /// Polls that failed in a row.
    pub failures: u32,
    /// Whether the first poll, which is silent, has been committed.
    pub primed: bool,
    /// For the status page.
    pub health: FeedHealth,
    /// Whether its ids can be believed.
    #[serde(default)]
    pub renaming: Renaming,
}

impl FeedState {
    /// A feed that has never been polled and is due at once.
    pub fn new(
        url: impl Into<String>,
        source: impl Into<String>,
        language: Option<LanguageId>,
        now: Timestamp,
    ) -> Self {
        let url = url.into();
        Self {
            id: FeedId::new(stable_id(&["feed", &url])),
            url,
            source: source.into(),
            language,
            moved_to: None,
            moving: None,
            validators: Validators::default(),
            next_check: now,
            last_checked: None,
            last_changed: None,
            failures: 0,
            primed: false,
            health: FeedHealth::Waiting,
            renaming: Renaming::default(),
        }
    }
}

/// What the world answered to one poll.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// A complete HTTP answer, whatever its status.
    Answer(Answer),
    /// No complete answer.
    Failed(FetchFailure),
}

/// A complete HTTP answer, after our own redirects, decoded and within the limits.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of the last hop.
    pub status: u16,
    /// The headers of the last hop, names in lower case, values lossily decoded.
    pub headers: Vec<(String, String)>,
    /// The body after content decoding.
    pub body: Vec<u8>,
    /// The URL of the last hop.
    pub url: String,
    /// The target that every hop so far declared permanent (301, 308), if there was one.
    pub permanent: Option<String>,
}

impl Answer {
    /// The first header of that name; `name` is lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer. The variants are what the caller can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchFailure {
    /// The guard forbids the address: retrying is useless until somebody changes the configuration.
    #[error("refused: {0}")]
    Refused(String),
    /// A limit was passed (bytes, time, hops): retried at the usual pace.
    #[error("over the limit: {0}")]
    Limit(String),
    /// The network or the server failed: retried with backoff.
    #[error("unreachable: {0}")]
    Unreachable(String),
}

/// Something that a reader of a feed or a page should know, which is no failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note(pub String);
