//! The sides of an encounter that a sentence names: persons with their offices, offices and relatives without a name,
//! parties and organisations.

use crate::desk::claims::names::complements;
use crate::desk::claims::reading::Sentence;
use crate::desk::packs::{Hit, Language, Tag};

/// Tokens between a name and an office in apposition: "Ivanov, the minister".
const APPOSITION_TOKENS_MAX: usize = 3;

/// Tokens between two offices of one person: "deputy to the minister".
const OFFICE_CHAIN_TOKENS_MAX: usize = 2;

/// What a side is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SideKind {
    /// A person's name.
    Named,
    /// An office without a name.
    Office,
    /// A relative without a name.
    Kin,
    /// A party or an organisation.
    Party,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub kind: SideKind,
    /// First token, the office included.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// Last token of the name, where there is one.
    pub last_of_name: usize,
    /// "And" may be part of its first word.
    pub conjoined: bool,
}

/// The sides of a sentence, in order, none within another.
pub(super) fn of(sentence: &Sentence, language: &Language) -> Vec<Side> {
    let mut sides: Vec<Side> = sentence
        .names
        .iter()
        .map(|name| Side {
            kind: SideKind::Named,
            first: name.first,
            last: name.last,
            last_of_name: name.last,
            conjoined: false,
        })
        .collect();
    for index in 0..sides.len() {
        let floor = index.checked_sub(1).map_or(0, |before| sides[before].last + 1);
        sides[index].first = with_office(sentence, sides[index].first, floor);
    }
    // Offices first: a party beside one only says whose office it is.
    for parties in [false, true] {
        for hit in &sentence.hits {
            let kind = match hit.tag {
                Tag::RoleWord if &*hit.value == "office" => SideKind::Office,
                Tag::Kin => SideKind::Kin,
                Tag::Party | Tag::Organisation if !is_located(sentence, language, hit) => {
                    SideKind::Party
                }
                _ => continue,
            };
            let known =
                || sides.iter().any(|side| covers(side, hit)) || belongs(sentence, &sides, hit);
            if (kind == SideKind::Party) != parties || known() {
                continue;
            }
            let (first, last) = (hit.first, hit.last);
            sides.push(Side { kind, first, last, last_of_name: last, conjoined: false });
        }
    }
    sides.sort_by_key(|side| (side.first, side.kind as u8));
    sides.dedup_by(|b, a| b.first <= a.last);
    for side in &mut sides {
        let word = &*sentence.tokens[side.first].folded;
        side.conjoined = language.conjunctions.iter().any(|and| word.starts_with(and.as_str()));
    }
    sides
}

/// Whether a party or organisation is where something is, and no side: "in Washington", "in the West Bank".
fn is_located(sentence: &Sentence, language: &Language, hit: &Hit) -> bool {
    let small = |at: usize| language.is_function_word(&sentence.tokens[at]);
    sentence.tagged(Tag::In_).any(|prep| {
        prep.last + 1 == hit.first || prep.last + 2 == hit.first && small(prep.last + 1)
    })
}

fn covers(side: &Side, hit: &Hit) -> bool {
    side.first <= hit.first && hit.last <= side.last
}

/// The first token of the offices that stand before a name, or of the name itself: the nearest office, and one that it
/// completes ("deputy foreign minister").
fn with_office(sentence: &Sentence, name: usize, floor: usize) -> usize {
    let office_of = |at: usize, tokens_max: usize| {
        sentence
            .tagged(Tag::RoleWord)
            .filter(|hit| hit.first >= floor && hit.last < at && at - hit.last <= tokens_max)
            .filter(|hit| {
                complements(&sentence.text, &sentence.tokens, &sentence.hits, hit.last, at)
            })
            .max_by_key(|hit| (hit.last, std::cmp::Reverse(hit.first)))
            .map(|hit| hit.first)
    };
    let Some(mut first) = office_of(name, usize::MAX) else { return name };
    while let Some(before) = office_of(first, OFFICE_CHAIN_TOKENS_MAX) {
        first = before;
    }
    first
}

/// Whether an office, relative or party only describes a side that is there: in apposition behind a name, or as the
/// country of an office.
fn belongs(sentence: &Sentence, sides: &[Side], hit: &Hit) -> bool {
    sides.iter().any(|side| {
        let behind = hit.first > side.last && hit.first - side.last <= APPOSITION_TOKENS_MAX;
        let gap =
            |a: usize, b: usize| &sentence.text[sentence.tokens[a].end..sentence.tokens[b].start];
        let party = matches!(hit.tag, Tag::Party | Tag::Organisation);
        match side.kind {
            // "French President Ivanov".
            SideKind::Named if party => {
                hit.last + 1 == side.first && gap(hit.last, side.first).trim().is_empty()
            }
            SideKind::Named => {
                behind
                    && matches!(hit.tag, Tag::RoleWord | Tag::Kin)
                    && gap(side.last, hit.first).trim_start().starts_with([',', '،', '('])
            }
            // "President of the country", "French president".
            SideKind::Office | SideKind::Kin => {
                let near = behind || hit.last < side.first && side.first - hit.last <= 2;
                let (a, b) = if behind { (side.last, hit.first) } else { (hit.last, side.first) };
                near && party && a < b && !gap(a, b).contains([',', '،', ';'])
            }
            SideKind::Party => false,
        }
    })
}
