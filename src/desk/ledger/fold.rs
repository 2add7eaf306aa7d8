//! The fold: appends a report, or rolls back to its place and folds what follows once more.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use xxhash_rust::xxh3::xxh3_64;

use crate::desk::ledger::event::{EventState, Head};
use crate::desk::ledger::slot::Saying;
use crate::desk::ledger::{Entry, Ledger, Reception, Terms, Voice, support};
use crate::desk::link::{self, Candidate, Placement};
use crate::desk::model::{
    ArticleId, Certainty, Claim, EventId, Report, Slot, Status, Support, SupportLevel, Value,
    stable_id,
};

/// The latest events among which linking looks: several years of a lively storyline.
const CANDIDATES_MAX: usize = 256;

/// Days after which an event that nobody tells of any more is not looked at: thirteen months, so that a yearly round still
/// follows the one before.
const CANDIDATE_DAYS: i64 = 400;

/// A ledger as a batch leaves it: the one it began with, and what has changed since.
#[derive(Debug)]
pub struct Working<'a> {
    pub(super) base: &'a Ledger,
    pub(super) terms: Terms<'a>,
    /// Entries of the base that stand.
    pub(super) kept: usize,
    /// Entries behind them.
    pub(super) tail: Vec<Entry>,
    /// Events that differ from those of the base.
    pub(super) events: BTreeMap<usize, Arc<EventState>>,
    /// The number of events.
    pub(super) count: usize,
    pub(super) voices: HashMap<ArticleId, Voice>,
    /// Events that receivers know and that no report tells of any more: their last state, and what they are now.
    pub(super) gone: Vec<(Arc<EventState>, Option<EventId>)>,
    pub(super) parties: Vec<Arc<str>>,
}

/// A report that is to be folded.
#[derive(Clone, Debug)]
pub(super) struct Unfolded {
    pub report: Arc<Report>,
    pub claims: Vec<Arc<Claim>>,
    pub unsaved: bool,
}

/// What came of one report.
#[derive(Debug)]
pub struct Taken {
    /// Reports that were made later and had arrived before.
    pub late_by: usize,
    /// For each mention, the event that it is, and why.
    pub placements: Vec<Placement>,
    /// For each claim, what it did.
    pub told: Vec<Told>,
}

/// What came of one claim.
#[derive(Clone, Debug)]
pub struct Told {
    /// The claim, linked.
    pub claim: Arc<Claim>,
    /// The place of its event.
    pub event: usize,
    /// What it did to what is known.
    pub reception: Reception,
}

/// The order of the log: when the claims were made; ties by entry, version and article, which no arrival changes.
pub(super) fn order(report: &Report) -> (Timestamp, &str, u32, &ArticleId) {
    (report.said_at, &report.key.0, report.version, &report.article)
}

impl<'a> Working<'a> {
    /// Begins with a ledger as it is.
    pub fn new(base: &'a Ledger, terms: Terms<'a>) -> Self {
        Self {
            base,
            terms,
            kept: base.log.len(),
            tail: Vec::new(),
            events: BTreeMap::new(),
            count: base.events.len(),
            voices: HashMap::new(),
            gone: Vec::new(),
            parties: terms.parties.iter().map(|party| Arc::from(party.as_str())).collect(),
        }
    }

