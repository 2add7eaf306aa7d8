//! Which changes of the ledger are worth telling, and whom.

use crate::desk::model::{ChannelId, LanguageId, StorylineId, SupportLevel, WatchlistId};

/// Who wants to hear what. A condition that is empty holds for everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watchlist {
    /// Its name.
    pub id: WatchlistId,
    /// Storylines it follows; empty for all.
    pub storylines: Vec<StorylineId>,
    /// Families of slots, such as `date` or `head`; empty for all.
    pub slots: Vec<String>,
    /// The least severity, 1 to 5.
    pub min_severity: u8,
    /// The least support.
    pub min_support: Option<SupportLevel>,
    /// Languages of the article that says so; empty for all.
    pub languages: Vec<LanguageId>,
    /// Where its alerts go. Never empty.
    pub channels: Vec<ChannelId>,
}
