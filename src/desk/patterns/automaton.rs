//! Compiling: a pattern's tree as a position automaton (Glushkov 1961), which has no empty moves.
//!
//! A state is a place of the pattern. A move between two places carries a *joint*: how many words may lie between, what
//! may not, and whether a border of clauses must. Optional parts and choices become moves; gaps are counted, not unrolled.

use crate::desk::packs::{Family, Tag};
use crate::desk::patterns::ast::{Atom, Node, Type};

/// What must hold between two places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Joint {
    /// Words that may lie between.
    pub(super) gap: u16,
    /// What may not begin between.
    pub(super) not: Vec<Atom>,
    /// Whether a clause must begin or end between.
    pub(super) border: bool,
}

impl Joint {
    fn then(&self, next: &Joint) -> Joint {
        let not = self.not.iter().chain(&next.not).cloned().collect();
        Joint { gap: self.gap + next.gap, not, border: self.border || next.border }
    }
}

/// A compiled sequence.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    /// What each place accepts, and its capture.
    pub(super) places: Vec<(Atom, Option<u8>)>,
    /// For each place the bits of which an edge must have one.
    pub(super) bits: Vec<u128>,
    /// Places where a match begins.
    pub(super) first: Vec<Option<Joint>>,
    /// Places where a match ends.
    pub(super) last: Vec<Option<Joint>>,
    /// For each place the places before it.
    pub(super) before: Vec<Vec<(usize, Joint)>>,
}

/// One part of a bag.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) automaton: Automaton,
    pub(super) maybe: bool,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) enum Machine {
    /// In the written order.
    Sequence(Automaton),
    /// In any order: the first part is the one that decides, others stand within reach of it.
    Bag {
        parts: Vec<Part>,
        /// What the window may not hold.
        not: Vec<Atom>,
        /// Words between a part and the one that decides.
        reach: u16,
    },
}

/// How a part of the tree begins and ends while it is built.
struct Ends {
    first: Vec<(usize, Joint)>,
    last: Vec<(usize, Joint)>,
    /// The joint of a way through it without any place.
    empty: Option<Joint>,
}

impl Automaton {
    /// Compiles a tree; none when it also matches nothing at all.
    pub(super) fn build(node: &Node) -> Option<Self> {
        let mut automaton = Automaton::default();
        let ends = automaton.add(node);
        if ends.empty.is_some() {
            return None;
        }
        let count = automaton.places.len();
        let spread = |ends: Vec<(usize, Joint)>| {
            let mut out = vec![None; count];
            for (place, joint) in ends {
                let slot: &mut Option<Joint> = &mut out[place];
                // Of two ways to one place the wider one counts.
                if slot.as_ref().is_none_or(|known| known.gap < joint.gap) {
                    *slot = Some(joint);
                }
            }
            out
        };
        automaton.first = spread(ends.first);
        automaton.last = spread(ends.last);
        Some(automaton)
    }

    fn add(&mut self, node: &Node) -> Ends {
        let through = |joint: Joint| Ends { first: vec![], last: vec![], empty: Some(joint) };
        match node {
            Node::Gap(gap) => through(Joint { gap: *gap, ..Joint::default() }),
            Node::Not(not) => through(Joint { not: not.clone(), ..Joint::default() }),
            Node::Border => through(Joint { border: true, ..Joint::default() }),
            Node::Place(atom, capture) => {
                let place = self.places.len();
                self.places.push((atom.clone(), *capture));
                self.bits.push(atom_bits(atom));
                self.before.push(Vec::new());
                let ends = vec![(place, Joint::default())];
                Ends { first: ends.clone(), last: ends, empty: None }
            }
            Node::Maybe(part) => {
                let mut ends = self.add(part);
                ends.empty.get_or_insert_with(Joint::default);
                ends
            }
            Node::Choice(parts) => {
                let mut all = Ends { first: vec![], last: vec![], empty: None };
                for part in parts {
                    let ends = self.add(part);
                    all.first.extend(ends.first);
                    all.last.extend(ends.last);
                    all.empty = all.empty.or(ends.empty);
                }
                all
            }
            Node::Sequence(parts) => {
                let mut all = through(Joint::default());
                for part in parts {
                    let ends = self.add(part);
                    all = self.join(all, ends);
                }
                all
            }
        }
    }