    /// Takes in a report and its claims. Each claim is about one of the report's mentions; others are left out.
    pub fn take(&mut self, mut report: Report, claims: Vec<Claim>, now: Timestamp) -> Taken {
        let at = self.place_of(&report);
        let late_by = self.len() - at;
        let before: Vec<Arc<EventState>> = match late_by {
            0 => Vec::new(),
            _ => (0..self.count).map(|at| self.event(at).clone()).collect(),
        };
        let mut earlier = self.roll_back(at);
        let (start, from) = (self.len(), self.count);
        // Where the log was rolled back to its beginning, what stands before the report comes first again.
        let first = earlier.iter().take_while(|one| order(&one.report) < order(&report)).count();
        let mut later = earlier.split_off(first);
        join_copies(&mut report, &mut later);
        report.same_as.retain(|id| self.knows(id));
        let article = report.article.clone();
        let claims = claims.into_iter().map(Arc::new).collect();
        let fresh = Unfolded { report: Arc::new(report), claims, unsaved: true };
        for one in earlier {
            self.replay(one, now);
        }
        let (placements, receptions) = self.replay(fresh, now);
        let fresh = self.tail.len() - 1;
        for one in later {
            self.replay(one, now);
        }
        let known =
            before.iter().map(|event| (event.head.id.clone(), event.head.created)).collect();
        self.name_events(start, from, &known, Some(&article));
        self.note_gone(from, &before);
        let mut told = self.told(fresh, receptions);
        if late_by > 0 {
            for told in &mut told {
                told.reception = self.as_news(told, &before);
            }
        }
        Taken { late_by, placements, told }
    }

    fn told(&self, entry: usize, receptions: Vec<(usize, Reception)>) -> Vec<Told> {
        let claims = &self.tail[entry].claims;
        let told = claims.iter().zip(receptions);
        told.map(|(claim, (event, reception))| Told { claim: claim.clone(), event, reception })
            .collect()
    }

    /// The number of entries.
    pub(super) fn len(&self) -> usize {
        self.kept + self.tail.len()
    }

    pub(super) fn entry(&self, at: usize) -> &Entry {
        if at < self.kept { &self.base.log[at] } else { &self.tail[at - self.kept] }
    }

    pub(super) fn event(&self, at: usize) -> &Arc<EventState> {
        self.events.get(&at).unwrap_or_else(|| &self.base.events[at])
    }

    fn voice(&self, article: &ArticleId) -> Option<&Voice> {
        self.voices.get(article).or_else(|| self.base.voices.get(article))
    }

    /// Whether the log holds an article version.
    pub fn knows(&self, article: &ArticleId) -> bool {
        self.voice(article).is_some()
    }

    /// Where a report belongs; it is looked for from the end, where it nearly always is.
    fn place_of(&self, report: &Report) -> usize {
        let mut at = self.len();
        while at > 0 && order(&self.entry(at - 1).report) > order(report) {
            at -= 1;
        }
        at
    }

    /// Takes back the entries from `at` on, or all where the older ones can no longer be taken back.
    fn roll_back(&mut self, at: usize) -> Vec<Unfolded> {
        let mut taken = Vec::new();
        let fixed = (at..self.len()).any(|index| self.entry(index).undo.is_none());
        if fixed {
            taken.extend(self.tail.drain(..).rev().map(Entry::into_unfolded));
            let older = self.base.log[..self.kept].iter().rev();
            taken.extend(older.map(|entry| entry.clone().into_unfolded()));
            self.events.clear();
            (self.kept, self.count) = (0, 0);
        }
        while self.len() > at {
            let entry = match self.tail.pop() {
                Some(entry) => entry,
                None => {
                    self.kept -= 1;
                    self.base.log[self.kept].clone()
                }
            };
            for (event, before) in entry.undo.iter().flatten().rev() {
                match before {
                    Some(before) => self.restore(*event, before),
                    None => {
                        self.events.remove(event);
                        self.count -= 1;
                    }
                }
            }
            taken.push(entry.into_unfolded());
        }
        taken.reverse();
        taken
    }

