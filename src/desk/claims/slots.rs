//! Slots: runs the patterns of the frame over every sentence and takes what they say of the event that each clause is
//! about. Which slots there are, and by which words, stands in the packs; here stand only what a pattern cannot say:
//! status, date and place of the focus, which are chosen over the whole lead, and how sure a sentence is.

use crate::desk::claims::focus::{Focus, Local, LocalEvent, Role, hedged, negated, track};
use crate::desk::claims::names::unlisted;
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::claims::scope::Scope;
use crate::desk::claims::values::{Ground, scene};
use crate::desk::claims::{Stated, Stating, speaker};
use crate::desk::model::{Certainty, Slot, Status, Value};
use crate::desk::packs::{Storyline, Tag};
use crate::desk::patterns::{About, Contender, Match, Place, Unless, settle};

/// What one action of a match says.
struct Saying {
    about: Local,
    slot: Slot,
    value: Value,
    tokens: (usize, usize),
    withdrawn: bool,
}

pub(super) struct Taker<'a> {
    reading: &'a Reading,
    focus: &'a Focus,
    ground: Ground<'a>,
    speakers: Vec<Option<String>>,
    out: Vec<Stated>,
}

/// Takes all claims.
pub(super) fn take(
    reading: &Reading,
    focus: &Focus,
    scopes: &[Vec<Scope>],
    ground: Ground<'_>,
    storyline: &Storyline,
) -> Stating {
    let mut taker = Taker::new(reading, focus, ground);
    taker.focus_claims();
    for (index, scopes) in scopes.iter().enumerate() {
        taker.sentence(index, scopes);
    }
    taker.finish(storyline)
}

impl<'a> Taker<'a> {
    pub(super) fn new(reading: &'a Reading, focus: &'a Focus, ground: Ground<'a>) -> Self {
        let speakers = speaker::of_sentences(reading);
        Self { reading, focus, ground, speakers, out: Vec::new() }
    }

    /// What the patterns say, before anything is left out.
    pub(super) fn stated(self) -> Vec<Stated> {
        self.out
    }

    /// Takes what the patterns find in one sentence.
    pub(super) fn sentence(&mut self, index: usize, scopes: &[Scope]) {
        let sentence = &self.reading.sentences[index];
        if scopes.iter().all(|scope| matches!(scope, Scope::Aside(_))) {
            return;
        }
        let fits = self.ground.filter(sentence);
        let names = unlisted(sentence);
        let scene = scene(sentence, self.reading.day, &names, &fits);
        let found = self.ground.patterns.find(self.ground.frame, &self.reading.language, &scene);
        let contenders: Vec<Contender<'_, Option<Saying>>> =
            found.iter().flat_map(|found| self.contenders(index, found, scopes)).collect();
        let spoken: Vec<(Saying, Vec<String>)> = settle(contenders)
            .into_iter()
            .filter_map(|c| c.said.map(|said| (said, c.found.explain(&scene))))
            .collect();
        for (saying, why) in spoken {
            if saying.withdrawn {
                self.withdraw(index, saying, why);
            } else {
                self.say(saying.about, saying.slot, saying.value, (index, saying.tokens), why);
            }
        }
    }

