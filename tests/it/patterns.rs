//! The shipped patterns: every example beside a rule says what it should.

use marsad::desk::claims;

use crate::support::rules;

#[test]
fn every_shipped_example_says_what_it_should() {
    let rules = rules(Vec::new());
    let wrong = claims::examples(&rules.packs, &rules.patterns);
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", lines.join("\n"));
    let examples: usize = rules
        .packs
        .frames()
        .flat_map(|f| rules.patterns.rules(&f.id))
        .map(|r| r.examples.len())
        .sum();
    assert!(examples > 10, "{examples} examples were read");
}
