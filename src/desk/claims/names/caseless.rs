//! Names in a script without capitals: what stands between an office and the next word that the lexicon knows.

use crate::desk::claims::names::{Line, Name, is_entity};
use crate::desk::packs::{Hit, Tag};

/// Tokens of office and nationality that are passed over in a script without capitals.
const CASELESS_OFFICE_TOKENS_MAX: usize = 5;

/// Words of a name in a script without capitals, links ("bin") not counted.
const CASELESS_NAME_WORDS_MAX: usize = 2;

impl Line<'_> {
    /// The names in a script without capitals: behind an office and its complements, up to a word that is known.
    pub(super) fn behind_offices(&self) -> Vec<Name> {
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
        let little = self.language.is_function_word(&self.tokens[at]);
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
            && !self.language.is_function_word(token)
    }
}
