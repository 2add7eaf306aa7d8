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
use crate::desk::normalise::{Token, Words, sentences, tokens, within, word_hash};
use crate::desk::packs::Tag;

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
    /// The hashes of the words of each sentence of the title.
    titles: Vec<Vec<u64>>,
}

/// A sentence of a fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first word.
    pub(super) first: usize,
    /// The word behind its last one.
    pub(super) end: usize,
    /// As it is written.
    pub(super) text: String,
}

/// Words that carry a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// The first of them.
    pub(super) first: usize,
    /// The last of them.
    pub(super) last: usize,
    /// What they say.
    pub(super) says: Says,
}

/// What words that carry a fact say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Says {
    /// A day or span of days.
    Days(DateSpan, Naming),
    /// A length of time.
    Length(DurationSpan),
    /// A number: its digits, or its value where words tell it.
    Number(String),
    /// A place, party, venue or person that the gazetteer knows, or the kind of a venue.
    Known(Tag, String),
    /// A name that no gazetteer knows, word by word.
    Name(Vec<String>),
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
    /// Whether a sentence stands in the text or title in these words.
    pub fn says(&self, sentence: &str) -> bool {
        let words: Vec<u64> =
            tokens(sentence).iter().map(|token| word_hash(&token.folded)).collect();
        let own = self.lines.iter().map(|line| &self.words[line.first..line.end]);
        own.chain(self.titles.iter().map(Vec::as_slice)).any(|own| own == words)
    }

    fn push(&mut self, sentence: &str, cut: &[Token]) {
        let first = self.words.len();
        self.words.extend(cut.iter().map(|token| word_hash(&token.folded)));
        if self.words.len() > first {
            self.lines.push(Line { first, end: self.words.len(), text: sentence.to_owned() });
        }
    }

    /// A text that only says its headline again is none.
    fn finished(mut self, content_hash: &str) -> Self {
        content_hash.clone_into(&mut self.content_hash);
        if self.titles.iter().flatten().eq(&self.words) {
            (self.words, self.lines, self.marks) = Default::default();
        }
        let lines = self.lines.iter().map(|line| (line.first, line.end));
        self.sketch = Sketch::of(&self.words, lines);
        self.marks.sort_by_key(|mark| (mark.first, mark.last));
        self
    }
}

/// The fingerprint of an article by its words. `read` are its sentences with their tags; without them only numbers are
/// decisive.
pub fn fingerprint(
    content_hash: &str,
    text: &str,
    words: &Words,
    read: &[Sentence],
) -> Fingerprint {
    let mut print = Fingerprint::default();
    print.words.reserve(words.text.len());
    if read.is_empty() {
        let title = words.title.iter().map(|token| word_hash(&token.folded));
        print.titles.push(title.collect());
        for cut in sentences(text) {
            let tokens = within(&words.text, cut.start, cut.end);
            let (first, sentence) = (print.words.len(), &text[cut.start..cut.end]);
            print.push(sentence, &tokens);
            print.marks.extend(numbers(&tokens, first, &[]));
        }
        return print.finished(content_hash);
    }
    for sentence in read {
        if sentence.in_title {
            let words = sentence.tokens.iter().map(|token| word_hash(&token.folded));
            print.titles.push(words.collect());
            continue;
        }
        let first = print.words.len();
        print.push(&sentence.text, &sentence.tokens);
        print.marks.extend(marks(sentence, first));
    }
    print.finished(content_hash)
}

/// The words of a sentence that carry a fact; `offset` is the place of its first word in the text.
fn marks(sentence: &Sentence, offset: usize) -> Vec<Mark> {
    let mut out = numbers(&sentence.tokens, offset, &sentence.times);
    let mark = |first, last, says| Mark { first: first + offset, last: last + offset, says };
    out.extend(
        sentence.times.iter().filter_map(|time| Some(mark(time.first, time.last, of(time)?))),
    );
    let timed = |at| sentence.times.iter().any(|time| (time.first..=time.last).contains(&at));
    for hit in &sentence.hits {
        let says = match hit.tag {
            Tag::Place | Tag::Party | Tag::Venue | Tag::VenueType | Tag::Person => {
                Says::Known(hit.tag, hit.value.clone())
            }
            Tag::Number | Tag::Ordinal if !timed(hit.first) => Says::Number(hit.value.clone()),
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
        let known = |hit: &crate::desk::packs::Hit| {
            matches!(hit.tag, Tag::Person | Tag::Place | Tag::Party | Tag::Organisation)
                && hit.first <= name.last
                && name.first <= hit.last
        };
        if !sentence.hits.iter().any(known) {
            let words = sentence.tokens[name.first..=name.last].iter();
            let words = words.map(|token| token.folded.clone()).collect();
            out.push(mark(name.first, name.last, Says::Name(words)));
        }
    }
    out
}

/// The numbers in digits that belong to no time expression.
fn numbers(tokens: &[Token], offset: usize, times: &[Timex]) -> Vec<Mark> {
    let timed = |at| times.iter().any(|time| (time.first..=time.last).contains(&at));
    tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| token.folded.bytes().all(|b| b.is_ascii_digit()) && !timed(*at))
        .map(|(at, token)| Mark {
            first: at + offset,
            last: at + offset,
            says: Says::Number(token.folded.clone()),
        })
        .collect()
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
