//! Whole documents through [`read`]: what is read, what is noted, and that nothing makes it panic.

use super::*;
use proptest::prelude::*;

fn check(body: &[u8], format: &str, titles: &[&str], note: &str) {
    let parsed = read(body, None, "https://example.org/feed", &Limits::default());
    let shown = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
    assert_eq!(parsed.format, format, "{shown}");
    let got: Vec<&str> = parsed.entries.iter().map(|e| e.title.as_str()).collect();
    assert_eq!(got, titles, "{shown}\n{:?}", parsed.notes);
    let notes = parsed.notes.iter().map(|n| n.0.as_str()).collect::<Vec<_>>().join("; ");
    assert!(notes.contains(note), "{shown}\n{notes:?} lacks {note:?}");
    assert_eq!(parsed.error, None, "{shown}");
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>ق</title>{items}</channel></rss>"
    )
}

#[test]
fn every_dialect_and_every_defect_gives_entries() {
    let one = "<item><title>Новость</title><pubDate>Пн, 02 мар 2026 10:00 MSK</pubDate></item>";
    check(rss(one).as_bytes(), "rss-2.0", &["Новость"], "");
    check(rss(one).replace(" version='2.0'", "").as_bytes(), "rss", &["Новость"], "version");
    check(rss(one).replace("2.0", "0.94").as_bytes(), "rss-0.94", &["Новость"], "version");
    check(
        format!("PHP Warning: x\n{}", rss(one)).as_bytes(),
        "rss-2.0",
        &["Новость"],
        "junk before",
    );
    check(rss("<item><title>A & B</title></item>").as_bytes(), "rss-2.0", &["A & B"], "bare &");
    check(
        rss("<item><title>خبر</title><description>a<br>b</p></description></item>").as_bytes(),
        "rss-2.0",
        &["خبر"],
        "not well-formed",
    );
    check(
        b"<rss version='2.0'><channel></channel><item><title>out</title></item></rss>",
        "rss-2.0",
        &["out"],
        "",
    );
    let items = "<item><title>x</title></item>".repeat(2001);
    check(rss(&items).as_bytes(), "rss-2.0", &vec!["x"; 2000], "items");
    check(
        b"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":7,\"title\":\"a<b\"},3]}",
        "json-feed-1.1",
        &["a&lt;b"],
        "skipped",
    );
    check(
        b"<feed version='0.3'><entry><title>t</title></entry></feed>",
        "atom-0.3",
        &["t"],
        "no date",
    );
}

#[test]
fn guids_order_and_dates_are_the_feeds_own() {
    let body = rss(
        "<item><guid isPermaLink='false'> №2 </guid><title>b</title><pubDate>02.03.2026 10:00</pubDate></item>\
         <item><title>a</title></item>",
    );
    let parsed = read(body.as_bytes(), None, "", &Limits::default());
    let ids: Vec<_> = parsed.entries.iter().map(|e| e.id.as_deref()).collect();
    assert_eq!(ids, [Some("№2"), None]);
    assert_eq!(parsed.entries[0].published.unwrap().to_string(), "2026-03-02T10:00:00Z");
}

#[test]
fn hopeless_documents_say_why() {
    for (body, expect) in [
        (&b""[..], "an empty document"),
        (b"<!doctype html><html><body>404</body></html>", "an HTML page"),
        (b"<opml><body/></opml>", "its root is \"opml\""),
        (b"{\"error\":1}", "it has no items"),
        (b"{\"items\":", "not a JSON feed"),
        ("просто текст".as_bytes(), "neither XML nor JSON"),
    ] {
        let error = read(body, None, "", &Limits::default()).error.unwrap_or_default();
        assert!(error.contains(expect), "{error:?} lacks {expect:?}");
    }
}

#[test]
fn what_kills_a_tree_builder_is_survived() {
    for (open, close) in
        [("<media:content url='x'>", "</media:content>"), ("<a>", "</a>"), ("<item>", "")]
    {
        let nested =
            format!("<item><title>t</title>{}{}</item>", open.repeat(5000), close.repeat(5000));
        let body =
            rss(&nested).replace("<rss ", "<rss xmlns:media='http://search.yahoo.com/mrss/' ");
        let parsed = read(body.as_bytes(), None, "", &Limits::default());
        assert_eq!(parsed.entries.first().map(|e| e.title.as_str()), Some("t"), "{open}");
    }
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let body = format!(
        "{bomb}{}",
        rss("<item><title>&b;</title></item>").replace("<?xml version='1.0'?>", "")
    );
    let parsed = read(body.as_bytes(), None, "", &Limits::default());
    assert_eq!(parsed.entries[0].title, "&b;");
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..600)) {
        read(&body, None, "https://example.org/", &Limits::default());
    }

    #[test]
    fn arbitrary_tag_soup_never_panics(
        pieces in proptest::collection::vec(prop_oneof![
            Just("<rss version='2.0'>"), Just("<channel>"), Just("<item>"), Just("</item>"), Just("<title>"),
            Just("</title>"), Just("<feed xmlns='http://www.w3.org/2005/Atom'>"), Just("<entry>"), Just("&"),
            Just("&#55357;"), Just("<![CDATA["), Just("]]>"), Just("<!--"), Just("-->"), Just("خبر"), Just("<br>"),
            Just("<link href='"), Just("'/>"), Just("<!DOCTYPE"), Just("["), Just(">"), Just("</rss>"), Just("</"),
            Just("<pubDate>"), Just("٢ آذار ٢٠٢٦"), Just("<content type='xhtml'>"), Just("\u{0}"), Just("<?"),
        ], 0..60)
    ) {
        let body = pieces.concat();
        let parsed = read(body.as_bytes(), Some("text/xml"), "https://example.org/", &Limits::default());
        report("soup", &parsed);
    }

    #[test]
    fn arbitrary_dates_never_panic(text in "\\PC{0,40}") {
        dates::instant(&text);
    }

    #[test]
    fn arbitrary_markup_never_panics(html in "(<[a-z/!]{0,4}>|&[a-z#0-9]{0,4};|[а-яء-ي <>&;]){0,40}") {
        crate::desk::extract::text(&html);
    }
}
