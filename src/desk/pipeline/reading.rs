//! What an article says, whatever else is known: the part of the flow that no other article and no order can change.

use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::claims::{self, Reading, Stating};
use crate::desk::copies::{Fingerprint, fingerprint};
use crate::desk::identity::Gist;
use crate::desk::model::{Article, Draft};
use crate::desk::normalise::{self, Words};
use crate::desk::origins::{self, Credits, Rendering};
use crate::desk::pipeline::Rules;
use crate::desk::stories::Portrait;
use crate::desk::watch::{self, Watch};

/// An article with what it says. It can be taken in any number of times, and in any order with others.
#[derive(Clone, Debug)]
pub struct ReadArticle {
    pub(super) article: Article,
    pub(super) study: Study,
}

/// What an article says.
#[derive(Clone, Debug)]
pub(super) struct Study {
    pub(super) reading: Reading,
    /// From whom it has what it tells; nobody is looked for where no storyline is covered.
    pub(super) credits: Credits,
    /// What translations are known by.
    pub(super) rendering: Option<Arc<Rendering>>,
    pub(super) print: Arc<Fingerprint>,
    pub(super) gist: Gist,
    /// For each storyline whether it covers it, and what it says of it.
    pub(super) covers: Vec<(Watch, Option<Stating>)>,
    /// What its story is found by; none where it covers nothing.
    pub(super) portrait: Option<Portrait>,
}

impl ReadArticle {
    /// Reads a draft. `now` bounds the date of publication.
    pub fn new(rules: &Rules, draft: &Draft, now: Timestamp) -> Self {
        let (article, words) = normalise::article(draft, &rules.packs, now);
        let study = Study::of(rules, &article, &words);
        Self { article, study }
    }
}

impl Study {
    pub(super) fn of(rules: &Rules, article: &Article, words: &Words) -> Self {
        let packs = &rules.packs;
        let reading = claims::read(article, words, packs);
        let print = Self::print_of(article, words, &reading);
        let covers = packs.storylines.iter().map(|storyline| {
            let verdict = watch::watch(&reading, packs, storyline);
            let says = verdict
                .is_relevant()
                .then(|| claims::state(&reading, packs, &rules.patterns, storyline));
            (verdict, says)
        });
        let covers: Vec<(Watch, Option<Stating>)> = covers.collect();
        let relevant = covers.iter().any(|(_, says)| says.is_some());
        let portrait = relevant.then(|| Portrait::of(article, words, &reading, packs));
        let (credits, rendering) = match relevant {
            true => {
                let credits = origins::credits(article, words, &reading, packs);
                (credits, Rendering::of(article, &reading).map(Arc::new))
            }
            false => (Credits::default(), None),
        };
        let gist = Gist::of(&article.text, words);
        Self { reading, credits, rendering, print, gist, covers, portrait }
    }

    /// The fingerprint of an article that has been read.
    pub(super) fn print_of(
        article: &Article,
        words: &Words,
        reading: &Reading,
    ) -> Arc<Fingerprint> {
        let (hash, text) = (&article.content_hash, &article.text);
        Arc::new(fingerprint(hash, text, words, &reading.sentences))
    }
}
