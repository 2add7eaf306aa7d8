//! The reader of all XML dialects, sound or broken: RSS 0.90 to 2.0, Atom 0.3 and 1.0, news sitemaps.
//!
//! It reads a stream of tags and believes no more of them than it needs: an end tag closes the nearest element of that
//! name and everything inside it, an end without a beginning is nothing, a syntax error is stepped over. Nothing is
//! recursive and every size has a limit. A field that is cut off is dropped, for half a sentence can say the opposite
//! of the whole.
//!
//! There is one reader for sound and for broken documents, and not a strict library with this as its fallback: a feed
//! that is broken every other day would otherwise be read by two programs in turn, whose small differences in a title
//! or a text would look like corrections by the publisher. The library, feed-rs 3.0, also overflows the stack on 33 KB
//! of nested `media:content`, takes a hundred times a document's size in memory and loses markup inside titles; it
//! serves as an oracle in the tests.

mod fields;
mod names;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::desk::parse::repair::escape_into;
use crate::desk::parse::{Limits, Notes, Reading};
use fields::{Content, EntryFields, FeedFields, Field};
use names::{Names, Space};

/// Syntax errors that are stepped over before the rest is given up.
const ERRORS_MAX: usize = 200;

/// Open elements that are tracked; deeper ones are read as empty.
const OPEN_MAX: usize = 256;

/// Elements of HTML that have no end tag.
const VOID: [&str; 9] = ["br", "img", "hr", "input", "meta", "wbr", "source", "col", "embed"];

/// Elements within an entry that have titles and links of their own.
const CONTAINERS: [&str; 7] =
    ["source", "author", "contributor", "image", "textinput", "group", "comments"];

/// Reads what can be read. Never fails; there may be no entries.
pub(crate) fn read(text: &str, url: &str, limits: &Limits, notes: &mut Notes) -> Reading {
    let mut reading = Walk {
        limits,
        names: Names::default(),
        base: Url::parse(url).ok(),
        open: Vec::new(),
        capture: None,
        feed: FeedFields::default(),
        entry: None,
        entries: Vec::new(),
    };
    let mut from = 0;
    let mut errors = 0;
    'errors: while errors < ERRORS_MAX && from < text.len() {
        let mut reader = Reader::from_str(&text[from..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        config.trim_markup_names_in_closing_tags = true;
        loop {
            let flow = match reader.read_event() {
                Ok(event) => reading.take(event),
                Err(error) => {
                    errors += 1;
                    let Some(next) = step_over(text, from, reader.error_position(), &error) else {
                        break 'errors;
                    };
                    from = next;
                    continue 'errors;
                }
            };
            if flow == Flow::Done {
                break 'errors;
            }
        }
    }
    if errors > 0 {
        notes.say(format!("{errors} syntax errors were stepped over"));
    }
    reading.finish(notes)
}

/// Where to go on after a syntax error: at the next `<` behind it.
fn step_over(text: &str, from: usize, at: u64, error: &Error) -> Option<usize> {
    // An error of input or output cannot happen on a string; without it there would be an endless loop.
    if matches!(error, Error::Io(_)) {
        return None;
    }
    let at = from + usize::try_from(at).ok()?;
    // `<` is one byte in UTF-8 and never part of another character.
    let behind = (at.max(from) + 1).min(text.len());
    let next = text.as_bytes()[behind..].iter().position(|b| *b == b'<')?;
    Some(behind + next)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    More,
    Done,
}

/// An element that has begun and not ended.
struct Open {
    space: Space,
    local: String,
    /// The base URL outside it, when it sets its own.
    outer_base: Option<Option<Url>>,
}

/// A field whose text is being collected.
struct Capture {
    field: Field,
    content: Content,
    /// Length of the stack of open elements with the field's own on top.
    depth: usize,
    text: String,
}

/// The state between two tags.
struct Walk<'l> {
    limits: &'l Limits,
    names: Names,
    base: Option<Url>,
    open: Vec<Open>,
    capture: Option<Capture>,
    feed: FeedFields,
    /// The entry being read, with the length of the stack of open elements with its own on top.
    entry: Option<(usize, EntryFields)>,
    entries: Vec<EntryFields>,
}

