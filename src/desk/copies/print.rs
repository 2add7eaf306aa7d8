//! The fingerprint of an article: its words as hashes, its sentences, and the words that carry a fact. It holds all that
//! two texts are compared by, so that an article is read once.
//!
//! The lines of the site and the dateline are gone when a text has been read, and the title does not count: editors
//! write their own. Titles alone never make a copy.

use jiff::civil::Date;

use crate::desk::claims::Sentence;
use crate::desk::copies::Sketch;
use crate::desk::dates::{Meaning, Rule, Timex};
use crate::desk::model::{DateSpan, DurationSpan};
use crate::desk::normalise::Sentence as Cut;
use crate::desk::normalise::{Token, Words, sentences, tokens, word_hash};
use crate::desk::packs::{Family, Hit, Tag};

/// A line of the site that only tells the time, as in "3 hours ago", has no more words.
const STAMP_WORDS_MAX: usize = 6;

/// What is kept of a text to compare others with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fingerprint {
    /// The hash of the folded words of title and text.
    pub content_hash: String,
    /// What the index keeps of it.
    pub sketch: Sketch,
    /// The hashes of its words, in order.
    pub(super) words: Vec<u64>,
    /// Its sentences, in order.
    pub(super) lines: Vec<Line>,
    /// The words that carry a fact, in order.
    pub(super) marks: Vec<Mark>,
    /// The hashes of the words of the title.
    title: Vec<u64>,
    /// The text as it is written.
    text: Box<str>,
}

/// A sentence of a fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first word.
    pub(super) first: usize,
    /// The word behind its last one.
    pub(super) end: usize,
    /// Byte offset of its first character in the text.
    from: usize,
    /// Byte offset behind its last one.
    to: usize,
}

/// Words that carry a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    /// The first of them.
    pub(super) first: usize,
    /// The last of them.
    pub(super) last: usize,
    /// What they say.
    pub(super) says: Says,
}

/// What words that carry a fact say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Says {
    /// A day or span of days.
    Days(DateSpan, Naming),
    /// A length of time.
    Length(DurationSpan),
    /// A number: the hash of its digits, or of its value where words tell it.
    Number(u64),
    /// A place, party, venue or person that the gazetteer knows, or the kind of a venue, by the hash of its id.
    Known(Tag, u64),
    /// A name that no gazetteer knows.
    Name,
    /// How things stand: to come, over, called off, perhaps.
    Status(Tag),
    /// Not.
    Not,
}

/// How a day is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By its number or month.
    Calendar,
    /// As a day of the week.
    Weekday,
    /// From the day of publication: yesterday, in two weeks.
    Relative,
}

impl Fingerprint {
    /// Whether a sentence stands in the text in these words, or is the title.
    pub fn says(&self, sentence: &str) -> bool {
        let words: Vec<u64> = tokens(sentence).iter().map(hash).collect();
        let mut own = self.lines.iter().map(|line| &self.words[line.first..line.end]);
        own.any(|own| own == words) || self.title == words
    }

    /// A sentence as it is written.
    pub(super) fn written(&self, line: &Line) -> &str {
        self.text.get(line.from..line.to).unwrap_or_default()
    }

    /// The words of a run, which may end within a sentence, as tokens with the sentence that they stand in.
    pub(super) fn run(&self, (first, end): (usize, usize)) -> Vec<(&str, Vec<Token>)> {
        let from = self.lines.partition_point(|line| line.end <= first);
        let lines = self.lines[from..].iter().take_while(|line| line.first < end);
        lines
            .map(|line| {
                let written = self.written(line);
                let mut cut = tokens(written);
                cut.truncate(end.saturating_sub(line.first));
                cut.drain(..first.saturating_sub(line.first).min(cut.len()));
                (written, cut)
            })
            .collect()
    }

    fn push<'a>(&mut self, (from, to): (usize, usize), cut: impl Iterator<Item = &'a Token>) {
        let first = self.words.len();
        self.words.extend(cut.map(hash));
        if self.words.len() > first {
            self.lines.push(Line { first, end: self.words.len(), from, to });
        }
    }

    /// A text that only says its headline again is none.
    fn finished(mut self) -> Self {
        if self.title == self.words {
            (self.words, self.lines, self.marks) = Default::default();
        }
        let lines = self.lines.iter().map(|line| (line.first, line.end));
        self.sketch = Sketch::of(&self.words, lines);
        self.marks.sort_unstable_by_key(|mark| (mark.first, mark.last));
        self
    }
}

fn hash(token: &Token) -> u64 {
    word_hash(&token.folded)
}

