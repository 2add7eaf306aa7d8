//! Lengths of time: a number, a unit, halves and modifiers, ranges.

use crate::desk::dates::compose::Lexis;
use crate::desk::dates::{Anchor, Meaning, Timex};
use crate::desk::model::{DurationSpan, Nearness};
use crate::desk::packs::Tag;

/// The longest length that is read, in minutes: 400 days.
const MINUTES_MAX: i64 = 400 * 24 * 60;

/// The length of time that begins at a token.
pub(super) fn at(lexis: &Lexis<'_>, at: usize) -> Option<Timex> {
    let modifier = lexis.tag(at, Tag::Approx);
    let (nearness, from) = match modifier {
        Some((mark, next)) => (nearness(mark)?, next),
        None => (Nearness::Exactly, at),
    };
    let from = lexis.tag(from, Tag::Between).map_or(from, |(_, next)| next);
    let (lo, hi, next) = range(lexis, from).or_else(|| single(lexis, from))?;
    // "Three days ago", "six days later" are dates.
    let dated = [Tag::Ago, Tag::Later].iter().any(|tag| lexis.tag(next, *tag).is_some());
    if dated || hi > MINUTES_MAX {
        return None;
    }
    let length =
        DurationSpan { lo_min: lo.try_into().ok()?, hi_min: hi.try_into().ok()?, nearness };
    Some(Timex {
        first: at,
        last: next - 1,
        meaning: Meaning::Length(length),
        anchor: Anchor::Absolute,
        deictic_weekday: false,
    })
}

fn nearness(mark: &str) -> Option<Nearness> {
    match mark {
        "~" => Some(Nearness::About),
        ">" => Some(Nearness::MoreThan),
        "<" => Some(Nearness::LessThan),
        _ => None,
    }
}

fn minutes(unit: &str) -> Option<i64> {
    match unit {
        "minute" => Some(1),
        "hour" => Some(60),
        "day" => Some(24 * 60),
        _ => None,
    }
}

/// "five to six hours", "خمس وست ساعات", "five and six hours".
fn range(lexis: &Lexis<'_>, at: usize) -> Option<(i64, i64, usize)> {
    let (lo, next) = lexis.number(at)?;
    let dash = matches!(lexis.gap(next - 1).trim(), "-" | "–" | "—");
    let joined = lexis.tag(next, Tag::And).map_or(next, |(_, after)| after);
    let fused = lexis.context.text[lexis.context.tokens.get(joined)?.start..].starts_with('و');
    if !dash && joined == next && !fused {
        return None;
    }
    let (hi, next) = lexis.number(joined)?;
    let (unit, next) = lexis.tag(next, Tag::Unit)?;
    let scale = minutes(unit)?;
    (lo < hi && hi < 100).then_some((lo * scale, hi * scale, next))
}

fn single(lexis: &Lexis<'_>, at: usize) -> Option<(i64, i64, usize)> {
    // "полтора часа": a number of its own that holds the half.
    if let Some(("3/2", next)) = lexis.tag(at, Tag::Fraction) {
        let (unit, next) = lexis.tag(next, Tag::Unit)?;
        let total = minutes(unit)? * 3 / 2;
        return Some((total, total, next));
    }
    let counted = lexis.number(at);
    // "six and a half hours": the fraction stands between number and unit.
    let inner = counted.and_then(|(_, next)| fraction(lexis, next));
    let unit_at = inner.map(|(_, next)| next).or(counted.map(|(_, next)| next)).unwrap_or(at);
    let (unit, mut next) = lexis.tag(unit_at, Tag::Unit)?;
    let (unit, dual) = unit.split_once("*2").map_or((unit, 1), |(unit, _)| (unit, 2));
    let scale = minutes(unit)?;
    // A bare unit is a length only with a fraction or modifier, or as a dual; "an hour" is a number and a unit.
    let bare = counted.is_none() && dual == 1;
    let mut total = counted.map_or(1, |(n, _)| n).checked_mul(scale * dual)?;
    if let Some(((n, d), _)) = inner {
        total += scale * n / d;
    } else if let Some(((n, d), after)) = fraction(lexis, next) {
        total += scale * n / d;
        // "ونصف الساعة" repeats the unit.
        next = lexis.tag(after, Tag::Unit).filter(|(u, _)| *u == unit).map_or(after, |(_, a)| a);
    } else if bare && lexis.tag(at.wrapping_sub(1), Tag::Approx).is_none() {
        return None;
    } else if let Some((n, after)) = lexis.number(next)
        && let Some(("minute", after)) = lexis.tag(after, Tag::Unit)
        && unit == "hour"
    {
        total += n;
        next = after;
    }
    Some((total, total, next))
}

fn fraction(lexis: &Lexis<'_>, at: usize) -> Option<((i64, i64), usize)> {
    let (value, next) = lexis.tag(at, Tag::Fraction)?;
    let (n, d) = value.split_once('/')?;
    let (n, d): (i64, i64) = (n.parse().ok()?, d.parse().ok()?);
    (d > 0 && n.abs() < d).then_some(((n, d), next))
}
