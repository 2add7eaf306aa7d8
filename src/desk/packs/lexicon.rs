//! A language's words and names, compiled for one pass over the tokens of a text.
//!
//! A lexicon line is `tag`, `value` (or `-`) and phrases separated by ` | `. A word that ends in `*` matches every
//! continuation; a word in capitals matches only capitals. Names of a language with case endings match with them.

use std::collections::HashMap;

use crate::desk::normalise::{Token, tokens};
use crate::desk::packs::gazetteer::is_content;
use crate::desk::packs::problem::nearest;
use crate::desk::packs::{Gazetteer, Language, PackProblem, PackSource, Tag};

/// Letters that `*` may stand for.
const STAR_LETTERS_MAX: usize = 10;

/// The longest stem prefix that the index is keyed by, in letters.
const KEY_LETTERS: usize = 3;

/// A phrase that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub tag: Tag,
    /// Its value: an id, a number, a word of the engine.
    pub value: String,
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
}

#[derive(Debug)]
struct Word {
    stem: String,
    extra_max: usize,
    upper: bool,
}

impl Word {
    fn matches(&self, forms: &[String], token: &Token) -> bool {
        if self.upper && !token.upper {
            return false;
        }
        forms.iter().any(|form| match form.strip_prefix(self.stem.as_str()) {
            Some("") => true,
            Some(rest) => self.extra_max > 0 && rest.chars().count() <= self.extra_max,
            None => false,
        })
    }
}

#[derive(Debug)]
struct Phrase {
    tag: Tag,
    value: String,
    words: Vec<Word>,
}

/// The compiled lexicon of one language.
#[derive(Debug)]
pub struct Lexicon {
    phrases: Vec<Phrase>,
    by_key: HashMap<String, Vec<u32>>,
}

impl Lexicon {
    /// Compiles the `.tsv` files of the language's folder and its aliases in the gazetteer. English aliases are added to
    /// every language: names in Latin script stand in texts of all.
    pub fn compile(
        language: &Language,
        sources: &[PackSource],
        gazetteer: &Gazetteer,
    ) -> (Self, Vec<PackProblem>) {
        let mut lexicon = Self { phrases: Vec::new(), by_key: HashMap::new() };
        let mut problems = Vec::new();
        let folder = format!("packs/lang/{}/", language.id);
        for source in sources {
            if source.path.starts_with(&folder) && source.path.ends_with(".tsv") {
                problems.extend(lexicon.read(source));
            }
        }
        for (kind, id, entity) in gazetteer.iter() {
            for (of, aliases) in &entity.aliases {
                let own = of == &language.id;
                if !own && of.as_str() != "en" {
                    continue;
                }
                for alias in aliases {
                    if own || kind.tag() == Tag::Person {
                        lexicon.add(kind.tag(), id, alias, own.then_some(language));
                    }
                }
            }
        }
        (lexicon, problems)
    }

    fn read(&mut self, source: &PackSource) -> Vec<PackProblem> {
        let mut problems = Vec::new();
        for (index, line) in source.text.lines().enumerate().filter(|(_, l)| is_content(l)) {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let problem = |message: String, hint: Option<String>| PackProblem {
                path: source.path.clone(),
                line: index + 1,
                message,
                hint,
            };
            let [word, value, phrases] = cells.as_slice() else {
                problems.push(problem(
                    format!("{} cells where a lexicon line has 3", cells.len()),
                    Some("write `tag<TAB>value or -<TAB>phrase | phrase`".into()),
                ));
                continue;
            };
            let Some(tag) = Tag::parse(word) else {
                let near = nearest(word, Tag::ALL.iter().map(|(_, name)| *name));
                let hint = near.map(|name| format!("did you mean `{name}`?"));
                problems.push(problem(format!("`{word}` is no tag"), hint));
                continue;
            };
            for phrase in phrases.split(" | ") {
                self.add(tag, value, phrase, None);
            }
        }
        problems
    }