    /// What a match would say, when the rule's conditions hold.
    fn contenders<'m>(
        &self,
        index: usize,
        found: &'m Match<'m>,
        scopes: &[Scope],
    ) -> Vec<Contender<'m, Option<Saying>>> {
        let sentence = &self.reading.sentences[index];
        let rule = found.rule;
        let (about, local) = match scopes.get(found.clause) {
            Some(Scope::About(Local::Focus)) => (About::Focus, Local::Focus),
            Some(Scope::About(Local::Next)) => (About::Next, Local::Next),
            Some(Scope::About(Local::Summit)) => (About::Summit, Local::Summit),
            Some(Scope::Correction) => (About::Correction, Local::Focus),
            _ => return Vec::new(),
        };
        let status = match local {
            Local::Focus => self.focus.event.status,
            // What is promised is to come, whatever else is known of it.
            _ => Some(Status::Announced),
        };
        let stands = match &rule.when {
            None => true,
            Some(statuses) => status.is_some_and(|status| statuses.contains(&status)),
        };
        let placed = match rule.place {
            Place::Both => true,
            Place::Title => sentence.in_title,
            Place::Text => !sentence.in_title,
        };
        let silenced = rule.unless.iter().any(|unless| silences(*unless, sentence, found));
        if !rule.about.contains(&about) || !stands || !placed || silenced {
            return Vec::new();
        }
        let speaker = self.speakers[index].as_deref();
        let city = self.focus.event.city.as_deref();
        rule.actions
            .iter()
            .filter_map(|action| {
                let spoken = self.ground.spoken(sentence, found, action, speaker, city)?;
                let said = spoken.map(|(slot, value, tokens)| Saying {
                    about: local,
                    slot,
                    value,
                    tokens,
                    withdrawn: about == About::Correction,
                });
                let slot = said.as_ref().map(|said| said.slot.to_string());
                Some(Contender { found, action, about, slot, said })
            })
            .collect()
    }

    fn say(
        &mut self,
        about: Local,
        slot: Slot,
        value: Value,
        (index, (first, last)): (usize, (usize, usize)),
        why: Vec<String>,
    ) {
        let sentence = &self.reading.sentences[index];
        let certainty = self.certainty(about, &slot, index, first);
        let known = |c: &Stated| c.about == about && c.slot == slot && c.value == value;
        if let Some(before) = self.out.iter_mut().find(|claim| known(claim)) {
            // Said again with more certainty, it counts as said so.
            if certainty < before.certainty && certainty != Certainty::Denied {
                before.certainty = certainty;
            }
            return;
        }
        self.out.push(Stated {
            about,
            slot,
            value,
            certainty,
            speaker: self.speakers[index].clone(),
            sentence: index,
            evidence: sentence.span(first, last),
            why,
        });
    }

    /// "An earlier version wrongly gave …": the value is withdrawn, by nobody but the publisher.
    fn withdraw(&mut self, index: usize, saying: Saying, why: Vec<String>) {
        let (first, last) = saying.tokens;
        self.out.push(Stated {
            about: saying.about,
            slot: saying.slot,
            value: saying.value,
            certainty: Certainty::Denied,
            speaker: None,
            sentence: index,
            evidence: self.reading.sentences[index].span(first, last),
            why: std::iter::once("withdrawn by a correction".to_owned()).chain(why).collect(),
        });
    }

    fn certainty(&self, about: Local, slot: &Slot, index: usize, at: usize) -> Certainty {
        let sentence = &self.reading.sentences[index];
        let status = self.focus.event.status;
        let denied =
            about == Local::Focus && status == Some(Status::Denied) && slot.as_str() != "status";
        let ahead = match about {
            Local::Focus => matches!(
                status,
                Some(Status::Announced | Status::Scheduled | Status::Proposed | Status::Rumoured)
            ),
            Local::Next | Local::Summit => true,
            Local::Past => false,
        };
        match () {
            () if denied => Certainty::Denied,
            () if hedged(sentence, at) => Certainty::Hedged,
            () if ahead || sentence.clause_has(sentence.clause[at], Tag::Future) => {
                Certainty::Expected
            }
            () if self.speakers[index].is_some() => Certainty::Attributed,
            () => Certainty::Asserted,
        }
    }

    /// Status, date and place of the focus, as the lead gave them.
    fn focus_claims(&mut self) {
        let focus = self.focus;
        let slot = |name: &str| Slot::new(name);
        if let (Some(status), Some((index, first, last))) = (focus.event.status, focus.status_at) {
            let why = format!("status from the lead: {}", status.as_str());
            let value = Value::Status(status);
            self.say(Local::Focus, slot("status"), value, (index, (first, last)), vec![why]);
        }
        if let (Some(days), Some((index, number))) = (focus.event.date, focus.date_at) {
            let time = &self.reading.sentences[index].times[number];
            let why = format!("date beside the meeting, {}", time.anchor);
            let at = (index, (time.first, time.last));
            self.say(Local::Focus, slot("date"), Value::Date(days), at, vec![why]);
            if focus.event.status.is_some() && focus.status_at.is_none() {
                let status = focus.event.status.unwrap_or(Status::Scheduled);
                let why = vec!["a day is named".to_owned()];
                self.say(Local::Focus, slot("status"), Value::Status(status), at, why);
            }
        }
        if let Some(site) = &focus.site {
            let value = Value::Id(site.id.clone());
            let why = vec!["place beside the meeting".to_owned()];
            self.say(Local::Focus, slot("city"), value, (site.sentence, site.tokens), why);
        }
    }

    /// What is promised for a day is scheduled.
    fn schedule(&mut self) {
        for local in [Local::Next, Local::Summit] {
            let is_day = |c: &&Stated| {
                c.about == local
                    && c.certainty != Certainty::Hedged
                    && matches!(c.value, Value::Date(days) if days.days() == 1)
            };
            let Some(evidence) = self.out.iter().find(is_day).map(|c| c.evidence) else { continue };
            let open = Value::Status(Status::Announced);
            let status = self.out.iter_mut().find(|c| c.about == local && c.value == open);
            if let Some(status) = status {
                status.value = Value::Status(Status::Scheduled);
                status.why.push(format!("scheduled, for a day is named at {}", evidence.0));
            }
        }
    }

    /// What has no date yet has been promised, though no word says so.
    fn announce(&mut self) {
        for local in [Local::Next, Local::Summit] {
            let has =
                |slot: &str| self.out.iter().find(|c| c.about == local && c.slot.as_str() == slot);
            let undated = has("date").filter(|c| c.value == Value::Unset);
            if let (Some(undated), None) = (undated, has("status")) {
                let why = std::iter::once("announced, for its date is not set".to_owned());
                let announced = Stated {
                    slot: Slot::new("status"),
                    value: Value::Status(Status::Announced),
                    why: why.chain(undated.why.iter().cloned()).collect(),
                    ..undated.clone()
                };
                self.out.push(announced);
            }
        }
    }

    fn finish(mut self, storyline: &Storyline) -> Stating {
        self.schedule();
        self.announce();
        // What has a value is not unset as well: the value is what an editor needs.
        let known: Vec<(Local, Slot)> = self
            .out
            .iter()
            .filter(|c| c.value != Value::Unset && c.certainty != Certainty::Hedged)
            .map(|c| (c.about, c.slot.clone()))
            .collect();
        self.out.retain(|c| c.value != Value::Unset || !known.contains(&(c.about, c.slot.clone())));
        let mut events = Vec::new();
        // Of a call that is the news nothing is claimed, and no event is opened.
        if self.out.iter().any(|claim| claim.about == Local::Focus) {
            events.push(self.focus.event.clone());
        }
        for local in [Local::Next, Local::Summit] {
            if self.out.iter().any(|claim| claim.about == local) {
                events.push(self.promised(local, storyline));
            }
        }
        Stating { events, claims: self.out, background: Vec::new() }
    }

    fn promised(&self, local: Local, storyline: &Storyline) -> LocalEvent {
        let of = |slot: &str| {
            self.out.iter().find(|c| c.about == local && c.slot.as_str() == slot).map(|c| &c.value)
        };
        let date = match of("date") {
            Some(Value::Date(days)) => Some(*days),
            _ => None,
        };
        let sentences: Vec<Sentence> = self
            .out
            .iter()
            .filter(|claim| claim.about == local)
            .map(|claim| self.reading.sentences[claim.sentence].clone())
            .collect();
        let kind = if local == Local::Summit { "summit" } else { self.focus.event.kind };
        LocalEvent {
            local,
            kind,
            role: Role::Promised,
            status: match of("status") {
                Some(Value::Status(status)) => Some(*status),
                _ => Some(Status::Announced),
            },
            date,
            city: of("city").map(ToString::to_string),
            track: if local == Local::Summit {
                None
            } else {
                track(&sentences, storyline).or_else(|| self.focus.event.track.clone())
            },
        }
    }
}

pub(super) fn silences(unless: Unless, sentence: &Sentence, found: &Match<'_>) -> bool {
    let at = found.words().0;
    match unless {
        Unless::Hedged => hedged(sentence, at),
        Unless::Negated => negated(sentence, at),
        Unless::Tagged(tag) => sentence.clause_has(found.clause, tag),
    }
}
