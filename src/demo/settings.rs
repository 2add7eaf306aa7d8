//! The demo's own files and its configuration: a user's file over the shipped defaults, as an operator would write one.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use base64::Engine as _;
use toml::{Table, Value};

use crate::config::Config;

/// In the daemon's time. The clock is moved on by more between two articles, so every step polls every feed once.
const POLL_INTERVAL: &str = "1m";

/// All feeds are on one host here, and every poll is answered at once.
const PER_HOST: i64 = 16;

/// The random numbers of a key; 32 bytes, as Standard Webhooks recommends.
const KEY_WORDS: usize = 4;

/// A feed to poll.
pub(super) struct Feed<'a> {
    /// Its address.
    pub(super) url: String,
    /// The publisher.
    pub(super) source: &'a str,
    /// The language it declares.
    pub(super) language: &'a str,
}

/// A fresh folder. It goes when this is dropped, with all that is in it.
pub(super) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes a folder that nobody else has.
    ///
    /// # Errors
    /// When the system's folder for temporary files cannot be written to.
    pub(super) fn new() -> io::Result<Scratch> {
        let name = format!("marsad-demo-{}-{:016x}", std::process::id(), random());
        let path = std::env::temp_dir().join(name);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Scratch { path })
    }

    /// The store's file.
    pub(super) fn store(&self) -> PathBuf {
        self.path.join("marsad.db")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears its temporary files.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A key for this run alone.
pub(super) fn key() -> String {
    let bytes: Vec<u8> = (0..KEY_WORDS).flat_map(|_| random().to_be_bytes()).collect();
    format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}

/// The standard library's hasher is seeded by the system: enough for a key that lives for seconds on one machine.
fn random() -> u64 {
    RandomState::new().hash_one(0_u8)
}

/// The configuration of the daemon. Nothing of the process's environment is in it: the demo is the same everywhere.
///
/// # Errors
/// When the folder of the store has a name that is no text, or a value does not pass the checks.
pub(super) fn config(
    feeds: &[Feed<'_>],
    store: &Path,
    webhook: &str,
    key: &str,
    page: bool,
) -> Result<Config> {
    let text = text(feeds, store, webhook, key, page)?;
    Config::from_text("the demo's configuration", &text, &BTreeMap::new())
        .context("the demo's configuration has a problem")
}

fn text(feeds: &[Feed<'_>], store: &Path, webhook: &str, key: &str, page: bool) -> Result<String> {
    let store =
        store.to_str().context("the folder for temporary files has a name that is no text")?;
    let off = || table([("enabled", Value::from(false))]);
    let feeds = feeds.iter().map(|feed| {
        Value::Table(table([
            ("url", feed.url.as_str().into()),
            ("source", feed.source.into()),
            ("language", feed.language.into()),
        ]))
    });
    let poll = table([
        ("interval", POLL_INTERVAL.into()),
        ("min_interval", POLL_INTERVAL.into()),
        ("max_interval", POLL_INTERVAL.into()),
        ("jitter_percent", 0.into()),
        ("concurrent_polls", PER_HOST.into()),
        ("per_host", PER_HOST.into()),
    ]);
    let channel = table([
        ("enabled", true.into()),
        ("kind", "webhook".into()),
        ("url", webhook.into()),
        ("secret", key.into()),
    ]);
    let networks = Value::Array(vec!["127.0.0.0/8".into()]);
    let watchlist = table([("channels", Value::Array(vec!["demo".into()]))]);
    let root = table([
        ("feeds_opml", "".into()),
        ("feed", Value::Array(feeds.collect())),
        ("poll", poll.into()),
        ("http", table([("allowed_networks", networks)]).into()),
        ("store", table([("path", store.into())]).into()),
        ("web", table([("listen", if page { "127.0.0.1:0" } else { "" }.into())]).into()),
        ("channel", table([("alerts", off().into()), ("demo", channel.into())]).into()),
        ("watchlist", watchlists(off, watchlist).into()),
    ]);
    Ok(root.to_string())
}

/// The shipped lists go to a file; here one list takes everything.
fn watchlists(off: impl Fn() -> Table, everything: Table) -> Table {
    table([
        ("changes-of-plan", off().into()),
        ("embassy-talks", off().into()),
        ("demo", everything.into()),
    ])
}

fn table<const N: usize>(entries: [(&str, Value); N]) -> Table {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_passes_its_own_checks() {
        let url = "http://127.0.0.1:4001/wire/feed".to_owned();
        let feeds = [Feed { url, source: "نيل \"اليوم\"", language: "ar" }];
        let hook = "http://127.0.0.1:4002/alerts";
        for page in [false, true] {
            let config = config(&feeds, Path::new("/var/a \"b\"\\c"), hook, &key(), page).unwrap();
            assert_eq!((config.feeds.len(), config.channels.len()), (1, 1));
            assert_eq!(config.feeds[0].source, "نيل \"اليوم\"");
            assert_eq!(config.watchlists.len(), 1, "{:?}", config.watchlists);
            assert_eq!(config.watchlists[0].min_severity, 1);
            assert_eq!(config.web.listen.is_some(), page);
        }
    }

    #[test]
    fn scratch_goes_when_it_is_dropped() {
        let scratch = Scratch::new().unwrap();
        fs::write(scratch.store(), "x").unwrap();
        let path = scratch.path.clone();
        drop(scratch);
        assert!(!path.exists());
    }
}
