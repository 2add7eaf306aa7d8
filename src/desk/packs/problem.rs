//! What is wrong with a pack, in words that its author can act on.

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {message}{}", hint.as_ref().map(|h| format!("\n  hint: {h}")).unwrap_or_default())]
pub struct PackProblem {
    /// The file, relative to the configuration folder.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
}

impl PackProblem {
    /// A problem of a TOML file, with the line that the parser's span names.
    pub fn toml(path: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        Self { path: path.to_owned(), line, message: error.message().to_owned(), hint: None }
    }
}

/// How much a finding of the lints matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The packs do not mean what they say.
    Error,
    /// They probably do not.
    Warning,
    /// Something is still to be filled in.
    Todo,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Todo => "to do",
        })
    }
}

/// What a lint found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// What and where.
    pub problem: PackProblem,
}

impl Finding {
    /// A finding at a line of a file.
    pub fn new(
        level: Level,
        (path, line): (&str, usize),
        message: String,
        hint: Option<&str>,
    ) -> Self {
        let hint = hint.map(str::to_owned);
        Self { level, problem: PackProblem { path: path.to_owned(), line, message, hint } }
    }
}

/// The name among `known` that is nearest to `written`, when it is near enough to be meant: at most a third of its
/// letters differ (Levenshtein distance).
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .min()
        .filter(|(d, name)| *d <= name.chars().count().max(3) / 3)
        .map(|(_, name)| name)
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_name_that_was_meant() {
        let known = ["meeting", "summit", "cancelled"];
        assert_eq!(nearest("meting", known), Some("meeting"));
        assert_eq!(nearest("canceled", known), Some("cancelled"));
        assert_eq!(nearest("weather", known), None);
    }
}
