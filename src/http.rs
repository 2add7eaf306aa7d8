//! The one constructor of HTTP clients. Feeds, pages, hubs and webhooks all go through a [`GuardedClient`], so that
//! no path to the network can forget the guard.
//!
//! The guard stands in two places, because a client does not ask its resolver about a host that is an IP literal:
//! [`GuardedClient::request`] judges the URL, and the resolver judges every address of a name before a connection is
//! opened, which also closes DNS rebinding. Redirects are never followed here: whoever wants to follow one asks again
//! and is judged again. The decision itself is [`crate::desk::address`].

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Method, RequestBuilder};

use crate::desk::address::{self, Refusal, Rules};

/// What every client of the program obeys.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Names the program and where to complain: servers slow down or block clients they cannot identify.
    pub user_agent: String,
    /// Until a connection, TLS included, stands.
    pub connect_timeout: Duration,
    /// From the request to the last byte of the body; callers may set a shorter one on a request.
    pub total_timeout: Duration,
    /// Special networks that may be asked all the same.
    pub allow: Vec<IpNet>,
    /// Ports that may be asked; empty means 80 and 443. A literal address within `allow` may use any port.
    pub ports: Vec<u16>,
    /// Header bytes of an HTTP/2 answer; HTTP/1 is bounded by hyper at about 400 KiB and 100 headers.
    pub header_bytes: u32,
    /// How names are resolved.
    pub names: Names,
}

impl Policy {
    /// The policy of the shipped configuration: connect within 10 s, be done within 30 s, public addresses only.
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            connect_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(30),
            allow: Vec::new(),
            ports: Vec::new(),
            header_bytes: 64 * 1024,
            names: Names::System,
        }
    }
}

/// How names are resolved.
#[derive(Clone, Debug, Default)]
pub enum Names {
    /// By the operating system.
    #[default]
    System,
    /// From this table and nothing else, for tests and for machines without DNS. The guard judges its addresses too.
    Fixed(Arc<HashMap<String, Vec<IpAddr>>>),
}

/// Why there is no client. Nothing can be fetched until somebody changes the configuration.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The `User-Agent` holds characters that a header may not hold.
    #[error("user agent {0:?} is not a header value")]
    UserAgent(String),
    /// The client library refused to start.
    #[error("cannot build an HTTP client")]
    Build(#[source] reqwest::Error),
}

/// Why a request was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The guard forbids the address.
    #[error(transparent)]
    Address(#[from] Refusal),
    /// https was asked of a machine that has no certificate roots.
    #[error("no certificate roots on this machine: install ca-certificates or set SSL_CERT_FILE")]
    NoTrustRoots,
}

/// What the guard has seen so far; tests count connections with it, the status page shows it.
#[derive(Debug, Default)]
pub struct Counts {
    requests: AtomicU64,
    refused: AtomicU64,
    lookups: AtomicU64,
    addresses: AtomicU64,
}

impl Counts {
    /// Requests that the guard let pass.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// URLs and names that it refused.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Names that were looked up.
    pub fn lookups(&self) -> u64 {
        self.lookups.load(Ordering::Relaxed)
    }

    /// Resolved addresses that were handed on, and so may have been connected to.
    pub fn addresses(&self) -> u64 {
        self.addresses.load(Ordering::Relaxed)
    }
}

/// A client that asks the guard before each request. Cheap to clone; clones share connections and counts.
#[derive(Clone, Debug)]
pub struct GuardedClient {
    inner: reqwest::Client,
    rules: Arc<Rules>,
    counts: Arc<Counts>,
    trusts: Trust,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    SystemRoots,
    Nobody,
}

