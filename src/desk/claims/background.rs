//! Background: what an article says of earlier events and of others than its own. It is stored and explained, and never
//! alerted: yesterday's news stays yesterday's.

use crate::desk::claims::focus::{Focus, hedged, is_of_call, is_speech_time, negated};
use crate::desk::claims::names::unlisted;
use crate::desk::claims::reading::Sentence;
use crate::desk::claims::scope::Scope;
use crate::desk::claims::slots::silences;
use crate::desk::claims::values::{Ground, scene};
use crate::desk::claims::{Local, Reading, Stated, place, speaker};
use crate::desk::dates::{Anchor, Meaning, Timex};
use crate::desk::model::{Certainty, DateSpan, Slot, Status, Value};
use crate::desk::packs::{EntityKind, Hit, Packs, Storyline, Tag, TagSet};
use crate::desk::patterns::{About, Match};

/// Days back to which an article recalls the events of its storyline; what lies farther back is history.
const RECALL_DAYS_MAX: i32 = 400;

/// Days of a month: a longer span, and a week between a day and a month, date no event of the past.
const MONTH_DAYS: std::ops::RangeInclusive<i32> = 28..=31;

/// Lengths of meetings, in minutes, as for the event in focus.
const MEETING_MINUTES: std::ops::RangeInclusive<u32> = 10..=3 * 24 * 60;

/// A value found in a clause, with the tokens that give it.
type Found = (Slot, Value, (usize, usize));

/// Takes the background claims: those of clauses that the scopes call an aside. `main` are the claims about the
/// article's own events; what they say already is not said twice.
pub(super) fn take(
    reading: &Reading,
    focus: &Focus,
    scopes: &[Vec<Scope>],
    ground: Ground<'_>,
    storyline: &Storyline,
    main: &[Stated],
) -> Vec<Stated> {
    let speakers = speaker::of_sentences(reading);
    let mut out: Vec<Stated> = Vec::new();
    // Where a call is the news, its day and length are no background.
    let of_call = reading.sentences.first().is_some_and(|title| title.has(Tag::Call));
    for (index, sentence) in reading.sentences.iter().enumerate() {
        if sentence.question
            || sentence.in_title
            || !told(sentence, ground.packs)
            || of_call && sentence.has(Tag::Call)
        {
            continue;
        }
        let asides = scopes[index].iter().enumerate().filter_map(|(clause, scope)| match scope {
            Scope::Aside(why) => {
                Some(Aside { reading, focus, sentence, clause, why, ground, storyline })
            }
            _ => None,
        });
        let asides: Vec<Aside<'_>> = asides.filter(|aside| !aside.is_history()).collect();
        if asides.is_empty() {
            continue;
        }
        let fits = ground.filter(sentence);
        let names = unlisted(sentence);
        let scene = scene(sentence, reading.day, &names, &fits);
        let matches = ground.patterns.find(ground.frame, &reading.language, &scene);
        for aside in asides {
            for (slot, value, (first, last)) in aside.claims(&matches) {
                let same = |claim: &&Stated| claim.slot == slot && claim.value == value;
                // Another meeting in the same city is another; one on the same day is the same.
                let once = |claim: &&Stated| {
                    claim.certainty != Certainty::Denied && slot.as_str() != "city"
                };
                let known = out.iter().any(|claim| same(&claim))
                    || main.iter().filter(once).any(|claim| same(&claim));
                if hedged(sentence, first) || known {
                    continue;
                }
                let speaker = speakers[index].clone();
                out.push(Stated {
                    about: Local::Past,
                    slot,
                    value,
                    certainty: match speaker {
                        Some(_) => Certainty::Attributed,
                        None => Certainty::Asserted,
                    },
                    speaker,
                    sentence: index,
                    evidence: sentence.span(first, last),
                    why: vec![format!("background: {}", aside.why)],
                });
            }
        }
    }
    out
}

/// Whether a sentence tells of an event: a meeting of any kind, or a call of leaders.
fn told(sentence: &Sentence, packs: &Packs) -> bool {
    let leader = |sentence: &Sentence| {
        sentence.has(Tag::Leaders)
            || sentence
                .tagged(Tag::Person)
                .filter_map(|hit| packs.gazetteer.get(EntityKind::People, &hit.value))
                .any(|person| person.role.as_deref() == Some("leader"))
    };
    let met = [Tag::Meeting, Tag::Summit, Tag::Earlier].iter().any(|tag| sentence.has(*tag));
    if sentence.has(Tag::Call) { leader(sentence) } else { met }
}

struct Aside<'a> {
    reading: &'a Reading,
    focus: &'a Focus,
    sentence: &'a Sentence,
    clause: usize,
    why: &'static str,
    ground: Ground<'a>,
    storyline: &'a Storyline,
}

