//! Light repair of XML text, in one pass and without a tree: what is seen in real feeds and what an XML parser
//! rightly refuses. Each repair is noted once.
//!
//! | defect | repair |
//! |---|---|
//! | warnings of PHP, blank lines, BOMs before the document; scripts and comments after it | cut |
//! | the XML declaration, whose charset no longer holds after decoding; DOCTYPE and its entities | cut |
//! | bare `&` | `&amp;` |
//! | `&nbsp;`, `&laquo;` and other HTML entities | the character |
//! | `&#55357;&#56832;`, `&#0;`, `&#151;` | the pair's character, nothing, the windows-1252 character |
//! | control characters | dropped |
//! | `<RSS>`, no version, version 2, 0.93 or 0.94 | `<rss version="2.0">`, which is a superset of them |

use quick_xml::escape::resolve_html5_entity;

use crate::desk::extract::cut;
use crate::desk::parse::Notes;

/// Names of the elements that a feed may begin with, in lower case and without prefix.
const ROOTS: [&str; 6] = ["rss", "feed", "rdf", "entry", "urlset", "channel"];

/// Characters of an entity's name: the longest of HTML has 31.
const ENTITY_MAX: usize = 32;

/// Bytes within which the root's name has to end, prefix included.
const NAME_MAX: usize = 64;

/// Bytes within which the root's start tag has to end. Without it, text full of `<` costs quadratic time.
const TAG_MAX: usize = 8192;

/// Repairs a document. The result is XML as far as characters and references are concerned; its nesting is as it was.
pub(crate) fn repair(text: &str, notes: &mut Notes) -> String {
    let body = bounds(text, notes);
    let mut out = String::with_capacity(body.len() + body.len() / 16);
    let mut rest = body;
    while let Some(at) = rest.find(|c: char| c == '&' || c == '<' || is_forbidden(c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = match rest.as_bytes()[0] {
            b'<' => markup(rest, &mut out, notes),
            b'&' => reference(rest, &mut out, notes),
            _ => {
                notes.once("control characters were dropped");
                rest.chars().next().map_or(1, char::len_utf8)
            }
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

/// XML 1.0 forbids them even as references.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Cuts what stands before the root element and after its end.
fn bounds<'t>(text: &'t str, notes: &mut Notes) -> &'t str {
    let Some((start, name)) = find_root(text) else { return text };
    let before = text[..start].trim_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    let prolog = before.is_empty() || before.starts_with("<?") || before.starts_with("<!");
    if !prolog {
        notes.say("junk before the document was cut".to_owned());
    }
    let closing = format!("</{name}");
    let end = text.rfind(&closing).and_then(|at| text[at..].find('>').map(|gt| at + gt + 1));
    match end {
        Some(end) if end > start => {
            let after = text[end..].trim();
            if !after.is_empty() && !after.starts_with("<!--") {
                notes.say("junk after the document was cut".to_owned());
            }
            &text[start..end]
        }
        _ => &text[start..],
    }
}

/// The first start tag whose local name is one of [`ROOTS`], outside comments, with its name as written.
fn find_root(text: &str) -> Option<(usize, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            from = at + rest.find("-->")? + 3;
            continue;
        }
        let window = &cut(rest, NAME_MAX)[1..];
        let name_end =
            window.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(0);
        let name = &rest[1..1 + name_end];
        let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
        if ROOTS.contains(&local.as_str()) {
            return Some((at, name));
        }
        from = at + 1;
    }
    None
}

/// Copies or cuts one piece of markup; returns how many bytes were used.
fn markup(rest: &str, out: &mut String, notes: &mut Notes) -> usize {
    if rest.starts_with("<![CDATA[") {
        let end = rest.find("]]>").map_or(rest.len(), |e| e + 3);
        out.extend(rest[..end].chars().filter(|c| !is_forbidden(*c)));
        if !rest[..end].ends_with("]]>") {
            out.push_str("]]>");
        }
        return end;
    }
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |e| e + 3);
    }
    if rest.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("<!doctype")) {
        notes.once("the DOCTYPE was cut; its entities are not expanded");
        return doctype_len(rest);
    }
    if rest.starts_with("<?") {
        return rest.find("?>").map_or(rest.len(), |e| e + 2);
    }
    if rest.get(1..4).is_some_and(|s| s.eq_ignore_ascii_case("rss")) {
        return rss_tag(rest, out, notes);
    }
    if rest.get(..6).is_some_and(|s| s.eq_ignore_ascii_case("</rss>")) {
        out.push_str("</rss>");
        return 6;
    }
    let next = rest[1..].chars().next();
    if next.is_none_or(|c| !(c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_'))) {
        notes.once("bare < were escaped");
        out.push_str("&lt;");
        return 1;
    }
    out.push('<');
    1
}

