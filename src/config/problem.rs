//! What can be wrong with a configuration, and how it is said: where, which key, what, and the way out.
//!
//! All problems of a configuration are collected and reported together. Nothing here decides whether something is
//! wrong; that is `check` and its neighbours.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a file, at a line that is counted from 1.
    Line(Arc<str>, usize),
    /// In a file as a whole, or in a folder.
    File(Arc<str>),
    /// In an environment variable.
    Variable(String),
}

impl Place {
    /// How high the layer is that was written there: the defaults, a file, the environment.
    pub(super) fn layer(&self) -> u8 {
        match self {
            Place::Line(file, _) | Place::File(file) if file.starts_with(SHIPPED) => 0,
            Place::Line(..) | Place::File(_) => 1,
            Place::Variable(_) => 2,
        }
    }
}

/// What the names of the files that are compiled in begin with.
pub(super) const SHIPPED: &str = "shipped ";

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(file, line) => write!(f, "{file}:{line}"),
            Place::File(file) => f.write_str(file),
            Place::Variable(name) => write!(f, "environment variable {name}"),
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it was written.
    pub place: Place,
    /// The key from the root on, such as `poll.interval`; empty when no key can be named.
    pub key: String,
    /// What is wrong, as a lowercase fragment.
    pub what: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

/// Why there is no configuration. The variants are what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that was asked for cannot be read: ask for another one, or for none.
    #[error("cannot read the configuration {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something that was written is wrong: show the list to whoever wrote it. Sorted by place, never empty.
    #[error("{}", lines(.0))]
    Invalid(Vec<Problem>),
}

impl ConfigError {
    /// The problems; none for a file that could not be read.
    pub fn problems(&self) -> &[Problem] {
        match self {
            ConfigError::Unreadable { .. } => &[],
            ConfigError::Invalid(problems) => problems,
        }
    }
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}

/// A hint that names the known name nearest to `wrong`, or all of them when none is near.
///
/// Near means within a third of the letters, and at least one: `intervall` is near `interval`, `foo` is near nothing.
pub(super) fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let ranked: BTreeMap<(usize, &str), ()> = known
        .into_iter()
        .map(|name| ((strsim::damerau_levenshtein(wrong, name), name), ()))
        .collect();
    let names: Vec<&str> = ranked.keys().map(|(_, name)| *name).collect();
    let (distance, first) = *ranked.keys().next()?;
    if distance <= (wrong.chars().count() / 3).max(1) {
        return Some(format!("did you mean `{first}`?"));
    }
    let mut names = names;
    names.sort_unstable();
    let shown: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > MOST_NAMES { ", …" } else { "" };
    Some(format!("known here: {}{more}", shown.join(", ")))
}

/// How many names a hint lists: as many as the largest section has.
const MOST_NAMES: usize = 16;
