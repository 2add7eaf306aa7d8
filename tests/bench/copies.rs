//! The index of copies against python's datasketch in one run, and how it holds up with a million texts.
//!
//!     cargo bench --bench copies                                         # alone
//!     PYTHON=/path/to/python cargo bench --bench copies                  # and datasketch, which that python has
//!     CORPUS=corpus.jsonl TEXTS=100000 cargo bench --bench copies        # keeps the corpus; a smaller index
//!
//! Texts are made of words that do not exist, in Arabic, Latin and Cyrillic letters, some as frequent as function words
//! are. Every tenth is a copy of an earlier one with words changed and sentences left out or added; those whose word
//! 3-shingles have an exact Jaccard similarity of 0.5 or more have to be found.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod corpus;

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use corpus::{Corpus, Made};
use marsad::config::Config;
use marsad::desk::claims;
use marsad::desk::copies::{CopyIndex, fingerprint, fingerprint_plain};
use marsad::desk::model::{ArticleId, Draft, EntryKey, LanguageId};
use marsad::desk::normalise::{self, Words};

/// Texts that both sides take in.
const DUEL_TEXTS: usize = 10_000;

/// Texts of the large index.
const TEXTS: usize = 1_000_000;

/// Texts that the time of one is measured over.
const SPAN_TEXTS: usize = 10_000;

/// Whole fingerprints that are held, as the daemon does.
const HELD: usize = 2_000;

/// A pair of this similarity is a copy.
const SIMILARITY: f64 = 0.5;

fn main() {
    let env = |name: &str| std::env::vars().find(|(key, _)| key == name).map(|(_, value)| value);
    // First, so that no memory of something else is used again.
    large(env("TEXTS").and_then(|count| count.parse().ok()).unwrap_or(TEXTS));
    fingerprints();
    duel(env("CORPUS").map(PathBuf::from), env("PYTHON"));
}

/// A text, cut into words and sentences as the desk does once for all its steps.
struct Cut {
    words: Words,
    sentences: Vec<normalise::Sentence>,
}

impl Cut {
    fn of(text: &str) -> Self {
        Self { words: Words::of("", text), sentences: normalise::sentences(text) }
    }
}

/// The same texts for both sides. Each cuts them by its own rules; what comes behind is compared, because here all steps
/// share the cutting. Its cost is printed beside it.
fn duel(corpus: Option<PathBuf>, python: Option<String>) {
    let made: Vec<Made> = Corpus::new(1, HELD).take(DUEL_TEXTS).collect();
    let gold: Vec<(usize, usize)> = made.iter().enumerate().filter_map(copied).collect();
    let bytes: usize = made.iter().map(|text| text.text.len()).sum();
    println!("{DUEL_TEXTS} texts of {} bytes, {} copies", bytes / DUEL_TEXTS, gold.len());
    let mut index = CopyIndex::holding(HELD);
    let (mut cutting, mut each) = (Duration::ZERO, Duration::ZERO);
    let mut ours: Vec<Option<usize>> = Vec::new();
    for (number, text) in made.iter().enumerate() {
        let begun = Instant::now();
        let cut = Cut::of(&text.text);
        let ready = Instant::now();
        ours.push(take(&mut index, number, &text.text, &cut));
        cutting += ready - begun;
        each += ready.elapsed();
    }
    let us = |spent: Duration| spent.as_secs_f64() * 1e6 / DUEL_TEXTS as f64;
    let own = (us(each), us(cutting));
    report("marsad", own, &gold, &made, &ours);
    let corpus_path =
        corpus.clone().unwrap_or_else(|| std::env::temp_dir().join("marsad-copies.jsonl"));
    if corpus.is_some() || python.is_some() {
        write(&corpus_path, &made);
    }
    if let Some(python) = python {
        let (theirs, found) = datasketch(&python, &corpus_path);
        report("datasketch", theirs, &gold, &made, &found);
        let whole = (theirs.0 + theirs.1) / (own.0 + own.1);
        println!("throughput {:.0}x, with the cutting of words {whole:.0}x", theirs.0 / own.0);
    }
}

/// A copy that has to be found, and what it is of.
fn copied((number, text): (usize, &Made)) -> Option<(usize, usize)> {
    text.copy_of
        .as_ref()
        .filter(|(_, similarity)| *similarity >= SIMILARITY)
        .map(|(of, _)| (number, *of))
}

/// Takes in a text and says of which earlier one it is a copy.
fn take(index: &mut CopyIndex, number: usize, text: &str, cut: &Cut) -> Option<usize> {
    let print = Arc::new(fingerprint_plain("", text, &cut.words, &cut.sentences));
    let of = index
        .find(&print, 0)
        .copy()
        .of()
        .and_then(|id| usize::from_str_radix(id.as_str(), 16).ok());
    index.insert(&ArticleId::new(format!("{number:032x}")), print, u16::MAX);
    of
}

