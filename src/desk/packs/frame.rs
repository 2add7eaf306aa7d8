//! A frame: which slots an event of a kind has, of which type of value, and what a change of each is worth.

use serde::Deserialize;

use crate::desk::model::{Slot, ValueType};
use crate::desk::packs::{Family, Hit, PackProblem, PackSource};

/// One slot.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotRule {
    /// Its name; `head` stands for `head.<party>`.
    pub name: String,
    /// The type of its values.
    #[serde(rename = "type")]
    pub value_type: ValueType,
    /// The unit of its numbers where the text's is a word: `bp` for basis points. Per cent are known by their sign.
    pub unit: Option<String>,
    /// Severity of a first value, 1 to 5.
    pub severity: u8,
    /// Whether each value is a fact of its own.
    #[serde(default)]
    pub many: bool,
    /// Values that do not contradict each other: any two of one group are compatible.
    #[serde(default)]
    pub compatible: Vec<Vec<String>>,
    /// The slot of the same topics with the opposite meaning: both at once are a conflict.
    #[serde(default)]
    pub opposes: Option<String>,
}

/// The slots of a kind of event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Its id; storylines name it.
    pub id: String,
    /// The value of the `meeting` phrases that name its events; `-` for those that have none. An article is coverage when
    /// its lead has one of them, and phrases of other frames' events mean nothing to it.
    #[serde(default = "any_meeting")]
    pub trigger: String,
    /// Its slots.
    #[serde(rename = "slot")]
    pub slots: Vec<SlotRule>,
}

fn any_meeting() -> String {
    "-".to_owned()
}

impl Frame {
    /// Whether a phrase speaks of events of this frame, or of any.
    pub fn hears(&self, hit: &Hit) -> bool {
        !matches!(hit.tag.family(), Family::Event | Family::Status)
            || *hit.value == *"-"
            || *hit.value == *self.trigger
    }

    /// The rule of a slot.
    pub fn rule(&self, slot: &Slot) -> Option<&SlotRule> {
        self.slots.iter().find(|rule| rule.name == slot.family())
    }

    /// The slot with the opposite meaning, whichever of the two says so.
    pub fn opposite(&self, slot: &str) -> Option<&str> {
        self.slots.iter().find_map(|rule| match rule.opposes.as_deref() {
            Some(other) if rule.name == slot => Some(other),
            Some(other) if other == slot => Some(rule.name.as_str()),
            _ => None,
        })
    }
}

/// Reads a frame.
pub(super) fn read(source: &PackSource) -> Result<Frame, PackProblem> {
    let frame: Frame = toml::from_str(&source.text)
        .map_err(|error| PackProblem::toml(&source.path, &source.text, &error))?;
    match frame.slots.iter().find(|rule| !(1..=5).contains(&rule.severity)) {
        Some(rule) => Err(PackProblem {
            path: source.path.clone(),
            line: 1,
            message: format!("slot `{}` has severity {}", rule.name, rule.severity),
            hint: Some("severity is 1 (digest) to 5 (at once)".into()),
        }),
        None => Ok(frame),
    }
}
