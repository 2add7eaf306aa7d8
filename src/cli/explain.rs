//! `marsad explain`: the chain of reasons from feed to alert, also for an article that raised none.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use jiff::Timestamp;

use crate::cli::article_files;
use crate::desk::model::{Alert, Article, Claim, JournalEntry};
use crate::desk::pipeline::{Batch, Changes, Memory, Rules, ingest};

/// What is known of one article.
pub(super) struct Explained {
    /// The article.
    pub(super) article: Article,
    /// The decisions about it, in order.
    pub(super) journal: Vec<JournalEntry>,
    /// What it states.
    pub(super) claims: Vec<Claim>,
    /// What it raised.
    pub(super) alerts: Vec<Alert>,
}

/// Replays files and explains the article, or the article of the alert, that `what` names.
pub(super) fn files(
    what: &str,
    paths: &[PathBuf],
    rules: &Rules,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut memory = Memory::default();
    for draft in article_files::walk(paths)? {
        let now = draft.updated.or(draft.published).unwrap_or(Timestamp::UNIX_EPOCH);
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        if let Some(found) = pick(what, &changes) {
            return print(&found, out);
        }
        memory.apply(rules, &changes);
    }
    bail!(
        "no article or alert `{what}` in these files\n  hint: give an id or a link, or the beginning of an alert's id"
    )
}

fn pick(what: &str, changes: &Changes) -> Option<Explained> {
    let of_alert = changes
        .alerts
        .iter()
        .find(|alert| {
            alert.id.as_str() == what || what.len() >= 6 && alert.id.as_str().starts_with(what)
        })
        .map(|alert| alert.article.url.as_str());
    let article = changes.articles.iter().find(|article| {
        article.id.as_str() == what || article.url == what || of_alert == Some(&article.url)
    })?;
    Some(Explained {
        article: article.clone(),
        journal: changes
            .journal
            .iter()
            .filter(|entry| entry.article.as_ref() == Some(&article.id))
            .cloned()
            .collect(),
        claims: changes.claims.clone(),
        alerts: changes.alerts.clone(),
    })
}

/// Prints an explanation.
pub(super) fn print(found: &Explained, out: &mut dyn Write) -> anyhow::Result<()> {
    let article = &found.article;
    writeln!(out, "{}", article.title)?;
    writeln!(
        out,
        "{} · {} · {} · version {}\n",
        article.source, article.url, article.published.at, article.version
    )?;
    for entry in &found.journal {
        writeln!(out, "{:<10} {}", entry.step.as_str(), entry.reason)?;
    }
    for claim in &found.claims {
        writeln!(
            out,
            "\n{} = {}  [{}, event {}]\n  \u{2068}{}\u{2069}\n  in \u{2068}{}\u{2069}",
            claim.slot,
            claim.value,
            claim.certainty.as_str(),
            claim.event,
            claim.evidence,
            claim.sentence
        )?;
        for step in &claim.trace {
            writeln!(out, "  because {}", step.0)?;
        }
    }
    match found.alerts.len() {
        0 => writeln!(out, "\nno alert")?,
        n => writeln!(out, "\n{n} alerts")?,
    }
    Ok(())
}
