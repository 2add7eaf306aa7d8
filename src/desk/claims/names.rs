//! Names of persons, also of those whom no gazetteer lists.
//!
//! In scripts with capitals a name is a run of capitalised words, or one such word behind an office, an initial, or
//! elsewhere in the article a longer name. In scripts without capitals it is what stands between an office and the next
//! word that the lexicon knows. Which words are offices, and which are of no name, the packs say.

use crate::desk::claims::reading::Sentence;
use crate::desk::normalise::Token;
use crate::desk::packs::{Hit, Language, Tag};

/// Words of one name; a longer run of capitals is a title or a list.
const NAME_WORDS_MAX: usize = 4;

/// Tokens between an office and the name it belongs to: "minister of foreign affairs and trade of Hungary".
const OFFICE_TOKENS_MAX: usize = 8;

/// The same for a name of one word, which is no name without its office.
const OFFICE_TOKENS_OF_SURNAME_MAX: usize = 4;

/// Tokens of office and nationality that are passed over in a script without capitals.
const CASELESS_OFFICE_TOKENS_MAX: usize = 5;

/// Words of a name in a script without capitals, links ("bin") not counted.
const CASELESS_NAME_WORDS_MAX: usize = 2;

/// The share of capitalised words, in percent, from which a line is in title case and capitals tell nothing.
const TITLE_CASE_PERCENT: usize = 70;

/// The name of a person, as a run of tokens of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
}

/// The sentence as far as names need it.
struct Line<'a> {
    words: &'a str,
    tokens: &'a [Token],
    hits: &'a [Hit],
    language: &'a Language,
    in_title: bool,
}

/// What a token can be within a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Word,
    Initials,
    Link,
    Outside,
}

/// Finds the names of one sentence. Nothing is allocated where there is none.
pub(super) fn find(
    words: &str,
    tokens: &[Token],
    hits: &[Hit],
    language: &Language,
    in_title: bool,
) -> Vec<Name> {
    let line = Line { words, tokens, hits, language, in_title };
    let caseless = tokens.first().is_some_and(|token| is_caseless(&words[token.start..]));
    let mut names = if caseless { line.behind_offices() } else { line.capitals() };
    for hit in hits.iter().filter(|hit| hit.tag == Tag::Person) {
        if names.iter().all(|name| name.last < hit.first || hit.last < name.first) {
            names.push(Name { first: hit.first, last: hit.last });
        }
    }
    names.sort_unstable_by_key(|name| name.first);
    names
}

/// Adds the surnames that stand alone in one sentence and behind a first name in another, and takes the word that only
/// opens a sentence from the name behind it.
pub(super) fn complete(sentences: &mut [Sentence], language: &Language) {
    let mut known: Vec<(String, String)> = Vec::new();
    for sentence in sentences.iter() {
        for name in sentence.names.iter().filter(|name| name.last > name.first) {
            let (first, last) = (&sentence.tokens[name.first], &sentence.tokens[name.last]);
            if last.capital
                && !known.iter().any(|(a, b)| **a == *first.folded && **b == *last.folded)
            {
                known.push((first.folded.to_string(), last.folded.to_string()));
            }
        }
    }
    if known.is_empty() {
        return;
    }
    for sentence in sentences {
        let opening = sentence.names.first_mut().filter(|name| name.first == 0 && name.last > 0);
        if let Some(name) = opening {
            let (first, last) = (&sentence.tokens[0].folded, &sentence.tokens[name.last].folded);
            let otherwise = known.iter().any(|(given, surname)| {
                same_name(surname, last, language) && !same_name(given, first, language)
            });
            name.first += usize::from(otherwise && name.last == 1);
        }
        add_surnames(sentence, &known, language);
    }
}

fn add_surnames(sentence: &mut Sentence, known: &[(String, String)], language: &Language) {
    let before = sentence.names.len();
    for (index, token) in sentence.tokens.iter().enumerate() {
        let taken = |name: &Name| name.first <= index && index <= name.last;
        let entity = |hit: &Hit| hit.first <= index && index <= hit.last && is_entity(hit.tag);
        if token.capital
            && !token.upper
            && !sentence.names.iter().any(taken)
            && !sentence.hits.iter().any(entity)
            && known.iter().any(|(_, surname)| same_name(surname, &token.folded, language))
        {
            sentence.names.push(Name { first: index, last: index });
        }
    }
    if sentence.names.len() > before {
        sentence.names.sort_unstable_by_key(|name| name.first);
    }
}

