//! The desk over the coverage that ships, against tokenise-and-fold alone: both in one run, so that the ratio says
//! something on a noisy machine.
//!
//!     cargo bench --bench desk

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use marsad::config::Config;
use marsad::desk::claims::{self, Reading};
use marsad::desk::model::{ArticleId, Draft, EntryKey, LanguageId};
use marsad::desk::normalise;
use marsad::desk::packs::{PackSource, Packs};
use marsad::desk::patterns::{Patterns, Scene};
use marsad::desk::pipeline::{Batch, Memory, Rules, Settings, ingest};

/// How long each side is measured.
const SPAN: Duration = Duration::from_secs(3);

fn main() {
    let config = Config::load(None, &Default::default()).expect("the shipped configuration");
    let rules = Rules::compile(&config.packs, Vec::new(), Settings::default()).expect("the packs");
    let drafts = drafts();
    let bytes: usize = drafts.iter().map(|d| d.title.len() + d.text.len()).sum();
    println!("{} articles of {} bytes on average", drafts.len(), bytes / drafts.len());

    let floor = rate(&drafts, |draft| {
        black_box(normalise::tokens(&draft.title));
        black_box(normalise::tokens(&draft.text));
    });
    let read = rate(&drafts, |draft| {
        let now = draft.published.expect("a date");
        let article = normalise::article(draft, &rules.packs, now);
        black_box(claims::read(&article, &rules.packs));
    });
    let whole = {
        let mut done = 0u32;
        let begun = Instant::now();
        while begun.elapsed() < SPAN {
            let mut memory = Memory::default();
            for draft in &drafts {
                let now = draft.published.expect("a date");
                let changes = ingest(&rules, &memory, Batch::Articles(vec![draft.clone()]), now);
                memory.apply(&rules, &changes);
                done += 1;
            }
        }
        f64::from(done) / begun.elapsed().as_secs_f64()
    };
    for copies in [1, 15] {
        let (rules_tried, us) = patterns_us(&config, copies, &drafts);
        println!("{rules_tried} patterns: {us:.1} µs an article");
    }
    println!("tokenise and fold   {floor:>9.0} articles/s");
    println!("normalise and read  {read:>9.0} articles/s   {:.1}x the floor's cost", floor / read);
    println!(
        "ingest and remember {whole:>9.0} articles/s   {:.1}x the floor's cost",
        floor / whole
    );
}

/// The time that the patterns take of an article that has been read, with so many copies of the shipped rules.
fn patterns_us(config: &Config, copies: usize, drafts: &[Draft]) -> (usize, f64) {
    let mut sources = config.packs.clone();
    let shipped = |source: &&PackSource| source.path == "packs/frames/meeting.pat";
    let text = config.packs.iter().find(shipped).map_or("", |source| &source.text).to_owned();
    for copy in 1..copies {
        let path = format!("packs/frames/meeting.copy-{copy}.pat");
        let text = text.replace("\nrule ", &format!("\nrule copy-{copy}."));
        sources.push(PackSource { path, text });
    }
    let packs = Packs::compile(&sources).expect("the packs");
    let patterns = Patterns::compile(&sources, &packs).expect("the patterns");
    let readings: Vec<Reading> = drafts
        .iter()
        .map(|draft| {
            let now = draft.published.expect("a date");
            claims::read(&normalise::article(draft, &packs, now), &packs)
        })
        .collect();
    let (mut done, begun) = (0u32, Instant::now());
    while begun.elapsed() < SPAN {
        for reading in &readings {
            for sentence in &reading.sentences {
                let scene = Scene {
                    text: &sentence.text,
                    tokens: &sentence.tokens,
                    hits: &sentence.hits,
                    times: &sentence.times,
                    names: &[],
                    clause: &sentence.clause,
                    in_title: sentence.in_title,
                    day: reading.day,
                    fits: &|_, _| true,
                };
                black_box(patterns.find("meeting", &reading.language, &scene));
            }
            done += 1;
        }
    }
    let us = begun.elapsed().as_secs_f64() * 1e6 / f64::from(done);
    (patterns.rules("meeting").len(), us)
}

fn rate(drafts: &[Draft], work: impl Fn(&Draft)) -> f64 {
    let mut done = 0u32;
    let begun = Instant::now();
    while begun.elapsed() < SPAN {
        for draft in drafts {
            work(draft);
            done += 1;
        }
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

fn drafts() -> Vec<Draft> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/coverage/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the coverage")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).expect("a file");
            let json: serde_json::Value = serde_json::from_str(&text).expect("an article");
            let field = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            Draft {
                key: EntryKey(field("url")),
                id: Some(ArticleId::new(field("id"))),
                url: field("url"),
                title: field("title"),
                text: field("text"),
                published: field("published").parse().ok(),
                updated: None,
                language: Some(LanguageId::new(field("lang"))),
                source: field("outlet"),
                feed: None,
            }
        })
        .collect()
}
