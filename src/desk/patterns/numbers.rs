//! Numbers: "4.25 %", "4,25", "1,500", "١٫٥", and number words; not those that are part of a time expression.

use crate::desk::packs::Tag;
use crate::desk::patterns::scene::Scene;

/// Finds the numbers of a sentence: first and last token, value, and whether a per-cent sign follows.
pub(super) fn find(scene: &Scene<'_>) -> Vec<((usize, usize), f64, bool)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < scene.tokens.len() {
        let timed = scene.times.iter().any(|time| time.first <= at && at <= time.last);
        let Some((last, value)) = (!timed).then(|| digits(scene, at)).flatten() else {
            at += 1;
            continue;
        };
        out.push(((at, last), value, percent_behind(scene, last)));
        at = last + 1;
    }
    let words = scene.hits.iter().filter(|hit| hit.tag == Tag::Number).filter_map(|hit| {
        let timed =
            scene.times.iter().any(|time| time.first <= hit.first && hit.first <= time.last);
        let value: f64 = hit.value.parse().ok()?;
        (!timed).then_some(((hit.first, hit.last), value, percent_behind(scene, hit.last)))
    });
    out.extend(words);
    out
}

/// A run of digits with the marks between them: a mark with three digits behind it groups thousands when it is a comma or
/// a space, everything else is the decimal point.
fn digits(scene: &Scene<'_>, first: usize) -> Option<(usize, f64)> {
    let group = |at: usize| {
        let folded: &str = scene.tokens.get(at).map(|token| &*token.folded)?;
        (!folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())).then_some(folded)
    };
    let mut written = group(first)?.to_owned();
    let mut last = first;
    let mut decimal = false;
    while let Some(next) = group(last + 1) {
        let mark = scene.text.get(scene.tokens[last].end..scene.tokens[last + 1].start)?;
        match mark {
            "," | "٬" | "\u{a0}" | "\u{202f}" if next.len() == 3 && !decimal => {}
            "." | "," | "٫" if !decimal => {
                written.push('.');
                decimal = true;
            }
            _ => break,
        }
        written.push_str(next);
        last += 1;
    }
    written.parse().ok().map(|value| (last, value))
}

fn percent_behind(scene: &Scene<'_>, last: usize) -> bool {
    let rest = scene.text.get(scene.tokens[last].end..).unwrap_or_default();
    rest.trim_start().starts_with(['%', '٪'])
}
