//! One batch with a bit of everything, in three languages.

use jiff::Timestamp;

use crate::desk::copies::fingerprint;
use crate::desk::model::*;
use crate::desk::normalise::Words;
use crate::desk::pipeline::{Changes, KnownText};

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

fn now() -> Timestamp {
    at("2025-04-08T09:02:00.123456Z")
}

pub(super) fn feed(url: &str, source: &str) -> FeedState {
    FeedState::new(url, source, Some(LanguageId::new("ar")), now())
}

pub(super) fn article(id: &str, language: &str, title: &str, text: &str) -> Article {
    Article {
        id: ArticleId::new(id),
        key: EntryKey(format!("key of {id}")),
        names: Names::default(),
        version: 1,
        revision_of: None,
        url: format!("https://a.example/{id}"),
        title: title.into(),
        text: text.into(),
        language: LanguageId::new(language),
        direction: if language == "ar" { Direction::Rtl } else { Direction::Ltr },
        published: Published { at: at("2025-04-08T09:00:00Z"), how: Dated::Declared },
        first_seen: now(),
        source: "الجزيرة".into(),
        feed: None,
        content_hash: "0".into(),
        copy_of: None,
        revision: None,
    }
}

fn claim(id: &str, article: &str, sentence: &str, evidence: &str) -> Claim {
    let start = sentence.find(evidence).expect("the sentence holds the evidence");
    Claim {
        id: ClaimId::new(id),
        storyline: StorylineId::new("us-russia-talks"),
        event: EventId::new("event"),
        article: ArticleId::new(article),
        about: "focus".into(),
        slot: Slot::new("date"),
        value: Value::Date(DateSpan::parse("2025-04-10").expect("a date")),
        certainty: Certainty::Expected,
        modality: Modality::Main,
        speaker: None,
        conveyor: None,
        quotation: None,
        origin: "tass".into(),
        sentence: sentence.into(),
        evidence: evidence.into(),
        start,
        end: start + evidence.len(),
        in_title: false,
        said_at: at("2025-04-08T09:00:00Z"),
        trace: vec![TraceStep("date: 10 أبريل".into())],
    }
}

fn report(article: &str) -> Report {
    Report {
        storyline: StorylineId::new("us-russia-talks"),
        article: ArticleId::new(article),
        key: EntryKey(format!("key of {article}")),
        version: 1,
        said_at: at("2025-04-08T09:00:00Z"),
        day: jiff::civil::date(2025, 4, 8),
        source: "الجزيرة".into(),
        house: None,
        conveyor: None,
        same_as: Vec::new(),
        mentions: vec![Mention {
            local: "focus".into(),
            kind: "meeting".into(),
            promised: false,
            continues: false,
            status: Some(Status::Scheduled),
            date: DateSpan::parse("2025-04-10"),
            city: None,
            track: None,
            event: EventId::new("event"),
        }],
    }
}

fn fact(slot: &str, value: Value, claim: &str) -> Fact {
    Fact {
        storyline: StorylineId::new("us-russia-talks"),
        event: EventId::new("event"),
        slot: Slot::new(slot),
        value,
        state: FactState::Current,
        conflict: None,
        support: Support { level: SupportLevel::Single, origins: vec!["tass".into()], articles: 1 },
        since: at("2025-04-08T09:00:00Z"),
        claims: vec![ClaimId::new(claim)],
    }
}

fn event(id: &str) -> Event {
    Event {
        id: EventId::new(id),
        storyline: StorylineId::new("us-russia-talks"),
        kind: "meeting".into(),
        track: None,
        follows: None,
        created: now(),
        created_by: ArticleId::new("article-ar"),
        merged_into: None,
    }
}

pub(super) fn alert() -> Alert {
    Alert {
        id: AlertId::new("alert-1"),
        version: 1,
        kind: AlertKind::Set,
        severity: 5,
        storyline: StorylineId::new("us-russia-talks"),
        event: AlertEvent {
            id: EventId::new("event"),
            date: Some("2025-04-10".into()),
            city: None,
            follows: None,
        },
        slot: Slot::new("date"),
        value: "2025-04-10".into(),
        previous: Some("unset".into()),
        support: AlertSupport { level: SupportLevel::Single, origins: 1, articles: 1 },
        certainty: Certainty::Expected,
        speaker: None,
        article: AlertArticle {
            url: "https://a.example/article-ar".into(),
            title: "محادثات في إسطنبول".into(),
            source: "الجزيرة".into(),
            language: LanguageId::new("ar"),
            published: at("2025-04-08T09:00:00Z"),
        },
        evidence: AlertEvidence {
            quote: "10 أبريل".into(),
            sentence: "تعقد المحادثات في 10 أبريل.".into(),
            start: 0,
            end: 13,
        },
        at: now(),
    }
}

pub(super) fn delivery(id: &str, channel: &str, thread: &str, next: &str) -> Delivery {
    Delivery {
        id: DeliveryId::new(id),
        alert: AlertId::new("alert-1"),
        version: 1,
        watchlist: WatchlistId::new("talks"),
        channel: ChannelId::new(channel),
        thread: EventId::new(thread),
        body: r#"{"title":"محادثات в Стамбуле"}"#.into(),
        state: DeliveryState::Pending,
        attempts: 0,
        next_attempt: at(next),
        created: now(),
        last_error: None,
    }
}

fn sketch(article: &str) -> KnownText {
    let text = format!("{article} in a few words, in so many that there is a sketch");
    let print = fingerprint(article, &text, &Words::of("", &text), &[]);
    // The days since 1970 of 8 May 2025.
    KnownText { article: ArticleId::new(article), sketch: print.sketch, until: 20_216 }
}

pub(super) fn changes() -> Changes {
    let arabic = "تعقد المحادثات في 10 أبريل.";
    let russian = "Переговоры пройдут 10 апреля.";
    let mut copy = article("article-en", "en", "Talks in Istanbul", "Talks on 10 April.");
    copy.copy_of = Some(ArticleId::new("article-ar"));
    Changes {
        feed: Some(feed("https://a.example/feed", "الجزيرة")),
        articles: vec![
            article("article-ar", "ar", "محادثات في إسطنبول", arabic),
            article("article-ru", "ru", "Встреча в Стамбуле", russian),
            copy,
        ],
        sketches: ["article-ar", "article-ru", "article-en"].map(sketch).into(),
        events: vec![event("event")],
        reports: vec![report("article-ar"), report("article-ru")],
        touched: vec![Touched { event: EventId::new("event"), slot: None }],
        claims: vec![
            claim("claim-ar", "article-ar", arabic, "10 أبريل"),
            claim("claim-ru", "article-ru", russian, "10 апреля"),
        ],
        facts: vec![
            fact("date", Value::Date(DateSpan::parse("2025-04-10").expect("a date")), "claim-ar"),
            fact("status", Value::Status(Status::Scheduled), "claim-ru"),
        ],
        alerts: vec![alert()],
        deliveries: vec![delivery("delivery-1", "newsroom", "event", "2025-04-08T09:02:00Z")],
        journal: vec![JournalEntry {
            at: now(),
            feed: None,
            article: Some(ArticleId::new("article-ar")),
            step: Step::Alert,
            reason: "the date was unset and is 10 أبريل".into(),
        }],
        ..Changes::default()
    }
}
