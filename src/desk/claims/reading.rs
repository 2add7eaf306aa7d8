//! Reading: an article as sentences with their tokens, tags, time expressions and clauses. Lines of the site (share
//! buttons, reading tips) and the dateline are passed over here, so that no later step meets them.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::desk::claims::compose;
use crate::desk::claims::names::{self, Name};
use crate::desk::dates::{self, Tense, Timex};
use crate::desk::model::{Article, LanguageId};
use crate::desk::normalise::Sentence as Cut;
use crate::desk::normalise::{Token, Words, sentences, within};
use crate::desk::packs::{Frame, Hit, Language, Lexicon, MonthOrder, Packs, Tag};

/// Sentences that are read of an article; the rest of a longer one tells no new fact of a meeting.
const SENTENCES_MAX: usize = 400;

/// A line of the site holds no more words than this.
const BOILERPLATE_WORDS_MAX: usize = 14;

/// Words before the dash or colon that ends a dateline.
const DATELINE_WORDS_MAX: usize = 9;

/// One sentence, read.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Whether it is the title.
    pub in_title: bool,
    /// Whether the article opens with it: the title and the first sentence of the text.
    pub opens: bool,
    /// Byte offset in the title or text.
    pub start: usize,
    /// Its words as they stand.
    pub text: String,
    /// Its tokens; offsets are within [`Sentence::text`].
    pub tokens: Vec<Token>,
    /// The phrases found.
    pub hits: Vec<Hit>,
    /// The time expressions found.
    pub times: Vec<Timex>,
    /// For each token the clause it stands in, counted from 0.
    pub clause: Vec<usize>,
    /// Whether it asks.
    pub question: bool,
    /// The line it stands in; the title is line 0 too.
    pub line: usize,
    /// The names of persons, known and unknown, in order.
    pub names: Vec<Name>,
}

impl Sentence {
    /// The hits of a tag.
    pub fn tagged(&self, tag: Tag) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(move |hit| hit.tag == tag)
    }

    /// Whether a tag occurs.
    pub fn has(&self, tag: Tag) -> bool {
        self.tagged(tag).next().is_some()
    }

    /// Whether a tag occurs in a clause; a phrase that holds the word that opens a clause stands in both.
    pub fn clause_has(&self, clause: usize, tag: Tag) -> bool {
        self.tagged(tag)
            .any(|hit| (self.clause[hit.first]..=self.clause[hit.last]).contains(&clause))
    }

    /// The number of clauses.
    pub fn clauses(&self) -> usize {
        self.clause.last().map_or(0, |last| last + 1)
    }

    /// Byte offsets of a run of tokens within the sentence.
    pub fn span(&self, first: usize, last: usize) -> (usize, usize) {
        (self.tokens[first].start, self.tokens[last].end)
    }

    /// The hit of one of the tags that is nearest to a token in the same clause, with its distance in tokens.
    pub fn nearest(&self, at: usize, tags: &[Tag]) -> Option<(&Hit, usize)> {
        self.hits
            .iter()
            .filter(|hit| tags.contains(&hit.tag) && self.clause[hit.first] == self.clause[at])
            .map(|hit| (hit, distance(hit, at)))
            .min_by_key(|(hit, d)| (*d, hit.first))
    }
}

/// Tokens between a hit and a token; 0 when it lies within.
pub(super) fn distance(hit: &Hit, at: usize) -> usize {
    if at < hit.first { hit.first - at } else { at.saturating_sub(hit.last) }
}

/// An article, read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Title first, then the text.
    pub sentences: Vec<Sentence>,
    /// The day of publication in the publisher's time zone, as far as known: UTC.
    pub day: Date,
    /// The language that was decided.
    pub language: LanguageId,
}

impl Reading {
    /// The reading as a frame hears it: without the words for events of other frames.
    pub fn heard_by(&self, frame: &Frame) -> Cow<'_, Self> {
        if self.sentences.iter().flat_map(|s| &s.hits).all(|hit| frame.hears(hit)) {
            return Cow::Borrowed(self);
        }
        let mut reading = self.clone();
        for sentence in &mut reading.sentences {
            sentence.hits.retain(|hit| frame.hears(hit));
        }
        Cow::Owned(reading)
    }

    /// Title and first sentences: what tells what the article is about. Sentences of the first lines count; three of
    /// them at the most.
    pub fn lead(&self) -> &[Sentence] {
        let titles = self.sentences.iter().take_while(|s| s.in_title).count();
        &self.sentences[..self.sentences.len().min(titles + 3)]
    }
}

