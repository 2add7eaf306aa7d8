//! A trie over bytes as a double array (Aoe, An Efficient Digital Search Algorithm by Using a Double-Array Structure,
//! IEEE Transactions on Software Engineering, 1989): a step is one addition and one look, whatever the number of branches.

/// A state: it stands at the sum of its parent's `base` and the byte that leads to it.
#[derive(Clone, Copy, Debug)]
struct State {
    /// What a byte is added to for the next state.
    base: u32,
    /// The parent; [`FREE`] where no state stands.
    parent: u32,
    /// The number of the word that ends here; [`FREE`] for none.
    end: u32,
}

const FREE: u32 = u32::MAX;

/// A place of the array that is not taken.
const EMPTY: State = State { base: 0, parent: FREE, end: FREE };

/// Bytes that can follow a state.
const BYTES: usize = 256;

/// Words by their bytes, each with a number.
#[derive(Debug, Default)]
pub(super) struct Trie {
    states: Vec<State>,
}

impl Trie {
    /// The trie of words that are sorted, distinct and not empty.
    pub(super) fn of(words: &[(&[u8], u32)]) -> Self {
        let mut growing = Growing { states: vec![EMPTY; 2 * BYTES], free: 1, open: 1 };
        growing.states[0].parent = 0;
        growing.grow(0, words, 0);
        Self { states: growing.states }
    }

    /// Tells every word that begins `text`, the shortest first, with what is left of the text behind it.
    pub(super) fn walk<'a>(&self, text: &'a [u8], tell: &mut impl FnMut(u32, &'a [u8])) {
        let Some(mut here) = self.states.first() else { return };
        let mut at = 0;
        for (depth, byte) in text.iter().enumerate() {
            let next = here.base + u32::from(*byte);
            match self.states.get(next as usize) {
                Some(state) if state.parent == at => (here, at) = (state, next),
                _ => return,
            }
            if here.end != FREE {
                tell(here.end, &text[depth + 1..]);
            }
        }
    }
}

/// A trie while its states find their places.
struct Growing {
    states: Vec<State>,
    /// Before it every place is taken.
    free: usize,
    /// Where states with several branches look for places from. It only moves on, so that compiling takes no longer than
    /// the array is.
    open: usize,
}

impl Growing {
    /// Fills the state that all of `words` pass at byte `depth`.
    fn grow(&mut self, state: usize, words: &[(&[u8], u32)], depth: usize) {
        let words = match words {
            [(word, number), rest @ ..] if word.len() == depth => {
                self.states[state].end = *number;
                rest
            }
            all => all,
        };
        let branches: Vec<&[(&[u8], u32)]> =
            words.chunk_by(|(a, _), (b, _)| a[depth] == b[depth]).collect();
        let byte = |branch: &[(&[u8], u32)]| usize::from(branch[0].0[depth]);
        let bytes: Vec<usize> = branches.iter().map(|branch| byte(branch)).collect();
        let Some(base) = self.place_for(&bytes) else { return };
        self.states[state].base = base as u32;
        for byte in &bytes {
            self.states[base + byte].parent = state as u32;
        }
        for (branch, byte) in branches.into_iter().zip(bytes) {
            self.grow(base + byte, branch, depth + 1);
        }
    }

    /// A base at which every branch finds its place free; none without a branch.
    fn place_for(&mut self, bytes: &[usize]) -> Option<usize> {
        let least = *bytes.first()?;
        while self.states[self.free].parent != FREE {
            self.free += 1;
            self.reserve(self.free);
        }
        let mut first = if bytes.len() == 1 { self.free } else { self.open }.max(least);
        loop {
            let base = first - least;
            self.reserve(base);
            if bytes.iter().all(|byte| self.states[base + byte].parent == FREE) {
                if bytes.len() > 1 {
                    self.open = first;
                }
                return Some(base);
            }
            first += 1;
        }
    }

    fn reserve(&mut self, base: usize) {
        if self.states.len() < base + 2 * BYTES {
            self.states.resize(base + 4 * BYTES, EMPTY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_begins_a_text_is_told() {
        let mut words = ["встреч", "встреча", "в", "город", "مدين", "مدينة", "town", "townsf"];
        words.sort_unstable();
        let numbered: Vec<(&[u8], u32)> =
            words.iter().zip(0..).map(|(word, number)| (word.as_bytes(), number)).collect();
        let trie = Trie::of(&numbered);
        for text in ["встречами", "мир", "مدينتان", "مدينة", "townsfolk", "to", "", "города"]
        {
            let mut found = Vec::new();
            trie.walk(text.as_bytes(), &mut |number, rest| {
                found.push((words[number as usize], rest.len()));
            });
            let begins = words.iter().filter(|word| text.starts_with(**word));
            let expect: Vec<_> = begins.map(|word| (*word, text.len() - word.len())).collect();
            assert_eq!(found, expect, "{text}");
        }
    }
}
