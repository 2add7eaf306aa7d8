//! Slots: walks the clauses once and takes what each says of the event it is about.

use crate::desk::claims::focus::{
    EVENT_TAGS, Focus, Local, LocalEvent, Role, hedged, is_of_call, is_speech_time, track,
};
use crate::desk::claims::reading::{Reading, Sentence};
use crate::desk::claims::scope::Scope;
use crate::desk::claims::{Stated, Stating, people, place, speaker, topics};
use crate::desk::dates::Meaning;
use crate::desk::model::{Certainty, DateSpan, Slot, Status, Value};
use crate::desk::packs::{Packs, Storyline, Tag};

/// Lengths of meetings, in minutes: ten minutes to three days. What is longer is an age or a period.
const MEETING_MINUTES: std::ops::RangeInclusive<u32> = 10..=3 * 24 * 60;

struct Taker<'a> {
    reading: &'a Reading,
    focus: &'a Focus,
    packs: &'a Packs,
    storyline: &'a Storyline,
    speakers: Vec<Option<String>>,
    out: Vec<Stated>,
}

/// Takes all claims.
pub(super) fn take(
    reading: &Reading,
    focus: &Focus,
    scopes: &[Vec<Scope>],
    packs: &Packs,
    storyline: &Storyline,
) -> Stating {
    let speakers = speaker::of_sentences(reading);
    let mut taker = Taker { reading, focus, packs, storyline, speakers, out: Vec::new() };
    taker.focus_claims();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        for (clause, scope) in scopes[index].iter().enumerate() {
            match scope {
                Scope::About(local) => taker.clause(index, sentence, clause, *local),
                Scope::Correction => taker.correction(index, sentence, clause),
                Scope::Aside(_) => {}
            }
        }
    }
    taker.finish()
}

