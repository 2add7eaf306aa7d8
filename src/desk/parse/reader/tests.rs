//! Broken documents, one defect each: what is left of them.

use super::*;

fn check(text: &str, expect: &[&str]) {
    let reading = read(text, "https://example.org/feed", &Limits::default(), &mut Notes::default());
    let got: Vec<String> = reading
        .entries
        .iter()
        .map(|e| {
            let at = e.published.or(e.updated).map_or("-".to_owned(), |at| at.to_string());
            let (id, url) = (e.id.as_deref().unwrap_or("-"), e.url.as_deref().unwrap_or("-"));
            format!("{id} | {url} | {} | {} | {at}", e.title, e.html.trim())
        })
        .collect();
    assert_eq!(got, expect, "{text}");
}

#[test]
fn broken_rss_keeps_its_entries() {
    for (text, expect) in [
        (
            "<rss><channel><title>ТАСС</title><item><guid>1</guid><title>Первая</title></item><item>\
             <guid>2</guid><title>Вторая</title><description>обрыв на полусло",
            &["1 | - | Первая |  | -", "2 | - | Вторая |  | -"][..],
        ),
        (
            "<rss><item><title>a</title><description>one <br> two <b>x</description></item><item>\
             <title>b</title></item></rss>",
            &["- | - | a | one <br> two <b>x</b> | -", "- | - | b |  | -"],
        ),
        (
            "<rss><item><title>أول</title><item><title>ثان</title></item></rss>",
            &["- | - | أول |  | -", "- | - | ثان |  | -"],
        ),
        (
            "<rss><item><title>unclosed<link>x</link></item><item><title>b</title></item></rss>",
            &["- | - | unclosed<link>x</link> |  | -", "- | - | b |  | -"],
        ),
        (
            "<rss><item><title>a</titel></item></rss></b><item><title>b</title></item>",
            &["- | - | a |  | -", "- | - | b |  | -"],
        ),
        (
            "<rss><item><link>/1?a=1&amp;b=2</link><pubDate>02.03.2026 10:00</pubDate><dc:creator>x\
             </dc:creator><content:encoded><![CDATA[<p>نص</p>]]></content:encoded></item></rss>",
            &["- | https://example.org/1?a=1&b=2 |  | <p>نص</p> | 2026-03-02T10:00:00Z"],
        ),
        (
            "<rss><item><title>a</title><source><title>not this</title></source><media:group>\
             <media:title>nor this</media:title></media:group></item></rss>",
            &["- | - | a |  | -"],
        ),
    ] {
        check(text, expect);
    }
}

#[test]
fn other_dialects_are_read() {
    for (text, expect) in [
        (
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><id>t</id><title mode='escaped'>\
             a &lt;b&gt;b&lt;/b&gt;</title><link rel='alternate' href='x'/><issued>2026-03-02</issued>\
             <content mode='base64'>0L/RgNC40LLQtdGC</content></entry></feed>",
            &["t | https://example.org/x | a <b>b</b> | привет | 2026-03-02T00:00:00Z"][..],
        ),
        (
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:base='http://b.example/'><a:entry>\
             <a:link rel='self' href='s'/><a:link href='l'/><a:title type='text'>1 &lt; 2</a:title>\
             </a:entry></a:feed>",
            &["- | http://b.example/l | 1 &lt; 2 |  | -"],
        ),
        (
            "<urlset><url><loc>http://n.example/1</loc><news:news><news:publication_date>2026-03-02\
             </news:publication_date><news:title>خبر</news:title></news:news></url></urlset>",
            &["- | http://n.example/1 | خبر |  | 2026-03-02T00:00:00Z"],
        ),
    ] {
        check(text, expect);
    }
}

/// Sound documents, as a program would write them; feed-rs must read the same.
fn check_against_the_library(items: &[(String, String, String)]) {
    let mut xml = String::from("<rss version='2.0'><channel><title>t</title>");
    for (guid, title, text) in items {
        let escape = |s: &str| quick_xml::escape::escape(s).into_owned();
        let (guid, title, text) = (escape(guid), escape(title), escape(text));
        xml.push_str(&format!("<item><guid>{guid}</guid><title>{title}</title>"));
        xml.push_str(&format!("<description>{text}</description></item>"));
    }
    xml.push_str("</channel></rss>");
    let ours = read(&xml, "", &Limits::default(), &mut Notes::default());
    let theirs = feed_rs::parser::parse(xml.as_bytes()).unwrap();
    assert_eq!(ours.entries.len(), theirs.entries.len(), "{xml}");
    for (ours, theirs) in ours.entries.iter().zip(theirs.entries) {
        let text = |t: Option<feed_rs::model::Text>| t.map(|t| t.content).unwrap_or_default();
        assert_eq!(ours.id.as_deref().unwrap_or_default(), theirs.id, "{xml}");
        assert_eq!(ours.title.trim(), text(theirs.title).trim(), "{xml}");
        assert_eq!(ours.html.trim(), text(theirs.summary).trim(), "{xml}");
    }
}

proptest::proptest! {
    #[test]
    fn sound_documents_are_read_as_the_library_reads_them(
        items in proptest::collection::vec(
            ("[a-z0-9:/]{1,12}", "[а-я&<>'\" ]{0,12}[ا-ي]{1,5}", "[a-z<>/&; ]{0,30}x"), 0..6)
    ) {
        check_against_the_library(&items);
    }
}
