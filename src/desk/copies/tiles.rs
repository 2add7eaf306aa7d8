//! Tiles: the runs of words that two texts share, in whatever order each has them (after Wise, String Similarity via
//! Greedy String Tiling, 1993). What lies between two tiles that follow one another in both texts is a place where the
//! one says something else than the other; what lies outside any is only in one of them.

/// The shortest run that is shared on purpose.
const TILE_WORDS_MIN: usize = 3;

/// Places of a run that are tried. One that occurs more often says nothing of where it belongs.
const PLACES_MAX: usize = 8;

/// A run of words that two texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tile {
    /// Its first word in the one text.
    pub(super) a: usize,
    /// Its first word in the other.
    pub(super) b: usize,
    /// How many words it has.
    pub(super) length: usize,
}

/// The words that a text has where the other has others: two runs of words, either of which may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// The first word of the run in the one text, and the word behind it.
    pub(super) a: (usize, usize),
    /// The same in the other.
    pub(super) b: (usize, usize),
}

/// The tiles of two texts, in the order of the first.
pub(super) fn tiles(a: &[u64], b: &[u64]) -> Vec<Tile> {
    let places = Places::of(b);
    let mut used = vec![false; b.len()];
    let mut out: Vec<Tile> = Vec::new();
    let mut at = 0;
    while at + TILE_WORDS_MIN <= a.len() {
        let expected = out.last().map_or(0, |tile| tile.b + tile.length);
        let length_at = |start: usize| {
            let same = |(x, y): &(&u64, &u64)| x == y;
            let longest = a[at..].iter().zip(&b[start..]).take_while(same).count();
            used[start..start + longest].iter().take_while(|used| !**used).count()
        };
        let best = places
            .of_run(&a[at..at + TILE_WORDS_MIN])
            .map(|start| (length_at(start), start))
            .max_by_key(|(length, start)| (*length, usize::MAX - start.abs_diff(expected)));
        match best.filter(|(length, _)| *length >= TILE_WORDS_MIN) {
            Some((length, start)) => {
                used[start..start + length].fill(true);
                out.push(Tile { a: at, b: start, length });
                at += length;
            }
            None => at += 1,
        }
    }
    out
}

/// The gaps between tiles that follow one another in both texts, and those before the first and behind the last.
/// `ends_a` and `ends_b` tell where the sentence around a word begins and ends: at a tile whose neighbours differ, the
/// rest of its sentence is the gap.
pub(super) fn gaps(
    tiles: &[Tile],
    sentence_a: impl Fn(usize) -> (usize, usize),
    sentence_b: impl Fn(usize) -> (usize, usize),
) -> Vec<Gap> {
    let mut in_b: Vec<usize> = (0..tiles.len()).collect();
    in_b.sort_by_key(|index| tiles[*index].b);
    let mut rank = vec![0; tiles.len()];
    in_b.iter().enumerate().for_each(|(place, index)| rank[*index] = place);
    let follows = |index: usize| index + 1 < tiles.len() && rank[index + 1] == rank[index] + 1;
    let mut out = Vec::new();
    for (index, tile) in tiles.iter().enumerate() {
        let (end_a, end_b) = (tile.a + tile.length, tile.b + tile.length);
        if follows(index) {
            let next = tiles[index + 1];
            out.push(Gap { a: (end_a, next.a), b: (end_b, next.b) });
        } else {
            let next_a = tiles.get(index + 1).map_or(usize::MAX, |next| next.a);
            let next_b = in_b.get(rank[index] + 1).map_or(usize::MAX, |next| tiles[*next].b);
            let to_a = sentence_a(end_a - 1).1.min(next_a);
            let to_b = sentence_b(end_b - 1).1.min(next_b);
            out.push(Gap { a: (end_a, to_a), b: (end_b, to_b) });
        }
        if index == 0 || !follows(index - 1) {
            let before_a = index.checked_sub(1).map_or(0, |i| tiles[i].a + tiles[i].length);
            let before_b = rank[index]
                .checked_sub(1)
                .map_or(0, |place| tiles[in_b[place]].b + tiles[in_b[place]].length);
            let from_a = sentence_a(tile.a).0.max(before_a);
            let from_b = sentence_b(tile.b).0.max(before_b);
            out.push(Gap { a: (from_a, tile.a), b: (from_b, tile.b) });
        }
    }
    out.retain(|gap| gap.a.0 < gap.a.1 || gap.b.0 < gap.b.1);
    out
}

/// Where each run of a text begins, sorted by the run.
struct Places(Vec<(u64, u32)>);

impl Places {
    fn of(words: &[u64]) -> Self {
        let runs = words.windows(TILE_WORDS_MIN).map(key);
        let mut places: Vec<(u64, u32)> = runs.zip(0..).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The places of a run, the earliest first.
    fn of_run(&self, run: &[u64]) -> impl Iterator<Item = usize> {
        let key = key(run);
        let from = self.0.partition_point(|(other, _)| *other < key);
        let same = self.0[from..].iter().take_while(move |(other, _)| *other == key);
        same.take(PLACES_MAX).map(|(_, at)| *at as usize)
    }
}

fn key(run: &[u64]) -> u64 {
    run.iter().fold(0, |sum, word| sum.rotate_left(21) ^ word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        text.bytes().map(u64::from).collect()
    }

    fn check(a: &str, b: &str, expect: &[(&str, &str)]) {
        let tiles = tiles(&words(a), &words(b));
        let around = |text: &str| {
            let text = text.to_owned();
            move |at: usize| {
                let from = text[..at].rfind('.').map_or(0, |dot| dot + 1);
                (from, text[at..].find('.').map_or(text.len(), |dot| at + dot + 1))
            }
        };
        let found: Vec<(&str, &str)> = gaps(&tiles, around(a), around(b))
            .iter()
            .map(|gap| (&a[gap.a.0..gap.a.1], &b[gap.b.0..gap.b.1]))
            .collect();
        assert_eq!(found, expect, "{a} {b}");
    }

    #[test]
    fn gaps_lie_where_texts_differ_whatever_the_order_of_their_sentences() {
        check("abcdefgh.", "abcdefgh.", &[]);
        check("abcXdef", "abcYdef", &[("X", "Y")]);
        check("abcdef", "abcYdef", &[("", "Y")]);
        check("abcX.defY.", "defZ.abcX.", &[("Y.", "Z.")]);
        check("Uabcd", "Wabcd", &[("U", "W")]);
        check("abcdX", "abcdY", &[("X", "Y")]);
        check("ab", "ab", &[]);
    }
}
