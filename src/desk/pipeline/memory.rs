//! What the desk remembers between batches: entries it has seen, texts it may meet again, the ledgers, and which version
//! of each alert was told last.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::desk::claims;
use crate::desk::copies::{CopyIndex, Fingerprint, fingerprint};
use crate::desk::ledger::{Advance, Ledger};
use crate::desk::model::{
    AlertId, Article, ArticleId, Claim, EntryKey, EventId, Report, StoryId, StorylineId,
};
use crate::desk::normalise::Words;
use crate::desk::pipeline::gather::{event_in_focus, incoming};
use crate::desk::pipeline::{Changes, Rules, Stored};
use crate::desk::stories::{Advance as StoryAdvance, Sketch, Stories};

/// The last version of an entry.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: ArticleId,
    pub(super) version: u32,
    pub(super) content_hash: String,
    pub(super) published: Timestamp,
}

/// What the desk remembers between batches.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    known: HashMap<EntryKey, Known>,
    entries: HashMap<ArticleId, EntryKey>,
    pub(super) copies: CopyIndex,
    ledgers: BTreeMap<StorylineId, Ledger>,
    nothing: Ledger,
    versions: HashMap<AlertId, u32>,
    pub(super) stories: Stories,
}

/// What a batch leaves for the memory, beside what it leaves for the store.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// The fingerprints of the batch's articles, in their order.
    pub(super) prints: Vec<Fingerprint>,
    /// How each ledger has changed.
    pub(super) ledgers: Vec<(StorylineId, Advance)>,
    /// How the stories have changed.
    pub(super) stories: StoryAdvance,
}

impl Memory {
    /// Rebuilds the memory from what the store holds.
    pub fn restore(rules: &Rules, stored: Stored) -> Self {
        let mut memory = Self::default();
        let stories: HashMap<ArticleId, StoryId> =
            stored.places.into_iter().map(|place| (place.article, place.story)).collect();
        let told = stored.reports.iter();
        let events: HashMap<ArticleId, EventId> = told
            .filter_map(|report| Some((report.article.clone(), event_in_focus(report)?.clone())))
            .collect();
        for article in &stored.articles {
            let words = Words::of_article(article);
            let reading = claims::read(article, &words, &rules.packs);
            let print =
                fingerprint(&article.content_hash, &article.text, &words, &reading.sentences);
            memory.remember(article, print);
            if let Some(story) = stories.get(&article.id) {
                let sketch = Sketch::of(article, &words, &reading, &rules.packs);
                let mut incoming = incoming(article, &sketch);
                incoming.event = events.get(&article.id).cloned();
                memory.stories.restore(incoming, story.clone());
            }
        }
        memory.versions = stored.alerts.into_iter().collect();
        let mut claims_of: HashMap<(StorylineId, ArticleId), Vec<Claim>> = HashMap::new();
        for claim in stored.claims {
            let of = (claim.storyline.clone(), claim.article.clone());
            claims_of.entry(of).or_default().push(claim);
        }
        let mut logs: BTreeMap<StorylineId, Vec<(Report, Vec<Claim>)>> = BTreeMap::new();
        for report in stored.reports {
            let of = (report.storyline.clone(), report.article.clone());
            let claims = claims_of.remove(&of).unwrap_or_default();
            logs.entry(report.storyline.clone()).or_default().push((report, claims));
        }
        for storyline in &rules.packs.storylines {
            let terms = rules.terms(storyline);
            if let (Some(terms), Some(log)) = (terms, logs.remove(&storyline.id)) {
                let ledger = Ledger::restore(terms, log, &stored.events);
                memory.ledgers.insert(storyline.id.clone(), ledger);
            }
        }
        memory
    }

    /// Takes in what has been committed. The rules are those that the changes were decided by.
    pub fn apply(&mut self, _rules: &Rules, changes: &Changes) {
        for (article, print) in changes.articles.iter().zip(&changes.memo.prints) {
            self.remember(article, print.clone());
        }
        for alert in &changes.alerts {
            self.versions.insert(alert.id.clone(), alert.version);
        }
        for (storyline, advance) in &changes.memo.ledgers {
            self.ledgers.entry(storyline.clone()).or_default().apply(advance);
        }
        self.stories.apply(&changes.memo.stories);
    }

    /// The ledger of a storyline; an empty one when nothing was told of it.
    pub fn ledger(&self, storyline: &StorylineId) -> &Ledger {
        self.ledgers.get(storyline).unwrap_or(&self.nothing)
    }

    pub(super) fn remember(&mut self, article: &Article, print: Fingerprint) {
        self.known.insert(
            article.key.clone(),
            Known {
                id: article.id.clone(),
                version: article.version,
                content_hash: article.content_hash.clone(),
                published: article.published.at,
            },
        );
        self.entries.insert(article.id.clone(), article.key.clone());
        self.copies.insert(article.id.clone(), print);
    }

    pub(super) fn known(&self, key: &EntryKey) -> Option<&Known> {
        self.known.get(key)
    }

    /// The entry whose version an article is.
    pub(super) fn entry_of(&self, id: &ArticleId) -> Option<&EntryKey> {
        self.entries.get(id)
    }

    /// The version of an alert that was told last.
    pub(super) fn version(&self, id: &AlertId) -> Option<u32> {
        self.versions.get(id).copied()
    }

    pub(super) fn note_version(&mut self, id: AlertId, version: u32) {
        self.versions.insert(id, version);
    }
}
