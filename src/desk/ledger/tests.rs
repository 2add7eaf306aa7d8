//! Scenes for the ledger: who says what when, and what is then known. Sentences are in three scripts, for whoever reads
//! the rows; the ledger sees the values.

mod rows;

use jiff::Timestamp;

use crate::desk::ledger::{Ledger, Reception, Terms, Told, Working};
use crate::desk::model::{
    ArticleId, Certainty, Claim, ClaimId, EntryKey, EventId, Mention, Modality, Report, Slot,
    Status, StorylineId, Value,
};
use crate::desk::origins::Houses;
use crate::desk::packs::{PackSource, Packs};

const STORYLINE: &str =
    "id = \"talks\"\nframe = \"meeting\"\nparties = [\"us\", \"ru\"]\n[name]\nen = \"Talks\"\n";
const PARTIES: &str = "id\tar\ten\tru\nus\tأميركا\tU.S.\tСША\nru\tروسيا\tRussia\tРоссия\n";
const PEOPLE: &str = "id\tparty\tar\ten\tru\n\
    peskov\tru\tبيسكوف\tPeskov\tПесков\nzakharova\tru\tزاخاروفا\tZakharova\tЗахарова\n\
    bruce\tus\tبروس\tBruce\tБрюс\nfidan\ttr\tفيدان\tFidan\tФидан\n";
const VENUES: &str = "id\twithin\tar\ten\tru\n\
    us-consulate-istanbul\tistanbul\tالقنصلية\tconsulate\tконсульство\n\
    us-cg-residence-istanbul\tistanbul\tمقر القنصل\tresidence\tрезиденция\n";

/// A claim in short: slot, value, who says so (empty for nobody in particular), and the sentence.
type Line<'a> = (&'a str, &'a str, &'a str, Certainty, &'a str);

use Certainty::{Asserted, Attributed, Denied, Expected, Hedged};

struct Scene {
    packs: Packs,
    houses: Houses,
    ledger: Ledger,
    /// Of the articles that are told now.
    modality: Modality,
}

fn at(hour: u32) -> Timestamp {
    let start: Timestamp = "2025-04-01T00:00:00Z".parse().expect("an instant");
    start + jiff::SignedDuration::from_hours(i64::from(hour))
}

impl Scene {
    fn new() -> Self {
        let source = |path: &str, text: &str| PackSource { path: path.into(), text: text.into() };
        let frame = include_str!("../../../config/packs/frames/meeting.toml");
        let packs = Packs::compile(&[
            source("packs/frames/meeting.toml", frame),
            source("packs/gazetteer/parties.tsv", PARTIES),
            source("packs/gazetteer/people.tsv", PEOPLE),
            source("packs/gazetteer/venues.tsv", VENUES),
            source("storylines/talks.toml", STORYLINE),
        ]);
        let (packs, ledger) = (packs.expect("the packs"), Ledger::default());
        let houses = Houses::new(&[], &packs.gazetteer);
        Self { packs, houses, ledger, modality: Modality::Main }
    }