    /// Puts an event back as it was; it keeps the name that it has got since.
    fn restore(&mut self, event: usize, before: &Arc<EventState>) {
        let head = self.event(event).head.clone();
        let mut state = before.clone();
        if !Arc::ptr_eq(&state.head, &head) {
            Arc::make_mut(&mut state).head = head;
        }
        self.events.insert(event, state);
    }

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
        let placements = self.link(&report);
        let mut undo = Vec::new();
        let mut placed = Vec::with_capacity(placements.len());
        for (mention, placement) in placements.iter().enumerate() {
            placed.push(self.open(&report, mention, placement, now, &mut undo));
        }
        let entry = xxh3_64(report.key.0.as_bytes());
        let mut receptions = Vec::with_capacity(claims.len());
        for claim in &claims {
            let mention = report.mentions.iter().position(|m| m.local == claim.about);
            let event = placed[mention.unwrap_or(0)];
            let put_off =
                claims.iter().any(|other| is_put_off(other) && other.about == claim.about);
            let rescheduled = put_off && matches!(claim.slot.family(), "date" | "city" | "venue");
            let reception = self.admit(event, claim, (entry, &voice.name, rescheduled));
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

    /// The text that a report copies, or its own: of several, the one that was told first.
    fn voice_of(&self, report: &Report) -> Voice {
        let copied = report.same_as.iter().filter_map(|id| self.voice(id));
        let oldest = copied.min_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
        oldest.cloned().unwrap_or_else(|| Voice {
            since: report.said_at,
            name: support::voice(&report.source),
        })
    }

    /// Which events the mentions of a report are.
    fn link(&self, report: &Report) -> Vec<Placement> {
        let oldest = report.day.saturating_sub(CANDIDATE_DAYS.days());
        let candidates: Vec<Candidate<'_>> = (self.count.saturating_sub(CANDIDATES_MAX)
            ..self.count)
            .map(|at| (at, self.event(at)))
            .filter(|(_, event)| event.last >= oldest)
            .map(|(at, event)| event.candidate(at))
            .collect();
        let mut taken: Vec<(usize, EventId)> = Vec::new();
        let mut next = self.count;
        let mut placements = Vec::with_capacity(report.mentions.len());
        for mention in &report.mentions {
            let placement =
                link::place(mention, &candidates, &taken, report.day, self.terms.gazetteer);
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
        mention: usize,
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
        (entry, voice, rescheduled): (u64, &Arc<str>, bool),
    ) -> Reception {
        let Some(rule) = self.terms.frame.rule(&claim.slot) else { return Reception::NoSuchSlot };
        let saying = Saying {
            claim,
            rule,
            entry,
            origin: support::origin(claim, voice),
            voice: voice.clone(),
            parties: support::parties(claim, &self.parties, self.terms.gazetteer),
            rescheduled,
        };
        match self.events.get_mut(&event) {
            Some(state) => Arc::make_mut(state).admit(&saying, &self.terms),
            None => Reception::NoSuchSlot,
        }
    }

    /// The value of a slot that stands.
    pub fn value(&self, event: usize, slot: &str) -> Option<&Value> {
        self.event(event).value(slot)
    }

    /// The id of an event, and of the one that it continues.
    pub fn ids(&self, event: usize) -> (EventId, Option<EventId>) {
        let head = &self.event(event).head;
        (head.id.clone(), head.follows.map(|at| self.event(at).head.id.clone()))
    }

    /// Who supports a value.
    pub fn support(&self, event: usize, slot: &Slot, value: &Value) -> Support {
        match self.event(event).held(slot, value) {
            Some(held) => held.support(),
            None => Support { level: SupportLevel::Single, origins: Vec::new(), articles: 0 },
        }
    }
}

/// An edge between two equal texts stands at the one that was told later.
fn join_copies(report: &mut Report, later: &mut [Unfolded]) {
    for other in later {
        if let Some(at) = report.same_as.iter().position(|id| *id == other.report.article) {
            report.same_as.swap_remove(at);
            Arc::make_mut(&mut other.report).same_as.push(report.article.clone());
            other.unsaved = true;
        }
    }
}

/// The id of an event that a report is the first to tell of.
pub(super) fn first_name(report: &Report, local: &str) -> EventId {
    let parts = ["event", report.storyline.as_str(), report.article.as_str(), local];
    EventId::new(stable_id(&parts))
}

fn is_put_off(claim: &Claim) -> bool {
    claim.value == Value::Status(Status::Postponed)
        && !matches!(claim.certainty, Certainty::Hedged | Certainty::Denied)
}

impl Entry {
    fn into_unfolded(self) -> Unfolded {
        Unfolded { report: self.report, claims: self.claims, unsaved: self.unsaved }
    }
}
