//! What is printed is read back by the program's own reader, and by HTTP with validators.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::super::coverage::{Coverage, Format};
use super::*;
use crate::desk::model::FeedState;
use crate::desk::normalise::Tracking;
use crate::desk::parse;

fn story(url: &str, published: &str, title: &str, text: &str) -> Story {
    let (url, title, text) = (url.into(), title.into(), text.into());
    Story { url, published: published.parse().unwrap(), title, text }
}

fn outlet(format: Format) -> Outlet {
    let (slug, name) = ("wire".to_owned(), "Wire & <Sons>".to_owned());
    Outlet { slug, name, language: "en".into(), format }
}

/// An empty line between paragraphs is no part of the text.
fn lines(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The drafts that the daemon would make of an edition.
fn read(edition: &Edition) -> Vec<crate::desk::model::Draft> {
    let media_type = formats::media_type(edition.outlet.format);
    let limits = parse::Limits::default();
    let parsed = parse::read(edition.body.as_bytes(), Some(media_type), "", &limits);
    assert_eq!((parsed.error.as_ref(), parsed.notes.as_slice()), (None, [].as_slice()));
    assert_eq!(parsed.language.as_deref(), Some(edition.outlet.language.as_str()));
    let feed = FeedState::new("http://a.example/", "a", None, Timestamp::UNIX_EPOCH);
    parse::drafts(&feed, &parsed, &Tracking::default())
}

#[test]
fn every_outlet_reads_back_with_the_same_titles_and_texts() {
    let Coverage { outlets, stories } = Coverage::shipped().unwrap();
    let mut editions: Vec<Edition> =
        outlets.into_iter().map(|outlet| Edition::empty(outlet, Timestamp::UNIX_EPOCH)).collect();
    for edition in &editions {
        assert!(read(edition).is_empty());
    }
    for (outlet, story) in stories {
        let edition = &mut editions[outlet];
        edition.print(story.clone());
        let drafts = read(edition);
        assert_eq!(drafts.len(), edition.items.len());
        assert_eq!(drafts[0].title, story.title);
        assert_eq!(drafts[0].text, lines(&story.text));
        assert_eq!(drafts[0].url, story.url);
        assert_eq!(drafts[0].updated.max(drafts[0].published), Some(story.published));
    }
}

#[test]
fn a_revision_takes_the_place_of_the_version_before() {
    for format in [Format::Rss, Format::Atom, Format::Json] {
        let mut edition = Edition::empty(outlet(format), Timestamp::UNIX_EPOCH);
        let (one, two) = ("https://wire.example/1", "https://wire.example/2");
        edition.print(story(one, "2025-02-27T10:00:00Z", "First", "It begins."));
        edition.print(story(two, "2025-02-27T11:00:00Z", "Other", "Something else."));
        let key = read(&edition)[1].key.clone();
        edition.print(story(
            one,
            "2025-02-27T12:00:00Z",
            "First & <last>",
            "5 < 6 &amp; \"so\"\n'on'",
        ));
        let drafts = read(&edition);
        assert_eq!(drafts.len(), 2);
        assert_eq!((&drafts[0].key, drafts[0].title.as_str()), (&key, "First & <last>"));
        assert_eq!(drafts[0].text, "5 < 6 &amp; \"so\"\n'on'");
    }
}

async fn ask(paper: &Newspaper, path: &str, header: &str) -> String {
    let mut stream = TcpStream::connect(paper.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{header}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn validators_that_hold_get_a_304() {
    let opened = "2025-02-12T00:00:00Z".parse().unwrap();
    let paper = Newspaper::open(&[outlet(Format::Rss)], opened).await.unwrap();
    let first = ask(&paper, "/wire/feed", "").await;
    assert!(first.starts_with("HTTP/1.1 200"), "{first}");
    let value = |name: &str| {
        let line = first.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim().to_owned()
    };
    let tag = format!("If-None-Match: {}\r\n", value("etag:"));
    let since = format!("If-Modified-Since: {}\r\n", value("last-modified:"));
    assert_eq!(since, "If-Modified-Since: Wed, 12 Feb 2025 00:00:00 GMT\r\n");
    for header in [&tag, &since, &format!("{tag}{since}")] {
        let again = ask(&paper, "/wire/feed", header).await;
        assert!(again.starts_with("HTTP/1.1 304"), "{again}");
        assert!(again.ends_with("\r\n\r\n"), "a 304 has no body: {again}");
    }
    paper.release(0, &story("https://wire.example/1", "2025-02-13T00:00:00Z", "T", "x"));
    for header in [&tag, &since, &format!("If-None-Match: \"other\"\r\n{since}")] {
        assert!(ask(&paper, "/wire/feed", header).await.starts_with("HTTP/1.1 200"));
    }
    assert!(ask(&paper, "/other/feed", "").await.starts_with("HTTP/1.1 404"));
    assert_eq!(paper.answers(), Answers { full: 4, unchanged: 3 });
}
