//! `marsad inspect stories`: which articles of a stream tell of one event, and why.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::json;

use crate::cli::article_files;
use crate::desk::claims;
use crate::desk::model::{ArticleId, Report, StoryPlace};
use crate::desk::normalise;
use crate::desk::pipeline::{Batch, Memory, Rules, event_in_focus, ingest};
use crate::desk::stories::{Incoming, Portrait, Stories, Working};

/// One line an article, in the order of the input. The whole stream is read before anything is printed: how rare a word
/// is shows only at its end, and until then a story may become part of another. Other than in the daemon, an article that
/// covers no storyline finds a story too.
pub(super) fn stories(files: &[PathBuf], rules: &Rules, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut memory = Memory::default();
    let mut stories = Stories::default();
    // Under which id an article is printed, and under which it is kept: a file may name two versions alike.
    let mut lines: Vec<(ArticleId, ArticleId)> = Vec::new();
    let mut stream: Vec<Incoming> = Vec::new();
    let mut reports: HashMap<ArticleId, Report> = HashMap::new();
    for draft in article_files::lines_or_files(files, None, &rules.packs)? {
        let now = draft.published.unwrap_or(Timestamp::UNIX_EPOCH);
        let (article, words) = normalise::article(&draft, &rules.packs, now);
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        let taken = changes.articles.first();
        let id = taken.map_or(&article.id, |taken| &taken.id).clone();
        lines.push((article.id.clone(), id.clone()));
        reports.extend(changes.reports.iter().map(|r| (r.article.clone(), r.clone())));
        memory.apply(rules, &changes);
        if stream.iter().any(|one| one.id == id) {
            continue;
        }
        let reading = claims::read(&article, &words, &rules.packs);
        let portrait = Portrait::of(&article, &words, &reading, &rules.packs);
        stories.expect(&portrait);
        let copy_of = taken.and_then(|a| a.revision_of.clone().or_else(|| a.copy_of.clone()));
        stream.push(Incoming {
            id,
            at: article.published.at,
            portrait,
            event: None,
            added: Vec::new(),
            copy_of,
        });
    }
    for mut incoming in stream {
        incoming.event = reports.get(&incoming.id).and_then(event_in_focus).cloned();
        let mut working = Working::new(&stories);
        working.take(incoming);
        let advance = working.finish().advance;
        stories.apply(&advance);
    }
    let places: HashMap<ArticleId, StoryPlace> =
        stories.places().map(|place| (place.article.clone(), place)).collect();
    for (given, id) in lines {
        let place = places.get(&id);
        let (story, why) = place.map(|place| (&place.story, &place.why)).unzip();
        writeln!(out, "{}", json!({"id": given, "story": story, "why": why}))?;
    }
    Ok(())
}
