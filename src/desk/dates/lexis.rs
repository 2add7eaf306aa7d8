//! The time tags of a sentence by the token they begin at.

use crate::desk::dates::calendar::Unit;
use crate::desk::dates::places::Place;
use crate::desk::dates::set::TagSet;
use crate::desk::normalise::Token;
use crate::desk::packs::Tag;

/// The longest phrase, in tokens, that is looked for in front of an expression.
pub(super) const BEHIND_TOKENS_MAX: usize = 4;

/// A phrase of time in the sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    pub(super) tag: Tag,
    pub(super) value: &'a str,
    /// The value as a number, where it is one.
    pub(super) number: Option<i64>,
    /// The value as a unit: with the count of a dual, and whether the word means many.
    pub(super) unit: Option<(Unit, i64, bool)>,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The time tags of a sentence.
#[derive(Debug)]
pub(super) struct Lexis<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) marks: Vec<Mark<'a>>,
    pub(super) places: Vec<Place>,
}

impl<'a> Lexis<'a> {
    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn marks_at(&self, at: usize) -> &[Mark<'a>] {
        match (self.places.get(at), self.places.get(at + 1)) {
            (Some(here), Some(next)) => &self.marks[here.from..next.from],
            _ => &[],
        }
    }

    fn mark(&self, at: usize, tag: Tag) -> Option<&Mark<'a>> {
        if !self.begins(at, TagSet::one(tag)) {
            return None;
        }
        self.marks_at(at).iter().find(|mark| mark.tag == tag)
    }

    /// Whether a phrase with a tag of the set begins at a token.
    pub(super) fn begins(&self, at: usize, set: TagSet) -> bool {
        self.places.get(at).is_some_and(|place| place.tags.meets(set))
    }

    /// The value of the longest phrase of a tag that begins at a token, and the token behind it.
    pub(super) fn tag(&self, at: usize, tag: Tag) -> Option<(&'a str, usize)> {
        let mark = self.mark(at, tag)?;
        Some((mark.value, mark.last + 1))
    }

    /// The same, with the value read as a number.
    pub(super) fn count(&self, at: usize, tag: Tag) -> Option<(i64, usize)> {
        let mark = self.mark(at, tag)?;
        Some((mark.number?, mark.last + 1))
    }

    /// The unit at a token: with the count of a dual, and whether the word means many.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, i64, bool, usize)> {
        let mark = self.mark(at, Tag::Unit)?;
        let (unit, many, plural) = mark.unit?;
        Some((unit, many, plural, mark.last + 1))
    }

    /// The token behind a phrase with this tag and value.
    pub(super) fn valued(&self, at: usize, tag: Tag, value: &str) -> Option<usize> {
        if !self.begins(at, TagSet::one(tag)) {
            return None;
        }
        let mark = self.marks_at(at).iter().find(|m| m.tag == tag && m.value == value)?;
        Some(mark.last + 1)
    }

    /// The token behind a phrase of the tag, or the same token.
    pub(super) fn skip(&self, at: usize, tag: Tag) -> usize {
        self.tag(at, tag).map_or(at, |(_, next)| next)
    }

    /// The token behind words that join the parts of one expression: of the, on the.
    pub(super) fn links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..3 {
            let next = self.skip(self.skip(at, Tag::Of), Tag::Joint);
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    /// Whether a phrase of the tag, with this value if one is given, ends right before a token.
    pub(super) fn behind(&self, at: usize, tag: Tag, value: Option<&str>) -> bool {
        let Some(value) = value else { return self.behind_any(at, TagSet::one(tag)) };
        self.behind_any(at, TagSet::one(tag))
            && (at.saturating_sub(BEHIND_TOKENS_MAX)..at).any(|first| {
                let ends = |m: &Mark<'_>| m.tag == tag && m.last + 1 == at && m.value == value;
                self.marks_at(first).iter().any(ends)
            })
    }

    /// Whether a phrase with a tag of the set ends right before a token.
    pub(super) fn behind_any(&self, at: usize, set: TagSet) -> bool {
        self.places.get(at).is_some_and(|place| place.behind.meets(set))
    }

    /// A whole number in digits or words.
    pub(super) fn cardinal(&self, at: usize) -> Option<(i64, usize)> {
        self.places.get(at)?.cardinal
    }

    /// The value of a token that is all digits.
    pub(super) fn digits(&self, at: usize) -> Option<i64> {
        self.places.get(at)?.digits
    }

    /// Whether a token begins with a small letter, in a script that has them.
    pub(super) fn lower(&self, at: usize) -> bool {
        let first =
            self.tokens.get(at).and_then(|token| self.text.get(token.start..)?.chars().next());
        first.is_some_and(char::is_lowercase)
    }

    /// The number of digits or letters of a token.
    pub(super) fn width(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.folded.len())
    }
}