    fn join(&mut self, a: Ends, b: Ends) -> Ends {
        for (from, left) in &a.last {
            for (to, right) in &b.first {
                self.before[*to].push((*from, left.then(right)));
            }
        }
        let mut first = a.first;
        if let Some(empty) = &a.empty {
            first.extend(b.first.iter().map(|(place, joint)| (*place, empty.then(joint))));
        }
        let mut last = b.last;
        if let Some(empty) = &b.empty {
            last.extend(a.last.iter().map(|(place, joint)| (*place, joint.then(empty))));
        }
        let empty = a.empty.as_ref().zip(b.empty.as_ref()).map(|(a, b)| a.then(b));
        Ends { first, last, empty }
    }
}

/// Bits of a window: one for each tag, then those for what is no tag.
const TAG_BITS: usize = Tag::ALL.len();
const DATE_BIT: u32 = TAG_BITS as u32;
const LENGTH_BIT: u32 = DATE_BIT + 1;
const NUMBER_BIT: u32 = DATE_BIT + 2;
const NAME_BIT: u32 = DATE_BIT + 3;
/// Literals share the rest: a full window of bits is a filter, and a wrong guess costs a run and no more.
const LITERAL_BIT: u32 = DATE_BIT + 4;

const _: () = assert!(LITERAL_BIT < u128::BITS - 3, "a bit for each tag, and some for literals");

/// The bit of a tag.
pub(super) fn tag_bit(tag: Tag) -> u128 {
    1 << (tag as u32)
}

/// The bit of a type that is no tag.
pub(super) fn type_bit(kind: Type) -> u128 {
    match kind {
        Type::Date => 1 << DATE_BIT,
        Type::Length => 1 << LENGTH_BIT,
        Type::Number => 1 << NUMBER_BIT,
        Type::Name => 1 << NAME_BIT,
        _ => kind.tags().iter().map(|tag| tag_bit(*tag)).sum(),
    }
}

/// The bit of a literal.
pub(super) fn literal_bit(number: usize) -> u128 {
    1 << (LITERAL_BIT + (number as u32) % (u128::BITS - LITERAL_BIT))
}

/// The bits of which a window must have one for an atom to match.
pub(super) fn atom_bits(atom: &Atom) -> u128 {
    match atom {
        Atom::Literal(number) => literal_bit(*number),
        Atom::Tags(tags) => tags.iter().fold(0, |bits, (tag, _)| bits | tag_bit(*tag)),
        Atom::Type(kind, _) => type_bit(*kind),
    }
}

/// What every match of a tree needs, the rarest first.
pub(super) fn needs(node: &Node) -> Vec<u128> {
    let mut out = needed(node);
    out.sort_by_key(|bits| commonness(*bits));
    out.dedup();
    out
}

fn needed(node: &Node) -> Vec<u128> {
    match node {
        Node::Place(atom, _) => vec![atom_bits(atom)],
        Node::Sequence(parts) => parts.iter().flat_map(needed).collect(),
        Node::Choice(parts) => {
            let rarest = |part: &Node| needed(part).into_iter().min_by_key(|b| commonness(*b));
            let each: Option<Vec<u128>> = parts.iter().map(rarest).collect();
            each.map(|bits| bits.into_iter().fold(0, |all, bits| all | bits)).into_iter().collect()
        }
        Node::Maybe(_) | Node::Gap(_) | Node::Not(_) | Node::Border => Vec::new(),
    }
}

/// How common what has one of these bits is in text: a rank, by the family of the tags. It decides only which rules are
/// looked at, never what they find.
fn commonness(bits: u128) -> u32 {
    let tags: u32 = Tag::ALL
        .iter()
        .filter(|(tag, _)| bits & tag_bit(*tag) != 0)
        .map(|(tag, _)| match tag.family() {
            Family::Slot | Family::Term | Family::Credit => 1,
            Family::Status | Family::Guard | Family::Fixing => 2,
            Family::Time | Family::Entity => 3,
            Family::Event | Family::Cue | Family::Encounter | Family::Name => 5,
            Family::Party => 6,
        })
        .sum();
    tags + 3 * (bits >> TAG_BITS).count_ones()
}
