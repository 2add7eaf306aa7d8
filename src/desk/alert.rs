//! Alert: whether a change of what is known is told, how urgently, and to whom. Every silence has a reason too.

use std::fmt;

use crate::desk::ledger::{Because, Previous, Reception};
use crate::desk::model::{
    Alert, AlertKind, ChannelId, LanguageId, Slot, Status, StorylineId, SupportLevel, Value,
    WatchlistId,
};
use crate::desk::packs::SlotRule;

/// Who wants to hear what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watchlist {
    /// Its id: the name of its file.
    pub id: WatchlistId,
    /// Storylines; empty means all.
    pub storylines: Vec<StorylineId>,
    /// Slot families, such as `date` or `head`; empty means all.
    pub slots: Vec<String>,
    /// The least severity, 1 to 5.
    pub min_severity: u8,
    /// The least support; none means any.
    pub min_support: Option<SupportLevel>,
    /// Languages of the article that says so; empty means all.
    pub languages: Vec<LanguageId>,
    /// Where alerts go.
    pub channels: Vec<ChannelId>,
}

impl Watchlist {
    /// Whether an alert is for this watchlist, with the first reason against it.
    pub fn wants(&self, alert: &Alert) -> Wanted {
        let lacks =
            |list: &[String], item: &str| !list.is_empty() && list.iter().all(|x| x != item);
        if !self.storylines.is_empty() && !self.storylines.contains(&alert.storyline) {
            Wanted::OtherStoryline
        } else if lacks(&self.slots, alert.slot.family()) {
            Wanted::OtherSlot
        } else if alert.severity < self.min_severity {
            Wanted::TooMild
        } else if self.min_support.is_some_and(|least| alert.support.level < least) {
            Wanted::TooWeak
        } else if !self.languages.is_empty() && !self.languages.contains(&alert.article.language) {
            Wanted::OtherLanguage
        } else {
            Wanted::Yes
        }
    }
}

/// Whether a watchlist wants an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "Display says what each means")]
pub enum Wanted {
    Yes,
    OtherStoryline,
    OtherSlot,
    TooMild,
    TooWeak,
    OtherLanguage,
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Wanted::Yes => "wanted",
            Wanted::OtherStoryline => "not its storyline",
            Wanted::OtherSlot => "not one of its slots",
            Wanted::TooMild => "below its severity",
            Wanted::TooWeak => "below its support",
            Wanted::OtherLanguage => "not one of its languages",
        })
    }
}

/// The circumstances under which a claim arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// The feed's first poll, which is silent.
    pub baseline: bool,
    /// Published longer ago than news lasts.
    pub stale: bool,
    /// The sentence stands in the text that this one copies or revises.
    pub said_before: bool,
}

/// Whether a change is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notify {
    /// It is.
    Tell {
        /// What happened.
        kind: AlertKind,
        /// What was known before.
        previous: Option<Previous>,
        /// Why it is a change of this kind.
        because: Because,
    },
    /// The claim changed nothing; the reason is the ledger's.
    NothingNew(Reception),
    /// It came with the first poll of its feed.
    Baseline,
    /// It was published too long ago.
    Stale,
    /// The text that this one copies or revises said so already.
    SaidBefore,
}

impl fmt::Display for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notify::Tell { kind, previous, because } => {
                write!(f, "alert: {}", kind.as_str())?;
                if let Some(previous) = previous {
                    write!(f, " (was: {previous})")?;
                }
                write!(f, ", for {because}")
            }
            Notify::NothingNew(reception) => write!(f, "no alert: {reception}"),
            Notify::Baseline => f.write_str("no alert: the first poll of a feed is a baseline"),
            Notify::Stale => f.write_str("no alert: published too long ago"),
            Notify::SaidBefore => {
                f.write_str("no alert: the text it copies or revises says so already")
            }
        }
    }
}

/// Decides whether what a claim did is told.
pub fn decide(reception: Reception, circumstances: Circumstances) -> Notify {
    let Reception::Change { kind, previous, because } = reception else {
        return Notify::NothingNew(reception);
    };
    if circumstances.baseline {
        Notify::Baseline
    } else if circumstances.stale {
        Notify::Stale
    } else if circumstances.said_before && kind != AlertKind::Retracted {
        Notify::SaidBefore
    } else {
        Notify::Tell { kind, previous, because }
    }
}

/// How urgent a change is, 1 to 5: the slot's own severity; one more when a date or place is set, when a status is
/// postponed, cancelled or changed, and when a party or both sides say so; one less when it only refines a detail.
pub fn severity(
    rule: &SlotRule,
    slot: &Slot,
    kind: AlertKind,
    value: &Value,
    support: SupportLevel,
) -> u8 {
    let first = matches!(slot.family(), "date" | "status" | "city");
    let weighty = match (kind, value) {
        (AlertKind::Set | AlertKind::Changed, _) => true,
        (_, Value::Status(Status::Cancelled | Status::Postponed)) => true,
        (AlertKind::Refined, Value::Date(days)) => days.days() == 1,
        _ => false,
    };
    let detail = matches!(kind, AlertKind::Refined | AlertKind::Corroborated) && !first;
    let spoken = matches!(support, SupportLevel::Party | SupportLevel::BothSides) && first;
    let score = i16::from(rule.severity) + i16::from(weighty) + i16::from(spoken)
        - i16::from(detail)
        - i16::from(*value == Value::Unset);
    u8::try_from(score.clamp(1, 5)).unwrap_or(5)
}
