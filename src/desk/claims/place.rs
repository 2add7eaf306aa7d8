//! Where: cities from the gazetteer beside the words of a meeting, venues by name or composed of party, type and city.

use crate::desk::claims::focus::{
    EVENT_TAGS, contradicts, hedged, is_aside, is_of_past, is_old_plan, is_speech_place,
    is_speech_time, promises_another,
};
use crate::desk::claims::reading::{Reading, Sentence, distance};
use crate::desk::dates::Meaning;
use crate::desk::model::{DateSpan, Status};
use crate::desk::packs::{EntityKind, Hit, Packs, Storyline, Tag};

/// Tokens between a place and the verb by which it hosts.
const HOST_TOKENS_MAX: usize = 3;

/// Tokens between a place and the word of a meeting it belongs to.
const PLACE_TOKENS_MAX: usize = 14;

/// The same, over the border of a clause: "to Riyadh, where they will sit down".
const NEXT_CLAUSE_TOKENS_MAX: usize = 4;

/// Tokens between a place and the word for a meeting that is called by it; an adjective may stand between.
const NAMED_TOKENS_MAX: usize = 3;

/// Tokens between a kind of venue and the party it belongs to.
const VENUE_PARTY_TOKENS_MAX: usize = 2;

/// A place and where it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    /// The place's id.
    pub id: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// First and last token.
    pub tokens: (usize, usize),
}

/// The place of the event in focus: of all places that the article names as where an event is, the one that the cues speak
/// for, over all its mentions; the narrower of two that hold each other.
pub(super) fn of_focus(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
    (status, date): (Option<Status>, Option<DateSpan>),
) -> Option<Site> {
    let lead = reading.lead().len();
    let mut found: Vec<(i32, Site)> = Vec::new();
    for (index, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| !s.question) {
        for hit in sentence.tagged(Tag::Place) {
            let clause = sentence.clause[hit.first];
            if is_aside(sentence, clause, kind, packs, storyline)
                || contradicts(sentence, clause, status)
                || promises_another(sentence, clause, status)
                || hedged(sentence, hit.first)
                || is_old_plan(sentence, clause, status)
            {
                continue;
            }
            let Some(located) = standing(sentence, hit, packs) else { continue };
            let weight = weight(reading, (index, lead), hit, located, date);
            let site =
                Site { id: hit.value.clone(), sentence: index, tokens: (hit.first, hit.last) };
            match found.iter_mut().find(|(_, known)| known.id == site.id) {
                Some((known, _)) => *known += weight,
                None => found.push((weight, site)),
            }
        }
    }
    let within = |narrow: &Site, wide: &Site| {
        narrow.id != wide.id && packs.gazetteer.is_within(&narrow.id, &wide.id)
    };
    // What speaks for a city speaks for its country, and for the city that is meant when only the country is named.
    let of = |site: &Site| {
        let same = |(_, other): &&(i32, Site)| other.id == site.id || within(other, site);
        found.iter().filter(same).map(|(weight, _)| *weight).sum::<i32>()
    };
    let (at, _) = found
        .iter()
        .enumerate()
        .map(|(at, (_, site))| (at, of(site)))
        .filter(|(_, weight)| *weight > 0)
        .max_by_key(|(at, weight)| (*weight, std::cmp::Reverse(*at)))?;
    let wide = &found[at].1;
    let narrower = found
        .iter()
        .filter(|(weight, site)| *weight > 0 && within(site, wide))
        .max_by_key(|(weight, _)| *weight);
    Some(narrower.map_or(wide, |(_, site)| site).clone())
}

/// How much a mention speaks for its place: more in title and first sentence, beside a word that tells how the event stands
/// or that the place hosts it, and behind a locative; against it where something was said, or where a day stands that is
/// another event's.
fn weight(
    reading: &Reading,
    (index, lead): (usize, usize),
    hit: &Hit,
    located: bool,
    date: Option<DateSpan>,
) -> i32 {
    const TELLING: [Tag; 6] =
        [Tag::Held, Tag::Underway, Tag::Future, Tag::Present, Tag::Host, Tag::Next];
    let sentence = &reading.sentences[index];
    let clause = sentence.clause[hit.first];
    let seat = match () {
        () if sentence.in_title || sentence.opens => 4,
        () if index < lead => 2,
        () => 1,
    };
    let told = TELLING.iter().any(|tag| sentence.clause_has(clause, *tag));
    let said = is_speech_place(sentence, hit.first);
    let other_day =
        is_of_past(sentence, reading.day, date) || of_another_day(reading, sentence, clause, date);
    seat + 2 * i32::from(located) + 2 * i32::from(told)
        - 12 * i32::from(said)
        - 12 * i32::from(other_day)
}

/// Whether all days of a clause lie before those of the focus.
fn of_another_day(
    reading: &Reading,
    sentence: &Sentence,
    clause: usize,
    date: Option<DateSpan>,
) -> bool {
    let Some(known) = date else { return false };
    let mut days = sentence
        .times
        .iter()
        .filter(|time| sentence.clause[time.first] == clause)
        .filter(|time| !is_speech_time(sentence, time, reading.day))
        .filter_map(|time| match time.meaning {
            Meaning::Days(days) if days.days() == 1 => Some(days),
            _ => None,
        })
        .peekable();
    days.peek().is_some() && days.all(|days| days.hi < known.lo)
}

