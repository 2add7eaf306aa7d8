//! A language's words and names, compiled for one pass over the tokens of a text.
//!
//! A lexicon line is `tag`, `value` (or `-`) and phrases separated by ` | `. A word that ends in `*` matches every
//! continuation; a word in capitals matches only capitals. `{will,would} {meet,be held}` stands for each combination.
//! Names of a language with case endings match with them.
//!
//! Two tries do the work: one over the letters of the words' stems, one over the words of the phrases. A word that
//! begins no phrase costs the first trie a few steps and the second none, however many phrases there are.

mod alternatives;
mod phrases;
mod stems;

use crate::desk::normalise::{Token, tokens};
use crate::desk::packs::gazetteer::is_content;
use crate::desk::packs::problem::nearest;
use crate::desk::packs::{Family, Gazetteer, Language, PackProblem, PackSource, Tag};

use stems::{Match, PatternId, WordPattern};

/// Letters that `*` may stand for.
const STAR_LETTERS_MAX: u8 = 10;

/// Hits that are kept of a run of tokens, for each token: a lexicon in which every word begins phrases must not make
/// the steps behind it slow. Real text has less than one hit a token.
const HITS_PER_TOKEN_MAX: usize = 6;

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

/// The compiled lexicon of one language.
#[derive(Debug)]
pub struct Lexicon {
    stems: stems::Stems,
    phrases: phrases::Phrases,
    entries: Vec<(Tag, String)>,
}

/// A lexicon while its files are read.
#[derive(Default)]
struct Draft {
    patterns: stems::Collector,
    phrases: phrases::Collector,
    entries: Vec<(Tag, String)>,
}

impl Lexicon {
    /// Compiles the `.tsv` files of the language's folder and its aliases in the gazetteer. English aliases are added to
    /// every language: names in Latin script stand in texts of all.
    pub fn compile(
        language: &Language,
        sources: &[PackSource],
        gazetteer: &Gazetteer,
    ) -> (Self, Vec<PackProblem>) {
        let mut lexicon = Draft::default();
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
                    if own || kind.is_latin_everywhere() {
                        lexicon.add(kind.tag(), id, alias, own.then_some(language));
                    }
                }
            }
        }
        (lexicon.compile(), problems)
    }

    /// Finds all phrases of a run of tokens. Within a family of tags, what a longer phrase covers is dropped.
    pub fn find(&self, language: &Language, run: &[Token]) -> Vec<Hit> {
        let mut matches: Vec<Match> = Vec::with_capacity(run.len());
        let mut of_token: Vec<(u32, u32)> = Vec::with_capacity(run.len());
        for token in run {
            let from = matches.len() as u32;
            for (rank, form) in language.forms(&token.folded).iter().enumerate() {
                self.stems.find(form, token.upper, rank as u8, &mut matches);
            }
            of_token.push((from, matches.len() as u32));
        }
        let mut hits: Vec<Hit> = Vec::new();
        let mut ranked: Vec<(u8, Hit)> = Vec::new();
        for (first, (from, to)) in of_token.iter().enumerate() {
            ranked.clear();
            for found in &matches[*from as usize..*to as usize] {
                self.phrases.find(found.pattern, first, &matches, &of_token, &mut |entry, last| {
                    let (tag, value) = &self.entries[entry as usize];
                    ranked.push((found.form, Hit { tag: *tag, value: value.clone(), first, last }));
                });
            }
            beat_peeled(&mut ranked);
            hits.extend(ranked.drain(..).map(|(_, hit)| hit));
            if hits.len() > (first + 1) * HITS_PER_TOKEN_MAX {
                hits.truncate((first + 1) * HITS_PER_TOKEN_MAX);
            }
        }
        hits.sort_by(|a, b| {
            (a.first, b.last, a.tag, &a.value).cmp(&(b.first, a.last, b.tag, &b.value))
        });
        hits.dedup();
        drop_covered(&mut hits);
        hits
    }
}

impl Draft {
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
                match alternatives::expand(phrase) {
                    Ok(all) => all.iter().for_each(|phrase| self.add(tag, value, phrase, None)),
                    Err(why) => problems.push(problem(format!("`{phrase}`: {why}"), None)),
                }
            }
        }
        problems
    }

    /// Adds a phrase; `inflected` is the language whose case endings its words may take.
    fn add(&mut self, tag: Tag, value: &str, phrase: &str, inflected: Option<&Language>) {
        let mut words: Vec<PatternId> = Vec::new();
        for token in tokens(phrase) {
            let star = phrase[token.end..].starts_with('*');
            let mut pattern = WordPattern {
                stem: token.folded,
                extra_max: if star { STAR_LETTERS_MAX } else { 0 },
                upper: token.upper,
            };
            if let Some(language) = inflected
                && language.ending_letters_max > 0
                && !star
                && !token.upper
                && pattern.stem.chars().count() > 3
            {
                pattern.stem = language.stem(&pattern.stem).to_owned();
                pattern.extra_max = u8::try_from(language.ending_letters_max).unwrap_or(u8::MAX);
            }
            words.push(self.patterns.number(pattern));
        }
        if !words.is_empty() {
            self.phrases.add(&words, self.entries.len() as u32);
            self.entries.push((tag, value.to_owned()));
        }
    }

    fn compile(self) -> Lexicon {
        Lexicon {
            stems: self.patterns.compile(),
            phrases: self.phrases.compile(self.patterns.len()),
            entries: self.entries,
        }
    }
}

/// A word's own form beats what is left without its prefixes: ستجري is no جرى. All of `hits` begin at one token.
fn beat_peeled(hits: &mut Vec<(u8, Hit)>) {
    if hits.iter().all(|(form, _)| *form == 0) {
        return;
    }
    let beaten: Vec<bool> = hits
        .iter()
        .map(|(form, hit)| {
            hits.iter().any(|(nearer, other)| {
                nearer < form
                    && other.tag != hit.tag
                    && other.tag.family() == hit.tag.family()
                    && other.last >= hit.last
            })
        })
        .collect();
    let mut beaten = beaten.into_iter();
    hits.retain(|_| !beaten.next().unwrap_or(false));
}

/// Drops the hits that a longer one of their family covers. `hits` are sorted by first token, the longest first.
fn drop_covered(hits: &mut Vec<Hit>) {
    /// How far the hits of a family reach: those that began before `first`, and those that begin there.
    #[derive(Clone, Copy, Default)]
    struct Reach {
        before: usize,
        first: usize,
        here: usize,
    }
    let mut reaches = [Reach::default(); Family::COUNT];
    hits.retain(|hit| {
        let reach = &mut reaches[hit.tag.family() as usize];
        // Ends are counted from 1, so that 0 is none.
        let end = hit.last + 1;
        if reach.first != hit.first {
            *reach = Reach { before: reach.before.max(reach.here), first: hit.first, here: 0 };
        }
        let covered = reach.before >= end || reach.here > end;
        reach.here = reach.here.max(end);
        !covered
    });
}
