//! Asks the world for one URL and reports what it answered, as [`Fetched`]. Decides nothing about the answer: that is
//! [`crate::desk::response`].
//!
//! A request carries the validators byte for byte as the server gave them. Redirects are followed here, one guarded
//! request a hop. The body is decoded while it streams and every size and every wait has a limit: a server can make a
//! poll fail, but cannot make it long or large. One connection a host by default.

mod body;
mod hosts;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Method, Response};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::desk::model::{Answer, FetchFailure, Fetched, Validators};
use crate::http::{GuardedClient, refusal_in};
use hosts::Hosts;

/// What is asked for, the most telling types first; some servers answer 406 without the last one.
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, \
    application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1";

/// What a poll may cost. The figures of [`Limits::default`] are those of Miniflux and of our notes on hostile input.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Bytes of a body after decoding.
    pub body_bytes: u64,
    /// Decoded bytes for each byte on the wire, judged once more than 1 MiB has been decoded.
    pub ratio: u64,
    /// Redirects followed for one poll.
    pub hops: u32,
    /// Bytes of all header names and values of an answer.
    pub header_bytes: u64,
    /// From the request to the last header.
    pub first_byte: Duration,
    /// From the first request to the last byte of the body, redirects included.
    pub total: Duration,
    /// Bytes a second on the wire, on average, once `min_rate_after` has passed.
    pub min_rate: u64,
    /// How long a body may be slower than `min_rate`.
    pub min_rate_after: Duration,
    /// Requests to one host at a time.
    pub host_permits: u32,
    /// Between the starts of two polls of one host.
    pub host_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 8 * 1024 * 1024,
            ratio: 200,
            hops: 5,
            header_bytes: 64 * 1024,
            first_byte: Duration::from_secs(15),
            total: Duration::from_secs(30),
            min_rate: 1024,
            min_rate_after: Duration::from_secs(10),
            host_permits: 1,
            host_pause: Duration::ZERO,
        }
    }
}

/// Fetches feeds and pages. Cheap to clone; clones share the permits of the hosts.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: GuardedClient,
    limits: Limits,
    hosts: Arc<Hosts>,
}

/// How a hop ended.
enum Hop {
    Done(Answer),
    Redirect { to: Url, status: u16 },
}

impl Fetcher {
    /// A fetcher that obeys the client's guard and these limits.
    pub fn new(client: GuardedClient, limits: Limits) -> Self {
        let hosts = Arc::new(Hosts::new(limits.host_permits, limits.host_pause));
        Self { client, limits, hosts }
    }

    /// Asks for `url`, conditionally when there are validators. Waits for a permit of the host first; the deadlines
    /// run from then on.
    pub async fn get(&self, url: &str, validators: &Validators) -> Fetched {
        match self.follow(url, validators).await {
            Ok(answer) => Fetched::Answer(answer),
            Err(failure) => Fetched::Failed(failure),
        }
    }

    async fn follow(&self, url: &str, validators: &Validators) -> Result<Answer, FetchFailure> {
        let mut at =
            Url::parse(url.trim()).map_err(|e| FetchFailure::Refused(format!("not a URL: {e}")))?;
        let mut permanent: Option<String> = None;
        let mut all_permanent = true;
        let mut deadline = None;
        for hop in 0..=self.limits.hops {
            let permit = self.hosts.enter(&at, hop == 0).await;
            let deadline = *deadline.get_or_insert_with(|| Instant::now() + self.limits.total);
            let ended = self.ask(&at, validators, deadline).await;
            drop(permit);
            match ended? {
                Hop::Done(mut answer) => {
                    answer.permanent = permanent;
                    return Ok(answer);
                }
                Hop::Redirect { to, status } => {
                    all_permanent &= matches!(status, 301 | 308);
                    if all_permanent {
                        permanent = Some(to.to_string());
                    }
                    at = to;
                }
            }
        }
        Err(FetchFailure::Limit(format!("more than {} redirects", self.limits.hops)))
    }

    async fn ask(
        &self,
        url: &Url,
        validators: &Validators,
        deadline: Instant,
    ) -> Result<Hop, FetchFailure> {
        let mut asked = url.clone();
        asked.set_fragment(None);
        let request = self
            .client
            .request(Method::GET, asked.as_str())
            .map_err(|refused| FetchFailure::Refused(refused.to_string()))?
            .headers(headers(validators))
            // Our own deadline ends the poll; the client's is a second belt and must not fire first.
            .timeout(self.limits.total * 2);
        let by = deadline.min(Instant::now() + self.limits.first_byte);
        let response = match timeout_at(by, request.send()).await {
            Err(_) => return Err(FetchFailure::Limit("no answer in time".to_owned())),
            Ok(Err(error)) => return Err(failure(&error)),
            Ok(Ok(response)) => response,
        };
        let headers = self.read_headers(&response)?;
        let status = response.status().as_u16();
        if matches!(status, 301 | 302 | 303 | 307 | 308)
            && let Some(to) = target(url, response.headers())
        {
            return Ok(Hop::Redirect { to, status });
        }
        // Only a success has a body worth reading; the connection is dropped otherwise.
        let body = match status {
            200..=299 => body::read(response, &self.limits, deadline).await?,
            _ => Vec::new(),
        };
        Ok(Hop::Done(Answer { status, headers, body, url: url.to_string(), permanent: None }))
    }

    fn read_headers(&self, response: &Response) -> Result<Vec<(String, String)>, FetchFailure> {
        let headers = response.headers();
        let bytes: usize =
            headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if bytes as u64 > self.limits.header_bytes {
            return Err(FetchFailure::Limit(format!("headers of {bytes} bytes")));
        }
        Ok(headers
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect())
    }
}

fn headers(validators: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
    let conditions = [
        (header::IF_NONE_MATCH, &validators.etag),
        (header::IF_MODIFIED_SINCE, &validators.last_modified),
    ];
    for (name, value) in conditions {
        // A validator that is no header value came from a damaged store: asking without it costs one body.
        if let Some(value) = value.as_ref().and_then(|v| HeaderValue::from_bytes(v.as_bytes()).ok())
        {
            headers.insert(name, value);
        }
    }
    headers
}

fn target(from: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = headers.get(header::LOCATION)?;
    // Servers send raw UTF-8 in Location; the URL parser escapes it.
    from.join(String::from_utf8_lossy(location.as_bytes()).trim()).ok()
}

/// What an error of the client means to the caller.
fn failure(error: &reqwest::Error) -> FetchFailure {
    if let Some(refusal) = refusal_in(error) {
        return FetchFailure::Refused(refusal.to_string());
    }
    if error.is_timeout() && !error.is_connect() {
        return FetchFailure::Limit("no answer in time".to_owned());
    }
    FetchFailure::Unreachable(chain(error))
}

/// The causes of an error in one line, without the URL, which is in the log line already.
fn chain(error: &reqwest::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let part = error.to_string();
        if parts.last().is_none_or(|last| !last.contains(&part)) {
            parts.push(part);
        }
        cause = error.source();
    }
    if parts.is_empty() { "request failed".to_owned() } else { parts.join(": ") }
}

#[cfg(test)]
mod tests;