/// Whether two folded words are one name, perhaps with different case endings.
pub(super) fn same_name(a: &str, b: &str, language: &Language) -> bool {
    if a == b || language.ending_letters_max == 0 {
        return a == b;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (long, short) =
        (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    // A short name leaves no room for a long ending, and a stem gives up two letters at the most.
    let ending = language.ending_letters_max.min(short.saturating_sub(1));
    shared >= 3 && short - shared <= 2 && long - shared <= ending
}

fn is_caseless(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

fn is_entity(tag: Tag) -> bool {
    matches!(tag, Tag::Place | Tag::Party | Tag::Organisation | Tag::Venue | Tag::NotName)
}

impl Line<'_> {
    /// The names in a script with capitals.
    fn capitals(&self) -> Vec<Name> {
        let mut names = Vec::new();
        if self.is_title_case() {
            return names;
        }
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.tokens[at].capital || !matches!(self.piece(at), Piece::Word | Piece::Initials)
            {
                at += 1;
                continue;
            }
            let last = self.run(at);
            if self.is_name(at, last) {
                names.push(Name { first: at, last });
            }
            at = last + 1;
        }
        names
    }

    fn is_title_case(&self) -> bool {
        let long = |token: &&Token| token.end - token.start > 3;
        let words = self.tokens.iter().filter(long).count();
        let capitals = self.tokens.iter().filter(long).filter(|token| token.capital).count();
        self.in_title && words >= 5 && capitals * 100 >= words * TITLE_CASE_PERCENT
    }

    fn piece(&self, at: usize) -> Piece {
        let token = &self.tokens[at];
        let covering = |hit: &&Hit| hit.first <= at && at <= hit.last;
        let has = |tag: Tag| self.hits.iter().filter(covering).any(|hit| hit.tag == tag);
        if !token.capital {
            return if has(Tag::NameLink) { Piece::Link } else { Piece::Outside };
        }
        if has(Tag::Person) {
            return Piece::Word;
        }
        let letters =
            self.words[token.start..token.end].chars().filter(|c| c.is_alphabetic()).count();
        let stop = self.words[token.end..].starts_with('.');
        if letters == 1 || token.upper && letters <= 3 && stop {
            return if stop { Piece::Initials } else { Piece::Outside };
        }
        // "Theresa May": a month behind a first name, with no number beside it, is a surname.
        let surname = |tag: Tag| {
            let number = |at: usize| self.tokens.get(at).is_some_and(|t| t.number().is_some());
            matches!(tag, Tag::Month | Tag::MonthWeak)
                && at > 0
                && self.tokens[at - 1].capital
                && !number(at - 1)
                && !number(at + 1)
        };
        let known = self
            .hits
            .iter()
            .filter(covering)
            .any(|hit| hit.tag != Tag::NameLink && !surname(hit.tag));
        let opens = at == 0 && self.language.function_words.contains(&*token.folded);
        if token.upper || known || opens || self.quoted(at) { Piece::Outside } else { Piece::Word }
    }

    /// Whether a quotation mark opens right before a token: the names of firms and works stand in quotation marks.
    fn quoted(&self, at: usize) -> bool {
        self.words[..self.tokens[at].start].ends_with(['«', '"', '“', '„', '”'])
    }

    /// The last token of the run of a name that begins at a token.
    fn run(&self, first: usize) -> usize {
        let mut last = first;
        let mut at = first;
        while at + 1 < self.tokens.len() {
            let gap = &self.words[self.tokens[at].end..self.tokens[at + 1].start];
            let initials = self.piece(at) == Piece::Initials;
            let joined = matches!(gap, " " | "\u{a0}" | "-" | "'" | "’")
                || initials && matches!(gap, "." | ". " | ".\u{a0}");
            if !joined {
                break;
            }
            at += 1;
            match self.piece(at) {
                Piece::Word => last = at,
                Piece::Initials => last = at,
                Piece::Link => {}
                Piece::Outside => break,
            }
        }
        last
    }

    fn is_name(&self, first: usize, last: usize) -> bool {
        let listed = |hit: &Hit| hit.tag == Tag::Person && first <= hit.first && hit.last <= last;
        if self.hits.iter().any(listed) {
            return true;
        }
        let mut words = 0;
        let mut initials = false;
        for at in first..=last {
            match self.piece(at) {
                Piece::Initials => initials = true,
                Piece::Word => {
                    let hyphen = at > first && self.words[..self.tokens[at].start].ends_with('-');
                    words += usize::from(!hyphen);
                }
                Piece::Link | Piece::Outside => {}
            }
        }
        match words {
            0 => false,
            1 => initials || self.office_before(first, OFFICE_TOKENS_OF_SURNAME_MAX),
            _ => words <= NAME_WORDS_MAX,
        }
    }

    /// Whether an office stands before a token, with nothing but its complements between.
    fn office_before(&self, first: usize, tokens_max: usize) -> bool {
        if first == 0 || self.language.function_words.contains(&*self.tokens[first - 1].folded) {
            return false;
        }
        self.hits
            .iter()
            .filter(|hit| hit.tag == Tag::RoleWord && hit.last < first)
            .any(|role| first - role.last <= tokens_max + 1 && self.complements(role.last, first))
    }

    fn complements(&self, role: usize, name: usize) -> bool {
        complements(self.words, self.tokens, self.hits, role, name)
    }

    /// The names in a script without capitals: behind an office and its complements, up to a word that is known.
    fn behind_offices(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for role in self.hits.iter().filter(|hit| hit.tag == Tag::RoleWord) {
            let mut at = role.last + 1;
            while at < self.tokens.len()
                && at - role.last <= CASELESS_OFFICE_TOKENS_MAX
                && self.spaced(at)
                && self.is_complement(at)
            {
                at += 1;
            }
            if names.last().is_some_and(|name| name.last >= at) {
                continue;
            }
            if let Some(last) = self.caseless_run(at) {
                names.push(Name { first: at, last });
            }
        }
        names
    }

    fn caseless_run(&self, first: usize) -> Option<usize> {
        let linked = |at: usize| self.hits.iter().any(|h| h.tag == Tag::NameLink && h.first == at);
        let mut last = None;
        let mut words = 0;
        for at in first..self.tokens.len() {
            // Behind a link every word is of the name: "bin Sultan".
            let joined = at > first && linked(at - 1);
            if !self.spaced(at) || !joined && !self.is_caseless_word(at, at == first) {
                break;
            }
            words += usize::from(!joined && !linked(at));
            if words > CASELESS_NAME_WORDS_MAX {
                break;
            }
            if !linked(at) {
                last = Some(at);
            }
        }
        last
    }

    /// Whether only a space stands before a token.
    fn spaced(&self, at: usize) -> bool {
        at > 0
            && matches!(&self.words[self.tokens[at - 1].end..self.tokens[at].start], " " | "\u{a0}")
    }

    /// A word with the article, or the name of a party, place or organisation: it belongs to the office.
    fn is_complement(&self, at: usize) -> bool {
        let hit = |hit: &&Hit| hit.first <= at && at <= hit.last;
        let entity = |hit: &Hit| {
            is_entity(hit.tag) || matches!(hit.tag, Tag::RoleWord | Tag::Topic | Tag::Ordinal)
        };
        let person = self.hits.iter().filter(hit).any(|hit| hit.tag == Tag::Person);
        let little = self.language.function_words.contains(&*self.tokens[at].folded);
        !person && (self.hits.iter().filter(hit).any(entity) || self.is_definite(at) && !little)
    }

    fn is_definite(&self, at: usize) -> bool {
        let word = &*self.tokens[at].folded;
        self.language.articles.iter().any(|article| word.starts_with(article.as_str()))
    }

    fn is_caseless_word(&self, at: usize, opens: bool) -> bool {
        let token = &self.tokens[at];
        let known = self
            .hits
            .iter()
            .filter(|hit| hit.first <= at && at <= hit.last)
            .any(|hit| !matches!(hit.tag, Tag::Person | Tag::NameLink));
        let starts = |prefixes: &[String]| {
            prefixes.iter().any(|prefix| token.folded.starts_with(prefix.as_str()))
        };
        // "and" is part of the next word; a first name has no article, a surname may.
        let apart = if opens {
            starts(&self.language.articles)
        } else {
            starts(&self.language.conjunctions)
        };
        !known
            && !apart
            && token.number().is_none()
            && token.end - token.start > 3
            && !self.language.function_words.contains(&*token.folded)
    }
}

/// Whether the tokens between an office and a name are its complements: no comma, no verb of ours, no other side.
pub(super) fn complements(
    words: &str,
    tokens: &[Token],
    hits: &[Hit],
    role: usize,
    name: usize,
) -> bool {
    let apart = [',', ';', ':', '—', '–', '،', '؛', '('];
    let verbs = |hit: &Hit| {
        hit.first > role
            && hit.last < name
            && matches!(
                hit.tag,
                Tag::With | Tag::Report | Tag::MeetVerb | Tag::Receive | Tag::Talk | Tag::That
            )
    };
    name > role
        && name - role <= OFFICE_TOKENS_MAX
        && !words[tokens[role].end..tokens[name].start].contains(apart)
        && !hits.iter().any(verbs)
}
