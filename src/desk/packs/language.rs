//! A language: its script and direction, its function words, and how its words take prefixes and endings.

use std::collections::HashSet;

use serde::Deserialize;

use crate::desk::model::{Direction, LanguageId};
use crate::desk::normalise::{Spoken, fold};
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
    /// Frequent words that tell it from other languages of its script, folded.
    pub function_words: HashSet<String>,
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
        function_words: folded(written.function_words).into_iter().collect(),
        conjunctions: folded(written.conjunctions),
        prepositions: folded(written.prepositions),
        articles: folded(written.articles),
        ending_letters_max: written.ending_letters_max,
        ending_vowels: fold(&written.ending_vowels),
    })
}

impl Language {
    /// The forms of a folded word without its prefixes: the word itself first. A form counts only where the lexicon
    /// has it, so that no statistics are needed to know that وزير is not و + زير.
    pub fn forms(&self, word: &str) -> Vec<String> {
        let mut forms = vec![word.to_owned()];
        if self.conjunctions.is_empty() && self.prepositions.is_empty() && self.articles.is_empty()
        {
            return forms;
        }
        for prefixes in [&self.conjunctions, &self.prepositions, &self.articles] {
            for index in 0..forms.len() {
                for prefix in prefixes.iter() {
                    let Some(rest) = forms[index].strip_prefix(prefix.as_str()) else { continue };
                    // Two letters are left of a word at the least.
                    if rest.chars().count() >= 2 && !forms.iter().any(|form| form == rest) {
                        forms.push(rest.to_owned());
                    }
                }
            }
        }
        forms
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
