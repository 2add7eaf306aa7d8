//! Reading a list of feeds from OPML, the format in which feed readers exchange them.
//!
//! Files in the wild nest outlines at will, leave the body empty and write a bare `&`: all of that is read. An outline
//! hands its `language` down to those within. What cannot be read is reported with its line, and the rest is returned.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::check::{check_url, language};
use super::mistake::{Mistake, Secrecy};
use super::problem::{Place, Problem};
use super::settings::FeedSource;
use crate::desk::model::LanguageId;

/// What is read of one file; more is a mistake or an attack.
struct Limits {
    depth: usize,
    feeds: usize,
}

const LIMITS: Limits = Limits { depth: 32, feeds: 50_000 };

/// Reads the feeds of an OPML text. `file` is how it is named in problems.
pub fn read(file: &str, text: &str) -> (Vec<FeedSource>, Vec<Problem>) {
    let text = with_ampersands_escaped(text);
    let mut reader = Reader::from_str(&text);
    let mut list = List { file, text: &text, ..List::default() };
    loop {
        let start = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(element)) => list.open(&element, start),
            Ok(Event::Empty(element)) => {
                list.open(&element, start);
                list.close();
            }
            Ok(Event::End(_)) => list.close(),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                list.problem(reader.error_position(), format!("this is not XML: {error}"));
                return (list.feeds, list.problems);
            }
        }
        if list.open.len() > LIMITS.depth || list.feeds.len() > LIMITS.feeds {
            let Limits { depth, feeds } = LIMITS;
            list.problem(start, format!("more than {depth} levels, or more than {feeds} feeds"));
            return (list.feeds, list.problems);
        }
    }
    if !list.open.is_empty() {
        list.problem(text.len() as u64, "ends within an element".into());
    } else if !list.is_opml {
        list.problem(0, "holds no <opml> element, so it is no list of feeds".into());
    }
    (list.feeds, list.problems)
}

#[derive(Default)]
struct List<'t> {
    file: &'t str,
    text: &'t str,
    is_opml: bool,
    /// The language in force within each open element.
    open: Vec<Option<LanguageId>>,
    feeds: Vec<FeedSource>,
    problems: Vec<Problem>,
}

impl List<'_> {
    fn open(&mut self, element: &BytesStart<'_>, at: u64) {
        let mut within = self.open.last().cloned().flatten();
        match element.local_name().as_ref() {
            "opml" => self.is_opml = true,
            "outline" => self.outline(element, at, &mut within),
            _ => {}
        }
        self.open.push(within);
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn outline(&mut self, element: &BytesStart<'_>, at: u64, within: &mut Option<LanguageId>) {
        let mut outline = Outline::default();
        for attribute in element.attributes() {
            let read = attribute.map_err(|error| error.to_string()).and_then(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| error.to_string())?;
                outline.take(attribute.key.as_ref(), value.trim());
                Ok(())
            });
            if let Err(error) = read {
                self.problem(at, format!("an attribute cannot be read: {error}"));
            }
        }
        if let Some(text) = &outline.language {
            match language(text) {
                Ok(id) => *within = Some(id),
                Err(mistake) => self.problem(at, format!("the language {text:?} {}", mistake.why)),
            }
        }
        // An outline without a feed is a folder; one of another type is a link or an inclusion.
        let Some(url) = outline.feed() else { return };
        if let Err(Mistake { why, secret, .. }) = check_url(&url) {
            let shown = if secret == Secrecy::Shown { format!(" {url:?}") } else { String::new() };
            self.problem(at, format!("xmlUrl{shown} {why}"));
        } else if self.feeds.iter().any(|known| known.url == url) {
            self.problem(at, format!("xmlUrl {url:?} is written twice"));
        } else if let Some(source) = outline.text.or(outline.title) {
            self.feeds.push(FeedSource { url, source, language: within.clone() });
        } else {
            self.problem(at, format!("the feed {url:?} has no text, which names its publisher"));
        }
    }

    fn problem(&mut self, at: u64, what: String) {
        let bytes = self.text.as_bytes().iter().take(usize::try_from(at).unwrap_or(usize::MAX));
        let line = 1 + bytes.filter(|byte| **byte == b'\n').count();
        self.problems.push(Problem {
            place: Place::Line(self.file.into(), line),
            key: String::new(),
            what,
            hint: None,
        });
    }
}

/// The attributes of an outline that matter; empty ones count as missing.
#[derive(Default)]
struct Outline {
    kind: Option<String>,
    url: Option<String>,
    text: Option<String>,
    title: Option<String>,
    language: Option<String>,
}

