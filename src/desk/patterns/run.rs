//! Running: the ways in which a compiled pattern lies over the edges of a window.
//!
//! Edges are taken once, by their first token; of two ways to one place, edge and key the one with fewer words between
//! is kept. So the work is bounded by places × edges², a sentence has a handful of edges, and nothing is tried twice.

use crate::desk::patterns::ast::{Atom, CAPTURES_MAX};
use crate::desk::patterns::automaton::{Automaton, Joint, Machine, Part};
use crate::desk::patterns::scene::{Edge, Scene};

/// The part of a sentence that a pattern may reach over.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    pub(super) scene: &'a Scene<'a>,
    /// Its edges, by first token.
    pub(super) edges: &'a [Edge],
}

/// One way in which a pattern lies over a window.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
    /// Words between its edges.
    pub(super) slack: usize,
    /// The edges it lies over.
    pub(super) edges: Vec<Edge>,
    /// What it captured.
    pub(super) captures: [Option<Edge>; CAPTURES_MAX],
    key: Option<usize>,
}

/// A way that is not at its end: the last place and edge, and where it came from.
#[derive(Clone, Copy)]
struct Step {
    place: usize,
    edge: usize,
    from: Option<usize>,
    slack: usize,
    first: usize,
    key: Option<usize>,
}

/// All ways of a pattern; of several for one value the one with the fewest words between.
pub(super) fn run(machine: &Machine, key: Option<u8>, window: Window<'_>) -> Vec<Way> {
    match machine {
        Machine::Sequence(automaton) => best_by_key(ways(automaton, key, window)),
        Machine::Bag { parts, not, reach } => bag(parts, not, usize::from(*reach), key, window),
    }
}

fn ways(automaton: &Automaton, key: Option<u8>, window: Window<'_>) -> Vec<Way> {
    let mut steps: Vec<Step> = Vec::new();
    // The places that some step stands at, a bit for each.
    let mut taken = 0u128;
    for (index, edge) in window.edges.iter().enumerate() {
        // Steps of one edge stand together at the end.
        let before_edge = steps.len();
        let behind = taken;
        let is_taken = |place: usize| behind >> place & 1 != 0;
        for place in automaton.places_of(edge.bit) {
            let (atom, capture) = &automaton.places[place];
            // Whether a way leads there is soon known; what an atom accepts may take the gazetteer.
            let before = &automaton.before[place];
            let reached = automaton.first[place].is_some()
                || behind != 0 && before.iter().any(|(before, _)| is_taken(*before));
            if !reached || !window.scene.accepts(atom, edge) {
                continue;
            }
            let is_key = capture.is_some() && *capture == key;
            let own = |before: Option<usize>| if is_key { Some(index) } else { before };
            if let Some(joint) = &automaton.first[place]
                && window.opens(joint, edge)
            {
                let (first, key) = (edge.first, own(None));
                let step = Step { place, edge: index, from: None, slack: 0, first, key };
                keep_better(&mut steps, before_edge, step);
            }
            for (before, joint) in before.iter().filter(|(before, _)| is_taken(*before)) {
                for from in 0..before_edge {
                    let Step { place: at, edge: last, slack, first, key, .. } = steps[from];
                    if at != *before {
                        continue;
                    }
                    if let Some(words) = window.joins(joint, last, edge) {
                        let (slack, key) = (slack + words, own(key));
                        let from = Some(from);
                        let step = Step { place, edge: index, from, slack, first, key };
                        keep_better(&mut steps, before_edge, step);
                    }
                }
            }
        }
        taken = steps[before_edge..].iter().fold(taken, |taken, step| taken | 1 << step.place);
    }
    let ended = steps.iter().filter(|step| {
        let joint = automaton.last[step.place].as_ref();
        joint.is_some_and(|joint| window.closes(joint, &window.edges[step.edge]))
    });
    ended.map(|step| way(automaton, &steps, step, window)).collect()
}

/// Of two ways to one place, edge and key the one with fewer words between is kept, then the one that begins later.
fn keep_better(steps: &mut Vec<Step>, before_edge: usize, step: Step) {
    let same = |known: &&mut Step| known.place == step.place && known.key == step.key;
    match steps[before_edge..].iter_mut().find(same) {
        Some(known) => {
            let order = |step: &Step| (step.slack, std::cmp::Reverse(step.first));
            if order(&step) < order(known) {
                *known = step;
            }
        }
        None => steps.push(step),
    }
}

fn way(automaton: &Automaton, steps: &[Step], last: &Step, window: Window<'_>) -> Way {
    let mut way = Way {
        first: last.first,
        last: window.edges[last.edge].last,
        slack: last.slack,
        edges: Vec::new(),
        captures: [None; CAPTURES_MAX],
        key: last.key,
    };
    let mut step = Some(last);
    while let Some(at) = step {
        let edge = window.edges[at.edge];
        way.edges.push(edge);
        if let Some(capture) = automaton.places[at.place].1 {
            way.captures[usize::from(capture)].get_or_insert(edge);
        }
        step = at.from.map(|from| &steps[from]);
    }
    way.edges.reverse();
    way
}

