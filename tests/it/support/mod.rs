//! What the tests share: the shipped rules, and articles from files.

pub(crate) mod random;
pub(crate) mod world;

use std::path::Path;

use marsad::config::Config;
use marsad::desk::alert::Watchlist;
use marsad::desk::model::{ArticleId, Draft, EntryKey, LanguageId, Names};
use marsad::desk::pipeline::{Rules, Settings};

/// The shipped packs and storylines, with these watchlists.
pub(crate) fn rules(watchlists: Vec<Watchlist>) -> Rules {
    let config = Config::load(None, &Default::default()).expect("the shipped configuration");
    Rules::compile(&config.packs, watchlists, Settings::default()).expect("the shipped packs")
}

/// The packs and storylines that a configuration of this text follows, without watchlists.
pub(crate) fn rules_of(text: &str) -> Rules {
    let config = Config::from_text("test.toml", text, &Default::default());
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    Rules::compile(&config.packs, Vec::new(), Settings::default()).expect("the packs")
}

/// The article files of a folder, in the order of their names.
pub(crate) fn article_files(folder: &Path) -> Vec<Draft> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).expect("a file");
            let json: serde_json::Value = serde_json::from_str(&text).expect("an article");
            let field = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            Draft {
                key: EntryKey(field("url")),
                names: Names::default(),
                id: Some(ArticleId::new(field("id"))),
                url: field("url"),
                title: field("title"),
                text: field("text"),
                published: field("published").parse().ok(),
                updated: None,
                language: Some(LanguageId::new(field("lang"))),
                source: field("outlet"),
                feed: None,
            }
        })
        .collect()
}
