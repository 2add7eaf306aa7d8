//! The exact comparison of two texts, and what one has that the other has not.

use crate::desk::copies::print::{Fingerprint, Line};
use crate::desk::copies::sketch::shingles;
use crate::desk::copies::tiles::{Tile, tiles};
use crate::desk::copies::veto::{Difference, differences};

/// The least similarity of a copy. Word 3-shingles: a touched-up agency text lies above, another report on the same
/// event far below.
pub const SIMILARITY_MIN: f64 = 0.5;

/// The least share of the shorter text that stands in the longer one, when one was cut or lengthened.
pub const CONTAINED_MIN: f64 = 0.75;

/// A text of which less than this stands in another, as similarity, is quoted there and not copied.
pub const QUOTED_MAX: f64 = 0.25;

/// A text of fewer words is a headline, whatever field it stands in, and two headlines are soon alike.
const WORDS_MIN: usize = 12;

/// A sentence of which less than this share stands in the other text is one that the other has not.
const SENTENCE_SHARED_MIN: f64 = 0.4;

/// A shorter sentence adds nothing that is worth naming.
const SENTENCE_WORDS_MIN: usize = 3;

/// What two texts have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Jaccard similarity of the word shingles, 0 to 1.
    pub similarity: f64,
    /// Values that differ.
    pub differ: Vec<Difference>,
    /// Sentences that only the later text has.
    pub added: Vec<String>,
    /// Sentences that only the earlier text has.
    pub dropped: Vec<String>,
}

/// Compares an earlier and a later text; none when they are not one text. Who is the earlier changes the names of what is
/// found and nothing else, so that groups of texts do not depend on the order in which they came.
pub(super) fn compare(earlier: &Fingerprint, later: &Fingerprint) -> Option<Likeness> {
    let words = earlier.words.len().min(later.words.len());
    if earlier.words == later.words
        && (words >= WORDS_MIN || words > 0 && earlier.content_hash == later.content_hash)
    {
        return Some(Likeness { similarity: 1.0, ..Likeness::default() });
    }
    if words < WORDS_MIN {
        return None;
    }
    let (similarity, contained) = shared(&set(&earlier.words), &set(&later.words));
    let copied =
        similarity >= SIMILARITY_MIN || (contained >= CONTAINED_MIN && similarity >= QUOTED_MAX);
    if !copied {
        return None;
    }
    // The tiles of two texts are laid from one side, always the same.
    let turned = earlier.words > later.words;
    let (a, b) = if turned { (later, earlier) } else { (earlier, later) };
    let mut tiles = tiles(&a.words, &b.words);
    if turned {
        tiles.iter_mut().for_each(|tile| std::mem::swap(&mut tile.a, &mut tile.b));
        tiles.sort_by_key(|tile| tile.a);
    }
    Some(Likeness {
        similarity,
        differ: differences(earlier, later, &tiles),
        added: alone(later, |tile| (tile.b, tile.length), &tiles),
        dropped: alone(earlier, |tile| (tile.a, tile.length), &tiles),
    })
}

/// The shingles of a text, sorted and distinct.
fn set(words: &[u64]) -> Vec<u64> {
    let mut all: Vec<u64> = shingles(words).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Jaccard similarity of two sets, and the share of the smaller that stands in the larger.
fn shared(a: &[u64], b: &[u64]) -> (f64, f64) {
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let union = a.len() + b.len() - shared;
    let share = |of: usize| if of == 0 { 0.0 } else { shared as f64 / of as f64 };
    (share(union), share(a.len().min(b.len())))
}

/// The sentences of a text that lie outside the tiles.
fn alone(
    print: &Fingerprint,
    side: impl Fn(&Tile) -> (usize, usize),
    tiles: &[Tile],
) -> Vec<String> {
    let mut covered = vec![false; print.words.len()];
    for (first, length) in tiles.iter().map(side) {
        covered[first..first + length].fill(true);
    }
    let is_alone = |line: &&Line| {
        let words = line.end - line.first;
        let shared = covered[line.first..line.end].iter().filter(|covered| **covered).count();
        words >= SENTENCE_WORDS_MIN && (shared as f64) < SENTENCE_SHARED_MIN * words as f64
    };
    print.lines.iter().filter(is_alone).map(|line| print.written(line).to_owned()).collect()
}
