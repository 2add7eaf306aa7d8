//! The time tags of a sentence by the token they begin at, and what lies between the tokens.

use crate::desk::dates::Context;
use crate::desk::normalise::Token;
use crate::desk::packs::{Family, Tag};

/// The widest gap, in bytes, that still joins two parts of one expression.
const GAP_BYTES_MAX: usize = 8;

#[derive(Clone, Copy, Debug)]
struct Mark<'a> {
    tag: Tag,
    value: &'a str,
    /// The value as a number, where it is one.
    number: Option<i64>,
    first: usize,
    last: usize,
}

/// The time tags of a sentence.
#[derive(Debug)]
pub(super) struct Lexis<'a> {
    text: &'a str,
    tokens: &'a [Token],
    marks: Vec<Mark<'a>>,
    /// For each token the first mark that begins at it or behind it; one more at the end.
    starts: Vec<u32>,
    /// For each token the next one that can make an expression.
    core: Vec<u32>,
}

/// Tokens between the beginning of an expression and the word that makes it one: "in the course of the next two working
/// days". Farther ones are not looked for, so that the many small words of a text cost nothing.
const CORE_TOKENS_MAX: usize = 8;

/// Whether no expression is without such a word, or a number in digits.
fn is_core(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Month
            | Tag::MonthWeak
            | Tag::Weekday
            | Tag::WeekdayWeak
            | Tag::Unit
            | Tag::Day
            | Tag::Season
            | Tag::Decade
            | Tag::DecadeEnd
            | Tag::Period
            | Tag::DayPart
            | Tag::ClockWord
            | Tag::Oclock
            | Tag::HourMark
            | Tag::Noonside
            | Tag::PartUnit
            | Tag::YearMark
            | Tag::Now
            | Tag::Past
            | Tag::Holiday
            | Tag::OrdinalEnd
            | Tag::Every
    )
}

