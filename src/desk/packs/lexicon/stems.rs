//! Which word patterns a word matches. A word that is listed as it stands is found by its hash; stems that endings may
//! follow stand in a trie. A word that no list knows, as most are, costs one look at each.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::desk::normalise::{WordHasher, word_hash};
use crate::desk::packs::lexicon::trie::Trie;

/// A word of a phrase: a stem, what may follow it, and whether only capitals count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WordPattern {
    /// The folded stem; never empty.
    pub(super) stem: String,
    /// Letters that may follow the stem.
    pub(super) extra_max: u8,
    /// Whether the word must stand in capitals.
    pub(super) upper: bool,
}

/// A word pattern's number.
pub(super) type PatternId = u32;

/// A pattern that a token matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Which.
    pub(super) pattern: PatternId,
    /// The phrases that it begins: their node, or 0.
    pub(super) begins: u32,
    /// By which form of the token: 0 is the word itself, others have prefixes taken off.
    pub(super) form: u8,
}

/// A form of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    /// Its letters, folded.
    pub(super) word: &'a str,
    /// Their hash.
    pub(super) hash: u64,
    /// Whether the word stands in capitals.
    pub(super) upper: bool,
    /// Its place among the forms of the word.
    pub(super) rank: u8,
}

/// The patterns of one stem: a range of [`Stems::ends`], and the most letters that may follow.
#[derive(Clone, Copy, Debug)]
struct Group {
    from: u32,
    to: u32,
    extra_max: u8,
}

/// What a stem ends.
#[derive(Clone, Copy, Debug)]
struct End {
    pattern: PatternId,
    begins: u32,
    extra_max: u8,
    upper: bool,
}

/// The patterns of a stem that stands as it is. One alone, as most are, stands in place, so that it is at hand with its hash.
#[derive(Clone, Copy, Debug)]
enum Closed {
    One(End),
    Many(Group),
}

/// The compiled patterns.
#[derive(Debug, Default)]
pub(super) struct Stems {
    /// Stems that stand as they are, by their hash, which no two words of a language share but by design of whoever would be
    /// misread.
    closed: HashMap<u64, Closed, BuildHasherDefault<WordHasher>>,
    /// Stems that something may follow.
    open: Trie,
    /// The groups of those.
    open_groups: Vec<Group>,
    ends: Vec<End>,
}

/// The patterns of all phrases while they are collected; equal ones share a number.
#[derive(Debug, Default)]
pub(super) struct Collector {
    numbers: HashMap<WordPattern, PatternId>,
}

impl Collector {
    /// The number of a pattern.
    pub(super) fn number(&mut self, pattern: WordPattern) -> PatternId {
        let next = self.numbers.len() as PatternId;
        *self.numbers.entry(pattern).or_insert(next)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Compiles the patterns. `begins` tells for each the node of the phrases that it begins, or 0.
    pub(super) fn compile(&self, begins: &[u32]) -> Stems {
        let mut all: Vec<(&WordPattern, PatternId)> =
            self.numbers.iter().map(|(pattern, id)| (pattern, *id)).collect();
        all.sort_by(|a, b| (a.0.stem.as_bytes(), a.1).cmp(&(b.0.stem.as_bytes(), b.1)));
        let mut stems = Stems::default();
        let mut open: Vec<(&[u8], u32)> = Vec::new();
        for same in all.chunk_by(|(a, _), (b, _)| a.stem == b.stem) {
            let stem = same[0].0.stem.as_str();
            let group = stems.group(same, begins);
            let hash = word_hash(stem);
            // Of two stems with one hash the second stands in the trie.
            if group.extra_max == 0 && !stems.closed.contains_key(&hash) {
                let alone = stems.ends[group.from as usize..].first().filter(|_| same.len() == 1);
                let closed = alone.map_or(Closed::Many(group), |end| Closed::One(*end));
                stems.closed.insert(hash, closed);
            } else {
                open.push((stem.as_bytes(), stems.open_groups.len() as u32));
                stems.open_groups.push(group);
            }
        }
        stems.open = Trie::of(&open);
        stems
    }
}

impl Stems {
    fn group(&mut self, same: &[(&WordPattern, PatternId)], begins: &[u32]) -> Group {
        let from = self.ends.len() as u32;
        self.ends.extend(same.iter().map(|(pattern, id)| End {
            pattern: *id,
            begins: begins[*id as usize],
            extra_max: pattern.extra_max,
            upper: pattern.upper,
        }));
        let extra_max = same.iter().map(|(pattern, _)| pattern.extra_max).max().unwrap_or(0);
        Group { from, to: self.ends.len() as u32, extra_max }
    }

    /// Appends the patterns that a form of a word matches.
    pub(super) fn find(&self, form: Form<'_>, out: &mut Vec<Match>) {
        self.open.walk(form.word.as_bytes(), &mut |number, rest| {
            let group = self.open_groups[number as usize];
            // A letter has four bytes at the most.
            if rest.len() <= 4 * usize::from(group.extra_max) {
                // Letters, not bytes: a byte that continues a letter begins with the bits 10.
                let left = rest.iter().filter(|b| **b & 0xc0 != 0x80).count();
                self.tell(group, left, form, out);
            }
        });
        match self.closed.get(&form.hash) {
            None => {}
            Some(Closed::One(end)) => end.tell(0, form, out),
            Some(Closed::Many(group)) => self.tell(*group, 0, form, out),
        }
    }

    /// Appends the patterns of a group that let so many letters follow their stem.
    fn tell(&self, group: Group, left: usize, form: Form<'_>, out: &mut Vec<Match>) {
        for end in &self.ends[group.from as usize..group.to as usize] {
            end.tell(left, form, out);
        }
    }
}

impl End {
    /// Appends the pattern if it lets so many letters follow its stem.
    fn tell(&self, left: usize, form: Form<'_>, out: &mut Vec<Match>) {
        if left <= usize::from(self.extra_max) && (form.upper || !self.upper) {
            out.push(Match { pattern: self.pattern, begins: self.begins, form: form.rank });
        }
    }
}
