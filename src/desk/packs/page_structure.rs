//! What sites call the parts of their pages: the words of class and id in `packs/page.toml`.

use std::collections::HashSet;

use serde::Deserialize;

use crate::desk::packs::{PackProblem, PackSource};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    beside: Vec<String>,
    body: Vec<String>,
    lead: Vec<String>,
    byline: Vec<String>,
    paywall: Vec<String>,
    consent: Vec<String>,
}

/// Names of parts: each is one word, or some that stand side by side in one name. Behind `=` it is a whole name.
#[derive(Debug, Default)]
pub struct PartNames {
    single: HashSet<String>,
    whole: HashSet<String>,
    /// Names of several words, by the first.
    several: Vec<Vec<String>>,
}

impl PartNames {
    fn of(written: Vec<String>) -> Self {
        let mut names = Self::default();
        for name in written {
            if let Some(whole) = name.strip_prefix('=') {
                names.whole.insert(whole.to_lowercase());
                continue;
            }
            let words: Vec<String> = name.split('-').map(str::to_lowercase).collect();
            match words.as_slice() {
                [_] => drop(names.single.insert(name.to_lowercase())),
                _ => names.several.push(words),
            }
        }
        names
    }

    /// Whether an element is called one of these. `words` are those of its names, with an empty one behind each name.
    pub fn names(&self, words: &[String]) -> bool {
        let stands_alone = |at: usize| {
            let empty =
                |at: Option<usize>| at.and_then(|at| words.get(at)).is_none_or(String::is_empty);
            empty(at.checked_sub(1)) && empty(Some(at + 1))
        };
        let whole = |(at, word): (usize, &String)| self.whole.contains(word) && stands_alone(at);
        words.iter().any(|word| self.single.contains(word))
            || (!self.whole.is_empty() && words.iter().enumerate().any(whole))
            || self.several.iter().any(|name| words.windows(name.len()).any(|w| w == name))
    }
}

/// What sites call the parts of their pages.
#[derive(Debug, Default)]
pub struct PageStructure {
    /// What stands beside an article: menus, advertisements, shares, comments, captions.
    pub beside: PartNames,
    /// What holds its text.
    pub body: PartNames,
    /// What holds its lead.
    pub lead: PartNames,
    /// What names its author.
    pub byline: PartNames,
    /// What stands where a reader has to pay.
    pub paywall: PartNames,
    /// What asks for consent to being tracked.
    pub consent: PartNames,
}

/// Reads a `page.toml`.
pub(super) fn read(source: &PackSource) -> Result<PageStructure, PackProblem> {
    let written: Written = toml::from_str(&source.text)
        .map_err(|error| PackProblem::toml(&source.path, &source.text, &error))?;
    Ok(PageStructure {
        beside: PartNames::of(written.beside),
        body: PartNames::of(written.body),
        lead: PartNames::of(written.lead),
        byline: PartNames::of(written.byline),
        paywall: PartNames::of(written.paywall),
        consent: PartNames::of(written.consent),
    })
}
