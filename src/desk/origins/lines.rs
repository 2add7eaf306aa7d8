//! Credits of the article as a whole: the dateline, lines that hold nothing but credits, bylines, and remarks such as
//! "this was reported by".

use crate::desk::claims::{Reading, Sentence};
use crate::desk::model::Article;
use crate::desk::normalise::{Token, Words, within};
use crate::desk::origins::credit::{Credit, How, Kind, is_remark, is_set_off, kind};
use crate::desk::packs::{Gazetteer, Hit, Language, Lexicon, Packs, Tag};

/// Words of a line of credits; a longer one tells something.
const LINE_WORDS_MAX: usize = 16;

/// Words of a line of credits that no list has: names of authors, an initial.
const OTHER_WORDS_MAX: usize = 1;

/// The article's credit: a named one before "agencies", and among those the one that stands first.
pub(super) fn of_article(
    article: &Article,
    words: &Words,
    reading: &Reading,
    packs: &Packs,
) -> Option<Credit> {
    let language = packs.language(&article.language)?;
    let lexicon = packs.lexicon(&article.language)?;
    let finder = Finder { language, lexicon, gazetteer: &packs.gazetteer };
    let mut found = finder.passed_over(article, words, reading);
    let sentences = reading.sentences.iter().filter(|sentence| !sentence.in_title);
    found.extend(sentences.filter_map(|sentence| finder.of_sentence(sentence)));
    found.sort_by_key(|(at, credit)| (!credit.named, *at));
    found.into_iter().next().map(|(_, credit)| credit)
}

struct Finder<'a> {
    language: &'a Language,
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
}

impl Finder<'_> {
    /// Credits in what the reading passes over: datelines and lines of the site. Each with its place in the text.
    fn passed_over(
        &self,
        article: &Article,
        words: &Words,
        reading: &Reading,
    ) -> Vec<(usize, Credit)> {
        let mut read = reading.sentences.iter().filter(|s| !s.in_title).peekable();
        let mut out = Vec::new();
        let mut start = 0;
        let mut first = true;
        for line in article.text.split('\n') {
            let end = start + line.len();
            let begins = read.peek().filter(|sentence| sentence.start < end).map(|s| s.start);
            while read.next_if(|sentence| sentence.start < end).is_some() {}
            let over = start..begins.unwrap_or(end);
            // A text that repeats its headline is read once.
            let repeats = start == 0 && line == article.title;
            if !over.is_empty() && !repeats && (begins.is_none() || first) {
                let how = if begins.is_some() { How::Dateline } else { How::Line };
                let cut = within(&words.text, over.start, over.end);
                out.extend(self.of_line(&cut, how).map(|credit| (over.start, credit)));
            }
            first &= begins.is_none();
            start = end + 1;
        }
        out
    }

    fn of_line(&self, cut: &[Token], how: How) -> Option<Credit> {
        if cut.is_empty() || cut.len() > LINE_WORDS_MAX {
            return None;
        }
        let hits = self.lexicon.find(self.language, cut);
        self.first_agency(&hits, how)
    }

    /// The credit of a sentence that is a line of credits, a byline, or a remark about the whole; or that an agency signs.
    fn of_sentence(&self, sentence: &Sentence) -> Option<(usize, Credit)> {
        let (hits, tokens) = (&sentence.hits, &sentence.tokens);
        if !sentence.has(Tag::Agency) || of_pictures(hits) {
            return None;
        }
        let short = tokens.len() <= LINE_WORDS_MAX;
        let by = |hit: &Hit| hit.tag == Tag::Credit && hit.value == "by" && hit.first == 0;
        let credit = if is_remark(sentence) {
            self.first_agency(hits, How::Remark)?
        } else if short && (hits.iter().any(by) || is_line(tokens, hits)) {
            self.first_agency(hits, How::Line)?
        } else {
            let signs = sentence.tagged(Tag::Agency).find(|hit| {
                hit.last + 1 == tokens.len()
                    && is_set_off(&sentence.text, tokens, hit)
                    && kind(hit, self.gazetteer) == Kind::Named
            })?;
            Credit { agency: signs.value.clone(), named: true, how: How::Line }
        };
        Some((sentence.start, credit))
    }

    fn first_agency(&self, hits: &[Hit], how: How) -> Option<Credit> {
        if of_pictures(hits) {
            return None;
        }
        let agencies = hits.iter().filter(|hit| hit.tag == Tag::Agency);
        let ranked = agencies.filter_map(|hit| match kind(hit, self.gazetteer) {
            Kind::Named => Some((false, hit)),
            Kind::Generic | Kind::Alone => Some((true, hit)),
            Kind::Anaphor => None,
        });
        let (unnamed, hit) = ranked.min_by_key(|(unnamed, hit)| (*unnamed, hit.first))?;
        Some(Credit { agency: hit.value.clone(), named: !unnamed, how })
    }
}

/// Whether a line tells from whom pictures are.
fn of_pictures(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.tag == Tag::Credit && hit.value == "photo")
}

/// Whether a sentence holds nothing but an agency, what credits it, a place and a date.
fn is_line(tokens: &[Token], hits: &[Hit]) -> bool {
    let of_line = |hit: &&Hit| match hit.tag {
        Tag::Agency | Tag::Place | Tag::Party | Tag::Month | Tag::MonthWeak | Tag::Boilerplate => {
            true
        }
        Tag::Credit => matches!(hit.value.as_str(), "from" | "by"),
        _ => false,
    };
    let of_line: Vec<&Hit> = hits.iter().filter(of_line).collect();
    let other = tokens.iter().enumerate().filter(|(at, token)| {
        token.number().is_none() && !of_line.iter().any(|hit| hit.first <= *at && *at <= hit.last)
    });
    other.count() <= OTHER_WORDS_MAX.min(tokens.len().saturating_sub(2))
}
