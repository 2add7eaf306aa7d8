//! Phrases as a trie over the numbers of their words' patterns.

use std::collections::HashMap;

use crate::desk::packs::lexicon::stems::{Match, PatternId};

#[derive(Debug, Default)]
struct Node {
    /// Next words: a range of [`Phrases::edges`], sorted by pattern.
    edges: (u32, u32),
    /// What ends here.
    ends: Ends,
}

/// The entries of the phrases that end at a node. One alone, as most are, stands in place.
#[derive(Clone, Copy, Debug, Default)]
enum Ends {
    #[default]
    None,
    One(u32),
    /// A range of [`Phrases::ends`].
    Many(u32, u32),
}

/// The compiled trie.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    nodes: Vec<Node>,
    edges: Vec<(PatternId, u32)>,
    ends: Vec<u32>,
}

/// The phrases while they are collected.
#[derive(Debug, Default)]
pub(super) struct Collector {
    children: HashMap<(u32, PatternId), u32>,
    ends: Vec<(u32, u32)>,
    nodes: u32,
}

impl Collector {
    /// Adds a phrase with what it means: the number of an entry.
    pub(super) fn add(&mut self, words: &[PatternId], entry: u32) {
        let mut node = 0;
        for word in words {
            let nodes = &mut self.nodes;
            node = *self.children.entry((node, *word)).or_insert_with(|| {
                *nodes += 1;
                *nodes
            });
        }
        self.ends.push((node, entry));
    }

    /// Compiles the trie over `patterns` word patterns, and tells for each of them the node of the phrases that it begins,
    /// or 0: most words begin no phrase. `places` gives each entry its number in the compiled lexicon.
    pub(super) fn compile(mut self, patterns: usize, places: &[u32]) -> (Phrases, Vec<u32>) {
        let mut edges: Vec<(u32, PatternId, u32)> =
            self.children.into_iter().map(|((node, word), child)| (node, word, child)).collect();
        edges.sort_unstable();
        self.ends.sort_unstable();
        self.ends.dedup();
        let mut begins = vec![0; patterns];
        let mut phrases = Phrases::default();
        phrases.nodes.resize_with(self.nodes as usize + 1, Node::default);
        for (index, (node, word, child)) in edges.iter().enumerate() {
            let range = &mut phrases.nodes[*node as usize].edges;
            if range.1 == 0 {
                range.0 = index as u32;
            }
            range.1 = index as u32 + 1;
            phrases.edges.push((*word, *child));
            if *node == 0 {
                begins[*word as usize] = *child;
            }
        }
        for same in self.ends.chunk_by(|(a, _), (b, _)| a == b) {
            let from = phrases.ends.len() as u32;
            phrases.ends.extend(same.iter().map(|(_, entry)| places[*entry as usize]));
            phrases.nodes[same[0].0 as usize].ends = match same {
                [(_, entry)] => Ends::One(places[*entry as usize]),
                _ => Ends::Many(from, phrases.ends.len() as u32),
            };
        }
        (phrases, begins)
    }
}

impl Phrases {
    /// Calls `found(entry, last token)` for every phrase that goes on from the node `begin`, which token `first` matched.
    pub(super) fn find(
        &self,
        begin: u32,
        first: usize,
        matches: &[Match],
        of_token: &[(u32, u32)],
        found: &mut impl FnMut(u32, usize),
    ) {
        if begin != 0 {
            self.walk(begin, first, matches, of_token, found);
        }
    }

    fn walk(
        &self,
        node: u32,
        last: usize,
        matches: &[Match],
        of_token: &[(u32, u32)],
        found: &mut impl FnMut(u32, usize),
    ) {
        let here = &self.nodes[node as usize];
        match here.ends {
            Ends::None => {}
            Ends::One(entry) => found(entry, last),
            Ends::Many(from, to) => {
                self.ends[from as usize..to as usize].iter().for_each(|entry| found(*entry, last));
            }
        }
        let edges = &self.edges[here.edges.0 as usize..here.edges.1 as usize];
        let Some((from, to)) = of_token.get(last + 1).filter(|_| !edges.is_empty()) else { return };
        for next in &matches[*from as usize..*to as usize] {
            if let Ok(at) = edges.binary_search_by_key(&next.pattern, |(word, _)| *word) {
                self.walk(edges[at].1, last + 1, matches, of_token, found);
            }
        }
    }
}
