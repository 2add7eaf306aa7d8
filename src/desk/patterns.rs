//! Patterns: how slots are read from sentences, as data. A rule of a `.pat` file says which tags, words and values must
//! stand together, and which slot they give; this room parses the rules, compiles them once and finds them. It knows no
//! language, slot or storyline. What a clause is about, how sure it is and who says so, the next step decides:
//! [`crate::desk::claims`].
//!
//! `packs/frames/FRAME.pat` holds the rules of a frame, `packs/lang/ID/FRAME.pat` those of one language. The files are
//! described in `config/packs/README.md`, the grammar in `patterns/parse.rs`.

mod ast;
mod automaton;
mod book;
mod check;
mod example;
mod filter;
mod lexer;
mod lint;
mod literals;
mod machine;
mod numbers;
mod order;
mod parse;
mod rule;
mod run;
mod scene;
#[cfg(test)]
mod tests;
mod written;

pub use ast::{Filter, Type};
pub use lint::lint;
pub use order::{Contender, settle};
pub use rule::{About, Action, Example, Place, Rule, Said, Unless, Whose, Within};
pub use scene::{Edge, Found, Scene};

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::desk::model::LanguageId;
use crate::desk::packs::{PackProblem, PackSource, Packs, Tag};
use crate::desk::patterns::ast::CAPTURES_MAX;
use crate::desk::patterns::book::Book;

/// A tag that a rule asks for.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The tag.
    pub tag: Tag,
    /// Its value, where one is asked for.
    pub value: Option<String>,
    /// The file of the rule.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// Whether another tag or value would do at its place.
    pub alone: bool,
}

/// The rules of all frames, compiled.
#[derive(Debug, Default)]
pub struct Patterns {
    books: BTreeMap<String, Book>,
}

/// What a rule found in a sentence.
#[derive(Clone, Debug)]
pub struct Match<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The rule's number in its frame, in the order of the files.
    pub number: usize,
    /// The clause of its value; of its first word when it has none.
    pub clause: usize,
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// Words between its parts.
    pub slack: usize,
    /// What each capture took.
    pub captures: [Option<Edge>; CAPTURES_MAX],
    /// Everything that it lies over.
    pub edges: Vec<Edge>,
}

impl Match<'_> {
    /// First and last token of the value; of all of it when it has none.
    pub fn words(&self) -> (usize, usize) {
        let key = self.rule.key.and_then(|key| self.captures[usize::from(key)]);
        key.map_or((self.first, self.last), |edge| (edge.first, edge.last))
    }

    /// Rule, cues and captures, in words.
    pub fn explain(&self, scene: &Scene<'_>) -> Vec<String> {
        let mut parts = String::with_capacity(40 * self.edges.len());
        for edge in &self.edges {
            let text = scene
                .text
                .get(scene.tokens[edge.first].start..scene.tokens[edge.last].end)
                .unwrap_or_default();
            let captured = self.captures.iter().position(|capture| *capture == Some(*edge));
            let name = captured.and_then(|n| self.rule.captures.get(n));
            parts.push_str(if parts.is_empty() { "" } else { ", " });
            // Writing to a string does not fail.
            let _ = match (name, edge.found) {
                (Some(name), _) => write!(parts, "@{name}"),
                (None, Found::Hit(index)) => write!(parts, "<{}>", scene.hits[index].tag.name()),
                (None, _) => write!(parts, "words"),
            };
            let _ = write!(parts, " “{text}” ({}–{})", edge.first, edge.last);
        }
        vec![format!("rule {} of {}:{}", self.rule.id, self.rule.path, self.rule.line), parts]
    }
}

impl Patterns {
    /// Compiles the pattern files among the sources. All problems are reported.
    ///
    /// # Errors
    /// Everything that is wrong, with file and line.
    pub fn compile(sources: &[PackSource], packs: &Packs) -> Result<Self, Vec<PackProblem>> {
        let mut problems = Vec::new();
        let mut books = BTreeMap::new();
        for frame in packs.frames() {
            let mut known = written::Known::default();
            let mut book = Book::default();
            for (source, language) in files_of(sources, &frame.id) {
                let ground =
                    check::Ground { frame, packs, path: &source.path, language: language.as_ref() };
                problems.extend(book.read(source, &ground, &mut known));
            }
            book.index(known.literals);
            books.insert(frame.id.clone(), book);
        }
        problems.extend(orphans(sources, packs));
        if problems.is_empty() { Ok(Self { books }) } else { Err(problems) }
    }

    /// The rules of a frame, in the order of the files.
    pub fn rules(&self, frame: &str) -> &[Rule] {
        self.books.get(frame).map_or(&[], |book| &book.rules)
    }

    /// The tags that the rules of a frame ask for.
    pub fn mentions(&self, frame: &str) -> &[Mention] {
        self.books.get(frame).map_or(&[], |book| &book.mentions)
    }

    /// What the rules of a frame find in a sentence, clause by clause.
    pub fn find<'a>(
        &'a self,
        frame: &str,
        language: &LanguageId,
        scene: &Scene<'_>,
    ) -> Vec<Match<'a>> {
        self.books.get(frame).map(|book| book.find(language, scene)).unwrap_or_default()
    }
}

/// The pattern files of a frame: its own first, then those of the languages.
fn files_of<'a>(
    sources: &'a [PackSource],
    frame: &str,
) -> Vec<(&'a PackSource, Option<LanguageId>)> {
    let is_of = |name: &str| name.ends_with(".pat") && name.split('.').next() == Some(frame);
    let mut out = Vec::new();
    for source in sources {
        match source.path.split('/').collect::<Vec<_>>().as_slice() {
            ["packs", "frames", name] if is_of(name) => out.push((source, None)),
            ["packs", "lang", id, name] if is_of(name) => {
                out.push((source, Some(LanguageId::new(*id))));
            }
            _ => {}
        }
    }
    // The frame's main file has the shortest name: what it names, the others can use.
    out.sort_by_key(|(source, language)| {
        (language.is_some(), source.path.matches('.').count(), &source.path)
    });
    out
}

/// Pattern files that belong to no frame.
fn orphans(sources: &[PackSource], packs: &Packs) -> Vec<PackProblem> {
    let patterns = sources.iter().filter(|source| source.path.ends_with(".pat"));
    patterns
        .filter(|source| {
            let one = std::slice::from_ref(*source);
            packs.frames().all(|frame| files_of(one, &frame.id).is_empty())
        })
        .map(|source| PackProblem {
            path: source.path.clone(),
            line: 1,
            message: "these patterns belong to no frame".into(),
            hint: Some("name the file after a frame: `packs/frames/meeting.pat`".into()),
        })
        .collect()
}
