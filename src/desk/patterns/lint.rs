//! Lints of patterns: rules that can never match, slots that nothing states, tags that a language has no words for.

use std::collections::BTreeMap;

use crate::desk::packs::{Finding, Level, PackSource, Packs, Tag, Vocabulary, nearest};
use crate::desk::patterns::{Action, Mention, Patterns};

/// Slots that the reading of the lead states for every kind of event, without a pattern.
const OF_THE_LEAD: [&str; 3] = ["status", "date", "city"];

/// Looks through the rules of all frames.
pub fn lint(
    sources: &[PackSource],
    packs: &Packs,
    patterns: &Patterns,
    vocabulary: &Vocabulary,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for frame in packs.frames() {
        let mentions = patterns.mentions(&frame.id);
        findings.extend(mentions.iter().filter_map(|mention| never(mention, vocabulary)));
        findings.extend(silent_slots(&frame.id, sources, packs, patterns));
    }
    findings.extend(missing_words(packs, patterns, vocabulary));
    findings
}

/// A rule that asks for a tag, or a value of a tag, that no phrase has.
fn never(mention: &Mention, vocabulary: &Vocabulary) -> Option<Finding> {
    let value = mention.value.as_deref();
    if !vocabulary.languages(mention.tag, value).is_empty() {
        return None;
    }
    let name = name_of(mention.tag);
    let (asked, hint) = match value {
        None => (format!("<{name}>"), format!("add a line `{name}<TAB>-<TAB>words` to a language")),
        Some(value) => {
            let near = nearest(value, vocabulary.values(mention.tag));
            let line = format!("add a line `{name}<TAB>{value}<TAB>words` to a language");
            let hint = near.map_or(line, |near| format!("did you mean `<{name}={near}>`?"));
            (format!("<{name}={value}>"), hint)
        }
    };
    let what = if mention.alone { "this pattern can never match" } else { "this is never there" };
    let message = format!("{what}: no language has words for `{asked}`");
    Some(Finding::new(Level::Warning, (&mention.path, mention.line), message, Some(&hint)))
}

fn name_of(tag: Tag) -> &'static str {
    Tag::ALL.iter().find(|(known, _)| *known == tag).map_or("", |(_, name)| name)
}

/// Slots of a frame that no rule states.
fn silent_slots(
    frame: &str,
    sources: &[PackSource],
    packs: &Packs,
    patterns: &Patterns,
) -> Vec<Finding> {
    let states = |slot: &str| {
        patterns.rules(frame).iter().flat_map(|rule| &rule.actions).any(|action| match action {
            Action::State { slot: stated, .. } => stated == slot,
            Action::Drop(_) => false,
        })
    };
    let Some(rules) = packs.frame(frame) else { return Vec::new() };
    let id = format!("id = \"{frame}\"");
    let source = sources.iter().find(|source| {
        source.path.starts_with("packs/frames/") && source.text.lines().any(|line| line == id)
    });
    let silent = rules.slots.iter().map(|slot| slot.name.as_str()).filter(|slot| !states(slot));
    silent
        .filter(|slot| !OF_THE_LEAD.contains(slot))
        .map(|slot| {
            let named = format!("name = \"{slot}\"");
            let (path, text) =
                source.map_or(("packs/frames", ""), |source| (&*source.path, &*source.text));
            let line = text.lines().position(|line| line.trim() == named).map_or(1, |at| at + 1);
            let message = format!("no pattern states the slot `{slot}`");
            let hint = format!("add `rule {slot}.… : … => {slot} = …` to {frame}.pat");
            Finding::new(Level::Warning, (path, line), message, Some(&hint))
        })
        .collect()
}

/// For each language the tags that patterns ask for and it has no words for, in one line.
fn missing_words(packs: &Packs, patterns: &Patterns, vocabulary: &Vocabulary) -> Vec<Finding> {
    let mut asked: BTreeMap<Tag, &'static str> = BTreeMap::new();
    for frame in packs.frames().filter(|f| packs.storylines.iter().any(|s| s.frame == f.id)) {
        for mention in patterns.mentions(&frame.id) {
            // What no language has is told where it is asked for.
            if !vocabulary.languages(mention.tag, None).is_empty() {
                asked.insert(mention.tag, name_of(mention.tag));
            }
        }
    }
    packs
        .languages()
        .filter_map(|language| {
            let missing: Vec<&str> = asked
                .iter()
                .filter(|(tag, _)| !vocabulary.languages(**tag, None).contains(&&language.id))
                .map(|(_, name)| *name)
                .collect();
            let path = format!("packs/lang/{}/lang.toml", language.id);
            let message = format!("`{}` has no words for: {}", language.id, missing.join(", "));
            let hint =
                "patterns ask for these tags; without words they are silent in this language";
            (!missing.is_empty())
                .then(|| Finding::new(Level::Todo, (&path, 1), message, Some(hint)))
        })
        .collect()
}
