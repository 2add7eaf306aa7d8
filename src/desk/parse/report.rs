//! The `inspect feed` object of the output contract.

use serde::Serialize;
use serde_json::Value;

use crate::desk::extract;
use crate::desk::parse::Parsed;

#[derive(Serialize)]
struct Report<'p> {
    file: &'p str,
    format: &'p str,
    title: Option<String>,
    language: Option<&'p str>,
    entries: Vec<Entry<'p>>,
    notes: Vec<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'p str>,
}

#[derive(Serialize)]
struct Entry<'p> {
    id: Option<&'p str>,
    url: Option<&'p str>,
    title: String,
    published: Option<String>,
    updated: Option<String>,
    text: String,
}

/// What was read from `file`, as `inspect feed` prints it; `error` is there only when nothing could be read.
pub fn report(file: &str, parsed: &Parsed) -> Value {
    let report = Report {
        file,
        format: &parsed.format,
        title: parsed.title.as_deref().map(|t| extract::text(t).replace('\n', " ")),
        language: parsed.language.as_deref(),
        entries: parsed
            .entries
            .iter()
            .map(|entry| Entry {
                id: entry.id.as_deref(),
                url: entry.url.as_deref(),
                title: extract::text(&entry.title).replace('\n', " "),
                published: entry.published.map(|at| at.to_string()),
                updated: entry.updated.map(|at| at.to_string()),
                text: extract::text(&entry.html),
            })
            .collect(),
        notes: parsed.notes.iter().map(|note| note.0.as_str()).collect(),
        error: parsed.error.as_deref(),
    };
    serde_json::to_value(report).unwrap_or(Value::Null)
}
