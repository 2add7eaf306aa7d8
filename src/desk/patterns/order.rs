//! The order of matches: which of those that took the same words speaks. It is total, so that the output is the same
//! every time: priority, then fewest words between, then the rule that stands first in its file, then longest, then the
//! place in the text.

use std::cmp::Reverse;

use crate::desk::patterns::Match;
use crate::desk::patterns::rule::{About, Action};

/// One action of a match that would speak.
#[derive(Debug)]
pub struct Contender<'a, T> {
    /// The match.
    pub found: &'a Match<'a>,
    /// What it would do.
    pub action: &'a Action,
    /// The event that it is about.
    pub about: About,
    /// The slot with its party; none for an action that only silences others.
    pub slot: Option<String>,
    /// What the caller would say.
    pub said: T,
}

impl<T> Contender<'_, T> {
    fn group(&self) -> &str {
        self.found.rule.group_of(self.action)
    }

    fn many(&self) -> bool {
        matches!(self.action, Action::State { many: true, .. })
    }

    /// Whether one match is at work in both.
    fn is_of(&self, other: &Self) -> bool {
        std::ptr::eq(self.found, other.found)
    }

    fn silences(&self, other: &Self) -> bool {
        if self.is_of(other) {
            return false;
        }
        let ((a, b), (c, d)) = (self.found.words(), other.found.words());
        let same_words = self.group() == other.group() && a <= d && c <= b;
        // A slot with one value gets one from a sentence.
        let one_value = self.slot.is_some()
            && (self.slot.as_ref(), self.about) == (other.slot.as_ref(), other.about)
            && !other.many();
        same_words || one_value
    }
}

/// Keeps those that speak, in the order of the text.
pub fn settle<T>(mut contenders: Vec<Contender<'_, T>>) -> Vec<Contender<'_, T>> {
    contenders.sort_by(|a, b| {
        let key = |c: &Contender<'_, T>| {
            let (first, last) = c.found.words();
            let length = c.found.last - c.found.first;
            let rule = (Reverse(c.found.rule.priority), c.found.slack, c.found.number);
            (rule, Reverse(length), first, last)
        };
        key(a).cmp(&key(b))
    });
    let mut kept: Vec<Contender<'_, T>> = Vec::new();
    for contender in contenders {
        if !kept.iter().any(|known| known.silences(&contender)) {
            kept.push(contender);
        }
    }
    kept.retain(|contender| contender.slot.is_some());
    kept.sort_by_key(|c| (c.found.clause, c.found.number, c.found.words()));
    kept
}
