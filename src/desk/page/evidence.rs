//! What the page itself says its text is: `articleBody` of JSON-LD, compared block by block.
//!
//! It is a hint and no answer. Sites shorten it, run it together or leave out headings; so it only counts where it agrees
//! with most of what the page shows, and then tells the paragraphs from what stands between them.

use crate::desk::normalise::tokens;
use crate::desk::page::blocks::Block;

/// Letters from which on it is more than a teaser.
const LETTERS_MIN: usize = 400;

/// The share of the shown prose that it must hold to be believed about the rest.
const AGREEMENT_MIN: f64 = 0.7;

/// Words of a block that are looked for: its first.
const WORDS: usize = 12;

/// Words that a block must have for its being there to mean something.
const WORDS_MIN: usize = 3;

/// The text that the page says it has.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    folded: String,
}

impl Evidence {
    /// Folds it; one that is too short says nothing.
    pub(super) fn of(body: Option<&str>) -> Self {
        let body = body.filter(|body| body.chars().count() >= LETTERS_MIN).unwrap_or_default();
        Self { folded: fold(body, usize::MAX).0 }
    }

    /// Whether it holds a block.
    pub(super) fn holds(&self, block: &Block) -> bool {
        if self.folded.len() <= 1 {
            return false;
        }
        let (folded, words) = fold(&block.text, WORDS);
        words >= WORDS_MIN && self.folded.contains(&folded)
    }

    /// Whether it is believed about `blocks`: it holds most of what reads as sentences.
    pub(super) fn agrees<'b>(&self, blocks: impl Iterator<Item = &'b Block>) -> bool {
        let (mut held, mut all) = (0, 0);
        for block in blocks.filter(|block| !block.shed && block.is_prose()) {
            all += block.letters;
            held += if self.holds(block) { block.letters } else { 0 };
        }
        all > 0 && held as f64 >= all as f64 * AGREEMENT_MIN
    }
}

/// The first words of a text, folded, with a space before, between and behind them; and how many.
pub(super) fn fold(text: &str, words_max: usize) -> (String, usize) {
    let mut out = String::from(" ");
    let mut words = 0;
    for token in tokens(text).iter().take(words_max) {
        out.push_str(&token.folded);
        out.push(' ');
        words += 1;
    }
    (out, words)
}
