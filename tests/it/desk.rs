//! Properties of the desk as a whole: nothing twice, nothing lost in a restart, nothing from a baseline.

use std::path::Path;

use marsad::desk::model::Draft;
use marsad::desk::pipeline::{Batch, Memory, Stored, ingest};
use proptest::prelude::*;

use crate::support::{article_files, rules};

fn coverage() -> Vec<Draft> {
    article_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/coverage/articles"))
}

#[test]
fn the_same_articles_again_bring_nothing_new() {
    let rules = rules(Vec::new());
    let mut memory = Memory::default();
    // A revision and the version before it are two articles; the last of each address is what a feed shows.
    let mut last: Vec<Draft> = Vec::new();
    for draft in coverage() {
        last.retain(|known| known.key != draft.key);
        last.push(draft);
    }
    for draft in &last {
        let now = draft.published.expect("a date");
        let changes = ingest(&rules, &memory, Batch::Articles(vec![draft.clone()]), now);
        memory.apply(&rules, &changes);
        let again = ingest(&rules, &memory, Batch::Articles(vec![draft.clone()]), now);
        assert!(again.articles.is_empty(), "{}", draft.url);
        assert!(again.claims.is_empty() && again.alerts.is_empty(), "{}", draft.url);
    }
}

#[test]
fn a_restart_in_the_middle_changes_no_alert() {
    let rules = rules(Vec::new());
    let drafts = coverage();
    let whole = alerts_with_restart_after(&rules, &drafts, usize::MAX);
    for pause in [1, 20, 43, 61] {
        assert_eq!(alerts_with_restart_after(&rules, &drafts, pause), whole, "after {pause}");
    }
}

fn alerts_with_restart_after(
    rules: &marsad::desk::pipeline::Rules,
    drafts: &[Draft],
    pause: usize,
) -> Vec<String> {
    let (mut memory, mut stored) = (Memory::default(), Stored::default());
    let mut told = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if index == pause {
            memory = Memory::restore(rules, stored.clone());
        }
        let now = draft.published.expect("a date");
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft.clone()]), now);
        told.extend(changes.alerts.iter().map(|alert| format!("{} {}", alert.id, alert.version)));
        for alert in &changes.alerts {
            stored.alerts.retain(|(id, _)| *id != alert.id);
            stored.alerts.push((alert.id.clone(), alert.version));
        }
        memory.apply(rules, &changes);
        stored.articles.extend(changes.articles);
        stored.events.extend(changes.events);
        stored.reports.extend(changes.reports);
        stored.claims.extend(changes.claims);
    }
    told
}

#[test]
fn evidence_is_a_substring_of_the_article() {
    let rules = rules(Vec::new());
    let mut memory = Memory::default();
    for draft in coverage() {
        let now = draft.published.expect("a date");
        let changes = ingest(&rules, &memory, Batch::Articles(vec![draft]), now);
        let article = changes.articles.first().expect("an article");
        for claim in &changes.claims {
            let text = if claim.in_title { &article.title } else { &article.text };
            assert!(text.contains(&claim.sentence), "{}", claim.sentence);
            assert_eq!(text.get(claim.start..claim.end), Some(claim.evidence.as_str()));
        }
        memory.apply(&rules, &changes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Words of three scripts in any order: no panic, and the same again brings nothing.
    #[test]
    fn any_text_is_survived(words in proptest::collection::vec(prop_oneof![
        Just("talks"), Just("Istanbul"), Just("U.S."), Just("Russia"), Just("10"), Just("April"),
        Just("محادثات"), Just("في"), Just("إسطنبول"), Just("١٠"), Just("نيسان"), Just("لم"), Just("؟"),
        Just("переговоры"), Just("в"), Just("Стамбуле"), Just("27-го"), Just("февраля"), Just("«"),
        Just("."), Just("\n"), Just("—"), Just("six-hour"), Just("\u{202e}"), Just("ـ"), Just("half"),
    ], 0..60)) {
        let text = words.join(" ");
        let rules = rules(Vec::new());
        let mut draft = coverage().remove(0);
        draft.title = text.chars().take(40).collect();
        draft.text = text;
        let now = draft.published.expect("a date");
        let mut memory = Memory::default();
        let changes = ingest(&rules, &memory, Batch::Articles(vec![draft.clone()]), now);
        memory.apply(&rules, &changes);
        let again = ingest(&rules, &memory, Batch::Articles(vec![draft]), now);
        prop_assert!(again.alerts.is_empty());
    }
}