/// Prints what a text costs in microseconds, behind the cutting and for it, and recall and precision. A copy is found
/// when it is linked to its original or to another copy of it.
fn report(
    name: &str,
    (each, cutting): (f64, f64),
    gold: &[(usize, usize)],
    made: &[Made],
    found: &[Option<usize>],
) {
    let family = |number: usize| made[number].copy_of.as_ref().map_or(number, |(of, _)| *of);
    let hits =
        gold.iter().filter(|(copy, of)| found[*copy].is_some_and(|to| family(to) == *of)).count();
    let linked = found.iter().enumerate().filter_map(|(number, to)| to.map(|to| (number, to)));
    let wrong = linked.filter(|(number, to)| family(*number) != family(*to)).count();
    println!(
        "{name:<12} {each:>7.1} µs a text ({:>7.0} texts/s), cutting {cutting:>5.1} µs, recall {:.4} of {}, {wrong} false",
        1e6 / each,
        hits as f64 / gold.len().max(1) as f64,
        gold.len()
    );
}

fn write(path: &Path, made: &[Made]) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("the corpus"));
    for text in made {
        let line = serde_json::json!({ "text": text.text });
        writeln!(file, "{line}").expect("a line");
    }
    file.flush().expect("the corpus");
}

/// What datasketch makes of the same texts.
fn datasketch(python: &str, corpus: &Path) -> ((f64, f64), Vec<Option<usize>>) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/copies_datasketch.py");
    let done = Command::new(python).arg(script).arg(corpus).output().expect("python");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let found = said["copy_of"].as_array().expect("a list").iter();
    let found = found.map(|of| of.as_u64().map(|of| of as usize)).collect();
    let us = |name: &str| said[name].as_f64().expect("a number");
    ((us("each_us"), us("cutting_us")), found)
}

/// What the fingerprint of an article of 5 KB costs that has been read with its tags.
fn fingerprints() {
    let config = Config::load(None, &Default::default()).expect("the shipped configuration");
    let rules = marsad::app::rules(&config).expect("the packs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/coverage/articles");
    let mut read = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the coverage") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a file");
        let json: serde_json::Value = serde_json::from_str(&text).expect("an article");
        let field = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let mut long = field("text");
        while long.len() < 5_000 {
            long = format!("{long}\n{}", field("text"));
        }
        let draft = Draft {
            key: EntryKey(field("url")),
            names: marsad::desk::model::Names::default(),
            id: None,
            url: field("url"),
            title: field("title"),
            text: long.chars().take(4_000).collect(),
            published: field("published").parse().ok(),
            updated: None,
            language: Some(LanguageId::new(field("lang"))),
            source: field("outlet"),
            feed: None,
        };
        let now = draft.published.expect("a date");
        let (article, words) = normalise::article(&draft, &rules.packs, now);
        let reading = claims::read(&article, &words, &rules.packs);
        read.push((article, words, reading));
    }
    let bytes: usize = read.iter().map(|(article, ..)| article.text.len()).sum();
    let rounds = 50;
    let begun = Instant::now();
    for _ in 0..rounds {
        for (article, words, reading) in &read {
            let (hash, text) = (&article.content_hash, &article.text);
            std::hint::black_box(fingerprint(hash, text, words, &reading.sentences));
        }
    }
    let each = begun.elapsed().as_secs_f64() * 1e6 / (rounds * read.len()) as f64;
    println!("fingerprint of a read article of {} bytes: {each:.1} µs", bytes / read.len());
}

/// Time and memory as the index grows.
fn large(texts: usize) {
    let mut index = CopyIndex::holding(HELD);
    // What the making of texts takes is there before, and is made again where it was.
    Corpus::new(2, HELD / 2).take(HELD).for_each(drop);
    let before = resident_kb();
    let (mut number, mut spent, mut since) = (0usize, Duration::ZERO, 0usize);
    let (mut first, mut missed, mut copies) = (None, 0usize, 0usize);
    let mut marks: HashSet<usize> = [10_000, 100_000, 300_000, texts].into();
    for text in Corpus::new(2, HELD / 2) {
        let begun = Instant::now();
        let cut = Cut::of(&text.text);
        let found = take(&mut index, number, &text.text, &cut);
        index.settle(0);
        spent += begun.elapsed();
        since += 1;
        if copied((number, &text)).is_some() {
            copies += 1;
            missed += usize::from(found.is_none());
        }
        number += 1;
        let measured = number.checked_sub(SPAN_TEXTS);
        if measured.is_some_and(|at| marks.remove(&at)) {
            let each = spent.as_secs_f64() * 1e6 / since as f64;
            let first = *first.get_or_insert(each);
            println!(
                "with {:>8} texts: {each:>5.1} µs a text ({:.2}x the first), {} MB more in memory, {missed} of {copies} \
                 copies missed",
                number - SPAN_TEXTS,
                each / first,
                resident_kb().saturating_sub(before) / 1_000,
            );
        }
        if number.is_multiple_of(SPAN_TEXTS) {
            (spent, since) = (Duration::ZERO, 0);
        }
        if marks.is_empty() {
            return;
        }
    }
}

/// Resident memory of this process, in KB; 0 where the system does not say.
fn resident_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
