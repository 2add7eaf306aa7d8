//! One batch at work: the memory as it was, and what this batch has added to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::copies::{Account, Copy, Fingerprint, Found, Retold};
use crate::desk::identity::Known;
use crate::desk::ledger::Working;
use crate::desk::model::{
    Article, ArticleId, Draft, EntryKey, FeedState, Fetched, JournalEntry, Step, StorylineId,
    stable_id,
};
use crate::desk::normalise;
use crate::desk::parse;
use crate::desk::pipeline::identify::{Polled, revise};
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
    pub(super) memo: Memo,
    /// Of the feed that is polled.
    pub(super) poll: Polled,
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
            memo: Memo::default(),
            poll: Polled::default(),
        }
    }

    /// Response → parse: judges the answer, reads the feed, and sets the feed's next poll. The drafts come oldest first.
    pub(super) fn receive(&mut self, poll: Poll) -> (Vec<Draft>, bool) {
        let Poll { feed, fetched, jitter } = poll;
        let verdict = response::judge(&feed, &fetched, self.now);
        let baseline = !feed.primed;
        self.poll.ids_hold = feed.renaming.since.is_none();
        let (mut drafts, mut hints) = (Vec::new(), FeedHints::default());
        if let (Verdict::Fresh { .. }, Fetched::Answer(answer)) = (&verdict, &fetched) {
            let content_type = answer.header("content-type");
            let parsed =
                parse::read(&answer.body, content_type, &answer.url, &self.rules.settings.parse);
            drafts = parse::drafts(&feed, &parsed, &self.rules.packs.tracking);
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
        let (mut article, words) = normalise::article(draft, &self.rules.packs, self.now);
        self.identify(draft, &mut article, &words);
        // A version that was there before, and was taken back, is no news either.
        let seen = draft.id.is_none() && self.has(&article.id);
        if !seen && !self.is_known(&article) {
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
        let translations = self.translations(&article, study);
        let same = found.same_texts().cloned().chain(retellings).chain(translations);
        let same: Vec<ArticleId> = same.collect();
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
        let before = self.memory.entries.get(&article.key);
        self.added.entries.remember(&article, study.gist.clone(), before);
        self.added.copies.insert(&article.id, study.print.clone(), until);
        accounts.iter().for_each(|account| self.added.keep(account.clone()));
        self.memo.accounts.extend(accounts);
        study.rendering.iter().for_each(|one| self.added.keep_rendering(one.clone()));
        self.memo.renderings.extend(study.rendering.clone());
        self.changes.copies.push(copy);
        self.memo.prints.push((study.print.clone(), study.gist.clone()));
        self.changes.sketches.push(KnownText {
            article: article.id.clone(),
            sketch: study.print.sketch,
            until,
        });
        self.changes.articles.push(article);
    }

    /// The last version of an entry.
    pub(super) fn known(&self, key: &EntryKey) -> Option<&Known> {
        self.added.entries.get(key).or_else(|| self.memory.entries.get(key))
    }

    /// The entry whose version an article is.
    fn entry_of(&self, id: &ArticleId) -> Option<&EntryKey> {
        self.added.entries.entry_of(id).or_else(|| self.memory.entries.entry_of(id))
    }

    /// Whether a version is known.
    fn has(&self, id: &ArticleId) -> bool {
        self.entry_of(id).is_some()
    }

    /// Whether nothing in an article has changed since it was seen.
    fn is_known(&self, article: &Article) -> bool {
        self.known(&article.key).is_some_and(|known| known.content_hash == article.content_hash)
    }

    /// The article as a first or a new version; none for a version that was there before.
    fn new_version(&mut self, mut article: Article) -> Option<Article> {
        if self.has(&article.id) {
            // A file names its article itself, and may name two versions alike.
            let parts = ["article", &article.key.0, &article.content_hash];
            article.id = ArticleId::new(stable_id(&parts));
            if self.has(&article.id) {
                return None;
            }
        }
        let reason = match self.known(&article.key).cloned() {
            Some(known) => {
                self.want(&known);
                let revision = revise(&known, &article);
                article.version = known.version + 1;
                let reason = format!("version {} of {}: {revision}", article.version, known.id);
                article.revision_of = Some(known.id);
                article.revision = Some(revision);
                reason
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
        found.alike.retain(|(id, _)| self.entry_of(id) != Some(&article.key));
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

    /// The articles in other languages that one is a translation of, or that translate it.
    fn translations(&mut self, article: &Article, study: &Study) -> Vec<ArticleId> {
        let Some(own) = &study.rendering else { return Vec::new() };
        let known = self.memory.rendered().chain(self.added.rendered());
        let found = known.filter(|known| own.translates(known)).map(|known| known.article.clone());
        let found: Vec<ArticleId> = found.collect();
        for other in &found {
            let reason = format!("the same as {other} in another language");
            self.note(None, Some(&article.id), Step::Origins, reason);
        }
        found
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
        for (storyline, working) in std::mem::take(&mut self.ledgers) {
            let outcome = working.finish();
            self.changes.reports.extend(outcome.reports);
            self.changes.claims.extend(outcome.claims);
            self.changes.events.extend(outcome.events);
            self.changes.touched.extend(outcome.touched);
            self.changes.facts.extend(outcome.facts);
            self.memo.ledgers.push((storyline, outcome.advance));
        }
        self.memo.stories = self.gather();
        self.changes.memo = Arc::new(self.memo);
        self.changes
    }
}
