//! Examples beside a rule: `ex en 2025-04-08 "They met for six hours." => duration=PT6H`. The language is named, the day
//! of publication may be; `nothing` says that the rule must stay silent, or silence its group.

use jiff::civil::Date;

use crate::desk::model::LanguageId;
use crate::desk::packs::Packs;
use crate::desk::patterns::lexer::{At, Mistake};
use crate::desk::patterns::rule::Example;
use crate::desk::patterns::written::unknown;

const FORM: &str = "write `ex en \"They met for six hours.\" => duration=PT6H`";

/// Reads an example, without its `ex`.
pub(super) fn parse(written: &str, at: At, packs: &Packs) -> Result<Example, Mistake> {
    let wrong = |what: &str| Mistake::new(at, what, Some(FORM));
    let open = written.find('"').ok_or_else(|| wrong("an example without a quoted text"))?;
    let (head, rest) = written.split_at(open);
    let (text, expect) =
        rest[1..].rsplit_once("=>").ok_or_else(|| wrong("an example that expects nothing"))?;
    let text = text
        .trim_end()
        .strip_suffix('"')
        .ok_or_else(|| wrong("the quoted text is not closed before `=>`"))?;
    let mut words = head.split_whitespace();
    let id = LanguageId::new(words.next().unwrap_or_default());
    if packs.language(&id).is_none() {
        let known = packs.languages().map(|language| language.id.as_str());
        return Err(unknown("language", id.as_str(), known, at));
    }
    let day: Option<Date> = match words.next().map(str::parse) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => return Err(wrong("the day of publication is written 2025-04-08")),
    };
    let expect = match expect.trim() {
        "nothing" => Vec::new(),
        some => some
            .split(", ")
            .map(|pair| pair.split_once('='))
            .map(|pair| pair.map(|(s, v)| (s.trim().to_owned(), v.trim().to_owned())))
            .collect::<Option<_>>()
            .ok_or_else(|| wrong("what is expected is written `slot=value, slot=value`"))?,
    };
    Ok(Example { language: id, day, text: text.to_owned(), expect, line: at.line })
}
