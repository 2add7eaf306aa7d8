//! Copies: which texts are one text. A copy is folded on display and in alerts, never in extraction.
//!
//! Candidates come from banded MinHash over word shingles; every candidate is verified by the exact Jaccard similarity.
//! Two texts that differ in a decisive word (a number, a date, a place, a party, a "not") are no copies however alike.

mod index;
mod veto;

pub use index::{CopyIndex, Shingles};
pub use veto::{Fingerprint, fingerprint};

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
    /// Nearly the same words, and another fact.
    DecisiveDifference {
        /// The earlier article.
        of: ArticleId,
        /// Jaccard similarity of the word shingles, 0 to 1.
        similarity: f64,
        /// The words that differ.
        differ: String,
    },
}

impl Copy {
    /// The article that this one copies.
    pub fn of(&self) -> Option<&ArticleId> {
        match self {
            Copy::Identical { of } | Copy::SameText { of, .. } => Some(of),
            Copy::Original | Copy::DecisiveDifference { .. } => None,
        }
    }

    /// The similarity to the nearest earlier article, 0 to 1.
    pub fn similarity(&self) -> f64 {
        match self {
            Copy::Original => 0.0,
            Copy::Identical { .. } => 1.0,
            Copy::SameText { similarity, .. } | Copy::DecisiveDifference { similarity, .. } => {
                *similarity
            }
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
            Copy::DecisiveDifference { of, similarity, differ } => {
                write!(f, "like {of} (similarity {similarity:.2}), but {differ}")
            }
        }
    }
}

/// The least similarity of a copy. Word 3-shingles: a touched-up agency text lies above, another report on the same
/// event far below.
pub const SIMILARITY_MIN: f64 = 0.5;

/// Decides what a text is to those of the index.
pub fn judge(index: &CopyIndex, fingerprint: &Fingerprint) -> Copy {
    if let Some(of) = index.identical(&fingerprint.content_hash) {
        return Copy::Identical { of };
    }
    let mut best: Option<Copy> = None;
    for (of, similarity) in index.similar(&fingerprint.shingles, SIMILARITY_MIN) {
        let Some(other) = index.fingerprint(&of) else { continue };
        match veto::difference(other, fingerprint) {
            None => return Copy::SameText { of, similarity },
            Some(differ) => {
                best.get_or_insert(Copy::DecisiveDifference { of, similarity, differ });
            }
        }
    }
    best.unwrap_or(Copy::Original)
}

/// All texts of the index that are the same as this one, whichever of them is the most alike. Two texts are the same in
/// both directions, so that groups of them do not depend on the order in which they came.
pub fn same_texts(index: &CopyIndex, fingerprint: &Fingerprint) -> Vec<ArticleId> {
    let alike = index.similar(&fingerprint.shingles, SIMILARITY_MIN).into_iter();
    let same = |of: &ArticleId| {
        index.fingerprint(of).is_some_and(|other| {
            veto::difference(other, fingerprint).is_none()
                || veto::difference(fingerprint, other).is_none()
        })
    };
    alike.map(|(of, _)| of).filter(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::normalise::{Words, content_hash};

    fn print(id: &str, text: &str) -> (ArticleId, Fingerprint) {
        let words = Words::of("", text);
        (ArticleId::new(id), fingerprint(&content_hash(&words), text, &words, &[]))
    }

    fn check(a: &str, b: &str) -> Copy {
        let mut index = CopyIndex::default();
        let (id, first) = print("a", a);
        index.insert(id, first);
        let forward = judge(&index, &print("b", b).1);
        let mut other = CopyIndex::default();
        let (id, second) = print("b", b);
        other.insert(id, second);
        let backward = judge(&other, &print("a", a).1);
        assert_eq!(forward.of().is_some(), backward.of().is_some(), "symmetric");
        assert!((forward.similarity() - backward.similarity()).abs() < 1e-9);
        forward
    }

    const EN: &str = "Negotiators from both countries met in the old town on Friday for about two \
        hours and agreed to exchange lists of prisoners before the end of the month.";
    const RU: &str = "Делегации двух стран встретились в старом городе в пятницу и договорились \
        обменяться списками пленных до конца месяца, сообщил источник в посольстве.";
    const AR: &str = "اجتمع مفاوضون من البلدين في المدينة القديمة يوم الجمعة لنحو ساعتين واتفقوا \
        على تبادل قوائم الأسرى قبل نهاية الشهر بحسب مصدر في السفارة.";

    #[test]
    fn a_touched_up_text_is_a_copy_in_each_script() {
        for text in [EN, RU, AR] {
            let touched = format!("{text} ");
            assert!(check(text, &touched).of().is_some());
        }
    }

    #[test]
    fn another_number_is_no_copy() {
        for (text, from, to) in [(EN, "two", "2"), (RU, "двух", "12"), (AR, "لنحو", "5")] {
            let other = text.replace(from, to);
            let verdict = check(text, &other);
            assert!(matches!(verdict, Copy::DecisiveDifference { .. }), "{verdict:?}");
        }
    }

    #[test]
    fn other_texts_are_originals() {
        assert_eq!(check(EN, RU), Copy::Original);
    }
}
