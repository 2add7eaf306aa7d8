//! `marsad inspect article`: what is read from the page of an article. The same code as the daemon's.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use serde_json::json;

use crate::cli::article_files;
use crate::desk::page::{self, Limits};
use crate::desk::pipeline::Rules;

/// One line a page: title, author, dates, language, direction, text, and notes.
pub(super) fn print(
    files: &[PathBuf],
    url: &str,
    rules: &Rules,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let limits = Limits::default();
    let mut print = |name: &str, bytes: &[u8]| -> anyhow::Result<()> {
        let page = page::read(bytes, None, url, &rules.packs, &limits);
        let line = json!({
            "file": name,
            "title": page.title,
            "byline": page.byline.join(", "),
            "published": page.published.map(|date| date.to_string()),
            "modified": page.modified.map(|date| date.to_string()),
            "language": page.language,
            "direction": page.direction,
            "canonical": page.canonical,
            "text": page.text(),
            "notes": page.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
        Ok(())
    };
    if files.is_empty() {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return print("-", &bytes);
    }
    for file in files {
        print(&file.display().to_string(), &article_files::read_bytes(file)?)?;
    }
    Ok(())
}
