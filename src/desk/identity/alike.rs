//! What an entry says, in short: enough to tell whether two of its versions are about the same, and which of its sentences
//! have been said before.

use crate::desk::normalise::{Token, Words, sentences, tokens, within, word_hash};

/// Sentences that are kept of a version; the rest of a longer one tells nothing new.
const SENTENCES_MAX: usize = 400;

/// The title and the sentences of an entry, as hashes of their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    title: u64,
    /// The first sentence of the last version's text.
    lead: Option<u64>,
    /// The sentences of the last version's text, sorted.
    text: Vec<u64>,
    /// What earlier versions said, sorted.
    earlier: Vec<u64>,
}

impl Gist {
    /// The gist of a version.
    pub fn of(text: &str, words: &Words) -> Self {
        let cuts = sentences(text).into_iter().take(SENTENCES_MAX);
        let mut text: Vec<u64> =
            cuts.map(|cut| say(&within(&words.text, cut.start, cut.end))).collect();
        let lead = text.first().copied();
        text.sort_unstable();
        text.dedup();
        Self { title: say(&words.title), lead, text, earlier: Vec::new() }
    }

    /// Whether two versions tell of the same: they share their title; or half of the sentences of the shorter, the first
    /// one of either among them, because publishers end all their texts alike.
    pub fn is_like(&self, other: &Self) -> bool {
        if self.title == other.title && self.title != say(&[]) {
            return true;
        }
        let has = |text: &[u64], lead: Option<u64>| {
            lead.is_some_and(|lead| text.binary_search(&lead).is_ok())
        };
        let shared = self.text.iter().filter(|hash| other.text.binary_search(hash).is_ok()).count();
        let leads = has(&self.text, other.lead) || has(&other.text, self.lead);
        leads && shared * 2 >= self.text.len().min(other.text.len())
    }

    /// Whether a sentence was said in these words.
    pub fn says(&self, sentence: &str) -> bool {
        let hash = say(&tokens(sentence));
        let all = [&self.text, &self.earlier];
        self.title == hash || all.iter().any(|said| said.binary_search(&hash).is_ok())
    }

    /// Takes in what earlier versions said.
    pub(super) fn remember(&mut self, before: &Self) {
        self.earlier.extend(before.text.iter().chain(&before.earlier).chain([&before.title]));
        self.earlier.sort_unstable();
        self.earlier.dedup();
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
