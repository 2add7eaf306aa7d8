//! The profile of an article: what another report on the same event would share with it. Marks can be met in any
//! language: names by their sound, numbers, days, capitals, entities of the gazetteer, terms. Stems can be met in the
//! same language only.

use std::collections::BTreeMap;

use crate::desk::claims::{Reading, Sentence};
use crate::desk::dates::Meaning;
use crate::desk::model::{Article, DateSpan};
use crate::desk::normalise::{Token, Words, word_hash};
use crate::desk::packs::{EntityKind, Forms, Hit, Language, Packs, Tag};
use crate::desk::stories::marks::{Label, Mark, MarkKind, Marks};
use crate::desk::stories::number;

/// Tokens that are looked at of an article: the rest of a longer one tells of other things too.
const TOKENS_MAX: usize = 700;

/// Tokens of the text that belong to the lead.
const LEAD_TOKENS: usize = 60;

/// Letters of a stem. Russian and Arabic words change behind the fourth; English ones are told apart by the company
/// that they keep.
const STEM_LETTERS: usize = 4;

/// Letters of the small words by which two texts are known to be in one language.
const SMALL_LETTERS_MAX: usize = 3;

/// A word that is not written as a name is heard only when it is this long: shorter ones meet by chance.
const COGNATE_LETTERS_MIN: usize = 7;

/// A longer span names no day.
const DAYS_MAX: i32 = 3;

/// A title whose words are capitals in this share is written in headline style, and its capitals name nobody.
const HEADLINE_STYLE: f32 = 0.6;

/// A script, by which rarity is counted and the noise between two languages is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// No vowels, no capitals: every word may be a name.
    Arabic,
    /// Capitals and vowels.
    Cyrillic,
    /// Capitals and vowels.
    Latin,
    /// Any other.
    #[default]
    Other,
}

impl Script {
    /// The script of a letter.
    pub fn of(letter: char) -> Self {
        match letter {
            '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' => Script::Arabic,
            '\u{0400}'..='\u{052f}' => Script::Cyrillic,
            'a'..='z' | 'A'..='Z' | '\u{00c0}'..='\u{024f}' => Script::Latin,
            _ => Script::Other,
        }
    }
}

/// What a word of the title or lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Any word.
    Plain,
    /// A number.
    Number,
    /// A name: capitals within a sentence, or the gazetteer.
    Name,
}

/// A word by its stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stem {
    /// The hash of the stem.
    pub key: u32,
    /// What the word is.
    pub part: Part,
}

/// The profile.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The script of most of its words.
    pub script: Script,
    /// Its smallest words with the root of their share, sorted: a sketch of the language.
    pub small: Vec<(u32, f32)>,
    /// The stems of title and text, sorted and distinct.
    pub stems: Vec<u32>,
    /// Those of the title, distinct.
    pub title: Vec<Stem>,
    /// Those of title and lead, distinct.
    pub lead: Vec<Stem>,
    /// What can be met in any language, sorted by key.
    pub marks: Vec<Mark>,
    /// The days that the title names, as first and last.
    pub days: Option<DateSpan>,
}

/// A profile and the words behind its marks, which are needed only to say why.
#[derive(Clone, Debug, Default)]
pub struct Portrait {
    /// The profile.
    pub profile: Profile,
    /// The words behind the marks.
    pub labels: BTreeMap<u64, Label>,
    /// The words behind the stems of title and lead.
    pub words: BTreeMap<u32, String>,
}

impl Portrait {
    /// Paints an article by its words and its reading.
    pub fn of(article: &Article, words: &Words, reading: &Reading, packs: &Packs) -> Self {
        let language = packs.language(&article.language);
        let mut painter = Painter::new(packs, language);
        if reading.sentences.is_empty() {
            painter.take(Piece::plain(&article.title, &words.title, true));
            painter.take(Piece::plain(&article.text, &words.text, false));
        } else {
            reading.sentences.iter().for_each(|sentence| painter.take(Piece::read(sentence)));
        }
        painter.finish()
    }
}

/// A run of tokens with what is known of them.
struct Piece<'a> {
    text: &'a str,
    tokens: &'a [Token],
    hits: &'a [Hit],
    days: Vec<DateSpan>,
    in_title: bool,
}