fn best_by_key(mut ways: Vec<Way>) -> Vec<Way> {
    // The longest of equals: it says more.
    ways.sort_by_key(|way| {
        (way.key, way.slack, std::cmp::Reverse(way.last - way.first), way.first)
    });
    let mut seen: Vec<usize> = Vec::new();
    ways.retain(|way| match way.key {
        Some(key) if seen.contains(&key) => false,
        Some(key) => {
            seen.push(key);
            true
        }
        None => true,
    });
    let mut spans: Vec<(usize, usize)> = Vec::new();
    // Without a value, ways that share words are one.
    ways.retain(|way| {
        let apart = way.key.is_some() || spans.iter().all(|s| way.last < s.0 || s.1 < way.first);
        spans.push((way.first, way.last));
        apart
    });
    ways
}

fn bag(
    parts: &[Part],
    not: &[Atom],
    reach: usize,
    key: Option<u8>,
    window: Window<'_>,
) -> Vec<Way> {
    let barred = |edge: &Edge| not.iter().any(|atom| window.scene.accepts(atom, edge));
    let Some((decider, others)) = parts.split_first() else { return Vec::new() };
    if window.edges.iter().any(barred) {
        return Vec::new();
    }
    let deciding = best_by_key(ways(&decider.automaton, key, window));
    if deciding.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in others {
        let ways = ways(&part.automaton, None, window);
        if ways.is_empty() && !part.maybe {
            return Vec::new();
        }
        found.push((part, ways));
    }
    deciding.into_iter().filter_map(|way| complete(way, &found, reach)).collect()
}

/// Adds to a way the nearest way of each other part.
fn complete(mut whole: Way, found: &[(&Part, Vec<Way>)], reach: usize) -> Option<Way> {
    let (first, last) = (whole.first, whole.last);
    for (part, ways) in found {
        let near = ways
            .iter()
            .filter(|way| way.edges.iter().all(|edge| !whole.edges.contains(edge)))
            .map(|way| (between((first, last), way), way))
            .filter(|(words, _)| *words <= reach)
            .min_by_key(|(words, way)| (words + way.slack, way.first));
        match near {
            Some((words, way)) => {
                whole.slack += words + way.slack;
                whole.first = whole.first.min(way.first);
                whole.last = whole.last.max(way.last);
                whole.edges.extend(&way.edges);
                for (own, other) in whole.captures.iter_mut().zip(&way.captures) {
                    *own = own.or(*other);
                }
            }
            None if part.maybe => {}
            None => return None,
        }
    }
    Some(whole)
}

/// Words between two runs of tokens; 0 where they touch or share words.
fn between((first, last): (usize, usize), way: &Way) -> usize {
    if way.last < first { first - way.last - 1 } else { way.first.saturating_sub(last + 1) }
}

impl Window<'_> {
    /// Whether a match may begin with an edge.
    fn opens(&self, joint: &Joint, edge: &Edge) -> bool {
        let from = edge.first.saturating_sub(usize::from(joint.gap));
        self.free(joint, from, edge.first, Some(edge))
            && (!joint.border || self.border(from, edge.first))
    }

    /// Words between two edges that a joint lets follow each other.
    fn joins(&self, joint: &Joint, before: usize, edge: &Edge) -> Option<usize> {
        let from = self.edges[before].last + 1;
        let words = edge.first.checked_sub(from)?;
        let joined = words <= usize::from(joint.gap)
            && self.free(joint, from, edge.first, Some(edge))
            && (!joint.border || self.border(from, edge.first));
        joined.then_some(words)
    }

    /// Whether a match may end with an edge.
    fn closes(&self, joint: &Joint, edge: &Edge) -> bool {
        let from = edge.last + 1;
        let to = from + usize::from(joint.gap);
        self.free(joint, from, to, None) && (!joint.border || self.border(from, to))
    }

    /// Whether nothing that a joint bars begins at one of these tokens, save the edge itself.
    fn free(&self, joint: &Joint, from: usize, to: usize, own: Option<&Edge>) -> bool {
        let bars = |edge: &&Edge| {
            (from..=to).contains(&edge.first)
                && Some(*edge) != own
                && joint.not.iter().any(|atom| self.scene.accepts(atom, edge))
        };
        joint.not.is_empty() || !self.edges.iter().any(|edge| bars(&edge))
    }

    /// Whether a clause begins at one of these tokens, or the sentence ends there.
    fn border(&self, from: usize, to: usize) -> bool {
        let clause = self.scene.clause;
        (from..=to).any(|at| at == 0 || at >= clause.len() || clause[at - 1] != clause[at])
    }
}