/// Reads an article by its words. An article in a language without a pack has no sentences.
pub fn read(article: &Article, words: &Words, packs: &Packs) -> Reading {
    let day = article.published.at.to_zoned(TimeZone::UTC).date();
    let mut reading = Reading { sentences: Vec::new(), day, language: article.language.clone() };
    let (Some(language), Some(lexicon)) =
        (packs.language(&article.language), packs.lexicon(&article.language))
    else {
        return reading;
    };
    let mut reader = Reader { language, lexicon, day, dateline_open: true, out: Vec::new() };
    reader.read_all(&article.title, &words.title, true, 0);
    // A text that repeats its headline is read once.
    let body = article.text.as_str();
    let skip = body.strip_prefix(article.title.as_str()).map_or(0, |rest| body.len() - rest.len());
    let skip = if body[skip..].starts_with('\n') { skip } else { 0 };
    reader.read_all(body, &words.text, false, skip);
    reading.sentences = reader.out;
    names::complete(&mut reading.sentences, language);
    reading
}

struct Reader<'a> {
    language: &'a Language,
    lexicon: &'a Lexicon,
    day: Date,
    dateline_open: bool,
    out: Vec<Sentence>,
}

impl Reader<'_> {
    fn read_all(&mut self, text: &str, words: &[Token], in_title: bool, skip: usize) {
        for cut in sentences(text).into_iter().filter(|cut| cut.start >= skip) {
            if self.out.len() >= SENTENCES_MAX {
                return;
            }
            self.push(text, words, cut, in_title);
        }
    }

    fn push(&mut self, text: &str, words: &[Token], cut: Cut, in_title: bool) {
        let mut start = cut.start;
        let mut tokens = within(words, start, cut.end);
        let mut hits = self.lexicon.find(self.language, &tokens);
        if is_boilerplate(&hits, &tokens) {
            return;
        }
        if self.dateline_open && !in_title {
            self.dateline_open = false;
            let sentence = &text[start..cut.end];
            if let Some(length) = dateline(sentence, &tokens, &hits) {
                start += sentence.len() - sentence[length..].trim_start().len();
                tokens = within(words, start, cut.end);
                hits = self.lexicon.find(self.language, &tokens);
                if tokens.is_empty() {
                    return;
                }
            }
        }
        let sentence = text[start..cut.end].to_owned();
        let clause = clauses(&sentence, &tokens, &hits);
        compose::auxiliaries(&mut hits, &clause);
        let order: MonthOrder = self.language.order;
        let context =
            dates::Context { text: &sentence, tokens: &tokens, hits: &hits, day: self.day, order };
        let mut times = dates::find(&context, &|at| {
            tense_at(&hits, &clause, at, &tokens, &self.language.past_endings)
        });
        // "On 20 May" hedges nothing: what a time expression holds has no other meaning.
        let timed = |hit: &Hit| times.iter().any(|t| t.first <= hit.first && hit.last <= t.last);
        hits.retain(|hit| hit.tag != Tag::Hedge || !timed(hit));
        compose::timed(&mut hits, &clause, &times, self.day);
        compose::unset(&mut hits, &clause, &mut times);
        let names = names::find(&sentence, &tokens, &hits, self.language, in_title);
        let opens = in_title || self.out.last().is_none_or(|before| before.in_title);
        self.out.push(Sentence {
            in_title,
            opens,
            start,
            text: sentence,
            tokens,
            hits,
            times,
            clause,
            question: cut.question,
            line: cut.line,
            names,
        });
    }
}

/// A short line that begins with, or is, a phrase of the site.
fn is_boilerplate(hits: &[Hit], cut: &[Token]) -> bool {
    cut.len() <= BOILERPLATE_WORDS_MAX
        && hits
            .iter()
            .any(|hit| hit.tag == Tag::Boilerplate && (hit.first <= 1 || hit.last + 1 == cut.len()))
}

