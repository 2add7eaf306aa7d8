//! An article, from the draft that a feed or a file brings to the version that is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, FeedId, LanguageId};

/// What makes two appearances of an entry the same entry: feed and guid, else the canonical link, else a
/// fingerprint of title and text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryKey(pub String);

/// By what an entry of a feed is known again. Its text is a third name, which follows from the content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The guid; none when it has none, or one that its document gives to several entries.
    pub guid: Option<EntryKey>,
    /// The page that it links to, likewise.
    pub link: Option<EntryKey>,
}

/// How a version of an article differs from the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its publisher has changed it and not said so: no later date came with it.
    pub silent: bool,
    /// Sentences that are new.
    pub added: Vec<String>,
    /// Sentences that are gone.
    pub removed: Vec<String>,
    /// Sentences that were written anew.
    pub changed: Vec<Rewritten>,
    /// Set when the text before is no longer at hand, so that the sentences are not told.
    #[serde(default)]
    pub unknown: bool,
}

/// A sentence that was written anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewritten {
    /// As it was.
    pub was: String,
    /// As it is.
    pub now: String,
}

/// An article as a feed entry or an article file brings it: text already free of markup, nothing judged yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Identity of the entry, as far as its document tells; versions of one article share it.
    pub key: EntryKey,
    /// By what an entry of a feed is known again; none of a file.
    pub names: Names,
    /// Id given by an article file; articles from feeds get theirs from key and content.
    pub id: Option<ArticleId>,
    /// Link to the article.
    pub url: String,
    /// Title without markup.
    pub title: String,
    /// Text without markup; line breaks are paragraph breaks.
    pub text: String,
    /// When its publisher says it appeared.
    pub published: Option<Timestamp>,
    /// When its publisher says it was changed.
    pub updated: Option<Timestamp>,
    /// Declared language: a hint.
    pub language: Option<LanguageId>,
    /// The publisher's name.
    pub source: String,
    /// The feed that brought it; none for a file.
    pub feed: Option<FeedId>,
}

/// How the date of publication is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dated {
    /// The feed or file says so.
    Declared,
    /// It declared a time in the future, which was replaced by the time of arrival.
    Clamped,
    /// It declared nothing; the time of arrival stands in.
    Arrival,
}

/// When an article was published, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The instant that relative dates in the text are resolved against.
    pub at: Timestamp,
    /// Where it comes from.
    pub how: Dated,
}

/// The direction a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of the HTML attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// One version of an article, as it is kept. Texts are never edited: a change makes a new version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Id of this version.
    pub id: ArticleId,
    /// Identity shared by all versions.
    pub key: EntryKey,
    /// The names that it came under.
    #[serde(default)]
    pub names: Names,
    /// 1 for the first version.
    pub version: u32,
    /// The version before this one.
    pub revision_of: Option<ArticleId>,
    /// Link to the article.
    pub url: String,
    /// Title without markup.
    pub title: String,
    /// Text without markup.
    pub text: String,
    /// The language that was decided.
    pub language: LanguageId,
    /// Its direction.
    pub direction: Direction,
    /// Date of publication.
    pub published: Published,
    /// When this program saw the version first.
    pub first_seen: Timestamp,
    /// The publisher's name.
    pub source: String,
    /// The feed that brought it.
    pub feed: Option<FeedId>,
    /// Stable hash of title and text after folding: equal hashes mean that nothing was edited.
    pub content_hash: String,
    /// Set when the text copies an earlier article's.
    pub copy_of: Option<ArticleId>,
    /// How it differs from the version before.
    #[serde(default)]
    pub revision: Option<Revision>,
}

impl Article {
    /// When its claims were made: when it was published. What was changed without a later date was made by its arrival.
    pub fn said_at(&self) -> Timestamp {
        match &self.revision {
            Some(revision) if revision.silent => self.published.at.max(self.first_seen),
            _ => self.published.at,
        }
    }
}
