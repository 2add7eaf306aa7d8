//! `marsad replay`: the desk over files, under the clock of their publication.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use jiff::Timestamp;

use crate::card;
use crate::cli::article_files;
use crate::desk::alert::Wanted;
use crate::desk::pipeline::{Batch, Memory, Rules, ingest};

/// Prints the alerts of the files.
pub(super) fn run(
    paths: &[PathBuf],
    json: bool,
    watch: Option<&str>,
    rules: &Rules,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let watchlist = match watch {
        Some(id) => match rules.watchlists.iter().find(|list| list.id.as_str() == id) {
            Some(list) => Some(list),
            None => {
                let known: Vec<&str> = rules.watchlists.iter().map(|l| l.id.as_str()).collect();
                bail!("no watchlist `{id}`\n  hint: there are {}", known.join(", "));
            }
        },
        None => None,
    };
    let mut memory = Memory::default();
    for draft in article_files::walk(paths, &rules.packs)? {
        // The virtual clock stands at the publication of the article that is read.
        let now = draft.updated.or(draft.published).unwrap_or(Timestamp::UNIX_EPOCH);
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        for alert in &changes.alerts {
            if watchlist.is_some_and(|list| list.wants(alert) != Wanted::Yes) {
                continue;
            }
            if json {
                serde_json::to_writer(&mut *out, alert)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{}", card::render(alert, card::Style::coloured(false)))?;
            }
        }
        memory.apply(rules, &changes);
    }
    Ok(())
}
