//! From the configuration as written to the configuration as checked.
//!
//! Every value is read with its limits, every reference is followed, and what several keys say together is compared.
//! All problems are collected; the checked configuration exists only when there are none.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::Config;
use super::channels::{self, Channel};
use super::families;
use super::feeds;
use super::files::DataFile;
use super::mistake::{Mistake, Refused};
use super::problem::{Problem, nearest};
use super::raw::{Form, Written};
use super::section::Section;
use super::settings::{
    DeliverSettings, DeskSettings, Http, LogFormat, LogLevel, LogSettings, Poll, StoreSettings,
    WebSettings,
};
use super::storylines;
use super::units::parse_duration;
use super::watchlists::{self, Names};
use crate::desk::model::{ChannelId, LanguageId};
use crate::desk::packs::PackSource;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Timeouts: below the least even a good line fails, above the most a hanging server holds a permit for the day.
const TIMEOUT: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_secs(600);

/// Attempts of one delivery: two more than Standard Webhooks recommends.
const MOST_RETRIES: usize = 12;

/// Some servers refuse longer headers.
const MOST_AGENT_BYTES: usize = 256;

/// Reads the tree. `env` is only asked for the variables that secrets are named by.
pub(super) fn check(
    root: &Written,
    data: BTreeMap<String, DataFile>,
    config_dir: Option<PathBuf>,
    env: &BTreeMap<String, String>,
    problems: &mut Vec<Problem>,
) -> Config {
    let mut section = Section::new("", root, problems);
    // Where the folder is was decided before the files in it were read; here the key is only known.
    let _ = section.optional("config_dir", "\"config\"", |_| Ok(()));
    let mut packs = packs(data);
    let known = storylines::known(&packs);
    let mut config = Config {
        feeds: feeds::read(&mut section),
        poll: poll(section.section("poll")),
        http: http(section.section("http")),
        store: store(section.section("store")),
        web: web(section.section("web")),
        deliver: deliver(section.section("deliver")),
        desk: desk(section.section("desk"), &known),
        log: log(section.section("log")),
        channels: BTreeMap::new(),
        watchlists: Vec::new(),
        families: Vec::new(),
        packs: Vec::new(),
        config_dir,
        switched_off: Vec::new(),
    };
    let channels = section.named("channel");
    let watchlists = section.named("watchlist");
    let families = section.named("family");
    section.finish();
    let mut channels_off = Vec::new();
    let mut channels_on = Vec::new();
    for (name, written) in channels {
        match channels::read(name, written, env, problems) {
            // A channel with a problem is still known, so that nobody is told that it does not exist.
            Channel::On(channel) => {
                channels_on.push(name.clone());
                config.channels.extend(channel.map(|channel| (ChannelId::new(name), channel)));
            }
            Channel::Off => channels_off.push(name.clone()),
        }
    }
    storylines::leave_out(&mut packs, &config.desk.storylines);
    config.packs = packs;
    let names = Names { channels: &channels_on, channels_off: &channels_off, storylines: &known };
    let mut lists_off = Vec::new();
    for (name, written) in watchlists {
        match watchlists::read(name, written, &names, problems) {
            Some(watchlist) => config.watchlists.push(watchlist),
            None => lists_off.push(format!("watchlist.{name}")),
        }
    }
    config.switched_off = channels_off.iter().map(|name| format!("channel.{name}")).collect();
    config.switched_off.append(&mut lists_off);
    let (families, mut families_off) = families::read(&families, problems);
    config.families = families;
    config.switched_off.append(&mut families_off);
    config
}

