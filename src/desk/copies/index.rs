//! The index of known texts: MinHash signatures in bands, exact shingle sets for verification.
//!
//! 64 minima in 32 bands of 2 rows: a pair of similarity 0.5 shares a band with probability
//! 1 - (1 - 0.25)^32 > 0.9998, one of 0.2 with 0.73 and is turned away by the exact comparison.

use std::collections::HashMap;

use crate::desk::copies::Fingerprint;
use crate::desk::model::ArticleId;

const BANDS: usize = 32;
const ROWS: usize = 2;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 3;

/// Shingles that are kept of a text, the smallest hashes first: enough for an exact comparison of ordinary articles.
const SHINGLES_MAX: usize = 4_000;

/// The sorted, distinct hashes of a text's word shingles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// The shingles of words, given by their hashes in order.
    pub fn of(words: &[u64]) -> Self {
        let size = SHINGLE_WORDS.min(words.len().max(1));
        let mut hashes: Vec<u64> = words
            .windows(size)
            .map(|window| window.iter().fold(0u64, |sum, word| mix(sum.rotate_left(21) ^ word)))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SHINGLES_MAX);
        Self(hashes)
    }

    /// Jaccard similarity, 0 to 1.
    pub fn similarity(&self, other: &Self) -> f64 {
        let (mut i, mut j, mut shared) = (0, 0, 0usize);
        while i < self.0.len() && j < other.0.len() {
            match self.0[i].cmp(&other.0[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        let union = self.0.len() + other.0.len() - shared;
        if union == 0 { 0.0 } else { shared as f64 / union as f64 }
    }

    /// The bands of the text's signature.
    fn bands(&self) -> Vec<(u8, u64)> {
        self.signature()
            .chunks(ROWS)
            .enumerate()
            .map(|(band, rows)| (band as u8, rows.iter().fold(0u64, |sum, row| mix(sum ^ row))))
            .collect()
    }

    /// One-permutation hashing: each shingle falls into one of the bins, which keeps the least of its own; an empty bin
    /// borrows from one that is not, chosen by its own number alone, so that two sets choose alike (Shrivastava, Optimal
    /// Densification for Fast and Accurate Minwise Hashing, ICML 2017). One pass, where a hash function for each row
    /// would be 64.
    fn signature(&self) -> Vec<u64> {
        const BINS: usize = BANDS * ROWS;
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut minima = [u64::MAX; BINS];
        for hash in &self.0 {
            let mixed = mix(*hash);
            let bin = &mut minima[(mixed >> 58) as usize];
            *bin = (*bin).min(mixed);
        }
        let borrowed = |bin: usize| {
            (1..u64::MAX)
                .map(|attempt| (mix((bin as u64) << 32 | attempt) >> 58) as usize)
                .find(|from| minima[*from] != u64::MAX)
                .map_or(u64::MAX, |from| minima[from])
        };
        (0..BINS)
            .map(|bin| if minima[bin] == u64::MAX { borrowed(bin) } else { minima[bin] })
            .collect()
    }
}

/// Spreads the bits of a number (the finaliser of SplitMix64, Steele and others, 2014).
fn mix(z: u64) -> u64 {
    let z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Known texts.
#[derive(Clone, Debug, Default)]
pub struct CopyIndex {
    by_band: HashMap<(u8, u64), Vec<u32>>,
    by_content: HashMap<String, u32>,
    by_id: HashMap<ArticleId, u32>,
    texts: Vec<(ArticleId, Fingerprint)>,
}

impl CopyIndex {
    /// Takes in a text.
    pub fn insert(&mut self, id: ArticleId, fingerprint: Fingerprint) {
        if self.by_id.contains_key(&id) {
            return;
        }
        let number = self.texts.len() as u32;
        for band in fingerprint.shingles.bands() {
            self.by_band.entry(band).or_default().push(number);
        }
        self.by_content.entry(fingerprint.content_hash.clone()).or_insert(number);
        self.by_id.insert(id.clone(), number);
        self.texts.push((id, fingerprint));
    }

    /// The number of texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The fingerprint of a known text.
    pub fn fingerprint(&self, id: &ArticleId) -> Option<&Fingerprint> {
        self.by_id.get(id).map(|number| &self.texts[*number as usize].1)
    }

    pub(super) fn identical(&self, content_hash: &str) -> Option<ArticleId> {
        self.by_content.get(content_hash).map(|number| self.texts[*number as usize].0.clone())
    }

    /// Known texts of at least that similarity, the most similar first, the earliest first among equals.
    pub(super) fn similar(&self, shingles: &Shingles, least: f64) -> Vec<(ArticleId, f64)> {
        let mut numbers: Vec<u32> = shingles
            .bands()
            .iter()
            .flat_map(|band| self.by_band.get(band).map(Vec::as_slice).unwrap_or_default())
            .copied()
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut found: Vec<(u32, f64)> = numbers
            .into_iter()
            .map(|n| (n, self.texts[n as usize].1.shingles.similarity(shingles)))
            .filter(|(_, similarity)| *similarity >= least)
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().map(|(n, s)| (self.texts[n as usize].0.clone(), s)).collect()
    }
}
