//! Stories: the events of the shipped coverage are its stories; ids stay over merger, split and restart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use marsad::desk::model::{ArticleId, Draft, EntryKey, Names, StoryId, StoryPlace};
use marsad::desk::pipeline::{Batch, Memory, Rules, Stored, ingest};
use serde::Deserialize;

use crate::support::{article_files, rules};

/// The least B-cubed F1 of each coverage. A story is the event in focus, as the ledger decides it.
const BARS: [(&str, f64); 5] = [
    ("coverage", 0.95),
    ("coverage-retold/1", 0.95),
    ("coverage-retold/2", 0.95),
    ("coverage-retold/3", 0.95),
    ("coverage-fr", 0.95),
];

#[derive(Deserialize)]
struct Gold {
    id: String,
    relevant: bool,
    event: Option<String>,
}

/// Plays articles in order and says where each stands in the end.
fn played(rules: &Rules, drafts: Vec<Draft>) -> BTreeMap<ArticleId, StoryPlace> {
    let mut memory = Memory::default();
    for draft in drafts {
        let now = draft.published.expect("a date");
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        memory.apply(rules, &changes);
    }
    memory.stories().places().map(|place| (place.article.clone(), place)).collect()
}

/// B-cubed F1 (Bagga and Baldwin, 1998): for each item the share of its cluster that belongs there, and of its class that
/// stands there.
fn b_cubed(items: &BTreeMap<String, (String, String)>) -> f64 {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (story, event) in items.values() {
        let with = |same: &dyn Fn(&(String, String)) -> bool| {
            items.values().filter(|other| same(other)).count() as f64
        };
        let both = with(&|(s, e)| s == story && e == event);
        precision += both / with(&|(s, _)| s == story);
        recall += both / with(&|(_, e)| e == event);
    }
    2.0 * precision * recall / ((precision + recall) * items.len() as f64).max(1.0)
}

#[test]
fn the_events_of_the_coverage_are_its_stories() {
    let rules = rules(Vec::new());
    let mut below = Vec::new();
    for (name, bar) in BARS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let places = played(&rules, article_files(&folder.join("articles")));
        let gold = std::fs::read_to_string(folder.join("gold.json")).expect("gold");
        let gold: Vec<Gold> = serde_json::from_str(&gold).expect("gold");
        let mut items = BTreeMap::new();
        for one in gold.into_iter().filter(|one| one.relevant) {
            let place = places.get(&ArticleId::new(one.id.as_str()));
            let story = place.map_or(format!("none {}", one.id), |place| place.story.to_string());
            if let Some(event) = one.event {
                items.insert(one.id, (story, event));
            }
        }
        let reached = b_cubed(&items);
        println!("{name}: B-cubed F1 {reached:.3} of {} articles", items.len());
        if reached < bar {
            below.push(format!("{name}: {reached:.3} is below {bar}"));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}

fn draft(id: &str, at: &str, title: &str, text: &str) -> Draft {
    Draft {
        key: EntryKey(id.into()),
        names: Names::default(),
        id: Some(ArticleId::new(id)),
        url: format!("https://news.example/{id}"),
        title: title.into(),
        text: text.into(),
        published: Some(at.parse().expect("a time")),
        updated: None,
        language: None,
        source: id.into(),
        feed: None,
    }
}

fn round() -> [Draft; 3] {
    [
        draft(
            "en",
            "2025-04-10T12:00:00Z",
            "US and Russia hold talks in Istanbul",
            "US and Russian diplomats held talks in Istanbul on April 10. The talks lasted five and a half hours.",
        ),
        draft(
            "ru",
            "2025-04-10T13:00:00Z",
            "Россия и США провели переговоры в Стамбуле",
            "Дипломаты России и США провели переговоры в Стамбуле 10 апреля. Переговоры длились пять с половиной часов.",
        ),
        draft(
            "ar",
            "2025-04-10T14:00:00Z",
            "روسيا والولايات المتحدة تعقدان محادثات في إسطنبول",
            "عقد دبلوماسيون من روسيا والولايات المتحدة محادثات في إسطنبول في 10 أبريل. استمرت المحادثات خمس ساعات ونصف الساعة.",
        ),
    ]
}

#[test]
fn reports_in_three_scripts_are_one_story_with_the_id_of_the_first() {
    let places = played(&rules(Vec::new()), round().to_vec());
    let stories: BTreeSet<&StoryId> = places.values().map(|place| &place.story).collect();
    assert_eq!(stories.len(), 1, "{places:?}");
    assert_eq!(stories.first().map(|id| id.as_str()), Some("en"));
    for place in places.values().filter(|place| place.article.as_str() != "en") {
        assert!(place.why.contains("the same event of the ledger"), "{}", place.why);
    }
}

#[test]
fn a_story_goes_on_behind_a_restart() {
    let rules = rules(Vec::new());
    let [first, second, third] = round();
    let now = third.published.expect("a date");
    let changes = ingest(&rules, &Memory::default(), Batch::Articles(vec![first, second]), now);
    assert_eq!(changes.places.len(), 2);
    let stored = Stored {
        articles: changes.articles.clone(),
        sketches: changes.sketches.clone(),
        events: changes.events.clone(),
        reports: changes.reports.clone(),
        claims: changes.claims.clone(),
        alerts: Vec::new(),
        places: changes.places.clone(),
    };
    let memory = Memory::restore(&rules, stored);
    let changes = ingest(&rules, &memory, Batch::Articles(vec![third]), now);
    let [place] = changes.places.as_slice() else { panic!("one place: {:?}", changes.places) };
    assert_eq!(place.story.as_str(), "en");
}
