//! One batch at work: the memory as it was, and what this batch has added to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::copies::{Account, Copy, Fingerprint, Found, Retold};
use crate::desk::ledger::Working;
use crate::desk::model::{
    Article, ArticleId, Draft, FeedState, Fetched, JournalEntry, Step, StorylineId, stable_id,
};
use crate::desk::normalise;
use crate::desk::parse;
use crate::desk::pipeline::memory::{Memo, day_number};
use crate::desk::pipeline::reading::Study;
use crate::desk::pipeline::telling;
use crate::desk::pipeline::{Changes, KnownText, Memory, Poll, Rules};
use crate::desk::response::{self, Verdict};
use crate::desk::schedule::FeedHints;
use crate::desk::stories::Incoming;

pub(super) struct Desk<'a> {
    pub(super) rules: &'a Rules,
    pub(super) memory: &'a Memory,
    pub(super) now: Timestamp,
    pub(super) added: Memory,
    pub(super) ledgers: BTreeMap<StorylineId, Working<'a>>,
    pub(super) changes: Changes,
    pub(super) incoming: Vec<Incoming>,
    prints: Vec<Arc<Fingerprint>>,
    told: Vec<Arc<Account>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(rules: &'a Rules, memory: &'a Memory, now: Timestamp) -> Self {
        Self {
            rules,
            memory,
            now,
            added: Memory::default(),
            ledgers: BTreeMap::new(),
            changes: Changes::default(),
            incoming: Vec::new(),
            prints: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Response → parse: judges the answer, reads the feed, and sets the feed's next poll. The drafts come oldest first.
    pub(super) fn receive(&mut self, poll: Poll) -> (Vec<Draft>, bool) {
        let Poll { feed, fetched, jitter } = poll;
        let verdict = response::judge(&feed, &fetched, self.now);
        let baseline = !feed.primed;
        let (mut drafts, mut hints) = (Vec::new(), FeedHints::default());
        if let (Verdict::Fresh { .. }, Fetched::Answer(answer)) = (&verdict, &fetched) {
            let content_type = answer.header("content-type");
            let parsed =
                parse::read(&answer.body, content_type, &answer.url, &self.rules.settings.parse);
            drafts = parse::drafts(&feed, &parsed);
            for note in &parsed.notes {
                self.note(Some(&feed), None, Step::Parse, note.0.clone());
            }
            hints = parsed.hints;
        }
        let schedule = &self.rules.settings.schedule;
        let why = response::why(&feed, &verdict, &hints, schedule);
        self.note(Some(&feed), None, Step::Response, why.to_string());
        self.changes.feed =
            Some(response::after(feed, &verdict, &hints, schedule, jitter, self.now));
        drafts.sort_by_key(|draft| draft.published);
        (drafts, baseline)
    }

    /// Normalise, and the steps behind it for an article that is new or has changed.
    pub(super) fn take(&mut self, draft: &Draft, baseline: bool) {
        let (article, words) = normalise::article(draft, &self.rules.packs, self.now);
        if !self.is_known(&article) {
            let study = Study::of(self.rules, &article, &words);
            self.file(article, &study, baseline);
        }
    }

    /// Watch → copies → claims → link → ledger → alert, for one article that has been read.
    pub(super) fn file(&mut self, article: Article, study: &Study, baseline: bool) {
        if self.is_known(&article) {
            return;
        }
        let Some(mut article) = self.new_version(article) else { return };
        let found = self.find_copies(&article, &study.print);
        // A version is no copy, least of all of the version before it.
        let accounts = telling::accounts(self.rules, &article, study);
        let (retold, retellings) = self.retold(&accounts, &found);
        let copy = match found.copy() {
            _ if article.revision_of.is_some() => Copy::Original,
            Copy::Original => retold.unwrap_or(Copy::Original),
            copy => copy,
        };
        article.copy_of = copy.of().cloned();
        self.note(None, Some(&article.id), Step::Copies, copy.to_string());
        let same: Vec<ArticleId> = found.same_texts().cloned().chain(retellings).collect();
        let rules = self.rules;
        for (storyline, (verdict, says)) in rules.packs.storylines.iter().zip(&study.covers) {
            let reason = format!("{}: {verdict}", storyline.id);
            self.note(None, Some(&article.id), Step::Watch, reason);
            if let Some(stating) = says {
                self.cover(&article, (study, stating), (&copy, &same), storyline, baseline);
            }
        }
        if let Some(portrait) = &study.portrait {
            self.expect_story(&article, portrait, &copy);
        }
        let until = rules.copies_until(&article, study);
        self.added.remember(&article, study.print.clone(), until);
        accounts.iter().for_each(|account| self.added.keep(account.clone()));
        self.told.extend(accounts);
        self.changes.copies.push(copy);
        self.prints.push(study.print.clone());
        self.changes.sketches.push(KnownText {
            article: article.id.clone(),
            sketch: study.print.sketch,
            until,
        });
        self.changes.articles.push(article);
    }

    /// Whether nothing in an article has changed since it was seen.
    fn is_known(&self, article: &Article) -> bool {
        let known = self.added.known(&article.key).or_else(|| self.memory.known(&article.key));
        known.is_some_and(|known| known.content_hash == article.content_hash)
    }

    /// The article as a first or a new version; none for a version that was there before.
    fn new_version(&mut self, mut article: Article) -> Option<Article> {
        let seen = |id: &ArticleId| {
            self.added.entry_of(id).is_some() || self.memory.entry_of(id).is_some()
        };
        if seen(&article.id) {
            // A file names its article itself, and may name two versions alike.
            let parts = ["article", &article.key.0, &article.content_hash];
            article.id = ArticleId::new(stable_id(&parts));
            if seen(&article.id) {
                return None;
            }
        }
        let known = self.added.known(&article.key).or_else(|| self.memory.known(&article.key));
        let reason = match known {
            Some(known) => {
                article.version = known.version + 1;
                article.revision_of = Some(known.id.clone());
                format!("version {} of {}", article.version, known.id)
            }
            None => format!(
                "{}, published {} ({:?})",
                article.language, article.published.at, article.published.how
            ),
        };
        self.note(None, Some(&article.id), Step::Normalise, reason);
        Some(article)
    }

    /// What is known like an article, other than versions of its own entry. What could not be compared is asked for.
    fn find_copies(&mut self, article: &Article, print: &Fingerprint) -> Found {
        let today = day_number(self.now);
        let mut found = self.added.copies.find(print, today);
        found.join(self.memory.copies.find(print, today));
        found.alike.retain(|(id, _)| {
            let entry = self.added.entry_of(id).or_else(|| self.memory.entry_of(id));
            entry != Some(&article.key)
        });
        let before = article.revision_of.iter().filter(|id| self.print_of(id).is_none());
        found.missing.extend(before.cloned());
        self.changes.wants.extend(found.missing.iter().cloned());
        found
    }

    /// The article that this one tells again in other words, and all that it tells again or that tell it again. Articles
    /// that are nearly the same text and differ in a value are neither.
    fn retold(&self, accounts: &[Arc<Account>], found: &Found) -> (Option<Copy>, Vec<ArticleId>) {
        let known = self.memory.recounted().chain(self.added.recounted());
        let known = known.filter(|known| found.alike.iter().all(|(id, _)| *id != known.article));
        let (mut best, mut all) = (None::<Copy>, Vec::new());
        for known in known {
            for own in accounts {
                let Some(retold) = own.retells(known) else { continue };
                all.push(known.article.clone());
                if let Retold::First { vocabulary } = retold
                    && best.as_ref().is_none_or(|best| best.similarity() < vocabulary)
                {
                    best = Some(known.rewritten(own.facts.len(), vocabulary));
                }
            }
        }
        all.sort();
        all.dedup();
        (best, all)
    }

    /// The fingerprint of a known article, as far as it is at hand.
    pub(super) fn print_of(&self, id: &ArticleId) -> Option<&Fingerprint> {
        self.added.copies.fingerprint(id).or_else(|| self.memory.copies.fingerprint(id))
    }

    pub(super) fn note(
        &mut self,
        feed: Option<&FeedState>,
        article: Option<&ArticleId>,
        step: Step,
        reason: String,
    ) {
        self.changes.journal.push(JournalEntry {
            at: self.now,
            feed: feed.map(|feed| feed.id.clone()),
            article: article.cloned(),
            step,
            reason,
        });
    }

    pub(super) fn finish(mut self) -> Changes {
        let mut ledgers = Vec::new();
        for (storyline, working) in std::mem::take(&mut self.ledgers) {
            let outcome = working.finish();
            self.changes.reports.extend(outcome.reports);
            self.changes.claims.extend(outcome.claims);
            self.changes.events.extend(outcome.events);
            self.changes.touched.extend(outcome.touched);
            self.changes.facts.extend(outcome.facts);
            ledgers.push((storyline, outcome.advance));
        }
        let stories = self.gather();
        self.changes.memo =
            Arc::new(Memo { accounts: self.told, prints: self.prints, ledgers, stories });
        self.changes
    }
}
