//! The webhook channel: a POST of the alert, signed as Standard Webhooks 1.0 says. Redirects count as failures, because a
//! signed body is not for whomever the receiver points at.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode};

use crate::desk::model::{AttemptOutcome, Delivery};
use crate::desk::sign;
use crate::http::GuardedClient;

/// Bytes of an answer's body that are read for the error message; the rest is dropped unread.
const ANSWER_BYTES_MAX: usize = 4 * 1024;

/// Characters of it that the message shows.
const SHOWN_CHARS_MAX: usize = 200;

/// A webhook.
#[derive(Clone)]
pub struct HttpSink {
    client: GuardedClient,
    url: String,
    keys: Vec<String>,
    deadline: Duration,
}

impl fmt::Debug for HttpSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A webhook's address may itself be a secret, and the keys are.
        f.debug_struct("HttpSink").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

impl HttpSink {
    /// Posts to `url`, signed with all of `keys` ("whsec_…"; none sends unsigned). `deadline` covers the whole attempt,
    /// the answer's body included.
    pub fn new(
        client: GuardedClient,
        url: impl Into<String>,
        keys: Vec<String>,
        deadline: Duration,
    ) -> Self {
        Self { client, url: url.into(), keys, deadline }
    }

    pub(super) async fn send(&self, delivery: &Delivery, now: Timestamp) -> AttemptOutcome {
        match tokio::time::timeout(self.deadline, self.attempt(delivery, now)).await {
            Ok(outcome) => outcome,
            Err(_) => failed(format!("no complete answer within {:?}", self.deadline)),
        }
    }

    async fn attempt(&self, delivery: &Delivery, now: Timestamp) -> AttemptOutcome {
        let request = match self.client.request(Method::POST, &self.url) {
            Ok(request) => request,
            Err(refused) => return AttemptOutcome::Rejected { why: refused.to_string() },
        };
        let at = now.as_second();
        let mut request = request
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", delivery.id.as_str())
            .header("webhook-timestamp", at.to_string());
        if !self.keys.is_empty() {
            match sign::sign(&self.keys, delivery.id.as_str(), at, delivery.body.as_bytes()) {
                Ok(signature) => request = request.header("webhook-signature", signature),
                Err(bad) => return AttemptOutcome::Rejected { why: bad.to_string() },
            }
        }
        match request.body(delivery.body.clone()).send().await {
            Ok(answer) => judge(answer).await,
            // The address is left out of the message: it may hold a token.
            Err(error) => failed(error.without_url().to_string()),
        }
    }
}

fn failed(why: String) -> AttemptOutcome {
    AttemptOutcome::Failed { why, retry_after_s: None }
}

/// What a status means, by the rules of Standard Webhooks: 2xx is accepted, 410 ends it, the rest is tried again.
async fn judge(answer: Response) -> AttemptOutcome {
    let status = answer.status();
    if status.is_success() {
        return AttemptOutcome::Delivered;
    }
    let retry_after_s = answer
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.trim().parse().ok());
    let said = excerpt(answer).await;
    let why = if said.is_empty() { status.to_string() } else { format!("{status}: {said}") };
    match status {
        StatusCode::GONE => AttemptOutcome::Rejected { why },
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            AttemptOutcome::Failed { why, retry_after_s }
        }
        _ => failed(why),
    }
}

/// The beginning of an answer's body, on one line.
async fn excerpt(mut answer: Response) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        bytes.extend_from_slice(&chunk[..chunk.len().min(ANSWER_BYTES_MAX - bytes.len())]);
        if bytes.len() >= ANSWER_BYTES_MAX {
            break;
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().chars().take(SHOWN_CHARS_MAX).collect()
}
