//! Copies: which texts are one text. A copy is folded on display and in alerts, never in extraction.
//!
//! Candidates come from sketches of word shingles and of first sentences; every candidate is compared word by word. Two
//! texts of which one has another value in the same place (a number, a date, a place, a party, a "not") are no copies
//! however alike: they tell the same story, and two facts. A passage more or less is no such difference; what was added
//! is named.

mod compare;
mod index;
mod names;
mod print;
mod rewrite;
mod sketch;
mod table;
mod tiles;
mod veto;

pub use compare::{CONTAINED_MIN, Likeness, QUOTED_MAX, SIMILARITY_MIN};
pub use index::{CopyIndex, Found};
pub use print::{Fingerprint, fingerprint, fingerprint_plain};
pub use rewrite::{Account, Retold};
pub use sketch::{MINIMA, SKETCH_BYTES, SKETCH_VERSION, Sketch};
pub use veto::{About, Difference};

use std::fmt;

use crate::desk::model::ArticleId;

/// What a text is to an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub enum Copy {
    /// Nothing like it is known.
    Original,
    /// The same words after folding.
    Identical {
        /// The earlier article.
        of: ArticleId,
    },
    /// The same text but for touches.
    SameText {
        /// The earlier article.
        of: ArticleId,
        /// Jaccard similarity of the word shingles, 0 to 1.
        similarity: f64,
    },
    /// The same text and something more.
    Extended {
        /// The earlier article.
        of: ArticleId,
        /// Jaccard similarity of the word shingles, 0 to 1.
        similarity: f64,
        /// The sentences that the earlier text has not.
        added: Vec<String>,
    },
    /// The same text, and less of it.
    Shortened {
        /// The earlier article.
        of: ArticleId,
        /// Jaccard similarity of the word shingles, 0 to 1.
        similarity: f64,
        /// The sentences of the earlier text that are gone.
        dropped: Vec<String>,
    },
    /// The same facts in other words, and nothing more.
    Rewritten {
        /// The earlier article.
        of: ArticleId,
        /// The share of its vocabulary that it has from there, 0 to 1.
        similarity: f64,
        /// How many facts it states.
        facts: usize,
    },
    /// Nearly the same words, and another fact: no copy.
    SameStory {
        /// The earlier article.
        of: ArticleId,
        /// Jaccard similarity of the word shingles, 0 to 1.
        similarity: f64,
        /// The values that differ.
        differ: Vec<Difference>,
    },
}

impl Copy {
    /// The article that this one copies.
    pub fn of(&self) -> Option<&ArticleId> {
        match self {
            Copy::Identical { of }
            | Copy::SameText { of, .. }
            | Copy::Extended { of, .. }
            | Copy::Shortened { of, .. }
            | Copy::Rewritten { of, .. } => Some(of),
            Copy::Original | Copy::SameStory { .. } => None,
        }
    }

    /// The similarity to the nearest earlier article, 0 to 1.
    pub fn similarity(&self) -> f64 {
        match self {
            Copy::Original => 0.0,
            Copy::Identical { .. } => 1.0,
            Copy::SameText { similarity, .. }
            | Copy::Extended { similarity, .. }
            | Copy::Shortened { similarity, .. }
            | Copy::Rewritten { similarity, .. }
            | Copy::SameStory { similarity, .. } => *similarity,
        }
    }
}

/// A text of passages, the first one in full: a reason stands on one line.
struct Passages<'a>(&'a [String]);

impl fmt::Display for Passages<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.0.first() else { return Ok(()) };
        write!(f, "«{first}»")?;
        match self.0.len() - 1 {
            0 => Ok(()),
            1 => f.write_str(" and one more sentence"),
            more => write!(f, " and {more} more sentences"),
        }
    }
}

impl fmt::Display for Copy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Copy::Original => f.write_str("no copy of a known text"),
            Copy::Identical { of } => write!(f, "the same words as {of}"),
            Copy::SameText { of, similarity } => {
                write!(f, "the same text as {of} (similarity {similarity:.2})")
            }
            Copy::Extended { of, similarity, added } => {
                let added = Passages(added);
                write!(f, "the text of {of} (similarity {similarity:.2}), and adds {added}")
            }
            Copy::Shortened { of, similarity, dropped } => {
                let dropped = Passages(dropped);
                write!(f, "the text of {of} (similarity {similarity:.2}) without {dropped}")
            }
            Copy::Rewritten { of, similarity, facts } => write!(
                f,
                "tells in other words what {of} has told: its {facts} facts are all from there, as is {:.0} % of its \
                 vocabulary",
                similarity * 100.0
            ),
            Copy::SameStory { of, similarity, differ } => {
                write!(f, "like {of} (similarity {similarity:.2}), but ")?;
                for (index, difference) in differ.iter().enumerate() {
                    write!(f, "{}{difference}", if index > 0 { "; " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

impl Found {
    /// What the text is to the known one that it is most like. A text that it copies goes before one that it differs from.
    pub fn copy(&self) -> Copy {
        let copied = self.alike.iter().find(|(_, likeness)| likeness.differ.is_empty());
        let Some((of, likeness)) = copied.or(self.alike.first()) else { return Copy::Original };
        let (of, Likeness { similarity, differ, added, dropped }) = (of.clone(), likeness.clone());
        if !differ.is_empty() {
            Copy::SameStory { of, similarity, differ }
        } else if !added.is_empty() {
            Copy::Extended { of, similarity, added }
        } else if !dropped.is_empty() {
            Copy::Shortened { of, similarity, dropped }
        } else if similarity >= 1.0 {
            Copy::Identical { of }
        } else {
            Copy::SameText { of, similarity }
        }
    }

    /// All known texts that are the same as this one.
    pub fn same_texts(&self) -> impl Iterator<Item = &ArticleId> {
        let same = self.alike.iter().filter(|(_, likeness)| likeness.differ.is_empty());
        same.map(|(of, _)| of)
    }

    /// Joins what another index says.
    pub fn join(&mut self, other: Found) {
        self.alike.extend(other.alike);
        self.missing.extend(other.missing);
        self.alike.sort_by(|a, b| b.1.similarity.total_cmp(&a.1.similarity));
    }
}

#[cfg(test)]
mod tests;
