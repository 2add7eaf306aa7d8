//! Alerts against those that are due: what counts as the same, and what is made of the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use marsad::desk::model::{Alert, AlertKind, DateSpan};
use serde::Deserialize;

/// Slots whose topics are judged by taste; they are left out here.
const SOFT: [&str; 5] = ["agenda", "off_agenda", "demand", "agreement", "outcome"];

/// An alert that is due, or, when it is optional, one that may fire and need not.
#[derive(Debug, Deserialize)]
struct Due {
    /// The article it fires on; `*` is any.
    after: String,
    event: Option<String>,
    slot: String,
    /// `*` is any.
    value: String,
    kind: String,
    priority: u8,
    #[serde(default)]
    optional: bool,
}

/// Where an event was said to lie at some time.
#[derive(Default)]
struct Setting {
    dates: Vec<DateSpan>,
    cities: Vec<String>,
}

/// An event in its final state.
#[derive(Deserialize)]
struct Final {
    date: Option<String>,
    city: Option<String>,
}

/// What is due on a coverage.
pub(super) struct Gold {
    due: Vec<Due>,
    optional: Vec<Due>,
    settings: BTreeMap<String, Setting>,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Score {
    hits: usize,
    first_hits: usize,
    wrong: usize,
    first_wrong: usize,
    due: usize,
    first_due: usize,
    /// Days that are told to have been fixed, wrongly.
    pub(super) false_sets: usize,
}

/// A share of something, and 1 of nothing.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Score {
    /// Precision and recall of the alerts of the first priority.
    pub(super) fn first(&self) -> (f64, f64) {
        let fired = self.first_hits + self.first_wrong;
        (ratio(self.first_hits, fired), ratio(self.first_hits, self.first_due))
    }

    /// Precision and recall of all alerts that are judged.
    pub(super) fn all(&self) -> (f64, f64) {
        (ratio(self.hits, self.hits + self.wrong), ratio(self.hits, self.due))
    }

    /// How many alerts of the first priority are due, and how many of all.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.first_due, self.due)
    }
}

fn counts(slot: &str) -> bool {
    !SOFT.contains(&slot)
}

/// What is judged together: a status value by value, the heads of all parties as one.
fn family<'a>(slot: &'a str, value: &'a str) -> (&'a str, &'a str) {
    match slot {
        "status" => (slot, value),
        _ => (slot.split('.').next().unwrap_or(slot), ""),
    }
}

fn same_value(slot: &str, got: &str, want: &str) -> bool {
    match slot {
        "duration" => got.trim_start_matches('~') == want.trim_start_matches('~'),
        "date" if got.contains('/') && want.contains('/') => {
            let (Some(a), Some(b)) = (DateSpan::parse(got), DateSpan::parse(want)) else {
                return false;
            };
            // A window of weeks may begin and end a day apart.
            let slack = i32::from(b.days() > 4);
            (a.lo - b.lo).get_days().abs() <= slack && (a.hi - b.hi).get_days().abs() <= slack
        }
        _ => got == want,
    }
}

impl Gold {
    /// Reads what stands beside the articles of a coverage.
    pub(super) fn of(folder: &Path) -> Self {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
        let entries: Vec<Due> = serde_json::from_str(&text("alerts.json")).expect("due alerts");
        let events: BTreeMap<String, Final> =
            serde_json::from_str(&text("events.json")).expect("events");
        let judged = entries.into_iter().filter(|e| e.kind != "corroborated" && counts(&e.slot));
        let (optional, due): (Vec<Due>, Vec<Due>) = judged.partition(|entry| entry.optional);
        let mut settings: BTreeMap<String, Setting> = BTreeMap::new();
        for (id, event) in events {
            let setting = settings.entry(id).or_default();
            setting.dates.extend(event.date.as_deref().and_then(DateSpan::parse));
            setting.cities.extend(event.city);
        }
        for entry in due.iter().chain(&optional) {
            let Some(event) = &entry.event else { continue };
            let setting = settings.entry(event.clone()).or_default();
            match entry.slot.as_str() {
                "date" => setting.dates.extend(DateSpan::parse(&entry.value)),
                "city" => setting.cities.push(entry.value.clone()),
                _ => {}
            }
        }
        Self { due, optional, settings }
    }

    /// Judges alerts, each with the article that it fired on, and says what is wrong and what was missed.
    pub(super) fn judge(mut self, fired: &[(String, Alert)]) -> Score {
        let first = |due: &[Due]| due.iter().filter(|entry| entry.priority == 1).count();
        let mut score =
            Score { due: self.due.len(), first_due: first(&self.due), ..Score::default() };
        let first_families: BTreeSet<(String, String)> = self
            .due
            .iter()
            .filter(|entry| entry.priority == 1)
            .map(|entry| family(&entry.slot, &entry.value))
            .map(|(slot, value)| (slot.to_owned(), value.to_owned()))
            .collect();
        for (after, alert) in fired {
            let slot = alert.slot.as_str();
            if !counts(slot) || alert.kind == AlertKind::Corroborated {
                continue;
            }
            if let Some(place) = self.due.iter().position(|due| self.fits(due, after, alert)) {
                score.hits += 1;
                score.first_hits += usize::from(self.due.remove(place).priority == 1);
            } else if !self.optional.iter().any(|due| self.fits(due, after, alert)) {
                let (slot, value) = family(slot, &alert.value);
                let is_first = first_families.contains(&(slot.to_owned(), value.to_owned()));
                score.wrong += 1;
                score.first_wrong += usize::from(is_first);
                score.false_sets += usize::from(alert.kind == AlertKind::Set && slot == "date");
                eprintln!("wrong: after {after} {slot} = {} {:?}", alert.value, alert.evidence);
            }
        }
        for due in &self.due {
            eprintln!("missed: {due:?}");
        }
        score
    }

    /// Whether an alert is this one: slot, value, article, and an event that does not lie elsewhere.
    fn fits(&self, due: &Due, after: &str, alert: &Alert) -> bool {
        due.slot == alert.slot.as_str()
            && (due.after == after || due.after == "*")
            && (due.value == "*" || same_value(&due.slot, &alert.value, &due.value))
            && self.same_event(due, alert)
    }

    /// False when the alert's event lies on other days or in another city than the one that is meant ever did.
    fn same_event(&self, due: &Due, alert: &Alert) -> bool {
        let Some(meant) = due.event.as_ref().and_then(|event| self.settings.get(event)) else {
            return true;
        };
        let days = alert.event.date.as_deref().and_then(DateSpan::parse);
        if let (Some(days), false, false) = (days, meant.dates.is_empty(), due.slot == "date") {
            return meant.dates.iter().any(|known| known.overlaps(&days));
        }
        match &alert.event.city {
            Some(city) if !["city", "date"].contains(&due.slot.as_str()) => {
                meant.cities.is_empty() || meant.cities.contains(city)
            }
            _ => true,
        }
    }
}
