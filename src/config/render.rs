//! Printing the configuration that is in effect, as TOML that can be read again. Secrets are never printed: in place
//! of one that stands in the configuration itself comes the variable that it may be given by.

use std::fmt::{Display, Write as _};
use std::time::Duration;

use super::Config;
use super::environment;
use super::section::quoted;
use super::settings::{ChannelConfig, FeedSource, Secret, SecretFrom};
use super::storylines;
use super::units::{format_duration, format_size};
use crate::desk::alert::Watchlist;
use crate::desk::model::StorylineId;

/// Prints `config` so that reading it again gives an equal configuration, provided that the secrets can be read from
/// where it says.
pub fn render_effective(config: &Config) -> String {
    let mut page = Page(String::new());
    page.comment("The configuration that is in effect.");
    let dir = config.config_dir.as_ref().map(|dir| dir.display().to_string());
    page.text("config_dir", &dir.unwrap_or_default());
    page.comment("All feeds stand at the end.");
    page.text("feeds_opml", "");
    settings(&mut page, config);
    for name in &config.switched_off {
        page.section(name);
        page.plain("enabled", false);
    }
    for (id, channel) in &config.channels {
        self::channel(&mut page, id.as_str(), channel);
    }
    let followed = storylines::known(&config.packs);
    for watchlist in &config.watchlists {
        self::watchlist(&mut page, watchlist, &followed);
    }
    for family in &config.families {
        page.section(&format!("family.{}", family.id));
        page.plain("enabled", true);
        page.texts("publishers", &family.publishers);
    }
    for feed in &config.feeds {
        self::feed(&mut page, feed);
    }
    page.0
}

fn settings(page: &mut Page, config: &Config) {
    let Config { poll, http, store, web, deliver, desk, log, .. } = config;
    page.section("poll");
    page.duration("interval", poll.interval);
    page.duration("min_interval", poll.min_interval);
    page.duration("max_interval", poll.max_interval);
    page.plain("jitter_percent", poll.jitter_percent);
    page.plain("concurrent_polls", poll.concurrent_polls);
    page.plain("per_host", poll.per_host);
    page.section("http");
    page.text("user_agent", &http.user_agent);
    page.text("contact", "");
    page.duration("connect_timeout", http.connect_timeout);
    page.duration("first_byte_timeout", http.first_byte_timeout);
    page.duration("total_timeout", http.total_timeout);
    page.text("body_limit", &format_size(http.body_limit));
    page.plain("max_expansion", http.max_expansion);
    page.text("min_rate", &format_size(http.min_rate));
    page.plain("hops", http.hops);
    page.texts("allowed_networks", &http.allowed_networks);
    page.list("ports", http.ports.iter().map(u16::to_string));
    page.section("store");
    page.text("path", &store.path.display().to_string());
    page.duration("retention", store.retention);
    page.section("web");
    page.text("listen", &web.listen.map(|listen| listen.to_string()).unwrap_or_default());
    page.plain("public", web.public);
    page.texts("hosts", &web.hosts);
    page.section("deliver");
    page.plain("concurrency", deliver.concurrency);
    page.duration("timeout", deliver.timeout);
    page.texts("retry", deliver.retry.iter().map(|pause| format_duration(*pause)));
    page.section("desk");
    page.duration("copy_window", desk.copy_window);
    page.duration("alert_max_age", desk.alert_max_age);
    page.texts("storylines", &desk.storylines);
    page.section("log");
    page.text("level", log.level.as_str());
    page.text("format", log.format.as_str());
}

fn channel(page: &mut Page, name: &str, channel: &ChannelConfig) {
    page.section(&format!("channel.{name}"));
    page.plain("enabled", true);
    match channel {
        ChannelConfig::Webhook { url, secret } => {
            page.text("kind", "webhook");
            page.text("url", url);
            match secret {
                Some(Secret { from: SecretFrom::File(path), .. }) => page.text("secret_file", path),
                Some(Secret { from: SecretFrom::Variable(name), .. }) => {
                    page.text("secret_env", name);
                }
                Some(Secret { from: SecretFrom::Value, .. }) => {
                    page.comment("The secret stands in the configuration and is not shown.");
                    page.text("secret_env", &environment::variable(&["channel", name, "secret"]));
                }
                None => page.plain("unsigned", true),
            }
        }
        ChannelConfig::File { path } => {
            page.text("kind", "file");
            page.text("path", &path.display().to_string());
        }
    }
}

fn watchlist(page: &mut Page, list: &Watchlist, followed: &[String]) {
    page.section(&format!("watchlist.{}", list.id));
    // Nothing is wrong with a list that waits for its storyline; but nobody should wonder why it is silent.
    let unheard = |id: &&StorylineId| !followed.iter().any(|name| name == id.as_str());
    for id in list.storylines.iter().filter(unheard) {
        page.comment(&format!(
            "Hears nothing of {id}: name it in storylines of [desk] to follow it."
        ));
    }
    page.plain("enabled", true);
    page.texts("storylines", &list.storylines);
    page.texts("slots", &list.slots);
    page.plain("min_severity", list.min_severity);
    page.text("min_support", list.min_support.map(|level| level.as_str()).unwrap_or_default());
    page.texts("languages", &list.languages);
    page.texts("channels", &list.channels);
}

fn feed(page: &mut Page, feed: &FeedSource) {
    page.section("[feed]");
    page.text("url", &feed.url);
    page.text("source", &feed.source);
    if let Some(language) = &feed.language {
        page.text("language", language.as_str());
    }
}

/// TOML as it grows. Writing into a string cannot fail, so what `write!` returns is dropped.
struct Page(String);

impl Page {
    fn comment(&mut self, text: &str) {
        let _ = writeln!(self.0, "# {text}");
    }

    fn section(&mut self, name: &str) {
        let _ = writeln!(self.0, "\n[{name}]");
    }

    fn plain(&mut self, key: &str, value: impl Display) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn text(&mut self, key: &str, text: &str) {
        self.plain(key, quoted(text));
    }

    fn duration(&mut self, key: &str, length: Duration) {
        self.text(key, &format_duration(length));
    }

    fn texts(&mut self, key: &str, items: impl IntoIterator<Item = impl ToString>) {
        self.list(key, items.into_iter().map(|item| quoted(&item.to_string())));
    }

    fn list(&mut self, key: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.collect();
        self.plain(key, format!("[{}]", items.join(", ")));
    }
}
