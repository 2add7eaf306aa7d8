//! A story: the articles on one event, in whatever language.

use serde::{Deserialize, Serialize};

use super::{ArticleId, StoryId};

/// That an article stands in a story. It takes the place of what was said of the article before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryPlace {
    /// The article version.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// Why, in words.
    pub why: String,
    /// The sentences that it adds to the text that it copies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
}

/// That a story has become part of another one. Its id leads there from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryMerge {
    /// The story that is no more.
    pub story: StoryId,
    /// The one that it is part of; none when it has split off again.
    pub into: Option<StoryId>,
}
