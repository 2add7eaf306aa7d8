//! Names: when part of the log is folded once more, events keep the ids under which receivers know them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::ledger::event::EventState;
use crate::desk::ledger::fold::first_name;
use crate::desk::ledger::working::Working;
use crate::desk::ledger::{Entry, support};
use crate::desk::model::{ArticleId, Claim, EventId, Report, stable_id};

impl Working<'_> {
    /// Names the events from place `from` on, which the entries from `start` on have opened: each keeps the id by which
    /// most of its mentions and claims know it. `known` are the ids in use before, with the time since when; the mentions
    /// of `fresh` know no id yet. Reports and claims are brought in line.
    pub(super) fn name_events(
        &mut self,
        start: usize,
        from: usize,
        known: &HashMap<EventId, Timestamp>,
        fresh: Option<&ArticleId>,
    ) {
        if from < self.count && fresh.is_none_or(|_| start + 1 < self.len()) {
            let mut names: BTreeMap<usize, EventId> = BTreeMap::new();
            let mut given: BTreeSet<EventId> = BTreeSet::new();
            for (_, at, id) in self.votes(start, from, fresh) {
                let free = !given.contains(&id) && !self.is_used(from, &id);
                if free && !names.contains_key(&at) {
                    given.insert(id.clone());
                    names.insert(at, id);
                }
            }
            for at in from..self.count {
                let name = match names.remove(&at) {
                    Some(name) => name,
                    None => self.unused_name(from, at, &mut given),
                };
                self.rename(at, name, known);
            }
        }
        let skipped = start.saturating_sub(self.kept);
        for index in skipped..self.tail.len() {
            self.settle(index);
        }
    }

    /// How often the mentions and claims of an event know it by an id, most often first; ties by place and id.
    fn votes(
        &self,
        start: usize,
        from: usize,
        fresh: Option<&ArticleId>,
    ) -> Vec<(usize, usize, EventId)> {
        let mut counted: HashMap<(usize, &EventId), usize> = HashMap::new();
        for entry in (start..self.len()).map(|at| self.entry(at)) {
            if Some(&entry.report.article) == fresh {
                continue;
            }
            for (mention, at) in entry.report.mentions.iter().zip(&entry.placed) {
                if *at >= from {
                    let claims = entry.claims.iter().filter(|c| c.about == mention.local).count();
                    *counted.entry((*at, &mention.event)).or_default() += 1 + claims;
                }
            }
        }
        let mut votes: Vec<(usize, usize, EventId)> =
            counted.into_iter().map(|((at, id), count)| (count, at, id.clone())).collect();
        votes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        votes
    }

    /// The name that an event was opened with, or one derived from it when that is another event's by now.
    fn unused_name(&self, from: usize, at: usize, given: &mut BTreeSet<EventId>) -> EventId {
        let mut name = self.event(at).head.id.clone();
        while self.is_used(from, &name) || !given.insert(name.clone()) {
            name = EventId::new(stable_id(&["event again", name.as_str()]));
        }
        name
    }

    /// Whether an event before place `from` has an id.
    fn is_used(&self, from: usize, id: &EventId) -> bool {
        (0..from).any(|at| self.event(at).head.id == *id)
    }

    fn rename(&mut self, at: usize, name: EventId, known: &HashMap<EventId, Timestamp>) {
        let created = known.get(&name).copied();
        if let Some(state) = self.events.get_mut(&at) {
            let head = Arc::make_mut(&mut Arc::make_mut(state).head);
            head.created = created.unwrap_or(head.created);
            head.id = name;
        }
    }

    /// Writes into an entry of the tail which events its mentions are, and whose word its claims are.
    fn settle(&mut self, index: usize) {
        let entry = &self.tail[index];
        let ids: Vec<EventId> =
            entry.placed.iter().map(|at| self.event(*at).head.id.clone()).collect();
        let voice = self.voices.get(&entry.report.article).cloned();
        let terms = self.terms;
        let Entry { report, claims, unsaved, .. } = &mut self.tail[index];
        if report.mentions.iter().zip(&ids).any(|(mention, id)| mention.event != *id) {
            let mentions = &mut Arc::make_mut(report).mentions;
            for (mention, id) in mentions.iter_mut().zip(&ids) {
                mention.event.clone_from(id);
            }
            *unsaved = true;
        }
        for claim in claims {
            let mention = report.mentions.iter().position(|m| m.local == claim.about);
            let (Some(id), Some(voice)) = (mention.and_then(|at| ids.get(at)), &voice) else {
                continue;
            };
            let word = support::word(claim, voice, terms.houses, terms.gazetteer);
            let Some(origin) = word.origin.first() else { continue };
            if claim.event != *id || *claim.origin != **origin {
                let claim: &mut Claim = Arc::make_mut(claim);
                claim.event.clone_from(id);
                claim.origin = origin.to_string();
                *unsaved = true;
            }
        }
    }

    /// Notes which of the events that were known `before`, from place `from` on, no report tells of any more.
    pub(super) fn note_gone(&mut self, from: usize, before: &[Arc<EventState>]) {
        if before.len() <= from {
            return;
        }
        let named: BTreeSet<&EventId> =
            (from..self.count).map(|at| &self.event(at).head.id).collect();
        let lost = before[from..].iter().filter(|event| !named.contains(&event.head.id));
        let gone: Vec<_> = lost.map(|event| (event.clone(), self.successor(event))).collect();
        self.gone.extend(gone);
    }

    /// The event to which the article belongs now that a lost one was opened by.
    fn successor(&self, lost: &EventState) -> Option<EventId> {
        let opened = |report: &Report, local: &str| first_name(report, local) == lost.head.id;
        self.tail.iter().find_map(|entry| {
            if entry.report.article != lost.head.created_by {
                return None;
            }
            let mentions = entry.report.mentions.iter().zip(&entry.placed);
            let by_name = mentions.clone().find(|(m, _)| opened(&entry.report, &m.local));
            let (_, at) = by_name.or_else(|| mentions.clone().next())?;
            Some(self.event(*at).head.id.clone())
        })
    }
}
