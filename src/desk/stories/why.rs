//! Why an article stands in its story.

use std::fmt;

use crate::desk::model::{ArticleId, EventId};
use crate::desk::stories::compare::{same, shared};
use crate::desk::stories::marks::MarkKind;
use crate::desk::stories::profile::{Portrait, Profile};
use crate::desk::stories::tally::Tally;

/// Words of each kind that are told.
const WORDS_MAX: usize = 6;

/// Why an article stands in its story.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Nothing before it tells of the same: it opens the story.
    First,
    /// The event of the ledger that it reports is that of the story.
    SameEvent(EventId),
    /// It copies a text of the story.
    Copy(ArticleId),
    /// It shares words or marks with a text of the story.
    Like {
        /// The text that it shares most with.
        with: ArticleId,
        /// How alike they are, as a multiple of what is needed.
        ratio: f32,
        /// What they share, in words of this article.
        evidence: Evidence,
    },
    /// It came to the story with others, when two became one or one became two.
    Drawn(ArticleId),
    /// It stood in the story before the program was started.
    Restored,
}

/// What two texts share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Words of the title or lead.
    pub words: Vec<String>,
    /// Names, by their sound or the gazetteer.
    pub names: Vec<String>,
    /// Numbers.
    pub numbers: Vec<String>,
    /// Days.
    pub days: Vec<String>,
    /// Terms of the packs.
    pub terms: Vec<String>,
}

impl Evidence {
    /// What an article shares with another one, what tells most first.
    pub(super) fn of(portrait: &Portrait, other: &Profile, tally: &Tally, by_words: bool) -> Self {
        let profile = &portrait.profile;
        let mut out = Self::default();
        let mut pairs: Vec<(f32, u64)> = shared(&profile.marks, &other.marks, |mark| mark.key)
            .map(|(mine, theirs)| {
                let tells = tally.of_mark(mine.key, profile.script)
                    * tally.of_mark(mine.key, other.script)
                    * mine.weight
                    * theirs.weight;
                (same(mine, theirs) * tells.sqrt(), mine.key)
            })
            .filter(|(tells, _)| *tells > 0.0)
            .collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for label in pairs.iter().filter_map(|(_, key)| portrait.labels.get(key)) {
            let list = match label.kind {
                MarkKind::Sound | MarkKind::Capitals | MarkKind::Entity => &mut out.names,
                MarkKind::Number => &mut out.numbers,
                MarkKind::Term => &mut out.terms,
                MarkKind::Day => &mut out.days,
            };
            if list.len() < WORDS_MAX && !list.contains(&label.word) {
                list.push(label.word.clone());
            }
        }
        if by_words {
            let met = profile
                .title
                .iter()
                .chain(&profile.lead)
                .filter(|stem| other.stems.binary_search(&stem.key).is_ok());
            let mut met: Vec<(f32, u32)> =
                met.map(|stem| (tally.of_stem(stem.key, profile.script), stem.key)).collect();
            met.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for word in met.iter().filter_map(|(_, key)| portrait.words.get(key)) {
                if out.words.len() < WORDS_MAX && !out.words.contains(word) {
                    out.words.push(word.clone());
                }
            }
        }
        out
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = [
            ("words", &self.words),
            ("names", &self.names),
            ("numbers", &self.numbers),
            ("days", &self.days),
            ("terms", &self.terms),
        ];
        let told = lists.iter().filter(|(_, list)| !list.is_empty());
        let told: Vec<String> =
            told.map(|(name, list)| format!("{name}: {}", list.join(", "))).collect();
        f.write_str(&told.join("; "))
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::First => f.write_str("nothing before it tells of the same"),
            Why::SameEvent(event) => write!(f, "the same event of the ledger, {event}"),
            Why::Copy(of) => write!(f, "a copy of {of}"),
            Why::Like { with, ratio, evidence } => {
                write!(f, "like {with} ({ratio:.1} times what it takes); {evidence}")
            }
            Why::Drawn(with) => write!(f, "in one story with {with} since more is known"),
            Why::Restored => f.write_str("in this story since before the last start"),
        }
    }
}
