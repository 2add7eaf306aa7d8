//! What joins the sides of an encounter: who acts, who is met, who sits together.

use crate::desk::claims::encounter::reach::{LIST_TOKENS_MAX, named};
use crate::desk::claims::encounter::sides::{Side, SideKind};
use crate::desk::claims::focus::negated;
use crate::desk::claims::reading::{Sentence, distance};
use crate::desk::model::Status;
use crate::desk::packs::{Hit, Language, Tag};

/// Tokens between a word of meeting and "with".
const WITH_TOKENS_MAX: usize = 12;

/// Tokens between "with", or the word of meeting, and the other side: "with the deputy minister of foreign affairs of".
const OTHER_TOKENS_MAX: usize = 10;

/// Tokens between "with" and a party that stands for its people: farther off, it belongs to another word.
const PARTY_TOKENS_MAX: usize = 4;

/// The same between a verb of receiving and who is received, less the place: "received his French colleague".
const RECEIVED_TOKENS_MAX: usize = 7;

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

/// A sentence with its sides, and the sentence before it.
pub(super) struct Here<'a> {
    pub sentence: &'a Sentence,
    pub language: &'a Language,
    pub sides: &'a [Side],
    pub before: Option<&'a Sentence>,
    pub in_lead: bool,
}

impl<'a> Here<'a> {
    /// The sides that a word of meeting joins, with the reason; none when it tells of no encounter.
    pub(super) fn met(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
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
            && (stands || cue.tag == Tag::MeetVerb && Status::parse(&cue.value).is_some())
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
        // "Met in the capital on Monday with": what stands behind "with" is met.
        let with = self.with_behind(cue).filter(|with| !self.behind(with.last, reach).is_empty());
        let mark = with.unwrap_or(cue);
        let others = self.behind(mark.last, reach);
        if self.with_audience(mark, others.first().copied()) {
            return None;
        }
        if named(&others) == 0
            && let Some(jointly) = self.jointly(cue)
        {
            return Some(jointly);
        }
        self.actor_and(self.actor(cue), others, cue)
    }

    /// "A meeting of A with B", "talks between A and B", "A and B will hold talks", "A after a meeting with B".
    fn by_noun(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let Some(with) = self.with_behind(cue) else {
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
        if &*with.value == "between" && others.len() >= 2 {
            return Some((Joined::Together, others));
        }
        let inner = self.sides.iter().find(|side| side.first > cue.last && side.last < with.first);
        self.actor_and(inner.or_else(|| self.actor(cue)), others, cue)
    }

    /// The first "with" behind a word of meeting, within reach.
    fn with_behind(&self, cue: &Hit) -> Option<&'a Hit> {
        self.sentence.tagged(Tag::With).find(|hit| {
            hit.first > cue.last
                && hit.first - cue.last <= WITH_TOKENS_MAX
                && self.is_quiet(cue.last, hit.first)
        })
    }

    /// One who acts and the others; the others alone; or one other, and the actor in the sentence before.
    fn actor_and(
        &self,
        actor: Option<&'a Side>,
        others: Vec<&'a Side>,
        cue: &Hit,
    ) -> Option<(Joined, Vec<&'a Side>)> {
        match (actor, others.first()) {
            (Some(actor), Some(_)) => {
                let met = std::iter::once(actor).chain(others).collect();
                Some((Joined::ActorAndOther, met))
            }
            (None, Some(_)) if others.len() >= 2 => Some((Joined::Together, others)),
            (None, Some(other)) => self.goes_on(cue, other),
            (_, None) => None,
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
        let received = persons.first().filter(|side| self.is_object(cue.last, side.first))?;
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

    /// Whether what stands at a token is what a verb acts on: no small word between but that of a place. "Received an
    /// invitation from" is of no guest.
    fn is_object(&self, verb: usize, at: usize) -> bool {
        (verb + 1..at).all(|token| {
            !self.language.is_function_word(&self.sentence.tokens[token])
                || self.sentence.tagged(Tag::In_).any(|prep| prep.first == token)
        })
    }

    /// "A discussed it with B", "A and B discussed it".
    fn by_talk(&self, cue: &Hit) -> Option<(Joined, Vec<&'a Side>)> {
        let with = self.with_behind(cue).filter(|hit| !self.is_about(cue.last, hit.first));
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

    /// Whether "about" stands between two tokens: the "with" behind it belongs to the subject of the talk.
    fn is_about(&self, a: usize, b: usize) -> bool {
        self.sentence.tagged(Tag::Agenda).any(|hit| hit.first > a && hit.last < b)
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
}
