//! Any order of arrival ends in the same facts: the coverage that ships, in a thousand random orders. Rows are kept as the
//! store keeps them, so that what is left over of an order would show.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use marsad::desk::model::{AlertKind, ArticleId, Claim, Event, EventId, Fact, FactState, Report};
use marsad::desk::pipeline::{Batch, Changes, Memory, ReadArticle, Rules, Stored, ingest};

use crate::support::random::Random;
use crate::support::{article_files, rules};

/// Orders that are tried, unless `ORDERS` says how many; a build for development is slower and tries some of them.
const ORDERS: u64 = if cfg!(debug_assertions) { 60 } else { 1000 };

fn orders() -> u64 {
    let asked = std::env::vars().find(|(name, _)| name == "ORDERS");
    asked.and_then(|(_, text)| text.parse().ok()).unwrap_or(ORDERS)
}

/// The rows of the ledger, as the store has them after each commit.
#[derive(Clone, Default)]
struct Rows {
    events: BTreeMap<EventId, Event>,
    reports: BTreeMap<ArticleId, Report>,
    claims: Vec<Claim>,
    facts: BTreeMap<EventId, Vec<Fact>>,
}

impl Rows {
    fn commit(&mut self, changes: &Changes) {
        for event in &changes.events {
            self.events.insert(event.id.clone(), event.clone());
        }
        for report in &changes.reports {
            self.reports.insert(report.article.clone(), report.clone());
        }
        for claim in &changes.claims {
            match self.claims.iter_mut().find(|known| known.id == claim.id) {
                Some(known) => *known = claim.clone(),
                None => self.claims.push(claim.clone()),
            }
        }
        for touched in &changes.touched {
            if let Some(facts) = self.facts.get_mut(&touched.event) {
                facts.retain(|fact| touched.slot.as_ref().is_some_and(|slot| *slot != fact.slot));
            }
        }
        for fact in &changes.facts {
            self.facts.entry(fact.event.clone()).or_default().push(fact.clone());
        }
    }

    /// Every fact rests on claims about its own event.
    fn check(&self) {
        let of: BTreeMap<&str, &EventId> =
            self.claims.iter().map(|claim| (claim.id.as_str(), &claim.event)).collect();
        for fact in self.facts.values().flatten() {
            for claim in &fact.claims {
                assert_eq!(of.get(claim.as_str()), Some(&&fact.event), "{fact:?}");
            }
        }
    }

    /// What is known, with each event named by the article that told of it first.
    fn facts(&self) -> Vec<String> {
        self.check();
        let mut live: Vec<&Event> =
            self.events.values().filter(|event| event.merged_into.is_none()).collect();
        live.sort_by_key(|event| (&event.created_by, &event.kind, event.follows.is_some()));
        let name = |id: &EventId| {
            let event = &self.events[id];
            assert_eq!(event.merged_into, None, "nothing points to an event that is another one");
            let of_it = self.claims.iter().filter(|claim| claim.event == *id);
            let first: Option<&str> = of_it.map(|claim| claim.id.as_str()).min();
            format!("{} {:?} {:?} {first:?}", event.created_by, event.kind, event.track)
        };
        let mut out = Vec::new();
        for event in live {
            let follows = event.follows.as_ref().map(name);
            out.push(format!("event {} follows {follows:?}", name(&event.id)));
            for fact in self.facts.get(&event.id).into_iter().flatten() {
                let fact = Fact { event: EventId::new(""), ..fact.clone() };
                out.push(format!("  {} {fact:?}", name(&event.id)));
            }
        }
        for claim in &self.claims {
            out.push(format!("claim {} of {}", claim.id, name(&claim.event)));
        }
        out.sort();
        out
    }
}

fn now() -> Timestamp {
    "2026-06-01T00:00:00Z".parse().expect("an instant")
}

fn read(rules: &Rules) -> Vec<Arc<ReadArticle>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/coverage/articles");
    let drafts = article_files(&folder);
    drafts.iter().map(|draft| Arc::new(ReadArticle::new(rules, draft, now()))).collect()
}

