//! One batch at work: the memory as it was, and what this batch has added to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::copies::{self, Copy, Fingerprint};
use crate::desk::ledger::Working;
use crate::desk::model::{
    Article, ArticleId, Draft, FeedState, Fetched, JournalEntry, Step, StorylineId, stable_id,
};
use crate::desk::normalise;
use crate::desk::parse;
use crate::desk::pipeline::memory::Memo;
use crate::desk::pipeline::reading::Study;
use crate::desk::pipeline::{Changes, Memory, Poll, Rules};
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
    prints: Vec<Fingerprint>,
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
        let copy = self.judge_copy(&article, &study.print);
        article.copy_of = copy.of().cloned();
        self.note(None, Some(&article.id), Step::Copies, copy.to_string());
        let rules = self.rules;
        for (storyline, (verdict, says)) in rules.packs.storylines.iter().zip(&study.covers) {
            let reason = format!("{}: {verdict}", storyline.id);
            self.note(None, Some(&article.id), Step::Watch, reason);
            if let Some(stating) = says {
                self.cover(&article, (study, stating, &copy), storyline, baseline);
            }
        }
        if let Some(sketch) = &study.sketch {
            self.expect_story(&article, sketch);
        }
        self.added.remember(&article, study.print.clone());
        self.prints.push(study.print.clone());
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

    /// A version is no copy of the version before it.
    fn judge_copy(&self, article: &Article, print: &Fingerprint) -> Copy {
        if article.revision_of.is_some() {
            return Copy::Original;
        }
        match copies::judge(&self.added.copies, print) {
            Copy::Original => copies::judge(&self.memory.copies, print),
            found => found,
        }
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
        self.changes.memo = Arc::new(Memo { prints: self.prints, ledgers, stories });
        self.changes
    }
}
