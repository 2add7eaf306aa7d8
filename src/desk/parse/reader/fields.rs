//! The fields of a feed and of an entry, and which of several that say the same is believed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use quick_xml::events::BytesStart;
use url::Url;

use super::names::{Space, attribute};
use crate::desk::parse::{RawEntry, dates};

/// A field that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Title,
    Link,
    /// `feedburner:origLink`: where the link of a redirector leads to.
    Origin,
    /// `content`, `content:encoded`.
    Body,
    /// `description`, `summary`, `media:description`.
    Summary,
    Published,
    Updated,
    Language,
    Ttl,
}

impl Field {
    pub(super) fn of(space: Space, local: &str) -> Option<Self> {
        let field = match (space, local) {
            (Space::Core, "guid" | "id") => Field::Id,
            (Space::Core, "title") | (Space::News, "title") => Field::Title,
            (Space::Core, "link" | "loc") => Field::Link,
            (Space::Burner, "origlink") => Field::Origin,
            (Space::Core, "content") | (Space::Content, "encoded") => Field::Body,
            (Space::Core, "description" | "summary")
            | (Space::Media | Space::Dublin, "description") => Field::Summary,
            (Space::Core, "pubdate" | "published" | "issued" | "created") => Field::Published,
            (Space::News, "publication_date") | (Space::Dublin, "date" | "issued" | "created") => {
                Field::Published
            }
            (Space::Core, "updated" | "modified" | "lastmod") | (Space::Dublin, "modified") => {
                Field::Updated
            }
            (Space::Core | Space::News | Space::Dublin, "language") => Field::Language,
            (Space::Core, "ttl") => Field::Ttl,
            _ => return None,
        };
        Some(field)
    }
}

/// How the characters of a field become markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// They are markup once their references are resolved: RSS, `type="html"`.
    Escaped,
    /// They are text: `type="text"`.
    Plain,
    /// They stand between tags that are markup: `type="xhtml"`.
    Markup,
    /// Atom 0.3 `mode="base64"`.
    Base64,
}

impl Content {
    pub(super) fn of(tag: &BytesStart<'_>, field: Field) -> Self {
        if !matches!(field, Field::Title | Field::Body | Field::Summary) {
            return Content::Escaped;
        }
        let mode = attribute(tag, "mode").unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        match (mode.as_str(), kind.as_str()) {
            ("base64", _) => Content::Base64,
            ("escaped", _) => Content::Escaped,
            ("xml", _) | (_, "xhtml" | "application/xhtml+xml") => Content::Markup,
            (_, "text" | "text/plain") => Content::Plain,
            // RFC 4287 §4.1.3.3: any other media type is base64.
            (_, kind) if is_binary(kind) => Content::Base64,
            // No type means text in Atom, but what people write without one is HTML more often than not.
            _ => Content::Escaped,
        }
    }
}

fn is_binary(kind: &str) -> bool {
    let text = kind.starts_with("text/") || kind.ends_with("html") || kind.ends_with("xml");
    kind.contains('/') && !text && !kind.ends_with("json")
}

/// The text of base64, or nothing if it holds none.
pub(super) fn base64_text(encoded: &str) -> String {
    let packed: String = encoded.chars().filter(|c| !c.is_whitespace()).collect();
    STANDARD.decode(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// What is known of the feed.
#[derive(Debug, Default)]
pub(super) struct FeedFields {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) ttl_min: Option<u64>,
}

impl FeedFields {
    pub(super) fn set(&mut self, field: Field, text: String) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match field {
            Field::Title => {
                self.title.get_or_insert(text.to_owned());
            }
            Field::Language => {
                self.language.get_or_insert(text.to_owned());
            }
            Field::Ttl => self.ttl_min = self.ttl_min.or(text.parse().ok()),
            _ => {}
        }
    }
}

/// What is known of an entry.
#[derive(Debug, Default)]
pub(super) struct EntryFields {
    id: Option<String>,
    about: Option<String>,
    link: Option<String>,
    origin: Option<String>,
    title: Option<String>,
    body: Option<String>,
    summary: Option<String>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    language: Option<String>,
}

impl EntryFields {
    pub(super) fn new(about: Option<String>, language: Option<String>) -> Self {
        Self { about, language, ..Self::default() }
    }

    /// A field begins: links of Atom are in its attributes.
    pub(super) fn see(&mut self, tag: &BytesStart<'_>, field: Field, base: Option<&Url>) {
        if field != Field::Link {
            return;
        }
        let rel = attribute(tag, "rel").unwrap_or_else(|| "alternate".to_owned());
        if rel == "alternate"
            && let Some(href) = attribute(tag, "href")
        {
            self.link.get_or_insert(absolute(&href, base));
        }
    }

    pub(super) fn set(&mut self, field: Field, text: String, base: Option<&Url>) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        match field {
            Field::Id => {
                self.id.get_or_insert(trimmed.to_owned());
            }
            Field::Title => {
                self.title.get_or_insert(trimmed.to_owned());
            }
            Field::Link => {
                self.link.get_or_insert(absolute(trimmed, base));
            }
            Field::Origin => {
                self.origin.get_or_insert(absolute(trimmed, base));
            }
            Field::Body => {
                self.body.get_or_insert(text);
            }
            Field::Summary => {
                self.summary.get_or_insert(text);
            }
            Field::Published => self.published = self.published.or_else(|| dates::instant(trimmed)),
            Field::Updated => self.updated = self.updated.or_else(|| dates::instant(trimmed)),
            Field::Language => {
                self.language.get_or_insert(trimmed.to_owned());
            }
            Field::Ttl => {}
        }
    }

    /// Whether a reader could make anything of it.
    pub(super) fn says_something(&self) -> bool {
        self.title.is_some() || self.body.is_some() || self.summary.is_some()
    }

    pub(super) fn into_raw(self) -> RawEntry {
        // The longer of the two: some feeds put "…" or a picture where the content should be.
        let html = [self.body, self.summary].into_iter().flatten().max_by_key(|t| t.trim().len());
        RawEntry {
            id: self.id,
            url: self.origin.or(self.link).or(self.about),
            title: self.title.unwrap_or_default(),
            html: html.unwrap_or_default(),
            published: self.published,
            updated: self.updated,
            language: self.language,
        }
    }
}

fn absolute(link: &str, base: Option<&Url>) -> String {
    match base.and_then(|base| base.join(link).ok()) {
        Some(absolute) => absolute.to_string(),
        None => link.to_owned(),
    }
}
