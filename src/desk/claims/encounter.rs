//! Encounters of anybody with anybody: persons, offices, relatives, parties and organisations who meet, talk, receive
//! each other or sit at one table. A rule over tags and names; the words are the packs'.
//!
//! A watched storyline has its own reading of its events. This one serves every other article: what it finds is
//! background, is stored and explained, and raises no alert.

mod sides;

use crate::desk::claims::focus::{hedged, is_speech_time, negated};
use crate::desk::claims::names::same_name;
use crate::desk::claims::place;
use crate::desk::claims::reading::{Reading, Sentence, distance};
use crate::desk::dates::Meaning;
use crate::desk::model::{Certainty, DateSpan, Status};
use crate::desk::packs::{Hit, Language, Packs, Tag};

use sides::{Side, SideKind};

/// Tokens between a word of meeting and "with".
const WITH_TOKENS_MAX: usize = 12;

/// Tokens between "with", or the word of meeting, and the other side: "with the deputy minister of foreign affairs of".
const OTHER_TOKENS_MAX: usize = 10;

/// Tokens between "with" and a party that stands for its people: farther off, it belongs to another word.
const PARTY_TOKENS_MAX: usize = 4;

/// Tokens between the side that acts and the word of meeting.
const ACTOR_TOKENS_MAX: usize = 30;

/// Tokens between two sides that are named in one breath.
const LIST_TOKENS_MAX: usize = 12;

/// The same between a verb of receiving and who is received, less the place: "received his French colleague".
const RECEIVED_TOKENS_MAX: usize = 7;

/// Encounters of one article; a longer list is a chronicle.
const ENCOUNTERS_MAX: usize = 40;

/// An encounter that a sentence tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encounter {
    /// Index of the sentence in the reading.
    pub sentence: usize,
    /// How it stands.
    pub status: Status,
    /// How sure the sentence is.
    pub certainty: Certainty,
    /// First and last token from the sides to the word of meeting.
    pub tokens: (usize, usize),
    /// Its days, with their tokens.
    pub date: Option<(DateSpan, (usize, usize))>,
    /// Its place, with its tokens.
    pub city: Option<(String, (usize, usize))>,
    /// The names of the persons, as last words of their names, folded.
    pub names: Vec<String>,
    /// What joined the sides.
    pub why: Joined,
}

/// What shows that the sides met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// One acts, the other is met.
    ActorAndOther,
    /// Both stand behind "with", "between" or the word of meeting.
    Together,
    /// Both stand before the word of meeting, in one breath.
    Jointly,
    /// One is named here, the other in the sentence before.
    GoesOn,
    /// They take part in what this sentence or the one before calls a meeting.
    TakePart,
}

impl std::fmt::Display for Joined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Joined::ActorAndOther => "one meets the other",
            Joined::Together => "both stand behind the word of meeting",
            Joined::Jointly => "both do it together",
            Joined::GoesOn => "the other side is in the sentence before",
            Joined::TakePart => "they take part in a meeting",
        })
    }
}

/// Finds the encounters that an article tells of. What repeats one that was found is left out.
pub fn find(reading: &Reading, packs: &Packs, language: &Language) -> Vec<Encounter> {
    let mut out: Vec<Encounter> = Vec::new();
    let lead = reading.lead().len();
    for (index, sentence) in reading.sentences.iter().enumerate() {
        if sentence.question || !sentence.hits.iter().any(|hit| is_cue(hit.tag)) {
            continue;
        }
        let sides = sides::of(sentence, language);
        let before = index.checked_sub(1).map(|i| &reading.sentences[i]).filter(|s| !s.in_title);
        let here = Here { sentence, sides: &sides, before, in_lead: index < lead };
        for cue in sentence.hits.iter().filter(|hit| is_cue(hit.tag)) {
            let Some((joined, met)) = here.met(cue) else { continue };
            let found = encounter(reading, packs, index, cue, joined, &met);
            let repeated = out.iter().any(|known| repeats(&found, known, language));
            if !repeated && out.len() < ENCOUNTERS_MAX {
                out.push(found);
            }
        }
    }
    out
}

fn named(sides: &[&Side]) -> usize {
    sides.iter().filter(|side| side.kind == SideKind::Named).count()
}

fn is_cue(tag: Tag) -> bool {
    matches!(tag, Tag::MeetVerb | Tag::MeetNoun | Tag::Receive | Tag::Talk | Tag::Attend)
}

/// Whether an encounter says nothing that a known one did not: the same status, and no person who is new.
fn repeats(found: &Encounter, known: &Encounter, language: &Language) -> bool {
    let listed = |name: &String| known.names.iter().any(|own| same_name(own, name, language));
    found.status == known.status
        && (found.sentence == known.sentence || found.names.iter().all(listed))
}

