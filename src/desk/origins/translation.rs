//! Translations: two texts in different languages that name the same people, places, days and numbers, sentence by sentence
//! in the same order. Whoever writes on his own about the same event chooses and orders otherwise.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use xxhash_rust::xxh3::xxh3_64;

use crate::desk::claims::{Reading, Sentence};
use crate::desk::dates::Meaning;
use crate::desk::model::{Article, ArticleId, EntryKey, LanguageId};
use crate::desk::packs::Tag;

/// How far apart a text and its translation appear at most.
const APART_MAX: SignedDuration = SignedDuration::from_hours(72);

/// Named things that make a sentence one to go by.
const NAMED_MIN: usize = 2;

/// Such sentences that a text must have: fewer agree by chance.
const SENTENCES_MIN: usize = 4;

/// Different things that both must name.
const SHARED_MIN: usize = 8;

/// The share, 0 to 1, of what two sentences name that both name, from which on one may be the other's translation. Word
/// lists of two languages do not know the same words.
const SENTENCE_MIN: f64 = 0.6;

/// The share, 0 to 1, of the sentences to go by that have their counterpart, in order, on the other side.
const ALIGNED_MIN: f64 = 0.75;

/// What a text names, sentence by sentence.
#[derive(Clone, Debug)]
pub struct Rendering {
    /// The article.
    pub article: ArticleId,
    /// Its entry.
    pub key: EntryKey,
    language: LanguageId,
    published: Timestamp,
    /// Hashes of what each sentence to go by names, sorted and distinct.
    sentences: Vec<Vec<u64>>,
    /// Of all of them.
    all: Vec<u64>,
}

impl Rendering {
    /// The rendering of an article that has been read; none of one that names too little.
    pub fn of(article: &Article, reading: &Reading) -> Option<Self> {
        let named = reading.sentences.iter().map(names).filter(|ids| ids.len() >= NAMED_MIN);
        let sentences: Vec<Vec<u64>> = named.collect();
        let all: BTreeSet<u64> = sentences.iter().flatten().copied().collect();
        let enough = sentences.len() >= SENTENCES_MIN && all.len() >= SHARED_MIN;
        enough.then(|| Self {
            article: article.id.clone(),
            key: article.key.clone(),
            language: article.language.clone(),
            published: article.published.at,
            sentences,
            all: all.into_iter().collect(),
        })
    }

    /// Whether one of two texts is the translation of the other, whichever came first.
    pub fn translates(&self, other: &Self) -> bool {
        let apart = self.published.duration_since(other.published).abs();
        if self.language == other.language || self.key == other.key || apart > APART_MAX {
            return false;
        }
        // What the whole texts share is looked at first: it turns away nearly all.
        if share(&self.all, &other.all) < SENTENCE_MIN * ALIGNED_MIN
            || shared(&self.all, &other.all) < SHARED_MIN
        {
            return false;
        }
        let both = self.sentences.len() + other.sentences.len();
        2.0 * self.aligned(other) as f64 >= ALIGNED_MIN * both as f64
    }

    /// The most sentences that can be paired without crossing.
    fn aligned(&self, other: &Self) -> usize {
        let mut before = vec![0usize; other.sentences.len() + 1];
        for mine in &self.sentences {
            let mut row = vec![0usize; before.len()];
            for (at, theirs) in other.sentences.iter().enumerate() {
                let pair = usize::from(share(mine, theirs) >= SENTENCE_MIN);
                row[at + 1] = row[at].max(before[at + 1]).max(before[at] + pair);
            }
            before = row;
        }
        before.last().copied().unwrap_or(0)
    }
}

/// What a sentence names, in no language: ids of the gazetteer, days, numbers.
fn names(sentence: &Sentence) -> Vec<u64> {
    let mut out = BTreeSet::new();
    for hit in &sentence.hits {
        let kind = match hit.tag {
            Tag::Person => "person",
            Tag::Place => "place",
            Tag::Organisation => "organisation",
            Tag::Venue => "venue",
            Tag::Topic => "topic",
            Tag::Party => "party",
            _ => continue,
        };
        out.insert(xxh3_64(format!("{kind} {}", hit.value).as_bytes()));
    }
    for time in sentence.times.iter().filter(|time| time.meaning != Meaning::Unresolved) {
        out.insert(xxh3_64(format!("time {:?}", time.meaning).as_bytes()));
    }
    let timed = |at: usize| sentence.times.iter().any(|time| time.first <= at && at <= time.last);
    for (at, token) in sentence.tokens.iter().enumerate() {
        if let Some(number) = token.number().filter(|_| !timed(at)) {
            out.insert(xxh3_64(format!("number {number}").as_bytes()));
        }
    }
    out.into_iter().collect()
}

fn shared(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|id| b.binary_search(id).is_ok()).count()
}

/// Jaccard similarity, 0 to 1.
fn share(a: &[u64], b: &[u64]) -> f64 {
    let both = shared(a, b);
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}
