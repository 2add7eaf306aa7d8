//! A sketch: what is left of a text when it must fit into 80 bytes, and still tells which other texts are like it.
//!
//! One-permutation hashing: each word shingle falls into one of 32 bins, which keeps the least of its own; an empty bin
//! borrows from one that is not, chosen by its own number alone, so that two texts choose alike (Shrivastava, Optimal
//! Densification for Fast and Accurate Minwise Hashing, ICML 2017). The minima stand in 16 bands of two: a pair of
//! similarity 0.5 shares a band with probability 1 - (1 - 0.25)^16 = 0.99, one of 0.7 with 0.99998. A text that was cut
//! or lengthened is less similar; it is known by its first sentences, which are kept as hashes too.

/// Minima of a sketch.
pub const MINIMA: usize = 32;

/// Minima that make a band.
const ROWS: usize = 2;

/// Bands of a sketch.
pub(super) const BANDS: usize = MINIMA / ROWS;

/// Sentences whose hashes are kept, the first ones.
pub(super) const OPENINGS: usize = 4;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 3;

/// A sentence of fewer words opens many texts: "The meeting is over."
const OPENING_WORDS_MIN: usize = 7;

/// A text of fewer words has no sketch.
const WORDS_MIN: usize = 4;

/// Bytes of a sketch in the store.
pub const SKETCH_BYTES: usize = MINIMA * 2 + OPENINGS * 4;

/// The way in which sketches are made. Those of another version compare with none of this one.
pub const SKETCH_VERSION: u32 = 1;

/// A text in 80 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch {
    minima: [u16; MINIMA],
    /// Hashes of the first long sentences; 0 for none.
    openings: [u32; OPENINGS],
}

impl Default for Sketch {
    fn default() -> Self {
        Self { minima: [0; MINIMA], openings: [0; OPENINGS] }
    }
}

impl Sketch {
    /// The sketch of a text, given as the hashes of its words, and its sentences as ranges of them.
    pub(super) fn of(words: &[u64], sentences: impl Iterator<Item = (usize, usize)>) -> Self {
        if words.len() < WORDS_MIN {
            return Self::default();
        }
        let mut sketch = Self { minima: minima(words), openings: [0; OPENINGS] };
        let long = sentences.filter(|(first, end)| end - first >= OPENING_WORDS_MIN);
        for (opening, (first, end)) in sketch.openings.iter_mut().zip(long) {
            let hash = words[first..end].iter().fold(0u64, |sum, word| mix(sum ^ word));
            *opening = (hash as u32).max(1);
        }
        sketch
    }

    /// Whether the text is too short to be known by it: "Read more" stands in many feeds.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The key of each band.
    pub(super) fn band(&self, band: usize) -> u32 {
        u32::from(self.minima[band * ROWS]) << 16 | u32::from(self.minima[band * ROWS + 1])
    }

    /// The hashes of the first sentences.
    pub(super) fn openings(&self) -> impl Iterator<Item = u32> {
        self.openings.into_iter().filter(|hash| *hash != 0)
    }

    /// How many minima two texts share, of [`MINIMA`]: an estimate of their similarity.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.minima.iter().zip(&other.minima).filter(|(a, b)| a == b).count()
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> [u8; SKETCH_BYTES] {
        let mut out = [0; SKETCH_BYTES];
        let minima = self.minima.iter().flat_map(|minimum| minimum.to_le_bytes());
        let openings = self.openings.iter().flat_map(|opening| opening.to_le_bytes());
        out.iter_mut().zip(minima.chain(openings)).for_each(|(to, from)| *to = from);
        out
    }

    /// From the store; none when the length is another.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; SKETCH_BYTES] = bytes.try_into().ok()?;
        let (minima, openings) = bytes.split_at(MINIMA * 2);
        let mut sketch = Self::default();
        for (to, from) in sketch.minima.iter_mut().zip(minima.chunks_exact(2)) {
            *to = u16::from_le_bytes([from[0], from[1]]);
        }
        for (to, from) in sketch.openings.iter_mut().zip(openings.chunks_exact(4)) {
            *to = u32::from_le_bytes([from[0], from[1], from[2], from[3]]);
        }
        Some(sketch)
    }
}

/// The hashes of all shingles of a text, in order. A text that is shorter than a shingle is one.
pub(super) fn shingles(words: &[u64]) -> impl Iterator<Item = u64> {
    let size = SHINGLE_WORDS.min(words.len().max(1));
    words.windows(size).map(|window| {
        let rolled = window.iter().fold(0u64, |sum, word| sum.rotate_left(21) ^ word);
        mix(rolled)
    })
}

fn minima(words: &[u64]) -> [u16; MINIMA] {
    let mut least = [u64::MAX; MINIMA];
    for shingle in shingles(words) {
        let bin = &mut least[(shingle >> 59) as usize];
        *bin = (*bin).min(shingle);
    }
    let borrowed = |bin: usize| {
        (1..u64::MAX)
            .map(|attempt| (mix((bin as u64) << 32 | attempt) >> 59) as usize)
            .find(|from| least[*from] != u64::MAX)
            .map_or(0, |from| least[from])
    };
    let kept = |bin: usize| if least[bin] == u64::MAX { borrowed(bin) } else { least[bin] };
    // The low bits of a least hash are as even as those of any other.
    std::array::from_fn(|bin| kept(bin) as u16)
}

/// Spreads the bits of a number (the finaliser of SplitMix64, Steele and others, 2014).
fn mix(z: u64) -> u64 {
    let z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_estimates_similarity_and_comes_back_from_the_store() {
        let words: Vec<u64> = (0..400).map(mix).collect();
        let half: Vec<u64> = (0..200).chain(900..1100).map(mix).collect();
        let of = |words: &[u64]| Sketch::of(words, [(0, 12), (12, 15), (15, 30)].into_iter());
        let (whole, changed) = (of(&words), of(&half));
        assert_eq!(whole.shared(&whole), MINIMA);
        // A third of the shingles of both are shared.
        assert!((4..=18).contains(&whole.shared(&changed)), "{}", whole.shared(&changed));
        assert_eq!(whole.openings().count(), 2, "the short one opens many texts");
        assert_eq!(Sketch::from_bytes(&whole.to_bytes()), Some(whole));
        assert_eq!(Sketch::from_bytes(&[0; 3]), None);
        assert_eq!(Sketch::of(&[], std::iter::empty()), Sketch::default());
    }
}
