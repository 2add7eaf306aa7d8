//! The streaming pre-scan: what a document is, whether it is well-formed, and whether it passes a limit.
//!
//! It decides nothing about the entries, which are read all the same: it is what the notes, the name of the format and
//! the verdict "no feed at all" are made of. Constant memory, one pass.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::desk::parse::{Limits, repair};

/// What the root element says the document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// RSS 0.91 to 2.0, with the version as written.
    Rss(String),
    /// RSS 1.0, which is RDF.
    Rss1,
    /// RSS 0.90: RDF too, in Netscape's namespace.
    Rss090,
    /// Atom 1.0.
    Atom,
    /// Atom 0.3.
    Atom03,
    /// A single Atom entry.
    AtomEntry,
    /// A news sitemap.
    Sitemap,
    /// An HTML page.
    Html,
    /// Another XML document, or none.
    Other(String),
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Dialect::Rss(version) if version.is_empty() => f.write_str("rss"),
            Dialect::Rss(version) => write!(f, "rss-{version}"),
            Dialect::Rss1 => f.write_str("rss-1.0"),
            Dialect::Rss090 => f.write_str("rss-0.90"),
            Dialect::Atom => f.write_str("atom-1.0"),
            Dialect::Atom03 => f.write_str("atom-0.3"),
            Dialect::AtomEntry => f.write_str("atom-1.0-entry"),
            Dialect::Sitemap => f.write_str("news-sitemap"),
            Dialect::Html => f.write_str("html"),
            Dialect::Other(root) if root.is_empty() => f.write_str("unknown"),
            Dialect::Other(root) => write!(f, "unknown ({root})"),
        }
    }
}

/// The state of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Well-formed and within the limits.
    Sound,
    /// Not well-formed, with the parser's words.
    Broken(String),
    /// A limit is passed.
    Excessive(&'static str),
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Sound => f.write_str("well-formed"),
            Shape::Broken(why) => write!(f, "not well-formed ({why})"),
            Shape::Excessive(what) => write!(f, "over the limit of {what}: the rest was left out"),
        }
    }
}

/// What the pre-scan found.
#[derive(Clone, Debug)]
pub(crate) struct Survey {
    pub(crate) dialect: Dialect,
    pub(crate) shape: Shape,
    /// Items and entries that are not inside another one.
    pub(crate) items: usize,
}

/// The dialect that the root element names before any repair.
pub(crate) fn written_dialect(text: &str) -> Option<Dialect> {
    let at = text.to_ascii_lowercase().find("<rss")?;
    let tag = text[at..].split('>').next()?;
    Some(Dialect::Rss(repair::version_of(tag).unwrap_or_default().to_owned()))
}

/// Scans repaired text.
pub(crate) fn survey(text: &str, limits: &Limits) -> Survey {
    let mut reader = Reader::from_str(text);
    let mut survey =
        Survey { dialect: Dialect::Other(String::new()), shape: Shape::Sound, items: 0 };
    let mut depth = 0_usize;
    let mut item_depth = None;
    let mut seen_root = false;
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) if depth > 0 => {
                survey.shape = Shape::Broken("it ends too early".to_owned());
                return survey;
            }
            Ok(Event::Eof) => return survey,
            Ok(event) => event,
            Err(error) => {
                survey.shape = Shape::Broken(error.to_string());
                return survey;
            }
        };
        let excess = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if !seen_root {
                    seen_root = true;
                    survey.dialect = dialect(tag);
                }
                let is_item = matches!(tag.local_name().as_ref(), "item" | "entry" | "url");
                if is_item && item_depth.is_none() {
                    survey.items += 1;
                    item_depth = matches!(event, Event::Start(_)).then_some(depth);
                }
                depth += usize::from(matches!(event, Event::Start(_)));
                excess_of_tag(tag, depth, survey.items, limits)
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if item_depth == Some(depth) {
                    item_depth = None;
                }
                None
            }
            Event::Text(text) => (text.len() > limits.text_bytes).then_some("text"),
            Event::CData(text) => (text.len() > limits.text_bytes).then_some("text"),
            _ => None,
        };
        if let Some(what) = excess {
            survey.shape = Shape::Excessive(what);
            return survey;
        }
    }
}

fn excess_of_tag(
    tag: &BytesStart<'_>,
    depth: usize,
    items: usize,
    limits: &Limits,
) -> Option<&'static str> {
    if depth > limits.depth {
        return Some("nested elements");
    }
    if items > limits.items {
        return Some("items");
    }
    // A cheap bound first: an attribute needs a `=`. Duplicates make the check of quick-xml quadratic, so it is off.
    let attributes = tag.attributes_raw().bytes().filter(|b| *b == b'=').count();
    if attributes > limits.attributes
        && tag.html_attributes().with_checks(false).count() > limits.attributes
    {
        return Some("attributes");
    }
    None
}

fn dialect(root: &BytesStart<'_>) -> Dialect {
    let raw = root.attributes_raw();
    let local = root.local_name();
    let local: &str = local.as_ref();
    match local.to_ascii_lowercase().as_str() {
        "rss" | "channel" => Dialect::Rss(repair::version_of(raw).unwrap_or_default().to_owned()),
        "rdf" if raw.contains("my.netscape.com/rdf/simple/0.9") => Dialect::Rss090,
        "rdf" => Dialect::Rss1,
        "feed" if raw.contains("purl.org/atom/ns#") => Dialect::Atom03,
        "feed" if repair::version_of(raw) == Some("0.3") => Dialect::Atom03,
        "feed" => Dialect::Atom,
        "entry" => Dialect::AtomEntry,
        "urlset" => Dialect::Sitemap,
        "html" | "head" | "body" => Dialect::Html,
        other => Dialect::Other(other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let limits =
            Limits { depth: 8, attributes: 3, items: 3, text_bytes: 100, ..Limits::default() };
        let survey = survey(text, &limits);
        let got = format!("{} {} {}", survey.dialect, survey.items, survey.shape);
        assert!(got.starts_with(expect), "{text}: {got:?} does not start with {expect:?}");
    }

    #[test]
    fn documents_are_named_counted_and_bounded() {
        for (text, expect) in [
            ("<rss version='2.0'><channel><item/></channel></rss>", "rss-2.0 1 well-formed"),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'/>", "rss-1.0 0 well-formed"),
            ("<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'/>", "rss-0.90 0"),
            ("<feed version='0.3'/>", "atom-0.3 0"),
            ("<a:feed xmlns:a='x'><a:entry><a:entry/></a:entry><a:entry/></a:feed>", "atom-1.0 2"),
            ("<html><body>", "html 0 not well-formed (it ends too early)"),
            ("<rss><item><title>خبر</item></rss>", "rss 1 not well-formed"),
            ("<rss><item/><item/><item/><item/></rss>", "rss 4 over the limit of items"),
            ("<rss a='1' b='2' c='3' d='4'/>", "rss 0 over the limit of attributes"),
            (&"<rss>".repeat(9), "rss 0 over the limit of nested"),
            (&format!("<rss>{}</rss>", "я".repeat(99)), "rss 0 over the limit of text"),
            ("", "unknown 0 well-formed"),
        ] {
            check(text, expect);
        }
    }
}
