//! A look at the markup before it is parsed, so that no page can exhaust the stack or the time.
//!
//! The parser of HTML follows the standard, and the standard takes quadratic time on hostile nesting and on tags with
//! very many attributes. One linear look over the tags finds where a page leaves what any honest page needs; it is cut
//! there, and what stands before is read.

use crate::desk::page::{Limits, PageNote};

/// Elements that hold nothing.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param",
];

/// Elements that may be left open: the next of their kind, or the end of what holds them, closes them.
const LEFT_OPEN: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "colgroup",
    "html", "body",
];

/// Elements whose content is no markup.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "iframe", "noembed"];

/// The part of a page that keeps within the limits, and the note about what was cut.
pub(super) fn within<'h>(html: &'h str, limits: &Limits) -> (&'h str, Option<PageNote>) {
    let bytes = html.as_bytes();
    let (mut at, mut tags, mut depth, mut foreign) = (0, 0, 0usize, false);
    while let Some(open) = find(bytes, at, b'<') {
        let Some(next) = bytes.get(open + 1) else { break };
        if html[open..].starts_with("<!--") {
            at = html[open..].find("-->").map_or(bytes.len(), |end| open + end + 3);
            continue;
        }
        if !next.is_ascii_alphabetic() && *next != b'/' {
            at = open + 1;
            continue;
        }
        let (end, separators) = tag_end(bytes, open);
        let name_start = open + 1 + usize::from(*next == b'/');
        let name = name(&bytes[name_start..end.min(name_start + NAME_BYTES_MAX)]);
        tags += 1;
        if separators > limits.tag_separators {
            return (&html[..open], Some(PageNote::TooManyAttributes));
        }
        if tags > limits.tags {
            return (&html[..open], Some(PageNote::TooManyTags));
        }
        at = end;
        if *next == b'/' {
            depth = depth.saturating_sub(usize::from(!is(&LEFT_OPEN, &name)));
            foreign &= !is(&FOREIGN, &name);
            continue;
        }
        foreign |= is(&FOREIGN, &name);
        // Only within drawings and formulas does a slash close an element.
        let closed = foreign && bytes.get(end.wrapping_sub(2)) == Some(&b'/');
        if is(&RAW, &name) {
            // The end tag of it takes one off again.
            depth += 1;
            at = raw_end(html, end, &name);
        } else {
            depth += usize::from(!closed && !is(&VOID, &name) && !is(&LEFT_OPEN, &name));
        }
        if depth > limits.depth {
            return (&html[..open], Some(PageNote::TooDeep));
        }
    }
    (html, None)
}

/// Drawings and formulas.
const FOREIGN: [&str; 2] = ["svg", "math"];

/// Bytes of an element's name that are looked at.
const NAME_BYTES_MAX: usize = 16;

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|b| *b == byte).map(|at| from + at)
}

fn name(bytes: &[u8]) -> String {
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphanumeric());
    letters.map(|b| char::from(b.to_ascii_lowercase())).collect()
}

fn is(list: &[&str], name: &str) -> bool {
    list.contains(&name)
}

/// Where a tag ends, quoted values looked over, and how many separators of attributes it has.
fn tag_end(bytes: &[u8], open: usize) -> (usize, usize) {
    let (mut quote, mut separators) = (None, 0);
    for (offset, byte) in bytes[open..].iter().enumerate() {
        match (quote, byte) {
            (Some(q), b) if q == *b => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'>') => return (open + offset + 1, separators),
            (None, b' ' | b'\t' | b'\n' | b'\r' | b'/') => separators += 1,
            _ => {}
        }
    }
    (bytes.len(), separators)
}

/// Where the content of a script or the like ends.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(open) = find(bytes, at, b'<') {
        let after = bytes.get(open + 1..).unwrap_or_default();
        if after.first() == Some(&b'/')
            && after.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            return open;
        }
        at = open + 1;
    }
    bytes.len()
}
