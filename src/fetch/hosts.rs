//! Permits of the hosts: how many requests run to one host at a time, and how far apart they start.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

/// Hosts remembered before those that nobody is asking are forgotten.
const HOSTS_MAX: usize = 4096;

/// One gate for each host and port.
#[derive(Debug)]
pub(super) struct Hosts {
    permits: usize,
    pause: Duration,
    gates: Mutex<HashMap<String, Arc<Gate>>>,
}

#[derive(Debug)]
struct Gate {
    free: Arc<Semaphore>,
    next_start: Mutex<Option<Instant>>,
}

impl Hosts {
    pub(super) fn new(permits: u32, pause: Duration) -> Self {
        Self { permits: permits.max(1) as usize, pause, gates: Mutex::new(HashMap::new()) }
    }

    /// Waits until the host of `url` may be asked. A poll (`spaced`) keeps the pause, a redirect within it does not.
    /// The permit is given back when the value is dropped; none is needed if the semaphore has been closed.
    pub(super) async fn enter(&self, url: &Url, spaced: bool) -> Option<OwnedSemaphorePermit> {
        let gate = self.gate(url);
        let permit = Arc::clone(&gate.free).acquire_owned().await.ok();
        if spaced && !self.pause.is_zero() {
            let start = {
                let mut next = gate.next_start.lock().unwrap_or_else(PoisonError::into_inner);
                let now = Instant::now();
                let start = next.map_or(now, |next| next.max(now));
                *next = Some(start + self.pause);
                start
            };
            sleep_until(start).await;
        }
        permit
    }

    fn gate(&self, url: &Url) -> Arc<Gate> {
        let host = url.host_str().unwrap_or_default();
        let key = format!("{host}:{}", url.port_or_known_default().unwrap_or(0));
        // A std mutex, because it is never held over an await.
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= HOSTS_MAX {
            gates.retain(|_, gate| Arc::strong_count(gate) > 1);
        }
        let gate = gates.entry(key).or_insert_with(|| {
            Arc::new(Gate {
                free: Arc::new(Semaphore::new(self.permits)),
                next_start: Mutex::new(None),
            })
        });
        Arc::clone(gate)
    }
}
