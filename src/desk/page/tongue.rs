//! The language of a page and its direction: our own decision by script and words, with what the page declares as a prior.
//! A language that no pack knows is taken from the declaration.

use crate::desk::model::{Direction, LanguageId};
use crate::desk::normalise::{Words, detect, script_direction};
use crate::desk::packs::Packs;
use crate::desk::page::head::Head;

/// Bytes of text that the decision looks at.
const BYTES_MAX: usize = 4000;

/// Decides both.
pub(super) fn tongue(
    head: &Head,
    title: &str,
    paragraphs: &[String],
    packs: &Packs,
) -> (Option<LanguageId>, Direction) {
    let declared = head.language.as_deref().or(head.meta("og:locale"));
    let declared = declared.or(head.data.language.as_deref()).and_then(primary);
    let mut text = String::new();
    for paragraph in paragraphs {
        if text.len() >= BYTES_MAX {
            break;
        }
        text.push_str(paragraph);
        text.push('\n');
    }
    let text = crate::desk::extract::cut(&text, BYTES_MAX);
    let words = Words::of(title, text);
    let known = declared.as_ref().is_none_or(|id| packs.language(id).is_some());
    let language =
        if known { Some(detect(title, text, &words, declared.as_ref(), packs)) } else { declared };
    let language = language.filter(|id| id.as_str() != "und");
    let sample = if text.is_empty() { title } else { text };
    let direction = match language.as_ref().and_then(|id| packs.language(id)) {
        Some(pack) => pack.direction,
        None if sample.is_empty() && head.rtl => Direction::Rtl,
        None => script_direction(sample),
    };
    (language, direction)
}

/// The first part of a language tag: `ar` of `ar-EG` and `ar_EG`.
fn primary(tag: &str) -> Option<LanguageId> {
    let first = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let plain = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| LanguageId::new(first))
}
