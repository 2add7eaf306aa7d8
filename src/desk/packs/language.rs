//! A language: its script and direction, its function words, and how its words take prefixes and endings.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use serde::Deserialize;

use crate::desk::model::{Direction, LanguageId};
use crate::desk::normalise::{Spoken, Token, WordHasher, fold, word_hash};
use crate::desk::packs::{PackProblem, PackSource};

/// Which of two bare numbers with a separator is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum MonthOrder {
    DayMonth,
    MonthDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    script: Spoken,
    direction: Direction,
    order: MonthOrder,
    function_words: Vec<String>,
    #[serde(default)]
    conjunctions: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(default)]
    ending_letters_max: usize,
    #[serde(default)]
    ending_vowels: String,
    #[serde(default)]
    past_endings: Vec<String>,
    #[serde(default)]
    name_endings: Vec<String>,
}

/// A language pack's `lang.toml`, checked.
#[derive(Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub id: LanguageId,
    /// Its name in itself.
    pub name: String,
    /// The script it is written in.
    pub script: Spoken,
    /// The direction it is written in.
    pub direction: Direction,
    /// The order of day and month in numbers.
    pub order: MonthOrder,
    /// Frequent words that tell it from other languages of its script, by their hashes.
    pub function_words: HashSet<u64, BuildHasherDefault<WordHasher>>,
    /// Prefixes that stand first: Arabic و, ف.
    pub conjunctions: Vec<String>,
    /// Prefixes that stand after those: Arabic ب, ك, ل, س.
    pub prepositions: Vec<String>,
    /// Prefixes that stand next to the word: Arabic ال, and لل for ل+ال.
    pub articles: Vec<String>,
    /// Letters that a case ending may add to a name's stem; 0 when names do not change.
    pub ending_letters_max: usize,
    /// Final letters that a name drops before an ending.
    pub ending_vowels: String,
    /// Endings of verbs that tell of the past, folded: Russian -ли, English -ed. They decide the tense of a clause in
    /// which no word of the lists does.
    pub past_endings: Vec<String>,
    /// Endings of names with consonants in them, folded, the longest first: Russian -ом, -ого. Without them a name is heard
    /// as in other languages.
    pub name_endings: Vec<String>,
}

/// The forms of a word: each is the word from some letter on.
#[derive(Clone, Copy, Debug)]
pub struct Forms<'a> {
    word: &'a str,
    cuts: [u8; Forms::MAX],
    len: usize,
}

impl<'a> Forms<'a> {
    /// Forms that are kept of a word: conjunction, preposition and article peel off in at most 2 x 2 x 2 ways.
    const MAX: usize = 8;

    fn push(&mut self, rest: &str, letters_min: usize) {
        let cut = u8::try_from(self.word.len() - rest.len());
        if let Ok(cut) = cut
            && self.len < Self::MAX
            && rest.chars().nth(letters_min - 1).is_some()
            && !self.cuts[..self.len].contains(&cut)
        {
            self.cuts[self.len] = cut;
            self.len += 1;
        }
    }

    /// The word alone.
    pub fn of_whole(word: &'a str) -> Self {
        Self { word, cuts: [0; Forms::MAX], len: 1 }
    }

    /// The forms, the word itself first.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.cuts[..self.len].iter().map(|cut| &self.word[usize::from(*cut)..])
    }
}

/// Reads a `lang.toml`.
pub(super) fn read(source: &PackSource) -> Result<Language, PackProblem> {
    let written: Written = toml::from_str(&source.text)
        .map_err(|error| PackProblem::toml(&source.path, &source.text, &error))?;
    let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
    Ok(Language {
        id: LanguageId::new(written.id),
        name: written.name,
        script: written.script,
        direction: written.direction,
        order: written.order,
        function_words: folded(written.function_words).iter().map(|word| word_hash(word)).collect(),
        conjunctions: folded(written.conjunctions),
        prepositions: folded(written.prepositions),
        articles: folded(written.articles),
        ending_letters_max: written.ending_letters_max,
        ending_vowels: fold(&written.ending_vowels),
        past_endings: folded(written.past_endings),
        name_endings: folded(written.name_endings),
    })
}

impl Language {
    /// The forms of a folded word without its prefixes: the word itself first. A form counts only where the lexicon
    /// has it, so that no statistics are needed to know that وزير is not و + زير.
    pub fn forms<'a>(&self, word: &'a str) -> Forms<'a> {
        let mut forms = Forms::of_whole(word);
        // Three letters are left behind a preposition or article, so that كان is no ك + ان and الآن no ال + ان.
        for (prefixes, least) in
            [(&self.conjunctions, 2), (&self.prepositions, 3), (&self.articles, 3)]
        {
            for index in 0..forms.len {
                let at = usize::from(forms.cuts[index]);
                for prefix in prefixes.iter() {
                    if let Some(rest) = word[at..].strip_prefix(prefix.as_str()) {
                        forms.push(rest, least);
                    }
                }
            }
        }
        forms
    }

    /// Whether a word is one of the frequent ones.
    pub fn is_function_word(&self, token: &Token) -> bool {
        self.function_words.contains(&token.hash)
    }

    /// A word without a case ending that holds a consonant; none for one without such an ending, or with no name left.
    pub fn without_ending<'a>(&self, word: &'a str) -> Option<&'a str> {
        let stem =
            self.name_endings.iter().find_map(|ending| word.strip_suffix(ending.as_str()))?;
        stem.chars().nth(2).map(|_| stem)
    }

    /// The stem of a name that takes endings.
    pub fn stem<'a>(&self, name: &'a str) -> &'a str {
        match name.chars().last() {
            Some(last) if self.ending_vowels.contains(last) && name.chars().count() > 3 => {
                &name[..name.len() - last.len_utf8()]
            }
            _ => name,
        }
    }
}
