//! The ledger as it is shown: storylines, their events, the facts of each with who says so, and the latest alerts.

use std::collections::HashMap;

use super::{Origin, Quote, Stamp, Words, plain, web_link};
use crate::desk::model::{
    Alert, Article, ArticleId, Claim, ClaimId, Conflict, Event, EventId, Fact, FactState,
    SupportLevel,
};

/// The order in which slots are shown: what moves people first. Others follow by name.
const SLOT_ORDER: [&str; 12] = [
    "status",
    "date",
    "city",
    "venue",
    "head",
    "level",
    "duration",
    "outcome",
    "agreement",
    "agenda",
    "off_agenda",
    "demand",
];

/// A storyline and its events, the latest first.
pub(in crate::web) struct StorylineView {
    pub(in crate::web) name: String,
    pub(in crate::web) events: Vec<EventView>,
}

/// An event: its headline is what is known of its date and city.
pub(in crate::web) struct EventView {
    pub(in crate::web) id: String,
    pub(in crate::web) kind: String,
    pub(in crate::web) headline: String,
    /// Empty when unknown.
    pub(in crate::web) status: String,
    pub(in crate::web) follows: Option<Follows>,
    pub(in crate::web) learnt: Stamp,
    pub(in crate::web) facts: Vec<FactView>,
    /// Facts that are superseded or retracted.
    pub(in crate::web) former: Vec<FactView>,
}

/// The event that another one continues.
pub(in crate::web) struct Follows {
    pub(in crate::web) headline: String,
    /// The id of its place on the page; none when it is too old to be there.
    pub(in crate::web) id: Option<String>,
}

/// A fact, with the first claim that carries it.
pub(in crate::web) struct FactView {
    pub(in crate::web) slot: String,
    pub(in crate::web) value: Words,
    /// Empty for a fact that simply holds.
    pub(in crate::web) state: &'static str,
    pub(in crate::web) since: Stamp,
    pub(in crate::web) support: &'static str,
    pub(in crate::web) origins: Vec<Words>,
    pub(in crate::web) articles: usize,
    pub(in crate::web) speaker: Option<Words>,
    pub(in crate::web) certainty: &'static str,
    pub(in crate::web) quote: Option<Quote>,
    pub(in crate::web) origin: Option<Origin>,
}

/// An alert that fired.
pub(in crate::web) struct AlertView {
    pub(in crate::web) at: Stamp,
    pub(in crate::web) kind: &'static str,
    pub(in crate::web) severity: u8,
    pub(in crate::web) storyline: String,
    pub(in crate::web) event: String,
    pub(in crate::web) event_id: String,
    pub(in crate::web) slot: String,
    pub(in crate::web) value: Words,
    pub(in crate::web) previous: Option<Words>,
    pub(in crate::web) support: &'static str,
    pub(in crate::web) certainty: &'static str,
    pub(in crate::web) speaker: Option<Words>,
    pub(in crate::web) quote: Quote,
    pub(in crate::web) origin: Origin,
}

/// Joins events, facts, claims and articles. Facts without an event are not shown; a fact whose claim or article is gone
/// is shown without its evidence.
pub(in crate::web) fn ledger(
    events: Vec<Event>,
    facts: &[Fact],
    claims: &[Claim],
    articles: &[Article],
) -> Vec<StorylineView> {
    let claims: HashMap<&ClaimId, &Claim> = claims.iter().map(|claim| (&claim.id, claim)).collect();
    let articles: HashMap<&ArticleId, &Article> = articles.iter().map(|a| (&a.id, a)).collect();
    let mut of_event: HashMap<&EventId, Vec<&Fact>> = HashMap::new();
    for fact in facts {
        of_event.entry(&fact.event).or_default().push(fact);
    }
    let facts_of = |id: &EventId| of_event.get(id).map(Vec::as_slice).unwrap_or_default();
    let mut storylines: Vec<StorylineView> = Vec::new();
    // An event that has turned out to be another one is that other one.
    for event in events.iter().filter(|event| event.merged_into.is_none()) {
        let facts = facts_of(&event.id);
        let mut shown: Vec<&Fact> = facts.to_vec();
        shown.sort_by_key(|fact| (slot_rank(fact.slot.family()), fact.slot.clone(), fact.since));
        let (former, current): (Vec<&Fact>, Vec<&Fact>) = shown
            .into_iter()
            .partition(|f| matches!(f.state, FactState::Superseded | FactState::Retracted));
        let view = |fact: &&Fact| fact_view(fact, &claims, &articles);
        let event_view = EventView {
            id: plain(event.id.as_str()),
            kind: plain(&event.kind),
            headline: headline(facts),
            status: known(facts, "status").unwrap_or_default(),
            follows: event.follows.as_ref().map(|id| Follows {
                headline: headline(facts_of(id)),
                id: events.iter().any(|event| event.id == *id).then(|| plain(id.as_str())),
            }),
            learnt: Stamp::new(event.created),
            facts: current.iter().map(view).collect(),
            former: former.iter().map(view).collect(),
        };
        let name = plain(event.storyline.as_str());
        match storylines.iter_mut().find(|storyline| storyline.name == name) {
            Some(storyline) => storyline.events.push(event_view),
            None => storylines.push(StorylineView { name, events: vec![event_view] }),
        }
    }
    storylines
}

