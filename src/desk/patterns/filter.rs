//! Filters: the words in the brackets of a type, such as `DATE(ahead, ..100d)`.

use crate::desk::model::DurationSpan;
use crate::desk::patterns::ast::{Filter, Type};
use crate::desk::patterns::lexer::{At, Mistake};

/// Reads the filters of a type.
pub(super) fn parse(kind: Type, args: Option<&str>, at: At) -> Result<Vec<Filter>, Mistake> {
    let Some(args) = args else { return Ok(Vec::new()) };
    args.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| {
            one(kind, word).ok_or_else(|| {
                let what = format!("`{word}` is no filter of this type");
                Mistake::new(at, what, Some(fitting(kind)))
            })
        })
        .collect()
}

fn fitting(kind: Type) -> &'static str {
    match kind {
        Type::Date => "`day`, `ahead`, `past`, `come`, `..100d`",
        Type::Length => "a range of lengths: `PT10M..P3D`",
        Type::Number => "`%`, or a range: `0..100`",
        Type::Person | Type::Organisation | Type::Party => "`own`, `other`, `role=leader`",
        Type::Place => "`at`, `own`, `role=generic`",
        _ => "this type takes none",
    }
}

fn one(kind: Type, word: &str) -> Option<Filter> {
    match (kind, word) {
        (Type::Date, "day") => Some(Filter::Day),
        (Type::Date, "ahead") => Some(Filter::Ahead),
        (Type::Date, "past") => Some(Filter::Past),
        (Type::Date, "come") => Some(Filter::Come),
        (Type::Date, _) => {
            let days = word.strip_prefix("..")?.strip_suffix('d')?;
            days.parse().ok().map(Filter::DaysMax)
        }
        (Type::Length, _) => {
            let (lo, hi) = word.split_once("..")?;
            let (lo, hi) = (DurationSpan::parse(lo.trim())?, DurationSpan::parse(hi.trim())?);
            (lo.lo_min <= hi.hi_min).then_some(Filter::Minutes(lo.lo_min, hi.hi_min))
        }
        (Type::Number, "%") => Some(Filter::Percent),
        (Type::Number, _) => {
            let (lo, hi) = word.split_once("..")?;
            let (lo, hi) = (lo.trim().parse().ok()?, hi.trim().parse().ok()?);
            Some(Filter::Between(lo, hi))
        }
        (Type::Place, "at") => Some(Filter::At),
        (Type::Person | Type::Organisation | Type::Party | Type::Place, "own") => Some(Filter::Own),
        (Type::Person | Type::Organisation | Type::Party, "other") => Some(Filter::Other),
        (Type::Person | Type::Organisation | Type::Place, _) => {
            word.strip_prefix("role=").map(|role| Filter::Role(role.to_owned()))
        }
        _ => None,
    }
}
