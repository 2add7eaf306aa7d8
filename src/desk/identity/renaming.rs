//! Whether the ids of a feed can be believed: how many known entries of a poll came under other ids, and what becomes of
//! the feed by it.

use jiff::Timestamp;

use crate::desk::identity::Identity;
use crate::desk::model::Renaming;

/// Known entries under other ids that make a poll suspicious: one alone may have been put up again.
const RENAMED_MIN: usize = 2;

/// Suspicious polls after which the ids are not believed.
const QUARANTINE_AT: u32 = 2;

/// Suspicious polls that are counted: as many polls without a renamed entry end the quarantine.
const SIGHTINGS_MAX: u32 = 12;

/// What a poll says about the ids of its feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Known entries under the id that they had.
    pub kept: usize,
    /// Known entries under other ids, and ids under which other entries were known.
    pub renamed: usize,
}

impl Tally {
    /// Counts an entry; `same_id` says whether a known one has the id that it had.
    pub fn count(&mut self, identity: &Identity, same_id: bool) {
        match identity {
            Identity::New => {}
            Identity::Same(_) | Identity::ByLink(_) | Identity::ByText(_) if same_id => {
                self.kept += 1;
            }
            _ => self.renamed += 1,
        }
    }

    /// Whether the feed has kept its ids: where few entries are known, some keep theirs by chance.
    fn is_clean(&self) -> bool {
        self.renamed == 0 && self.kept >= RENAMED_MIN
    }

    /// Whether ids were changed by the feed and not by an editor: at least half of what was known.
    fn is_suspicious(&self) -> bool {
        self.renamed >= RENAMED_MIN && self.renamed >= self.kept
    }
}

/// The state of a feed's ids after a poll, and what is to be noted about it.
pub fn after(before: &Renaming, tally: Tally, now: Timestamp) -> (Renaming, Option<String>) {
    let mut state = before.clone();
    if tally.is_suspicious() {
        state.sightings = state.sightings.saturating_add(1).min(SIGHTINGS_MAX);
    } else if tally.is_clean() {
        state.sightings = state.sightings.saturating_sub(1);
    }
    let of = tally.renamed + tally.kept;
    let note = match (before.since, state.sightings) {
        (None, sightings) if sightings >= QUARANTINE_AT => {
            state.since = Some(now);
            Some(format!(
                "ids in quarantine: {} of {of} known entries came under other ids, as in {} polls before; links and \
                 words tell its entries apart",
                tally.renamed,
                sightings - 1
            ))
        }
        (None, sightings) if sightings > before.sightings => {
            Some(format!("{} of {of} known entries came under other ids", tally.renamed))
        }
        (Some(_), 0) => {
            state.since = None;
            Some("ids are believed again: they have not changed for a while".to_owned())
        }
        _ => None,
    };
    (state, note)
}
