//! Identity: which known entry an entry of a feed is. Feeds give their entries other ids, other links and other words; two
//! of the three that agree make the same entry, and so does one where the others are missing.
//!
//! A feed that gives known entries other ids poll after poll is put in quarantine: its ids are no longer believed, and its
//! entries go by their links, and those without one by their text, until it keeps its ids again.

mod alike;
mod entries;
mod renaming;
#[cfg(test)]
mod tests;

pub use alike::{Gist, say};
pub use entries::{Entries, Known, words_name};
pub use renaming::{Tally, after};

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::desk::model::{EntryKey, Names};

/// How far apart two appearances of the same words under other names may be and still be one entry: what is posted again
/// later is said again.
const SAME_TEXT_WITHIN: SignedDuration = SignedDuration::from_hours(72);

/// Which entry an entry is, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// None that is known.
    New,
    /// None that is known, though its id was given to another entry before.
    Reused,
    /// A known one, by its id or by the name that a file gives it.
    Same(EntryKey),
    /// A known one that has another id now, by its link.
    ByLink(EntryKey),
    /// A known one that has another id and another link now, by its words.
    ByText(EntryKey),
}

impl Identity {
    /// The known entry.
    pub fn entry(&self) -> Option<&EntryKey> {
        match self {
            Identity::New | Identity::Reused => None,
            Identity::Same(entry) | Identity::ByLink(entry) | Identity::ByText(entry) => {
                Some(entry)
            }
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Identity::New => "not seen before",
            Identity::Reused => "not seen before; its id was another entry's",
            Identity::Same(_) => "known by its id",
            Identity::ByLink(_) => "known by its link; it has another id now",
            Identity::ByText(_) => "known by its words; it has another id and another link now",
        })
    }
}

/// An entry as its document shows it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Its names.
    pub names: &'a Names,
    /// When its publisher says it appeared.
    pub published: Timestamp,
    /// Whether the ids of its feed are believed.
    pub ids_hold: bool,
}

/// A known entry that it may be.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'k> {
    /// The entry.
    pub entry: &'k EntryKey,
    /// Its last version.
    pub known: &'k Known,
    /// Whether both tell of the same.
    pub like: bool,
    /// Whether it has been met in the same document already: two entries of one document never become one but by their id.
    pub taken: bool,
}

/// The known entries that it shares a name with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Candidates<'k> {
    /// By the guid.
    pub guid: Option<Candidate<'k>>,
    /// By the page.
    pub link: Option<Candidate<'k>>,
    /// By the words of title and text.
    pub words: Option<Candidate<'k>>,
}

/// Whether two names agree; one that is missing contradicts nothing.
pub fn agree(mine: &Option<EntryKey>, theirs: &Option<EntryKey>) -> bool {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => mine == theirs,
        _ => true,
    }
}

/// Decides which known entry an entry is.
pub fn resolve(shown: &Shown<'_>, candidates: &Candidates<'_>) -> Identity {
    let Names { guid, link } = shown.names;
    let by_id = candidates.guid.filter(|_| shown.ids_hold);
    // A known entry has moved where nothing else is known at its new address.
    let moved = |one: &Candidate<'_>| one.like && candidates.link.is_none();
    if let Some(found) = by_id.filter(|one| agree(link, &one.known.names.link) || moved(one)) {
        return Identity::Same(found.entry.clone());
    }
    let reused = by_id.is_some();
    if let Some(Candidate { entry, known, like, .. }) = candidates.link.filter(|one| !one.taken) {
        if agree(guid, &known.names.guid) && !reused {
            return Identity::Same(entry.clone());
        }
        if like || !shown.ids_hold {
            return Identity::ByLink(entry.clone());
        }
    }
    if let Some(Candidate { entry, known, .. }) = candidates.words.filter(|one| !one.taken) {
        let apart = known.published.duration_since(shown.published).abs();
        if guid.is_none() && link.is_none() {
            return Identity::Same(entry.clone());
        }
        if !shown.ids_hold || apart <= SAME_TEXT_WITHIN {
            return Identity::ByText(entry.clone());
        }
    }
    if reused { Identity::Reused } else { Identity::New }
}
