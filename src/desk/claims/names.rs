//! Names of persons, also of those whom no gazetteer lists.
//!
//! In scripts with capitals a name is a run of capitalised words, or one such word behind an office, an initial, or
//! elsewhere in the article a longer name. In scripts without capitals it is what stands between an office and the next
//! word that the lexicon knows. Which words are offices, and which are of no name, the packs say.

mod caseless;
mod surname;

pub(super) use surname::{complete, same_name};

use crate::desk::claims::reading::Sentence;
use crate::desk::normalise::Token;
use crate::desk::packs::{Hit, Language, Tag};

/// Words of one name; a longer run of capitals is a title or a list.
const NAME_WORDS_MAX: usize = 4;

/// Tokens between an office and the name it belongs to: "minister of foreign affairs and trade of Hungary".
const OFFICE_TOKENS_MAX: usize = 8;

/// The same for a name of one word, which is no name without its office.
const OFFICE_TOKENS_OF_SURNAME_MAX: usize = 4;

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
}

/// The names of a sentence that no gazetteer lists, as patterns take them.
pub(super) fn unlisted(sentence: &Sentence) -> Vec<(usize, usize)> {
    let listed = |name: &&Name| {
        sentence.tagged(Tag::Person).any(|hit| hit.first <= name.last && name.first <= hit.last)
    };
    sentence.names.iter().filter(|name| !listed(name)).map(|n| (n.first, n.last)).collect()
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
