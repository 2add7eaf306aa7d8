//! What lies between the tokens of a sentence, and what it says: that two parts belong together, that a number goes on,
//! that an expression ends.

use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::places::Place;
use crate::desk::dates::set::TagSet;

/// The widest gap, in bytes, that still joins two parts of one expression.
const GAP_BYTES_MAX: usize = 8;

impl<'a> Lexis<'a> {
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
        if self.spaced(next) {
            return true;
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
        self.spaced(next)
            || next < self.tokens.len()
                && self.gap(left).chars().all(|c| c.is_whitespace() || "-–'’".contains(c))
                && !self.gap(left).contains('\n')
    }

    /// Whether a dash stands before `next`.
    pub(super) fn dash(&self, next: usize) -> bool {
        let Some(left) = next.checked_sub(1) else { return false };
        if self.spaced(next) {
            return false;
        }
        let gap = self.gap(left).trim_start_matches('.').trim();
        matches!(gap, "-" | "–" | "—" | "‒" | "−")
    }

    /// Whether an expression ends before `next`: the sentence does, or a mark of punctuation stands there.
    pub(super) fn closed(&self, next: usize) -> bool {
        if self.spaced(next) {
            return false;
        }
        next >= self.tokens.len()
            || next > 0 && self.gap(next - 1).contains(' ') && self.dash(next)
            || next > 0
                && self.gap(next - 1).contains(['.', ',', '،', ';', '؛', '!', '?', '؟', ':', '\n'])
    }

    /// Whether a space is all that lies before `next`.
    fn spaced(&self, next: usize) -> bool {
        self.begins(next, TagSet::SPACED)
    }

    /// Whether digits at a token continue a longer number or code: 3.5, 1,200, 650-6500, or a sum of money.
    pub(super) fn continued(&self, at: usize) -> bool {
        self.begins(at, TagSet::CONTINUED)
    }

    /// The same, found out once; `before` are the places before the token.
    pub(super) fn continues(&self, at: usize, digits: Option<i64>, before: &[Place]) -> bool {
        let lead = self.lead(at);
        if lead.trim_end().ends_with(['$', '€', '£', '₽', '¥', '#', '№', '+']) {
            return true;
        }
        digits.is_some()
            && before.last().is_some_and(|left| left.digits.is_some())
            && matches!(lead, "." | "," | ":" | "/" | "-" | "–")
    }

    /// Whether digits at a token continue the token before them.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.digits(at).is_some() && self.continued(at)
    }
}
