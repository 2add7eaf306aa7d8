//! The newspaper of the demo: one feed for each outlet, on loopback, with the articles that have been released so far.
//!
//! It behaves as a good publisher does. A revision takes the place of the version before it under the same guid, every
//! answer carries an `ETag` and a `Last-Modified`, and a reader whose validators still hold gets a 304.

mod formats;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::coverage::{Outlet, Story};
use crate::desk::model::stable_id;

/// What the newspaper has answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Answers {
    /// Whole feeds.
    pub(super) full: usize,
    /// "Not modified".
    pub(super) unchanged: usize,
}

/// A running newspaper. It closes when it is dropped.
pub(super) struct Newspaper {
    address: SocketAddr,
    press: Arc<Mutex<Press>>,
    server: JoinHandle<()>,
}

struct Press {
    editions: Vec<Edition>,
    answers: Answers,
}

/// An outlet's feed as it stands.
struct Edition {
    outlet: Outlet,
    /// Newest first.
    items: Vec<Item>,
    changed: Timestamp,
    body: String,
    etag: String,
}

/// An article in a feed.
struct Item {
    story: Story,
    /// When its first version appeared.
    first: Timestamp,
}

impl Newspaper {
    /// Opens with empty feeds.
    ///
    /// # Errors
    /// When no port can be had.
    pub(super) async fn open(outlets: &[Outlet], now: Timestamp) -> io::Result<Newspaper> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let editions = outlets.iter().map(|outlet| Edition::empty(outlet.clone(), now)).collect();
        let press = Arc::new(Mutex::new(Press { editions, answers: Answers::default() }));
        let router = Router::new().route("/{outlet}/feed", get(feed)).with_state(press.clone());
        let server = tokio::spawn(async move {
            // It ends with the demo; a listener that fails shows in the daemon's polls.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Newspaper { address, press, server })
    }

    /// Where the outlet's feed is.
    pub(super) fn feed_url(&self, outlet: &Outlet) -> String {
        format!("http://{}/{}/feed", self.address, outlet.slug)
    }

    /// Prints an article, or a new version of one; `outlet` is an index into the outlets it was opened with.
    pub(super) fn release(&self, outlet: usize, story: &Story) {
        if let Some(edition) = lock(&self.press).editions.get_mut(outlet) {
            edition.print(story.clone());
        }
    }

    /// What has been answered so far.
    pub(super) fn answers(&self) -> Answers {
        lock(&self.press).answers
    }
}

impl Drop for Newspaper {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Edition {
    fn empty(outlet: Outlet, now: Timestamp) -> Edition {
        let mut edition = Edition {
            outlet,
            items: Vec::new(),
            changed: now,
            body: String::new(),
            etag: String::new(),
        };
        edition.set();
        edition
    }

    fn print(&mut self, story: Story) {
        self.changed = story.published;
        let before = self.items.iter().position(|item| item.story.url == story.url);
        let first = before.map_or(story.published, |at| self.items.remove(at).first);
        self.items.insert(0, Item { story, first });
        self.set();
    }

    fn set(&mut self) {
        self.body = formats::render(&self.outlet, &self.items, self.changed);
        self.etag = format!("\"{}\"", stable_id(&["edition", &self.body]));
    }

    fn last_modified(&self) -> String {
        httpdate::fmt_http_date(SystemTime::from(self.changed))
    }

    /// RFC 9110 §13.2.2: `If-Modified-Since` counts only where there is no `If-None-Match`.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(tags) = text(header::IF_NONE_MATCH) {
            let strong = |tag: &str| tag.trim().trim_start_matches("W/") == self.etag;
            return tags.trim() == "*" || tags.split(',').any(strong);
        }
        let since = text(header::IF_MODIFIED_SINCE).and_then(|v| httpdate::parse_http_date(v).ok());
        // The header has whole seconds, so both sides are compared as they are written.
        since.is_some_and(|since| httpdate::fmt_http_date(since) == self.last_modified())
    }

    fn answer(&self, known: bool) -> Response {
        let validators =
            [(header::ETAG, self.etag.clone()), (header::LAST_MODIFIED, self.last_modified())];
        if known {
            return (StatusCode::NOT_MODIFIED, validators).into_response();
        }
        let content_type = [(header::CONTENT_TYPE, formats::media_type(self.outlet.format))];
        (validators, content_type, self.body.clone()).into_response()
    }
}

async fn feed(
    State(press): State<Arc<Mutex<Press>>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let mut press = lock(&press);
    let Press { editions, answers } = &mut *press;
    let Some(edition) = editions.iter().find(|edition| edition.outlet.slug == slug) else {
        return (StatusCode::NOT_FOUND, "no such outlet\n").into_response();
    };
    let known = edition.is_known(&headers);
    if known {
        answers.unchanged += 1;
    } else {
        answers.full += 1;
    }
    edition.answer(known)
}

/// Nothing that holds the lock can leave an edition half printed, so a poisoned lock is as good as any.
fn lock(press: &Mutex<Press>) -> MutexGuard<'_, Press> {
    press.lock().unwrap_or_else(PoisonError::into_inner)
}
