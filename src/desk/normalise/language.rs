//! Language: the script decides among the packs, then the function words that the packs list, then the feed's
//! declaration, which is a prior and no verdict.

use crate::desk::model::{Direction, LanguageId};
use crate::desk::normalise::Words;
use crate::desk::packs::Packs;

/// A script that a language pack can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of scripts explain themselves")]
pub enum Spoken {
    Arabic,
    Cyrillic,
    Latin,
}

impl Spoken {
    fn of(c: char) -> Option<Self> {
        match c {
            '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{fb50}'..='\u{fefc}' => {
                Some(Spoken::Arabic)
            }
            '\u{0400}'..='\u{052f}' => Some(Spoken::Cyrillic),
            'a'..='z' | 'A'..='Z' | '\u{00c0}'..='\u{024f}' => Some(Spoken::Latin),
            _ => None,
        }
    }
}

/// Tokens that are looked at: enough for a lead, and bounded.
const TOKENS_MAX: usize = 200;

/// Characters whose script is looked at.
const CHARS_MAX: usize = 1_000;

/// Decides the language of an article. `und` (undetermined, ISO 639-2) when no pack fits.
pub fn detect(
    title: &str,
    text: &str,
    words: &Words,
    hint: Option<&LanguageId>,
    packs: &Packs,
) -> LanguageId {
    let undetermined = || hint.cloned().unwrap_or_else(|| LanguageId::new("und"));
    let Some(script) = main_script(title.chars().chain(text.chars()).take(CHARS_MAX)) else {
        return undetermined();
    };
    let mut best: Option<(usize, &LanguageId)> = None;
    for pack in packs.languages().filter(|pack| pack.script == script) {
        let hits =
            words.iter().take(TOKENS_MAX).filter(|token| pack.is_function_word(token)).count();
        let hinted = usize::from(hint.is_some_and(|hint| hint == &pack.id));
        let score = hits * 2 + hinted;
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, &pack.id));
        }
    }
    best.map_or_else(undetermined, |(_, id)| id.clone())
}

fn main_script(sample: impl Iterator<Item = char>) -> Option<Spoken> {
    let mut counts = [0usize; 3];
    for script in sample.filter_map(Spoken::of) {
        counts[script as usize] += 1;
    }
    let all = [Spoken::Arabic, Spoken::Cyrillic, Spoken::Latin];
    all.into_iter()
        .max_by_key(|script| counts[*script as usize])
        .filter(|s| counts[*s as usize] > 0)
}

/// The direction of a piece of text by its first strong character, as `dir="auto"` decides.
pub fn script_direction(text: &str) -> Direction {
    match text.chars().find_map(Spoken::of) {
        Some(Spoken::Arabic) => Direction::Rtl,
        _ => Direction::Ltr,
    }
}
