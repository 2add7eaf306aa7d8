//! What the desk remembers between batches: entries it has seen, texts it may meet again, and the ledgers.

use std::collections::{BTreeMap, HashMap};

use crate::desk::claims;
use crate::desk::copies::{CopyIndex, Fingerprint, fingerprint};
use crate::desk::ledger::Ledger;
use crate::desk::model::{Article, ArticleId, EntryKey, StorylineId};
use crate::desk::normalise::Words;
use crate::desk::packs::Storyline;
use crate::desk::pipeline::{Changes, Rules, Stored, telling};

/// The last version of an entry.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: ArticleId,
    pub(super) version: u32,
    pub(super) content_hash: String,
}

/// What the desk remembers between batches.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    known: HashMap<EntryKey, Known>,
    sources: HashMap<ArticleId, String>,
    pub(super) copies: CopyIndex,
    ledgers: BTreeMap<StorylineId, Ledger>,
}

impl Memory {
    /// Rebuilds the memory from what the store holds.
    pub fn restore(rules: &Rules, stored: Stored) -> Self {
        let mut memory = Self::default();
        memory.apply(
            rules,
            &Changes {
                articles: stored.articles,
                events: stored.events,
                claims: stored.claims,
                ..Changes::default()
            },
        );
        memory
    }

    /// Takes in what has been committed.
    pub fn apply(&mut self, rules: &Rules, changes: &Changes) {
        for article in &changes.articles {
            let words = Words::of_article(article);
            let reading = claims::read(article, &words, &rules.packs);
            let print =
                fingerprint(&article.content_hash, &article.text, &words, &reading.sentences);
            self.remember(article, print);
        }
        for storyline in &rules.packs.storylines {
            let mut ledger = self.ledger(storyline);
            for event in changes.events.iter().filter(|event| event.storyline == storyline.id) {
                ledger.open(event.clone());
            }
            let Some(frame) = rules.packs.frame(&storyline.frame) else { continue };
            for claim in changes.claims.iter().filter(|claim| claim.storyline == storyline.id) {
                let party = telling::speaker_party(claim, &rules.packs);
                ledger.admit(claim, party.as_deref(), frame, &rules.packs.gazetteer);
            }
            self.ledgers.insert(storyline.id.clone(), ledger);
        }
    }

    /// The ledger of a storyline; an empty one when nothing is known.
    pub fn ledger(&self, storyline: &Storyline) -> Ledger {
        self.ledgers
            .get(&storyline.id)
            .cloned()
            .unwrap_or_else(|| Ledger::new(storyline.id.clone(), storyline.parties.clone()))
    }

    pub(super) fn remember(&mut self, article: &Article, print: Fingerprint) {
        self.known.insert(
            article.key.clone(),
            Known {
                id: article.id.clone(),
                version: article.version,
                content_hash: article.content_hash.clone(),
            },
        );
        self.sources.insert(article.id.clone(), article.source.clone());
        self.copies.insert(article.id.clone(), print);
    }

    pub(super) fn known(&self, key: &EntryKey) -> Option<&Known> {
        self.known.get(key)
    }

    pub(super) fn source(&self, id: &ArticleId) -> Option<&String> {
        self.sources.get(id)
    }
}
