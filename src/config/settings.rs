//! The configuration as checked, section by section. Every value has been parsed and lies within its limits; nobody
//! checks it again. What the numbers mean and where they come from is told in `config/marsad.toml`.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use crate::desk::model::LanguageId;

/// A feed that is polled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedSource {
    /// An `http` or `https` URL, as written: its hash is the feed's id.
    pub url: String,
    /// The publisher's name, shown as the source of its articles.
    pub source: String,
    /// The language that the feed declares to be in: a prior, not a verdict.
    pub language: Option<LanguageId>,
}

/// How often, and how many at once, feeds are polled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// Between two polls of a feed that says nothing about it.
    pub interval: Duration,
    /// Never sooner, whatever a feed says. At most [`Poll::interval`].
    pub min_interval: Duration,
    /// Never later, except for what a server asks for by `Retry-After`. At least [`Poll::interval`].
    pub max_interval: Duration,
    /// How far a poll may be put off, in percent of the interval, so that feeds do not march in step.
    pub jitter_percent: u32,
    /// Polls under way at the same time.
    pub concurrent_polls: u32,
    /// Polls of one host under way at the same time. At most [`Poll::concurrent_polls`].
    pub per_host: u32,
}

/// How requests are made, to feeds and to webhooks alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// The header `User-Agent`, the contact included.
    pub user_agent: String,
    /// Until the connection stands, TLS included.
    pub connect_timeout: Duration,
    /// Until the first byte of the answer.
    pub first_byte_timeout: Duration,
    /// Until the last byte of the answer.
    pub total_timeout: Duration,
    /// Bytes of a body after content decoding.
    pub body_limit: u64,
    /// How many times larger than the transferred bytes a decoded body may be.
    pub max_expansion: u32,
    /// Bytes a second below which a transfer is given up.
    pub min_rate: u64,
    /// Redirects that are followed.
    pub hops: u32,
    /// Networks that may be reached although they are not public.
    pub allowed_networks: Vec<IpNet>,
    /// Ports that may be asked. Never empty.
    pub ports: Vec<u16>,
}

/// Where everything is kept, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSettings {
    /// The SQLite file. A relative path starts at the working directory.
    pub path: PathBuf,
    /// Age from which articles and journal entries that no fact rests on are dropped.
    pub retention: Duration,
}

/// The status page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSettings {
    /// Where it listens; none switches it off.
    pub listen: Option<SocketAddr>,
    /// Whether [`WebSettings::listen`] may be other than loopback: the page has no password.
    pub public: bool,
    /// Names that the `Host` header may carry, besides the loopback names and the address itself. Lower case.
    pub hosts: Vec<String>,
}

/// How alerts are delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliverSettings {
    /// Deliveries under way at the same time.
    pub concurrency: u32,
    /// For one attempt, from the connection to the end of the answer.
    pub timeout: Duration,
    /// The pause before each further attempt; after the last one a delivery is dead.
    pub retry: Vec<Duration>,
}

/// What the desk considers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSettings {
    /// How far apart two texts may appear and still be copies of each other.
    pub copy_window: Duration,
    /// Older news is entered in the ledger but raises no alert.
    pub alert_max_age: Duration,
    /// The storylines to follow; empty means those whose files do not say `enabled = false`.
    pub storylines: Vec<String>,
}

/// How loud the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the ones every log uses")]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    pub(super) const ALL: [LogLevel; 6] = [
        LogLevel::Off,
        LogLevel::Error,
        LogLevel::Warn,
        LogLevel::Info,
        LogLevel::Debug,
        LogLevel::Trace,
    ];

    /// The word of the configuration, which is also a directive of the log's filter.
    pub fn as_str(self) -> &'static str {
        match self {
            LogLevel::Off => "off",
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

/// In what form the log is written, always to standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line that people read.
    Text,
    /// A JSON object a line.
    Json,
}

impl LogFormat {
    pub(super) const ALL: [LogFormat; 2] = [LogFormat::Text, LogFormat::Json];

    /// The word of the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        }
    }
}

/// The log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// How loud.
    pub level: LogLevel,
    /// In what form.
    pub format: LogFormat,
}

/// Where alerts go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelConfig {
    /// A POST of the alert, signed as Standard Webhooks says.
    Webhook {
        /// An `http` or `https` URL.
        url: String,
        /// What it is signed with; none when the configuration says `unsigned = true`.
        secret: Option<Secret>,
    },
    /// One JSON object a line, appended.
    File {
        /// The file. A relative path starts at the working directory.
        path: PathBuf,
    },
}

/// Signing keys, which no debug output, log or page shows.
#[derive(Clone)]
pub struct Secret {
    pub(super) keys: Vec<String>,
    pub(super) from: SecretFrom,
}

/// Where a secret was read from, so that the effective configuration can say so in its place.
#[derive(Clone, Debug)]
pub(super) enum SecretFrom {
    Value,
    File(String),
    Variable(String),
}

impl Secret {
    /// The keys in their written form, `whsec_` and base64. The first is the current one; a delivery is signed with all
    /// of them while receivers change over. Never empty.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} keys, not shown)", self.keys.len())
    }
}

/// Two secrets are equal when they sign alike, wherever they were read from.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys
    }
}

impl Eq for Secret {}
