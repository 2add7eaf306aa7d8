//! Terms: words of several languages that mean one thing, such as a country and its people, or "election". A file of
//! `packs/stories` whose first line begins with `id` is a table: languages are columns, words of a cell are separated by
//! ` | `, a word that ends in `*` matches every continuation, one in capitals matches only capitals.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::desk::normalise::{Token, tokens, word_hash};
use crate::desk::packs::gazetteer::is_content;
use crate::desk::packs::{PackProblem, PackSource};

/// A number that is spread already serves as its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// A table whose keys are spread numbers.
pub type SpreadMap<T> = HashMap<u64, T, BuildHasherDefault<Spread>>;

/// What is known of the beginning of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Beginning {
    /// The term of the word that ends here.
    whole: Option<u32>,
    /// The same, where only capitals count.
    capitals: Option<u32>,
    /// The term of every word that begins so.
    any: Option<u32>,
}

/// The compiled tables.
#[derive(Debug, Default)]
pub struct Terms {
    ids: Vec<(String, u64)>,
    beginnings: SpreadMap<Beginning>,
}

/// The hash of a word's beginning, letter by letter (FNV-1a, spread once more: its low bits alone are poor).
fn step(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(letter as u32)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

impl Terms {
    /// Adds a file; returns what is wrong with it.
    pub(super) fn read(&mut self, source: &PackSource) -> Vec<PackProblem> {
        let problem = |line: usize, message: String| PackProblem {
            path: source.path.clone(),
            line,
            message,
            hint: Some("cells are separated by one tab, words by ` | `".into()),
        };
        let mut lines = source.text.lines().enumerate().filter(|(_, line)| is_content(line));
        let Some((_, header)) = lines.next().filter(|(_, header)| header.starts_with("id\t"))
        else {
            return vec![problem(1, "the first line does not begin with `id`".into())];
        };
        let columns = header.split('\t').count();
        let mut problems = Vec::new();
        for (index, line) in lines {
            let mut cells = line.split('\t').map(str::trim);
            let id = cells.next().unwrap_or_default();
            let words: Vec<&str> = cells.collect();
            if words.len() + 1 > columns || id.is_empty() {
                let message = format!("{} cells where the header has {columns}", words.len() + 1);
                problems.push(problem(index + 1, message));
                continue;
            }
            for word in words.iter().flat_map(|cell| cell.split(" | ")).filter(|w| !w.is_empty()) {
                if let Err(message) = self.add(id, word) {
                    problems.push(problem(index + 1, message));
                }
            }
        }
        problems
    }

    fn add(&mut self, id: &str, word: &str) -> Result<(), String> {
        let term = match self.ids.iter().position(|(known, _)| known == id) {
            Some(at) => at,
            None => {
                self.ids.push((id.to_owned(), word_hash(id)));
                self.ids.len() - 1
            }
        };
        let term = u32::try_from(term).ok();
        let cut = tokens(word);
        let [token] = cut.as_slice() else {
            return Err(format!("`{word}` is not one word"));
        };
        let hash = token.folded.chars().fold(SEED, step);
        let known = self.beginnings.entry(hash).or_default();
        let place = match (word.ends_with('*'), token.upper) {
            (true, _) => &mut known.any,
            (false, true) => &mut known.capitals,
            (false, false) => &mut known.whole,
        };
        if place.is_some() && *place != term {
            return Err(format!("`{word}` has two meanings"));
        }
        *place = term;
        Ok(())
    }

    /// The term of a word in one of its forms: its id and the hash of that. The longest beginning counts.
    pub fn find(&self, form: &str, token: &Token) -> Option<(&str, u64)> {
        let mut hash = SEED;
        let mut found = None;
        let mut known = None;
        for letter in form.chars() {
            hash = step(hash, letter);
            known = self.beginnings.get(&hash);
            found = known.and_then(|beginning| beginning.any).or(found);
        }
        let whole = known
            .and_then(|beginning| beginning.whole.or(beginning.capitals.filter(|_| token.upper)));
        let (id, hash) = self.ids.get(whole.or(found)? as usize)?;
        Some((id, *hash))
    }
}
