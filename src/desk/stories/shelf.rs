//! The shelf: the articles of the stream that a new one may belong to, found by what they share with it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::model::{ArticleId, EventId, StoryId};
use crate::desk::packs::SpreadMap;
use crate::desk::stories::profile::Profile;
use crate::desk::stories::tally::Tally;
use crate::desk::stories::why::Why;

/// Articles that a mark or stem leads to, the latest ones: what more of them share tells nothing.
const POSTINGS_MAX: usize = 64;

/// Marks and stems by which others are looked for: those that tell most.
const QUERY_MAX: usize = 96;

/// Articles that are compared with a new one.
pub(super) const CANDIDATES_MAX: usize = 32;

/// An article on the shelf.
#[derive(Clone, Debug)]
pub(super) struct Filed {
    pub(super) id: ArticleId,
    pub(super) at: Timestamp,
    pub(super) profile: Arc<Profile>,
    pub(super) event: Option<EventId>,
    pub(super) copy_of: Option<ArticleId>,
    pub(super) added: Vec<String>,
    pub(super) story: StoryId,
    pub(super) why: Why,
}

/// Which articles a mark or stem, or an event, leads to. Articles have numbers, in order of arrival.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    of_key: SpreadMap<Vec<u32>>,
    of_event: HashMap<EventId, Vec<u32>>,
    of_id: HashMap<ArticleId, u32>,
}

impl Postings {
    pub(super) fn insert(&mut self, number: u32, filed: &Filed) {
        for key in keys(&filed.profile) {
            let list = self.of_key.entry(key).or_default();
            if list.len() >= 2 * POSTINGS_MAX {
                list.drain(..POSTINGS_MAX);
            }
            list.push(number);
        }
        self.of_id.insert(filed.id.clone(), number);
        if let Some(event) = &filed.event {
            self.tell_of(event, number);
        }
    }

    /// Notes that an article tells of an event.
    pub(super) fn tell_of(&mut self, event: &EventId, number: u32) {
        let list = self.of_event.entry(event.clone()).or_default();
        if list.last() != Some(&number) {
            list.push(number);
        }
    }

    pub(super) fn extend(&mut self, other: Postings) {
        for (key, numbers) in other.of_key {
            let list = self.of_key.entry(key).or_default();
            list.extend(numbers);
            let old = list.len().saturating_sub(2 * POSTINGS_MAX);
            list.drain(..old);
        }
        for (event, numbers) in other.of_event {
            self.of_event.entry(event).or_default().extend(numbers);
        }
        self.of_id.extend(other.of_id);
    }

    pub(super) fn number(&self, id: &ArticleId) -> Option<u32> {
        self.of_id.get(id).copied()
    }

    /// The articles that were said to tell of an event; some may tell of another by now.
    pub(super) fn telling_of(&self, event: &EventId) -> &[u32] {
        self.of_event.get(event).map(Vec::as_slice).unwrap_or_default()
    }

    fn of(&self, key: u64) -> &[u32] {
        let list = self.of_key.get(&key).map(Vec::as_slice).unwrap_or_default();
        &list[list.len().saturating_sub(POSTINGS_MAX)..]
    }
}

/// What an article is found by: the stems of its lead, and its marks. Both are spread numbers.
fn keys(profile: &Profile) -> impl Iterator<Item = u64> + '_ {
    let stems = profile.lead.iter().map(|stem| stem_key(stem.key));
    stems.chain(profile.marks.iter().map(|mark| mark_key(mark.key)))
}

fn stem_key(stem: u32) -> u64 {
    u64::from(stem).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn mark_key(mark: u64) -> u64 {
    let spread = mark.wrapping_mul(0xd6e8_feb8_6659_fd93);
    spread ^ spread >> 32
}

/// The articles that share most with this one, by what the shared marks and stems tell.
pub(super) fn candidates(profile: &Profile, shelves: [&Postings; 2], tally: &Tally) -> Vec<u32> {
    let script = profile.script;
    let stems = profile.lead.iter();
    let stems = stems.map(|stem| (tally.of_stem(stem.key, script), stem_key(stem.key)));
    let marks = profile.marks.iter();
    let marks = marks.map(|m| (tally.of_mark(m.key, script) * m.weight, mark_key(m.key)));
    let mut query: Vec<(f32, u64)> = stems.chain(marks).collect();
    query.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    query.truncate(QUERY_MAX);
    let mut found: HashMap<u32, f32> = HashMap::new();
    for (tells, key) in query {
        for number in shelves.iter().flat_map(|shelf| shelf.of(key)) {
            *found.entry(*number).or_default() += tells;
        }
    }
    let mut found: Vec<(u32, f32)> = found.into_iter().collect();
    found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(Reverse(a.0).cmp(&Reverse(b.0))));
    found.truncate(CANDIDATES_MAX);
    found.into_iter().map(|(number, _)| number).collect()
}
