//! A small ledger for the tests of the page: one storyline, two events, words in three scripts.

use jiff::Timestamp;

use crate::desk::model::*;
use crate::web::Snapshot;

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

pub(super) fn article(id: &str, language: &str, title: &str, url: &str) -> Article {
    Article {
        id: ArticleId::new(id),
        key: EntryKey(id.into()),
        names: Names::default(),
        version: 1,
        revision_of: None,
        url: url.into(),
        title: title.into(),
        text: "First paragraph.\n\nСледующий абзац.\nالفقرة الأخيرة.".into(),
        language: LanguageId::new(language),
        direction: if language == "ar" { Direction::Rtl } else { Direction::Ltr },
        published: Published { at: at("2025-04-08T09:00:00Z"), how: Dated::Declared },
        first_seen: at("2025-04-08T09:02:00Z"),
        source: "الجزيرة".into(),
        feed: None,
        content_hash: "0".into(),
        copy_of: None,
        revision: None,
    }
}

pub(super) fn claim(id: &str, article: &str, sentence: &str, evidence: &str) -> Claim {
    Claim {
        id: ClaimId::new(id),
        storyline: StorylineId::new("us-russia-talks"),
        event: EventId::new("e2"),
        article: ArticleId::new(article),
        about: "focus".into(),
        slot: Slot::new("date"),
        value: Value::Unset,
        certainty: Certainty::Expected,
        modality: Modality::Main,
        speaker: Some("dmitry-peskov".into()),
        conveyor: None,
        quotation: None,
        origin: "dmitry-peskov".into(),
        sentence: sentence.into(),
        evidence: evidence.into(),
        start: 0,
        end: 0,
        in_title: false,
        said_at: at("2025-04-08T09:00:00Z"),
        trace: Vec::new(),
    }
}

pub(super) fn fact(
    slot: &str,
    value: &str,
    of: ValueType,
    state: FactState,
    claims: &[&str],
) -> Fact {
    Fact {
        storyline: StorylineId::new("us-russia-talks"),
        event: EventId::new("e2"),
        slot: Slot::new(slot),
        value: Value::parse(value, of).expect(value),
        state,
        conflict: None,
        support: Support {
            level: SupportLevel::Party,
            origins: vec!["dmitry-peskov".into()],
            articles: 2,
        },
        since: at("2025-04-08T09:00:00Z"),
        claims: claims.iter().map(|id| ClaimId::new(*id)).collect(),
    }
}

pub(super) fn event(id: &str, follows: Option<&str>, created: &str) -> Event {
    Event {
        id: EventId::new(id),
        storyline: StorylineId::new("us-russia-talks"),
        kind: "meeting".into(),
        track: None,
        follows: follows.map(EventId::new),
        created: at(created),
        created_by: ArticleId::new("a1"),
        merged_into: None,
    }
}

pub(super) fn alert(title: &str, url: &str) -> Alert {
    Alert {
        id: AlertId::new("alert-1"),
        version: 1,
        kind: AlertKind::Set,
        severity: 5,
        storyline: StorylineId::new("us-russia-talks"),
        event: AlertEvent {
            id: EventId::new("e2"),
            date: Some("2025-04-10".into()),
            city: Some("istanbul".into()),
            follows: Some(EventId::new("e1")),
        },
        slot: Slot::new("date"),
        value: "2025-04-10".into(),
        previous: Some("unset".into()),
        support: AlertSupport { level: SupportLevel::Single, origins: 1, articles: 1 },
        certainty: Certainty::Expected,
        speaker: Some("dmitry-peskov".into()),
        article: AlertArticle {
            url: url.into(),
            title: title.into(),
            source: "ТАСС".into(),
            language: LanguageId::new("ru"),
            published: at("2025-04-08T09:00:00Z"),
        },
        evidence: AlertEvidence {
            quote: "10 апреля".into(),
            sentence: "Встреча пройдет 10 апреля в Стамбуле.".into(),
            start: 0,
            end: 0,
        },
        at: at("2025-04-08T09:02:11Z"),
    }
}

pub(super) fn snapshot() -> Snapshot {
    let sentence = "Reuters: قال بيسكوف إن الاجتماع سيعقد في 10 أبريل";
    Snapshot {
        articles: vec![article("a1", "ar", "اجتماع في اسطنبول", "https://news.example/1?a=1&b=2")],
        events: vec![
            event("e1", None, "2025-02-27T09:00:00Z"),
            event("e2", Some("e1"), "2025-04-08T09:00:00Z"),
        ],
        claims: vec![claim("c1", "a1", sentence, "10 أبريل"), claim("c2", "gone", "Gone.", "")],
        facts: vec![
            fact("city", "istanbul", ValueType::Id, FactState::Current, &["c2"]),
            fact("status", "scheduled", ValueType::Status, FactState::Current, &[]),
            fact("date", "2025-04-10", ValueType::Date, FactState::Current, &["c1"]),
            fact("date", "unset", ValueType::Date, FactState::Superseded, &[]),
        ],
        alerts: vec![alert("Песков: дата встречи названа", "https://tass.example/2")],
        ..Snapshot::default()
    }
}
