//! `marsad inspect reading`: what the word lists make of a text, sentence by sentence. For whoever extends a pack and
//! wonders why a word was, or was not, understood.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::cli::article_files;
use crate::desk::claims::{self, Sentence};
use crate::desk::normalise;
use crate::desk::packs::Storyline;
use crate::desk::pipeline::Rules;

/// One line a sentence: its clauses with what each is about, the phrases found, and the time expressions.
pub(super) fn print(files: &[PathBuf], rules: &Rules, out: &mut dyn Write) -> anyhow::Result<()> {
    for draft in article_files::lines_or_files(files, None, &rules.packs)? {
        let now = draft.published.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let (article, words) = normalise::article(&draft, &rules.packs, now);
        let reading = claims::read(&article, &words, &rules.packs);
        let scopes: Vec<(&Storyline, Vec<Vec<String>>)> = rules
            .packs
            .storylines
            .iter()
            .filter(|storyline| {
                crate::desk::watch::watch(&reading, &rules.packs, storyline).is_relevant()
            })
            .map(|storyline| (storyline, claims::scopes(&reading, &rules.packs, storyline)))
            .collect();
        for (index, sentence) in reading.sentences.iter().enumerate() {
            let about: Vec<Json> = scopes
                .iter()
                .map(|(storyline, scopes)| json!({storyline.id.as_str(): scopes[index]}))
                .collect();
            let line = json!({
                "article": article.id, "language": article.language, "sentence": sentence.text,
                "question": sentence.question, "clauses": clauses(sentence), "about": about,
                "tags": tags(sentence), "times": times(sentence),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn text(sentence: &Sentence, first: usize, last: usize) -> &str {
    let (start, end) = sentence.span(first, last);
    sentence.text.get(start..end).unwrap_or_default()
}

fn clauses(sentence: &Sentence) -> Vec<&str> {
    (0..sentence.clauses())
        .filter_map(|clause| {
            let first = sentence.clause.iter().position(|of| *of == clause)?;
            let last = sentence.clause.iter().rposition(|of| *of == clause)?;
            Some(text(sentence, first, last))
        })
        .collect()
}

fn tags(sentence: &Sentence) -> Vec<String> {
    sentence
        .hits
        .iter()
        .map(|hit| {
            let words = text(sentence, hit.first, hit.last);
            format!("{}={}: {words}", hit.tag.name(), hit.value)
        })
        .collect()
}

fn times(sentence: &Sentence) -> Vec<String> {
    sentence
        .times
        .iter()
        .map(|time| {
            let words = text(sentence, time.first, time.last);
            format!("{:?}, {}: {words}", time.meaning, time.anchor)
        })
        .collect()
}
