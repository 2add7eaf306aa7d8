//! `marsad inspect origins` and `marsad inspect revisions`: from whom an article has what it tells, and how its versions
//! differ.

use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::cli::article_files;
use crate::desk::claims;
use crate::desk::model::{Article, Revision};
use crate::desk::normalise;
use crate::desk::origins::{self, Credit};
use crate::desk::pipeline::{Batch, Memory, Rules, ingest};

/// One line an article: the house of its publisher, the agency that conveys it, and the sentences that another one conveys.
pub(super) fn origins(files: &[PathBuf], rules: &Rules, out: &mut dyn Write) -> anyhow::Result<()> {
    for draft in article_files::lines_or_files(files, None, &rules.packs)? {
        let now = draft.published.unwrap_or(Timestamp::UNIX_EPOCH);
        let (article, words) = normalise::article(&draft, &rules.packs, now);
        let reading = claims::read(&article, &words, &rules.packs);
        let credits = origins::credits(&article, &words, &reading, &rules.packs);
        let agency = |credit: Option<&Credit>| credit.map(|credit| credit.agency.clone());
        let why = |credit: Option<&Credit>| credit.map(|credit| credit.how.to_string());
        let sentences = reading.sentences.iter().enumerate().filter_map(|(at, sentence)| {
            let credit = credits.of(at).filter(|credit| Some(*credit) != credits.article())?;
            Some(json!({
                "sentence": sentence.text, "conveyor": credit.agency, "why": credit.how.to_string(),
            }))
        });
        let line = json!({
            "id": article.id,
            "house": rules.houses.of_publisher(&article.source, &article.url),
            "conveyor": agency(credits.article()),
            "why": why(credits.article()),
            "sentences": sentences.collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// One line a version: what it says that the one before did not. Articles of one address are versions of one another.
pub(super) fn revisions(
    files: &[PathBuf],
    rules: &Rules,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut memory = Memory::default();
    for draft in article_files::lines_or_files(files, None, &rules.packs)? {
        let now = draft.published.unwrap_or(Timestamp::UNIX_EPOCH);
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        for article in &changes.articles {
            writeln!(out, "{}", version(article))?;
        }
        memory.apply(rules, &changes);
    }
    Ok(())
}

fn version(article: &Article) -> Json {
    json!({
        "id": article.id, "version": article.version, "revision_of": article.revision_of,
        "content_hash": article.content_hash, "revision": article.revision,
    })
}

/// Prints a difference for a person, a sentence a line.
pub(super) fn print_revision(revision: &Revision, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "\n{revision}")?;
    let lines = |sign: &'static str, list: &[String]| -> Vec<String> {
        list.iter().map(|sentence| format!("{sign} \u{2068}{sentence}\u{2069}")).collect()
    };
    let mut all = lines("+", &revision.added);
    for changed in &revision.changed {
        all.extend(lines("-", std::slice::from_ref(&changed.was)));
        all.extend(lines("+", std::slice::from_ref(&changed.now)));
    }
    all.extend(lines("-", &revision.removed));
    for line in all {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
