//! Gathering: when all ledgers of a batch are written, each of its articles finds its story, and those find another one
//! whose event has turned out to be another.

use crate::desk::model::{Article, EventId, Report, Step};
use crate::desk::pipeline::desk::Desk;
use crate::desk::stories::{Advance, Incoming, Outcome, Sketch, Working};

impl Desk<'_> {
    /// Notes an article whose story is to be found.
    pub(super) fn expect_story(&mut self, article: &Article, sketch: &Sketch) {
        self.incoming.push(incoming(article, sketch));
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

/// An article as the stories take it. A version stands where the version before it stands.
pub(super) fn incoming(article: &Article, sketch: &Sketch) -> Incoming {
    Incoming {
        id: article.id.clone(),
        at: article.published.at,
        sketch: sketch.clone(),
        event: None,
        copy_of: article.revision_of.clone().or_else(|| article.copy_of.clone()),
    }
}

/// The event that a report is about. One that it only promises or recalls makes no story of the two.
pub fn event_in_focus(report: &Report) -> Option<&EventId> {
    let focus = report.mentions.iter().find(|mention| mention.local == "focus")?;
    Some(&focus.event).filter(|event| !event.as_str().is_empty())
}
