//! The whole flow, on one page. Read this first.

mod background;
mod memory;
mod rules;
mod telling;

pub use memory::Memory;
pub use rules::{Rules, Settings};

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::desk::alert::{Circumstances, decide};
use crate::desk::claims::{self, Local, Reading, Stating};
use crate::desk::copies::{self, Copy, CopyIndex, Fingerprint};
use crate::desk::ledger::Ledger;
use crate::desk::link;
use crate::desk::model::{
    Alert, Article, ArticleId, Claim, Delivery, Draft, Event, EventId, Fact, FeedState, Fetched,
    JournalEntry, Step, StorylineId, stable_id,
};
use crate::desk::normalise;
use crate::desk::packs::Storyline;
use crate::desk::parse;
use crate::desk::response::{self, Verdict};
use crate::desk::schedule::FeedHints;
use crate::desk::watch;

/// What one call of [`ingest`] works on.
#[derive(Clone, Debug)]
pub enum Batch {
    /// What a poll of a feed brought.
    Poll(Box<Poll>),
    /// Articles from files.
    Articles(Vec<Draft>),
}

/// What a poll of a feed brought.
#[derive(Clone, Debug)]
pub struct Poll {
    /// The feed as it was when the poll began.
    pub feed: FeedState,
    /// What came back.
    pub fetched: Fetched,
    /// A number that spreads the next poll; the shell draws it.
    pub jitter: u32,
}

/// Everything that one batch changes. The store commits it in one transaction, validators and outbox included.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The feed after the poll: validators, next check, health.
    pub feed: Option<FeedState>,
    /// New articles and new versions of known ones.
    pub articles: Vec<Article>,
    /// Events that were learnt of.
    pub events: Vec<Event>,
    /// Claims, appended to the log.
    pub claims: Vec<Claim>,
    /// All facts of every event that was touched; they replace the event's rows.
    pub facts: Vec<Fact>,
    /// Alerts that were decided.
    pub alerts: Vec<Alert>,
    /// One row for every alert and channel that wants it.
    pub deliveries: Vec<Delivery>,
    /// The reasons.
    pub journal: Vec<JournalEntry>,
}

/// What the store holds of the past, as [`Memory`] is rebuilt from it.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Articles within the window, in the order in which they were committed.
    pub articles: Vec<Article>,
    /// All events of the storylines, in order.
    pub events: Vec<Event>,
    /// All claims, in the order in which they were appended.
    pub claims: Vec<Claim>,
}

/// Decides what a batch changes, and why. Pure: the same arguments give the same changes.
pub fn ingest(rules: &Rules, memory: &Memory, batch: Batch, now: Timestamp) -> Changes {
    let mut desk = Desk::new(rules, memory, now);
    match batch {
        Batch::Articles(drafts) => {
            for draft in drafts {
                desk.take(&draft, false);
            }
        }
        Batch::Poll(poll) => {
            let (drafts, baseline) = desk.receive(*poll);
            for draft in drafts {
                desk.take(&draft, baseline);
            }
        }
    }
    desk.finish()
}

/// One batch at work: the memory as it was, and what this batch has added to it.
struct Desk<'a> {
    rules: &'a Rules,
    memory: &'a Memory,
    now: Timestamp,
    added: Memory,
    ledgers: BTreeMap<StorylineId, Ledger>,
    changes: Changes,
}

impl<'a> Desk<'a> {
    fn new(rules: &'a Rules, memory: &'a Memory, now: Timestamp) -> Self {
        Self {
            rules,
            memory,
            now,
            added: Memory::default(),
            ledgers: BTreeMap::new(),
            changes: Changes::default(),
        }
    }

