//! A feed in each of the three formats, written by hand: what is escaped, and where, can be seen at once.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::json;

use super::super::coverage::{Format, Outlet};
use super::Item;

/// The `Content-Type` of a format.
pub(super) fn media_type(format: Format) -> &'static str {
    match format {
        Format::Rss => "application/rss+xml; charset=utf-8",
        Format::Atom => "application/atom+xml; charset=utf-8",
        Format::Json => "application/feed+json",
    }
}

/// The outlet's feed. `changed` is when it was changed last.
pub(super) fn render(outlet: &Outlet, items: &[Item], changed: Timestamp) -> String {
    match outlet.format {
        Format::Rss => rss(outlet, items, changed),
        Format::Atom => atom(outlet, items, changed),
        Format::Json => json_feed(outlet, items),
    }
}

/// RSS has one date for an item: that of the version that is shown. Its text is markup, and so escaped twice.
fn rss(outlet: &Outlet, items: &[Item], changed: Timestamp) -> String {
    let name = xml(&outlet.name);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n\
         <title>{name}</title>\n<link>{}</link>\n<description>{name}</description>\n\
         <language>{}</language>\n<lastBuildDate>{}</lastBuildDate>\n",
        xml(&home(outlet)),
        xml(&outlet.language),
        rfc_2822(changed),
    );
    for Item { story, .. } in items {
        let url = xml(&story.url);
        // Writing into a string cannot fail.
        let _ = write!(
            feed,
            "<item>\n<title>{}</title>\n<link>{url}</link>\n<guid isPermaLink=\"true\">{url}</guid>\n\
             <pubDate>{}</pubDate>\n<description>{}</description>\n</item>\n",
            // A title is markup here too: readers take entities in it apart once more.
            xml(&xml(&story.title)),
            rfc_2822(story.published),
            xml(&paragraphs(&story.text)),
        );
    }
    feed.push_str("</channel>\n</rss>\n");
    feed
}

fn atom(outlet: &Outlet, items: &[Item], changed: Timestamp) -> String {
    let (name, home) = (xml(&outlet.name), xml(&home(outlet)));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{name}</title>\n\
         <id>{home}</id>\n<updated>{changed}</updated>\n<author><name>{name}</name></author>\n\
         <link rel=\"alternate\" href=\"{home}\"/>\n",
        xml(&outlet.language),
    );
    for Item { story, first } in items {
        let url = xml(&story.url);
        let _ = write!(
            feed,
            "<entry>\n<title type=\"text\">{}</title>\n<id>{url}</id>\n\
             <link rel=\"alternate\" href=\"{url}\"/>\n<published>{first}</published>\n\
             <updated>{}</updated>\n<content type=\"html\">{}</content>\n</entry>\n",
            xml(&story.title),
            story.published,
            xml(&paragraphs(&story.text)),
        );
    }
    feed.push_str("</feed>\n");
    feed
}

fn json_feed(outlet: &Outlet, items: &[Item]) -> String {
    let items = items.iter().map(|Item { story, first }| {
        json!({
            "id": story.url,
            "url": story.url,
            "title": story.title,
            "content_text": story.text,
            "date_published": first.to_string(),
            "date_modified": story.published.to_string(),
        })
    });
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": home(outlet),
        "language": outlet.language,
        "items": items.collect::<Vec<_>>(),
    });
    feed.to_string()
}

fn home(outlet: &Outlet) -> String {
    format!("https://{}.example/", outlet.slug)
}

fn rfc_2822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// Each line as a paragraph of HTML.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("<p>{}</p>", xml(line))).collect()
}

/// Text for XML and for HTML. Characters that XML 1.0 cannot hold even as references are left out.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