impl<'a> Piece<'a> {
    fn plain(text: &'a str, tokens: &'a [Token], in_title: bool) -> Self {
        Self { text, tokens, hits: &[], days: Vec::new(), in_title }
    }

    fn read(sentence: &'a Sentence) -> Self {
        let days = sentence.times.iter().filter_map(|time| match time.meaning {
            Meaning::Days(days) if days.days() <= DAYS_MAX => Some(days),
            _ => None,
        });
        Self {
            text: &sentence.text,
            tokens: &sentence.tokens,
            hits: &sentence.hits,
            days: days.collect(),
            in_title: sentence.in_title,
        }
    }

    /// Whether a word stands where any word would have a capital: first, or behind a mark that ends a sentence.
    fn opens(&self, token: &Token) -> bool {
        let before = self.text[..token.start].trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '«' | '"' | '“' | '”' | '„' | '(' | '‘' | '\'' | '–' | '—' | '-')
        });
        before
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, '.' | '!' | '?' | '…' | ':' | '؟' | '\n'))
    }

    /// Whether most of its longer words have capitals.
    fn is_headline_style(&self) -> bool {
        let long = || self.tokens.iter().skip(1).filter(|token| token.folded.chars().count() > 3);
        let capitals = long().filter(|token| token.capital).count();
        capitals as f32 > HEADLINE_STYLE * long().count() as f32
    }
}

struct Painter<'a> {
    packs: &'a Packs,
    language: Option<&'a Language>,
    marks: Marks<'a>,
    parts: BTreeMap<u32, Part>,
    title: Vec<u32>,
    lead: Vec<u32>,
    labels: BTreeMap<u32, String>,
    small: BTreeMap<u32, f32>,
    letters: [usize; 4],
    tokens: usize,
    text_tokens: usize,
    days: Option<DateSpan>,
}

