//! A fragment of HTML to text: blocks and `<br>` become line breaks, entities their characters, scripts nothing.
//!
//! The text is what claims are found in and quoted from, so nothing is normalised that a reader could see, except that
//! runs of white space become one space as a browser shows them. A no-break space is no white space here: `10\u{a0}апреля`
//! keeps it. Text without markup passes through with its lines, in NFC.

use dom_query::{Document, NodeRef};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Bytes of markup that are read of one fragment: the parser of HTML takes quadratic time on hostile nesting.
const MARKUP_BYTES_MAX: usize = 1024 * 1024;

/// Tags in one fragment beyond which they are taken out by hand instead of being parsed as a tree.
const TAGS_MAX: usize = 20_000;

/// Separators within one tag beyond which the same is done: the parser compares each attribute with all before it.
const TAG_SEPARATORS_MAX: usize = 2000;

/// Elements whose content is not part of the text.
const SILENT: [&str; 17] = [
    "script",
    "style",
    "template",
    "noscript",
    "figcaption",
    "head",
    "title",
    "svg",
    "math",
    "iframe",
    "object",
    "audio",
    "video",
    "select",
    "textarea",
    "button",
    "form",
];

/// Elements that begin and end a line.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tr",
    "th",
    "ul",
];

/// The text of a fragment of HTML, in NFC. Line breaks separate paragraphs; no line is empty.
pub fn text(html: &str) -> String {
    let html = cut(html, MARKUP_BYTES_MAX);
    if !has_markup(html) {
        return nfc(plain(html));
    }
    if is_excessive(html) {
        return nfc(tidy(&without_tags(html)));
    }
    let document = Document::fragment(html);
    let mut out = String::with_capacity(html.len());
    walk(document.root(), &mut out);
    nfc(tidy(&out))
}

/// Whether there is anything for an HTML parser to do: a tag, a comment or a reference.
fn has_markup(text: &str) -> bool {
    text.contains('&') || text.as_bytes().windows(2).any(|w| w[0] == b'<' && begins_tag(w[1]))
}

/// Whether parsing the fragment would take time out of proportion to its size.
fn is_excessive(html: &str) -> bool {
    let mut tags = 0;
    // Separators of attributes since the tag began; none outside a tag.
    let mut separators = None;
    for pair in html.as_bytes().windows(2) {
        match (pair[0], separators) {
            (b'<', _) if begins_tag(pair[1]) => {
                tags += 1;
                separators = Some(0);
            }
            (b'>', _) => separators = None,
            (b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'"' | b'\'', Some(n)) => {
                separators = Some(n + 1);
            }
            _ => {}
        }
        if tags > TAGS_MAX || separators.is_some_and(|n| n > TAG_SEPARATORS_MAX) {
            return true;
        }
    }
    false
}

/// Whether the byte after a `<` makes a tag or a comment of it.
fn begins_tag(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')
}

/// The longest prefix of at most `bytes` bytes that ends between two characters.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Text without markup keeps its lines; only their ends are trimmed.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|l| l.trim_matches(is_space)).collect();
    lines.join("\n").trim_matches(is_space).to_owned()
}

/// Visits the tree without recursion: the depth is the publisher's to choose.
fn walk(root: NodeRef<'_>, out: &mut String) {
    let mut at = root;
    loop {
        let name = at.node_name();
        let name = name.as_deref().unwrap_or("");
        if at.is_text() {
            // Line breaks of the source are white space; those of blocks are written below.
            out.extend(at.text().chars().map(|c| if is_space(c) { ' ' } else { c }));
        } else if name == "br" || BLOCKS.contains(&name) {
            out.push('\n');
        }
        if !SILENT.contains(&name)
            && let Some(child) = at.first_child()
        {
            at = child;
            continue;
        }
        loop {
            if at.node_name().is_some_and(|name| BLOCKS.contains(&&*name)) {
                out.push('\n');
            }
            if at.id == root.id {
                return;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            let Some(parent) = at.parent() else { return };
            at = parent;
        }
    }
}

/// White space of HTML; the no-break space is not among it.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// One space between words, one line break between blocks, none at the ends.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let start = out.len();
        for word in line.split(is_space).filter(|w| !w.is_empty()) {
            if out.len() > start {
                out.push(' ');
            } else if start > 0 {
                out.push('\n');
            }
            out.push_str(word);
        }
    }
    out
}

/// For fragments that are too large to parse: every tag becomes a line break, references stay as they are written.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        if tag.as_bytes().get(1).is_some_and(|b| begins_tag(*b)) {
            out.push('\n');
            rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
        } else {
            out.push('<');
            rest = &tag[1..];
        }
    }
    out.push_str(rest);
    out
}

fn nfc(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &str) {
        assert_eq!(text(html), expect, "{html}");
    }

    #[test]
    fn markup_becomes_lines_of_text() {
        for (html, expect) in [
            ("", ""),
            (
                "Пресс-секретарь сообщил: 10\u{a0}апреля.",
                "Пресс-секретарь сообщил: 10\u{a0}апреля.",
            ),
            ("سطر أول\nسطر ثان", "سطر أول\nسطر ثان"),
            ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
            ("AT&amp;T &laquo;ТАСС&raquo;&nbsp;да", "AT&T «ТАСС»\u{a0}да"),
            ("<p>الأول</p><p>الثاني</p>", "الأول\nالثاني"),
            ("<p>one\n  two</p>\n\n<p>three</p>", "one two\nthree"),
            ("раз<br>два<br/>три", "раз\nдва\nтри"),
            ("a<b>b</b>c <i>d</i>", "abc d"),
            ("<div>x<div>y</div>z</div>w", "x\ny\nz\nw"),
            ("<ul><li>un</li><li>deux</li></ul>", "un\ndeux"),
            ("a<script>alert(1)</script><style>b{}</style>c", "ac"),
            ("<figure><img src=x><figcaption>صورة</figcaption></figure>خبر", "خبر"),
            ("<p>unclosed <b>bold", "unclosed bold"),
            ("<!-- c -->t", "t"),
            ("<table><tr><td>1</td><td>2</td></tr></table>", "1\n2"),
            ("e\u{301}", "é"),
        ] {
            check(html, expect);
        }
    }

    #[test]
    fn hostile_nesting_ends() {
        for tag in ["<b>", "<div>", "<a>", "<table>", "<p><b>"] {
            assert!(text(&format!("{}خبر", tag.repeat(100_000))).contains("خبر"), "{tag}");
        }
        let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
        for html in ["<b><p>".repeat(9_000), format!("<p{attributes}>")] {
            assert!(text(&format!("{html}خبر")).contains("خبر"));
        }
    }
}
