//! Lints of words and names: what compiles, and still is probably not meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::model::LanguageId;
use crate::desk::normalise::{Spoken, tokens};
use crate::desk::packs::gazetteer::is_content;
use crate::desk::packs::{EntityKind, Finding, Level, PackSource, Packs, Tag};

/// Fewer function words than this do not tell a language from others of its script.
const FUNCTION_WORDS_MIN: usize = 8;

/// The languages that have a phrase for a tag, and for each of its values.
#[derive(Debug, Default)]
pub struct Vocabulary {
    of: BTreeMap<(Tag, Option<String>), BTreeSet<LanguageId>>,
}

impl Vocabulary {
    fn add(&mut self, tag: Tag, value: &str, language: &LanguageId) {
        for value in [None, Some(value.to_owned())] {
            self.of.entry((tag, value)).or_default().insert(language.clone());
        }
    }

    /// The languages that have a phrase for a tag, or for one of its values.
    pub fn languages(&self, tag: Tag, value: Option<&str>) -> Vec<&LanguageId> {
        let found = self.of.get(&(tag, value.map(str::to_owned)));
        found.into_iter().flatten().collect()
    }

    /// The values of a tag.
    pub fn values(&self, tag: Tag) -> impl Iterator<Item = &str> {
        self.of.keys().filter(move |(of, _)| *of == tag).filter_map(|(_, value)| value.as_deref())
    }
}

/// One phrase where it is written.
struct Phrase<'a> {
    place: (&'a str, usize),
    language: LanguageId,
    tag: Tag,
    value: &'a str,
    written: &'a str,
}

impl Phrase<'_> {
    /// What the phrase matches by: its folded words, with stars and capitals.
    fn folded(&self) -> String {
        let mut out = String::new();
        for token in tokens(self.written) {
            out.push_str(&token.folded);
            out.push_str(if self.written[token.end..].starts_with('*') { "* " } else { " " });
            if token.upper {
                out.push('^');
            }
        }
        out
    }

    fn finding(&self, level: Level, message: String, hint: Option<&str>) -> Finding {
        Finding::new(level, self.place, message, hint)
    }
}

/// Looks through words and names; returns what was found, and which tags have phrases.
pub fn lint(sources: &[PackSource], packs: &Packs) -> (Vec<Finding>, Vocabulary) {
    let mut findings = Vec::new();
    let mut vocabulary = Vocabulary::default();
    let mut phrases = Vec::new();
    for source in sources {
        match source.path.split('/').collect::<Vec<_>>().as_slice() {
            ["packs", "lang", id, name] if name.ends_with(".tsv") => {
                phrases.extend(words(source, &LanguageId::new(*id)));
            }
            ["packs", "gazetteer", name] if name.ends_with(".tsv") => {
                phrases.extend(names(source, name));
            }
            _ => {}
        }
    }
    for phrase in &phrases {
        vocabulary.add(phrase.tag, phrase.value, &phrase.language);
        findings.extend(form(phrase, packs));
    }
    findings.extend(twice(&phrases));
    findings.extend(unused_topics(sources, packs));
    findings.extend(thin_languages(sources, packs));
    (findings, vocabulary)
}

fn words<'a>(source: &'a PackSource, language: &LanguageId) -> Vec<Phrase<'a>> {
    let mut out = Vec::new();
    for (index, line) in source.text.lines().enumerate().filter(|(_, line)| is_content(line)) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [tag, value, phrases] = cells.as_slice() else { continue };
        let Some(tag) = Tag::parse(tag) else { continue };
        out.extend(phrases.split(" | ").map(|written| Phrase {
            place: (&source.path, index + 1),
            language: language.clone(),
            tag,
            value,
            written: written.trim(),
        }));
    }
    out
}

fn names<'a>(source: &'a PackSource, file: &str) -> Vec<Phrase<'a>> {
    let stem = file.split('.').next().unwrap_or_default();
    let Some(kind) = EntityKind::of_file(stem) else { return Vec::new() };
    let mut lines = source.text.lines().enumerate().filter(|(_, line)| is_content(line));
    let Some((_, header)) = lines.next() else { return Vec::new() };
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    let mut out = Vec::new();
    for (index, line) in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        for (column, cell) in columns.iter().zip(&cells).skip(1) {
            if EntityKind::is_attribute(column) || cell.is_empty() {
                continue;
            }
            out.extend(cell.split(" | ").map(|written| Phrase {
                place: (&source.path, index + 1),
                language: LanguageId::new(*column),
                tag: kind.tag(),
                value: cells[0],
                written: written.trim(),
            }));
        }
    }
    out
}

