//! Assembly: from the checked configuration to the settings that each room takes.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::config::{ChannelConfig, Config};
use crate::deliver::{Deliverer, FileSink, HttpSink, Sink};
use crate::desk::model::{ChannelId, FeedState};
use crate::desk::pipeline::{COPY_WINDOWS, Rules, Settings};
use crate::desk::{parse, retry, schedule};
use crate::fetch;
use crate::http::{GuardedClient, Policy};

/// Compiles packs, storylines and watchlists.
pub fn rules(config: &Config) -> anyhow::Result<Rules> {
    let settings = Settings {
        schedule: schedule::Settings {
            interval_s: config.poll.interval.as_secs(),
            min_interval_s: config.poll.min_interval.as_secs(),
            max_interval_s: config.poll.max_interval.as_secs(),
            jitter_percent: config.poll.jitter_percent,
        },
        parse: parse::Limits::default(),
        alert_max_age: signed(config.desk.alert_max_age),
        families: config.families.clone(),
        copy_window: signed(config.desk.copy_window),
    };
    Rules::compile(&config.packs, config.watchlists.clone(), settings).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the packs are not usable:\n{}", lines.join("\n"))
    })
}

fn signed(length: Duration) -> SignedDuration {
    SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX)
}

/// The feeds as they are before their first poll.
pub(super) fn feeds(config: &Config, now: Timestamp) -> Vec<FeedState> {
    config
        .feeds
        .iter()
        .map(|feed| FeedState::new(&feed.url, &feed.source, feed.language.clone(), now))
        .collect()
}

/// From when on entries of feeds are remembered: through the usual window of a storyline.
pub(super) fn memory_since(config: &Config, now: Timestamp) -> Timestamp {
    now.checked_sub(signed(config.desk.copy_window.saturating_mul(COPY_WINDOWS)))
        .unwrap_or(Timestamp::MIN)
}

/// What may be asked for over HTTP, by feeds and webhooks alike.
pub(super) fn policy(config: &Config) -> Policy {
    let http = &config.http;
    Policy {
        connect_timeout: http.connect_timeout,
        total_timeout: http.total_timeout,
        allow: http.allowed_networks.clone(),
        ports: http.ports.clone(),
        ..Policy::new(&http.user_agent)
    }
}

/// What a poll may cost.
pub(super) fn limits(config: &Config) -> fetch::Limits {
    let http = &config.http;
    fetch::Limits {
        body_bytes: http.body_limit,
        ratio: u64::from(http.max_expansion),
        hops: http.hops,
        first_byte: http.first_byte_timeout,
        total: http.total_timeout,
        min_rate: http.min_rate,
        host_permits: config.poll.per_host,
        ..fetch::Limits::default()
    }
}

/// The channels.
pub(super) fn deliverer(config: &Config, client: &GuardedClient) -> Deliverer {
    let sinks: BTreeMap<ChannelId, Sink> = config
        .channels
        .iter()
        .map(|(id, channel)| {
            let sink = match channel {
                ChannelConfig::Webhook { url, secret } => {
                    let keys = secret.as_ref().map(|s| s.keys().to_vec()).unwrap_or_default();
                    let deadline = config.deliver.timeout;
                    Sink::Http(HttpSink::new(client.clone(), url, keys, deadline))
                }
                ChannelConfig::File { path } => Sink::File(FileSink::new(path)),
            };
            (id.clone(), sink)
        })
        .collect();
    Deliverer::new(sinks)
}

/// The pauses between attempts.
pub(super) fn retries(config: &Config) -> retry::Schedule {
    retry::Schedule { waits_s: config.deliver.retry.iter().map(Duration::as_secs).collect() }
}
