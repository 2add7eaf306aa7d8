//! The feeds that are polled: those of the OPML file, and the tables `[[feed]]` over them.

use std::path::Path;

use super::check::{check_url, language};
use super::files;
use super::opml;
use super::raw::Form;
use super::section::Section;
use super::settings::FeedSource;

/// An OPML file of ten thousand feeds has about two.
const OPML_BYTES: u64 = 8 << 20;

/// More feeds than one node polls within a day at one second each.
const MOST_FEEDS: usize = 50_000;

/// Reads `feeds_opml` and `[[feed]]` of the root.
pub(super) fn read(root: &mut Section<'_, '_>) -> Vec<FeedSource> {
    let mut feeds = from_opml(root);
    let mut written: Vec<String> = Vec::new();
    for (index, table) in root.listed("feed").iter().enumerate() {
        let path = match &table.form {
            Form::Table(_) => format!("feed[{}]", index + 1),
            _ => "feed".into(),
        };
        let mut section = root.inner(path, table);
        let url = section.text("url", "\"https://news.example/world.xml\"", |text| {
            check_url(text)?;
            if written.iter().any(|known| known == text) {
                return Err("is written twice".into());
            }
            Ok(text.to_owned())
        });
        let source = section.text("source", "\"Example News\"", |text| Ok(text.to_owned()));
        let language = section.optional("language", "\"en\"", language);
        let enabled = section.truth("enabled", true);
        section.finish();
        written.push(url.clone());
        let feed = FeedSource { url, source, language };
        match (feeds.iter().position(|known| known.url == feed.url), enabled) {
            (Some(at), true) => feeds[at] = feed,
            (Some(at), false) => {
                feeds.remove(at);
            }
            (None, true) => feeds.push(feed),
            (None, false) => {}
        }
    }
    if feeds.len() > MOST_FEEDS {
        root.wrong("feed", format!("more than {MOST_FEEDS} feeds"));
    }
    feeds
}

fn from_opml(root: &mut Section<'_, '_>) -> Vec<FeedSource> {
    let example = "\"shipped\", or the path of an OPML file";
    let file = root.optional("feeds_opml", example, |text| match text {
        "shipped" => Ok((files::SHIPPED_FEEDS_NAME.to_owned(), files::SHIPPED_FEEDS.to_owned())),
        path => Ok((path.to_owned(), files::read(Path::new(path), OPML_BYTES)?)),
    });
    let Some((name, text)) = file else { return Vec::new() };
    let (feeds, problems) = opml::read(&name, &text);
    root.append(problems);
    feeds
}
