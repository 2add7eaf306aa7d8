//! A value of a slot with who says so, and the claim that is compared with it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::ledger::origins::Origins;
use crate::desk::ledger::support::{self, Word};
use crate::desk::model::{Certainty, Claim, Conflict, FactState, Support, SupportLevel, Value};
use crate::desk::packs::SlotRule;

/// Claims that are kept with a value: the first of each origin, and no more than this.
const CLAIMS_MAX: usize = 24;

/// A claim with what the fold knows of it.
pub(super) struct Saying<'a> {
    /// The claim.
    pub claim: &'a Arc<Claim>,
    /// The rule of its slot.
    pub rule: &'a SlotRule,
    /// A hash of the entry whose version states it.
    pub entry: u64,
    /// Whose word it is.
    pub word: Word,
    /// The parties of the event that its speaker speaks for.
    pub parties: Vec<&'a Arc<str>>,
    /// Whether its article says that the event is put off.
    pub rescheduled: bool,
}

/// One value with who says so.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub value: Value,
    pub state: FactState,
    pub conflict: Option<Conflict>,
    /// Whether nobody has said more than that it is to come.
    pub expected: bool,
    pub since: Timestamp,
    /// The claim that said so last.
    pub last: Arc<Claim>,
    pub claims: Vec<Arc<Claim>>,
    pub articles: Vec<u64>,
    pub origins: Origins,
    pub voices: Origins,
    pub parties: Vec<Arc<str>>,
}

impl Held {
    pub(super) fn of(saying: &Saying<'_>) -> Self {
        let mut held = Self {
            value: saying.claim.value.clone(),
            state: FactState::Current,
            conflict: None,
            expected: true,
            since: saying.claim.said_at,
            last: saying.claim.clone(),
            claims: Vec::new(),
            articles: Vec::new(),
            origins: Origins::default(),
            voices: Origins::default(),
            parties: Vec::new(),
        };
        held.add(saying);
        held
    }

    /// Takes in one who says so too.
    pub(super) fn add(&mut self, saying: &Saying<'_>) {
        let new_origin = self.origins.add(&saying.word.origin);
        let new_voice = self.voices.add(&saying.word.voice);
        if (new_origin || new_voice) && self.claims.len() < CLAIMS_MAX {
            self.claims.push(saying.claim.clone());
        }
        for party in &saying.parties {
            if !self.parties.contains(party) {
                self.parties.push(Arc::clone(party));
            }
        }
        self.last = saying.claim.clone();
        self.expected &= saying.claim.certainty == Certainty::Expected;
        self.count(saying);
    }

    /// Counts an article that does not contradict the value.
    pub(super) fn count(&mut self, saying: &Saying<'_>) {
        if !self.articles.contains(&saying.entry) {
            self.articles.push(saying.entry);
        }
    }

    /// Whether the article of a claim says so as well.
    pub(super) fn is_said_beside(&self, claim: &Claim) -> bool {
        self.last.article == claim.article
    }

    pub(super) fn is_live(&self) -> bool {
        matches!(self.state, FactState::Current | FactState::Disputed)
    }

    pub(super) fn dispute(&mut self, conflict: Conflict) {
        self.state = FactState::Disputed;
        self.conflict = Some(conflict);
    }

    pub(super) fn settle(&mut self, state: FactState) {
        self.state = state;
        self.conflict = None;
    }

    pub(super) fn level(&self) -> SupportLevel {
        let (origins, voices) = (self.origins.independent(), self.voices.independent());
        support::level(origins.len(), voices.len(), self.parties.len())
    }

    pub(super) fn support(&self) -> Support {
        Support {
            level: self.level(),
            origins: self.origins.independent().iter().map(ToString::to_string).collect(),
            articles: self.articles.len(),
        }
    }
}
