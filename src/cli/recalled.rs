//! What `marsad inspect claims` prints beside the claims of the log: what an article recalls of other events, and in an
//! article of no storyline who met whom. All of it is background: explained, and never alerted.

use serde_json::{Value as Json, json};

use crate::desk::claims::{self, Reading, Sentence, Stated, encounter};
use crate::desk::model::{Article, Certainty, Modality, Value, stable_id};
use crate::desk::packs::{Packs, Storyline};
use crate::desk::pipeline::Rules;

/// The background claims of an article, in the form of the contract.
pub(super) fn beside(
    article: &Article,
    reading: &Reading,
    rules: &Rules,
    storyline: Option<&Storyline>,
) -> Vec<Json> {
    match storyline {
        Some(storyline) => recalled(article, reading, rules, storyline),
        None => encounters(article, reading, &rules.packs),
    }
}

/// What an article of a storyline recalls. One event for each day, or each place, that a sentence names first.
fn recalled(
    article: &Article,
    reading: &Reading,
    rules: &Rules,
    storyline: &Storyline,
) -> Vec<Json> {
    let stating = claims::state(reading, &rules.packs, &rules.patterns, storyline);
    let all = &stating.background;
    let print = |stated: &Stated| {
        let sentence = &reading.sentences[stated.sentence];
        let event = stable_id(&["background", storyline.id.as_str(), &event_of(stated, all)]);
        let said = Said {
            event: &event,
            slot: stated.slot.as_str(),
            value: stated.value.to_string(),
            certainty: stated.certainty,
            speaker: stated.speaker.as_deref(),
            evidence: stated.evidence,
            why: stated.why.join("; "),
        };
        said.printed(article, sentence)
    };
    all.iter().map(print).collect()
}

/// What names the event that a claim recalls: its day, else the first day of its sentence, else a place, else the
/// sentence.
fn event_of(stated: &Stated, all: &[Stated]) -> String {
    let same = || {
        std::iter::once(stated).chain(all.iter().filter(|other| other.sentence == stated.sentence))
    };
    let day = same().find(|claim| matches!(claim.value, Value::Date(_)));
    let place = same().find(|claim| claim.slot.as_str() == "city");
    match day.or(place) {
        Some(claim) => claim.value.to_string(),
        None => format!("sentence {}", stated.sentence),
    }
}

/// Who met whom in an article of no storyline, each encounter an event of its own.
fn encounters(article: &Article, reading: &Reading, packs: &Packs) -> Vec<Json> {
    let Some(language) = packs.language(&article.language) else { return Vec::new() };
    let mut out = Vec::new();
    for met in encounter::find(reading, packs, language) {
        let sentence = &reading.sentences[met.sentence];
        let number = met.sentence.to_string();
        let event = stable_id(&["encounter", article.id.as_str(), &number]);
        let mut say = |slot: &str, value: String, (first, last): (usize, usize)| {
            let said = Said {
                event: &event,
                slot,
                value,
                certainty: met.certainty,
                speaker: None,
                evidence: sentence.span(first, last),
                why: met.why.to_string(),
            };
            out.push(said.printed(article, sentence));
        };
        say("status", met.status.as_str().to_owned(), met.tokens);
        if let Some((days, tokens)) = met.date {
            say("date", days.to_string(), tokens);
        }
        if let Some((city, tokens)) = &met.city {
            say("city", city.clone(), *tokens);
        }
    }
    out
}

/// One background claim.
struct Said<'a> {
    event: &'a str,
    slot: &'a str,
    value: String,
    certainty: Certainty,
    speaker: Option<&'a str>,
    evidence: (usize, usize),
    why: String,
}

impl Said<'_> {
    fn printed(self, article: &Article, sentence: &Sentence) -> Json {
        let (start, end) = self.evidence;
        json!({
            "event": self.event,
            "slot": self.slot,
            "value": self.value,
            "certainty": self.certainty,
            "modality": Modality::Background,
            "speaker": self.speaker,
            "article": article.id,
            "sentence": &*sentence.text,
            "evidence": sentence.text.get(start..end).unwrap_or(&sentence.text),
            "why": self.why,
        })
    }
}
