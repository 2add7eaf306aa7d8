//! A rule as it is written, before anything is checked, and what is known while the files of a frame are read.

use std::collections::BTreeMap;

use crate::desk::packs::{Tag, nearest};
use crate::desk::patterns::ast::Node;
use crate::desk::patterns::lexer::{At, Mistake, Symbol};

/// A literal: folded words, each with whether any ending may follow.
pub(super) type Literal = Vec<(String, bool)>;

/// What is known while the files of a frame are read.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Named parts, with the names of their captures.
    pub(super) parts: BTreeMap<String, (Node, Vec<String>)>,
    /// Literals, by number.
    pub(super) literals: Vec<Literal>,
}

/// An option as written: `about=focus|next`.
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) words: Vec<Symbol>,
    pub(super) at: At,
}

/// Whose party, as written: a capture's name, or none for the speaker.
pub(super) type Whose = Option<String>;

/// A value as written.
pub(super) enum Said {
    Word(String),
    Capture(String),
    OfParty(Whose, Box<Said>),
}

/// An action as written.
pub(super) enum Action {
    Drop(String),
    State { slot: String, party: Option<Whose>, said: Said },
}

/// A statement as written.
pub(super) enum Parsed {
    Let(String, Node, Vec<String>),
    Rule {
        id: String,
        options: Vec<Setting>,
        pattern: Node,
        captures: Vec<String>,
        actions: Vec<(Action, At)>,
    },
}

/// Reads `meeting|term=rate-cut`.
pub(super) fn tags(written: &str, at: At) -> Result<Vec<(Tag, Option<String>)>, Mistake> {
    written
        .split('|')
        .map(|part| {
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name.trim(), Some(value.trim().to_owned())),
                None => (part.trim(), None),
            };
            let tag = Tag::parse(name)
                .ok_or_else(|| unknown("tag", name, Tag::ALL.iter().map(|(_, name)| *name), at))?;
            Ok((tag, value))
        })
        .collect()
}

/// A name that is not known, with the nearest that is.
pub(super) fn unknown<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    at: At,
) -> Mistake {
    let known: Vec<&str> = known.collect();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known: {}", known.join(", ")),
    };
    Mistake::new(at, format!("`{name}` is no {what}"), Some(&hint))
}
