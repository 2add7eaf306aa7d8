//! A rule, checked: what it looks for, when it speaks, and what it says.

use jiff::civil::Date;

use crate::desk::model::{LanguageId, Status, Value};
use crate::desk::packs::Tag;
use crate::desk::patterns::automaton::Machine;

/// Which of an article's events a clause is about, as patterns name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The one that the article reports.
    Focus,
    /// The one that it says will follow.
    Next,
    /// A meeting of leaders, in an article about something else.
    Summit,
    /// The clause corrects what the article said before.
    Correction,
}

impl About {
    pub(super) const ALL: [(&'static str, &'static [About]); 5] = [
        ("focus", &[About::Focus]),
        ("next", &[About::Next]),
        ("summit", &[About::Summit]),
        ("correction", &[About::Correction]),
        ("any", &[About::Focus, About::Next, About::Summit]),
    ];
}

/// Words for groups of statuses, beside the statuses themselves.
pub(super) const STATUS_GROUPS: [(&str, &[Status]); 3] = [
    ("held", &[Status::Held, Status::Underway]),
    ("ahead", &[Status::Announced, Status::Scheduled, Status::Proposed, Status::Rumoured]),
    ("open", &[Status::Announced, Status::Proposed]),
];

/// What silences a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unless {
    /// A hedge stands before the value.
    Hedged,
    /// "Not" stands right before it.
    Negated,
    /// The tag occurs in the clause.
    Tagged(Tag),
}

/// How far a pattern reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// One clause.
    Clause,
    /// The sentence.
    Sentence,
}

/// Whether a rule looks at titles, at the text, or at both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place {
    Title,
    Text,
    Both,
}

/// Whose party is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The party that a captured thing is, or belongs to.
    Capture(u8),
    /// The party of whoever speaks.
    Speaker,
}

/// The value that a rule gives to a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What was captured.
    Capture(u8),
    /// A value that the rule names.
    Constant(Value),
    /// A party, and what was captured.
    OfParty(Whose, u8),
    /// A party, and an id that the rule names.
    OfPartyConstant(Whose, String),
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// States a slot's value.
    State {
        /// The slot's family.
        slot: String,
        /// The party of a slot that each party has.
        party: Option<Whose>,
        /// The value.
        said: Said,
        /// Whether each value of the slot is a fact of its own.
        many: bool,
    },
    /// Silences the rules of a group that took the same words.
    Drop(String),
}

/// A sentence beside a rule, with what the rule is to make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The language of the text.
    pub language: LanguageId,
    /// The day of publication, where it matters.
    pub day: Option<Date>,
    /// The text.
    pub text: String,
    /// Slots and values; empty for "nothing".
    pub expect: Vec<(String, String)>,
    /// Its line in the file.
    pub line: usize,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, unique in its frame.
    pub id: String,
    /// The file it stands in.
    pub path: String,
    /// Its line there.
    pub line: usize,
    /// The one language whose texts it reads; every language without.
    pub language: Option<LanguageId>,
    /// Rules of one group that took the same words: the higher priority speaks.
    pub priority: i32,
    /// The group, where the rule names one; the slot's name otherwise.
    pub group: Option<String>,
    /// How far it reaches.
    pub within: Within,
    /// The events that it speaks about.
    pub about: Vec<About>,
    /// How the event must stand; any without.
    pub when: Option<Vec<Status>>,
    /// What silences it.
    pub unless: Vec<Unless>,
    /// Where it reads.
    pub place: Place,
    /// What it does.
    pub actions: Vec<Action>,
    /// The names of its captures.
    pub captures: Vec<String>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The capture whose words decide which clause is meant and which rules compete.
    pub(super) key: Option<u8>,
    pub(super) machine: Machine,
    /// Bits of which every window must have one each, the rarest first.
    pub(super) needs: Vec<u128>,
}

impl Rule {
    /// The group of an action.
    pub fn group_of<'a>(&'a self, action: &'a Action) -> &'a str {
        match (&self.group, action) {
            (_, Action::Drop(group)) | (Some(group), _) => group,
            (None, Action::State { slot, .. }) => slot,
        }
    }

    /// Whether it reads texts of a language.
    pub(super) fn reads(&self, language: &LanguageId) -> bool {
        self.language.as_ref().is_none_or(|own| own == language)
    }
}