/// A sentence with its sides, and the sentence before it.
struct Here<'a> {
    sentence: &'a Sentence,
    sides: &'a [Side],
    before: Option<&'a Sentence>,
    in_lead: bool,
}

impl<'a> Here<'a> {
    /// The sides that a word of meeting joins, with the reason; none when it tells of no encounter.
    fn met(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        if self.is_void(cue) {
            return None;
        }
        let (joined, met) = match cue.tag {
            Tag::MeetVerb => self.by_verb(cue, OTHER_TOKENS_MAX),
            Tag::MeetNoun => self.by_noun(cue),
            Tag::Receive => self.by_receiving(cue),
            Tag::Talk => self.by_talk(cue),
            _ => self.by_part(cue),
        }?;
        (named(&met) > 0 || self.is_of_parties(cue, joined, &met)).then_some((joined, met))
    }

    /// Parties without a person are told to meet where a word says how the meeting stands and they stand close to it.
    fn is_of_parties(&self, cue: &Hit, joined: Joined, met: &[&Side]) -> bool {
        let told = [Tag::Held, Tag::Underway, Tag::Future, Tag::Cancelled, Tag::Postponed];
        let clause = self.sentence.clause[cue.first];
        let stands = told.iter().any(|tag| self.sentence.clause_has(clause, *tag));
        let sides = met.iter().filter(|side| side.kind != SideKind::Kin).count();
        self.in_lead
            && sides >= 2
            && (stands || Status::parse(&cue.value).is_some())
            && matches!(joined, Joined::ActorAndOther | Joined::Together)
    }

    /// Said not to be, tried, by telephone, on a stage, in a report of sport.
    fn is_void(&self, cue: &Hit) -> bool {
        let clause = self.sentence.clause[cue.first];
        let near = |tag: Tag, tokens: usize| {
            self.sentence.tagged(tag).any(|hit| distance(hit, cue.first) <= tokens)
        };
        negated(self.sentence, cue.first)
            || self.sentence.clause_has(clause, Tag::Attempt)
            || near(Tag::NoEncounter, 6)
            || self.sentence.tagged(Tag::NoEncounter).any(|hit| &*hit.value == "call")
            || near(Tag::Call, 4)
            || self.sentence.has(Tag::Forbid)
    }

    /// "A met B", "A and B met", "met A and B".
    fn by_verb(&self, cue: &Hit, reach: usize) -> Option<(Joined, Vec<&'a Side>)> {
        let others = self.behind(cue.last, reach);
        if self.with_audience(cue, others.first().copied()) {
            return None;
        }
        let actor = self.actor(cue);
        match (actor, others.first()) {
            (Some(actor), Some(_)) => {
                let mut met = vec![actor];
                met.extend(&others);
                Some((Joined::ActorAndOther, met))
            }
            (None, Some(_)) if others.len() >= 2 => Some((Joined::Together, others)),
            (None, Some(other)) => self.goes_on(cue, other),
            (Some(_), None) => self.jointly(cue),
            (None, None) => None,
        }
    }

    /// "A meeting of A with B", "talks between A and B", "A and B will hold talks", "A after a meeting with B".
    fn by_noun(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let with = self.sentence.hits.iter().find(|hit| {
            hit.tag == Tag::With
                && hit.first > cue.last
                && hit.first - cue.last <= WITH_TOKENS_MAX
                && self.is_quiet(cue.last, hit.first)
        });
        let Some(with) = with else {
            let others = self.behind(cue.last, OTHER_TOKENS_MAX);
            let both = named(&others) >= 2;
            return if both { Some((Joined::Together, others)) } else { self.jointly(cue) };
        };
        let others = self.behind(with.last, OTHER_TOKENS_MAX);
        if self.with_audience(with, others.first().copied()) {
            return None;
        }
        let far = |side: &&Side| side.first - with.last > PARTY_TOKENS_MAX;
        let stray = with.first - cue.last > PARTY_TOKENS_MAX && named(&others) == 0;
        if stray || named(&others) == 0 && others.first().is_some_and(far) {
            return None;
        }
        let inner = self.sides.iter().find(|side| side.first > cue.last && side.last < with.first);
        let actor = inner.or_else(|| self.actor(cue));
        match (actor, others.first()) {
            (Some(actor), Some(_)) => {
                let mut met = vec![actor];
                met.extend(&others);
                Some((Joined::ActorAndOther, met))
            }
            (None, Some(_)) if others.len() >= 2 => Some((Joined::Together, others)),
            (None, Some(other)) => self.goes_on(cue, other),
            _ => None,
        }
    }

