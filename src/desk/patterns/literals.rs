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
    by_key: HashMap<String, Vec<usize>>,
    /// Whether some literal begins with these two bytes: most tokens end here.
    begins: Vec<u64>,
}

impl Literals {
    pub(super) fn new(all: Vec<Literal>) -> Self {
        let mut literals = Self { begins: vec![0; 1024], ..Self::default() };
        for (number, words) in all.iter().enumerate() {
            let Some((first, _)) = words.first() else { continue };
            let bit = bit_of(first);
            literals.begins[bit / 64] |= 1 << (bit % 64);
            literals.by_key.entry(key_of(first)).or_default().push(number);
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
            let bit = bit_of(&token.folded);
            if self.begins[bit / 64] & (1 << (bit % 64)) == 0 {
                continue;
            }
            for number in self.by_key.get(&key_of(&token.folded)).into_iter().flatten() {
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
fn key_of(word: &str) -> String {
    word.chars().take(2).collect()
}

/// A number below 65,536 from the first letter and what follows it.
fn bit_of(word: &str) -> usize {
    let mut letters = word.chars().map(|c| c as usize);
    let (a, b) = (letters.next().unwrap_or(0), letters.next().unwrap_or(0));
    (a.wrapping_mul(251).wrapping_add(b)) % 65_536
}