/// The length in bytes of a dateline: a place, a date, perhaps an outlet in brackets, then a dash, colon or full stop.
fn dateline(words: &str, cut: &[Token], hits: &[Hit]) -> Option<usize> {
    let placed =
        hits.iter().any(|hit| hit.first == 0 && matches!(hit.tag, Tag::Place | Tag::Party));
    let capital = cut.first().is_some_and(|token| token.upper);
    if !placed && !capital {
        return None;
    }
    let limit = cut.get(DATELINE_WORDS_MAX).map_or(words.len(), |token| token.start);
    let head = &words[..limit];
    let mark = head
        .char_indices()
        .filter(|(at, c)| match c {
            '—' | '–' => true,
            '-' => words[at + 1..].starts_with(' '),
            ':' => true,
            _ => false,
        })
        .map(|(at, c)| at + c.len_utf8())
        .next_back();
    let ends_dated = || {
        // "ДОХА, 26 февраля." is a sentence of its own: a place in capitals and a date, nothing else.
        (capital && cut.len() <= 4 && hits.iter().any(|hit| hit.tag == Tag::Month))
            .then_some(words.len())
    };
    let dated = |end: usize| {
        let before = cut.iter().filter(|token| token.end <= end).count();
        let spoken = hits.iter().any(|hit| {
            hit.first < before
                && matches!(hit.tag, Tag::Meeting | Tag::Report | Tag::Held | Tag::Head)
        });
        !spoken && before >= 1
    };
    ends_dated().or_else(|| mark.filter(|end| dated(*end)))
}

/// Clauses begin at a word that opens one, at "that", and behind a semicolon, colon or dash.
fn clauses(words: &str, cut: &[Token], hits: &[Hit]) -> Vec<usize> {
    let mut current = 0;
    let mut out = Vec::with_capacity(cut.len());
    // Hits stand in the order of their first token.
    let mut openers =
        hits.iter().filter(|hit| opens(hit, hit.first)).map(|hit| hit.first).peekable();
    for (index, token) in cut.iter().enumerate() {
        while openers.next_if(|first| *first < index).is_some() {}
        if index > 0 {
            let gap = &words[cut[index - 1].end..token.start];
            let opened = openers.peek() == Some(&index);
            if opened || gap.contains([';', '؛', ':']) || gap.contains(" — ") {
                current += 1;
            }
        }
        out.push(current);
    }
    out
}

/// Whether a phrase opens a clause: a conjunction, "that", or a mark of what was before ("… since Russia …").
fn opens(hit: &Hit, index: usize) -> bool {
    matches!(hit.tag, Tag::Clause | Tag::That) || (hit.tag == Tag::Earlier && index > 4)
}

/// The tense around a token: that of the nearest word of status in its clause; past where somebody has said something, or
/// where a word has the ending of a past verb.
fn tense_at(
    hits: &[Hit],
    clause: &[usize],
    at: usize,
    tokens: &[Token],
    past_endings: &[String],
) -> Tense {
    let told = hits
        .iter()
        .filter_map(|hit| {
            let tense = match hit.tag {
                Tag::Future | Tag::Present | Tag::Proposed | Tag::Unset => Tense::Future,
                Tag::Held
                | Tag::Underway
                | Tag::Report
                | Tag::Cancelled
                | Tag::Earlier
                | Tag::WasDue => Tense::Past,
                _ => return None,
            };
            let elsewhere = clause[hit.first] != clause[at];
            // What was said in another clause has no bearing on this one.
            let report = hit.tag == Tag::Report;
            if report && elsewhere {
                return None;
            }
            // "On Sunday, Oman says": what is said behind a day does not date the saying.
            let behind = report && hit.first > at;
            Some(((elsewhere, behind, distance(hit, at)), tense))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|((elsewhere, ..), tense)| (elsewhere, tense));
    let ends_past = || {
        tokens.iter().zip(clause).any(|(token, of)| {
            *of == clause[at]
                && token.folded.chars().count() > 4
                && past_endings.iter().any(|ending| token.folded.ends_with(ending.as_str()))
        })
    };
    match told {
        Some((false, tense)) => tense,
        _ if ends_past() => Tense::Past,
        Some((true, tense)) => tense,
        None => Tense::Unknown,
    }
}