impl<'a> Painter<'a> {
    fn new(packs: &'a Packs, language: Option<&'a Language>) -> Self {
        Self {
            packs,
            language,
            marks: Marks::new(&packs.sounds),
            parts: BTreeMap::new(),
            title: Vec::new(),
            lead: Vec::new(),
            labels: BTreeMap::new(),
            small: BTreeMap::new(),
            letters: [0; 4],
            tokens: 0,
            text_tokens: 0,
            days: None,
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        if self.tokens >= TOKENS_MAX {
            return;
        }
        self.days(&piece);
        let named = self.entities(piece.hits, piece.tokens.len());
        let style = piece.in_title && piece.is_headline_style();
        let mut at = 0;
        let mut link = Links::default();
        while at < piece.tokens.len() {
            let token = &piece.tokens[at];
            let first = at;
            at += 1;
            if link.holds(piece.text, token) {
                continue;
            }
            self.tokens += 1;
            self.text_tokens += usize::from(!piece.in_title);
            if token.folded.starts_with(|c: char| c.is_ascii_digit()) {
                let (numbers, behind) = number::read(piece.text, piece.tokens, first);
                at = behind;
                for number in numbers {
                    self.number(&number, piece.in_title);
                }
                continue;
            }
            let capital = token.capital && !style && !piece.opens(token);
            self.word(token, capital || named.get(first).is_some_and(|named| *named), &piece);
        }
    }

    /// Notes the days. Those of a title tell apart what a series reports: forecasts, tables, rounds.
    fn days(&mut self, piece: &Piece<'_>) {
        for days in &piece.days {
            self.marks.note(MarkKind::Day, &days.to_string(), 0.7);
        }
        if piece.in_title {
            self.days = self.days.or(piece.days.first().copied());
        }
    }

    /// Notes the entities and number words that were found; says which tokens name an entity.
    fn entities(&mut self, hits: &[Hit], tokens: usize) -> Vec<bool> {
        let mut named = vec![false; if hits.is_empty() { 0 } else { tokens }];
        for hit in hits {
            if hit.tag == Tag::Number {
                if hit.value.len() > 1 {
                    self.marks.note(MarkKind::Number, &hit.value, 0.7);
                }
                continue;
            }
            let of_kind = EntityKind::of_tag(hit.tag);
            if !matches!(of_kind, None | Some(EntityKind::Topics | EntityKind::Assessments)) {
                named[hit.first..=hit.last].fill(true);
                self.marks.note(MarkKind::Entity, &hit.value, 1.0);
            }
        }
        named
    }

    fn number(&mut self, number: &str, in_title: bool) {
        self.marks.note(MarkKind::Number, number, 1.0);
        let key = (word_hash(number) >> 32) as u32;
        self.stem(key, number, Part::Number, in_title);
    }

    fn word(&mut self, token: &Token, name: bool, piece: &Piece<'_>) {
        let folded = token.folded.as_str();
        let letters = folded.chars().count();
        let script = folded.chars().next().map_or(Script::Other, Script::of);
        self.letters[script as usize] += letters;
        if letters <= SMALL_LETTERS_MAX && !token.upper {
            *self.small.entry(word_hash(folded) as u32).or_default() += 1.0;
        }
        let known = |language: &Language| language.is_function_word(token);
        if letters < 2 || self.language.is_some_and(known) {
            return;
        }
        let forms = match self.language {
            Some(language) if script == Script::Arabic => language.forms(folded),
            _ => Forms::of_whole(folded),
        };
        let shortest = forms.iter().min_by_key(|form| form.len()).unwrap_or(folded);
        let stem_end =
            shortest.char_indices().nth(STEM_LETTERS).map_or(shortest.len(), |(at, _)| at);
        let key = (word_hash(&shortest[..stem_end]) >> 32) as u32;
        let part = if name || token.upper { Part::Name } else { Part::Plain };
        self.stem(key, folded, part, piece.in_title);
        if token.upper && script == Script::Latin && letters <= 5 {
            self.marks.note(MarkKind::Capitals, folded, 1.0);
        }
        if let Some((id, key)) = forms.iter().find_map(|form| self.packs.terms.find(form, token)) {
            self.marks.note_key(MarkKind::Term, key, id, 0.7);
        }
        let arabic = script == Script::Arabic;
        let named = arabic || (token.capital && (name || !piece.opens(token))) || token.upper;
        if named || token.capital || letters >= COGNATE_LETTERS_MIN {
            let weight = match (named && !arabic, arabic || token.capital) {
                (true, _) => 1.0,
                (false, true) => 0.7,
                (false, false) => 0.5,
            };
            forms.iter().for_each(|form| self.marks.hear(form, folded, named, weight));
            if script == Script::Cyrillic
                && let Some(stem) = self.language.and_then(|l| l.without_ending(folded))
            {
                self.marks.hear(stem, folded, named, weight);
            }
        }
    }

    fn stem(&mut self, key: u32, word: &str, part: Part, in_title: bool) {
        let known = self.parts.entry(key).or_insert(part);
        *known = part.max(*known);
        if in_title && !self.title.contains(&key) {
            self.title.push(key);
        }
        if (in_title || self.text_tokens <= LEAD_TOKENS) && !self.lead.contains(&key) {
            self.lead.push(key);
            self.labels.insert(key, word.to_owned());
        }
    }

    fn finish(self) -> Portrait {
        let parts = &self.parts;
        let stem = |key: u32| Stem { key, part: parts.get(&key).copied().unwrap_or(Part::Plain) };
        let all = [Script::Arabic, Script::Cyrillic, Script::Latin, Script::Other];
        let letters = self.letters;
        let script = all.into_iter().max_by_key(|script| letters[*script as usize]);
        let total: f32 = self.small.values().sum();
        let (marks, labels) = self.marks.finish();
        let profile = Profile {
            script: script.unwrap_or_default(),
            small: self.small.iter().map(|(key, n)| (*key, (n / total).sqrt())).collect(),
            stems: parts.keys().copied().collect(),
            title: self.title.iter().copied().map(stem).collect(),
            lead: self.lead.iter().copied().map(stem).collect(),
            marks,
            days: self.days,
        };
        Portrait { profile, labels, words: self.labels }
    }
}

/// Addresses of pages within a text: their parts are no words.
#[derive(Default)]
struct Links {
    /// The end of the run without blanks that was looked at last, and whether it is an address.
    end: usize,
    is_link: bool,
}

impl Links {
    fn holds(&mut self, text: &str, token: &Token) -> bool {
        if token.start >= self.end {
            let rest = &text[token.start..];
            let run = rest.find(char::is_whitespace).unwrap_or(rest.len());
            self.end = token.start + run;
            self.is_link = rest[..run].contains("://");
        }
        self.is_link
    }
}
