//! Telling: from what an article states to the report and the claims that are logged, the alert that is told, and its
//! deliveries.

use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::alert::{Notify, Watchlist, severity};
use crate::desk::claims::{Local, Reading, Role, Stated, Stating};
use crate::desk::copies::Account;
use crate::desk::ledger::{Told, Working};
use crate::desk::model::{
    Alert, AlertArticle, AlertEvent, AlertEvidence, AlertId, AlertSupport, Article, ArticleId,
    Certainty, Claim, ClaimId, Delivery, DeliveryId, DeliveryState, EventId, Mention, Modality,
    Report, TraceStep, stable_id,
};
use crate::desk::normalise::tokens;
use crate::desk::origins::{Credit, Credits};
use crate::desk::packs::{Frame, Storyline};
use crate::desk::pipeline::Rules;
use crate::desk::pipeline::reading::Study;

/// Words of a quotation that two writers do not choose alike by chance.
const QUOTATION_WORDS_MIN: usize = 8;

/// What an article tells of each storyline that it covers.
pub(super) fn accounts(rules: &Rules, article: &Article, study: &Study) -> Vec<Arc<Account>> {
    let covered = rules.packs.storylines.iter().zip(&study.covers);
    let told = covered.filter_map(|(storyline, (_, says))| {
        let stating = says.as_ref()?;
        Some(Arc::new(account(article, study, stating, storyline)))
    });
    told.collect()
}

/// What an article tells of a storyline, as rewrites are known by. How the event stands is left out: every article says
/// that.
fn account(article: &Article, study: &Study, stating: &Stating, storyline: &Storyline) -> Account {
    let facts = stating.claims.iter().filter(|stated| stated.slot.as_str() != "status");
    let facts = facts.map(|stated| {
        let denied = stated.certainty == Certainty::Denied;
        (stated.slot.to_string(), stated.value.to_string(), denied)
    });
    Account::new(
        (&article.id, &article.key),
        &storyline.id,
        (&article.language, article.published.at),
        facts.collect(),
        &study.print,
        &study.reading.sentences,
    )
}

/// The report of an article about a storyline. `said_at` is when its claims were made, `same_as` what it copies.
pub(super) fn report(
    article: &Article,
    reading: &Reading,
    stating: &Stating,
    storyline: &Storyline,
    said_at: Timestamp,
    same_as: Vec<ArticleId>,
    (house, conveyor): (Option<&str>, Option<&Credit>),
) -> Report {
    let mention = |event: &crate::desk::claims::LocalEvent| Mention {
        local: name(event.local),
        kind: event.kind.to_owned(),
        promised: event.role == Role::Promised,
        continues: event.local == Local::Next,
        status: event.status,
        date: event.date,
        city: event.city.clone(),
        track: event.track.clone(),
        event: EventId::new(""),
    };
    Report {
        storyline: storyline.id.clone(),
        article: article.id.clone(),
        key: article.key.clone(),
        version: article.version,
        said_at,
        day: reading.day,
        source: article.source.clone(),
        house: house.map(str::to_owned),
        conveyor: conveyor.filter(|credit| credit.named).map(|credit| credit.agency.clone()),
        same_as,
        mentions: stating.events.iter().map(mention).collect(),
    }
}

/// The name of an event within its article.
fn name(local: Local) -> String {
    format!("{local:?}").to_lowercase()
}

