//! The index of known texts: the sketch of each, tables from its bands and first sentences to its number, and the whole
//! fingerprints of the latest.
//!
//! A text costs some 230 bytes, a million of them under 250 MB. The whole fingerprint, without which nothing is called
//! a copy, takes forty times that: only those of the latest texts are held, and whoever asks about an older one is told
//! which articles to fetch first.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::desk::copies::names::Names;
use crate::desk::copies::sketch::{BANDS, MINIMA, Sketch};
use crate::desk::copies::table::{NUMBERS_MAX, Table};
use crate::desk::copies::{Fingerprint, Likeness, compare};
use crate::desk::model::ArticleId;

/// Candidates that are compared word by word, the most alike first.
const COMPARED_MAX: usize = 64;

/// Minima that two texts of similarity 0.5 share: sixteen on average, fewer than this once in a thousand.
const SHARED_MIN: usize = MINIMA / 4;

/// Minima that a text shares with one that it was cut from, where a first sentence is the same too.
const SHARED_WITH_OPENING_MIN: usize = 3;

/// The index is made anew when of this many texts one is forgotten.
const FORGOTTEN_ONE_IN: usize = 4;

/// Fingerprints that are held where nothing else is said: all.
const HELD_MAX: usize = usize::MAX;

/// Known texts.
#[derive(Clone, Debug)]
pub struct CopyIndex {
    bands: [Table; BANDS],
    openings: Table,
    names: Names,
    sketches: Vec<Sketch>,
    /// The last day on which a text is remembered, in days since 1970.
    until: Vec<u16>,
    held: HashMap<u32, Arc<Fingerprint>>,
    /// The held ones, the earliest first.
    held_since: VecDeque<u32>,
    held_max: usize,
    today: u16,
}

impl Default for CopyIndex {
    fn default() -> Self {
        Self {
            bands: Default::default(),
            openings: Table::default(),
            names: Names::default(),
            sketches: Vec::new(),
            until: Vec::new(),
            held: HashMap::new(),
            held_since: VecDeque::new(),
            held_max: HELD_MAX,
            today: 0,
        }
    }
}

/// What the index says of a text.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Known texts that are one with it or differ from it in a value, the most alike first.
    pub alike: Vec<(ArticleId, Likeness)>,
    /// Articles without which nothing can be said of some candidates.
    pub missing: Vec<ArticleId>,
}

impl CopyIndex {
    /// An index that holds no more than so many whole fingerprints, the latest.
    pub fn holding(held_max: usize) -> Self {
        Self { held_max, ..Self::default() }
    }

    /// The number of texts.
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// Takes in a text, to be remembered to the end of the day `until`, in days since 1970. An index that is full takes in
    /// no more.
    pub fn insert(&mut self, id: &ArticleId, print: Arc<Fingerprint>, until: u16) {
        if let Some(number) = self.enter(id, &print.sketch, until) {
            self.hold(number, print);
        }
    }

    /// Takes in a text of which only the sketch is at hand.
    pub fn insert_sketch(&mut self, id: &ArticleId, sketch: &Sketch, until: u16) {
        self.enter(id, sketch, until);
    }

    /// Takes in the fingerprint of a text again. One that was forgotten is known for the rest of the day.
    pub fn recall(&mut self, id: &ArticleId, print: Arc<Fingerprint>) {
        let known = self.names.number(id);
        if let Some(number) = known.or_else(|| self.enter(id, &print.sketch, self.today)) {
            self.hold(number, print);
        }
    }

    /// Says that nothing more will be learnt of a text. It copies nothing and is copied by nothing.
    pub fn give_up(&mut self, id: &ArticleId) {
        if let Some(number) = self.names.number(id) {
            self.until[number as usize] = 0;
            self.held.remove(&number);
        }
    }

    /// The fingerprint of a known text, if it is held.
    pub fn fingerprint(&self, id: &ArticleId) -> Option<&Fingerprint> {
        self.names.number(id).and_then(|number| self.held.get(&number)).map(Arc::as_ref)
    }

    /// Whether a text is known.
    pub fn knows(&self, id: &ArticleId) -> bool {
        self.names.number(id).is_some()
    }

    /// Forgets texts whose last day is over, and lets go of the earliest fingerprints above the limit.
    pub fn settle(&mut self, today: u16) {
        while self.held.len() > self.held_max
            && let Some(number) = self.held_since.pop_front()
        {
            self.held.remove(&number);
        }
        if today <= self.today {
            return;
        }
        self.today = today;
        let over = self.until.iter().filter(|until| **until < self.today).count();
        if over * FORGOTTEN_ONE_IN > self.until.len() {
            self.forget();
        }
    }

    /// What is known on a day, in days since 1970, like a text, and what is missing to know.
    pub fn find(&self, print: &Fingerprint, today: u16) -> Found {
        let mut found = Found::default();
        for number in self.candidates(&print.sketch, today) {
            let id = self.names.id(number);
            match self.held.get(&number) {
                None => found.missing.push(id),
                Some(known) => {
                    if let Some(likeness) = compare::compare(known, print) {
                        found.alike.push((id, likeness));
                    }
                }
            }
        }
        // The sort is stable: among equals the earliest stays first.
        found.alike.sort_by(|a, b| b.1.similarity.total_cmp(&a.1.similarity));
        found
    }

