//! What the desk remembers between batches: entries it has seen, texts it may meet again, the ledgers, and which version
//! of each alert was told last.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::claims;
use crate::desk::copies::{Account, CopyIndex, Fingerprint};
use crate::desk::identity::{Entries, Gist};
use crate::desk::ledger::{Advance, Ledger};
use crate::desk::model::{
    AlertId, Article, ArticleId, Claim, EntryKey, Names, Report, StorylineId,
};
use crate::desk::normalise::Words;
use crate::desk::origins::Rendering;
use crate::desk::pipeline::gather;
use crate::desk::pipeline::reading::Study;
use crate::desk::pipeline::telling;
use crate::desk::pipeline::{Changes, Rules, Stored};
use crate::desk::stories::{Advance as StoryAdvance, Stories};

/// Texts that are held word by word, the latest: a day at two thousand a day, some 20 MB. Older ones are asked of the store.
const HELD_TEXTS: usize = 2_000;

/// Accounts of storylines that are kept, the latest: a day and a half of a storyline that every outlet covers.
const ACCOUNTS_MAX: usize = 1_000;

/// What the desk remembers between batches.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub(super) entries: Entries,
    pub(super) copies: CopyIndex,
    /// What the latest articles tell of storylines, the earliest first.
    accounts: VecDeque<Arc<Account>>,
    /// What the latest of them name, likewise.
    renderings: VecDeque<Arc<Rendering>>,
    ledgers: BTreeMap<StorylineId, Ledger>,
    nothing: Ledger,
    versions: HashMap<AlertId, u32>,
    pub(super) stories: Stories,
}

/// What a batch leaves for the memory, beside what it leaves for the store.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// What the batch's articles tell of storylines.
    pub(super) accounts: Vec<Arc<Account>>,
    /// What they name.
    pub(super) renderings: Vec<Arc<Rendering>>,
    /// The fingerprints of the batch's articles, in their order, and what each says in short.
    pub(super) prints: Vec<(Arc<Fingerprint>, Gist)>,
    /// Entries that have other names or another address now, without a new version.
    pub(super) renamed: Vec<(EntryKey, Names, String)>,
    /// How each ledger has changed.
    pub(super) ledgers: Vec<(StorylineId, Advance)>,
    /// How the stories have changed.
    pub(super) stories: StoryAdvance,
}

impl Memory {
    /// Rebuilds the memory from what the store holds. A text whose sketch is there is not read again until somebody
    /// asks for it.
    pub fn restore(rules: &Rules, stored: Stored) -> Self {
        let mut memory = Self { copies: CopyIndex::holding(HELD_TEXTS), ..Self::default() };
        for known in &stored.sketches {
            memory.copies.insert_sketch(&known.article, &known.sketch, known.until);
        }
        let sketched: HashSet<&ArticleId> = stored.sketches.iter().map(|k| &k.article).collect();
        let reported: HashSet<&ArticleId> = stored.reports.iter().map(|r| &r.article).collect();
        let recent = stored.articles.len().saturating_sub(HELD_TEXTS);
        for (at, article) in stored.articles.iter().enumerate() {
            let recount = at >= recent && reported.contains(&article.id);
            if sketched.contains(&article.id) && !recount {
                memory.entries.enter(article);
                continue;
            }
            let study = Study::of(rules, article, &Words::of_article(article));
            memory.entries.remember(article, study.gist.clone(), None);
            let until = rules.copies_until(article, &study);
            telling::accounts(rules, article, &study).into_iter().for_each(|a| memory.keep(a));
            study.rendering.into_iter().for_each(|rendering| memory.keep_rendering(rendering));
            memory.copies.insert(&article.id, study.print.clone(), until);
            memory.copies.recall(&article.id, study.print);
        }
        memory.stories = gather::restore(rules, &stored);
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
        let texts = changes.articles.iter().zip(&changes.memo.prints).zip(&changes.sketches);
        for ((article, (print, gist)), known) in texts {
            self.entries.remember(article, gist.clone(), None);
            self.copies.insert(&article.id, print.clone(), known.until);
        }
        for (entry, names, url) in &changes.memo.renamed {
            self.entries.rename(entry, names, url);
        }
        changes.memo.accounts.iter().for_each(|account| self.keep(account.clone()));
        changes.memo.renderings.iter().for_each(|one| self.keep_rendering(one.clone()));
        if let Some(latest) = changes.articles.iter().map(|article| article.first_seen).max() {
            self.copies.settle(day_number(latest));
        }
        for alert in &changes.alerts {
            self.versions.insert(alert.id.clone(), alert.version);
        }
        for (storyline, advance) in &changes.memo.ledgers {
            self.ledgers.entry(storyline.clone()).or_default().apply(advance);
        }
        self.stories.apply(&changes.memo.stories);
    }

    /// The stories of the coverage.
    pub fn stories(&self) -> &Stories {
        &self.stories
    }

    /// The ledger of a storyline; an empty one when nothing was told of it.
    pub fn ledger(&self, storyline: &StorylineId) -> &Ledger {
        self.ledgers.get(storyline).unwrap_or(&self.nothing)
    }

    /// Reads again the articles that [`Changes::wants`] asked for. Of those that the store has no more, `wanted` without
    /// `articles`, nothing more will be asked.
    pub fn recall(&mut self, rules: &Rules, wanted: &[ArticleId], articles: &[Article]) {
        for article in articles {
            let words = Words::of_article(article);
            let reading = claims::read(article, &words, &rules.packs);
            self.copies.recall(&article.id, Study::print_of(article, &words, &reading));
            self.entries.recall(article, Gist::of(&article.text, &words));
        }
        for gone in wanted.iter().filter(|id| articles.iter().all(|article| article.id != **id)) {
            self.copies.give_up(gone);
            self.entries.give_up(gone);
        }
    }

    /// What the latest articles tell of storylines.
    pub(super) fn recounted(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.accounts.iter()
    }

    /// What the latest articles of storylines name.
    pub(super) fn rendered(&self) -> impl Iterator<Item = &Arc<Rendering>> {
        self.renderings.iter()
    }

    pub(super) fn keep_rendering(&mut self, rendering: Arc<Rendering>) {
        self.renderings.push_back(rendering);
        if self.renderings.len() > ACCOUNTS_MAX {
            self.renderings.pop_front();
        }
    }

    pub(super) fn keep(&mut self, account: Arc<Account>) {
        self.accounts.push_back(account);
        if self.accounts.len() > ACCOUNTS_MAX {
            self.accounts.pop_front();
        }
    }

    /// The version of an alert that was told last.
    pub(super) fn version(&self, id: &AlertId) -> Option<u32> {
        self.versions.get(id).copied()
    }

    pub(super) fn note_version(&mut self, id: AlertId, version: u32) {
        self.versions.insert(id, version);
    }
}

/// The day of an instant, in days since 1970.
pub(super) fn day_number(at: Timestamp) -> u16 {
    u16::try_from(at.as_second().div_euclid(24 * 3_600).max(0)).unwrap_or(u16::MAX)
}
