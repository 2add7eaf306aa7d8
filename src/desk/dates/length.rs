//! Lengths of time: counts without an anchor, with what hedges them: "more than six hours", "пять-шесть часов", "all day".

use crate::desk::dates::amount::{AMOUNT, Amount, Read};
use crate::desk::dates::number::Ratio;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::dates::stamp::{Found, Stamp};
use crate::desk::dates::trace::{Anchor, Rule};
use crate::desk::model::Nearness;
use crate::desk::packs::Tag;

/// What a length begins with.
const LENGTH: TagSet = AMOUNT.or(TagSet::of(&[Tag::Approx, Tag::Between, Tag::Whole]));

impl Reader<'_> {
    /// A length of time, perhaps a range of two, with what hedges it.
    pub(super) fn length(&self, at: usize) -> Option<Found> {
        let lexis = self.lexis;
        if !lexis.begins(at, LENGTH) {
            return None;
        }
        let (nearness, from) = match lexis.tag(at, Tag::Approx) {
            Some((mark, next)) if lexis.tight(next) => (nearness(mark)?, next),
            Some(_) => return None,
            None => (Nearness::Exactly, at),
        };
        let opened = lexis.tag(from, Tag::Between).is_some();
        let from = lexis.skip(from, Tag::Between);
        let whole = self.whole(from);
        let (lo, hi, next) = self
            .lengths(from, opened)
            .or_else(|| lexis.amount(from).map(|read| (read.amount, read.amount, read.next)))
            .or(whole)
            .or_else(|| self.lone(from, nearness != Nearness::Exactly))?;
        let next = self.whole_behind(next);
        if lexis.valued(next, Tag::Age, "after").is_some()
            || lexis.valued(next, Tag::Later, "after").is_some() && self.part_of(next).is_none()
        {
            return None;
        }
        let mut found = Found::new(next, Stamp::Length(lo, hi), Anchor::Absolute, Rule::Length);
        (found.nearness, found.vague) = (nearness, lo.vague);
        Some(found)
    }

    /// "All day", "the whole week", "لمدة ساعة".
    fn whole(&self, at: usize) -> Option<(Amount, Amount, usize)> {
        let (_, next) = self.lexis.tag(at, Tag::Whole)?;
        let (amount, after) = self
            .amount_or_one(self.lexis.skip(next, Tag::Filler))
            .filter(|_| self.lexis.tight(next))?;
        Some((amount, amount, after))
    }

    fn whole_behind(&self, next: usize) -> usize {
        if self.lexis.tight(next) { self.lexis.skip(next, Tag::Filler) } else { next }
    }

    /// A unit without a number is a length where it is hedged, where "whole" stands behind it, or where it is all there is.
    fn lone(&self, at: usize, hedged: bool) -> Option<(Amount, Amount, usize)> {
        let (unit, _, plural, behind) = self.lexis.unit(at)?;
        let (amount, next) = self.one(at)?;
        let all = at == 0 && next == self.lexis.len();
        // "ساعة ونصف" is a length by its fraction.
        let tailed = self.lexis.tag(self.lexis.skip(behind, Tag::And), Tag::Fraction).is_some();
        let filled = self.lexis.tag(next, Tag::Filler).is_some() && self.lexis.tight(next);
        if tailed && !plural {
            let read: Read = self.lexis.one_with_tail(unit, behind)?;
            return Some((read.amount, read.amount, read.next));
        }
        let more = next > behind && amount != Amount::of(Ratio::whole(1), unit)?;
        let numbered = next > behind;
        (all || hedged || filled || more || numbered).then_some((amount, amount, next))
    }

    /// "Five to six hours", "5-6 hours", "خمس أو ست ساعات".
    fn lengths(&self, at: usize, opened: bool) -> Option<(Amount, Amount, usize)> {
        let lexis = self.lexis;
        let (lo, next) = lexis.decimal(at).filter(|_| !lexis.continued(at))?;
        // The first end may have its own unit: "two weeks to two months".
        let own = lexis.unit(next).filter(|_| lexis.tight(next));
        let next = own.map_or(next, |(.., after)| after);
        let joined = if let Some((_, after)) = lexis.tag(next, Tag::To) {
            after
        } else if opened && let Some((_, after)) = lexis.tag(next, Tag::And) {
            after
        } else if lexis.dash(next)
            || lo.n > lo.d && lexis.tight(next) && lexis.count(next, Tag::Number).is_some()
        {
            next
        } else {
            return None;
        };
        let (hi, after) = lexis.decimal(joined)?;
        let (unit, many, _, end) = lexis.unit(after).filter(|_| lexis.tight(after))?;
        let (own, own_many) = own.map_or((unit, many), |(unit, many, ..)| (unit, many));
        let lo = Amount::of(lo.times(Ratio::whole(own_many))?, own)?;
        let hi = Amount::of(hi.times(Ratio::whole(many))?, unit)?;
        (lo.total_seconds()? < hi.total_seconds()?).then_some((lo, hi, end))
    }
}

/// How a pack's mark hedges.
pub(super) fn nearness(mark: &str) -> Option<Nearness> {
    match mark {
        "~" => Some(Nearness::About),
        ">" => Some(Nearness::MoreThan),
        "<" => Some(Nearness::LessThan),
        _ => None,
    }
}