    /// "A received B": persons only, and B stands close.
    fn by_receiving(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let placed = |hit: &&Hit| {
            hit.first > cue.last
                && hit.first - cue.last <= RECEIVED_TOKENS_MAX
                && matches!(hit.tag, Tag::Place | Tag::Venue | Tag::Organisation)
        };
        let place: usize =
            self.sentence.hits.iter().filter(placed).map(|h| h.last - h.first + 1).sum();
        let persons: Vec<&Side> = self
            .behind(cue.last, RECEIVED_TOKENS_MAX + place)
            .into_iter()
            .filter(|side| side.kind != SideKind::Party)
            .collect();
        let received = persons.first()?;
        let actor = self.actor(cue).filter(|side| {
            side.kind != SideKind::Party && cue.first - side.last <= OTHER_TOKENS_MAX
        });
        match actor {
            Some(actor) if received.kind == SideKind::Named => {
                Some((Joined::ActorAndOther, vec![actor, received]))
            }
            None if persons.len() >= 2 => Some((Joined::Together, persons)),
            _ => None,
        }
    }

    /// "A discussed it with B", "A and B discussed it".
    fn by_talk(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let with = self.sentence.tagged(Tag::With).find(|hit| {
            hit.first > cue.last
                && hit.first - cue.last <= WITH_TOKENS_MAX
                && self.is_quiet(cue.last, hit.first)
        });
        let fused = self
            .sentence
            .tagged(Tag::With)
            .any(|hit| hit.first <= cue.last && hit.last >= cue.first);
        if let Some(with) = with.or(fused.then_some(cue)) {
            let others = self.behind(with.last, OTHER_TOKENS_MAX);
            if self.with_audience(with, others.first().copied()) {
                return None;
            }
            if let (Some(actor), Some(other)) = (self.actor(cue), others.first())
                && other.kind == SideKind::Named
            {
                return Some((Joined::ActorAndOther, vec![actor, other]));
            }
        }
        let others = self.behind(cue.last, OTHER_TOKENS_MAX);
        if others.len() >= 2 && named(&others) == others.len() {
            return Some((Joined::Together, others));
        }
        self.jointly(cue)
    }

    /// "A, B and C take part", where this sentence or the one before names a meeting.
    fn by_part(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let meeting = |s: &Sentence| s.has(Tag::MeetNoun) && !s.has(Tag::Forbid);
        if !meeting(self.sentence) && !self.before.is_some_and(meeting) {
            return None;
        }
        let before: Vec<&Side> = self.ahead(cue.first).collect();
        let mut met = self.behind(cue.last, OTHER_TOKENS_MAX);
        if met.is_empty() {
            met = before;
        }
        (named(&met) >= 2).then_some((Joined::TakePart, met))
    }

    /// "He met B": the other side is in the sentence before, and no public acts in this one.
    fn goes_on(&self, cue: &Hit, other: &'a Side) -> Option<(Joined, Vec<&'a Side>)> {
        let told = self.before.is_some_and(|sentence| !sentence.names.is_empty());
        let public = self.sentence.tagged(Tag::Audience).any(|hit| hit.last < cue.first);
        (told && !public && other.kind == SideKind::Named).then(|| (Joined::GoesOn, vec![other]))
    }

    /// Two named sides or more before the word, in one breath and close to it.
    fn jointly(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let mut met: Vec<&Side> = Vec::new();
        for side in self.ahead(cue.first) {
            let next = met.last().map_or(cue.first, |side| side.first);
            if next - side.last > LIST_TOKENS_MAX || !self.is_quiet(side.last, next) {
                break;
            }
            if met.last().is_some_and(|behind| !self.listed(side, behind)) {
                break;
            }
            met.push(side);
        }
        (named(&met) >= 2).then_some((Joined::Jointly, met))
    }

    /// Whether two sides are named in one breath: "and", or a comma, stands between.
    fn listed(&self, a: &Side, b: &Side) -> bool {
        let gap = &self.sentence.text
            [self.sentence.tokens[a.last].end..self.sentence.tokens[b.first].start];
        let and = |hit: &Hit| {
            matches!(hit.tag, Tag::And | Tag::With) && hit.first > a.last && hit.last < b.first
        };
        gap.contains([',', '،'])
            || self.sentence.hits.iter().any(and)
            || b.first == a.last + 1 && gap.trim().is_empty()
            || b.conjoined
    }

