//! Time expressions: found by the tags of the packs, composed by rules that know no language, resolved to days.
//!
//! Every result says what it was resolved against. What hangs on another event ("six days later") stays open instead of
//! being guessed. The composition rules are ours; the conventions are those of ISO 8601 and TIMEX3.

mod compose;
mod duration;
mod resolve;

use jiff::civil::Date;

use crate::desk::model::{DateSpan, DurationSpan};
use crate::desk::normalise::Token;
use crate::desk::packs::{Hit, MonthOrder};

/// The tense of the words around an expression, for what the expression itself leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// Something has happened.
    Past,
    /// Something is to come.
    Future,
    /// Nothing tells.
    Unknown,
}

/// What an expression was resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: it names its day in full.
    Absolute,
    /// The date of publication.
    Publication,
    /// An event that is not known here: it stays open.
    Open,
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Anchor::Absolute => "absolute",
            Anchor::Publication => "resolved against publication",
            Anchor::Open => "hangs on another event, left open",
        })
    }
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Days.
    Days(DateSpan),
    /// A length of time.
    Length(DurationSpan),
    /// A time that cannot be resolved here.
    Unresolved,
}

/// A time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timex {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it says.
    pub meaning: Meaning,
    /// Against what it was resolved.
    pub anchor: Anchor,
    /// Whether it names a day as such (a weekday, a day of a month, yesterday), not a month or a vague span.
    pub deictic_weekday: bool,
}

/// What the tagger looks at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The text that the tokens point into.
    pub text: &'a str,
    /// The tokens of one sentence.
    pub tokens: &'a [Token],
    /// The phrases found in them.
    pub hits: &'a [Hit],
    /// The day of publication, where the publisher is.
    pub day: Date,
    /// Order of day and month in numbers.
    pub order: MonthOrder,
}

/// Finds the time expressions of a sentence, in order. `tense` tells the tense around a token.
pub fn find(context: &Context<'_>, tense: &dyn Fn(usize) -> Tense) -> Vec<Timex> {
    let lexis = compose::Lexis::new(context);
    let mut found = Vec::new();
    let mut at = 0;
    while at < context.tokens.len() {
        let tense = tense(at);
        let next = duration::at(&lexis, at)
            .or_else(|| compose::at(&lexis, at, tense))
            .filter(|timex| timex.last >= at);
        match next {
            Some(timex) => {
                at = timex.last + 1;
                push_or_merge(&lexis, &mut found, timex);
            }
            None => at += 1,
        }
    }
    found
}

/// "Tomorrow, Thursday 27 February" is one expression: neighbours that agree are joined, and the one that names the
/// day best gives the value.
fn push_or_merge(lexis: &compose::Lexis<'_>, found: &mut Vec<Timex>, timex: Timex) {
    if let Some(last) = found.last_mut()
        && let (Meaning::Days(a), Meaning::Days(b)) = (last.meaning, timex.meaning)
        && timex.first <= last.last + 2
        && lexis.beside(last.last, timex.first)
        && (last.deictic_weekday || timex.deictic_weekday || a == b)
    {
        let names_better = timex.anchor == Anchor::Absolute
            || a.days() > b.days()
            || last.deictic_weekday && !timex.deictic_weekday;
        let calendar = if names_better { timex } else { *last };
        *last = Timex { first: last.first, last: timex.last, ..calendar };
        return;
    }
    found.push(timex);
}
