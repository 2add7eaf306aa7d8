//! The names of the site, which stand beside titles and in the place of authors.

use url::Url;

use crate::desk::normalise::tokens;
use crate::desk::page::head::Head;

/// Words that a name of a site or a section behind a mark has at most.
const WORDS_MAX: usize = 5;

/// Characters of a name that is looked for within others.
const CHARS_MIN: usize = 3;

/// What a site is called.
#[derive(Debug)]
pub(super) struct Site {
    /// Folded.
    names: Vec<String>,
}

impl Site {
    /// Collects the names that the head gives it, and that in the host.
    pub(super) fn of(head: &Head) -> Self {
        let mut names: Vec<String> = head.sites().map(key).collect();
        names.extend(host_words(&head.url));
        names.retain(|name| !name.is_empty());
        Self { names }
    }

    /// Whether a text is nothing but its name.
    pub(super) fn is(&self, text: &str) -> bool {
        let key = key(text);
        let joined = key.replace(' ', "");
        self.names.iter().any(|name| *name == key || name.replace(' ', "") == joined)
    }

    /// Whether a part of a title is its name, or has it in a few words: `Politics | A Gazette`.
    pub(super) fn is_named_in(&self, part: &str) -> bool {
        let key = key(part);
        let words: Vec<&str> = key.split(' ').collect();
        let holds = |name: &str| {
            let name: Vec<&str> = name.split(' ').collect();
            words.windows(name.len()).any(|window| window == name)
        };
        // `Gazette` for `agazette`, the name in the host.
        let ends = |name: &str| words.len() == 1 && name.ends_with(words[0]);
        let few = words.len() <= WORDS_MAX && key.chars().count() >= CHARS_MIN;
        let long = self.names.iter().filter(|name| name.chars().count() >= CHARS_MIN);
        self.is(part) || few && long.into_iter().any(|name| holds(name) || ends(name))
    }
}

/// What titles and names are compared by: their folded words.
pub(super) fn key(text: &str) -> String {
    tokens(text).into_iter().map(|token| token.folded).collect::<Vec<_>>().join(" ")
}

/// The name in the host: `www.a-gazette.example` is `a gazette`, and `agazette`.
fn host_words(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else { return Vec::new() };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let name = host.split('.').next().unwrap_or_default();
    vec![key(name), key(&host), name.replace('-', "")]
}
