//! The desk over the coverage that ships, lengthened to 5 KB an article, against tokenise-and-fold alone: both in one run,
//! so that the ratio says something on a noisy machine. Then the same with a lexicon in which every word of the texts
//! begins phrases, and the ledger at the end of a long log.
//!
//!     cargo bench --bench desk

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod ledger;

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use marsad::config::Config;
use marsad::desk::claims;
use marsad::desk::model::{ArticleId, Draft, EntryKey, LanguageId, Names};
use marsad::desk::normalise;
use marsad::desk::packs::PackSource;
use marsad::desk::pipeline::{Batch, Memory, Rules, Settings, ingest};

/// How long each side is measured.
const SPAN: Duration = Duration::from_secs(3);

/// Bytes of an article.
const ARTICLE_BYTES: usize = 5_000;

fn main() {
    let config = Config::load(None, &Default::default()).expect("the shipped configuration");
    let rules = compile(&config.packs);
    let short = drafts();
    let long = lengthened(&short);
    let bytes: usize = long.iter().map(|d| d.title.len() + d.text.len()).sum();
    println!("{} articles of {} bytes on average", long.len(), bytes / long.len());

    let floor = rate(&long, |draft| {
        black_box(normalise::tokens(&draft.title));
        black_box(normalise::tokens(&draft.text));
    });
    println!("tokenise and fold      {floor:>9.0} articles/s");
    let read = reading(&long, &rules);
    println!(
        "normalise and read     {read:>9.0} articles/s   {:.1}x the floor's cost",
        floor / read
    );
    let whole = whole(&long, &rules);
    println!(
        "ingest and remember    {whole:>9.0} articles/s   {:.1}x the floor's cost",
        floor / whole
    );
    let mut packs = config.packs.clone();
    packs.extend(adversaries(&long));
    let hostile = reading(&long, &compile(&packs));
    println!(
        "read, hostile lexicon  {hostile:>9.0} articles/s   {:.1}x the usual cost",
        read / hostile
    );
    ledger::run(&rules, &short);
}

fn compile(packs: &[PackSource]) -> Rules {
    Rules::compile(packs, Vec::new(), Settings::default()).expect("the packs")
}

fn reading(drafts: &[Draft], rules: &Rules) -> f64 {
    rate(drafts, |draft| {
        let now = draft.published.expect("a date");
        let (article, words) = normalise::article(draft, &rules.packs, now);
        black_box(claims::read(&article, &words, &rules.packs));
    })
}

fn whole(drafts: &[Draft], rules: &Rules) -> f64 {
    let mut done = 0u32;
    let begun = Instant::now();
    while begun.elapsed() < SPAN {
        let mut memory = Memory::default();
        for draft in drafts {
            let now = draft.published.expect("a date");
            let changes = ingest(rules, &memory, Batch::Articles(vec![draft.clone()]), now);
            memory.apply(rules, &changes);
            done += 1;
        }
    }
    f64::from(done) / begun.elapsed().as_secs_f64()
}

/// The articles with text of others of their language behind them, in an order that lets few share much.
fn lengthened(drafts: &[Draft]) -> Vec<Draft> {
    let mut out = drafts.to_vec();
    for (index, draft) in out.iter_mut().enumerate() {
        let own: Vec<&Draft> = drafts.iter().filter(|d| d.language == draft.language).collect();
        let mut at = index;
        while draft.text.len() < ARTICLE_BYTES {
            at = at * 7 + 13;
            draft.text.push('\n');
            draft.text.push_str(&own[at % own.len()].text);
            at %= 1_009;
        }
        let end = (ARTICLE_BYTES..draft.text.len()).find(|at| draft.text.is_char_boundary(*at));
        draft.text.truncate(end.unwrap_or(draft.text.len()));
    }
    out
}

/// A word list a language in which every pair of words of the texts is a phrase.
fn adversaries(drafts: &[Draft]) -> Vec<PackSource> {
    let mut pairs: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for draft in drafts {
        let language = draft.language.as_ref().map_or("en", |id| id.as_str());
        let words = normalise::tokens(&draft.text);
        let of = pairs.entry(language).or_default();
        of.extend(words.windows(2).map(|two| format!("{} {}", two[0].folded, two[1].folded)));
    }
    pairs
        .into_iter()
        .map(|(language, pairs)| PackSource {
            path: format!("packs/lang/{language}/adversary.tsv"),
            text: pairs.iter().map(|pair| format!("term\tadversary\t{pair}\n")).collect(),
        })
        .collect()
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
                names: Names::default(),
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
