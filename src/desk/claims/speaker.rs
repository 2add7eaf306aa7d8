//! Who says so: the person or organisation beside the reporting word; "he added" inherits the speaker before.

use crate::desk::claims::reading::{Reading, Sentence, distance};
use crate::desk::packs::Tag;

/// Tokens between a reporting word and its speaker.
const SPEAKER_TOKENS_MAX: usize = 12;

/// The speaker of every sentence, where one is named or inherited.
pub(super) fn of_sentences(reading: &Reading) -> Vec<Option<String>> {
    let mut last: Option<String> = None;
    reading
        .sentences
        .iter()
        .map(|sentence| {
            let named = named(sentence);
            let inherited = sentence
                .tagged(Tag::Report)
                .any(|hit| hit.value == "inherit")
                .then(|| last.clone())
                .flatten();
            if let Some(known) = named.clone().or_else(|| alone(sentence)) {
                last = Some(known);
            }
            named.or(inherited)
        })
        .collect()
}

/// The only person that a sentence names, or else its only organisation: "he said" goes on about it.
fn alone(sentence: &Sentence) -> Option<String> {
    [Tag::Person, Tag::Organisation].into_iter().find_map(|tag| {
        let mut values: Vec<&str> = sentence.tagged(tag).map(|hit| hit.value.as_str()).collect();
        values.dedup();
        match values.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    })
}

/// The person or organisation nearest to a reporting word, persons before organisations; none when somebody without a
/// name stands nearer.
fn named(sentence: &Sentence) -> Option<String> {
    let reports: Vec<_> = sentence.tagged(Tag::Report).collect();
    let nameless = sentence
        .tagged(Tag::Anonymous)
        .filter_map(|hit| reports.iter().map(|report| distance(report, hit.first)).min())
        .min()
        .unwrap_or(usize::MAX);
    sentence
        .hits
        .iter()
        .filter(|hit| matches!(hit.tag, Tag::Person | Tag::Organisation))
        .filter_map(|hit| {
            let nearest = reports.iter().map(|report| distance(report, hit.first)).min()?;
            (nearest <= SPEAKER_TOKENS_MAX && nearest < nameless).then_some((
                nearest,
                hit.tag != Tag::Person,
                hit,
            ))
        })
        .min_by_key(|(nearest, organisation, hit)| (*organisation, *nearest, hit.first))
        .map(|(_, _, hit)| hit.value.clone())
}
