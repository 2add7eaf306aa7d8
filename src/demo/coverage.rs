//! The coverage that ships with the program: its articles in the order of their publication, and the outlets that
//! print them, each with the feed format that its shipped feed is written in.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};
use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use serde::Deserialize;

use crate::desk::parse;

static ARTICLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/seeds/coverage/articles");
static FEEDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/seeds/coverage/feeds");

/// An article as its file has it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Story {
    /// Its address; a revision has that of the version before it.
    pub(super) url: String,
    /// When this version appeared.
    pub(super) published: Timestamp,
    /// Its title.
    pub(super) title: String,
    /// Its text; line breaks are paragraph breaks.
    pub(super) text: String,
}

/// How an outlet writes its feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// A publisher.
#[derive(Clone, Debug)]
pub(super) struct Outlet {
    /// Its name in an address: that of its shipped feed.
    pub(super) slug: String,
    /// Its name, in its own script.
    pub(super) name: String,
    /// The language it declares.
    pub(super) language: String,
    /// The format of its feed.
    pub(super) format: Format,
}

/// All of it.
#[derive(Clone, Debug)]
pub(super) struct Coverage {
    /// The publishers.
    pub(super) outlets: Vec<Outlet>,
    /// The articles, oldest first, each with the index of its publisher.
    pub(super) stories: Vec<(usize, Story)>,
}

impl Coverage {
    /// Reads the files that are compiled in.
    ///
    /// # Errors
    /// When one cannot be read, or an article stands in no feed.
    pub(super) fn shipped() -> Result<Coverage> {
        let mut outlets = Vec::new();
        let mut printed_by: HashMap<String, usize> = HashMap::new();
        for file in FEEDS.files() {
            let name = file.path().to_string_lossy();
            let feed = parse::read(file.contents(), None, "", &parse::Limits::default());
            if let Some(error) = feed.error {
                bail!("{name} is {error}");
            }
            let outlet = outlets.len();
            printed_by.extend(feed.entries.into_iter().filter_map(|e| Some((e.url?, outlet))));
            outlets.push(Outlet {
                slug: name.split('.').next().unwrap_or(&name).to_owned(),
                name: feed.title.with_context(|| format!("{name} has no title"))?,
                language: feed.language.with_context(|| format!("{name} has no language"))?,
                format: match feed.format.as_str() {
                    "rss-2.0" => Format::Rss,
                    "atom-1.0" => Format::Atom,
                    "json-feed-1.1" => Format::Json,
                    other => bail!("{name} has the format {other}"),
                },
            });
        }
        let mut stories = Vec::new();
        for file in ARTICLES.files() {
            let name = file.path().display();
            let story: Story =
                serde_json::from_slice(file.contents()).with_context(|| name.to_string())?;
            let outlet =
                printed_by.get(&story.url).with_context(|| format!("no feed has {name}"))?;
            stories.push((*outlet, story));
        }
        stories.sort_by_key(|(_, story)| story.published);
        Ok(Coverage { outlets, stories })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_coverage_is_complete() {
        let coverage = Coverage::shipped().unwrap();
        let of = |format| coverage.outlets.iter().filter(|o| o.format == format).count();
        assert_eq!((of(Format::Rss), of(Format::Atom), of(Format::Json)), (6, 4, 3));
        assert_eq!(coverage.stories.len(), 80);
        assert!(coverage.stories.is_sorted_by_key(|(_, story)| story.published));
    }
}
