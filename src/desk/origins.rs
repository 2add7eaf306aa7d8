//! Origins: from whom a text has what it tells. Which agency conveys a sentence, or a whole article, and whose newsroom a
//! publisher belongs to, so that independence can be counted.
//!
//! Names of agencies and the words that credit them are data of the packs. Here stands where in a text a credit may stand:
//! in the dateline, in a line of its own, in a byline, beside the words of a sentence, or set off by brackets or a dash.

mod credit;
mod houses;
mod lines;
mod translation;
#[cfg(test)]
mod tests;

pub use credit::{Credit, How};
pub use houses::{Family, Houses, UNNAMED, is_named};
pub use translation::Rendering;

use crate::desk::claims::Reading;
use crate::desk::model::Article;
use crate::desk::normalise::Words;
use crate::desk::packs::Packs;

/// Who conveys what an article tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credits {
    article: Option<Credit>,
    sentences: Vec<Option<Credit>>,
}

impl Credits {
    /// Who conveys the article as a whole.
    pub fn article(&self) -> Option<&Credit> {
        self.article.as_ref()
    }

    /// Who conveys a sentence, by its place in the reading: whom it credits, else whom the article credits. One who has no
    /// name gives way to one who has.
    pub fn of(&self, sentence: usize) -> Option<&Credit> {
        let own = self.sentences.get(sentence).and_then(Option::as_ref);
        match (own, &self.article) {
            (Some(own), Some(whole)) if !own.named && whole.named => Some(whole),
            (Some(own), _) => Some(own),
            (None, whole) => whole.as_ref(),
        }
    }
}

/// Finds the credits of an article that has been read.
pub fn credits(article: &Article, words: &Words, reading: &Reading, packs: &Packs) -> Credits {
    let sentences = credit::of_sentences(reading, &packs.gazetteer);
    // What a line of credits says weighs more than whom the title or the opening names.
    let whole = lines::of_article(article, words, reading, packs)
        .or_else(|| credit::of_opening(reading, &sentences));
    Credits { article: whole, sentences }
}