fn arrive(rules: &Rules, articles: &[Arc<ReadArticle>]) -> Rows {
    let (mut memory, mut rows) = (Memory::default(), Rows::default());
    for article in articles {
        let changes = ingest(rules, &memory, Batch::Read(vec![article.clone()]), now());
        assert!(changes.alerts.is_empty(), "what is months old is no news");
        memory.apply(rules, &changes);
        rows.commit(&changes);
    }
    rows
}

fn check(want: &[String], got: &[String], order: u64) {
    if want != got {
        let (want, got): (BTreeSet<_>, BTreeSet<_>) = (want.iter().collect(), got.iter().collect());
        for line in want.difference(&got).take(8) {
            eprintln!("- {line}");
        }
        for line in got.difference(&want).take(8) {
            eprintln!("+ {line}");
        }
        panic!("order {order} ends in other facts");
    }
}

#[test]
fn any_order_of_arrival_ends_in_the_same_facts() {
    let rules = rules(Vec::new());
    let articles = read(&rules);
    let want = arrive(&rules, &articles).facts();
    assert!(want.len() > 200, "the coverage was folded: {}", want.len());
    let workers = 2;
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (rules, articles, want) = (&rules, &articles, &want);
            scope.spawn(move || {
                for order in (worker..orders()).step_by(workers as usize) {
                    let mut shuffled = articles.clone();
                    Random(order).shuffle(&mut shuffled);
                    check(want, &arrive(rules, &shuffled).facts(), order);
                }
            });
        }
    });
    println!("{} orders of {} articles end in {} lines", orders(), articles.len(), want.len());
}

#[test]
fn in_any_order_each_alert_is_of_a_value_that_stands_and_follows_the_one_before() {
    let mut rules = rules(Vec::new());
    rules.settings.alert_max_age = SignedDuration::MAX;
    let articles = read(&rules);
    for order in 0..30 {
        let mut shuffled = articles.clone();
        Random(1000 + order).shuffle(&mut shuffled);
        let (mut memory, mut rows) = (Memory::default(), Rows::default());
        let mut versions: BTreeMap<String, u32> = BTreeMap::new();
        for article in &shuffled {
            let changes = ingest(&rules, &memory, Batch::Read(vec![article.clone()]), now());
            memory.apply(&rules, &changes);
            rows.commit(&changes);
            for alert in &changes.alerts {
                let version = versions.entry(alert.id.to_string()).or_default();
                *version += 1;
                assert_eq!(alert.version, *version, "{alert:?}");
                let facts = rows.facts.get(&alert.event.id).into_iter().flatten();
                let mut same = facts
                    .filter(|f| f.slot == alert.slot && f.value.to_string() == alert.value)
                    .filter(|f| matches!(f.state, FactState::Current | FactState::Disputed));
                let stands = same.next().is_some();
                assert_eq!(stands, alert.kind != AlertKind::Retracted, "{alert:?}");
            }
        }
    }
}

#[test]
fn all_of_it_at_once_and_a_restart_end_in_the_same_facts() {
    let rules = rules(Vec::new());
    let articles = read(&rules);
    let want = arrive(&rules, &articles).facts();
    for order in 0..4 {
        let mut shuffled = articles.clone();
        Random(7 + order).shuffle(&mut shuffled);
        let mut rows = Rows::default();
        rows.commit(&ingest(&rules, &Memory::default(), Batch::Read(shuffled.clone()), now()));
        check(&want, &rows.facts(), order);

        // Half of it before a restart, half behind: ids stay as receivers know them.
        let (first, second) = shuffled.split_at(articles.len() / 2);
        let changes = ingest(&rules, &Memory::default(), Batch::Read(first.to_vec()), now());
        let mut rows = Rows::default();
        rows.commit(&changes);
        let stored = Stored {
            articles: changes.articles.clone(),
            sketches: Vec::new(),
            events: rows.events.values().cloned().collect(),
            reports: rows.reports.values().cloned().collect(),
            claims: rows.claims.clone(),
            alerts: Vec::new(),
            places: Vec::new(),
        };
        let memory = Memory::restore(&rules, stored);
        rows.commit(&ingest(&rules, &memory, Batch::Read(second.to_vec()), now()));
        check(&want, &rows.facts(), order);
    }
}
