//! What an entry says, in short: enough to tell whether two of its versions are about the same, and which of its sentences
//! have been said before.

use crate::desk::normalise::{Token, Words, sentences, tokens, within, word_hash};

/// Sentences that are kept of a version; the rest of a longer one tells nothing new.
const SENTENCES_MAX: usize = 400;

/// The title and the sentences of an entry, as hashes of their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    title: u64,
    /// Of all versions, sorted.
    said: Vec<u64>,
    /// How many of them the last version has.
    latest: usize,
}

impl Gist {
    /// The gist of a version.
    pub fn of(text: &str, words: &Words) -> Self {
        let title = say(&words.title);
        let cuts = sentences(text).into_iter().take(SENTENCES_MAX);
        let mut said: Vec<u64> =
            cuts.map(|cut| say(&within(&words.text, cut.start, cut.end))).collect();
        // The title is said too: a sentence of the text may repeat it.
        said.push(title);
        said.sort_unstable();
        said.dedup();
        let latest = said.len();
        Self { title, said, latest }
    }

    /// Whether two versions tell of the same: they share their title, or half of the sentences of the shorter.
    pub fn is_like(&self, other: &Self) -> bool {
        if self.title == other.title && self.title != say(&[]) {
            return true;
        }
        let shared = self.said.iter().filter(|hash| other.said.binary_search(hash).is_ok()).count();
        shared > 0 && shared * 2 >= self.latest.min(other.latest)
    }

    /// Whether a sentence was said in these words.
    pub fn says(&self, sentence: &str) -> bool {
        self.said.binary_search(&say(&tokens(sentence))).is_ok()
    }

    /// Takes in what earlier versions said.
    pub(super) fn remember(&mut self, earlier: &Self) {
        self.said.extend(&earlier.said);
        self.said.sort_unstable();
        self.said.dedup();
    }
}

/// A hash of the words of a sentence, in whatever order and however often they stand.
pub fn say(tokens: &[Token]) -> u64 {
    let mut hashes: Vec<u64> = tokens.iter().map(|token| word_hash(&token.folded)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
        .iter()
        .fold(0, |sum: u64, hash| (sum.rotate_left(5) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
