//! Stories: which articles tell of one event, in whatever language. A story is for display: alerts rest on events, and a
//! story on the wrong event silences nothing.
//!
//! Typed evidence decides first: the event of the ledger, then copies. Then two reports in one language are compared by the
//! words of their titles, and two in different ones by names (as they sound), numbers, days and terms. What is compared
//! comes from an index of bounded lists, so that an article costs the same however many there are.
//!
//! A small circle of reports is drawn anew whenever one joins it, so that stories merge and split as more is known. A large
//! story only takes in. Ids stay: a story has that of the article that opened it, the larger part keeps it in a split, and
//! the older story keeps it in a merger.

mod compare;
mod fold;
mod group;
mod marks;
mod number;
mod profile;
mod shelf;
mod tally;
#[cfg(test)]
mod tests;
mod why;
mod working;

pub use compare::{LIKE_MAX, Likeness, SAME_LANGUAGE_MIN, compare};
pub use fold::{Folded, Member, fold};
pub use marks::{Label, Mark, MarkKind};
pub use profile::{Part, Portrait, Profile, Script, Stem};
pub use tally::Tally;
pub use why::{Evidence, Why};
pub use working::{Outcome, Working};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::desk::model::{ArticleId, EventId, StoryId, StoryMerge, StoryPlace};
use shelf::{Filed, Postings};

/// How far apart the dates of two reports on one event may lie, where no event of the ledger joins them. Three days cover
/// a weekend and a late translation.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(72);

/// How long nothing may be told of an event before what comes then is another story: the summit that is promised in February
/// and held in August is one event, but its coverage is two stories. Rounds that were put off have slept for four months and
/// gone on.
pub const SLEEP_MAX: SignedDuration = SignedDuration::from_hours(150 * 24);

/// Articles that are kept on the shelf; when there are more, the oldest eighth goes.
const ARTICLES_MAX: usize = 16_384;

/// An article that looks for its story.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The article version.
    pub id: ArticleId,
    /// When it was published.
    pub at: Timestamp,
    /// What it shares with others.
    pub portrait: Portrait,
    /// The event of the ledger that it reports.
    pub event: Option<EventId>,
    /// The article that it copies.
    pub copy_of: Option<ArticleId>,
    /// The sentences that it adds to that.
    pub added: Vec<String>,
}

/// A story.
#[derive(Clone, Debug, Default)]
struct Story {
    /// The numbers of its articles, in order.
    members: Vec<u32>,
    /// The story that it has become part of.
    merged_into: Option<StoryId>,
}

/// The stories of the stream, and the articles that new ones are compared with.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    shelf: BTreeMap<u32, Filed>,
    next: u32,
    postings: Postings,
    stories: BTreeMap<StoryId, Story>,
    tally: Tally,
    /// Articles that were counted before they came.
    expected: u32,
}

/// What a batch changes.
#[derive(Clone, Debug, Default)]
pub struct Advance {
    shelf: BTreeMap<u32, Filed>,
    postings: Postings,
    stories: BTreeMap<StoryId, Story>,
}

impl Stories {
    /// Takes in what a batch has changed.
    pub fn apply(&mut self, advance: &Advance) {
        for (number, filed) in &advance.shelf {
            if *number >= self.next {
                match self.expected.checked_sub(1) {
                    Some(left) => self.expected = left,
                    None => self.tally.add(&filed.profile),
                }
                self.next = number + 1;
            }
            self.shelf.insert(*number, filed.clone());
        }
        self.postings.extend(advance.postings.clone());
        for (id, story) in &advance.stories {
            self.stories.insert(id.clone(), story.clone());
        }
        if self.shelf.len() > ARTICLES_MAX {
            self.clear(ARTICLES_MAX / 8);
        }
    }

    /// Counts the words of an article that is still to come, so that the first ones of a stream are judged as the last.
    pub fn expect(&mut self, portrait: &Portrait) {
        self.tally.add(&portrait.profile);
        self.expected += 1;
    }

    /// Puts an article back that stood in a story before.
    pub fn restore(&mut self, incoming: Incoming, story: StoryId) {
        let number = self.next;
        self.next += 1;
        self.tally.add(&incoming.portrait.profile);
        self.stories.entry(story.clone()).or_default().members.push(number);
        let filed = Filed {
            id: incoming.id,
            at: incoming.at,
            profile: Arc::new(incoming.portrait.profile),
            event: incoming.event,
            copy_of: incoming.copy_of,
            added: incoming.added,
            story,
            why: Why::Restored,
        };
        self.postings.insert(number, &filed);
        self.shelf.insert(number, filed);
    }

    /// Where each article of the shelf stands.
    pub fn places(&self) -> impl Iterator<Item = StoryPlace> + '_ {
        self.shelf.values().map(Filed::place)
    }

    /// The story that an id leads to.
    pub fn surviving<'a>(&'a self, id: &'a StoryId) -> &'a StoryId {
        let mut at = id;
        // A chain of mergers is as long as there are stories at the most.
        for _ in 0..=self.stories.len() {
            match self.stories.get(at).and_then(|story| story.merged_into.as_ref()) {
                Some(into) => at = into,
                None => return at,
            }
        }
        at
    }

    /// Takes the oldest articles off the shelf. What they lead to is found again by those that stay.
    fn clear(&mut self, count: usize) {
        for _ in 0..count {
            let Some((number, gone)) = self.shelf.pop_first() else { break };
            if let Some(story) = self.stories.get_mut(&gone.story) {
                story.members.retain(|member| *member != number);
            }
        }
        self.stories.retain(|_, story| !story.members.is_empty());
        self.postings = Postings::default();
        for (number, filed) in &self.shelf {
            self.postings.insert(*number, filed);
        }
    }
}

impl Filed {
    fn place(&self) -> StoryPlace {
        StoryPlace {
            article: self.id.clone(),
            story: self.story.clone(),
            why: self.why.to_string(),
            added: self.added.clone(),
        }
    }
}

impl Advance {
    /// The places and mergers that are to be stored.
    fn rows(&self) -> (Vec<StoryPlace>, Vec<StoryMerge>) {
        let places = self.shelf.values().map(Filed::place).collect();
        let merges = self
            .stories
            .iter()
            .map(|(id, story)| StoryMerge { story: id.clone(), into: story.merged_into.clone() });
        (places, merges.collect())
    }
}
