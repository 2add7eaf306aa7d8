//! `marsad demo`: the real daemon against a newspaper on this machine, a year of coverage in a few seconds.
//!
//! The newspaper, the daemon and the receiver talk over real HTTP on loopback, the store is a real SQLite file; only the
//! clock is moved, from one article to the next.

mod coverage;
mod newspaper;
mod receiver;
mod settings;
mod summary;

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::app::{App, Jitter, Options};
use crate::card;
use crate::clock::Clock;
use coverage::Coverage;
use newspaper::Newspaper;
use receiver::Receiver;
use summary::Summary;

/// How long after its publication an article is polled.
const AFTER_PUBLICATION: SignedDuration = SignedDuration::from_mins(2);

/// The least step between two articles: every feed is due again.
const STEP_MIN: SignedDuration = SignedDuration::from_secs(61);

/// Before the first article, so that every feed has had its silent first poll.
const LEAD: SignedDuration = SignedDuration::from_hours(1);

/// One step takes milliseconds; a daemon that does not come to rest within this long is stuck.
const STEP_TIMEOUT: Duration = Duration::from_secs(30);

/// Runs the demo; with `serve` the daemon and its page stay alive until Ctrl-C.
///
/// # Errors
/// When something cannot be started, an alert of the store did not arrive, or a signature was wrong.
pub fn run(serve: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(play(serve, out))
}

async fn play(serve: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let begun = Instant::now();
    let coverage = Coverage::shipped().context("the shipped coverage is not usable")?;
    let first = coverage.stories.first().context("the shipped coverage is empty")?.1.published;
    let from = first - LEAD;
    let clock = Clock::stepped(from);
    let newspaper = Newspaper::open(&coverage.outlets, from).await?;
    let key = settings::key();
    let time = clock.clone();
    let mut receiver = Receiver::open(&key, Arc::new(move || time.now())).await?;
    let folder = settings::Scratch::new()?;
    let feeds: Vec<settings::Feed<'_>> = coverage
        .outlets
        .iter()
        .map(|outlet| settings::Feed {
            url: newspaper.feed_url(outlet),
            source: &outlet.name,
            language: &outlet.language,
        })
        .collect();
    let config = settings::config(&feeds, &folder.store(), &receiver.url(), &key, serve)?;
    let listener = match config.web.listen {
        Some(address) => Some(TcpListener::bind(address).await?),
        None => None,
    };
    let page = listener.as_ref().and_then(|listener| listener.local_addr().ok());
    let jitter = Jitter::None;
    let app = App::start(Options { config, clock: clock.clone(), listener, jitter }).await?;
    rest(&app).await?;
    publish(&coverage, &newspaper, &app, &clock, &mut receiver, out).await?;

    let store = app.store();
    let summary = Summary {
        span: (from, clock.now()),
        answers: newspaper.answers(),
        counts: store.counts().await?,
        alerts: store
            .alerts(usize::MAX)
            .await?
            .into_iter()
            .map(|alert| (alert.id, alert.version))
            .collect(),
        received: receiver.received(),
        took: begun.elapsed(),
    };
    summary.write(out)?;
    out.flush()?;
    if let Some(address) = page {
        writeln!(out, "\nthe status page: http://{address}/   (Ctrl-C ends it)")?;
        out.flush()?;
        tokio::signal::ctrl_c().await?;
    }
    app.stop().await;
    match summary.complaints().as_slice() {
        [] => Ok(()),
        complaints => bail!("{}", complaints.join("; ")),
    }
}

/// Releases article after article and prints what the receiver is told.
async fn publish(
    coverage: &Coverage,
    newspaper: &Newspaper,
    app: &App,
    clock: &Clock,
    receiver: &mut Receiver,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let terminal = std::io::stdout().is_terminal();
    let style = card::Style::coloured(terminal && std::env::vars().all(|(k, _)| k != "NO_COLOR"));
    let total = coverage.stories.len();
    let mut told = 0;
    for (number, (outlet, story)) in coverage.stories.iter().enumerate() {
        newspaper.release(*outlet, story);
        clock.advance_to((story.published + AFTER_PUBLICATION).max(clock.now() + STEP_MIN));
        rest(app).await?;
        if terminal {
            write!(out, "\r\x1b[2K")?;
        }
        while let Some(alert) = receiver.next() {
            told += 1;
            writeln!(out, "{}", card::render(&alert, style))?;
        }
        if terminal {
            let day = story.published.strftime("%Y-%m-%d");
            write!(out, "{day} · article {} of {total} · {told} alerts", number + 1)?;
            out.flush()?;
        }
    }
    if terminal {
        writeln!(out, "\r\x1b[2K")?;
    }
    Ok(())
}

async fn rest(app: &App) -> anyhow::Result<()> {
    tokio::time::timeout(STEP_TIMEOUT, app.quiet())
        .await
        .context("the daemon does not come to rest")
}
