//! The desk over the coverage that ships, against tokenise-and-fold alone: both in one run, so that the ratio says
//! something on a noisy machine. Then the ledger alone, over the coverage of many years.
//!
//!     cargo bench --bench desk

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use marsad::config::Config;
use marsad::desk::claims;
use marsad::desk::ledger::{Ledger, Terms, Working};
use marsad::desk::model::{
    ArticleId, Claim, ClaimId, DateSpan, Draft, EntryKey, LanguageId, Report, Value,
};
use marsad::desk::normalise;
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
        let (article, words) = normalise::article(draft, &rules.packs, now);
        black_box(claims::read(&article, &words, &rules.packs));
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
    println!("tokenise and fold   {floor:>9.0} articles/s");
    println!("normalise and read  {read:>9.0} articles/s   {:.1}x the floor's cost", floor / read);
    println!(
        "ingest and remember {whole:>9.0} articles/s   {:.1}x the floor's cost",
        floor / whole
    );
    ledger(&rules, &drafts);
}

/// Years that the coverage is repeated, each with dates of its own: some eight thousand reports.
const YEARS: i64 = 100;

/// What link and ledger cost an article, in order and a little out of order, at the end of a long log.
fn ledger(rules: &Rules, drafts: &[Draft]) {
    let storyline = &rules.packs.storylines[0];
    let terms = Terms {
        storyline: &storyline.id,
        parties: &storyline.parties,
        frame: rules.packs.frame(&storyline.frame).expect("its frame"),
        gazetteer: &rules.packs.gazetteer,
    };
    let mut memory = Memory::default();
    let mut year: Vec<(Report, Vec<Claim>)> = Vec::new();
    for draft in drafts {
        let now = draft.published.expect("a date");
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft.clone()]), now);
        memory.apply(rules, &changes);
        year.extend(changes.reports.into_iter().map(|report| (report, changes.claims.clone())));
    }
    let log: Vec<(Report, Vec<Claim>)> =
        (0..YEARS).flat_map(|n| year.iter().map(move |told| later(told, n))).collect();
    let (early, late) = log.split_at(log.len() - log.len() / 10);
    let mut known = Ledger::default();
    early.iter().for_each(|told| take(&mut known, terms, told));
    // As polls cross each other: every fourth report comes after the three behind it.
    let mut crossed = late.to_vec();
    crossed.chunks_mut(4).for_each(|four| four.rotate_left(1));
    for (name, reports) in [("in order", late.to_vec()), ("crossed", crossed)] {
        let mut ledger = known.clone();
        let begun = Instant::now();
        reports.iter().for_each(|told| take(&mut ledger, terms, told));
        let each = begun.elapsed().as_secs_f64() * 1e6 / reports.len() as f64;
        println!("link and ledger, {name:<9} {each:>6.1} µs an article, after {}", early.len());
    }
}

fn take(ledger: &mut Ledger, terms: Terms<'_>, (report, claims): &(Report, Vec<Claim>)) {
    let mut working = Working::new(ledger, terms);
    working.take(report.clone(), claims.clone(), report.said_at);
    let advance = working.finish().advance;
    ledger.apply(&advance);
}

/// The same report so many years later, of 52 weeks each, so that weekdays stay.
fn later((report, claims): &(Report, Vec<Claim>), years: i64) -> (Report, Vec<Claim>) {
    let days = years * 7 * 52;
    let length = jiff::SignedDuration::from_hours(24 * days);
    let shift = |span: DateSpan| {
        let by = jiff::Span::new().days(days);
        DateSpan { lo: span.lo.saturating_add(by), hi: span.hi.saturating_add(by) }
    };
    let name = |id: &str| format!("{id} {years}");
    let mut report = report.clone();
    report.article = ArticleId::new(name(report.article.as_str()));
    report.key = EntryKey(name(&report.key.0));
    report.same_as = report.same_as.iter().map(|id| ArticleId::new(name(id.as_str()))).collect();
    report.said_at += length;
    report.day = report.day.saturating_add(jiff::Span::new().days(days));
    for mention in &mut report.mentions {
        mention.date = mention.date.map(shift);
    }
    let mut claims = claims.clone();
    for claim in &mut claims {
        claim.id = ClaimId::new(name(claim.id.as_str()));
        claim.article = report.article.clone();
        claim.said_at += length;
        if let Value::Date(span) = &claim.value {
            claim.value = Value::Date(shift(*span));
        }
    }
    (report, claims)
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
