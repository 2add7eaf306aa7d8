//! Lexing: a pattern file as statements, each a run of symbols that remember their line and column.
//!
//! A statement begins at the left margin; an indented line goes on with it, unless it is an example. `#` begins a
//! comment. What stands in the brackets of a type, `LENGTH(PT10M..P3D)`, is kept as it is written.

/// A place in a file, both counted from 1; columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) at: At,
    pub(super) what: String,
    pub(super) hint: Option<String>,
}

impl Mistake {
    pub(super) fn new(at: At, what: impl Into<String>, hint: Option<&str>) -> Self {
        Self { at, what: what.into(), hint: hint.map(str::to_owned) }
    }
}

/// One symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// `rule`, `dur.lasted`, `focus`, `10`.
    Word(String),
    /// `LENGTH`, with what its brackets hold.
    Type(String, Option<String>),
    /// `"follow-up talks"`.
    Text(String),
    /// `<meeting|summit>`, without the angle brackets.
    Tags(String),
    /// `@value`.
    Capture(String),
    /// `$event`; empty for the end of a clause.
    Name(String),
    /// `~8`.
    Gap(u16),
    /// `=>`.
    Arrow,
    /// One of `( ) | ? ! : = , { } . ^`.
    Mark(char),
}

impl std::fmt::Display for Symbol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Symbol::Word(word) => write!(f, "`{word}`"),
            Symbol::Type(name, _) => write!(f, "`{name}`"),
            Symbol::Text(text) => write!(f, "\"{text}\""),
            Symbol::Tags(tags) => write!(f, "`<{tags}>`"),
            Symbol::Capture(name) => write!(f, "`@{name}`"),
            Symbol::Name(name) => write!(f, "`${name}`"),
            Symbol::Gap(n) => write!(f, "`~{n}`"),
            Symbol::Arrow => f.write_str("`=>`"),
            Symbol::Mark(mark) => write!(f, "`{mark}`"),
        }
    }
}

/// A run of symbols that belongs together.
#[derive(Clone, Debug, Default)]
pub(super) struct Statement {
    pub(super) symbols: Vec<(Symbol, At)>,
    /// The lines below it that begin with `ex`, as they stand, without `ex`.
    pub(super) examples: Vec<(String, At)>,
    /// Whether one of its lines could not be read.
    pub(super) broken: bool,
}

/// Cuts a file into statements.
pub(super) fn statements(text: &str) -> (Vec<Statement>, Vec<Mistake>) {
    let mut out: Vec<Statement> = Vec::new();
    let mut mistakes = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let body = line.trim_start();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        let indent = line.chars().count() - body.chars().count();
        let at = At { line: index + 1, column: indent + 1 };
        if indent == 0 {
            out.push(Statement::default());
        }
        let Some(statement) = out.last_mut() else {
            mistakes.push(Mistake::new(
                at,
                "an indented line with nothing above it to go on with",
                Some("begin rules at the left margin"),
            ));
            continue;
        };
        if let Some(example) = body.strip_prefix("ex ").filter(|_| indent > 0) {
            statement.examples.push((example.to_owned(), at));
            continue;
        }
        match (Line { chars: body.chars().collect(), next: 0, at }).symbols() {
            Ok(symbols) => statement.symbols.extend(symbols),
            Err(mistake) => {
                statement.broken = true;
                mistakes.push(mistake);
            }
        }
    }
    (out, mistakes)
}

struct Line {
    chars: Vec<char>,
    next: usize,
    at: At,
}

impl Line {
    fn symbols(mut self) -> Result<Vec<(Symbol, At)>, Mistake> {
        let mut out = Vec::new();
        while let Some(&c) = self.chars.get(self.next) {
            if c.is_whitespace() {
                self.next += 1;
                continue;
            }
            if c == '#' {
                break;
            }
            let at = self.here();
            let symbol = self.symbol(c, at)?;
            out.push((symbol, at));
        }
        Ok(out)
    }

    fn here(&self) -> At {
        At { line: self.at.line, column: self.at.column + self.next }
    }

    fn symbol(&mut self, c: char, at: At) -> Result<Symbol, Mistake> {
        if c.is_ascii_uppercase() {
            let name = self.word();
            let args = if self.peek() == Some('(') { Some(self.until(')', at)?) } else { None };
            return Ok(Symbol::Type(name, args));
        }
        if is_word(c) {
            return Ok(Symbol::Word(self.word()));
        }
        match c {
            '"' => Ok(Symbol::Text(self.until('"', at)?)),
            '<' => {
                let tags = self.until('>', at)?;
                // The `>` of an arrow closes nothing.
                match tags.contains(char::is_whitespace) || tags.ends_with('=') {
                    true => Err(Mistake::new(at, "nothing closes this", Some("write `<a|b=c>`"))),
                    false => Ok(Symbol::Tags(tags)),
                }
            }
            '@' | '$' => {
                self.next += 1;
                let name = self.word();
                match c {
                    '@' if name.is_empty() => {
                        Err(Mistake::new(at, "`@` without a name", Some("write `@value:LENGTH`")))
                    }
                    '@' => Ok(Symbol::Capture(name)),
                    _ => Ok(Symbol::Name(name)),
                }
            }
            '~' => {
                self.next += 1;
                let word = self.word();
                word.parse().map(Symbol::Gap).map_err(|_| {
                    Mistake::new(at, "`~` without a number", Some("`~8` allows up to 8 words"))
                })
            }
            '=' if self.chars.get(self.next + 1) == Some(&'>') => {
                self.next += 2;
                Ok(Symbol::Arrow)
            }
            '(' | ')' | '|' | '?' | '!' | ':' | '=' | ',' | '{' | '}' | '.' | '^' => {
                self.next += 1;
                Ok(Symbol::Mark(c))
            }
            _ => Err(Mistake::new(
                at,
                format!("`{c}` has no meaning here"),
                Some("write words of the text in quotation marks: \"لمدة\""),
            )),
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.next).copied()
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            let more = self.chars.get(self.next + 1).is_some_and(|c| is_word(*c));
            let inner = c == '.' && more && !word.is_empty();
            if !is_word(c) && !inner {
                break;
            }
            word.push(c);
            self.next += 1;
        }
        word
    }

    fn until(&mut self, close: char, at: At) -> Result<String, Mistake> {
        self.next += 1;
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.next += 1;
            if c == close {
                return Ok(text.trim().to_owned());
            }
            text.push(c);
        }
        let hint = format!("close it with `{close}` in the same line");
        Err(Mistake::new(at, "nothing closes this", Some(&hint)))
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}
