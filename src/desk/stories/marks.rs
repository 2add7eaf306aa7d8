//! Marks: what a report in any language shares with another one on the same event.

use std::collections::BTreeMap;

use crate::desk::normalise::word_hash;
use crate::desk::packs::{Heard, Sounds};

/// Marks that are kept of an article, the first ones that it makes.
const MARKS_MAX: usize = 400;

/// Ways in which a mark may be heard that are kept.
const HEARD_MAX: usize = 2;

/// What a mark is. The number stands in the highest four bits of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A word by its consonants.
    Sound = 0,
    /// A number.
    Number = 1,
    /// Latin capitals.
    Capitals = 2,
    /// A term of the packs.
    Term = 3,
    /// An entity of the gazetteer.
    Entity = 4,
    /// A day.
    Day = 5,
}

/// One mark.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mark {
    /// Its kind and what it is.
    pub key: u64,
    /// How it is heard, for words; zero for the rest.
    pub heard: [Heard; HEARD_MAX],
    /// How sure it is that it names something, 0 to 1.
    pub weight: f32,
    /// How often it occurs.
    pub count: u16,
}

/// The word behind a mark, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it is.
    pub kind: MarkKind,
    /// The word.
    pub word: String,
}

/// The marks of one article while it is painted.
pub(super) struct Marks<'a> {
    sounds: &'a Sounds,
    found: BTreeMap<u64, Mark>,
    labels: BTreeMap<u64, Label>,
    readings: Vec<Heard>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(sounds: &'a Sounds) -> Self {
        Self { sounds, found: BTreeMap::new(), labels: BTreeMap::new(), readings: Vec::new() }
    }

    /// Notes a mark that is known by its word.
    pub(super) fn note(&mut self, kind: MarkKind, word: &str, weight: f32) {
        self.note_key(kind, word_hash(word), word, weight);
    }

    /// Notes a mark that is known by a hash.
    pub(super) fn note_key(&mut self, kind: MarkKind, hash: u64, word: &str, weight: f32) {
        let key = (hash >> 4) | (kind as u64) << 60;
        self.add(key, kind, Heard::default(), word, weight);
    }

    /// Notes a form of a word by its sounds. Two consonants are enough for a name, three are needed of others.
    pub(super) fn hear(&mut self, form: &str, word: &str, named: bool, weight: f32) {
        let mut readings = std::mem::take(&mut self.readings);
        self.sounds.hear(form, &mut readings);
        let long = form.chars().nth(3).is_some();
        for heard in &readings {
            let skeleton = heard.skeleton();
            if skeleton.count() > 2 || (skeleton.count() == 2 && named && long) {
                self.add(skeleton.0, MarkKind::Sound, *heard, word, weight);
            }
        }
        self.readings = readings;
    }

    fn add(&mut self, key: u64, kind: MarkKind, heard: Heard, word: &str, weight: f32) {
        if self.found.len() >= MARKS_MAX && !self.found.contains_key(&key) {
            return;
        }
        let mark = self.found.entry(key).or_insert_with(|| {
            self.labels.insert(key, Label { kind, word: word.to_owned() });
            Mark { key, ..Mark::default() }
        });
        mark.count = mark.count.saturating_add(1);
        mark.weight = mark.weight.max(weight);
        if !mark.heard.contains(&heard)
            && let Some(free) = mark.heard.iter_mut().find(|heard| **heard == Heard::default())
        {
            *free = heard;
        }
    }

    pub(super) fn finish(self) -> (Vec<Mark>, BTreeMap<u64, Label>) {
        (self.found.into_values().collect(), self.labels)
    }
}
