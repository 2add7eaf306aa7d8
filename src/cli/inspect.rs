//! `marsad inspect`: what single steps make of their input. The same code as the daemon's.

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::cli::{article_files, recalled};
use crate::desk::claims;
use crate::desk::copies::Copy;
use crate::desk::dates::{self, Moment, Tense};
use crate::desk::model::{ArticleId, Claim, LanguageId};
use crate::desk::normalise;
use crate::desk::packs::Packs;
use crate::desk::pipeline::{Batch, Memory, Rules, ingest};
use crate::desk::{parse, watch};

/// One line an article: relevance, storyline, event and claims, with the time that each step took.
pub(super) fn claims(
    files: &[PathBuf],
    published: Option<Timestamp>,
    rules: &Rules,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut memory = Memory::default();
    for draft in article_files::lines_or_files(files, published, &rules.packs)? {
        let now = draft.published.unwrap_or_else(epoch);
        let begun = Instant::now();
        let (article, words) = normalise::article(&draft, &rules.packs, now);
        let reading = claims::read(&article, &words, &rules.packs);
        let read_us = micros(begun);
        let storyline = rules
            .packs
            .storylines
            .iter()
            .find(|s| watch::watch(&reading, &rules.packs, s).is_relevant());
        let begun = Instant::now();
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        let desk_us = micros(begun);
        let taken = changes.articles.first().map(|article| &article.id);
        let claims: Vec<&Claim> =
            changes.claims.iter().filter(|claim| Some(&claim.article) == taken).collect();
        let begun = Instant::now();
        let told = recalled::beside(&article, &reading, rules, storyline);
        let beside_us = micros(begun);
        let line = json!({
            "id": article.id,
            "relevant": storyline.is_some(),
            "storyline": storyline.map(|s| &s.id),
            "event": claims.first().map(|c| &c.event),
            "claims": claims.into_iter().map(printed).chain(told).collect::<Vec<_>>(),
            "timings_us": {"read": read_us, "desk": desk_us, "background": beside_us},
        });
        writeln!(out, "{line}")?;
        memory.apply(rules, &changes);
    }
    Ok(())
}

fn epoch() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A claim as the contract prints it.
fn printed(claim: &Claim) -> Json {
    json!({
        "event": claim.event,
        "slot": claim.slot,
        "value": claim.value.to_string(),
        "certainty": claim.certainty,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "article": claim.article,
        "sentence": claim.sentence,
        "evidence": claim.evidence,
    })
}

#[derive(Deserialize)]
struct Phrase {
    text: String,
    #[serde(rename = "ref")]
    reference: String,
    lang: String,
}

/// The time expressions of phrases.
pub(super) fn dates(rules: &Rules, out: &mut dyn Write) -> anyhow::Result<()> {
    for (index, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let phrase: Phrase = serde_json::from_str(&line)
            .with_context(|| format!("standard input:{}: not a phrase", index + 1))?;
        let found = found(&phrase, &rules.packs)
            .with_context(|| format!("standard input:{}", index + 1))?;
        writeln!(out, "{}", json!({"text": phrase.text, "found": found}))?;
    }
    Ok(())
}

fn found(phrase: &Phrase, packs: &Packs) -> anyhow::Result<Vec<Json>> {
    let id = LanguageId::new(phrase.lang.as_str());
    let (Some(language), Some(lexicon)) = (packs.language(&id), packs.lexicon(&id)) else {
        return Ok(Vec::new());
    };
    let (day, moment) =
        reference(&phrase.reference).with_context(|| format!("`ref` is `{}`", phrase.reference))?;
    let tokens = normalise::tokens(&phrase.text);
    let hits = lexicon.find(language, &tokens);
    let context = dates::Context {
        text: &phrase.text,
        tokens: &tokens,
        hits: &hits,
        day,
        order: language.order,
    };
    let times = dates::read(&context, moment, &|_| Tense::Unknown);
    let shown = times.iter().map(|time| {
        let (start, end) = (tokens[time.first].start, tokens[time.last].end);
        json!({
            "start": start, "end": end, "text": &phrase.text[start..end], "type": time.kind,
            "value": time.value, "mod": time.modifier, "lo": time.lo, "hi": time.hi,
            "why": format!("{}: {}", time.anchor, time.rule),
        })
    });
    Ok(shown.collect())
}

/// The day and time at the writer's: the offset counts, since it tells which day it is there.
fn reference(text: &str) -> Option<(jiff::civil::Date, Moment)> {
    let day = text.get(..10)?.parse().ok()?;
    let time = text.get(11..19).and_then(|time| time.parse().ok());
    let at: Option<Timestamp> = text.parse().ok();
    let local = text.get(..19).and_then(|local| local.parse::<jiff::civil::DateTime>().ok());
    // The offset is the difference between the local time as written and the same moment in Greenwich.
    let offset = at.zip(local).and_then(|(at, local)| {
        let greenwich = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        i32::try_from((greenwich.as_second() - at.as_second()) / 60).ok()
    });
    Some((day, Moment { time, offset_minutes: offset }))
}

/// Entries of feeds. A hopeless feed is a line with an error, and no failure of the run.
pub(super) fn feed(files: &[PathBuf], out: &mut dyn Write) -> anyhow::Result<()> {
    let limits = parse::Limits::default();
    let mut print = |name: &str, bytes: &[u8]| -> anyhow::Result<()> {
        let parsed = parse::read(bytes, None, &format!("file://{name}"), &limits);
        writeln!(out, "{}", parse::report(name, &parsed))?;
        Ok(())
    };
    if files.is_empty() {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return print("-", &bytes);
    }
    for file in files {
        print(&file.display().to_string(), &article_files::read_bytes(file)?)?;
    }
    Ok(())
}

/// Which articles copy which. A later version of an article is no copy of the earlier one.
pub(super) fn copies(files: &[PathBuf], rules: &Rules, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut memory = Memory::default();
    for draft in article_files::lines_or_files(files, None, &rules.packs)? {
        let now = draft.published.unwrap_or_else(epoch);
        let id = draft.id.clone().unwrap_or_else(|| ArticleId::new("?"));
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        let (Some(article), Some(copy)) = (changes.articles.first(), changes.copies.first()) else {
            let why = "nothing has changed in it since it was seen";
            writeln!(out, "{}", json!({"id": id, "copy_of": null, "similarity": 0.0, "why": why}))?;
            continue;
        };
        let why = match &article.revision_of {
            Some(before) => format!("a version of {before}"),
            None => copy.to_string(),
        };
        let mut line = json!({
            "id": article.id, "copy_of": copy.of(), "similarity": copy.similarity(), "why": why,
        });
        match copy {
            Copy::Extended { added, .. } => line["added"] = json!(added),
            Copy::Shortened { dropped, .. } => line["dropped"] = json!(dropped),
            _ => {}
        }
        writeln!(out, "{line}")?;
        memory.apply(rules, &changes);
    }
    Ok(())
}