impl Aside<'_> {
    /// What the clause tells. `matches` are what the patterns find in its sentence.
    fn claims(&self, matches: &[Match<'_>]) -> Vec<Found> {
        let mut out = Vec::new();
        self.times(&mut out);
        self.places(&mut out);
        self.off(&mut out);
        self.by_patterns(matches, &mut out);
        self.together(&mut out);
        out
    }

    fn here(&self, token: usize) -> bool {
        self.sentence.clause[token] == self.clause
    }

    /// Whether the clause goes farther back than a storyline does.
    fn is_history(&self) -> bool {
        self.sentence.times.iter().filter(|time| self.here(time.first)).any(|time| {
            matches!(time.meaning, Meaning::Days(days)
                if (self.reading.day - days.hi).get_days() > RECALL_DAYS_MAX)
        })
    }

    /// A day without a year that lies ahead is last year's: what is recalled is over.
    fn recalled(&self, time: &Timex, days: DateSpan) -> DateSpan {
        let year = jiff::Span::new().years(1);
        match (days.lo.checked_sub(year), days.hi.checked_sub(year)) {
            (Ok(lo), Ok(hi))
                if days.lo > self.reading.day && time.anchor == Anchor::Publication =>
            {
                if days == DateSpan::month(days.lo) {
                    DateSpan::month(lo)
                } else {
                    DateSpan { lo, hi }
                }
            }
            _ => days,
        }
    }

    /// Days and months that are over, and how long it took.
    fn times(&self, out: &mut Vec<Found>) {
        for time in self.sentence.times.iter().filter(|time| self.here(time.first)) {
            let tokens = (time.first, time.last);
            match time.meaning {
                Meaning::Days(days) => {
                    let days = self.recalled(time, days);
                    let dates = days.days() == 1 || MONTH_DAYS.contains(&days.days());
                    // "Cancelled in June" dates the cancellation.
                    let off = [Tag::Cancelled, Tag::Postponed]
                        .iter()
                        .any(|tag| self.sentence.clause_has(self.clause, *tag));
                    if dates
                        && !off
                        && days.lo < self.reading.day
                        && !is_speech_time(self.sentence, time, self.reading.day)
                    {
                        out.push((Slot::new("date"), Value::Date(days), tokens));
                    }
                }
                Meaning::Length(length)
                    if MEETING_MINUTES.contains(&length.hi_min)
                        && !is_of_call(self.sentence, time.first) =>
                {
                    let took = TagSet::all(&[Tag::Lasted, Tag::Held]);
                    if self.sentence.nearest(time.first, took).is_some() {
                        out.push((Slot::new("duration"), Value::Duration(length), tokens));
                    }
                }
                _ => {}
            }
        }
    }

    fn places(&self, out: &mut Vec<Found>) {
        let mut city: Option<&str> = None;
        for hit in self.sentence.tagged(Tag::Place).filter(|hit| self.here(hit.first)) {
            let behind = |prep: &Hit| prep.last + 1 == hit.first;
            let stands = place::standing(self.sentence, hit, self.ground.packs).is_some()
                || self.sentence.tagged(Tag::In_).any(behind);
            if !stands || is_of_call(self.sentence, hit.first) {
                continue;
            }
            city = city.or(Some(&hit.value));
            out.push((Slot::new("city"), Value::Id(hit.value.to_string()), (hit.first, hit.last)));
        }
        let venues =
            self.sentence.hits.iter().filter(|hit| {
                matches!(hit.tag, Tag::Venue | Tag::VenueType) && self.here(hit.first)
            });
        for hit in venues {
            if let Some((id, tokens)) = place::venue(self.sentence, hit, city, self.ground.packs) {
                out.push((Slot::new("venue"), Value::Id(id), tokens));
            }
        }
    }

    /// Called off or put off. That it was held goes without saying.
    fn off(&self, out: &mut Vec<Found>) {
        // Of a meeting that is off itself, other clauses tell the same.
        if matches!(self.focus.event.status, Some(Status::Cancelled | Status::Postponed)) {
            return;
        }
        for (tag, status) in
            [(Tag::Cancelled, Status::Cancelled), (Tag::Postponed, Status::Postponed)]
        {
            let word = self
                .sentence
                .tagged(tag)
                .find(|hit| self.here(hit.first) && !negated(self.sentence, hit.first));
            if let Some(hit) = word {
                out.push((Slot::new("status"), Value::Status(status), (hit.first, hit.last)));
            }
        }
    }

    /// Who sat down together: one person of each party, none who only speaks, and no leaders, whose summit says it.
    fn together(&self, out: &mut Vec<Found>) {
        let (sentence, people) = (self.sentence, &self.ground.packs.gazetteer);
        let met =
            sentence.has(Tag::Meeting) && !sentence.has(Tag::Report) && !sentence.has(Tag::Call);
        if !met || out.iter().any(|(slot, _, _)| slot.family() == "head") {
            return;
        }
        let mut heads: Vec<Found> = Vec::new();
        for hit in sentence.tagged(Tag::Person) {
            let person = people.get(EntityKind::People, &hit.value);
            let Some(person) = person.filter(|p| p.role.as_deref() != Some("leader")) else {
                continue;
            };
            let own = |party: &&str| self.storyline.parties.iter().any(|own| own == party);
            let Some(party) = person.party.as_deref().filter(own) else { continue };
            let slot = Slot::new(format!("head.{party}"));
            if heads.iter().all(|(known, _, _)| *known != slot) {
                heads.push((slot, Value::Id(hit.value.to_string()), (hit.first, hit.last)));
            }
        }
        if heads.len() == self.storyline.parties.len() {
            out.extend(heads);
        }
    }

    /// What the patterns of the frame read in the clause, as of a meeting that was held: who led, where, how long, what
    /// was agreed.
    fn by_patterns(&self, matches: &[Match<'_>], out: &mut Vec<Found>) {
        let sentence = self.sentence;
        for found in matches.iter().filter(|found| found.clause == self.clause) {
            let rule = found.rule;
            let held = rule.when.as_ref().is_none_or(|when| when.contains(&Status::Held));
            let silent = rule.unless.iter().any(|unless| silences(*unless, sentence, found));
            if !held || silent || !rule.about.contains(&About::Focus) {
                continue;
            }
            let spoken = rule.actions.iter().filter_map(|action| {
                self.ground.spoken(sentence, found, action, None, None).flatten()
            });
            out.extend(spoken.filter(|(slot, _, (first, _))| {
                let told = matches!(slot.family(), "head" | "venue" | "duration" | "agreement");
                told && !is_of_call(sentence, *first)
            }));
        }
    }
}

#[cfg(test)]
mod tests;