    /// The numbers of the texts that are worth a comparison, the earliest first.
    fn candidates(&self, sketch: &Sketch, today: u16) -> Vec<u32> {
        if sketch.is_empty() {
            return Vec::new();
        }
        let mut numbers: Vec<u32> = Vec::with_capacity(64);
        for (band, table) in self.bands.iter().enumerate() {
            numbers.extend(table.under(sketch.band(band)));
        }
        let opened: Vec<u32> =
            sketch.openings().flat_map(|hash| self.openings.under(hash)).collect();
        numbers.extend(&opened);
        numbers.sort_unstable();
        numbers.dedup();
        let mut ranked: Vec<(usize, u32)> = numbers
            .into_iter()
            .filter(|number| self.until[*number as usize] >= today)
            .map(|number| (self.sketches[number as usize].shared(sketch), number))
            .filter(|(shared, number)| {
                let opens = *shared >= SHARED_WITH_OPENING_MIN && opened.contains(number);
                *shared >= SHARED_MIN || opens
            })
            .collect();
        ranked.sort_by_key(|(shared, number)| (usize::MAX - shared, *number));
        ranked.truncate(COMPARED_MAX);
        let mut numbers: Vec<u32> = ranked.into_iter().map(|(_, number)| number).collect();
        numbers.sort_unstable();
        numbers
    }

    fn enter(&mut self, id: &ArticleId, sketch: &Sketch, until: u16) -> Option<u32> {
        if self.sketches.len() >= NUMBERS_MAX as usize {
            return None;
        }
        let number = self.names.add(id)?;
        push_tightly(&mut self.sketches, *sketch);
        push_tightly(&mut self.until, until);
        if sketch.is_empty() {
            return Some(number);
        }
        for band in 0..BANDS {
            if self.bands[band].is_full() {
                let entries = self.before(number).map(|(s, number)| (s.band(band), number));
                self.bands[band] = self.bands[band].regrown(entries);
            }
            self.bands[band].insert(sketch.band(band), number);
        }
        for hash in sketch.openings() {
            if self.openings.is_full() {
                let known = self.before(number);
                let entries = known.flat_map(|(s, number)| s.openings().map(move |h| (h, number)));
                self.openings = self.openings.regrown(entries);
            }
            self.openings.insert(hash, number);
        }
        Some(number)
    }

    /// The sketches of the texts before one that have any.
    fn before(&self, number: u32) -> impl Iterator<Item = (&Sketch, u32)> {
        let earlier = self.sketches.iter().zip(0..number);
        earlier.filter(|(sketch, _)| !sketch.is_empty())
    }

    fn hold(&mut self, number: u32, print: Arc<Fingerprint>) {
        if self.held.insert(number, print).is_none() {
            self.held_since.push_back(number);
        }
    }

    /// Makes the index anew from the texts that are remembered.
    fn forget(&mut self) {
        let mut rest = Self { held_max: self.held_max, today: self.today, ..Self::default() };
        let kept = self.until.iter().filter(|until| **until >= self.today).count();
        rest.bands = std::array::from_fn(|_| Table::for_entries(kept));
        for (number, sketch) in (0u32..).zip(&self.sketches) {
            let until = self.until[number as usize];
            if until >= self.today {
                rest.enter(&self.names.id(number), sketch, until);
            }
        }
        let held = std::mem::take(&mut self.held_since);
        for number in held {
            let print = self.held.remove(&number);
            if let (Some(print), Some(number)) = (print, rest.names.number(&self.names.id(number)))
            {
                rest.hold(number, print);
            }
        }
        *self = rest;
    }
}

/// A million texts must not cost those of a second one that is only room to grow.
pub(super) fn push_tightly<T>(all: &mut Vec<T>, one: T) {
    if all.len() == all.capacity() {
        all.reserve_exact(all.len() / 8 + 64);
    }
    all.push(one);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::copies::fingerprint;
    use crate::desk::normalise::Words;

    fn print(seed: u64) -> Arc<Fingerprint> {
        let text: String =
            (0..80).map(|n| format!("word{} ", (seed * 7_919 + n * n) % 9_973)).collect();
        Arc::new(fingerprint(&seed.to_string(), &text, &Words::of("", &text), &[]))
    }

    fn id(seed: u64) -> ArticleId {
        ArticleId::new(format!("{seed:032x}"))
    }

    #[test]
    fn texts_are_forgotten_after_their_last_day() {
        let mut index = CopyIndex::default();
        for seed in 0..500 {
            index.insert(&id(seed), print(seed), if seed % 2 == 0 { 10 } else { 20 });
        }
        index.settle(10);
        assert_eq!(index.len(), 500);
        assert_eq!(index.find(&print(4), 10).alike[0].0, id(4));
        assert!(index.find(&print(4), 11).alike.is_empty());
        index.settle(11);
        assert_eq!(index.len(), 250);
        assert!(index.find(&print(4), 10).alike.is_empty());
        assert_eq!(index.find(&print(5), 11).alike[0].0, id(5));
        assert!(index.knows(&id(5)) && !index.knows(&id(4)));
    }

    #[test]
    fn what_is_not_held_is_asked_for_and_given_up_when_it_is_gone() {
        let mut index = CopyIndex::holding(100);
        for seed in 0..500 {
            index.insert(&id(seed), print(seed), 10);
            index.settle(1);
        }
        let found = index.find(&print(3), 1);
        assert!(found.alike.is_empty());
        assert_eq!(found.missing, [id(3)]);
        index.recall(&id(3), print(3));
        assert_eq!(index.find(&print(3), 1).alike[0].0, id(3));
        index.give_up(&id(3));
        let found = index.find(&print(3), 1);
        assert!(found.alike.is_empty() && found.missing.is_empty());
        assert_eq!(index.find(&print(499), 1).alike[0].0, id(499));
    }
}
