//! What an article recalls: logged and explained beside its news, never alerted. Each claim is filed under the event of
//! the ledger that has its day or place, else under one that only background tells of.

use crate::desk::claims::{Reading, Stated};
use crate::desk::ledger::Ledger;
use crate::desk::link::Candidate;
use crate::desk::model::{Article, DateSpan, Event, EventId, Step, Value, stable_id};
use crate::desk::packs::Storyline;
use crate::desk::pipeline::{Desk, telling};

/// The kind of an event that only background tells of. Linking looks for the kinds of frames, so it never finds one.
const KIND: &str = "background";

impl Desk<'_> {
    /// Logs the background claims of an article.
    pub(super) fn background(
        &mut self,
        ledger: &mut Ledger,
        article: &Article,
        reading: &Reading,
        recalled: &[Stated],
        storyline: &Storyline,
        source: &str,
    ) {
        if recalled.is_empty() {
            return;
        }
        let candidates = ledger.candidates();
        for stated in recalled {
            let (days, place) = told_of(stated, recalled);
            let event = known(days, place, &candidates).unwrap_or_else(|| {
                let event = self.recalled_event(article, stated, days, place, storyline);
                ledger.open(event.clone());
                if self.changes.events.iter().all(|known| known.id != event.id) {
                    self.changes.events.push(event.clone());
                }
                event.id
            });
            let claim = telling::claim(article, reading, stated, &event, storyline, source);
            let reason = format!("{} = {}: background: no news", claim.slot, claim.value);
            self.note(None, Some(&article.id), Step::Claims, reason);
            self.changes.claims.push(claim);
        }
    }

    /// An event of its own for what nothing in the ledger matches; the same day or place gives the same event.
    fn recalled_event(
        &self,
        article: &Article,
        stated: &Stated,
        days: Option<DateSpan>,
        place: Option<&str>,
        storyline: &Storyline,
    ) -> Event {
        let name = match (days, place) {
            (Some(days), _) => days.to_string(),
            (None, Some(place)) => place.to_owned(),
            (None, None) => format!("{} {}", article.id, stated.sentence),
        };
        Event {
            id: EventId::new(stable_id(&[KIND, storyline.id.as_str(), &name])),
            storyline: storyline.id.clone(),
            kind: KIND.to_owned(),
            track: None,
            follows: None,
            created: self.now,
            created_by: article.id.clone(),
        }
    }
}

/// The days and the place of the event that a claim recalls: its own, else the first that its sentence names.
fn told_of<'a>(stated: &'a Stated, all: &'a [Stated]) -> (Option<DateSpan>, Option<&'a str>) {
    let same =
        || std::iter::once(stated).chain(all.iter().filter(|s| s.sentence == stated.sentence));
    let days = same().find_map(|claim| match claim.value {
        Value::Date(days) => Some(days),
        _ => None,
    });
    let place = same().find_map(|claim| match &claim.value {
        Value::Id(id) if claim.slot.as_str() == "city" => Some(id.as_str()),
        _ => None,
    });
    (days, place)
}

/// The event of the ledger with those days, the narrowest first; without days, the latest at that place.
fn known(days: Option<DateSpan>, place: Option<&str>, candidates: &[Candidate]) -> Option<EventId> {
    let found = match (days, place) {
        (Some(days), _) => candidates
            .iter()
            .filter_map(|c| Some((c, c.date.filter(|known| known.overlaps(&days))?)))
            .min_by_key(|(_, known)| known.days())
            .map(|(c, _)| c),
        (None, Some(place)) => candidates.iter().rev().find(|c| c.city.as_deref() == Some(place)),
        (None, None) => None,
    };
    found.map(|candidate| candidate.id.clone())
}