impl Outline {
    /// Names are compared without case, because `xmlurl` and `XMLURL` are both met.
    fn take(&mut self, name: &str, value: &str) {
        let place = match name.to_ascii_lowercase().as_str() {
            "type" => &mut self.kind,
            "xmlurl" => &mut self.url,
            "text" => &mut self.text,
            "title" => &mut self.title,
            "language" => &mut self.language,
            _ => return,
        };
        *place = (!value.is_empty()).then(|| value.to_owned());
    }

    fn feed(&mut self) -> Option<String> {
        let kind = self.kind.as_deref().unwrap_or("rss").to_ascii_lowercase();
        matches!(kind.as_str(), "rss" | "atom" | "feed").then_some(())?;
        self.url.take()
    }
}

/// Writes every `&` that begins no reference which XML itself defines as `&amp;`. Lines stay where they are.
fn with_ampersands_escaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut escaped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        escaped.push_str(if begins_reference(part) { "&" } else { "&amp;" });
        escaped.push_str(part);
    }
    escaped
}

fn begins_reference(rest: &str) -> bool {
    let Some((name, _)) = rest.split_once(';') else { return false };
    match name.strip_prefix('#') {
        None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        }
        .is_ok_and(|code| code > 0 && char::from_u32(code).is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, feeds: &[(&str, &str, Option<&str>)], problems: &[&str]) {
        let (read_feeds, read_problems) = read("list.opml", text);
        let read_feeds: Vec<_> = read_feeds
            .iter()
            .map(|f| (f.url.as_str(), f.source.as_str(), f.language.as_ref().map(|l| l.as_str())))
            .collect();
        assert_eq!(read_feeds, feeds, "{text}");
        let read_problems: Vec<_> = read_problems.iter().map(ToString::to_string).collect();
        assert_eq!(read_problems, problems, "{text}");
    }

    #[test]
    fn nested_outlines_hand_their_language_down() {
        check(
            r#"<?xml version="1.0"?><opml version="2.0"><head/><body>
              <outline text="Arabic" language="ar">
                <outline text="Deeper"><outline type="rss" text="A" xmlUrl="https://a.example/f"/></outline>
                <outline type="rss" text="B" xmlUrl="https://b.example/f" language="en"></outline>
              </outline>
              <outline xmlurl="http://c.example/f" title="C" text=""/>
              <outline type="link" text="no feed" xmlUrl="https://d.example/"/>
            </body></opml>"#,
            &[
                ("https://a.example/f", "A", Some("ar")),
                ("https://b.example/f", "B", Some("en")),
                ("http://c.example/f", "C", None),
            ],
            &[],
        );
    }

    #[test]
    fn an_empty_body_and_a_bare_ampersand_are_no_problem() {
        check("<opml version='2.0'><body/></opml>", &[], &[]);
        check("<opml version='2.0'><head><title>x</title></head></opml>", &[], &[]);
        check(
            "<opml><body><outline text='Q&A &nbsp; &amp; &#1575;' type='rss' xmlUrl='https://a.example/?x=1&y=2'/></body></opml>",
            &[("https://a.example/?x=1&y=2", "Q&A &nbsp; & ا", None)],
            &[],
        );
    }

    #[test]
    fn what_cannot_be_read_is_reported_with_its_line() {
        check(
            "<opml>\n<body>\n<outline type='rss' text='A' xmlUrl='ftp://a.example/'/>\n\
             <outline type='rss' xmlUrl='https://b.example/'/>\n<outline text='x' language='Arabic'/>\n\
             <outline type='rss' text='C' xmlUrl='https://c.example/'/>\n\
             <outline type='rss' text='C' xmlUrl='https://c.example/'/></body></opml>",
            &[("https://c.example/", "C", None)],
            &[
                "list.opml:3: xmlUrl \"ftp://a.example/\" has the scheme ftp, not http or https",
                "list.opml:4: the feed \"https://b.example/\" has no text, which names its publisher",
                "list.opml:5: the language \"Arabic\" is no language code of two or three letters, such as `ar`",
                "list.opml:7: xmlUrl \"https://c.example/\" is written twice",
            ],
        );
        check("", &[], &["list.opml:1: holds no <opml> element, so it is no list of feeds"]);
        check("<opml><body>\n", &[], &["list.opml:2: ends within an element"]);
        let (_, problems) = read("list.opml", "<opml>\n<body>\n</opml>");
        assert!(problems[0].to_string().starts_with("list.opml:3: this is not XML"));
        let deep = format!("<opml>{}", "<outline>".repeat(100_000));
        assert!(read("list.opml", &deep).1[0].what.contains("more than 32 levels"));
    }
}
