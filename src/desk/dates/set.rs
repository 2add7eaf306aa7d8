//! Sets of time tags, as bits. A token is asked once which phrases begin at it; a reading that can begin with none of them
//! is not tried.

use crate::desk::packs::Tag;

/// A set of tags, and of what else a token can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TagSet(u64);

impl TagSet {
    pub(super) const NONE: Self = Self(0);
    /// A token at which a phrase of time begins, or digits.
    pub(super) const WORDS: Self = Self(!(Self::CONTINUED.0 | Self::SPACED.0));
    /// A token that is all digits.
    pub(super) const DIGITS: Self = Self(1 << 63);
    /// A token whose digits continue a longer number or code, or that a sign of money or the like stands before.
    pub(super) const CONTINUED: Self = Self(1 << 62);
    /// A token with a single space before it.
    pub(super) const SPACED: Self = Self(1 << 61);

    pub(super) const fn of(tags: &[Tag]) -> Self {
        let (mut all, mut at) = (Self(0), 0);
        while at < tags.len() {
            all = all.or(Self::one(tags[at]));
            at += 1;
        }
        all
    }

    /// The set of one tag. The tags of time come first, so their numbers fit.
    pub(super) const fn one(tag: Tag) -> Self {
        Self(1u64.wrapping_shl(tag as u32))
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have something in common.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::packs::Family;

    #[test]
    fn every_tag_of_time_has_a_bit_of_its_own() {
        let time = Tag::ALL.iter().map(|(tag, _)| *tag).filter(|tag| tag.family() == Family::Time);
        let other = TagSet::DIGITS.or(TagSet::CONTINUED).or(TagSet::SPACED);
        let mut seen = other;
        for tag in time {
            assert!(!seen.meets(TagSet::one(tag)), "{tag:?}");
            seen = seen.or(TagSet::one(tag));
        }
    }
}