/// Whether a place is where an event is: `Some(true)` behind a locative, `Some(false)` beside a word for a meeting,
/// `None` when it stands for a government, an office or something else.
pub(super) fn standing(sentence: &Sentence, hit: &Hit, packs: &Packs) -> Option<bool> {
    let place = packs.gazetteer.get(EntityKind::Places, &hit.value)?;
    let located = sentence.tagged(Tag::In_).any(|prep| prep.last + 1 == hit.first)
        || fused_locative(sentence, hit)
        || sentence.tagged(Tag::Host).any(|host| distance(host, hit.first) <= HOST_TOKENS_MAX);
    let office =
        sentence.tagged(Tag::Post).any(|post| post.last < hit.first && hit.first - post.last <= 3);
    let near = sentence
        .nearest(hit.first, &EVENT_TAGS)
        .is_some_and(|(_, distance)| distance <= PLACE_TOKENS_MAX)
        || sentence.hits.iter().any(|event| {
            EVENT_TAGS.contains(&event.tag) && distance(event, hit.first) <= NEXT_CLAUSE_TOKENS_MAX
        });
    let country = place.within.is_none() && place.role.is_none();
    let capital = place.party.is_some();
    match () {
        () if !near || office => None,
        // "To a third country": what names no city stands for nothing but a place.
        () if located || place.role.as_deref() == Some("generic") => Some(true),
        () if capital || country => adjacent(sentence, hit).then_some(false),
        () => named_with(sentence, hit).then_some(false),
    }
}

/// A place without a locative is where the event is when the event is called by it: "the Riyadh talks", محادثات الرياض.
fn named_with(sentence: &Sentence, hit: &Hit) -> bool {
    let named = [Tag::Meeting, Tag::Summit, Tag::Venue, Tag::VenueType];
    sentence.hits.iter().any(|event| {
        named.contains(&event.tag)
            && distance(event, hit.first).min(distance(event, hit.last)) <= NAMED_TOKENS_MAX
    })
}

/// A preposition that is part of the word: بإسطنبول.
fn fused_locative(sentence: &Sentence, hit: &Hit) -> bool {
    let token = &sentence.tokens[hit.first];
    token.folded.starts_with('ب') && !hit.value.starts_with('b') || token.folded.starts_with("وب")
}

/// A capital or country without a locative is a place only right beside the word for a meeting ("Moscow round").
fn adjacent(sentence: &Sentence, hit: &Hit) -> bool {
    sentence
        .tagged(Tag::Meeting)
        .any(|event| event.first == hit.last + 1 && sentence.tokens[hit.first].capital)
}

/// Tokens between a venue and the city that is said to hold it: "at the U.S. embassy in Vienna".
const VENUE_CITY_TOKENS_MAX: usize = 2;

/// The venue that a sentence names in a clause, as the contract writes it.
pub(super) fn venue(
    sentence: &Sentence,
    hit: &Hit,
    city: Option<&str>,
    packs: &Packs,
) -> Option<(String, (usize, usize))> {
    if hit.tag == Tag::Venue {
        return Some((hit.value.clone(), (hit.first, hit.last)));
    }
    let party = sentence
        .tagged(Tag::Party)
        .filter(|party| {
            // Within the phrase, right before it, or right behind it.
            distance(hit, party.first) <= VENUE_PARTY_TOKENS_MAX
        })
        .min_by_key(|party| (distance(hit, party.first), party.first < hit.first))?;
    let behind = sentence.tagged(Tag::Place).find(|place| {
        let near = hit.last.max(party.last) + 1;
        (near..=near + VENUE_CITY_TOKENS_MAX).contains(&place.first)
            && packs
                .gazetteer
                .get(EntityKind::Places, &place.value)
                .is_some_and(|p| p.within.is_some() || p.party.is_some())
    });
    let city = match (behind, city) {
        // "The embassy in Moscow" is no venue of talks held elsewhere.
        (Some(place), Some(city)) if place.value != city => return None,
        (Some(place), _) => place.value.as_str(),
        (None, _) => near_city(sentence, hit, packs).or(city)?,
    };
    let first = hit.first.min(party.first);
    let last = hit.last.max(party.last);
    Some((format!("{}-{}-{city}", party.value, hit.value), (first, last)))
}

/// The nearest city that is no capital, for a capital stands for its government too.
fn near_city<'s>(sentence: &'s Sentence, hit: &Hit, packs: &Packs) -> Option<&'s str> {
    let near = sentence.tagged(Tag::Place).filter(|place| {
        let place = packs.gazetteer.get(EntityKind::Places, &place.value);
        place.is_some_and(|p| p.within.is_some() && p.party.is_none())
    });
    near.min_by_key(|place| distance(place, hit.first)).map(|place| place.value.as_str())
}