fn poll(mut section: Section<'_, '_>) -> Poll {
    let interval = section.duration("interval", "10m", SECOND..=30 * DAY);
    let min_interval = section.duration("min_interval", "2m", SECOND..=30 * DAY);
    let max_interval = section.duration("max_interval", "24h", SECOND..=30 * DAY);
    let jitter_percent = section.whole("jitter_percent", "10", 0..=100);
    let concurrent_polls = section.whole("concurrent_polls", "8", 1..=256);
    let per_host = section.whole("per_host", "1", 1..=16);
    // A stand-in for a value with a problem is zero; nothing is compared with it.
    if min_interval > interval && !interval.is_zero() {
        section
            .contradiction(["interval", "min_interval"], "interval is shorter than min_interval");
    }
    if interval > max_interval && !max_interval.is_zero() {
        section.contradiction(["interval", "max_interval"], "interval is longer than max_interval");
    }
    if per_host > concurrent_polls && concurrent_polls > 0 {
        let keys = ["per_host", "concurrent_polls"];
        section.contradiction(keys, "per_host is larger than concurrent_polls");
    }
    section.finish();
    Poll { interval, min_interval, max_interval, jitter_percent, concurrent_polls, per_host }
}

fn http(mut section: Section<'_, '_>) -> Http {
    let agent = section.text("user_agent", "\"marsad/{version}\"", header_text);
    let agent = agent.replace("{version}", env!("CARGO_PKG_VERSION"));
    let contact = section.optional("contact", "\"https://news.example/bot\"", header_text);
    let http = Http {
        user_agent: match contact {
            Some(contact) => format!("{agent} (+{contact})"),
            None => agent,
        },
        connect_timeout: section.duration("connect_timeout", "10s", TIMEOUT),
        first_byte_timeout: section.duration("first_byte_timeout", "20s", TIMEOUT),
        total_timeout: section.duration("total_timeout", "60s", TIMEOUT),
        body_limit: section.size("body_limit", "8MiB", 1 << 10..=256 << 20),
        max_expansion: section.whole("max_expansion", "200", 1..=2000),
        min_rate: section.size("min_rate", "100B", 0..=1 << 20),
        hops: section.whole("hops", "5", 0..=20),
        allowed_networks: section.texts("allowed_networks", "[\"10.1.0.0/16\"]", network),
        ports: section.list("ports", "[80, 443]", port),
    };
    if !section.has("ports") {
        section.wrong("ports", "is empty, so nothing could be reached");
    }
    for (key, timeout) in
        [("connect_timeout", http.connect_timeout), ("first_byte_timeout", http.first_byte_timeout)]
    {
        if timeout > http.total_timeout && !http.total_timeout.is_zero() {
            let what = format!("{key} is longer than total_timeout");
            section.contradiction([key, "total_timeout"], what);
        }
    }
    if http.user_agent.len() > MOST_AGENT_BYTES {
        let what = format!("makes more than {MOST_AGENT_BYTES} characters with contact");
        section.wrong("user_agent", what);
    }
    section.finish();
    http
}

fn store(mut section: Section<'_, '_>) -> StoreSettings {
    let path = section.text("path", "\"marsad.db\"", |text| Ok(PathBuf::from(text)));
    let retention = section.duration("retention", "365d", DAY..=36_500 * DAY);
    section.finish();
    StoreSettings { path, retention }
}

fn web(mut section: Section<'_, '_>) -> WebSettings {
    let listen = section.optional("listen", "\"127.0.0.1:8087\"", |text| {
        text.parse::<SocketAddr>().map_err(|_| "is not an address with a port".into())
    });
    let public = section.truth("public", false);
    if let Some(address) = listen.filter(|address| !address.ip().is_loopback() && !public) {
        let what = format!("{address} can be reached by others, and the page has no password");
        section.wrong("listen", format!("{what}; write public = true if that is meant"));
    }
    let hosts = section.texts("hosts", "[\"marsad.example\"]", |text| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
        if text.is_empty() || !text.chars().all(fits) {
            return Err("is not the name of a host, without a port".into());
        }
        Ok(text.to_ascii_lowercase())
    });
    section.finish();
    WebSettings { listen, public, hosts }
}