/// Builds a client that obeys `policy`.
///
/// A machine without certificate roots still gets one: it refuses https by name instead of keeping the whole program
/// from starting.
///
/// # Errors
/// [`HttpError`] when no client can be built at all.
pub fn client(policy: &Policy) -> Result<GuardedClient, HttpError> {
    if reqwest::header::HeaderValue::from_str(&policy.user_agent).is_err() {
        return Err(HttpError::UserAgent(policy.user_agent.clone()));
    }
    // An error means that a provider is installed already, which is as good.
    let _already = rustls::crypto::ring::default_provider().install_default();
    let rules = Arc::new(Rules { allow: policy.allow.clone(), ports: policy.ports.clone() });
    let counts = Arc::new(Counts::default());
    let builder = || {
        let resolver = GuardedResolver {
            names: policy.names.clone(),
            rules: Arc::clone(&rules),
            counts: Arc::clone(&counts),
        };
        reqwest::Client::builder()
            .user_agent(policy.user_agent.clone())
            .connect_timeout(policy.connect_timeout)
            .timeout(policy.total_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .http2_max_header_list_size(policy.header_bytes)
            .pool_max_idle_per_host(1)
            .dns_resolver(resolver)
    };
    let (inner, trusts) = match builder().build() {
        Ok(inner) => (inner, Trust::SystemRoots),
        Err(first) => match builder().tls_certs_only([]).build() {
            Ok(inner) => (inner, Trust::Nobody),
            Err(_) => return Err(HttpError::Build(first)),
        },
    };
    Ok(GuardedClient { inner, rules, counts, trusts })
}

impl GuardedClient {
    /// Starts a request, when the guard permits its URL.
    ///
    /// # Errors
    /// [`Refused`] with the reason; nothing has been sent or resolved then.
    pub fn request(&self, method: Method, url: &str) -> Result<RequestBuilder, Refused> {
        let judged = address::judge_url(url, &self.rules).map_err(Refused::from).and_then(|_| {
            let https = url.trim_start().get(..6).is_some_and(|s| s.eq_ignore_ascii_case("https:"));
            if https && self.trusts == Trust::Nobody { Err(Refused::NoTrustRoots) } else { Ok(()) }
        });
        match judged {
            Ok(()) => {
                self.counts.requests.fetch_add(1, Ordering::Relaxed);
                Ok(self.inner.request(method, url.trim()))
            }
            Err(refused) => {
                self.counts.refused.fetch_add(1, Ordering::Relaxed);
                Err(refused)
            }
        }
    }

    /// What the guard has seen, over all clones of this client.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

/// The guard's refusal inside an error of the client, when the name was refused after it had been resolved.
pub fn refusal_in(error: &reqwest::Error) -> Option<Refusal> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(refusal) = error.downcast_ref::<Refusal>() {
            return Some(refusal.clone());
        }
        cause = error.source();
    }
    None
}

/// Resolves names and lets only permitted addresses through.
struct GuardedResolver {
    names: Names,
    rules: Arc<Rules>,
    counts: Arc<Counts>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.names.clone();
        let rules = Arc::clone(&self.rules);
        let counts = Arc::clone(&self.counts);
        Box::pin(async move {
            counts.lookups.fetch_add(1, Ordering::Relaxed);
            let found = look_up(&names, name.as_str()).await?;
            let permitted = permitted(name.as_str(), found, &rules).inspect_err(|_| {
                counts.refused.fetch_add(1, Ordering::Relaxed);
            })?;
            counts.addresses.fetch_add(permitted.len() as u64, Ordering::Relaxed);
            let addresses: Addrs = Box::new(permitted.into_iter());
            Ok(addresses)
        })
    }
}

/// Port 0 is replaced by the URL's port; `lookup_host` runs on the blocking pool, which a paused clock waits for.
async fn look_up(names: &Names, name: &str) -> std::io::Result<Vec<SocketAddr>> {
    match names {
        Names::System => Ok(tokio::net::lookup_host((name, 0)).await?.collect()),
        Names::Fixed(table) => match table.get(&name.to_ascii_lowercase()) {
            Some(found) => Ok(found.iter().map(|ip| SocketAddr::new(*ip, 0)).collect()),
            None => {
                Err(std::io::Error::new(std::io::ErrorKind::NotFound, "name is not in the table"))
            }
        },
    }
}

fn permitted(
    name: &str,
    found: Vec<SocketAddr>,
    rules: &Rules,
) -> Result<Vec<SocketAddr>, Refusal> {
    let mut first = None;
    let mut permitted = Vec::with_capacity(found.len());
    for at in found {
        match address::judge_ip(at.ip(), rules) {
            Ok(_) => permitted.push(at),
            Err(refusal) => first = first.or(Some(refusal)),
        }
    }
    match first {
        Some(first) if permitted.is_empty() => {
            Err(Refusal::Unresolved { name: name.to_owned(), first: Box::new(first) })
        }
        _ => Ok(permitted),
    }
}
