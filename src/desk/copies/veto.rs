//! The veto: words whose change makes another fact of the same sentence. Similarity cannot see them.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::desk::claims::Sentence;
use crate::desk::copies::Shingles;
use crate::desk::normalise::{self, Token, sentences, tokens, within, word_hash};
use crate::desk::packs::Tag;

/// Two sentences that share this much of their words are versions of one another.
const VERSION_SIMILARITY_MIN: f64 = 0.6;

/// What the index keeps of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fingerprint {
    /// The hash of the folded words.
    pub content_hash: String,
    /// The word shingles of title and text.
    pub shingles: Shingles,
    /// The sentences: their words and the decisive ones among them.
    pub sentences: Vec<Words>,
}

/// A sentence for comparison: hashes of its words, sorted and distinct, and the decisive ones among them as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    all: Vec<u64>,
    decisive: BTreeSet<String>,
}

impl Words {
    fn of(tokens: &[Token]) -> Self {
        let mut all: Vec<u64> = tokens.iter().map(|token| word_hash(&token.folded)).collect();
        all.sort_unstable();
        all.dedup();
        let numbers = tokens.iter().map(|token| &token.folded).filter(|word| is_number(word));
        Self { all, decisive: numbers.cloned().collect() }
    }

    /// The share of words that two sentences have in common, 0 to 1.
    fn similarity(&self, other: &Self) -> f64 {
        let (mut i, mut j, mut shared) = (0, 0, 0usize);
        while i < self.all.len() && j < other.all.len() {
            match self.all[i].cmp(&other.all[j]) {
                Ordering::Less => i += 1,
                Ordering::Greater => j += 1,
                Ordering::Equal => {
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        let union = self.all.len() + other.all.len() - shared;
        if union == 0 { 0.0 } else { shared as f64 / union as f64 }
    }
}

impl Fingerprint {
    /// Whether a sentence stands in the text in these words.
    pub fn says(&self, sentence: &str) -> bool {
        let words = Words::of(&tokens(sentence));
        self.sentences.iter().any(|own| own.all == words.all)
    }
}

/// The fingerprint of an article's text by its words. `read` are its sentences with their tags; without them only
/// numbers are decisive.
pub fn fingerprint(
    content_hash: &str,
    text: &str,
    words: &normalise::Words,
    read: &[Sentence],
) -> Fingerprint {
    let plain = || {
        sentences(text)
            .into_iter()
            .map(|cut| Words::of(&within(&words.text, cut.start, cut.end)))
            .collect()
    };
    Fingerprint {
        content_hash: content_hash.to_owned(),
        shingles: Shingles::of(&words.hashes()),
        sentences: if read.is_empty() { plain() } else { read.iter().map(tagged).collect() },
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn tagged(sentence: &Sentence) -> Words {
    let mut words = Words::of(&sentence.tokens);
    for hit in &sentence.hits {
        let weighty = matches!(
            hit.tag,
            Tag::Place
                | Tag::Party
                | Tag::Venue
                | Tag::VenueType
                | Tag::Not
                | Tag::Month
                | Tag::Weekday
                | Tag::Cancelled
                | Tag::Postponed
        );
        if weighty {
            words.decisive.insert(format!("{}:{}", hit.tag as u8, hit.value));
        }
    }
    words
}

/// The decisive difference of two texts: a sentence of one is a version of a sentence of the other, and their decisive
/// words differ. Sentences that only one of them has are additions, and no difference.
pub(super) fn difference(a: &Fingerprint, b: &Fingerprint) -> Option<String> {
    for mine in &b.sentences {
        if a.sentences.iter().any(|theirs| theirs.decisive == mine.decisive && like(theirs, mine)) {
            continue;
        }
        let version = a.sentences.iter().find(|theirs| like(theirs, mine));
        if let Some(theirs) = version {
            let name = |set: &BTreeSet<String>, other: &BTreeSet<String>| {
                set.difference(other).cloned().collect::<Vec<_>>().join(" ")
            };
            let gone = name(&theirs.decisive, &mine.decisive);
            let come = name(&mine.decisive, &theirs.decisive);
            return Some(format!("«{gone}» became «{come}»"));
        }
    }
    None
}

fn like(a: &Words, b: &Words) -> bool {
    a.similarity(b) >= VERSION_SIMILARITY_MIN
}
