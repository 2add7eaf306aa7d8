//! The words of an article, cut once and handed from step to step: language, content hash, shingles and reading all
//! look at the same tokens.

use std::sync::Arc;

use crate::desk::model::Article;
use crate::desk::normalise::{Token, tokens};

/// The tokens of title and text. Offsets point into each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Those of the title.
    pub title: Vec<Token>,
    /// Those of the text.
    pub text: Vec<Token>,
}

impl Words {
    /// Cuts a title and a text.
    pub fn of(title: &str, text: &str) -> Self {
        Self { title: tokens(title), text: tokens(text) }
    }

    /// Cuts an article.
    pub fn of_article(article: &Article) -> Self {
        Self::of(&article.title, &article.text)
    }

    /// All tokens, the title's first.
    pub fn iter(&self) -> impl Iterator<Item = &Token> {
        self.title.iter().chain(&self.text)
    }

    /// A hash of each word, in order: what copies are compared by.
    pub fn hashes(&self) -> Vec<u64> {
        self.iter().map(|token| token.hash).collect()
    }
}

/// Tokens that lie within a range of the text, with offsets from its start.
pub fn within(all: &[Token], start: usize, end: usize) -> Arc<[Token]> {
    let from = all.partition_point(|token| token.start < start);
    let to = from + all[from..].partition_point(|token| token.end <= end);
    all[from..to].iter().map(|token| token.moved(start)).collect()
}