    /// The sides that stand before a token, the nearest first.
    fn ahead(&self, at: usize) -> impl Iterator<Item = &'a Side> {
        self.sides
            .iter()
            .rev()
            .filter(move |side| side.last < at && at - side.last <= ACTOR_TOKENS_MAX)
    }

    /// The side that acts: the nearest before the word. One who only reports it does not act.
    fn actor(&self, cue: &Hit) -> Option<&'a Side> {
        self.ahead(cue.first).find(|side| side.kind != SideKind::Kin)
    }

    /// The sides behind a token: the first within reach, the others listed with it.
    fn behind(&self, at: usize, reach: usize) -> Vec<&'a Side> {
        let mut met: Vec<&Side> = Vec::new();
        for side in self.sides.iter().filter(|side| side.first > at) {
            let fits = match met.last() {
                None => side.first - at <= reach && self.is_quiet(at, side.first),
                Some(last) => {
                    side.first - last.last <= LIST_TOKENS_MAX
                        && self.is_quiet(last.last, side.first)
                        && self.listed(last, side)
                }
            };
            if !fits {
                break;
            }
            met.push(side);
        }
        met
    }

    /// Whether nobody says anything, and no other clause begins, between two tokens.
    fn is_quiet(&self, a: usize, b: usize) -> bool {
        !self.sentence.hits.iter().any(|hit| {
            hit.first > a
                && hit.last < b
                && matches!(hit.tag, Tag::Report | Tag::That | Tag::Clause)
        })
    }

    /// Whether "with" leads to a public and not to a side.
    fn with_audience(&self, with: &Hit, other: Option<&Side>) -> bool {
        let end = other.map_or(usize::MAX, |side| side.first);
        self.sentence
            .tagged(Tag::Audience)
            .any(|hit| hit.first > with.last && hit.first - with.last <= 4 && hit.first < end)
    }
}

fn encounter(
    reading: &Reading,
    packs: &Packs,
    index: usize,
    cue: &Hit,
    why: Joined,
    met: &[&Side],
) -> Encounter {
    let sentence = &reading.sentences[index];
    let clause = sentence.clause[cue.first];
    let own = |first: usize| sentence.clause[first] == clause;
    let date = sentence.times.iter().find_map(|time| match time.meaning {
        Meaning::Days(days)
            if own(time.first) && days.days() <= 31 && !is_speech_time(sentence, time.first) =>
        {
            Some((days, (time.first, time.last)))
        }
        _ => None,
    });
    let city = sentence
        .tagged(Tag::Place)
        .filter(|hit| own(hit.first))
        .find(|hit| place::standing(sentence, hit, packs) == Some(true))
        .map(|hit| (hit.value.to_string(), (hit.first, hit.last)));
    let status = status(sentence, cue, date.map(|(days, _)| days), reading);
    let first = met.iter().map(|side| side.first).chain([cue.first]).min().unwrap_or(cue.first);
    let last = met.iter().map(|side| side.last).chain([cue.last]).max().unwrap_or(cue.last);
    let names = met
        .iter()
        .filter(|side| side.kind == SideKind::Named)
        .map(|side| sentence.tokens[side.last_of_name].folded.to_string())
        .collect();
    Encounter {
        sentence: index,
        status,
        certainty: match status {
            Status::Rumoured => Certainty::Hedged,
            Status::Denied => Certainty::Denied,
            Status::Announced | Status::Scheduled | Status::Proposed => Certainty::Expected,
            _ => Certainty::Asserted,
        },
        tokens: (first, last),
        date,
        city,
        names,
        why,
    }
}

/// How an encounter stands: by the form of its verb, else by the words of status in its clause, else it was held.
fn status(sentence: &Sentence, cue: &Hit, date: Option<DateSpan>, reading: &Reading) -> Status {
    let clause = sentence.clause[cue.first];
    let has = |tag| sentence.clause_has(clause, tag);
    let ahead = date.is_some_and(|days| days.lo > reading.day);
    let told = Status::parse(&cue.value);
    let status = match told {
        _ if hedged(sentence, cue.first) => Status::Rumoured,
        _ if has(Tag::Denied) => Status::Denied,
        _ if has(Tag::Cancelled) => Status::Cancelled,
        _ if has(Tag::Postponed) => Status::Postponed,
        Some(Status::Held) => Status::Held,
        Some(status) => status,
        None if has(Tag::Proposed) => Status::Proposed,
        None if has(Tag::Future) || ahead => Status::Announced,
        None if has(Tag::Underway) => Status::Underway,
        None => Status::Held,
    };
    match status {
        Status::Announced if date.is_some_and(|d| d.days() == 1 && d.lo >= reading.day) => {
            Status::Scheduled
        }
        status => status,
    }
}

#[cfg(test)]
mod tests;