/// What is known of a slot, all values when they disagree.
fn known(facts: &[&Fact], slot: &str) -> Option<String> {
    let holds = |fact: &&&Fact| {
        fact.slot.as_str() == slot && matches!(fact.state, FactState::Current | FactState::Disputed)
    };
    let values: Vec<String> =
        facts.iter().filter(holds).map(|fact| plain(&fact.value.to_string())).collect();
    (!values.is_empty()).then(|| values.join(" / "))
}

fn headline(facts: &[&Fact]) -> String {
    match (known(facts, "date"), known(facts, "city")) {
        (Some(date), Some(city)) => format!("{} · {city}", day(&date)),
        (Some(date), None) => day(&date).to_owned(),
        (None, Some(city)) => city,
        (None, None) => "day and place unknown".into(),
    }
}

/// `unset` is the contract's word for a source that says that there is none.
fn day(date: &str) -> &str {
    if date == "unset" { "no date set" } else { date }
}

fn slot_rank(family: &str) -> usize {
    SLOT_ORDER.iter().position(|name| *name == family).unwrap_or(SLOT_ORDER.len())
}

fn fact_view(
    fact: &Fact,
    claims: &HashMap<&ClaimId, &Claim>,
    articles: &HashMap<&ArticleId, &Article>,
) -> FactView {
    let claim = fact.claims.first().and_then(|id| claims.get(id).copied());
    let article = claim.and_then(|claim| articles.get(&claim.article).copied());
    let language = article.map(|article| &article.language);
    FactView {
        slot: plain(fact.slot.as_str()),
        value: Words::new(&fact.value.to_string(), None),
        state: match fact.state {
            FactState::Current => "",
            FactState::Disputed => match fact.conflict {
                Some(Conflict::PerSide) => "disputed between the parties",
                Some(Conflict::Soft) => "disputed in detail",
                Some(Conflict::Hard) | None => "disputed",
            },
            FactState::Superseded => "superseded",
            FactState::Retracted => "retracted",
        },
        since: Stamp::new(fact.since),
        support: support_words(fact.support.level),
        origins: fact.support.origins.iter().map(|origin| Words::new(origin, None)).collect(),
        articles: fact.support.articles,
        speaker: claim.and_then(|claim| claim.speaker.as_deref()).map(|s| Words::new(s, None)),
        certainty: claim.map(|claim| claim.certainty.as_str()).unwrap_or_default(),
        quote: claim.map(|claim| Quote::new(&claim.sentence, &claim.evidence, language)),
        origin: match (claim, article) {
            (_, Some(article)) => Some(Origin::of_article(article)),
            (Some(claim), None) => Some(Origin::of_claim(claim)),
            (None, None) => None,
        },
    }
}

fn support_words(level: SupportLevel) -> &'static str {
    match level {
        SupportLevel::Single => "one origin",
        SupportLevel::Party => "a party on record",
        SupportLevel::Corroborated => "independent origins",
        SupportLevel::BothSides => "both sides",
    }
}

impl AlertView {
    pub(in crate::web) fn new(alert: &Alert) -> Self {
        let article = &alert.article;
        let language = Some(&article.language);
        let parts = [&alert.event.date, &alert.event.city].map(|part| part.as_deref().map(plain));
        let [date, city] = parts;
        let parts: Vec<String> = date.map(|d| day(&d).to_owned()).into_iter().chain(city).collect();
        // An alert names its article by URL.
        let url: String = url::form_urlencoded::byte_serialize(article.url.as_bytes()).collect();
        Self {
            at: Stamp::new(alert.at),
            kind: alert.kind.as_str(),
            severity: alert.severity,
            storyline: plain(alert.storyline.as_str()),
            event: parts.join(" · "),
            event_id: plain(alert.event.id.as_str()),
            slot: plain(alert.slot.as_str()),
            value: Words::new(&alert.value, None),
            previous: alert.previous.as_deref().map(|previous| Words::new(previous, None)),
            support: support_words(alert.support.level),
            certainty: alert.certainty.as_str(),
            speaker: alert.speaker.as_deref().map(|speaker| Words::new(speaker, None)),
            quote: Quote::new(&alert.evidence.sentence, &alert.evidence.quote, language),
            origin: Origin {
                source: Words::new(&article.source, None),
                title: Words::new(&article.title, language),
                link: web_link(&article.url),
                page: format!("/article?url={url}"),
            },
        }
    }
}
