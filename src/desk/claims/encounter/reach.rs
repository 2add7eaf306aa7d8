//! Which sides stand within reach of a word of meeting, and what breaks the reach.

use crate::desk::claims::encounter::joined::Here;
use crate::desk::claims::encounter::sides::{Side, SideKind};
use crate::desk::packs::{Hit, Tag};

/// Tokens between the side that acts and the word of meeting.
const ACTOR_TOKENS_MAX: usize = 30;

/// Tokens between two sides that are named in one breath.
pub(super) const LIST_TOKENS_MAX: usize = 12;

impl<'a> Here<'a> {
    /// Whether two sides are named in one breath: "and", or a comma, stands between.
    pub(super) fn listed(&self, a: &Side, b: &Side) -> bool {
        let gap = &self.sentence.text
            [self.sentence.tokens[a.last].end..self.sentence.tokens[b.first].start];
        let and = |hit: &Hit| {
            matches!(hit.tag, Tag::And | Tag::With) && hit.first > a.last && hit.last < b.first
        };
        gap.contains([',', '،'])
            || self.sentence.hits.iter().any(and)
            || b.first == a.last + 1 && gap.trim().is_empty()
            || b.conjoined
    }

    /// The sides that stand before a token, the nearest first.
    pub(super) fn ahead(&self, at: usize) -> impl Iterator<Item = &'a Side> {
        self.sides
            .iter()
            .rev()
            .filter(move |side| side.last < at && at - side.last <= ACTOR_TOKENS_MAX)
    }

    /// The side that acts: the nearest before the word. One who only reports it does not act.
    pub(super) fn actor(&self, cue: &Hit) -> Option<&'a Side> {
        self.ahead(cue.first).find(|side| side.kind != SideKind::Kin)
    }

    /// The sides behind a token: the first within reach, the others listed with it.
    pub(super) fn behind(&self, at: usize, reach: usize) -> Vec<&'a Side> {
        let mut met: Vec<&Side> = Vec::new();
        for side in self.sides.iter().filter(|side| side.first > at) {
            let fits = match met.last() {
                None => side.first - at <= reach && self.is_quiet(at, side.first),
                Some(last) => {
                    // A country behind a person's name is the paper's, or where the person is from.
                    (side.kind != SideKind::Party || last.kind == SideKind::Party)
                        && side.first - last.last <= LIST_TOKENS_MAX
                        && self.is_quiet(last.last, side.first)
                        && self.listed(last, side)
                }
            };
            if !fits {
                break;
            }
            met.push(side);
        }
        met
    }

    /// Whether nobody says anything, and no other clause begins, between two tokens.
    pub(super) fn is_quiet(&self, a: usize, b: usize) -> bool {
        let (start, end) = (self.sentence.tokens[a].end, self.sentence.tokens[b].start);
        let stopped = start < end && self.sentence.text[start..end].contains([':', ';', '؛']);
        !stopped
            && !self.sentence.hits.iter().any(|hit| {
                hit.first > a
                    && hit.last < b
                    && matches!(hit.tag, Tag::Report | Tag::That | Tag::Clause)
            })
    }

    /// Whether "with" leads to a public and not to a side.
    pub(super) fn with_audience(&self, with: &Hit, other: Option<&Side>) -> bool {
        let end = other.map_or(usize::MAX, |side| side.first);
        self.sentence
            .tagged(Tag::Audience)
            .any(|hit| hit.first > with.last && hit.first - with.last <= 4 && hit.first < end)
    }
}

/// How many of the sides are persons with a name.
pub(super) fn named(sides: &[&Side]) -> usize {
    sides.iter().filter(|side| side.kind == SideKind::Named).count()
}