    /// Response → parse: judges the answer, reads the feed, and sets the feed's next poll. The drafts come oldest first.
    fn receive(&mut self, poll: Poll) -> (Vec<Draft>, bool) {
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

    /// Normalise → watch → copies → claims → link → ledger → alert, for one article.
    fn take(&mut self, draft: &Draft, baseline: bool) {
        let (article, words) = normalise::article(draft, &self.rules.packs, self.now);
        let Some(mut article) = self.new_version(article) else { return };
        let reading = claims::read(&article, &words, &self.rules.packs);
        let print =
            copies::fingerprint(&article.content_hash, &article.text, &words, &reading.sentences);
        let copy = self.judge_copy(&article, &print);
        article.copy_of = copy.of().cloned();
        self.note(None, Some(&article.id), Step::Copies, copy.to_string());
        for storyline in &self.rules.packs.storylines {
            let verdict = watch::watch(&reading, &self.rules.packs, storyline);
            let reason = format!("{}: {verdict}", storyline.id);
            self.note(None, Some(&article.id), Step::Watch, reason);
            if verdict.is_relevant() {
                self.cover(&article, &reading, &copy, storyline, baseline);
            }
        }
        self.added.remember(&article, print);
        self.changes.articles.push(article);
    }

    /// The article as a first or a new version; none when nothing in it has changed.
    fn new_version(&mut self, mut article: Article) -> Option<Article> {
        let known = self.added.known(&article.key).or_else(|| self.memory.known(&article.key));
        if let Some(known) = known {
            if known.content_hash == article.content_hash {
                return None;
            }
            article.version = known.version + 1;
            article.revision_of = Some(known.id.clone());
            let reason = format!("version {} of {}", article.version, known.id);
            self.note(None, Some(&article.id), Step::Normalise, reason);
        } else {
            let reason = format!(
                "{}, published {} ({:?})",
                article.language, article.published.at, article.published.how
            );
            self.note(None, Some(&article.id), Step::Normalise, reason);
        }
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

    /// Claims → link → ledger → alert, for one article of one storyline.
    fn cover(
        &mut self,
        article: &Article,
        reading: &Reading,
        copy: &Copy,
        storyline: &Storyline,
        baseline: bool,
    ) {
        let stating = claims::state(reading, &self.rules.packs, storyline);
        let reason =
            format!("{} claims about {} events", stating.claims.len(), stating.events.len());
        self.note(None, Some(&article.id), Step::Claims, reason);
        let mut ledger = self.ledger(storyline);
        let placed = self.place(&mut ledger, article, reading, &stating, storyline);
        let source = self.source_of(article, copy);
        let stale = self.now - self.rules.settings.alert_max_age > article.published.at;
        let Some(frame) = self.rules.packs.frame(&storyline.frame) else { return };
        for stated in &stating.claims {
            let Some(event) = placed.get(&stated.about) else { continue };
            let claim = telling::claim(article, reading, stated, event, storyline, &source);
            let party = telling::speaker_party(&claim, &self.rules.packs);
            let reception =
                ledger.admit(&claim, party.as_deref(), frame, &self.rules.packs.gazetteer);
            let said_before = self.said_before(article, copy, &claim.sentence);
            let notify = decide(reception, Circumstances { baseline, stale, said_before });
            let reason = format!("{} = {}: {notify}", claim.slot, claim.value);
            self.note(None, Some(&article.id), Step::Alert, reason);
            let told = telling::alert(&notify, &claim, article, &ledger, frame, self.now);
            if let Some(alert) = told {
                self.tell(alert);
            }
            self.changes.claims.push(claim);
        }
        self.background(&mut ledger, article, reading, &stating.background, storyline, &source);
        for event in placed.values() {
            self.changes.facts.retain(|fact| &fact.event != event);
            self.changes.facts.extend(ledger.facts(event));
        }
        self.ledgers.insert(storyline.id.clone(), ledger);
    }

    /// Finds or opens the event of the ledger for each of the article's events.
    fn place(
        &mut self,
        ledger: &mut Ledger,
        article: &Article,
        reading: &Reading,
        stating: &Stating,
        storyline: &Storyline,
    ) -> BTreeMap<Local, EventId> {
        let mut placed = BTreeMap::new();
        let mut taken: Vec<EventId> = Vec::new();
        for local in &stating.events {
            let gazetteer = &self.rules.packs.gazetteer;
            let placement =
                link::place(local, &ledger.candidates(), &taken, reading.day, gazetteer);
            let reason = format!("{:?}: {placement}", local.local);
            self.note(None, Some(&article.id), Step::Link, reason);
            let id = match placement {
                link::Placement::Known { event, .. } => event,
                link::Placement::New { follows } => {
                    let name = format!("{:?}", local.local);
                    let parts = ["event", storyline.id.as_str(), article.id.as_str(), &name];
                    let event = Event {
                        id: EventId::new(stable_id(&parts)),
                        storyline: storyline.id.clone(),
                        kind: local.kind.to_owned(),
                        track: local.track.clone(),
                        follows,
                        created: self.now,
                        created_by: article.id.clone(),
                    };
                    ledger.open(event.clone());
                    self.changes.events.push(event.clone());
                    event.id
                }
            };
            taken.push(id.clone());
            placed.insert(local.local, id);
        }
        placed
    }

    /// The ledger of a storyline as this batch has left it.
    fn ledger(&self, storyline: &Storyline) -> Ledger {
        self.ledgers.get(&storyline.id).cloned().unwrap_or_else(|| self.memory.ledger(storyline))
    }

    /// Whose word an unattributed sentence is: the publisher whose text was copied, else the article's own.
    fn source_of(&self, article: &Article, copy: &Copy) -> String {
        copy.of()
            .and_then(|id| self.added.source(id).or_else(|| self.memory.source(id)))
            .unwrap_or(&article.source)
            .to_owned()
    }

    /// Whether the text that this one copies or revises has the sentence in the same words.
    fn said_before(&self, article: &Article, copy: &Copy, sentence: &str) -> bool {
        let says = |id: &ArticleId| {
            let index = |memory: &'_ CopyIndex| memory.fingerprint(id).map(|p| p.says(sentence));
            index(&self.added.copies).or_else(|| index(&self.memory.copies)).unwrap_or(false)
        };
        copy.of().is_some_and(says) || article.revision_of.as_ref().is_some_and(says)
    }

    /// Puts an alert into the outbox of everybody who wants it.
    fn tell(&mut self, alert: Alert) {
        for watchlist in &self.rules.watchlists {
            let wanted = watchlist.wants(&alert);
            let reason = format!("watchlist {}: {wanted}", watchlist.id);
            self.changes.journal.push(JournalEntry {
                at: self.now,
                feed: None,
                article: self.changes.claims.last().map(|claim| claim.article.clone()),
                step: Step::Alert,
                reason,
            });
            if wanted == crate::desk::alert::Wanted::Yes {
                self.changes.deliveries.extend(telling::deliveries(&alert, watchlist, self.now));
            }
        }
        self.changes.alerts.push(alert);
    }

    fn note(
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

    fn finish(self) -> Changes {
        self.changes
    }
}

/// How long news lasts by default: what was published longer ago raises no alert at first sight. Two days, after the
/// United Airlines case of 2008, when a six-year-old story moved a market.
pub const ALERT_MAX_AGE: SignedDuration = SignedDuration::from_hours(48);
