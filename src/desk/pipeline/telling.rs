//! Telling: from what an article states to the claim that is logged, the alert that is told, and its deliveries.

use jiff::Timestamp;

use crate::desk::alert::{Notify, Watchlist, severity};
use crate::desk::claims::{Local, Reading, Stated};
use crate::desk::ledger::Ledger;
use crate::desk::model::{
    Alert, AlertArticle, AlertEvent, AlertEvidence, AlertId, AlertSupport, Article, Claim, ClaimId,
    Delivery, DeliveryId, DeliveryState, EventId, Modality, TraceStep, stable_id,
};
use crate::desk::packs::{Frame, Packs, Storyline, Tag};

/// The claim of a statement, with its sentence and evidence as they stand in the article.
pub(super) fn claim(
    article: &Article,
    reading: &Reading,
    stated: &Stated,
    event: &EventId,
    storyline: &Storyline,
    source: &str,
) -> Claim {
    let sentence = &reading.sentences[stated.sentence];
    let (start, end) = stated.evidence;
    let value = stated.value.to_string();
    let at = (sentence.start + start).to_string();
    let parts = ["claim", article.id.as_str(), event.as_str(), stated.slot.as_str(), &value, &at];
    Claim {
        id: ClaimId::new(stable_id(&parts)),
        storyline: storyline.id.clone(),
        event: event.clone(),
        article: article.id.clone(),
        slot: stated.slot.clone(),
        value: stated.value.clone(),
        certainty: stated.certainty,
        modality: if stated.about == Local::Past { Modality::Background } else { Modality::Main },
        speaker: stated.speaker.clone(),
        origin: match &stated.speaker {
            Some(speaker) => format!("speaker:{speaker}"),
            None => format!("source:{source}"),
        },
        sentence: sentence.text.clone(),
        evidence: sentence.text.get(start..end).unwrap_or(&sentence.text).to_owned(),
        start: sentence.start + start,
        end: sentence.start + end,
        in_title: sentence.in_title,
        said_at: article.published.at,
        trace: stated.why.iter().cloned().map(TraceStep).collect(),
    }
}

/// The party that a claim's speaker speaks for.
pub(super) fn speaker_party(claim: &Claim, packs: &Packs) -> Option<String> {
    let speaker = claim.speaker.as_deref()?;
    [Tag::Person, Tag::Organisation]
        .iter()
        .find_map(|tag| packs.gazetteer.party_of(*tag, speaker))
        .map(str::to_owned)
}

/// The alert of a decision to tell.
pub(super) fn alert(
    notify: &Notify,
    claim: &Claim,
    article: &Article,
    ledger: &Ledger,
    frame: &Frame,
    now: Timestamp,
) -> Option<Alert> {
    let Notify::Tell { kind, previous } = notify else { return None };
    let rule = frame.rule(&claim.slot)?;
    let support = ledger.support(&claim.event, &claim.slot, &claim.value);
    let (value, previous) = (claim.value.to_string(), previous.as_ref().map(ToString::to_string));
    let parts = [
        "alert",
        claim.storyline.as_str(),
        claim.event.as_str(),
        claim.slot.as_str(),
        &value,
        kind.as_str(),
        previous.as_deref().unwrap_or_default(),
        article.id.as_str(),
    ];
    Some(Alert {
        id: AlertId::new(stable_id(&parts)),
        version: 1,
        kind: *kind,
        severity: severity(rule, &claim.slot, *kind, &claim.value, support.level),
        storyline: claim.storyline.clone(),
        event: AlertEvent {
            id: claim.event.clone(),
            date: ledger.value(&claim.event, "date").map(ToString::to_string),
            city: ledger.value(&claim.event, "city").map(ToString::to_string),
            follows: ledger.event(&claim.event).and_then(|event| event.follows.clone()),
        },
        slot: claim.slot.clone(),
        value,
        previous,
        support: AlertSupport {
            level: support.level,
            origins: support.origins.len(),
            articles: support.articles,
        },
        certainty: claim.certainty,
        speaker: claim.speaker.clone(),
        article: AlertArticle {
            url: article.url.clone(),
            title: article.title.clone(),
            source: article.source.clone(),
            language: article.language.clone(),
            published: article.published.at,
        },
        evidence: AlertEvidence {
            quote: claim.evidence.clone(),
            sentence: claim.sentence.clone(),
            start: claim.start,
            end: claim.end,
        },
        at: now,
    })
}

/// One delivery for each channel of a watchlist.
pub(super) fn deliveries(alert: &Alert, watchlist: &Watchlist, now: Timestamp) -> Vec<Delivery> {
    // An alert is text and numbers; it has always a JSON form.
    let Ok(body) = serde_json::to_string(alert) else { return Vec::new() };
    watchlist
        .channels
        .iter()
        .map(|channel| Delivery {
            id: DeliveryId::new(stable_id(&[
                "delivery",
                alert.id.as_str(),
                &alert.version.to_string(),
                channel.as_str(),
            ])),
            alert: alert.id.clone(),
            watchlist: watchlist.id.clone(),
            channel: channel.clone(),
            thread: alert.event.id.clone(),
            body: body.clone(),
            state: DeliveryState::Pending,
            attempts: 0,
            next_attempt: now,
            created: now,
            last_error: None,
        })
        .collect()
}