/// What is wrong with a phrase by itself: it holds no word, or letters of another script.
fn form(phrase: &Phrase<'_>, packs: &Packs) -> Option<Finding> {
    if tokens(phrase.written).is_empty() {
        let message = format!("`{}` holds no word, and matches nothing", phrase.written);
        let hint = Some("write a word, or take the separator ` | ` away");
        return Some(phrase.finding(Level::Error, message, hint));
    }
    if phrase.written.contains('|') {
        let message = format!("`{}` holds a `|` that has no space beside it", phrase.written);
        let hint = Some("phrases are separated by ` | `, with a space on both sides");
        return Some(phrase.finding(Level::Error, message, hint));
    }
    let mixed = phrase.written.split_whitespace().find(|word| scripts(word).len() > 1);
    if let Some(word) = mixed {
        let message = format!("`{word}` mixes letters of two scripts");
        let hint = Some("some letters look alike: type the word again with one keyboard");
        return Some(phrase.finding(Level::Warning, message, hint));
    }
    let own = packs.language(&phrase.language)?.script;
    let found = scripts(phrase.written);
    let foreign = !found.is_empty() && !found.contains(&own);
    // Names of people and agencies in Latin letters are read in every language from the English column.
    let everywhere = EntityKind::of_tag(phrase.tag).is_some_and(EntityKind::is_latin_everywhere);
    let redundant = everywhere || found != [Spoken::Latin];
    (foreign && redundant).then(|| {
        let message =
            format!("`{}` is in another script than `{}`", phrase.written, phrase.language);
        let hint = "names of people and agencies in Latin letters stand in the column `en`, for all languages";
        phrase.finding(Level::Warning, message, Some(hint))
    })
}

fn scripts(text: &str) -> Vec<Spoken> {
    let mut out = Vec::new();
    for c in text.chars() {
        let script = match c {
            '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' => Spoken::Arabic,
            '\u{0400}'..='\u{052f}' => Spoken::Cyrillic,
            'a'..='z' | 'A'..='Z' | '\u{00c0}'..='\u{024f}' => Spoken::Latin,
            _ => continue,
        };
        if c.is_alphabetic() && !out.contains(&script) {
            out.push(script);
        }
    }
    out
}

/// Phrases that stand twice: with one value they are idle, with two it is chance which one counts.
fn twice(phrases: &[Phrase<'_>]) -> Vec<Finding> {
    let mut first: BTreeMap<(&LanguageId, Tag, String), &Phrase<'_>> = BTreeMap::new();
    let mut findings = Vec::new();
    for phrase in phrases {
        let Some(known) = first.insert((&phrase.language, phrase.tag, phrase.folded()), phrase)
        else {
            continue;
        };
        let (path, line) = known.place;
        let written = phrase.written;
        // Spellings of one line that fold to one form are a convenience, and harm nothing.
        if known.value == phrase.value && known.place == phrase.place {
            continue;
        }
        if known.value == phrase.value {
            let message = format!("`{written}` stands twice; the other is {path}:{line}");
            let hint = Some("spelling variants are folded: one form of each is enough");
            findings.push(phrase.finding(Level::Warning, message, hint));
            continue;
        }
        let message =
            format!("`{written}` is both `{}` and `{}` ({path}:{line})", phrase.value, known.value);
        let hint = match EntityKind::of_tag(phrase.tag) {
            Some(_) => "an ambiguous name: give each a longer one, or leave the short one out",
            None => "which of the two counts is chance: keep one",
        };
        findings.push(phrase.finding(Level::Warning, message, Some(hint)));
    }
    findings
}

/// Topics that no language has a word for.
fn unused_topics(sources: &[PackSource], packs: &Packs) -> Vec<Finding> {
    let idle = packs.gazetteer.iter().filter(|(kind, _, entity)| {
        *kind == EntityKind::Topics && entity.aliases.values().all(Vec::is_empty)
    });
    idle.map(|(_, id, _)| {
        let files = sources.iter().filter(|s| s.path.starts_with("packs/gazetteer/topics"));
        let place = files
            .filter_map(|source| {
                let at = source.text.lines().position(|line| line.split('\t').next() == Some(id));
                at.map(|at| (source.path.as_str(), at + 1))
            })
            .next();
        let message = format!("no language has a word for the topic `{id}`");
        Finding::new(Level::Warning, place.unwrap_or(("packs/gazetteer", 1)), message, None)
    })
    .collect()
}

/// Languages that cannot be told from others.
fn thin_languages(sources: &[PackSource], packs: &Packs) -> Vec<Finding> {
    let thin = packs.languages().filter(|l| l.function_words.len() < FUNCTION_WORDS_MIN);
    thin.map(|language| {
        let path = format!("packs/lang/{}/lang.toml", language.id);
        let text = sources.iter().find(|source| source.path == path).map(|source| &source.text);
        let line = text
            .and_then(|text| text.lines().position(|line| line.starts_with("function_words")))
            .map_or(1, |at| at + 1);
        let message = format!(
            "{} function words tell `{}` from no other language of its script",
            language.function_words.len(),
            language.id
        );
        let hint = Some("list 15 to 25 of its most frequent small words");
        Finding::new(Level::Todo, (&path, line), message, hint)
    })
    .collect()
}
