//! The whole flow, on one page. Read this first.

mod cover;
mod desk;
mod gather;
mod identify;
mod memory;
mod reading;
mod rules;
mod telling;

pub use gather::event_in_focus;
pub use memory::Memory;
pub use reading::ReadArticle;
pub use rules::{Rules, Settings};

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::desk::copies::{Copy, Sketch};
use crate::desk::model::{
    Alert, AlertId, Article, ArticleId, Claim, Delivery, Draft, Event, Fact, FeedState, Fetched,
    JournalEntry, Report, StoryMerge, StoryPlace, Touched,
};
use desk::Desk;
use memory::Memo;

/// What one call of [`ingest`] works on.
#[derive(Clone, Debug)]
pub enum Batch {
    /// What a poll of a feed brought.
    Poll(Box<Poll>),
    /// Articles from files.
    Articles(Vec<Draft>),
    /// Articles that have been read already, as [`ReadArticle::new`] does.
    Read(Vec<Arc<ReadArticle>>),
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
    /// Events that were learnt of or have changed, and those that have become others.
    pub events: Vec<Event>,
    /// Reports, appended to the log; behind them those that are known and are now linked to other events.
    pub reports: Vec<Report>,
    /// Their claims.
    pub claims: Vec<Claim>,
    /// Events and slots that were touched, and events that have become others: what is stored of their facts is replaced.
    pub touched: Vec<Touched>,
    /// All facts of what was touched.
    pub facts: Vec<Fact>,
    /// Where articles stand among the stories: the new ones, and those that have moved.
    pub places: Vec<StoryPlace>,
    /// Stories that have become part of others, or have split off again.
    pub merges: Vec<StoryMerge>,
    /// Alerts that were decided.
    pub alerts: Vec<Alert>,
    /// One row for every alert and channel that wants it.
    pub deliveries: Vec<Delivery>,
    /// The reasons.
    pub journal: Vec<JournalEntry>,
    /// What each article is to earlier ones, in their order.
    pub copies: Vec<Copy>,
    /// What the index of copies keeps of each article, in their order.
    pub sketches: Vec<KnownText>,
    /// Articles that the batch may copy or revise, and that the memory does not hold word by word any more. Whoever has
    /// them gives them to [`Memory::recall`] and calls [`ingest`] again; without them they pass for unlike.
    pub wants: Vec<ArticleId>,
    /// What the memory keeps of it.
    pub(crate) memo: Arc<Memo>,
}

impl Changes {
    /// Whether the memory has something to take over.
    pub fn are_to_be_remembered(&self) -> bool {
        !self.articles.is_empty() || !self.memo.renamed.is_empty()
    }
}

/// What the index of copies keeps of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownText {
    /// The article.
    pub article: ArticleId,
    /// Its text in short.
    pub sketch: Sketch,
    /// The last day on which it is remembered, in days since 1970.
    pub until: u16,
}

/// What the store holds of the past, as [`Memory`] is rebuilt from it.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Articles within the window, in the order in which they were committed.
    pub articles: Vec<Article>,
    /// What the index of copies keeps, in the same order.
    pub sketches: Vec<KnownText>,
    /// All events of the storylines, in order.
    pub events: Vec<Event>,
    /// All reports.
    pub reports: Vec<Report>,
    /// All claims; those of one report in the order of its sentences.
    pub claims: Vec<Claim>,
    /// The version of each alert that was told last.
    pub alerts: Vec<(AlertId, u32)>,
    /// Where articles stand among the stories, in the order in which they were committed.
    pub places: Vec<StoryPlace>,
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
        Batch::Read(articles) => {
            for article in articles {
                desk.file(article.article.clone(), &article.study, false);
            }
        }
        Batch::Poll(poll) => {
            let (drafts, baseline) = desk.receive(*poll);
            for draft in drafts {
                desk.take(&draft, baseline);
            }
            desk.close_poll();
        }
    }
    desk.finish()
}

/// How long news lasts by default: what was published longer ago raises no alert at first sight. Two days, after the
/// United Airlines case of 2008, when a six-year-old story moved a market.
pub const ALERT_MAX_AGE: SignedDuration = SignedDuration::from_hours(48);

/// How long a text outside all storylines is remembered by default. Three days: an agency text is used on the day it
/// comes, by weeklies and Monday papers a little later.
pub const COPY_WINDOW: SignedDuration = SignedDuration::from_hours(72);

/// A text of a storyline that names no window of its own is remembered so many times as long.
pub const COPY_WINDOWS: u32 = 10;
