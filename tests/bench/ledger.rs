//! What link and ledger cost an article at the end of a long log.

use std::time::Instant;

use marsad::desk::ledger::{Ledger, Terms, Working};
use marsad::desk::model::{ArticleId, Claim, ClaimId, DateSpan, Draft, EntryKey, Report, Value};
use marsad::desk::pipeline::{Batch, Memory, Rules, ingest};

/// Years that the coverage is repeated, each with dates of its own: some eight thousand reports.
const YEARS: i64 = 100;

/// What link and ledger cost an article, in order and a little out of order, at the end of a long log.
pub(super) fn run(rules: &Rules, drafts: &[Draft]) {
    let storyline = &rules.packs.storylines[0];
    let terms = Terms {
        storyline: &storyline.id,
        parties: &storyline.parties,
        frame: rules.packs.frame(&storyline.frame).expect("its frame"),
        gazetteer: &rules.packs.gazetteer,
        houses: &rules.houses,
    };
    let mut memory = Memory::default();
    let mut year: Vec<(Report, Vec<Claim>)> = Vec::new();
    for draft in drafts {
        let now = draft.published.expect("a date");
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft.clone()]), now);
        memory.apply(rules, &changes);
        year.extend(changes.reports.into_iter().map(|report| (report, changes.claims.clone())));
    }
    let log: Vec<(Report, Vec<Claim>)> =
        (0..YEARS).flat_map(|n| year.iter().map(move |told| later(told, n))).collect();
    let (early, late) = log.split_at(log.len() - log.len() / 10);
    let mut known = Ledger::default();
    early.iter().for_each(|told| take(&mut known, terms, told));
    // As polls cross each other: every fourth report comes after the three behind it.
    let mut crossed = late.to_vec();
    crossed.chunks_mut(4).for_each(|four| four.rotate_left(1));
    for (name, reports) in [("in order", late.to_vec()), ("crossed", crossed)] {
        let mut ledger = known.clone();
        let begun = Instant::now();
        reports.iter().for_each(|told| take(&mut ledger, terms, told));
        let each = begun.elapsed().as_secs_f64() * 1e6 / reports.len() as f64;
        println!("link and ledger, {name:<9} {each:>6.1} µs an article, after {}", early.len());
    }
}

fn take(ledger: &mut Ledger, terms: Terms<'_>, (report, claims): &(Report, Vec<Claim>)) {
    let mut working = Working::new(ledger, terms);
    working.take(report.clone(), claims.clone(), report.said_at);
    let advance = working.finish().advance;
    ledger.apply(&advance);
}

/// The same report so many years later, of 52 weeks each, so that weekdays stay.
fn later((report, claims): &(Report, Vec<Claim>), years: i64) -> (Report, Vec<Claim>) {
    let days = years * 7 * 52;
    let length = jiff::SignedDuration::from_hours(24 * days);
    let shift = |span: DateSpan| {
        let by = jiff::Span::new().days(days);
        DateSpan { lo: span.lo.saturating_add(by), hi: span.hi.saturating_add(by) }
    };
    let name = |id: &str| format!("{id} {years}");
    let mut report = report.clone();
    report.article = ArticleId::new(name(report.article.as_str()));
    report.key = EntryKey(name(&report.key.0));
    report.same_as = report.same_as.iter().map(|id| ArticleId::new(name(id.as_str()))).collect();
    report.said_at += length;
    report.day = report.day.saturating_add(jiff::Span::new().days(days));
    for mention in &mut report.mentions {
        mention.date = mention.date.map(shift);
    }
    let mut claims = claims.clone();
    for claim in &mut claims {
        claim.id = ClaimId::new(name(claim.id.as_str()));
        claim.article = report.article.clone();
        claim.said_at += length;
        if let Value::Date(span) = &claim.value {
            claim.value = Value::Date(shift(*span));
        }
    }
    (report, claims)
}
