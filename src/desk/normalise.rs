//! From a draft to an article: NFC text, canonical link, language and direction, date with its provenance, content
//! hash. The submodules fold and cut text for every later step; offsets always point into the original text.

mod fold;
mod language;
mod link;
mod sentences;
mod tokens;
mod words;

pub use fold::{fold, fold_char};
pub use language::{Spoken, detect, script_direction};
pub use link::{Tracking, canonical, page};
pub use sentences::{Sentence, sentences};
pub use tokens::{Token, tokens};
pub use words::{Words, within, word_hash};

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use unicode_normalization::UnicodeNormalization;

use crate::desk::model::{Article, ArticleId, Dated, Draft, LanguageId, Published, stable_id};
use crate::desk::packs::Packs;

/// How far ahead of us a publisher's clock may run before its date is replaced by the time of arrival.
/// 15 minutes covers clock drift; anything later is a wrong zone or an embargo date.
pub const FUTURE_SLACK: SignedDuration = SignedDuration::from_mins(15);

/// The longest text that is kept of an article, in bytes; the rest is cut at a line. A long read of 20,000 words in
/// Arabic fits.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;

/// Makes the first version of an article from a draft, with its words.
pub fn article(draft: &Draft, packs: &Packs, now: Timestamp) -> (Article, Words) {
    let title = squeeze(&draft.title);
    let text = tidy(&draft.text);
    let words = Words::of(&title, &text);
    let language = detect(&title, &text, &words, draft.language.as_ref(), packs);
    let content_hash = content_hash(&words);
    let id = draft
        .id
        .clone()
        .unwrap_or_else(|| ArticleId::new(stable_id(&["article", &draft.key.0, &content_hash])));
    let article = Article {
        id,
        key: draft.key.clone(),
        names: draft.names.clone(),
        version: 1,
        revision_of: None,
        url: canonical(&draft.url, &packs.tracking),
        title,
        text,
        direction: direction_of(&language, packs),
        language,
        published: published(draft, now),
        first_seen: now,
        source: squeeze(&draft.source),
        feed: draft.feed.clone(),
        content_hash,
        copy_of: None,
        revision: None,
    };
    (article, words)
}

/// The hash of title and text after folding, so that a changed quotation mark is no edit.
pub fn content_hash(words: &Words) -> String {
    let joined = |tokens: &[Token]| {
        let mut out = String::with_capacity(tokens.iter().map(|t| t.folded.len() + 1).sum());
        for (index, token) in tokens.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(&token.folded);
        }
        out
    };
    stable_id(&["content", &joined(&words.title), &joined(&words.text)])
}

fn direction_of(language: &LanguageId, packs: &Packs) -> crate::desk::model::Direction {
    packs
        .language(language)
        .map(|pack| pack.direction)
        .unwrap_or(crate::desk::model::Direction::Ltr)
}

fn published(draft: &Draft, now: Timestamp) -> Published {
    let declared = draft.updated.filter(|at| Some(*at) > draft.published).or(draft.published);
    match declared {
        Some(at) if at > now + FUTURE_SLACK => Published { at: now, how: Dated::Clamped },
        Some(at) => Published { at, how: Dated::Declared },
        None => Published { at: now, how: Dated::Arrival },
    }
}

/// NFC, control characters dropped, lines trimmed; paragraph breaks stay.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in composed(text).lines() {
        let line = line.trim_matches(|c: char| c.is_whitespace() && c != '\u{a0}');
        if out.len() + line.len() > TEXT_BYTES_MAX {
            break;
        }
        if line.contains(char::is_control) {
            out.extend(line.chars().filter(|c| !c.is_control()));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// NFC on one line.
fn squeeze(text: &str) -> String {
    composed(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// NFC. Most text is composed as it comes, and its letters show it without a look at the tables: below U+0300 no
/// character combines, and neither do the plain letters and digits of Cyrillic and Arabic.
fn composed(text: &str) -> Cow<'_, str> {
    let plain = |c: char| {
        matches!(c, '\0'..='\u{2ff}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{60c}'..='\u{64a}'
            | '\u{660}'..='\u{66d}' | '\u{6f0}'..='\u{6f9}' | '\u{2010}'..='\u{2027}')
    };
    if text.chars().all(plain) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_hash_ignores_spelling_but_not_a_number() {
        let content_hash = |title: &str, text: &str| content_hash(&Words::of(title, text));
        let a = content_hash("لقاء إسطنبول", "استمر اللقاء ٦ ساعات");
        assert_eq!(a, content_hash("لقاء اسطنبول", "استمر اللقاء 6 ساعات."));
        assert_ne!(a, content_hash("لقاء إسطنبول", "استمر اللقاء ٧ ساعات"));
        let ru = content_hash("Встреча", "Ещё «один» раунд");
        assert_eq!(ru, content_hash("встреча", "Еще \"один\" раунд"));
    }

    #[test]
    fn tidy_is_idempotent() {
        for text in ["a\u{0}b\n\n c ", "قال\u{a0}إن\r\nنعم", "и\u{306}"] {
            let once = tidy(text);
            assert_eq!(tidy(&once), once);
        }
    }
}
