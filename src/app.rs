//! The daemon: knows everybody, decides nothing. Two loops around the desk: polls go in, alerts go out.
//!
//! ```text
//! due feeds → fetch → desk::pipeline::ingest → store.commit → memory.apply
//! outbox    → deliver → desk::retry → store.record
//! ```
//!
//! Whoever starts it owns the clock, the sockets and the signals.

mod assemble;
mod feeds;
mod outbox;
mod progress;

pub use assemble::rules;
pub use progress::{Counted, Progress};

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::config::Config;
use crate::deliver::Deliverer;
use crate::desk::pipeline::{Memory, Rules};
use crate::desk::retry;
use crate::fetch::Fetcher;
use crate::store::Store;
use crate::web::{self, Heartbeat, Limits, Source, WebState};

/// How long the poll loop may be silent before the page calls it stuck.
const SILENCE: Duration = Duration::from_secs(5 * 60);

/// What the caller brings.
pub struct Options {
    /// What to do.
    pub config: Config,
    /// What time it is.
    pub clock: Clock,
    /// Where the page is served; none for no page.
    pub listener: Option<TcpListener>,
    /// Draws the numbers that spread polls and retries.
    pub jitter: Jitter,
}

/// Where jitter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jitter {
    /// Random.
    Random,
    /// None, so that a trial is the same every time.
    None,
}

impl Jitter {
    fn draw(self) -> u32 {
        use std::hash::{BuildHasher, RandomState};
        match self {
            // Each RandomState has keys of its own, which the system's random source seeds.
            Jitter::Random => RandomState::new().hash_one(0u8) as u32,
            Jitter::None => 0,
        }
    }
}

/// What the loops share.
struct Shared {
    rules: Arc<Rules>,
    store: Store,
    clock: Clock,
    memory: tokio::sync::Mutex<Arc<Memory>>,
    fetcher: Fetcher,
    deliverer: Deliverer,
    schedule: retry::Schedule,
    jitter: Jitter,
    heartbeat: Heartbeat,
    progress: Progress,
    stop: CancellationToken,
    concurrent_polls: usize,
    concurrent_sends: usize,
}

/// The daemon, running.
pub struct App {
    shared: Arc<Shared>,
    tasks: TaskTracker,
}

impl App {
    /// Opens the store, takes up what an earlier run left, and starts the loops.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let Options { config, clock, listener, jitter } = options;
        let now = clock.now();
        let path = config.store.path.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&path))
            .await?
            .with_context(|| format!("the store {} is not usable", config.store.path.display()))?;
        store.release_interrupted(now).await?;
        let feeds = store.register_feeds(assemble::feeds(&config, now)).await?;
        let rules = Arc::new(rules(&config)?);
        let since = assemble::memory_since(&config, now);
        let stored = store.restore(since).await?;
        let memory = {
            let rules = rules.clone();
            tokio::task::spawn_blocking(move || Memory::restore(&rules, stored)).await?
        };
        let client = crate::http::client(&assemble::policy(&config))?;
        let shared = Arc::new(Shared {
            rules,
            store,
            clock,
            memory: tokio::sync::Mutex::new(Arc::new(memory)),
            fetcher: Fetcher::new(client.clone(), assemble::limits(&config)),
            deliverer: assemble::deliverer(&config, &client),
            schedule: assemble::retries(&config),
            jitter,
            heartbeat: Heartbeat::default(),
            progress: Progress::new(feeds.len()),
            stop: CancellationToken::new(),
            concurrent_polls: config.poll.concurrent_polls as usize,
            concurrent_sends: config.deliver.concurrency as usize,
        });
        shared.heartbeat.beat(now);
        let tasks = TaskTracker::new();
        tasks.spawn(feeds::run(shared.clone(), feeds));
        tasks.spawn(outbox::run(shared.clone()));
        if let Some(listener) = listener {
            tasks.spawn(serve(shared.clone(), listener, config.web.hosts.clone()));
        }
        tasks.close();
        Ok(Self { shared, tasks })
    }

    /// Finishes the work in hand and ends.
    pub async fn stop(self) {
        self.shared.stop.cancel();
        self.tasks.wait().await;
    }

    /// Waits until no feed is due, nothing is under way and nothing waits to be sent, by the clock as it stands.
    pub async fn quiet(&self) {
        self.shared.progress.quiet(&self.shared.clock).await;
    }

    /// What it has done so far.
    pub fn counted(&self) -> Counted {
        self.shared.progress.counted()
    }

    /// The store, for whoever wants to look.
    pub fn store(&self) -> &Store {
        &self.shared.store
    }
}

async fn serve(shared: Arc<Shared>, listener: TcpListener, hosts: Vec<String>) {
    let clock = shared.clock.clone();
    let state = WebState {
        source: Source::Store(shared.store.clone()),
        now: Arc::new(move || clock.now()),
        heartbeat: shared.heartbeat.clone(),
        silence: SILENCE,
        hosts,
        limits: Limits::default(),
    };
    let stop = shared.stop.clone();
    if let Err(error) = web::serve(listener, state, stop.cancelled_owned()).await {
        tracing::error!(%error, "the status page has ended");
    }
}

/// `marsad run`: runs until SIGTERM or SIGINT.
pub async fn run(config: Config) -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let listener = match config.web.listen {
        Some(address) => Some(
            TcpListener::bind(address)
                .await
                .with_context(|| format!("the page cannot listen on {address}"))?,
        ),
        None => None,
    };
    if let Some(address) = listener.as_ref().and_then(|l| l.local_addr().ok()) {
        tracing::info!(url = %format!("http://{address}/"), "the status page is served");
    }
    let feeds = config.feeds.len();
    let options = Options { config, clock: Clock::System, listener, jitter: Jitter::Random };
    let app = App::start(options).await?;
    tracing::info!(feeds, "started");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("finishing the work in hand");
    app.stop().await;
    tracing::info!("stopped");
    Ok(())
}
