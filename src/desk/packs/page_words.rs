//! What sites write around their articles, by language: `packs/lang/ID/page.toml`. Pages mix languages, so that the lists
//! of all languages are looked at together.

use serde::Deserialize;

use crate::desk::normalise::tokens;
use crate::desk::packs::{PackProblem, PackSource};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    by: Vec<String>,
    and: Vec<String>,
    begins: Vec<String>,
    holds: Vec<String>,
    pay: Vec<String>,
    consent: Vec<String>,
}

/// Phrases of all languages, folded, each between two spaces.
#[derive(Debug, Default)]
pub struct PageWords {
    by: Vec<String>,
    and: Vec<String>,
    begins: Vec<String>,
    holds: Vec<String>,
    pay: Vec<String>,
    consent: Vec<String>,
}

/// A line as phrases are looked for in it.
#[derive(Debug)]
pub struct Line(String);

impl Line {
    /// Folds a line.
    pub fn of(text: &str) -> Self {
        Self(folded(text))
    }
}

/// The folded words of a text with a space before, between and behind them.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for token in tokens(text) {
        out.push_str(&token.folded);
        out.push(' ');
    }
    out
}

impl PageWords {
    /// Adds those of a language.
    pub(super) fn read(&mut self, source: &PackSource) -> Result<(), PackProblem> {
        let written: Written = toml::from_str(&source.text)
            .map_err(|error| PackProblem::toml(&source.path, &source.text, &error))?;
        let lists = [
            (&mut self.by, written.by),
            (&mut self.and, written.and),
            (&mut self.begins, written.begins),
            (&mut self.holds, written.holds),
            (&mut self.pay, written.pay),
            (&mut self.consent, written.consent),
        ];
        for (list, phrases) in lists {
            list.extend(phrases.iter().map(|phrase| folded(phrase)).filter(|p| p.len() > 2));
            // Longer ones first, so that "written by" is taken off before "by".
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            list.dedup();
        }
        Ok(())
    }

    /// A byline without the words before its first name.
    pub fn without_by<'t>(&self, text: &'t str) -> &'t str {
        let words = tokens(text);
        let line = folded(text);
        let Some(phrase) = self.by.iter().find(|phrase| line.starts_with(phrase.as_str())) else {
            return text;
        };
        let count = phrase.trim().split(' ').count();
        words.get(count - 1).map_or(text, |token| {
            text[token.end..].trim_start_matches(|c: char| c == ':' || c.is_whitespace())
        })
    }

    /// The names of a byline that joins them with a word.
    pub fn names<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let words = tokens(text);
        let (mut names, mut from) = (Vec::new(), 0);
        for token in &words {
            if self.and.iter().any(|and| and.trim() == token.folded) {
                names.push(text[from..token.start].trim());
                from = token.end;
            }
        }
        names.push(text[from..].trim());
        names.retain(|name| !name.is_empty());
        names
    }

    /// Whether a line begins as lines of the site do: "Read also".
    pub fn begins(&self, line: &Line) -> bool {
        self.begins.iter().any(|phrase| line.0.starts_with(phrase.as_str()))
    }

    /// Whether a line holds what only the site says: "sign up for our newsletter".
    pub fn holds(&self, line: &Line) -> bool {
        self.holds.iter().any(|phrase| line.0.contains(phrase.as_str()))
    }

    /// Whether a line asks for payment or registration before the rest is shown.
    pub fn asks_to_pay(&self, line: &Line) -> bool {
        self.pay.iter().any(|phrase| line.0.contains(phrase.as_str()))
    }

    /// Whether a line asks for consent to being tracked.
    pub fn asks_for_consent(&self, line: &Line) -> bool {
        self.consent.iter().any(|phrase| line.0.contains(phrase.as_str()))
    }
}
