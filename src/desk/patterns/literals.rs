//! Literals: the quoted words of patterns, found in one pass over the tokens.

use std::collections::HashMap;

use crate::desk::normalise::Token;
use crate::desk::patterns::written::Literal;

/// Letters that `*` may stand for, as in the word lists.
const STAR_LETTERS_MAX: usize = 10;

/// All literals, by the beginning of their first word.
#[derive(Debug, Default)]
pub(super) struct Literals {
    all: Vec<Literal>,
    by_key: HashMap<(char, char), Vec<usize>>,
    /// Whether some literal begins with such a key: most tokens end here.
    begins: Vec<u64>,
}

impl Literals {
    pub(super) fn new(all: Vec<Literal>) -> Self {
        let mut literals = Self { begins: vec![0; 1024], ..Self::default() };
        for (number, words) in all.iter().enumerate() {
            let Some((first, _)) = words.first() else { continue };
            let key = key_of(first);
            literals.begins[bit_of(key) / 64] |= 1 << (bit_of(key) % 64);
            literals.by_key.entry(key).or_default().push(number);
        }
        literals.all = all;
        literals
    }

    /// Tells every literal that stands in the tokens.
    pub(super) fn find(&self, tokens: &[Token], tell: &mut dyn FnMut(usize, (usize, usize))) {
        if self.all.is_empty() {
            return;
        }
        for (first, token) in tokens.iter().enumerate() {
            let key = key_of(&token.folded);
            if self.begins[bit_of(key) / 64] & (1 << (bit_of(key) % 64)) == 0 {
                continue;
            }
            for number in self.by_key.get(&key).into_iter().flatten() {
                let words = &self.all[*number];
                let Some(run) = tokens.get(first..first + words.len()) else { continue };
                if run.iter().zip(words).all(|(token, word)| is_word(&token.folded, word)) {
                    tell(*number, (first, first + words.len() - 1));
                }
            }
        }
    }
}

fn is_word(folded: &str, (word, star): &(String, bool)) -> bool {
    match folded.strip_prefix(word.as_str()) {
        Some("") => true,
        Some(rest) => *star && rest.chars().count() <= STAR_LETTERS_MAX,
        None => false,
    }
}

/// Two letters, so that a word with a star and its continuations have one key.
fn key_of(word: &str) -> (char, char) {
    let mut letters = word.chars();
    (letters.next().unwrap_or('\0'), letters.next().unwrap_or('\0'))
}

/// A number below 65,536 from both letters.
fn bit_of((first, second): (char, char)) -> usize {
    (first as usize).wrapping_mul(251).wrapping_add(second as usize) % 65_536
}
