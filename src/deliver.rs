//! Delivers one alert to one channel and reports what came of it. When to try again is decided by
//! [`crate::desk::retry`]; what is sent was decided when the alert was.

mod file;
mod http;
#[cfg(test)]
mod tests;

pub use file::FileSink;
pub use http::HttpSink;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::desk::model::{AttemptOutcome, ChannelId, Delivery};

/// Where a channel's alerts go.
#[derive(Clone, Debug)]
pub enum Sink {
    /// A webhook.
    Http(HttpSink),
    /// A file of JSON lines.
    File(FileSink),
    /// A list, for tests and trials.
    Memory(MemorySink),
}

/// Deliveries that were accepted, in order.
#[derive(Clone, Debug, Default)]
pub struct MemorySink(Arc<Mutex<Vec<Delivery>>>);

impl MemorySink {
    /// What has arrived.
    pub fn received(&self) -> Vec<Delivery> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn accept(&self, delivery: &Delivery) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(delivery.clone());
    }
}

/// The channels of a configuration.
#[derive(Clone, Debug, Default)]
pub struct Deliverer {
    sinks: Arc<BTreeMap<ChannelId, Sink>>,
}

impl Deliverer {
    /// Delivers to these channels.
    pub fn new(sinks: BTreeMap<ChannelId, Sink>) -> Self {
        Self { sinks: Arc::new(sinks) }
    }

    /// Makes one attempt. `now` is the time that a signature carries.
    pub async fn send(&self, delivery: &Delivery, now: Timestamp) -> AttemptOutcome {
        match self.sinks.get(&delivery.channel) {
            Some(Sink::Http(sink)) => sink.send(delivery, now).await,
            Some(Sink::File(sink)) => sink.send(delivery).await,
            Some(Sink::Memory(sink)) => {
                sink.accept(delivery);
                AttemptOutcome::Delivered
            }
            None => AttemptOutcome::Failed {
                why: format!("the configuration has no channel `{}`", delivery.channel),
                retry_after_s: None,
            },
        }
    }
}