/// For each token the next one, itself included, that can make an expression.
fn cores(tokens: &[Token], marks: &[Mark<'_>]) -> Vec<u32> {
    let mut own: Vec<bool> = tokens.iter().map(|token| token.number().is_some()).collect();
    for mark in marks {
        // "Nineteen ninety-six", "двадцать седьмого": two numbers in words may be a year, a time or a day.
        let counts = |tag: Tag| matches!(tag, Tag::Number | Tag::Ordinal);
        let two = mark.tag == Tag::Number
            && marks.iter().any(|next| counts(next.tag) && next.first == mark.last + 1);
        own[mark.first] |= two || is_core(mark.tag);
    }
    let mut next = u32::MAX;
    let mut out = vec![u32::MAX; tokens.len()];
    for at in (0..tokens.len()).rev() {
        if own[at] {
            next = at as u32;
        }
        out[at] = next;
    }
    out
}

impl<'a> Lexis<'a> {
    /// `None` for a sentence without a time tag and without a number.
    pub(super) fn new(context: &Context<'a>) -> Option<Self> {
        let mut marks: Vec<Mark<'a>> = context
            .hits
            .iter()
            .filter(|hit| hit.tag.family() == Family::Time && hit.last < context.tokens.len())
            .map(|hit| Mark {
                tag: hit.tag,
                value: &hit.value,
                number: hit.value.parse().ok(),
                first: hit.first,
                last: hit.last,
            })
            .collect();
        if marks.is_empty() && !context.tokens.iter().any(|token| token.number().is_some()) {
            return None;
        }
        marks.sort_by_key(|mark| (mark.first, std::cmp::Reverse(mark.last)));
        let mut starts = vec![0u32; context.tokens.len() + 1];
        let mut next = marks.len();
        for at in (0..=context.tokens.len()).rev() {
            while next > 0 && marks[next - 1].first >= at {
                next -= 1;
            }
            starts[at] = u32::try_from(next).unwrap_or(u32::MAX);
        }
        let core = cores(context.tokens, &marks);
        Some(Self { text: context.text, tokens: context.tokens, marks, starts, core })
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    fn marks_at(&self, at: usize) -> &[Mark<'a>] {
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        &self.marks[*from as usize..*to as usize]
    }

    /// Whether nothing of time can begin at a token.
    pub(super) fn idle(&self, at: usize) -> bool {
        let near = self.core.get(at).is_some_and(|core| *core as usize <= at + CORE_TOKENS_MAX);
        !near || self.marks_at(at).is_empty() && self.digits(at).is_none()
    }

    /// The value of the longest phrase of a tag that begins at a token, and the token behind it.
    pub(super) fn tag(&self, at: usize, tag: Tag) -> Option<(&'a str, usize)> {
        let mark = self.marks_at(at).iter().find(|mark| mark.tag == tag)?;
        Some((mark.value, mark.last + 1))
    }

    /// The same, with the value read as a number.
    pub(super) fn count(&self, at: usize, tag: Tag) -> Option<(i64, usize)> {
        let mark = self.marks_at(at).iter().find(|mark| mark.tag == tag)?;
        Some((mark.number?, mark.last + 1))
    }

    /// The token behind a phrase with this tag and value.
    pub(super) fn valued(&self, at: usize, tag: Tag, value: &str) -> Option<usize> {
        let mark = self.marks_at(at).iter().find(|m| m.tag == tag && m.value == value)?;
        Some(mark.last + 1)
    }

    /// The token behind a phrase of the tag, or the same token.
    pub(super) fn skip(&self, at: usize, tag: Tag) -> usize {
        self.tag(at, tag).map_or(at, |(_, next)| next)
    }

    /// The token behind words that join the parts of one expression: of the, on the.
    pub(super) fn links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..3 {
            let next = self.skip(self.skip(at, Tag::Of), Tag::Joint);
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    /// Whether a phrase of the tag, with this value if one is given, ends right before a token.
    pub(super) fn behind(&self, at: usize, tag: Tag, value: Option<&str>) -> bool {
        (at.saturating_sub(4)..at).any(|first| {
            self.marks_at(first).iter().any(|mark| {
                mark.tag == tag && mark.last + 1 == at && value.is_none_or(|v| v == mark.value)
            })
        })
    }

    /// The value of a token that is all digits.
    pub(super) fn digits(&self, at: usize) -> Option<i64> {
        self.tokens.get(at)?.number()
    }

    /// Whether a token begins with a small letter, in a script that has them.
    pub(super) fn lower(&self, at: usize) -> bool {
        let first =
            self.tokens.get(at).and_then(|token| self.text.get(token.start..)?.chars().next());
        first.is_some_and(char::is_lowercase)
    }

    /// The number of digits or letters of a token.
    pub(super) fn width(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.folded.len())
    }

    /// The text between a token and the next; empty at the ends.
    pub(super) fn gap(&self, left: usize) -> &'a str {
        match (self.tokens.get(left), self.tokens.get(left + 1)) {
            (Some(a), Some(b)) => self.text.get(a.end..b.start).unwrap_or_default(),
            _ => "",
        }
    }

    /// The text before a token, up to the token before it.
    pub(super) fn lead(&self, at: usize) -> &'a str {
        let from = at.checked_sub(1).and_then(|left| self.tokens.get(left)).map_or(0, |t| t.end);
        self.tokens.get(at).and_then(|token| self.text.get(from..token.start)).unwrap_or_default()
    }

    /// The text behind a token, up to the next one or the end.
    pub(super) fn trail(&self, last: usize) -> &'a str {
        let to = self.tokens.get(last + 1).map_or(self.text.len(), |token| token.start);
        self.tokens.get(last).and_then(|t| self.text.get(t.end..to)).unwrap_or_default()
    }

    /// Whether the token before `next` and `next` may belong to one expression: a space, comma, slash, bracket or
    /// hyphen lies between, or the full stop of an abbreviation.
    pub(super) fn near(&self, next: usize) -> bool {
        let Some(left) = next.checked_sub(1) else { return true };
        if next >= self.tokens.len() {
            return false;
        }
        let gap = self.gap(left);
        let short = self.tokens[left].folded.chars().count() <= 4;
        gap.len() <= GAP_BYTES_MAX
            && gap
                .chars()
                .all(|c| " \t,،/()@'’-–—\u{a0}\u{202f}".contains(c) || (c == '.' && short))
    }

    /// Whether only spaces, a hyphen or nothing lies before `next`: as between a number and its unit.
    pub(super) fn tight(&self, next: usize) -> bool {
        let Some(left) = next.checked_sub(1) else { return true };
        next < self.tokens.len()
            && self.gap(left).chars().all(|c| c.is_whitespace() || "-–'’".contains(c))
            && !self.gap(left).contains('\n')
    }

    /// Whether a dash stands before `next`.
    pub(super) fn dash(&self, next: usize) -> bool {
        let Some(left) = next.checked_sub(1) else { return false };
        let gap = self.gap(left).trim_start_matches('.').trim();
        matches!(gap, "-" | "–" | "—" | "‒" | "−")
    }

    /// Whether an expression ends before `next`: the sentence does, or a mark of punctuation stands there.
    pub(super) fn closed(&self, next: usize) -> bool {
        next >= self.tokens.len()
            || next > 0 && self.gap(next - 1).contains(' ') && self.dash(next)
            || next > 0
                && self.gap(next - 1).contains(['.', ',', '،', ';', '؛', '!', '?', '؟', ':', '\n'])
    }

    /// Whether digits at a token continue a longer number or code: 3.5, 1,200, 650-6500, or a sum of money.
    pub(super) fn continued(&self, at: usize) -> bool {
        let lead = self.lead(at);
        if lead.trim_end().ends_with(['$', '€', '£', '₽', '¥', '#', '№', '+']) {
            return true;
        }
        at > 0
            && self.digits(at).is_some()
            && self.digits(at - 1).is_some()
            && matches!(lead, "." | "," | ":" | "/" | "-" | "–")
    }

    /// Whether digits at a token continue the token before them.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.digits(at).is_some() && self.continued(at)
    }
}
