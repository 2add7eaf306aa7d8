//! The fold: one report at the end of the log, linked and admitted.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use xxhash_rust::xxh3::xxh3_64;

use crate::desk::ledger::event::{EventState, Head};
use crate::desk::ledger::held::Saying;
use crate::desk::ledger::rollback::Unfolded;
use crate::desk::ledger::working::Working;
use crate::desk::ledger::{Entry, Reception, Voice, support};
use crate::desk::link::{self, Candidate, Placement};
use crate::desk::model::{Certainty, Claim, EventId, Modality, Report, Status, Value, stable_id};

/// The latest events among which linking looks: years of a lively storyline.
const CANDIDATES_MAX: usize = 128;

/// Days after which an event that nobody tells of any more is not looked at: thirteen months, so that a yearly round still
/// follows the one before.
const CANDIDATE_DAYS: i64 = 400;

impl Working<'_> {
    /// Folds one report at the end of the log. Returns its placements, and for each claim its event and what it did.
    pub(super) fn replay(
        &mut self,
        unfolded: Unfolded,
        now: Timestamp,
    ) -> (Vec<Placement>, Vec<(usize, Reception)>) {
        let Unfolded { report, mut claims, unsaved } = unfolded;
        claims.retain(|claim| report.mentions.iter().any(|mention| mention.local == claim.about));
        let voice = self.voice_of(&report);
        self.voices.insert(report.article.clone(), voice.clone());
        let background: Vec<bool> =
            report.mentions.iter().map(|m| is_background(&m.local, &claims)).collect();
        let placements = self.link(&report, &background);
        let mut undo = Vec::new();
        let mut placed = Vec::with_capacity(placements.len());
        for (mention, placement) in placements.iter().enumerate() {
            let how = (mention, background[mention]);
            placed.push(self.open(&report, how, placement, now, &mut undo));
        }
        let entry = xxh3_64(report.key.0.as_bytes());
        let new_plan: Vec<bool> = placed
            .iter()
            .zip(&report.mentions)
            .map(|(at, mention)| has_new_plan(self.event(*at), &mention.local, &claims))
            .collect();
        let mut receptions = Vec::with_capacity(claims.len());
        for claim in &claims {
            let mention = report.mentions.iter().position(|m| m.local == claim.about);
            let event = placed[mention.unwrap_or(0)];
            let of_plan = matches!(claim.slot.family(), "date" | "city" | "venue");
            let put_off =
                claims.iter().any(|other| is_put_off(other) && other.about == claim.about);
            let again = new_plan[mention.unwrap_or(0)];
            let rescheduled =
                of_plan && (put_off || again) || again && claim.slot.family() == "status";
            let reception = self.admit(event, claim, (entry, &voice, rescheduled));
            receptions.push((event, reception));
        }
        for (event, _) in &undo {
            if let Some(state) = self.events.get_mut(event) {
                Arc::make_mut(state).refresh();
            }
        }
        self.tail.push(Entry { report, claims, placed, undo: Some(undo), unsaved });
        (placements, receptions)
    }

    /// Whose text a report is: the agency's that it or a text that it copies credits, else that of the text that was told
    /// first among those that it copies, else its own. The text is known by the other names too, under which what it says
    /// may have been told already.
    fn voice_of(&self, report: &Report) -> Voice {
        let own = support::house(report, self.terms.houses);
        let is_agency = |name: &str| name.starts_with("agency:");
        let copied: Vec<&Voice> = report.same_as.iter().filter_map(|id| self.voice(id)).collect();
        let oldest = copied.iter().min_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
        let Some(oldest) = oldest else { return Voice::of(report.said_at, &own) };
        let credited = copied.iter().map(|voice| &voice.name).filter(|name| is_agency(name)).min();
        let credits = report.conveyor.is_some() || is_agency(&own);
        let name = if credits { &own } else { credited.unwrap_or(&oldest.name) };
        let mut also: Vec<Arc<str>> = copied
            .iter()
            .flat_map(|voice| std::iter::once(&voice.name).chain(&voice.also))
            .filter(|other| *other != name)
            .cloned()
            .collect();
        also.sort();
        also.dedup();
        Voice { since: oldest.since, name: name.clone(), also }
    }

    /// Which events the mentions of a report are.
    fn link(&self, report: &Report, background: &[bool]) -> Vec<Placement> {
        let oldest = report.day.saturating_sub(CANDIDATE_DAYS.days());
        let recent = (self.count.saturating_sub(CANDIDATES_MAX)..self.count)
            .map(|at| (at, self.event(at)))
            .filter(|(_, event)| event.last >= oldest);
        let candidates = |looked_back: bool| -> Vec<Candidate<'_>> {
            let seen = recent.clone().filter(|(_, event)| looked_back || !event.head.background);
            seen.map(|(at, event)| event.candidate(at)).collect()
        };
        let main = candidates(false);
        let all = if background.contains(&true) { candidates(true) } else { Vec::new() };
        let mut taken: Vec<(usize, EventId)> = Vec::new();
        let mut next = self.count;
        let mut placements = Vec::with_capacity(report.mentions.len());
        for (mention, looked_back) in report.mentions.iter().zip(background) {
            let candidates = if *looked_back { &all } else { &main };
            let placement =
                link::place(mention, candidates, &taken, report.day, self.terms.gazetteer);
            taken.push(match &placement {
                Placement::Known { at, event, .. } => (*at, event.clone()),
                Placement::New { .. } => {
                    next += 1;
                    (next - 1, first_name(report, &mention.local))
                }
            });
            placements.push(placement);
        }
        placements
    }

    /// The event of a mention, opened where it is new; its state is copied, so that it can be taken back.
    fn open(
        &mut self,
        report: &Report,
        (mention, background): (usize, bool),
        placement: &Placement,
        now: Timestamp,
        undo: &mut Vec<(usize, Option<Arc<EventState>>)>,
    ) -> usize {
        let mention = &report.mentions[mention];
        match placement {
            Placement::Known { at, .. } => {
                let before = self.event(*at).clone();
                let mut state = EventState::clone(&before);
                state.last = state.last.max(report.day);
                self.events.insert(*at, Arc::new(state));
                undo.push((*at, Some(before)));
                *at
            }
            Placement::New { follows } => {
                let head = Head {
                    id: first_name(report, &mention.local),
                    kind: mention.kind.clone(),
                    track: mention.track.clone(),
                    follows: follows.as_ref().map(|(at, _)| *at),
                    created: now,
                    created_by: report.article.clone(),
                    background,
                };
                let at = self.count;
                self.events.insert(at, Arc::new(EventState::new(head, report.day)));
                self.count += 1;
                undo.push((at, None));
                at
            }
        }
    }

    fn admit(
        &mut self,
        event: usize,
        claim: &Arc<Claim>,
        (entry, voice, rescheduled): (u64, &Voice, bool),
    ) -> Reception {
        let Some(rule) = self.terms.frame.rule(&claim.slot) else { return Reception::NoSuchSlot };
        let saying = Saying {
            claim,
            rule,
            entry,
            word: support::word(claim, voice, self.terms.houses, self.terms.gazetteer),
            parties: support::parties(claim, &self.parties, self.terms.gazetteer),
            rescheduled,
        };
        match self.events.get_mut(&event) {
            Some(state) => Arc::make_mut(state).admit(&saying, &self.terms),
            None => Reception::NoSuchSlot,
        }
    }
}

/// The id of an event that a report is the first to tell of.
pub(super) fn first_name(report: &Report, local: &str) -> EventId {
    let parts = ["event", report.storyline.as_str(), report.article.as_str(), local];
    EventId::new(stable_id(&parts))
}

/// Whether a report only looks back on one of its events.
fn is_background(local: &str, claims: &[Arc<Claim>]) -> bool {
    let mut about = claims.iter().filter(|claim| claim.about == local).peekable();
    about.peek().is_some() && about.all(|claim| claim.modality == Modality::Background)
}

/// Whether a report gives an event that was put off a day that nobody named before: the plan is a new one.
fn has_new_plan(event: &EventState, local: &str, claims: &[Arc<Claim>]) -> bool {
    event.value("status") == Some(&Value::Status(Status::Postponed))
        && claims.iter().any(|claim| {
            claim.about == local
                && matches!(claim.value, Value::Date(_))
                && !matches!(claim.certainty, Certainty::Hedged | Certainty::Denied)
                && event.held(&claim.slot, &claim.value).is_none()
        })
}

fn is_put_off(claim: &Claim) -> bool {
    claim.value == Value::Status(Status::Postponed)
        && !matches!(claim.certainty, Certainty::Hedged | Certainty::Denied)
}
