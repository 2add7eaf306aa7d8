//! A scene: one sentence as patterns see it. What can be a place of a pattern, a phrase, a time expression, a number, a
//! name or a literal, is an *edge* over tokens; patterns run over the few edges of a sentence, not over its tokens.

use jiff::civil::Date;

use crate::desk::dates::{Meaning, Timex};
use crate::desk::normalise::Token;
use crate::desk::packs::Hit;
use crate::desk::patterns::Filter;
use crate::desk::patterns::ast::{Atom, Type};
use crate::desk::patterns::automaton::{literal_bit, tag_bit, type_bit};
use crate::desk::patterns::literals::Literals;
use crate::desk::patterns::numbers;

/// Edges of one sentence that are looked at; a sentence with more is a list, and its rest is passed over.
const EDGES_MAX: usize = 400;

/// One sentence with what was found in it.
pub struct Scene<'a> {
    /// Its words as they stand.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The phrases found.
    pub hits: &'a [Hit],
    /// The time expressions found.
    pub times: &'a [Timex],
    /// Runs of tokens, first and last, that may be a name which no gazetteer has.
    pub names: &'a [(usize, usize)],
    /// For each token the clause it stands in.
    pub clause: &'a [usize],
    /// Whether it is a title.
    pub in_title: bool,
    /// The day of publication.
    pub day: Date,
    /// Whether a phrase passes the filters that take more than the sentence: `own`, `other`, `at`, `role=…`.
    pub fits: &'a dyn Fn(&Hit, &Filter) -> bool,
}

/// What an edge is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// A phrase, by its number in the scene.
    Hit(usize),
    /// A time expression, by its number in the scene.
    Time(usize),
    /// A number; whether a per-cent sign follows.
    Number(f64, bool),
    /// A name that no gazetteer has.
    Name,
    /// A literal of the patterns.
    Literal(usize),
}

/// Something in a sentence that can be a place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it is.
    pub found: Found,
    /// The bit of its tag or type: most places are passed by without looking closer.
    pub(super) bit: u128,
}

/// The edges of a scene, by their first token, with the bits of what there is in each clause.
pub(super) struct Edges {
    pub(super) all: Vec<Edge>,
    pub(super) bits: Vec<u128>,
}

/// Which kinds of edges the patterns ask for at all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub(super) bits: u128,
    pub(super) numbers: bool,
}

impl Edges {
    pub(super) fn of(scene: &Scene<'_>, wanted: Wanted, literals: &Literals) -> Self {
        let clauses = scene.clause.last().map_or(0, |last| last + 1);
        let mut edges = Edges { all: Vec::new(), bits: vec![0; clauses] };
        for (index, hit) in scene.hits.iter().enumerate() {
            edges.add(scene, wanted, tag_bit(hit.tag), (hit.first, hit.last), Found::Hit(index));
        }
        for (index, time) in scene.times.iter().enumerate() {
            let bit = match time.meaning {
                Meaning::Days(_) => type_bit(Type::Date),
                Meaning::Length(_) => type_bit(Type::Length),
                _ => continue,
            };
            edges.add(scene, wanted, bit, (time.first, time.last), Found::Time(index));
        }
        for span in scene.names {
            edges.add(scene, wanted, type_bit(Type::Name), *span, Found::Name);
        }
        if wanted.numbers {
            for (span, value, percent) in numbers::find(scene) {
                let found = Found::Number(value, percent);
                edges.add(scene, wanted, type_bit(Type::Number), span, found);
            }
        }
        literals.find(scene.tokens, &mut |number, span| {
            edges.add(scene, wanted, literal_bit(number), span, Found::Literal(number));
        });
        edges.all.truncate(EDGES_MAX);
        edges.all.sort_by_key(|edge| (edge.first, edge.last));
        edges
    }

    fn add(
        &mut self,
        scene: &Scene<'_>,
        wanted: Wanted,
        bit: u128,
        (first, last): (usize, usize),
        found: Found,
    ) {
        let Some(clause) = scene.clause.get(first) else { return };
        if wanted.bits & bit != 0 && last < scene.tokens.len() {
            self.bits[*clause] |= bit;
            self.all.push(Edge { first, last, found, bit });
        }
    }
}

impl Scene<'_> {
    /// Whether an edge is what an atom accepts.
    pub(super) fn accepts(&self, atom: &Atom, edge: &Edge) -> bool {
        match (atom, edge.found) {
            (Atom::Literal(number), Found::Literal(found)) => *number == found,
            (Atom::Tags(tags), Found::Hit(index)) => {
                let hit = &self.hits[index];
                tags.iter().any(|(tag, value)| {
                    *tag == hit.tag && value.as_deref().is_none_or(|value| *value == *hit.value)
                })
            }
            (Atom::Type(kind, filters), Found::Hit(index)) => {
                let hit = &self.hits[index];
                kind.tags().contains(&hit.tag) && filters.iter().all(|f| (self.fits)(hit, f))
            }
            (Atom::Type(Type::Date, filters), Found::Time(index)) => {
                match self.times[index].meaning {
                    Meaning::Days(days) => filters.iter().all(|filter| match filter {
                        Filter::Day => days.days() == 1,
                        Filter::Ahead => days.hi >= self.day,
                        Filter::Past => days.hi < self.day,
                        Filter::Come => days.lo <= self.day,
                        Filter::DaysMax(most) => days.days() <= *most,
                        _ => false,
                    }),
                    _ => false,
                }
            }
            (Atom::Type(Type::Length, filters), Found::Time(index)) => {
                match self.times[index].meaning {
                    Meaning::Length(length) => filters.iter().all(|filter| match filter {
                        Filter::Minutes(lo, hi) => (*lo..=*hi).contains(&length.hi_min),
                        _ => false,
                    }),
                    _ => false,
                }
            }
            (Atom::Type(Type::Number, filters), Found::Number(value, percent)) => {
                filters.iter().all(|filter| match filter {
                    Filter::Percent => percent,
                    Filter::Between(lo, hi) => *lo <= value && value <= *hi,
                    _ => false,
                })
            }
            (Atom::Type(Type::Name, _), Found::Name) => true,
            _ => false,
        }
    }
}
