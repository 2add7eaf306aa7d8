//! Where the page reads.

use std::sync::Arc;

use crate::desk::model::{
    Alert, Article, ArticleId, Claim, ClaimId, Delivery, DeliveryState, Event, Fact, FeedState,
    JournalEntry, StoryId, StoryPlace,
};
use crate::store::{Store, StoreError};

/// The store, or values that stand in for it.
#[derive(Clone)]
pub enum Source {
    /// The store.
    Store(Store),
    /// What a program without a store shows, and what tests show.
    Memory(Arc<Snapshot>),
}

/// Everything that the page can show.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field holds what its type's name says")]
pub struct Snapshot {
    pub feeds: Vec<FeedState>,
    pub articles: Vec<Article>,
    pub events: Vec<Event>,
    pub claims: Vec<Claim>,
    pub facts: Vec<Fact>,
    pub alerts: Vec<Alert>,
    pub deliveries: Vec<Delivery>,
    pub journal: Vec<JournalEntry>,
    pub places: Vec<StoryPlace>,
}

/// The store does not answer: the page says so, and is asked again later.
#[derive(Debug, thiserror::Error)]
#[error("the store does not answer: {0}")]
pub struct SourceError(pub String);

impl From<StoreError> for SourceError {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl Source {
    pub(super) async fn ping(&self) -> Result<(), SourceError> {
        match self {
            Source::Store(store) => Ok(store.ping().await?),
            Source::Memory(_) => Ok(()),
        }
    }

    pub(super) async fn feeds(&self) -> Result<Vec<FeedState>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.feeds().await?),
            Source::Memory(held) => Ok(held.feeds.clone()),
        }
    }

    pub(super) async fn events(&self) -> Result<Vec<Event>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.events().await?),
            Source::Memory(held) => Ok(held.events.clone()),
        }
    }

    pub(super) async fn facts(&self) -> Result<Vec<Fact>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.facts().await?),
            Source::Memory(held) => Ok(held.facts.clone()),
        }
    }

    pub(super) async fn claims(&self, ids: &[ClaimId]) -> Result<Vec<Claim>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.claims(ids).await?),
            Source::Memory(held) => {
                let asked = |claim: &&Claim| ids.contains(&claim.id);
                Ok(held.claims.iter().filter(asked).cloned().collect())
            }
        }
    }

    /// The latest alerts, the latest first.
    pub(super) async fn alerts(&self, limit: usize) -> Result<Vec<Alert>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.alerts(limit).await?),
            Source::Memory(held) => {
                let mut alerts = held.alerts.clone();
                alerts.sort_by_key(|alert| std::cmp::Reverse(alert.at));
                alerts.truncate(limit);
                Ok(alerts)
            }
        }
    }

    /// By id or by URL.
    pub(super) async fn article(&self, name: &str) -> Result<Option<Article>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.article(name).await?),
            Source::Memory(held) => {
                let named = |a: &&Article| a.id.as_str() == name || a.url == name;
                Ok(held.articles.iter().find(named).cloned())
            }
        }
    }

    pub(super) async fn journal(&self, id: &ArticleId) -> Result<Vec<JournalEntry>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.journal(id).await?),
            Source::Memory(held) => {
                let about = |entry: &&JournalEntry| entry.article.as_ref() == Some(id);
                Ok(held.journal.iter().filter(about).cloned().collect())
            }
        }
    }

    /// The stories that an article has joined most lately, the latest first.
    pub(super) async fn stories(&self, limit: usize) -> Result<Vec<StoryId>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.stories(limit).await?),
            Source::Memory(held) => {
                let mut stories: Vec<StoryId> = Vec::new();
                for place in held.places.iter().rev() {
                    if !stories.contains(&place.story) && stories.len() < limit {
                        stories.push(place.story.clone());
                    }
                }
                Ok(stories)
            }
        }
    }

    /// The articles of a story, in the order of their arrival.
    pub(super) async fn story(
        &self,
        id: &StoryId,
        limit: usize,
    ) -> Result<Vec<StoryPlace>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.story(id, limit).await?),
            Source::Memory(held) => {
                let within = held.places.iter().filter(|place| place.story == *id);
                Ok(within.take(limit).cloned().collect())
            }
        }
    }

    /// The claims of one article.
    pub(super) async fn claims_of(&self, article: &ArticleId) -> Result<Vec<Claim>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.claims_of(article).await?),
            Source::Memory(held) => {
                Ok(held.claims.iter().filter(|claim| claim.article == *article).cloned().collect())
            }
        }
    }

    /// The latest deliveries in that state, or in any.
    pub(super) async fn deliveries(
        &self,
        state: Option<DeliveryState>,
        limit: usize,
    ) -> Result<Vec<Delivery>, SourceError> {
        match self {
            Source::Store(store) => Ok(store.deliveries(state, limit).await?),
            Source::Memory(held) => {
                let within = |d: &&Delivery| state.is_none_or(|state| d.state == state);
                let mut found: Vec<_> = held.deliveries.iter().filter(within).cloned().collect();
                found.sort_by_key(|delivery| std::cmp::Reverse(delivery.created));
                found.truncate(limit);
                Ok(found)
            }
        }
    }
}
