//! A language's words and names, compiled for one pass over the tokens of a text.
//!
//! A lexicon line is `tag`, `value` (or `-`) and phrases separated by ` | `. A word that ends in `*` matches every
//! continuation; a word in capitals matches only capitals. `{will,would} {meet,be held}` stands for each combination.
//! Names of a language with case endings match with them.
//!
//! A word is looked up by its hash, and in a trie over the letters of stems that take endings; phrases are a trie over
//! their words. A word that begins no phrase costs a few steps, however many phrases there are.

mod alternatives;
mod phrases;
mod stems;
mod trie;

use smol_str::SmolStr;

use crate::desk::normalise::{Token, tokens, word_hash};
use crate::desk::packs::gazetteer::is_content;
use crate::desk::packs::problem::nearest;
use crate::desk::packs::{Family, Gazetteer, Language, PackProblem, PackSource, Tag};

use stems::{Form, Match, PatternId, WordPattern};

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
    pub value: SmolStr,
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
    /// What phrases mean, in order; each once.
    entries: Vec<(Tag, SmolStr)>,
}

/// A lexicon while its files are read.
#[derive(Default)]
struct Draft {
    patterns: stems::Collector,
    phrases: phrases::Collector,
    entries: Vec<(Tag, SmolStr)>,
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
            for (rank, word) in (0..).zip(language.forms(&token.folded).iter()) {
                let hash = if rank == 0 { token.hash } else { word_hash(word) };
                self.stems.find(Form { word, hash, upper: token.upper, rank }, &mut matches);
            }
            of_token.push((from, matches.len() as u32));
        }
        let mut hits: Vec<Hit> = Vec::with_capacity(run.len());
        let mut here: Vec<Spot> = Vec::new();
        let mut cover = Cover::default();
        let mut seen = 0;
        for (first, (from, to)) in of_token.iter().enumerate() {
            here.clear();
            for found in &matches[*from as usize..*to as usize] {
                self.phrases.find(found.begins, first, &matches, &of_token, &mut |entry, last| {
                    here.push(Spot { form: found.form, last, entry });
                });
            }
            self.beat_peeled(&mut here);
            here.truncate((first + 1) * HITS_PER_TOKEN_MAX - seen);
            seen += here.len();
            // The longest first. The numbers of entries are in the order of tags and values.
            here.sort_unstable_by_key(|spot| (std::cmp::Reverse(spot.last), spot.entry));
            here.dedup_by_key(|spot| (spot.last, spot.entry));
            for spot in &here {
                let (tag, value) = &self.entries[spot.entry as usize];
                if cover.admits(tag.family(), first, spot.last) {
                    hits.push(Hit { tag: *tag, value: value.clone(), first, last: spot.last });
                }
            }
        }
        hits
    }

    /// A word's own form beats what is left without its prefixes: ستجري is no جرى. All of `spots` begin at one token.
    fn beat_peeled(&self, spots: &mut Vec<Spot>) {
        if spots.iter().all(|spot| spot.form == 0) {
            return;
        }
        let tag = |spot: &Spot| self.entries[spot.entry as usize].0;
        let beats = |other: &Spot, spot: &Spot| {
            other.form < spot.form
                && tag(other) != tag(spot)
                && tag(other).family() == tag(spot).family()
                && other.last >= spot.last
        };
        let all = spots.clone();
        spots.retain(|spot| !all.iter().any(|other| beats(other, spot)));
    }
}

/// A phrase at the token that is looked at.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// The form of the first token that it begins with; 0 is the word itself.
    form: u8,
    /// Last token.
    last: usize,
    /// The number of its entry.
    entry: u32,
}

/// How far the hits of each family reach. What a longer hit of its family covers is not let in.
#[derive(Debug, Default)]
struct Cover {
    reaches: [Reach; Family::COUNT],
}

/// How far the hits of a family reach: those that began before `first`, and those that begin there.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    before: usize,
    first: usize,
    here: usize,
}

impl Cover {
    /// Whether a hit stands. They come by their first token, the longest first.
    fn admits(&mut self, family: Family, first: usize, last: usize) -> bool {
        let reach = &mut self.reaches[family as usize];
        // Ends are counted from 1, so that 0 is none.
        let end = last + 1;
        if reach.first != first {
            *reach = Reach { before: reach.before.max(reach.here), first, here: 0 };
        }
        let covered = reach.before >= end || reach.here > end;
        reach.here = reach.here.max(end);
        !covered
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
                stem: token.folded.into(),
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
            self.entries.push((tag, value.into()));
        }
    }

    fn compile(self) -> Lexicon {
        let mut entries = self.entries.clone();
        entries.sort_unstable();
        entries.dedup();
        let place = |entry: &(Tag, SmolStr)| entries.binary_search(entry).map_or(0, |at| at as u32);
        let places: Vec<u32> = self.entries.iter().map(place).collect();
        let (phrases, begins) = self.phrases.compile(self.patterns.len(), &places);
        Lexicon { stems: self.patterns.compile(&begins), phrases, entries }
    }
}
