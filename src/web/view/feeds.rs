//! A feed's health, as it is shown.

use super::{Stamp, Words, plain, web_link};
use crate::desk::model::{FeedHealth, FeedState};

/// Said of a feed whose ids are in quarantine.
const RENAMING: &str =
    "gives known entries other ids at every poll; links and words tell them apart";

/// One row of the page of feeds.
pub(in crate::web) struct FeedView {
    pub(in crate::web) source: Words,
    pub(in crate::web) url: String,
    pub(in crate::web) link: Option<String>,
    /// Where it is really asked, when that is elsewhere.
    pub(in crate::web) moved_to: Option<String>,
    pub(in crate::web) language: String,
    /// A class of the stylesheet, and a word.
    pub(in crate::web) health: &'static str,
    pub(in crate::web) reason: Option<Words>,
    pub(in crate::web) failures: u32,
    pub(in crate::web) last_checked: Option<Stamp>,
    pub(in crate::web) last_changed: Option<Stamp>,
    /// None for a feed that is polled no more.
    pub(in crate::web) next_check: Option<Stamp>,
}

impl FeedView {
    pub(in crate::web) fn new(feed: &FeedState) -> Self {
        let (health, reason) = match &feed.health {
            FeedHealth::Waiting => ("waiting", None),
            FeedHealth::Good if feed.renaming.since.is_some() => ("renaming", Some(RENAMING)),
            FeedHealth::Good => ("good", None),
            FeedHealth::Failing(why) => ("failing", Some(why.as_str())),
            FeedHealth::Gone => ("gone", Some("the server says that it is gone for good (410)")),
        };
        Self {
            source: Words::new(&feed.source, feed.language.as_ref()),
            url: plain(&feed.url),
            link: web_link(&feed.url),
            moved_to: feed.moved_to.as_deref().map(plain),
            language: feed.language.as_ref().map(|id| plain(id.as_str())).unwrap_or_default(),
            health,
            reason: reason.map(|reason| Words::new(reason, None)),
            failures: feed.failures,
            last_checked: feed.last_checked.map(Stamp::new),
            last_changed: feed.last_changed.map(Stamp::new),
            next_check: (feed.health != FeedHealth::Gone).then(|| Stamp::new(feed.next_check)),
        }
    }

    /// Feeds that need somebody's eye come first.
    pub(in crate::web) fn rank(feed: &FeedState) -> u8 {
        match feed.health {
            FeedHealth::Gone => 0,
            FeedHealth::Failing(_) => 1,
            FeedHealth::Waiting => 2,
            FeedHealth::Good if feed.renaming.since.is_some() => 2,
            FeedHealth::Good => 3,
        }
    }
}
