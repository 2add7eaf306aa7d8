//! What the tests of this room share: articles of a few words, read with the shipped packs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::Timestamp;

use crate::config::Config;
use crate::desk::claims::{Reading, read};
use crate::desk::model::{Draft, EntryKey, LanguageId, Names};
use crate::desk::normalise;
use crate::desk::pipeline::{Rules, Settings};

/// The shipped rules.
pub(in crate::desk::claims) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let config = Config::load(None, &BTreeMap::new()).expect("the shipped configuration");
        Rules::compile(&config.packs, Vec::new(), Settings::default()).expect("the shipped packs")
    })
}

/// An article of a language, published at `at`, as it is read.
pub(in crate::desk::claims) fn reading(
    (language, at): (&str, &str),
    title: &str,
    text: &str,
) -> Reading {
    let at: Timestamp = at.parse().expect("a time");
    let draft = Draft {
        key: EntryKey("k".into()),
        names: Names::default(),
        id: None,
        url: "https://news.example/1".into(),
        title: title.into(),
        text: text.into(),
        published: Some(at),
        updated: None,
        language: Some(LanguageId::new(language)),
        source: "news".into(),
        feed: None,
    };
    let packs = &rules().packs;
    let (article, words) = normalise::article(&draft, packs, at);
    read(&article, &words, packs)
}
