//! Packs: the languages, names, words and storylines that a journalist can extend without Rust. This module reads
//! their files and compiles them; it knows no language, name or storyline of its own.
//!
//! `config/packs/README.md` tells how the files are written. Every problem names its file and line.

mod frame;
mod gazetteer;
mod language;
mod lexicon;
mod lint;
mod page_structure;
mod page_words;
mod problem;
mod sounds;
mod storyline;
mod tag;
mod tag_set;
mod terms;

pub use frame::{Frame, SlotRule};
pub use gazetteer::{Entity, EntityKind, Gazetteer};
pub use language::{Forms, Language, MonthOrder};
pub use lexicon::{Hit, Lexicon};
pub use lint::{Vocabulary, lint};
pub use page_structure::{PageStructure, PartNames};
pub use page_words::{Line, PageWords};
pub use problem::{Finding, Level, PackProblem, nearest};
pub use sounds::{Heard, Sounds};
pub use storyline::{Storyline, Track};
pub use tag::{Family, Tag};
pub use tag_set::TagSet;
pub use terms::{SpreadMap, Terms};

use std::collections::BTreeMap;

use crate::desk::model::LanguageId;
use crate::desk::normalise::Tracking;

/// A file of a pack or a storyline, as it was found: embedded in the program or in the user's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    /// Path relative to the configuration folder, with `/` between parts: `packs/lang/ar/time.tsv`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All packs, compiled.
#[derive(Debug)]
pub struct Packs {
    languages: BTreeMap<LanguageId, Language>,
    lexicons: BTreeMap<LanguageId, Lexicon>,
    frames: BTreeMap<String, Frame>,
    /// People, places, organisations, venues, topics, assessments and parties.
    pub gazetteer: Gazetteer,
    /// Parameters that are taken out of links.
    pub tracking: Tracking,
    /// What sites call the parts of their pages.
    pub page: PageStructure,
    /// What they write around their articles.
    pub page_words: PageWords,
    /// What is followed.
    pub storylines: Vec<Storyline>,
    /// How letters sound.
    pub sounds: Sounds,
    /// Words of several languages that mean one thing.
    pub terms: Terms,
}

impl Packs {
    /// Compiles the files. All problems are reported, not only the first.
    pub fn compile(sources: &[PackSource]) -> Result<Self, Vec<PackProblem>> {
        let mut problems = Vec::new();
        let mut languages = BTreeMap::new();
        let mut frames = BTreeMap::new();
        let mut gazetteer = Gazetteer::default();
        let mut tracking = Tracking::default();
        let mut page = PageStructure::default();
        let mut page_words = PageWords::default();
        let mut storylines = Vec::new();
        let (mut sounds, mut terms) = (Sounds::default(), Terms::default());
        for source in sources {
            let parts: Vec<&str> = source.path.split('/').collect();
            match parts.as_slice() {
                ["packs", "lang", _, "lang.toml"] => match language::read(source) {
                    Ok(pack) => drop(languages.insert(pack.id.clone(), pack)),
                    Err(problem) => problems.push(problem),
                },
                ["packs", "frames", name] if name.ends_with(".toml") => match frame::read(source) {
                    Ok(frame) => drop(frames.insert(frame.id.clone(), frame)),
                    Err(problem) => problems.push(problem),
                },
                ["packs", "lang", _, "page.toml"] => problems.extend(page_words.read(source).err()),
                ["packs", "page.toml"] => match page_structure::read(source) {
                    Ok(read) => page = read,
                    Err(problem) => problems.push(problem),
                },
                ["packs", "gazetteer", name] if name.ends_with(".tsv") => {
                    problems.extend(gazetteer.read(source));
                }
                ["packs", "stories", "sounds.tsv"] => problems.extend(sounds.read(source)),
                ["packs", "stories", name] if name.ends_with(".tsv") => {
                    problems.extend(terms.read(source));
                }
                ["packs", name] if name.starts_with("links.") && name.ends_with(".tsv") => {
                    let lines = source.text.lines().filter(|line| gazetteer::is_content(line));
                    let names = lines.filter_map(|line| line.split('\t').next());
                    names.for_each(|name| tracking.add(name.trim()));
                }
                ["storylines", name] if name.ends_with(".toml") => match storyline::read(source) {
                    Ok(storyline) => storylines.push(storyline),
                    Err(problem) => problems.push(problem),
                },
                _ => {}
            }
        }
        let mut lexicons = BTreeMap::new();
        for pack in languages.values() {
            let (lexicon, found) = Lexicon::compile(pack, sources, &gazetteer);
            problems.extend(found);
            lexicons.insert(pack.id.clone(), lexicon);
        }
        for storyline in &storylines {
            problems.extend(storyline.check(&frames, &gazetteer));
        }
        if problems.is_empty() {
            Ok(Self {
                languages,
                lexicons,
                frames,
                gazetteer,
                tracking,
                page,
                page_words,
                storylines,
                sounds,
                terms,
            })
        } else {
            Err(problems)
        }
    }

    /// A language's pack.
    pub fn language(&self, id: &LanguageId) -> Option<&Language> {
        self.languages.get(id)
    }

    /// All languages, by id.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.languages.values()
    }

    /// A language's words and names.
    pub fn lexicon(&self, id: &LanguageId) -> Option<&Lexicon> {
        self.lexicons.get(id)
    }

    /// All frames, by id.
    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.values()
    }

    /// A frame by its id; storylines are checked to name one that exists.
    pub fn frame(&self, id: &str) -> Option<&Frame> {
        self.frames.get(id)
    }
}