/// The fingerprint of an article by its words. `read` are its sentences with their tags; without them only numbers are
/// decisive.
pub fn fingerprint(
    content_hash: &str,
    text: &str,
    words: &Words,
    read: &[Sentence],
) -> Fingerprint {
    if read.is_empty() {
        return fingerprint_plain(content_hash, text, words, &sentences(text));
    }
    let mut print = begun(content_hash, text, words);
    for sentence in read.iter().filter(|s| !s.in_title && !is_stamp(s)) {
        let first = print.words.len();
        let written = (sentence.start, sentence.start + sentence.text.len());
        print.push(written, sentence.tokens.iter());
        mark(sentence, first, &mut print.marks);
    }
    print.finished()
}

/// The fingerprint of a text in a language that nobody reads: only numbers are decisive.
pub fn fingerprint_plain(
    content_hash: &str,
    text: &str,
    words: &Words,
    cuts: &[Cut],
) -> Fingerprint {
    let mut print = begun(content_hash, text, words);
    let mut rest = words.text.as_slice();
    for cut in cuts {
        let (own, behind) = rest.split_at(rest.partition_point(|t| t.end <= cut.end));
        let first = print.words.len();
        print.push((cut.start, cut.end), own.iter());
        print.marks.extend(numbers(own, first, &[]));
        rest = behind;
    }
    print.finished()
}

fn begun(content_hash: &str, text: &str, words: &Words) -> Fingerprint {
    let title = words.title.iter().map(hash).collect();
    let (content_hash, text) = (content_hash.to_owned(), text.into());
    let own = Vec::with_capacity(words.text.len());
    Fingerprint { content_hash, title, text, words: own, ..Fingerprint::default() }
}

/// Whether a sentence is nothing but a time.
fn is_stamp(sentence: &Sentence) -> bool {
    let timed = |at: usize| {
        let mut hits = sentence.hits.iter().filter(|hit| hit.tag.family() == Family::Time);
        is_digits(&sentence.tokens[at]) || hits.any(|hit| (hit.first..=hit.last).contains(&at))
    };
    sentence.tokens.len() <= STAMP_WORDS_MAX && (0..sentence.tokens.len()).all(timed)
}

/// Marks the words of a sentence that carry a fact; `offset` is the place of its first word in the text.
fn mark(sentence: &Sentence, offset: usize, out: &mut Vec<Mark>) {
    out.extend(numbers(&sentence.tokens, offset, &sentence.times));
    let mark = |first, last, says| Mark { first: first + offset, last: last + offset, says };
    let times = sentence.times.iter();
    out.extend(times.filter_map(|time| Some(mark(time.first, time.last, of(time)?))));
    for hit in &sentence.hits {
        let says = match hit.tag {
            Tag::Place | Tag::Party | Tag::Venue | Tag::VenueType | Tag::Person => {
                Says::Known(hit.tag, word_hash(&hit.value))
            }
            Tag::Number | Tag::Ordinal if !timed(&sentence.times, hit.first) => {
                Says::Number(word_hash(&hit.value))
            }
            Tag::Not => Says::Not,
            Tag::Cancelled
            | Tag::Postponed
            | Tag::Hedge
            | Tag::Future
            | Tag::Held
            | Tag::Underway => Says::Status(hit.tag),
            _ => continue,
        };
        out.push(mark(hit.first, hit.last, says));
    }
    for name in &sentence.names {
        let known = |hit: &Hit| {
            matches!(hit.tag, Tag::Person | Tag::Place | Tag::Party | Tag::Organisation)
                && hit.first <= name.last
                && name.first <= hit.last
        };
        if !sentence.hits.iter().any(known) {
            out.push(mark(name.first, name.last, Says::Name));
        }
    }
}

/// The numbers in digits that belong to no time expression.
fn numbers(tokens: &[Token], offset: usize, times: &[Timex]) -> impl Iterator<Item = Mark> {
    let digits = tokens.iter().enumerate().filter(|(_, token)| is_digits(token));
    digits.filter(|(at, _)| !timed(times, *at)).map(move |(at, token)| {
        let at = at + offset;
        Mark { first: at, last: at, says: Says::Number(hash(token)) }
    })
}

/// Whether a token is a number in digits.
pub(super) fn is_digits(token: &Token) -> bool {
    token.folded.bytes().all(|b| b.is_ascii_digit())
}

fn timed(times: &[Timex], at: usize) -> bool {
    times.iter().any(|time| (time.first..=time.last).contains(&at))
}

fn of(time: &Timex) -> Option<Says> {
    Some(match time.meaning {
        Meaning::Days(span) => Says::Days(span, naming(time.rule)),
        Meaning::Length(length) => Says::Length(length),
        Meaning::Unresolved => return None,
    })
}

fn naming(rule: Rule) -> Naming {
    match rule {
        Rule::WeekdayBehind | Rule::WeekdayAhead | Rule::WeekdayShifted => Naming::Weekday,
        Rule::Deictic | Rule::Shifted | Rule::Counted | Rule::Window => Naming::Relative,
        _ => Naming::Calendar,
    }
}

/// Days between two days.
pub(super) fn apart(a: Date, b: Date) -> i64 {
    (a.duration_since(b).as_hours() / 24).abs()
}