/// The claim of a statement, with its sentence and evidence as they stand in the article. The ledger links it.
pub(super) fn claim(
    article: &Article,
    (reading, credits): (&Reading, &Credits),
    stated: &Stated,
    storyline: &Storyline,
    said_at: Timestamp,
) -> Claim {
    let credit = credits.of(stated.sentence);
    let conveyed = credit.map(|credit| credit.to_string());
    let sentence = &reading.sentences[stated.sentence];
    let (start, end) = stated.evidence;
    let value = stated.value.to_string();
    let about = name(stated.about);
    let at = format!("{} {}", sentence.in_title, sentence.start + start);
    let (of, article_id) = (storyline.id.as_str(), article.id.as_str());
    let parts = ["claim", of, article_id, &about, stated.slot.as_str(), &value, &at];
    Claim {
        id: ClaimId::new(stable_id(&parts)),
        storyline: storyline.id.clone(),
        event: EventId::new(""),
        article: article.id.clone(),
        about,
        slot: stated.slot.clone(),
        value: stated.value.clone(),
        certainty: stated.certainty,
        modality: Modality::Main,
        speaker: stated.speaker.clone(),
        conveyor: credit.map(|credit| credit.agency.clone()),
        quotation: quotation(&sentence.text),
        origin: String::new(),
        sentence: sentence.text.clone(),
        evidence: sentence.text.get(start..end).unwrap_or(&sentence.text).to_owned(),
        start: sentence.start + start,
        end: sentence.start + end,
        in_title: sentence.in_title,
        said_at,
        trace: stated.why.iter().cloned().chain(conveyed).map(TraceStep).collect(),
    }
}

/// A stable hash of the words of the longest quotation in a sentence, when nobody would quote so much by chance.
fn quotation(sentence: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let inner = sentence.split(is_mark).skip(1).step_by(2);
    let words = inner.map(|quoted| tokens(quoted).into_iter().map(|t| t.folded).collect());
    let longest: Vec<String> = words.max_by_key(Vec::len)?;
    let parts: Vec<&str> = longest.iter().map(String::as_str).collect();
    (parts.len() >= QUOTATION_WORDS_MIN).then(|| stable_id(&parts))
}

/// The id of the alerts about what a claim is about: the slot of its event, or the value where a slot has many.
pub(super) fn alert_id(told: &Told, frame: &Frame) -> AlertId {
    let claim = &told.claim;
    let many = frame.rule(&claim.slot).is_some_and(|rule| rule.many);
    let lane = if many { claim.value.to_string() } else { String::new() };
    let (storyline, event) = (claim.storyline.as_str(), claim.event.as_str());
    AlertId::new(stable_id(&["alert", storyline, event, claim.slot.as_str(), &lane]))
}

/// The alert of a decision to tell.
pub(super) fn alert(
    notify: &Notify,
    told: &Told,
    article: &Article,
    ledger: &Working<'_>,
    frame: &Frame,
    (version, now): (u32, Timestamp),
) -> Option<Alert> {
    let Notify::Tell { kind, previous, .. } = notify else { return None };
    let claim = &told.claim;
    let rule = frame.rule(&claim.slot)?;
    let support = ledger.support(told.event, &claim.slot, &claim.value);
    let known = |slot| ledger.value(told.event, slot).map(ToString::to_string);
    let (id, follows) = ledger.ids(told.event);
    Some(Alert {
        id: alert_id(told, frame),
        version,
        kind: *kind,
        severity: severity(rule, &claim.slot, *kind, &claim.value, support.level),
        storyline: claim.storyline.clone(),
        event: AlertEvent { id, date: known("date"), city: known("city"), follows },
        slot: claim.slot.clone(),
        value: claim.value.to_string(),
        previous: previous.as_ref().map(ToString::to_string),
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
            version: alert.version,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_quotation_is_known_again_in_each_script() {
        for (a, b, short) in [
            (
                "The aide said: “We met for six hours and will meet again in spring.”",
                "\"We met for six hours, and will meet again in spring\", a source said.",
                "They called it “a good day”.",
            ),
            (
                "Источник заявил: «Мы встретились на шесть часов и встретимся снова весной».",
                "„Мы встретились на шесть часов и встретимся снова весной“, сообщили агентству.",
                "Это был «хороший день».",
            ),
            (
                "قال المصدر: «التقينا ست ساعات متواصلة وسوف نلتقي مرة أخرى في الربيع».",
                "وأضاف \"التقينا ست ساعات متواصلة وسوف نلتقي مرة أخرى في الربيع\" مصدر مطلع.",
                "وصفه بأنه «يوم جيد».",
            ),
        ] {
            assert!(quotation(a).is_some(), "{a}");
            assert_eq!(quotation(a), quotation(b), "{b}");
            assert_eq!(quotation(short), None, "{short}");
        }
    }
}
