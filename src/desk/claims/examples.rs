//! Examples: the sentences beside the patterns, read as an article is read, with the event that each rule is about.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::desk::claims::focus::{Focus, Local, LocalEvent, Role};
use crate::desk::claims::reading::{self, Reading};
use crate::desk::claims::scope::Scope;
use crate::desk::claims::slots::Taker;
use crate::desk::claims::values::Ground;
use crate::desk::model::{ArticleId, Draft, EntryKey, Names};
use crate::desk::normalise;
use crate::desk::packs::{EntityKind, PackProblem, Packs};
use crate::desk::patterns::{About, Action, Example, Patterns, Rule};

/// The day of publication of an example that names none: a Tuesday.
const DAY: Date = date(2025, 4, 8);

/// Reads every example of every frame; returns those that do not say what they should.
pub fn examples(packs: &Packs, patterns: &Patterns) -> Vec<PackProblem> {
    let mut problems = Vec::new();
    for frame in packs.frames() {
        let parties: Vec<String> = match packs.storylines.iter().find(|s| s.frame == frame.id) {
            Some(storyline) => storyline.parties.clone(),
            // A frame that no storyline has yet is tried with every party.
            None => packs
                .gazetteer
                .iter()
                .filter(|(kind, _, _)| *kind == EntityKind::Parties)
                .map(|(_, id, _)| id.to_owned())
                .collect(),
        };
        let ground = Ground { packs, patterns, frame: &frame.id, parties: &parties };
        for rule in patterns.rules(&frame.id) {
            for example in &rule.examples {
                problems.extend(wrong(rule, example, ground));
            }
        }
    }
    problems
}

fn wrong(rule: &Rule, example: &Example, ground: Ground<'_>) -> Option<PackProblem> {
    let said = said(rule, example, ground);
    let mut expected: Vec<String> =
        example.expect.iter().map(|(slot, value)| format!("{slot}={value}")).collect();
    expected.sort();
    let list = |items: &[String]| match items {
        [] => "nothing".to_owned(),
        some => some.join(", "),
    };
    (said != expected).then(|| PackProblem {
        path: rule.path.clone(),
        line: example.line,
        message: format!(
            "rule `{}` gives {} where the example expects {}",
            rule.id,
            list(&said),
            list(&expected)
        ),
        hint: Some("`marsad explain` shows which rules speak; another may take the words".into()),
    })
}

/// What a rule says of its example; for a rule that silences, what its group still says.
fn said(rule: &Rule, example: &Example, ground: Ground<'_>) -> Vec<String> {
    let Some(reading) = read(example, ground.packs) else { return Vec::new() };
    let about = rule.about.first().copied().unwrap_or(About::Focus);
    let scope = match about {
        About::Focus => Scope::About(Local::Focus),
        About::Next => Scope::About(Local::Next),
        About::Summit => Scope::About(Local::Summit),
        About::Correction => Scope::Correction,
    };
    let event = LocalEvent {
        local: Local::Focus,
        kind: "meeting",
        role: Role::Reported,
        status: rule.when.as_ref().and_then(|statuses| statuses.first().copied()),
        date: None,
        city: None,
        track: None,
    };
    let focus = Focus { event, status_at: None, date_at: None, site: None };
    let mut taker = Taker::new(&reading, &focus, ground);
    for (index, sentence) in reading.sentences.iter().enumerate() {
        taker.sentence(index, &vec![scope; sentence.clauses()]);
    }
    let of_rule = format!("rule {} of ", rule.id);
    let drops: Vec<&str> = rule
        .actions
        .iter()
        .filter(|action| matches!(action, Action::Drop(_)))
        .map(|action| rule.group_of(action))
        .collect();
    let group = |step: &str| {
        let id = step.strip_prefix("rule ")?.split(' ').next()?;
        let by = ground.patterns.rules(ground.frame).iter().find(|rule| rule.id == id)?;
        by.actions.first().map(|action| by.group_of(action))
    };
    let mut said: Vec<String> = taker
        .stated()
        .iter()
        .filter(|stated| {
            stated.why.iter().any(|step| {
                step.starts_with(&of_rule) || group(step).is_some_and(|g| drops.contains(&g))
            })
        })
        .map(|stated| format!("{}={}", stated.slot, stated.value))
        .collect();
    said.sort();
    said
}

/// An example as the only sentence of an article.
fn read(example: &Example, packs: &Packs) -> Option<Reading> {
    let day = example.day.unwrap_or(DAY);
    let at = day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?.timestamp();
    let draft = Draft {
        key: EntryKey("example".into()),
        names: Names::default(),
        id: Some(ArticleId::new("example")),
        url: "https://example.org/".into(),
        title: String::new(),
        text: example.text.clone(),
        published: Some(at),
        updated: None,
        language: Some(example.language.clone()),
        source: String::new(),
        feed: None,
    };
    let (mut article, words) = normalise::article(&draft, packs, at);
    // The language is the one that is named, however short the text.
    article.language = example.language.clone();
    Some(reading::read(&article, &words, packs))
}
