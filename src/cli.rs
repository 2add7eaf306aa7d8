//! The command line. Each command is one function that writes to the given output; data goes to standard output, logs to
//! standard error. Exit codes: 0 done, 1 a problem, 2 wrong usage.

mod article_files;
mod explain;
mod inspect;
mod log;
mod pack;
mod page;
mod provenance;
mod reading;
mod recalled;
mod replay;
mod stories;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::app::{self, rules};
use crate::config::{Config, render_effective};
use crate::demo;
use crate::desk::pipeline::Rules;

#[derive(Parser)]
#[command(
    name = "marsad",
    version,
    about = "Watches news feeds and alerts when a new fact appears"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Poll the feeds and deliver alerts until SIGTERM
    Run {
        /// Configuration file
        #[arg(long, value_name = "FILE", env = "MARSAD_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Show the main job on shipped coverage: a newspaper, the daemon and a receiver on this machine
    Demo {
        /// Keep daemon and page alive afterwards
        #[arg(long)]
        serve: bool,
    },
    /// Check configuration, packs, storylines and watchlists, and print the configuration in effect
    Check {
        /// Configuration file
        #[arg(long, value_name = "FILE", env = "MARSAD_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Print the alerts that article and feed files raise, in the order of publication
    Replay {
        /// Article files (*.json), feed files (*.xml), or folders of them
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// One JSON object a line instead of cards
        #[arg(long)]
        json: bool,
        /// Only what this watchlist wants
        #[arg(long, value_name = "ID")]
        watch: Option<String>,
        /// Configuration file
        #[arg(long, value_name = "FILE", env = "MARSAD_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Say why an article did, or did not, raise an alert
    Explain {
        /// An article's id or link, or an alert's id
        what: String,
        /// Article and feed files to replay; the store of the configuration without
        paths: Vec<PathBuf>,
        /// Configuration file
        #[arg(long, value_name = "FILE", env = "MARSAD_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Check packs with their own examples, or begin new ones
    Pack {
        #[command(subcommand)]
        what: Pack,
    },
    /// Show what one step makes of its input
    Inspect {
        #[command(subcommand)]
        what: Inspect,
    },
}

#[derive(Subcommand)]
enum Pack {
    /// Lint all packs and try the examples beside the patterns
    Check {
        /// Folder laid over the shipped packs; that of the configuration without
        dir: Option<PathBuf>,
        /// Configuration file
        #[arg(long, value_name = "FILE", env = "MARSAD_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Write the commented skeleton of a language or a storyline
    New {
        /// What it is
        kind: pack::Kind,
        /// Its id: `de`, `opec-production`
        id: String,
        /// Folder to write into; that of the configuration without
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// Configuration file
        #[arg(long, value_name = "FILE", env = "MARSAD_CONFIG")]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Inspect {
    /// Claims of articles: one JSON article a line on standard input, or files
    Claims {
        /// Article files; standard input without
        files: Vec<PathBuf>,
        /// Date of publication for articles that name none (RFC 3339)
        #[arg(long, value_name = "T")]
        published: Option<jiff::Timestamp>,
    },
    /// Time expressions: {"text","ref","lang"} a line on standard input
    Dates,
    /// Entries of feeds: files, or one feed on standard input
    Feed {
        /// Feed files
        files: Vec<PathBuf>,
    },
    /// Title, author, dates and text of the pages of articles: files, or one page on standard input
    Article {
        /// Page files
        files: Vec<PathBuf>,
        /// The address that the page was fetched from
        #[arg(long, value_name = "U", default_value = "")]
        url: String,
    },
    /// Which articles copy which: article JSON a line
    Copies {
        /// Article files; standard input without
        files: Vec<PathBuf>,
    },
    /// What the word lists make of articles, sentence by sentence: article JSON a line, or files
    Reading {
        /// Article files; standard input without
        files: Vec<PathBuf>,
    },
    /// Which articles tell of one event: article JSON a line
    Stories {
        /// Article files; standard input without
        files: Vec<PathBuf>,
    },
    /// Which agency conveys an article or a sentence, and whose newsroom its publisher is: article JSON a line
    Origins {
        /// Article files; standard input without
        files: Vec<PathBuf>,
    },
    /// How versions of an article differ, in sentences: article JSON a line
    Revisions {
        /// Article files; standard input without
        files: Vec<PathBuf>,
    },
}

/// Runs a command line. `variables` are those of the environment; only `MARSAD_…` are looked at.
pub fn main(
    arguments: impl Iterator<Item = OsString>,
    variables: impl Iterator<Item = (String, String)>,
) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // A closed pipe leaves nobody to tell.
            let _ = usage.print();
            return ExitCode::from(if usage.use_stderr() { 2 } else { 0 });
        }
    };
    let environment: BTreeMap<String, String> =
        variables.filter(|(name, _)| name.starts_with("MARSAD_")).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let result = run(cli.command, &environment, &mut out).and_then(|()| Ok(out.flush()?));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn run(
    command: Command,
    environment: &BTreeMap<String, String>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    match command {
        Command::Run { config } => {
            let config = load(config, environment)?;
            log::start(&config.log);
            runtime()?.block_on(app::run(config))
        }
        Command::Demo { serve } => demo::run(serve, out),
        Command::Check { config } => {
            let config = load(config, environment)?;
            let rules = rules(&config)?;
            check(&config, &rules, out)
        }
        Command::Replay { paths, json, watch, config } => {
            let rules = rules(&load(config, environment)?)?;
            replay::run(&paths, json, watch.as_deref(), &rules, out)
        }
        Command::Explain { what, paths, config } => {
            let config = load(config, environment)?;
            if paths.is_empty() {
                runtime()?.block_on(explain::store(&what, &config.store.path, out))
            } else {
                explain::files(&what, &paths, &rules(&config)?, out)
            }
        }
        Command::Pack { what: Pack::Check { dir, config } } => {
            pack::check(config.as_deref(), dir.as_deref(), environment, out)
        }
        Command::Pack { what: Pack::New { kind, id, into, config } } => {
            let into = match into {
                Some(into) => into,
                None => load(config, environment)?.config_dir.context(
                    "no configuration folder is known\n  hint: name one with --into DIR",
                )?,
            };
            pack::new(kind, &id, &into, out)
        }
        Command::Inspect { what } => {
            let rules = rules(&load(None, environment)?)?;
            match what {
                Inspect::Claims { files, published } => {
                    inspect::claims(&files, published, &rules, out)
                }
                Inspect::Dates => inspect::dates(&rules, out),
                Inspect::Feed { files } => inspect::feed(&files, out),
                Inspect::Article { files, url } => page::print(&files, &url, &rules, out),
                Inspect::Copies { files } => inspect::copies(&files, &rules, out),
                Inspect::Reading { files } => reading::print(&files, &rules, out),
                Inspect::Stories { files } => stories::stories(&files, &rules, out),
                Inspect::Origins { files } => provenance::origins(&files, &rules, out),
                Inspect::Revisions { files } => provenance::revisions(&files, &rules, out),
            }
        }
    }
}

fn load(file: Option<PathBuf>, environment: &BTreeMap<String, String>) -> anyhow::Result<Config> {
    Config::load(file.as_deref(), environment).context("the configuration is not usable")
}

/// Says what a usable configuration amounts to, and prints it.
fn check(config: &Config, rules: &Rules, out: &mut dyn Write) -> anyhow::Result<()> {
    let languages: Vec<&str> = rules.packs.languages().map(|l| l.id.as_str()).collect();
    let storylines: Vec<&str> = rules.packs.storylines.iter().map(|s| s.id.as_str()).collect();
    let watchlists: Vec<&str> = rules.watchlists.iter().map(|w| w.id.as_str()).collect();
    writeln!(out, "# usable: {} feeds", config.feeds.len())?;
    writeln!(out, "# languages: {}", languages.join(", "))?;
    writeln!(out, "# storylines: {}", storylines.join(", "))?;
    writeln!(out, "# watchlists: {}", watchlists.join(", "))?;
    writeln!(out, "{}", render_effective(config))?;
    Ok(())
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
