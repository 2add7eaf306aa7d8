//! Free wordings: what single sentences, in an article about talks, say of topics, verdicts, heads, places and lengths.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use marsad::desk::model::{ArticleId, Certainty, Draft, EntryKey, LanguageId, Names};
use marsad::desk::pipeline::{Batch, Memory, Rules, ingest};

use crate::support::rules;

const WORDINGS: &str = include_str!("../fixtures/wordings.tsv");

/// The slots that the sentences are judged by; those of the lead (status, date, city) are not.
const SLOTS: [&str; 9] = [
    "venue",
    "duration",
    "level",
    "head",
    "outcome",
    "agreement",
    "agenda",
    "off_agenda",
    "demand",
];

/// Of the claims of one language: those that are due and made, made wrongly, and missed.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// What an article of a lead and one sentence says.
fn said(rules: &Rules, language: &str, lead: (&str, &str), sentence: &str) -> BTreeSet<String> {
    let now: Timestamp = "2025-04-11T10:00:00Z".parse().expect("a time");
    let draft = Draft {
        key: EntryKey("wording".into()),
        names: Names::default(),
        id: Some(ArticleId::new("wording")),
        url: "https://example.org/wording".into(),
        title: lead.0.to_owned(),
        text: format!("{}\n{sentence}", lead.1),
        published: Some(now),
        updated: None,
        language: Some(LanguageId::new(language)),
        source: "example.org".to_owned(),
        feed: None,
    };
    let changes = ingest(rules, &Memory::default(), Batch::Articles(vec![draft]), now);
    let family = |slot: &str| slot.split('.').next().unwrap_or_default().to_owned();
    let judged = changes.claims.iter().filter(|claim| {
        claim.certainty != Certainty::Hedged
            && SLOTS.contains(&family(claim.slot.as_str()).as_str())
    });
    judged.map(|claim| format!("{}={}", claim.slot, claim.value)).collect()
}

#[test]
fn free_wordings_give_their_slots_in_three_scripts() {
    let rules = rules(Vec::new());
    let rows: Vec<Vec<&str>> = WORDINGS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let lead = |language: &str, stands: &str| {
        let key = format!("lead {stands}");
        let row = rows.iter().find(|row| row[0] == language && row[1] == key).expect("a lead");
        (row[2], row[3])
    };
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row[1].starts_with("lead")) {
        let said = said(&rules, row[0], lead(row[0], row[1]), row[2]);
        let due: BTreeSet<String> =
            row[3].split(", ").filter(|claim| !claim.is_empty()).map(str::to_owned).collect();
        if said != due {
            println!("{}: due {due:?}, said {said:?}", row[2]);
        }
        let tally = tallies.entry(row[0]).or_default();
        tally.right += said.intersection(&due).count();
        tally.wrong += said.difference(&due).count();
        tally.missed += due.difference(&said).count();
    }
    assert_eq!(tallies.len(), 3);
    for (language, tally) in tallies {
        println!("{language}: {tally:?}");
        assert!(tally.right * 100 >= (tally.right + tally.wrong) * 95, "{language}: {tally:?}");
        assert!(tally.right * 100 >= (tally.right + tally.missed) * 90, "{language}: {tally:?}");
    }
}
