//! What the desk remembers between batches: entries it has seen, texts it may meet again, the ledgers, and which version
//! of each alert was told last.

use std::collections::{BTreeMap, HashMap};

use crate::desk::claims;
use crate::desk::copies::{CopyIndex, Fingerprint, fingerprint};
use crate::desk::identity::{Entries, Gist};
use crate::desk::ledger::{Advance, Ledger};
use crate::desk::model::{
    AlertId, Article, ArticleId, Claim, EntryKey, Names, Report, StorylineId,
};
use crate::desk::normalise::Words;
use crate::desk::pipeline::{Changes, Rules, Stored};

/// What the desk remembers between batches.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub(super) entries: Entries,
    pub(super) copies: CopyIndex,
    ledgers: BTreeMap<StorylineId, Ledger>,
    nothing: Ledger,
    versions: HashMap<AlertId, u32>,
}

/// What a batch leaves for the memory, beside what it leaves for the store.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// The fingerprints of the batch's articles, in their order, and what each says in short.
    pub(super) prints: Vec<(Fingerprint, Gist)>,
    /// Entries that have other names or another address now, without a new version.
    pub(super) renamed: Vec<(EntryKey, Names, String)>,
    /// How each ledger has changed.
    pub(super) ledgers: Vec<(StorylineId, Advance)>,
}

impl Memory {
    /// Rebuilds the memory from what the store holds.
    pub fn restore(rules: &Rules, stored: Stored) -> Self {
        let mut memory = Self::default();
        for article in &stored.articles {
            let words = Words::of_article(article);
            let reading = claims::read(article, &words, &rules.packs);
            let print =
                fingerprint(&article.content_hash, &article.text, &words, &reading.sentences);
            memory.remember(article, print, Gist::of(&article.text, &words));
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
        for (article, (print, gist)) in changes.articles.iter().zip(&changes.memo.prints) {
            self.remember(article, print.clone(), gist.clone());
        }
        for (entry, names, url) in &changes.memo.renamed {
            self.entries.rename(entry, names, url);
        }
        for alert in &changes.alerts {
            self.versions.insert(alert.id.clone(), alert.version);
        }
        for (storyline, advance) in &changes.memo.ledgers {
            self.ledgers.entry(storyline.clone()).or_default().apply(advance);
        }
    }

    /// The ledger of a storyline; an empty one when nothing was told of it.
    pub fn ledger(&self, storyline: &StorylineId) -> &Ledger {
        self.ledgers.get(storyline).unwrap_or(&self.nothing)
    }

    fn remember(&mut self, article: &Article, print: Fingerprint, gist: Gist) {
        self.entries.remember(article, gist, None);
        self.copies.insert(article.id.clone(), print);
    }

    /// The version of an alert that was told last.
    pub(super) fn version(&self, id: &AlertId) -> Option<u32> {
        self.versions.get(id).copied()
    }

    pub(super) fn note_version(&mut self, id: AlertId, version: u32) {
        self.versions.insert(id, version);
    }
}
