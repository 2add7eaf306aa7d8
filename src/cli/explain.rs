//! `marsad explain`: the chain of reasons from feed to alert, also for an article that raised none.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use jiff::Timestamp;

use crate::cli::{article_files, provenance};
use crate::desk::model::{Alert, Article, ArticleId, Claim, JournalEntry};
use crate::desk::pipeline::{Batch, Changes, Memory, Rules, ingest};
use crate::store::Store;

/// The latest alerts among which those of an article are looked for.
const ALERTS_LOOKED_THROUGH: usize = 1_000;

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
    for draft in article_files::walk(paths, &rules.packs)? {
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

/// Explains an article, or the article of an alert, of a store.
pub(super) async fn store(what: &str, path: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    if !path.exists() {
        bail!(
            "there is no store at {}\n  hint: name article files to replay, or the configuration with --config",
            path.display()
        );
    }
    let opened = path.to_owned();
    let store = tokio::task::spawn_blocking(move || Store::open(&opened)).await??;
    let mut article = store.article(what).await?;
    if article.is_none()
        && let Some(alert) = store.alert(what).await?
    {
        article = store.article(&alert.article.url).await?;
    }
    let Some(article) = article else {
        bail!(
            "no article or alert `{what}` in {}\n  hint: give an id, a link, or the beginning of an id",
            path.display()
        );
    };
    let journal = store.journal(&article.id).await?;
    let claims = store.claims_of(&article.id).await?;
    let of_article = |alert: &Alert| {
        alert.article.url == article.url && alert.article.published == article.published.at
    };
    let mut alerts = store.alerts(ALERTS_LOOKED_THROUGH).await?;
    alerts.retain(of_article);
    print(&Explained { article, journal, claims, alerts }, out)
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
        claims: of_article(&changes.claims, &article.id),
        alerts: changes.alerts.clone(),
    })
}

/// The claims of an article: others may have been linked anew in the same batch.
fn of_article(claims: &[Claim], article: &ArticleId) -> Vec<Claim> {
    claims.iter().filter(|claim| claim.article == *article).cloned().collect()
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
    if let Some(revision) = &article.revision {
        provenance::print_revision(revision, out)?;
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
