//! What articles of a storyline recall, in three scripts, with the shipped packs.

use crate::desk::claims::state;
use crate::desk::claims::tests::{reading, rules};

/// The background claims of an article of 3 September 2025 as `slot=value`.
fn recalled(language: &str, title: &str, text: &str) -> Vec<String> {
    let rules = rules();
    let reading = reading((language, "2025-09-03T10:00:00Z"), title, text);
    let storyline = &rules.packs.storylines[0];
    let stating = state(&reading, &rules.packs, &rules.patterns, storyline);
    let shown = stating.background.iter().map(|claim| format!("{}={}", claim.slot, claim.value));
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    shown
}

fn check(language: &str, title: &str, text: &str, expect: &[&str]) {
    assert_eq!(recalled(language, title, text), expect, "{text}");
}

#[test]
fn an_earlier_round_is_recalled_with_day_and_place() {
    let expect = ["city=geneva", "date=2025-05-12"];
    check(
        "en",
        "Russia and the US will meet in Vienna on September 20",
        "Delegations of Russia and the United States will meet in Vienna on September 20. The previous round was held in Geneva on May 12.",
        &expect,
    );
    check(
        "ru",
        "Делегации России и США встретятся в Вене 20 сентября",
        "Делегации России и США встретятся в Вене 20 сентября. Предыдущая встреча прошла в Женеве 12 мая.",
        &expect,
    );
    check(
        "ar",
        "وفدا روسيا والولايات المتحدة سيجتمعان في فيينا في 20 سبتمبر",
        "سيجتمع وفدا روسيا والولايات المتحدة في فيينا في 20 سبتمبر. وسبق أن عقدت جولة في جنيف في 12 مايو.",
        &expect,
    );
}

#[test]
fn history_and_questions_are_not_recalled() {
    check(
        "en",
        "Russia and the US will meet in Vienna on September 20",
        "Delegations of Russia and the United States will meet in Vienna on September 20. The previous summit was held in Geneva in June 2021. Was the previous round held in Geneva on May 12?",
        &[],
    );
}