fn deliver(mut section: Section<'_, '_>) -> DeliverSettings {
    let concurrency = section.whole("concurrency", "4", 1..=64);
    let timeout = section.duration("timeout", "20s", TIMEOUT);
    let retry = section.texts("retry", "[\"5s\", \"5m\", \"30m\"]", |text| {
        let pause = parse_duration(text)?;
        let range = SECOND..=7 * DAY;
        range.contains(&pause).then_some(pause).ok_or("must lie within 1s and 7d".into())
    });
    if retry.len() > MOST_RETRIES {
        section.wrong("retry", format!("has more than {MOST_RETRIES} pauses"));
    }
    if !retry.is_sorted() {
        section.wrong("retry", "has a pause that is shorter than the one before it");
    }
    section.finish();
    DeliverSettings { concurrency, timeout, retry }
}

fn desk(mut section: Section<'_, '_>, known: &[String]) -> DeskSettings {
    let copy_window = section.duration("copy_window", "3d", HOUR..=60 * DAY);
    let alert_max_age = section.duration("alert_max_age", "2d", 10 * MINUTE..=36_500 * DAY);
    let storylines = section.texts("storylines", "[\"us-russia-talks\"]", |text| {
        if known.iter().any(|name| name == text) {
            return Ok(text.to_owned());
        }
        let hint = nearest(text, known.iter().map(String::as_str));
        Err(Mistake { hint, ..Mistake::from("is no storyline") })
    });
    section.finish();
    DeskSettings { copy_window, alert_max_age, storylines }
}

fn log(mut section: Section<'_, '_>) -> LogSettings {
    let level = section.text("level", "\"info\"", |text| {
        let level = LogLevel::ALL.into_iter().find(|level| level.as_str() == text);
        level.map(Some).ok_or("is none of off, error, warn, info, debug, trace".into())
    });
    let format = section.text("format", "\"text\"", |text| {
        let format = LogFormat::ALL.into_iter().find(|format| format.as_str() == text);
        format.map(Some).ok_or("is neither text nor json".into())
    });
    section.finish();
    LogSettings {
        level: level.unwrap_or(LogLevel::Info),
        format: format.unwrap_or(LogFormat::Text),
    }
}

fn packs(data: BTreeMap<String, DataFile>) -> Vec<PackSource> {
    data.into_iter()
        .filter(|(path, _)| path.starts_with("packs/") || path.starts_with("storylines/"))
        .map(|(path, file)| PackSource { path, text: file.text })
        .collect()
}

/// A name that may stand in a file name, a URL and a variable.
pub(super) fn identifier(text: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.is_empty() || text.len() > 64 || !text.chars().all(fits) {
        return Err("must be 1 to 64 lower-case letters, digits and hyphens".into());
    }
    Ok(())
}

/// An ISO 639 code.
pub(super) fn language(text: &str) -> Result<LanguageId, Mistake> {
    let fits = (2..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_lowercase());
    fits.then(|| LanguageId::new(text))
        .ok_or_else(|| "is no language code of two or three letters, such as `ar`".into())
}

/// A URL that can be asked. Which addresses may be reached is decided when it is asked.
pub(super) fn check_url(text: &str) -> Result<(), Mistake> {
    let url = url::Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("has the scheme {}, not http or https", url.scheme()).into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Mistake::hidden("holds a name or a password, which would end in logs"));
    }
    Ok(())
}

fn header_text(text: &str) -> Result<String, Mistake> {
    if !text.chars().all(|c| (' '..='~').contains(&c)) {
        return Err("must be printable ASCII: it stands in a header".into());
    }
    Ok(text.to_owned())
}

fn network(text: &str) -> Result<IpNet, Mistake> {
    let address = text.parse::<IpAddr>().map(IpNet::from).ok();
    let net = address.or_else(|| text.parse().ok()).ok_or("is not a network")?;
    if net != net.trunc() {
        return Err(
            format!("has bits beyond its prefix: write {:?}", net.trunc().to_string()).into()
        );
    }
    Ok(net)
}

fn port(form: &Form) -> Result<u16, Refused> {
    match form {
        Form::Whole(number) => match u16::try_from(*number) {
            Ok(port) if port > 0 => Ok(port),
            _ => Err(Refused::Value("must lie within 1 and 65535".into())),
        },
        _ => Err(Refused::Form),
    }
}