impl Taker<'_> {
    fn say(
        &mut self,
        about: Local,
        slot: &str,
        value: Value,
        at: (usize, (usize, usize)),
        why: &str,
    ) {
        let (index, (first, last)) = at;
        let sentence = &self.reading.sentences[index];
        let certainty = self.certainty(about, slot, index, first);
        let slot = Slot::new(slot);
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
            why: vec![why.to_owned()],
        });
    }

    fn certainty(&self, about: Local, slot: &str, index: usize, at: usize) -> Certainty {
        let sentence = &self.reading.sentences[index];
        let status = self.focus.event.status;
        let denied = about == Local::Focus && status == Some(Status::Denied) && slot != "status";
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
        if let (Some(status), Some((index, first, last))) = (focus.event.status, focus.status_at) {
            let why = format!("status from the lead: {}", status.as_str());
            self.say(Local::Focus, "status", Value::Status(status), (index, (first, last)), &why);
        }
        if let (Some(days), Some((index, number))) = (focus.event.date, focus.date_at) {
            let time = self.reading.sentences[index].times[number];
            let why = format!("date beside the meeting, {}", time.anchor);
            let at = (index, (time.first, time.last));
            self.say(Local::Focus, "date", Value::Date(days), at, &why);
            if focus.event.status.is_some() && focus.status_at.is_none() {
                let status = focus.event.status.unwrap_or(Status::Scheduled);
                let value = Value::Status(status);
                self.say(Local::Focus, "status", value, at, "a day is named");
            }
        }
        if let Some(site) = &focus.site {
            let value = Value::Id(site.id.clone());
            self.say(
                Local::Focus,
                "city",
                value,
                (site.sentence, site.tokens),
                "place beside the meeting",
            );
        }
    }

    fn clause(&mut self, index: usize, sentence: &Sentence, clause: usize, about: Local) {
        if about == Local::Focus {
            self.venue_duration_level(index, sentence, clause);
            self.outcomes(index, sentence, clause);
            if clause == 0 {
                self.heads(index, sentence);
            }
        } else {
            self.promise(index, sentence, clause, about);
        }
        self.unset(index, sentence, clause, about);
        self.topics(index, sentence, clause, about);
    }

    fn venue_duration_level(&mut self, index: usize, sentence: &Sentence, clause: usize) {
        let here = |first: usize| sentence.clause[first] == clause;
        let eventful = sentence.hits.iter().any(|hit| EVENT_TAGS.contains(&hit.tag));
        let venues = sentence.hits.iter().filter(|hit| {
            matches!(hit.tag, Tag::Venue | Tag::VenueType) && here(hit.first) && eventful
        });
        let city = self.focus.event.city.clone();
        let venues: Vec<_> = venues
            .filter_map(|hit| place::venue(sentence, hit, city.as_deref(), self.packs))
            .collect();
        for (id, tokens) in venues {
            self.say(Local::Focus, "venue", Value::Id(id), (index, tokens), "venue of the meeting");
        }
        for time in sentence.times.iter().filter(|time| here(time.first)) {
            let Meaning::Length(length) = time.meaning else { continue };
            let near = sentence
                .nearest(time.first, &EVENT_TAGS)
                .is_some_and(|(_, distance)| distance <= 12);
            if MEETING_MINUTES.contains(&length.hi_min)
                && near
                && !is_of_call(sentence, time.first)
                && !hedged(sentence, time.first)
            {
                let value = Value::Duration(length);
                let at = (index, (time.first, time.last));
                self.say(Local::Focus, "duration", value, at, "length beside the meeting");
            }
        }
        let of_meeting = EVENT_TAGS.iter().any(|tag| sentence.clause_has(clause, *tag))
            || sentence.clause_has(clause, Tag::BothSides);
        let levels: Vec<_> =
            sentence.tagged(Tag::Level).filter(|hit| here(hit.first) && of_meeting).collect();
        for hit in levels {
            let value = Value::Id(hit.value.clone());
            self.say(Local::Focus, "level", value, (index, (hit.first, hit.last)), "level named");
        }
    }

    fn heads(&mut self, index: usize, sentence: &Sentence) {
        for (party, person, tokens) in people::heads(sentence, self.packs, self.storyline) {
            let slot = format!("head.{party}");
            let value = Value::Id(person.to_owned());
            self.say(Local::Focus, &slot, value, (index, tokens), "who led");
        }
    }

    fn outcomes(&mut self, index: usize, sentence: &Sentence, clause: usize) {
        if !matches!(self.focus.event.status, Some(Status::Held | Status::Underway)) {
            return;
        }
        let words = sentence.tagged(Tag::Assessment).filter(|h| sentence.clause[h.first] == clause);
        for hit in words {
            let speaker = self.speakers[index].clone();
            let judge =
                topics::judge(sentence, hit, self.packs, self.storyline, speaker.as_deref());
            if let Some(party) = judge {
                let value = Value::PartyId { party, id: hit.value.clone() };
                let at = (index, (hit.first, hit.last));
                self.say(Local::Focus, "outcome", value, at, "judged by a side");
            }
        }
    }

    /// A meeting that is promised: announced, or scheduled when a day is named; its dates, place and level.
    fn promise(&mut self, index: usize, sentence: &Sentence, clause: usize, about: Local) {
        let here = |first: usize| sentence.clause[first] == clause;
        let mut day = None;
        for time in sentence.times.iter().filter(|time| here(time.first)) {
            let Meaning::Days(days) = time.meaning else { continue };
            if days.hi < self.reading.day
                || days.days() > 100
                || is_speech_time(sentence, time.first)
                || hedged(sentence, time.first)
            {
                continue;
            }
            day = Some(days);
            let at = (index, (time.first, time.last));
            self.say(about, "date", Value::Date(days), at, "date of the meeting to come");
        }
        let tags = [Tag::Future, Tag::Proposed, Tag::Next];
        let word = sentence.hits.iter().find(|hit| tags.contains(&hit.tag) && here(hit.first));
        if let Some(hit) = word.filter(|hit| !hedged(sentence, hit.first)) {
            let proposed = sentence.clause_has(clause, Tag::Proposed);
            let status = match day {
                Some(days) if days.days() == 1 => Status::Scheduled,
                _ if proposed => Status::Proposed,
                _ => Status::Announced,
            };
            let at = (index, (hit.first, hit.last));
            self.say(about, "status", Value::Status(status), at, "a meeting to come");
            let places: Vec<_> = sentence
                .tagged(Tag::Place)
                .filter(|hit| here(hit.first))
                .filter(|hit| place::standing(sentence, hit, self.packs) == Some(true))
                .map(|hit| (hit.value.clone(), (hit.first, hit.last)))
                .collect();
            for (id, tokens) in places {
                self.say(
                    about,
                    "city",
                    Value::Id(id),
                    (index, tokens),
                    "place of the meeting to come",
                );
            }
        }
        let levels: Vec<_> = sentence.tagged(Tag::Level).filter(|hit| here(hit.first)).collect();
        for hit in levels {
            let value = Value::Id(hit.value.clone());
            self.say(about, "level", value, (index, (hit.first, hit.last)), "level named");
        }
    }

    fn unset(&mut self, index: usize, sentence: &Sentence, clause: usize, about: Local) {
        let ahead = about != Local::Focus
            || matches!(self.focus.event.status, Some(Status::Announced | Status::Proposed));
        let hit = sentence.tagged(Tag::Unset).find(|hit| sentence.clause[hit.first] == clause);
        if let Some(hit) = hit.filter(|_| ahead) {
            // "Not fixed" is about the date when it says so itself or when a word for a date stands with it.
            let of_date = sentence
                .tagged(Tag::Unset)
                .find(|word| word.first == hit.first && word.value == "date")
                .or_else(|| {
                    sentence
                        .tagged(Tag::DateWord)
                        .find(|word| word.first + 8 >= hit.first && word.first <= hit.last + 6)
                });
            if let Some(word) = of_date {
                let at = (index, (hit.first.min(word.first), hit.last.max(word.last)));
                self.say(about, "date", Value::Unset, at, "no date is fixed");
                // What has no date yet has been promised.
                if about != Local::Focus {
                    let promised = Value::Status(Status::Announced);
                    let told = |c: &Stated| c.about == about && c.slot.as_str() == "status";
                    if !self.out.iter().any(told) {
                        self.say(about, "status", promised, at, "a meeting without a date yet");
                    }
                }
            }
        }
    }

    fn topics(&mut self, index: usize, sentence: &Sentence, clause: usize, about: Local) {
        if about == Local::Summit || sentence.in_title {
            return;
        }
        let topics = sentence.tagged(Tag::Topic).filter(|h| sentence.clause[h.first] == clause);
        for hit in topics {
            let speaker = self.speakers[index].clone();
            let found = topics::slot(sentence, hit, self.packs, self.storyline, speaker.as_deref());
            if let Some((slot, value)) = found {
                let at = (index, (hit.first, hit.last));
                self.say(about, slot, value, at, "topic by its cue");
            }
        }
    }

    /// "An earlier version wrongly gave …": the value is withdrawn.
    fn correction(&mut self, index: usize, sentence: &Sentence, clause: usize) {
        let city = self.focus.event.city.clone();
        let venues: Vec<_> = sentence
            .hits
            .iter()
            .filter(|hit| matches!(hit.tag, Tag::Venue | Tag::VenueType))
            .filter(|hit| sentence.clause[hit.first] == clause)
            .filter_map(|hit| place::venue(sentence, hit, city.as_deref(), self.packs))
            .map(|(id, tokens)| ("venue", Value::Id(id), tokens))
            .collect();
        let times: Vec<_> = sentence
            .times
            .iter()
            .filter(|time| sentence.clause[time.first] == clause)
            .filter_map(|time| match time.meaning {
                Meaning::Days(days) => Some(("date", Value::Date(days), (time.first, time.last))),
                Meaning::Length(length) => {
                    Some(("duration", Value::Duration(length), (time.first, time.last)))
                }
                Meaning::Unresolved => None,
            })
            .collect();
        for (slot, value, (first, last)) in venues.into_iter().chain(times) {
            self.out.push(Stated {
                about: Local::Focus,
                slot: Slot::new(slot),
                value,
                certainty: Certainty::Denied,
                speaker: None,
                sentence: index,
                evidence: sentence.span(first, last),
                why: vec!["withdrawn by a correction".to_owned()],
            });
        }
    }

    fn finish(mut self) -> Stating {
        // A promise with a date is not unset as well: the date is what an editor needs.
        let dated: Vec<Local> = self
            .out
            .iter()
            .filter(|c| matches!(c.value, Value::Date(_)) && c.certainty != Certainty::Hedged)
            .map(|c| c.about)
            .collect();
        self.out.retain(|c| c.value != Value::Unset || !dated.contains(&c.about));
        let mut events = vec![self.focus.event.clone()];
        for local in [Local::Next, Local::Summit] {
            if self.out.iter().any(|claim| claim.about == local) {
                events.push(self.promised(local));
            }
        }
        Stating { events, claims: self.out, background: Vec::new() }
    }

    fn promised(&self, local: Local) -> LocalEvent {
        let of = |slot: &str| {
            self.out.iter().find(|c| c.about == local && c.slot.as_str() == slot).map(|c| &c.value)
        };
        let date = match of("date") {
            Some(Value::Date(days)) => Some::<DateSpan>(*days),
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
                track(&sentences, self.storyline).or_else(|| self.focus.event.track.clone())
            },
        }
    }
}
