//! The veto: words whose change makes another fact of the same sentence. Similarity cannot see them.

use std::collections::BTreeSet;

use crate::desk::claims::Sentence;
use crate::desk::copies::Shingles;
use crate::desk::normalise::{content_hash, sentences, tokens};
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

/// A sentence for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    all: BTreeSet<String>,
    decisive: BTreeSet<String>,
}

impl Fingerprint {
    /// Whether a sentence stands in the text in these words.
    pub fn says(&self, sentence: &str) -> bool {
        let words: BTreeSet<String> = tokens(sentence).into_iter().map(|t| t.folded).collect();
        self.sentences.iter().any(|own| own.all == words)
    }
}

/// The fingerprint of a text. `read` are its sentences with their tags; without them only numbers are decisive.
pub fn fingerprint(title: &str, text: &str, read: &[Sentence]) -> Fingerprint {
    let words = tokens(title).into_iter().chain(tokens(text)).collect::<Vec<_>>();
    let folded: Vec<&str> = words.iter().map(|token| token.folded.as_str()).collect();
    let plain = || {
        sentences(text)
            .into_iter()
            .map(|cut| {
                let all: BTreeSet<String> =
                    tokens(&text[cut.start..cut.end]).into_iter().map(|t| t.folded).collect();
                let decisive = all.iter().filter(|word| is_number(word)).cloned().collect();
                Words { all, decisive }
            })
            .collect()
    };
    Fingerprint {
        content_hash: content_hash(title, text),
        shingles: Shingles::of(&folded),
        sentences: if read.is_empty() { plain() } else { read.iter().map(tagged).collect() },
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn tagged(sentence: &Sentence) -> Words {
    let all: BTreeSet<String> = sentence.tokens.iter().map(|t| t.folded.clone()).collect();
    let mut decisive: BTreeSet<String> = all.iter().filter(|w| is_number(w)).cloned().collect();
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
            decisive.insert(format!("{}:{}", hit.tag as u8, hit.value));
        }
    }
    Words { all, decisive }
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
    let shared = a.all.intersection(&b.all).count();
    let union = a.all.len() + b.all.len() - shared;
    union > 0 && shared as f64 / union as f64 >= VERSION_SIMILARITY_MIN
}
