//! Which word patterns a word matches: a trie over the bytes of their stems, walked once for each form of a word.
//!
//! A word that no stem begins leaves the trie after a letter or two, so that ordinary text costs a few steps a word.

use std::collections::HashMap;

/// A word of a phrase: a stem, what may follow it, and whether only capitals count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WordPattern {
    /// The folded stem.
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
    /// By which form of the token: 0 is the word itself, others have prefixes taken off.
    pub(super) form: u8,
}

#[derive(Debug, Default)]
struct Node {
    /// First edge in [`Stems::edges`].
    edges: u32,
    /// Number of edges.
    count: u16,
    /// Patterns whose stem ends here: a range of [`Stems::ends`].
    ends: (u32, u32),
}

/// The compiled trie.
#[derive(Debug, Default)]
pub(super) struct Stems {
    nodes: Vec<Node>,
    edges: Vec<(u8, u32)>,
    ends: Vec<(PatternId, u8, bool)>,
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

    /// Compiles the trie.
    pub(super) fn compile(&self) -> Stems {
        let mut all: Vec<(&WordPattern, PatternId)> =
            self.numbers.iter().map(|(pattern, id)| (pattern, *id)).collect();
        all.sort_by(|a, b| (a.0.stem.as_bytes(), a.1).cmp(&(b.0.stem.as_bytes(), b.1)));
        let mut stems = Stems::default();
        stems.nodes.push(Node::default());
        stems.grow(0, &all, 0);
        stems
    }
}

impl Stems {
    /// Fills the node that all of `patterns` pass at byte `depth` of their stems.
    fn grow(&mut self, node: usize, patterns: &[(&WordPattern, PatternId)], depth: usize) {
        let own = patterns.partition_point(|(pattern, _)| pattern.stem.len() == depth);
        let from = self.ends.len() as u32;
        self.ends.extend(patterns[..own].iter().map(|(p, id)| (*id, p.extra_max, p.upper)));
        self.nodes[node].ends = (from, self.ends.len() as u32);
        let byte = |at: usize| patterns[at].0.stem.as_bytes()[depth];
        let mut groups = Vec::new();
        let mut at = own;
        while at < patterns.len() {
            let begun = at;
            while at < patterns.len() && byte(at) == byte(begun) {
                at += 1;
            }
            groups.push((begun, at));
        }
        let first = self.edges.len();
        self.nodes[node].edges = first as u32;
        self.nodes[node].count = groups.len() as u16;
        for (begun, _) in &groups {
            self.edges.push((byte(*begun), self.nodes.len() as u32));
            self.nodes.push(Node::default());
        }
        for (index, (begun, ended)) in groups.iter().enumerate() {
            let child = self.edges[first + index].1 as usize;
            self.grow(child, &patterns[*begun..*ended], depth + 1);
        }
    }

    /// Appends the patterns that a form of a word matches.
    pub(super) fn find(&self, form: &str, upper: bool, rank: u8, out: &mut Vec<Match>) {
        let bytes = form.as_bytes();
        let mut node = 0usize;
        for depth in 0..=bytes.len() {
            let Some(here) = self.nodes.get(node) else { return };
            let (from, to) = here.ends;
            if from < to {
                let rest = &bytes[depth..];
                // Letters, not bytes: a byte that continues a letter begins with the bits 10.
                let left = rest.iter().filter(|b| **b & 0xc0 != 0x80).count();
                for (pattern, extra_max, capitals) in &self.ends[from as usize..to as usize] {
                    if left <= usize::from(*extra_max) && (upper || !capitals) {
                        out.push(Match { pattern: *pattern, form: rank });
                    }
                }
            }
            let Some(byte) = bytes.get(depth) else { return };
            let edges =
                &self.edges[here.edges as usize..here.edges as usize + usize::from(here.count)];
            let next = match edges {
                [] => None,
                [(only, child)] => (only == byte).then_some(*child),
                more => more.binary_search_by_key(byte, |(b, _)| *b).ok().map(|i| more[i].1),
            };
            match next {
                Some(child) => node = child as usize,
                None => return,
            }
        }
    }
}
