//! Gathering: when all ledgers of a batch are written, each of its articles finds its story, and those find another one
//! whose event has turned out to be another.

use std::collections::HashMap;

use crate::desk::claims;
use crate::desk::copies::Copy;
use crate::desk::model::{Article, ArticleId, EventId, Report, Step};
use crate::desk::normalise::Words;
use crate::desk::pipeline::desk::Desk;
use crate::desk::pipeline::{Rules, Stored};
use crate::desk::stories::{Advance, Incoming, Outcome, Portrait, Stories, WINDOW, Working};

/// Sentences that are kept of what a copy adds.
const ADDED_MAX: usize = 8;

impl Desk<'_> {
    /// Notes an article whose story is to be found.
    pub(super) fn expect_story(&mut self, article: &Article, portrait: &Portrait, copy: &Copy) {
        let added = match copy {
            Copy::Extended { added, .. } => added.iter().take(ADDED_MAX).cloned().collect(),
            _ => Vec::new(),
        };
        self.incoming.push(Incoming { added, ..incoming(article, portrait) });
    }

    /// Finds the stories of a batch.
    pub(super) fn gather(&mut self) -> Advance {
        let mut working = Working::new(&self.memory.stories);
        let new = std::mem::take(&mut self.incoming);
        for report in &self.changes.reports {
            if new.iter().all(|one| one.id != report.article) {
                working.relink(&report.article, event_in_focus(report));
            }
        }
        for mut incoming in new {
            let mut reports = self.changes.reports.iter();
            let of_it = |report: &&Report| report.article == incoming.id;
            incoming.event = reports.by_ref().filter(of_it).find_map(event_in_focus).cloned();
            let place = working.take(incoming);
            let reason = format!("in story {}: {}", place.story, place.why);
            self.note(None, Some(&place.article), Step::Stories, reason);
        }
        let Outcome { places, merges, advance } = working.finish();
        self.changes.places = places;
        self.changes.merges = merges;
        advance
    }
}

/// Rebuilds the stories from what is stored. Only the latest articles are read again: of the others it is known where they
/// stand and of which event they tell, and nothing more will be compared with them.
pub(super) fn restore(rules: &Rules, stored: &Stored) -> Stories {
    let mut stories = Stories::default();
    let articles: HashMap<&ArticleId, &Article> =
        stored.articles.iter().map(|article| (&article.id, article)).collect();
    let reports: HashMap<&ArticleId, &Report> =
        stored.reports.iter().map(|report| (&report.article, report)).collect();
    let latest = stored.articles.iter().map(|article| article.published.at).max();
    for place in &stored.places {
        let report = reports.get(&place.article).copied();
        let article = articles.get(&place.article).copied();
        let known = match (article, report) {
            (Some(article), _) => {
                let is_recent =
                    latest.is_some_and(|at| at.duration_since(article.published.at) <= WINDOW);
                let portrait =
                    if is_recent { portrait(rules, article) } else { Portrait::default() };
                incoming(article, &portrait)
            }
            (None, Some(report)) => Incoming {
                id: report.article.clone(),
                at: report.said_at,
                portrait: Portrait::default(),
                event: None,
                copy_of: None,
                added: Vec::new(),
            },
            (None, None) => continue,
        };
        let event = report.and_then(event_in_focus).cloned();
        let added = place.added.clone();
        stories.restore(Incoming { event, added, ..known }, place.story.clone());
    }
    stories
}

fn portrait(rules: &Rules, article: &Article) -> Portrait {
    let words = Words::of_article(article);
    let reading = claims::read(article, &words, &rules.packs);
    Portrait::of(article, &words, &reading, &rules.packs)
}

/// An article as the stories take it. A version stands where the version before it stands.
fn incoming(article: &Article, portrait: &Portrait) -> Incoming {
    Incoming {
        id: article.id.clone(),
        at: article.published.at,
        portrait: portrait.clone(),
        event: None,
        added: Vec::new(),
        copy_of: article.revision_of.clone().or_else(|| article.copy_of.clone()),
    }
}

/// The event that a report is about. One that it only promises or recalls makes no story of the two.
pub fn event_in_focus(report: &Report) -> Option<&EventId> {
    let focus = report.mentions.iter().find(|mention| mention.local == "focus")?;
    Some(&focus.event).filter(|event| !event.as_str().is_empty())
}
