//! Values: from what a pattern captured to the value of a slot, with the names of the gazetteer and the storyline's
//! parties.

use jiff::civil::Date;

use crate::desk::claims::place;
use crate::desk::claims::reading::Sentence;
use crate::desk::dates::Meaning;
use crate::desk::model::{Slot, Value, ValueType};
use crate::desk::packs::{EntityKind, Hit, Packs, Tag};
use crate::desk::patterns::{Action, Edge, Filter, Found, Match, Patterns, Said, Scene, Whose};

/// What patterns are run with.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) packs: &'a Packs,
    pub(super) patterns: &'a Patterns,
    /// The frame of the storyline.
    pub(super) frame: &'a str,
    /// The parties of the storyline.
    pub(super) parties: &'a [String],
}

/// A sentence as patterns look at it. `names` are those that no gazetteer has, `fits` the filters that take more than the
/// sentence.
pub(super) fn scene<'a>(
    sentence: &'a Sentence,
    day: Date,
    names: &'a [(usize, usize)],
    fits: &'a dyn Fn(&Hit, &Filter) -> bool,
) -> Scene<'a> {
    Scene {
        text: &sentence.text,
        tokens: &sentence.tokens,
        hits: &sentence.hits,
        times: &sentence.times,
        names,
        clause: &sentence.clause,
        in_title: sentence.in_title,
        day,
        fits,
    }
}

/// A slot, its value, and the tokens that give it.
pub(super) type Spoken = (Slot, Value, (usize, usize));

impl<'a> Ground<'a> {
    /// The filters that take more than the sentence.
    pub(super) fn filter<'s>(self, sentence: &'s Sentence) -> impl Fn(&Hit, &Filter) -> bool + 's
    where
        'a: 's,
    {
        move |hit, filter| match filter {
            Filter::Own => self.own_party(hit).is_some(),
            Filter::Other => {
                let party = self.packs.gazetteer.party_of(hit.tag, &hit.value);
                party.is_some() && self.own_party(hit).is_none()
            }
            Filter::At => place::standing(sentence, hit, self.packs) == Some(true),
            Filter::Role(role) => {
                let kind = EntityKind::of_tag(hit.tag);
                let entity = kind.and_then(|kind| self.packs.gazetteer.get(kind, &hit.value));
                entity.is_some_and(|entity| entity.role.as_ref() == Some(role))
            }
            _ => false,
        }
    }

    /// What an action says: none when it cannot be said, and none within for an action that says nothing.
    pub(super) fn spoken(
        &self,
        sentence: &Sentence,
        found: &Match<'_>,
        action: &Action,
        speaker: Option<&str>,
        city: Option<&str>,
    ) -> Option<Option<Spoken>> {
        let Action::State { slot, party, said, .. } = action else { return Some(None) };
        let frame = self.packs.frame(self.frame)?;
        let rule = frame.slots.iter().find(|rule| rule.name == *slot)?;
        let whose = |whose: Whose| match whose {
            Whose::Speaker => self.party_of_speaker(speaker?),
            Whose::Capture(n) => self.party_of(sentence, found.captures[usize::from(n)]?),
        };
        let capture = |n: u8| found.captures[usize::from(n)];
        let (value, tokens) = match said {
            Said::Constant(value) => (value.clone(), found.words()),
            Said::Capture(n) => {
                self.value(sentence, capture(*n)?, (rule.value_type, rule.unit.as_deref()), city)?
            }
            Said::OfParty(of, n) => {
                let (value, tokens) =
                    self.value(sentence, capture(*n)?, (ValueType::Id, None), city)?;
                (Value::PartyId { party: whose(*of)?, id: value.to_string() }, tokens)
            }
            Said::OfPartyConstant(of, id) => {
                (Value::PartyId { party: whose(*of)?, id: id.clone() }, found.words())
            }
        };
        let slot = match party {
            None => Slot::new(slot.clone()),
            Some(party) => {
                let party = whose(*party)?;
                if self.is_of_another(sentence, said, found, &party) {
                    return None;
                }
                Slot::new(format!("{slot}.{party}"))
            }
        };
        Some(Some((slot, value, tokens)))
    }

    /// Whether the person of a party's slot is known to be of another party.
    fn is_of_another(
        &self,
        sentence: &Sentence,
        said: &Said,
        found: &Match<'_>,
        party: &str,
    ) -> bool {
        let Said::Capture(n) = said else { return false };
        let Some(Edge { found: Found::Hit(index), .. }) = found.captures[usize::from(*n)] else {
            return false;
        };
        let hit = &sentence.hits[index];
        let own = self.packs.gazetteer.party_of(hit.tag, &hit.value);
        hit.tag == Tag::Person && own.is_some_and(|own| own != party)
    }

    /// The value of what was captured, and the tokens that give it.
    fn value(
        &self,
        sentence: &Sentence,
        edge: Edge,
        (of, unit): (ValueType, Option<&str>),
        city: Option<&str>,
    ) -> Option<(Value, (usize, usize))> {
        let tokens = (edge.first, edge.last);
        let (start, end) = sentence.span(edge.first, edge.last);
        let text = sentence.text.get(start..end)?;
        let value = match edge.found {
            Found::Hit(index) => {
                let hit = &sentence.hits[index];
                if matches!(hit.tag, Tag::Venue | Tag::VenueType) {
                    let (id, tokens) = place::venue(sentence, hit, city, self.packs)?;
                    return Some((Value::Id(id), tokens));
                }
                Value::parse(&hit.value, of).ok()?
            }
            Found::Time(index) => match sentence.times[index].meaning {
                Meaning::Days(days) => Value::Date(days),
                Meaning::Length(length) => Value::Duration(length),
                _ => return None,
            },
            Found::Number(value, percent) if of == ValueType::Number => {
                let unit = if percent { "%" } else { unit.unwrap_or_default() };
                Value::parse(&format!("{value}{unit}"), of).ok()?
            }
            Found::Number(value, _) => Value::parse(&value.to_string(), of).ok()?,
            Found::Name => Value::parse(&slug(text), of).ok()?,
            Found::Literal(_) => Value::parse(text, of).ok()?,
        };
        Some((value, tokens))
    }

    fn party_of(&self, sentence: &Sentence, edge: Edge) -> Option<String> {
        match edge.found {
            Found::Hit(index) => self.own_party(&sentence.hits[index]),
            _ => None,
        }
    }

    fn own_party(&self, hit: &Hit) -> Option<String> {
        let party = self.packs.gazetteer.party_of(hit.tag, &hit.value)?;
        self.own(party)
    }

    fn party_of_speaker(&self, id: &str) -> Option<String> {
        let gazetteer = &self.packs.gazetteer;
        let party =
            [Tag::Person, Tag::Organisation].iter().find_map(|tag| gazetteer.party_of(*tag, id))?;
        self.own(party)
    }

    fn own(&self, party: &str) -> Option<String> {
        self.parties.iter().find(|own| *own == party).cloned()
    }
}

/// A name that no gazetteer has: in Latin letters as an id, `jane-doe`, in others as it stands.
fn slug(name: &str) -> String {
    let latin = name.chars().all(|c| !c.is_alphabetic() || c.is_ascii());
    if !latin {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