impl Walk<'_> {
    fn take(&mut self, event: Event<'_>) -> Flow {
        match event {
            Event::Start(tag) => return self.start(&tag),
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => {
                        let name = reference.xml10_content();
                        match quick_xml::escape::resolve_html5_entity(&name) {
                            Some(text) => text.to_owned(),
                            None => format!("&{name};"),
                        }
                    }
                };
                self.text(&text);
            }
            Event::Eof => return Flow::Done,
            _ => {}
        }
        Flow::More
    }

    fn text(&mut self, text: &str) {
        let limit = self.limits.text_bytes;
        if let Some(capture) = &mut self.capture
            && capture.text.len() + text.len() <= limit
        {
            match capture.content {
                Content::Escaped | Content::Base64 => capture.text.push_str(text),
                Content::Plain | Content::Markup => escape_into(text, &mut capture.text),
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Flow {
        self.names.learn(tag);
        let (space, local) = self.names.resolve(tag);
        if self.open.is_empty() && self.feed.language.is_none() {
            self.feed.language = names::attribute(tag, "xml:lang");
        }
        if self.capture.is_some() && self.begins_entry(space, &local).is_none() {
            self.copy_start(tag, &local);
        } else if self.begins_entry(space, &local).is_some() {
            self.capture = None;
            self.close_entry();
            if self.entries.len() >= self.limits.items {
                return Flow::Done;
            }
            let about = names::attribute(tag, "about");
            let language = names::attribute(tag, "lang");
            self.entry = Some((self.open.len() + 1, EntryFields::new(about, language)));
        } else {
            self.start_field(tag, space, &local);
        }
        // Elements beyond the limit are not tracked: their end tags then close nothing.
        let is_void = self.capture.is_some() && VOID.contains(&local.as_str());
        if self.open.len() < OPEN_MAX && !is_void {
            let outer_base = names::attribute(tag, "xml:base").map(|set| {
                let outer = self.base.clone();
                let joined = outer.as_ref().and_then(|b| b.join(&set).ok());
                self.base = Url::parse(&set).ok().or(joined).or_else(|| outer.clone());
                outer
            });
            self.open.push(Open { space, local, outer_base });
        }
        Flow::More
    }

    /// Whether an element begins an entry: one inside another is nothing, unless the other was never closed.
    fn begins_entry(&self, space: Space, local: &str) -> Option<()> {
        if space != Space::Core || !matches!(local, "item" | "entry" | "url") {
            return None;
        }
        if local == "url" && !self.open.iter().any(|o| o.local == "urlset") {
            return None;
        }
        match &self.entry {
            None => Some(()),
            // The `<item>` before this one was never closed: this one is its child, or stands in one of its fields.
            Some((depth, _)) => {
                let inside = &self.open[(*depth).min(self.open.len())..];
                (inside.is_empty() || self.capture.is_some())
                    .then_some(())
                    .filter(|()| self.open.get(depth - 1).is_some_and(|o| o.local == local))
            }
        }
    }

    fn start_field(&mut self, tag: &BytesStart<'_>, space: Space, local: &str) {
        let outside = self.entry.as_ref().map_or(0, |(depth, _)| *depth).min(self.open.len());
        let within = &self.open[outside..];
        let foreign = within.iter().any(|o| {
            let news = o.space == Space::News || o.local == "group";
            CONTAINERS.contains(&o.local.as_str()) || (o.space != Space::Core && !news)
        });
        if foreign {
            return;
        }
        let Some(field) = Field::of(space, local) else { return };
        let content = Content::of(tag, field);
        if let Some((_, entry)) = &mut self.entry {
            entry.see(tag, field, self.base.as_ref());
        }
        let depth = self.open.len() + 1;
        self.capture = Some(Capture { field, content, depth, text: String::new() });
    }

    /// Markup inside a field is part of its text.
    fn copy_start(&mut self, tag: &BytesStart<'_>, local: &str) {
        let limit = self.limits.text_bytes;
        if let Some(capture) = &mut self.capture
            && capture.text.len() + tag.len() + 2 <= limit
        {
            capture.text.push('<');
            capture.text.push_str(local);
            capture.text.push_str(tag.attributes_raw());
            capture.text.push('>');
        }
    }

    /// Closes the nearest open element of that name and everything inside it.
    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        let Some(at) = self.open.iter().rposition(|o| o.local == name) else { return };
        while self.open.len() > at {
            let depth = self.open.len();
            if self.capture.as_ref().is_some_and(|c| c.depth == depth) {
                self.close_field();
            } else if let Some(capture) = &mut self.capture
                && let Some(open) = self.open.last()
            {
                capture.text.push_str("</");
                capture.text.push_str(&open.local);
                capture.text.push('>');
            }
            if self.entry.as_ref().is_some_and(|(d, _)| *d == depth) {
                self.close_entry();
            }
            if let Some(Open { outer_base: Some(outer), .. }) = self.open.pop() {
                self.base = outer;
            }
        }
    }

    fn close_field(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let text = match capture.content {
            Content::Base64 => fields::base64_text(&capture.text),
            _ => capture.text,
        };
        match &mut self.entry {
            Some((_, entry)) => entry.set(capture.field, text, self.base.as_ref()),
            None => self.feed.set(capture.field, text),
        }
    }

    fn close_entry(&mut self) {
        if let Some((_, entry)) = self.entry.take() {
            self.entries.push(entry);
        }
    }

    fn finish(mut self, notes: &mut Notes) -> Reading {
        if let Some((_, entry)) = self.entry.take() {
            notes.once("the last entry is cut off");
            if entry.says_something() && self.entries.len() < self.limits.items {
                self.entries.push(entry);
            }
        }
        Reading {
            title: self.feed.title,
            language: self.feed.language,
            ttl_min: self.feed.ttl_min,
            entries: self.entries.into_iter().map(EntryFields::into_raw).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