    /// Adds a phrase; `inflected` is the language whose case endings its words may take.
    fn add(&mut self, tag: Tag, value: &str, phrase: &str, inflected: Option<&Language>) {
        let mut words = Vec::new();
        for token in tokens(phrase) {
            let star = phrase[token.end..].starts_with('*');
            let mut stem = token.folded.clone();
            let mut extra_max = if star { STAR_LETTERS_MAX } else { 0 };
            if let Some(language) = inflected
                && language.ending_letters_max > 0
                && !star
                && !token.upper
                && stem.chars().count() > 3
            {
                stem = language.stem(&stem).to_owned();
                extra_max = language.ending_letters_max;
            }
            words.push(Word { stem, extra_max, upper: token.upper });
        }
        let Some(first) = words.first() else { return };
        let key = if first.extra_max > 0 { key_of(&first.stem) } else { first.stem.clone() };
        let index = self.phrases.len() as u32;
        self.by_key.entry(key).or_default().push(index);
        self.phrases.push(Phrase { tag, value: value.to_owned(), words });
    }

    /// Finds all phrases of a run of tokens. Within a family of tags, what a longer phrase covers is dropped.
    pub fn find(&self, language: &Language, run: &[Token]) -> Vec<Hit> {
        let forms: Vec<Vec<String>> = run.iter().map(|t| language.forms(&t.folded)).collect();
        let mut hits: Vec<Hit> = Vec::new();
        for first in 0..run.len() {
            let begun = hits.len();
            for form in &forms[first] {
                let before = hits.len();
                self.find_at(first, form, &forms, run, &mut hits);
                // A word's own form beats what is left without its prefixes: ستجري is no جرى.
                let (own, peeled) = hits[begun..].split_at(before - begun);
                let beaten: Vec<Hit> = peeled
                    .iter()
                    .filter(|p| own.iter().any(|o| rivals(o, p) && o.last >= p.last))
                    .cloned()
                    .collect();
                hits.retain(|hit| !beaten.contains(hit));
            }
        }
        hits.sort_by(|a, b| {
            (a.first, b.last, a.tag, &a.value).cmp(&(b.first, a.last, b.tag, &b.value))
        });
        hits.dedup();
        let covered = |inner: &Hit| {
            hits.iter().any(|outer| {
                outer.tag.family() == inner.tag.family()
                    && outer.last - outer.first > inner.last - inner.first
                    && outer.first <= inner.first
                    && inner.last <= outer.last
            })
        };
        let kept: Vec<bool> = hits.iter().map(|hit| !covered(hit)).collect();
        let mut keep = kept.into_iter();
        hits.retain(|_| keep.next().unwrap_or(true));
        hits
    }

    fn find_at(
        &self,
        first: usize,
        form: &str,
        forms: &[Vec<String>],
        run: &[Token],
        hits: &mut Vec<Hit>,
    ) {
        let short = key_of(form);
        let mut keys = vec![form];
        if short != form {
            keys.push(&short);
        }
        let shorter: String = form.chars().take(2).collect();
        if shorter != form && shorter != short {
            keys.push(&shorter);
        }
        for key in keys {
            for index in self.by_key.get(key).map(Vec::as_slice).unwrap_or_default() {
                let phrase = &self.phrases[*index as usize];
                let last = first + phrase.words.len() - 1;
                if last >= run.len() {
                    continue;
                }
                let own = [form.to_owned()];
                let matched = phrase.words.iter().enumerate().all(|(offset, word)| {
                    let at = first + offset;
                    let candidates = if offset == 0 { &own[..] } else { &forms[at] };
                    word.matches(candidates, &run[at])
                });
                if matched {
                    let (tag, value) = (phrase.tag, phrase.value.clone());
                    hits.push(Hit { tag, value, first, last });
                }
            }
        }
    }
}

/// Whether two phrases compete for the same words with different meanings.
fn rivals(a: &Hit, b: &Hit) -> bool {
    a.first == b.first && a.tag != b.tag && a.tag.family() == b.tag.family()
}

fn key_of(stem: &str) -> String {
    stem.chars().take(KEY_LETTERS).collect()
}
