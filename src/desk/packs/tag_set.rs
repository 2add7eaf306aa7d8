//! Tags as a set: most questions about a sentence are whether a word of some kind stands in it at all.

use crate::desk::packs::{Hit, Tag};

/// A set of tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TagSet(u128);

const _: () = assert!(Tag::ALL.len() <= u128::BITS as usize, "a bit for each tag");

impl TagSet {
    /// The tags of phrases.
    pub fn of<'a>(hits: impl IntoIterator<Item = &'a Hit>) -> Self {
        hits.into_iter().fold(Self::default(), |set, hit| set.with(hit.tag))
    }

    /// The set with a tag added.
    pub const fn with(self, tag: Tag) -> Self {
        Self(self.0 | 1 << tag as u32)
    }

    /// The set without another one.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set of some tags.
    pub const fn all(tags: &[Tag]) -> Self {
        let mut set = Self(0);
        let mut at = 0;
        while at < tags.len() {
            set = set.with(tags[at]);
            at += 1;
        }
        set
    }

    /// Whether a tag is in it.
    pub const fn contains(self, tag: Tag) -> bool {
        self.0 & 1 << tag as u32 != 0
    }

    /// Whether the two share a tag.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
