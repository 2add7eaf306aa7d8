//! The nouns of the trade, shared by every step of the desk and by the shells around it.
//!
//! Nothing here decides anything. Types that cross the disk carry serde derives; the JSON that leaves the program
//! for a webhook is [`Alert`], whose field order is the output contract.

mod alert;
mod article;
mod claim;
mod event;
mod feed;
mod ids;
mod journal;
mod outbox;
mod report;
mod story;
mod value;

pub use alert::{Alert, AlertArticle, AlertEvent, AlertEvidence, AlertKind, AlertSupport};
pub use article::{
    Article, Dated, Direction, Draft, EntryKey, Names, Published, Revision, Rewritten,
};
pub use claim::{Certainty, Claim, Modality, TraceStep};
pub use event::{Conflict, Event, Fact, FactState, Support, SupportLevel, Touched};
pub use feed::{
    Answer, FeedHealth, FeedState, FetchFailure, Fetched, Moved, Note, Renaming, Validators,
};
pub use ids::{
    AlertId, ArticleId, ChannelId, ClaimId, DeliveryId, EventId, FeedId, LanguageId, Slot, StoryId,
    StorylineId, WatchlistId, stable_id,
};
pub use journal::{JournalEntry, Step};
pub use outbox::{Attempt, AttemptOutcome, Delivery, DeliveryState};
pub use report::{Mention, Report};
pub use story::{StoryMerge, StoryPlace};
pub use value::{Amount, DateSpan, DurationSpan, Nearness, Status, Value, ValueError, ValueType};
