//! What was talked about: topics by the cue of their clause, and the words by which a side judges the talks.

use crate::desk::claims::focus::hedged;
use crate::desk::claims::reading::{Sentence, distance};
use crate::desk::model::Value;
use crate::desk::packs::{Hit, Packs, Storyline, Tag};

/// Tokens between a cue and a topic.
const TOPIC_TOKENS_MAX: usize = 25;

/// The slot of a topic by the strongest cue of its clause.
pub(super) fn slot(
    sentence: &Sentence,
    topic: &Hit,
    packs: &Packs,
    storyline: &Storyline,
    speaker: Option<&str>,
) -> Option<(&'static str, Value)> {
    let cue = |tag: Tag| {
        sentence
            .nearest(topic.first, &[tag])
            .filter(|(_, distance)| *distance <= TOPIC_TOKENS_MAX)
            .map(|(hit, _)| hit)
    };
    let id = || Value::Id(topic.value.clone());
    if cue(Tag::OffAgenda).is_some() {
        return Some(("off_agenda", id()));
    }
    if hedged(sentence, topic.first) || cue(Tag::Attempt).is_some() {
        return None;
    }
    if let Some(hit) = cue(Tag::Demand) {
        let party = subject(sentence, hit, packs, storyline)
            .or_else(|| speaker.and_then(|id| party_of_speaker(id, packs, storyline)))?;
        return Some(("demand", Value::PartyId { party, id: topic.value.clone() }));
    }
    if cue(Tag::Agreement).is_some() {
        return Some(("agreement", id()));
    }
    cue(Tag::Agenda).map(|_| ("agenda", id()))
}

/// The party that judges: the nearest named before the word, else the speaker's.
pub(super) fn judge(
    sentence: &Sentence,
    word: &Hit,
    packs: &Packs,
    storyline: &Storyline,
    speaker: Option<&str>,
) -> Option<String> {
    let near = sentence
        .hits
        .iter()
        .filter(|hit| matches!(hit.tag, Tag::Person | Tag::Organisation))
        .filter(|hit| {
            hit.last < word.first || sentence.clause[hit.first] == sentence.clause[word.first]
        })
        .filter_map(|hit| Some((distance(hit, word.first), own_party(hit, packs, storyline)?)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, party)| party);
    near.or_else(|| speaker.and_then(|id| party_of_speaker(id, packs, storyline)))
}

/// The party that acts: the nearest party, person or organisation before a cue, else behind it.
fn subject(sentence: &Sentence, cue: &Hit, packs: &Packs, storyline: &Storyline) -> Option<String> {
    sentence
        .hits
        .iter()
        .filter(|hit| matches!(hit.tag, Tag::Party | Tag::Person | Tag::Organisation))
        .filter(|hit| sentence.clause[hit.first] == sentence.clause[cue.first])
        .filter_map(|hit| {
            let party = own_party(hit, packs, storyline)?;
            let behind = hit.first > cue.last;
            Some((distance(cue, hit.first) + if behind { 3 } else { 0 }, party))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, party)| party)
}

fn own_party(hit: &Hit, packs: &Packs, storyline: &Storyline) -> Option<String> {
    packs
        .gazetteer
        .party_of(hit.tag, &hit.value)
        .filter(|party| storyline.parties.iter().any(|own| own == party))
        .map(str::to_owned)
}

fn party_of_speaker(id: &str, packs: &Packs, storyline: &Storyline) -> Option<String> {
    [Tag::Person, Tag::Organisation]
        .iter()
        .find_map(|tag| packs.gazetteer.party_of(*tag, id))
        .filter(|party| storyline.parties.iter().any(|own| own == party))
        .map(str::to_owned)
}
