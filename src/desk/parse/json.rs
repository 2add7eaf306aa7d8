//! JSON Feed 1.0 and 1.1. Every field is read leniently and every item for itself: one that is wrong costs one item.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::desk::extract::cut;
use crate::desk::parse::repair::escape_into;
use crate::desk::parse::{Limits, Notes, RawEntry, Reading, dates};

#[derive(Debug, Deserialize)]
struct Document {
    version: Option<Value>,
    title: Option<Value>,
    language: Option<Value>,
    items: Option<Vec<Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    summary: Value,
    date_published: Value,
    date_modified: Value,
    language: Value,
}

/// Reads a document that begins with `{`; returns the name of the format with it.
///
/// # Errors
/// Why it is no JSON Feed.
pub(crate) fn read(
    text: &str,
    url: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(String, Reading), String> {
    // serde_json stops at 128 levels, and only the first value is read, so that junk behind it does no harm.
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Document>();
    let document = match stream.next() {
        Some(Ok(document)) => document,
        Some(Err(error)) => return Err(format!("not a JSON feed: {error}")),
        None => return Err("an empty document".to_owned()),
    };
    let version = document.version.as_ref().and_then(words).unwrap_or_default();
    if document.items.is_none() && !version.contains("jsonfeed.org") {
        return Err("JSON, but not a feed: it has no items".to_owned());
    }
    let base = Url::parse(url).ok();
    let items = document.items.unwrap_or_default();
    if items.len() > limits.items {
        notes.say(format!("only the first {} of {} items were read", limits.items, items.len()));
    }
    let mut entries = Vec::new();
    for item in items.into_iter().take(limits.items) {
        match serde_json::from_value::<Item>(item) {
            Ok(item) => entries.push(entry(&item, base.as_ref(), limits)),
            Err(_) => notes.once("items that are no objects were skipped"),
        }
    }
    let format = match version.rsplit('/').next() {
        Some(number) if !number.is_empty() => format!("json-feed-{number}"),
        _ => "json-feed".to_owned(),
    };
    let reading = Reading {
        title: document.title.as_ref().and_then(words).map(|t| plain(&t, limits)),
        language: document.language.as_ref().and_then(words),
        ttl_min: None,
        entries,
    };
    Ok((format, reading))
}

fn entry(item: &Item, base: Option<&Url>, limits: &Limits) -> RawEntry {
    let html = words(&item.content_html).map(|t| cut(&t, limits.text_bytes).to_owned());
    let text = || words(&item.content_text).or_else(|| words(&item.summary));
    let link = words(&item.url).or_else(|| words(&item.external_url));
    RawEntry {
        id: words(&item.id),
        url: link.map(|link| match base.and_then(|base| base.join(&link).ok()) {
            Some(absolute) => absolute.to_string(),
            None => link,
        }),
        title: words(&item.title).map(|t| plain(&t, limits)).unwrap_or_default(),
        html: html.or_else(|| text().map(|t| plain(&t, limits))).unwrap_or_default(),
        published: words(&item.date_published).and_then(|t| dates::instant(&t)),
        updated: words(&item.date_modified).and_then(|t| dates::instant(&t)),
        language: words(&item.language),
    }
}

/// A string, or a number as text; an empty one is none.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn plain(text: &str, limits: &Limits) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(cut(text, limits.text_bytes), &mut out);
    out.replace('\n', "<br>")
}