    /// Takes in an article of an outlet. `entry` names the page, `hour` orders what was said.
    fn tell(&mut self, (outlet, entry, hour): (&str, &str, u32), lines: &[Line<'_>]) -> Vec<Told> {
        let article = ArticleId::new(format!("{entry}@{hour}"));
        let status = lines.iter().find(|line| line.0 == "status").map(|line| line.1);
        let mention = Mention {
            local: "focus".into(),
            kind: "meeting".into(),
            promised: false,
            continues: false,
            status: status.and_then(Status::parse),
            date: None,
            city: None,
            track: None,
            event: EventId::new(""),
        };
        let report = Report {
            storyline: StorylineId::new("talks"),
            article: article.clone(),
            key: EntryKey(entry.into()),
            version: 1,
            said_at: at(hour),
            day: jiff::civil::date(2025, 4, 1),
            source: outlet.into(),
            house: None,
            conveyor: None,
            same_as: Vec::new(),
            mentions: vec![mention],
        };
        let claims = lines.iter().enumerate();
        let claims = claims.map(|(n, line)| self.claim(&article, n, hour, line)).collect();
        let storyline = &self.packs.storylines[0];
        let terms = Terms {
            storyline: &storyline.id,
            parties: &storyline.parties,
            frame: self.packs.frame("meeting").expect("the frame"),
            gazetteer: &self.packs.gazetteer,
            houses: &self.houses,
        };
        let mut working = Working::new(&self.ledger, terms);
        let taken = working.take(report, claims, at(hour));
        let advance = working.finish().advance;
        self.ledger.apply(&advance);
        taken.told
    }

    fn claim(&self, article: &ArticleId, n: usize, hour: u32, line: &Line<'_>) -> Claim {
        let (slot, value, speaker, certainty, sentence) = *line;
        let slot = Slot::new(slot);
        let frame = self.packs.frame("meeting").expect("the frame");
        let of = frame.rule(&slot).expect("a slot").value_type;
        Claim {
            id: ClaimId::new(format!("{article} {n}")),
            storyline: StorylineId::new("talks"),
            event: EventId::new(""),
            article: article.clone(),
            about: "focus".into(),
            slot,
            value: Value::parse(value, of).expect("a value"),
            certainty,
            modality: self.modality,
            speaker: (!speaker.is_empty()).then(|| speaker.to_owned()),
            conveyor: None,
            quotation: None,
            origin: String::new(),
            sentence: sentence.into(),
            evidence: sentence.into(),
            start: 0,
            end: 0,
            in_title: false,
            said_at: at(hour),
            trace: Vec::new(),
        }
    }

    /// The values of a slot of the first event, each with its state.
    fn known(&self, slot: &str) -> String {
        let values = self.ledger.events.first().and_then(|event| event.slot(slot));
        let held = values.into_iter().flat_map(|values| &values.held);
        let shown = held.map(|held| format!("{} {:?}", held.value, held.state).to_lowercase());
        shown.collect::<Vec<_>>().join(", ")
    }
}

fn said(told: &[Told]) -> String {
    told.last().map(|told| told.reception.to_string()).unwrap_or_default()
}

#[test]
fn an_article_that_puts_off_the_meeting_may_name_another_day() {
    let mut scene = Scene::new();
    scene.tell(
        ("A", "a1", 1),
        &[
            ("status", "scheduled", "", Expected, "The talks are set for 10 April."),
            ("date", "2025-04-10", "", Expected, "The talks are set for 10 April."),
        ],
    );
    let told = scene.tell(
        ("B", "b1", 2),
        &[
            ("status", "postponed", "", Asserted, "أرجئت المحادثات إلى 15 نيسان."),
            ("date", "2025-04-15", "", Expected, "أرجئت المحادثات إلى 15 نيسان."),
        ],
    );
    assert_eq!(said(&told), "changed (was: 2025-04-10), for the event is put off");
    // Who still has the old day is behind, and no news.
    let told = scene.tell(
        ("C", "c1", 3),
        &[("date", "2025-04-10", "", Expected, "Переговоры пройдут 10 апреля.")],
    );
    assert_eq!(said(&told), "it repeats what has been replaced");
    assert_eq!(scene.known("date"), "2025-04-10 superseded, 2025-04-15 current");
}

#[test]
fn a_correction_withdraws_and_what_was_disputed_stands_again() {
    let mut scene = Scene::new();
    scene.tell(
        ("A", "a1", 1),
        &[(
            "venue",
            "us-cg-residence-istanbul",
            "",
            Asserted,
            "التقى الوفدان في مقر القنصل العام.",
        )],
    );
    scene.tell(
        ("B", "b1", 2),
        &[("venue", "us-consulate-istanbul", "", Asserted, "Делегации встретились в консульстве.")],
    );
    let correction = "A correction: not at the consulate.";
    let withdrawn = ("venue", "us-consulate-istanbul", "", Denied, correction);
    let told = scene.tell(("B", "b1", 3), &[withdrawn]);
    assert_eq!(said(&told), "retracted (was: us-consulate-istanbul), for it is withdrawn");
    let known = "us-cg-residence-istanbul current, us-consulate-istanbul retracted";
    assert_eq!(scene.known("venue"), known);
    let again = ("venue", "us-consulate-istanbul", "", Asserted, "في القنصلية.");
    assert_eq!(said(&scene.tell(("B", "b2", 4), &[again])), "it repeats what has been withdrawn");
    let told = scene.tell(("C", "c1", 5), &[withdrawn]);
    assert_eq!(told[0].reception, Reception::DeniesUnknown);
}

#[test]
fn an_article_that_says_it_twice_tells_the_better_one() {
    let mut scene = Scene::new();
    let month = ("date", "2025-04", "", Expected, "Встреча состоится в апреле.");
    let day = ("date", "2025-04-10", "", Expected, "وستعقد في 10 نيسان تحديدا.");
    let told = scene.tell(("A", "a1", 1), &[month, day]);
    assert_eq!(told[0].reception, Reception::Bettered);
    assert_eq!(said(&told), "new, for nothing was known");

    let mut scene = Scene::new();
    scene.tell(("A", "a1", 1), &[("date", "unset", "peskov", Expected, "No date is set.")]);
    let told = scene.tell(("B", "b1", 2), &[month, day]);
    assert_eq!(told[0].reception, Reception::Bettered);
    assert_eq!(said(&told), "set (was: unset), for none was fixed");
}

#[test]
fn on_and_off_the_agenda_are_one_lane() {
    let mut scene = Scene::new();
    let on = |speaker| ("agenda", "ukraine", speaker, Attributed, "تناولت المحادثات أوكرانيا.");
    let off = |certainty| ("off_agenda", "ukraine", "bruce", certainty, "Украину не обсуждали.");
    scene.tell(("A", "a1", 1), &[on("peskov")]);
    let told = scene.tell(("B", "b1", 2), &[off(Attributed)]);
    let disagree = "conflict (was: agenda=ukraine), for the parties of the event disagree";
    assert_eq!(said(&told), disagree);
    assert_eq!(
        scene.known("agenda") + &scene.known("off_agenda"),
        "ukraine disputedukraine disputed"
    );
    scene.tell(("B", "b1", 3), &[off(Denied)]);
    assert_eq!(scene.known("agenda"), "ukraine current");
    // A side that changes its own account replaces it, and whoever still quotes the old one is no news.
    let told =
        scene.tell(("A", "a2", 4), &[("off_agenda", "ukraine", "peskov", Attributed, "No.")]);
    let replaced = "changed (was: agenda=ukraine), for the only origin that said otherwise says so";
    assert_eq!(said(&told), replaced);
    let told = scene.tell(("C", "c1", 5), &[on("peskov")]);
    assert_eq!(said(&told), "it repeats what has been replaced");
}

#[test]
fn support_counts_origins_and_a_party_settles_a_dispute() {
    let mut scene = Scene::new();
    let ten = |speaker| ("date", "2025-04-10", speaker, Expected, "في 10 نيسان.");
    let other = ("date", "2025-04-11", "", Expected, "11 апреля.");
    scene.tell(("A", "a1", 1), &[ten("")]);
    assert_eq!(said(&scene.tell(("A", "a2", 2), &[ten("")])), "known: one more support");
    scene.tell(("B", "b1", 3), &[other]);
    let hedged = ("date", "2025-04-12", "", Hedged, "Perhaps on 12 April.");
    assert_eq!(said(&scene.tell(("C", "c1", 4), &[hedged])), "hedged: no fact");
    let told = scene.tell(("D", "d1", 5), &[ten("peskov")]);
    let confirmed = "corroborated (was: 2025-04-10), for a party of the event confirms it";
    assert!(said(&told) == confirmed || said(&told) == "known: one more support", "{told:?}");
    assert_eq!(scene.known("date"), "2025-04-10 current, 2025-04-11 superseded");
}

#[test]
fn what_arrives_late_is_news_only_where_nobody_knew_it() {
    let held = ("status", "held", "", Asserted, "The talks were held.");
    let mut scene = Scene::new();
    scene.tell(("A", "a1", 1), &[("status", "scheduled", "", Expected, "Переговоры назначены.")]);
    scene.tell(("A", "a2", 9), &[held, ("date", "2025-04-01", "", Asserted, "في 1 نيسان.")]);
    let told = scene.tell(
        ("B", "b1", 5),
        &[
            ("status", "underway", "", Asserted, "المحادثات جارية."),
            ("date", "2025-04-01", "", Asserted, "They meet on 1 April."),
            ("duration", "PT6H", "", Asserted, "Встреча длилась шесть часов."),
            ("date", "2025-04-02", "", Asserted, "They meet on 2 April."),
        ],
    );
    let said: Vec<String> = told.iter().map(|told| told.reception.to_string()).collect();
    assert_eq!(said[0], "later reports, which came first, have overtaken it");
    assert_eq!(said[1], "known: one more support");
    assert_eq!(said[2], "new, for nothing was known");
    assert!(said[3].starts_with("conflict (was: 2025-04-01)"), "{}", said[3]);
    assert_eq!(scene.known("status"), "scheduled superseded, underway superseded, held current");
}

#[test]
fn an_event_keeps_its_id_when_an_earlier_article_comes_late() {
    let mut scene = Scene::new();
    let line = ("status", "announced", "", Expected, "Объявлено о встрече.");
    let id = scene.tell(("A", "a1", 8), &[line])[0].claim.event.clone();
    let told = scene.tell(("B", "b1", 2), &[("city", "istanbul", "", Expected, "في إسطنبول.")]);
    assert_eq!(told[0].claim.event, id);
    assert_eq!(scene.ledger.events[0].head.created_by.as_str(), "b1@2");
    let told =
        scene.tell(("C", "c1", 9), &[("level", "expert", "", Attributed, "At expert level.")]);
    assert_eq!(told[0].claim.event, id);
}

#[test]
fn what_is_only_looked_back_on_supports_and_is_no_news() {
    let mut scene = Scene::new();
    let riyadh = ("city", "riyadh", "", Asserted, "سبق أن التقى الوفدان في الرياض.");
    scene.modality = Modality::Background;
    let told = scene.tell(("A", "a1", 1), &[riyadh]);
    assert_eq!(told[0].reception, Reception::Background);
    scene.modality = Modality::Main;
    let line = ("city", "istanbul", "", Expected, "Встреча пройдет в Стамбуле.");
    let main = scene.tell(("A", "a2", 2), &[line]);
    assert_eq!(said(&main), "new, for nothing was known");
    assert_ne!(main[0].claim.event, told[0].claim.event, "what is to come is another event");
    scene.modality = Modality::Background;
    let told = scene.tell(("B", "b1", 3), &[("city", "istanbul", "", Asserted, "In Istanbul.")]);
    assert_eq!(told[0].reception, Reception::Background);
    let held = scene.ledger.events[1].slot("city").expect("a city");
    assert_eq!((held.held.len(), held.held[0].origins.independent().len()), (1, 2));
}

#[test]
fn any_order_of_arrival_gives_one_ledger() {
    let lines: [((&str, &str, u32), Line<'_>); 7] = [
        (("A", "a1", 1), ("date", "2025-04", "", Expected, "في نيسان.")),
        (("B", "b1", 2), ("date", "2025-04-10", "peskov", Expected, "10 апреля.")),
        (("C", "c1", 3), ("date", "2025-04-11", "", Expected, "On 11 April.")),
        (("C", "c1", 4), ("date", "2025-04-11", "", Denied, "لا في 11 نيسان.")),
        (("A", "a2", 5), ("status", "scheduled", "bruce", Expected, "Назначено.")),
        (("B", "b2", 6), ("agenda", "visas", "", Asserted, "On visas.")),
        (("D", "d1", 7), ("off_agenda", "visas", "", Asserted, "Не о визах.")),
    ];
    let show = |order: &[usize]| {
        let mut scene = Scene::new();
        for index in order {
            scene.tell(lines[*index].0, &[lines[*index].1]);
        }
        ["date", "status", "agenda", "off_agenda"].map(|slot| scene.known(slot))
    };
    let want = show(&[0, 1, 2, 3, 4, 5, 6]);
    let mut order = [0, 1, 2, 3, 4, 5, 6];
    // Heap's algorithm: all 5,040 orders.
    let mut counters = [0; 7];
    let mut at = 0;
    while at < order.len() {
        if counters[at] < at {
            order.swap(if at.is_multiple_of(2) { 0 } else { counters[at] }, at);
            assert_eq!(show(&order), want, "{order:?}");
            counters[at] += 1;
            at = 0;
        } else {
            counters[at] = 0;
            at += 1;
        }
    }
}