fn doctype_len(rest: &str) -> usize {
    let mut inside = 0_i32;
    for (at, c) in rest.char_indices() {
        match c {
            '[' => inside += 1,
            ']' => inside -= 1,
            '>' if inside <= 0 => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Gives the root of an RSS document a version that is known; keeps its other attributes.
fn rss_tag(rest: &str, out: &mut String, notes: &mut Notes) -> usize {
    let Some(end) = cut(rest, TAG_MAX).find('>') else {
        out.push('<');
        return 1;
    };
    let tag = &rest[4..end];
    if tag.starts_with(|c: char| !c.is_whitespace() && c != '/') {
        out.push('<');
        return 1;
    }
    let version = version_of(tag);
    if matches!(version, Some("2.0" | "0.91" | "0.92")) && rest.starts_with("<rss") {
        out.push('<');
        return 1;
    }
    notes.once("the rss element was given a version that is known");
    out.push_str("<rss version=\"2.0\"");
    match (tag.find("version"), version) {
        (Some(at), Some(version)) => {
            // `version`, `=`, quotes: everything up to the value and the quote after it.
            let value = tag[at..].find(version).map_or(at, |v| at + v + version.len());
            out.push_str(&tag[..at]);
            out.push_str(tag.get(value + 1..).unwrap_or(""));
        }
        _ => out.push_str(tag),
    }
    out.push('>');
    end + 1
}

/// The value of the attribute `version` of a start tag.
pub(crate) fn version_of(tag: &str) -> Option<&str> {
    let at = tag.find("version")?;
    let value = tag[at + "version".len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().filter(|v| !v.is_empty())
}

/// Copies, resolves or escapes one reference; returns how many bytes were used.
fn reference(rest: &str, out: &mut String, notes: &mut Notes) -> usize {
    let name_end = rest[1..]
        .char_indices()
        .take(ENTITY_MAX)
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '#'))
        .filter(|(_, c)| *c == ';')
        .map(|(at, _)| at + 1);
    let Some(end) = name_end else {
        notes.once("bare & were escaped");
        out.push_str("&amp;");
        return 1;
    };
    let name = &rest[1..end];
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        out.push_str(&rest[..=end]);
        return end + 1;
    }
    if let Some(number) = name.strip_prefix('#') {
        return end + 1 + numeric(number, &rest[end + 1..], out, notes);
    }
    match resolve_html5_entity(name) {
        Some(text) => {
            notes.once("HTML entities were replaced by their characters");
            escape_into(text, out);
        }
        None => {
            notes.once("unknown entities were kept as text");
            out.push_str("&amp;");
            out.push_str(&rest[1..=end]);
        }
    }
    end + 1
}

/// Writes the character of a numeric reference; returns how many bytes *after* it were used as well.
fn numeric(number: &str, after: &str, out: &mut String, notes: &mut Notes) -> usize {
    let code = code_of(number);
    match code.and_then(char::from_u32) {
        Some(c) if ('\u{80}'..='\u{9f}').contains(&c) => {
            notes.once("references to control characters were read as windows-1252");
            let byte = [c as u32 as u8];
            out.push_str(&encoding_rs::WINDOWS_1252.decode(&byte).0);
            0
        }
        Some(c) if is_forbidden(c) => {
            notes.once("control characters were dropped");
            0
        }
        Some(c) => {
            escape_into(c.encode_utf8(&mut [0; 4]), out);
            0
        }
        None => {
            notes.once("references to halves of characters were repaired");
            let pair = code.filter(|high| (0xd800..0xdc00).contains(high)).and_then(|high| {
                let low = after.strip_prefix("&#")?;
                let end = low.find(';').filter(|end| *end <= 6)?;
                let low = code_of(&low[..end]).filter(|low| (0xdc00..0xe000).contains(low))?;
                let c = char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?;
                Some((c, end + 3))
            });
            match pair {
                Some((c, used)) => {
                    out.push(c);
                    used
                }
                None => {
                    out.push('\u{fffd}');
                    0
                }
            }
        }
    }
}

fn code_of(number: &str) -> Option<u32> {
    match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    }
}

/// Escapes what would be markup; `&` itself came from `&#38;` or `&AMP;`.
pub(crate) fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(repair(text, &mut Notes::default()), expect, "{text}");
    }

    #[test]
    fn each_defect_is_repaired() {
        for (text, expect) in [
            ("<feed>AT&T & Co</feed>", "<feed>AT&amp;T &amp; Co</feed>"),
            ("<feed>&laquo;Россия&raquo;&nbsp;</feed>", "<feed>«Россия»\u{a0}</feed>"),
            ("<feed>&amp;&lt;&#60;&#x41;</feed>", "<feed>&amp;&lt;&lt;A</feed>"),
            ("<feed>&bogus; &</feed>", "<feed>&amp;bogus; &amp;</feed>"),
            ("<feed>&#55357;&#56832;!</feed>", "<feed>😀!</feed>"),
            ("<feed>&#55357;!&#0;</feed>", "<feed>\u{fffd}!</feed>"),
            ("<feed>it&#146;s</feed>", "<feed>it’s</feed>"),
            ("<feed>خ\u{0}ب\u{b}ر</feed>", "<feed>خبر</feed>"),
            ("<feed>5 < 6</feed>", "<feed>5 &lt; 6</feed>"),
            ("\n\u{feff}<?xml version='1.0'?>\n<feed/>", "<feed/>"),
            ("Warning: mysql() in <b>x</b>\n<feed></feed><script>1</script>", "<feed></feed>"),
            ("<!DOCTYPE rss [<!ENTITY a \"b>\">]><rss version='2.0'/>", "<rss version='2.0'/>"),
            ("<rss><channel/></rss>", "<rss version=\"2.0\"><channel/></rss>"),
            ("<RSS Version='2.0'></RSS>", "<rss version=\"2.0\" Version='2.0'></rss>"),
            ("<rss version=\"2\" a='b'></rss>", "<rss version=\"2.0\"  a='b'></rss>"),
            ("<rss version='0.94'></rss>", "<rss version=\"2.0\" ></rss>"),
            ("<rss version='0.91'></rss>", "<rss version='0.91'></rss>"),
            ("<feed><![CDATA[a & b", "<feed><![CDATA[a & b]]>"),
            ("<feed><!-- & --></feed>", "<feed></feed>"),
            ("no feed & at all", "no feed &amp; at all"),
        ] {
            check(text, expect);
        }
    }
}
