//! Sentences. A line break always ends one; a full stop does not while a quotation is open, nor after an
//! abbreviation, an initial, or a number that goes on.

/// A sentence as a range of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset behind its last character.
    pub end: usize,
    /// Index of the line it stands in.
    pub line: usize,
    /// Whether it ends in a question mark.
    pub question: bool,
}

/// Titles, folded: what follows them is a name, whatever its first letter.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "dr", "st", "gen", "sen", "rep", "gov", "prof", "vs", "им", "ул"];

/// Words that a full stop does not end a sentence after when a number follows, folded. They belong to no storyline.
const ABBREVIATIONS: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "no",
    "inc", "ltd", "a", "p", "г", "гг", "с", "т", "тыс", "млн", "млрд", "руб", "см", "др", "д",
];

/// Cuts a text into sentences.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut marks = Vec::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        marks.clear();
        marks.extend(line.char_indices().filter(|(_, c)| is_mark(*c)));
        cut_line(text, (start, line, index), &marks, &mut out);
        start += line.len() + 1;
    }
    out
}

/// Whether a character ends a sentence or stands behind its end, opens a quotation or closes one. Letters are none.
fn is_mark(c: char) -> bool {
    is_end(c) || matches!(c, '"' | '”' | '“' | '„' | '«' | '»' | ')')
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…')
}

/// Cuts a line at its marks, which are given by their place in it.
fn cut_line(
    text: &str,
    (offset, line, index): (usize, &str, usize),
    marks: &[(usize, char)],
    out: &mut Vec<Sentence>,
) {
    let balanced = quotes_balance(marks);
    let mut begin = offset;
    let mut depth = 0i32;
    let mut rest = marks;
    while let [(at, c), behind @ ..] = rest {
        rest = behind;
        if balanced {
            depth += quote_step(*c, depth);
        }
        if !is_end(*c) || depth > 0 {
            continue;
        }
        // Closing quotes and further marks belong to the sentence.
        let mut end = at + c.len_utf8();
        while let [(next, q), behind @ ..] = rest {
            if *next != end || matches!(q, '«' | '„') {
                break;
            }
            if balanced {
                depth += quote_step(*q, depth);
            }
            end = next + q.len_utf8();
            rest = behind;
        }
        let after = &line[end..];
        let goes_on = !after.is_empty() && !after.starts_with(char::is_whitespace);
        if *c == '.' && (goes_on || abbreviated(&line[..*at], after)) {
            continue;
        }
        push(text, begin, offset + end, index, out);
        begin = offset + end;
    }
    push(text, begin, offset + line.len(), index, out);
}

fn push(text: &str, start: usize, end: usize, line: usize, out: &mut Vec<Sentence>) {
    let slice = &text[start..end];
    let trimmed = slice.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let start = start + (slice.len() - slice.trim_start().len());
        let end = start + trimmed.len();
        let tail = trimmed.trim_end_matches(['"', '”', '»', '“', ')', '!']);
        out.push(Sentence { start, end, line, question: tail.ends_with(['?', '؟']) });
    }
}

/// Whether the word before a full stop, or what follows it, shows that the sentence goes on.
fn abbreviated(before: &str, after: &str) -> bool {
    let Some(next) = after.trim_start().chars().next() else { return false };
    let word = &before[before.trim_end_matches(char::is_alphanumeric).len()..];
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = before.ends_with(|c: char| c.is_uppercase())
        && before.trim_end_matches(char::is_alphabetic).ends_with('.');
    if dotted || initial || next.is_lowercase() {
        // "U.S. Treasury" goes on; so does "a.m. local", as whatever goes on with a small letter. A new sentence after "the U.S." is read as going on, which
        // costs a longer sentence and never a wrong one.
        return true;
    }
    let folded = crate::desk::normalise::fold::fold(word);
    TITLES.contains(&folded.as_str())
        || next.is_numeric() && ABBREVIATIONS.contains(&folded.as_str())
}

/// +1 for an opening quotation mark, -1 for a closing one. Straight quotes toggle; so do ” and “ , which Arabic sites
/// use for both ends.
fn quote_step(c: char, depth: i32) -> i32 {
    match c {
        '«' => 1,
        '»' => -depth.min(1),
        '"' | '”' | '“' | '„' => {
            if depth > 0 {
                -1
            } else {
                1
            }
        }
        _ => 0,
    }
}

fn quotes_balance(marks: &[(usize, char)]) -> bool {
    let count = |of: &[char]| marks.iter().filter(|(_, c)| of.contains(c)).count();
    count(&['«']) == count(&['»']) && count(&['"', '”', '“', '„']).is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let got: Vec<_> = sentences(text).iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn stops_in_quotes_and_abbreviations_do_not_end_a_sentence() {
        check(
            "WASHINGTON, Feb. 15 (Courier) — The U.S. official said no. He left.",
            &["WASHINGTON, Feb. 15 (Courier) — The U.S. official said no.", "He left."],
        );
        check(
            "«Нет. Ничего», — сказал он 27 февраля с.г. в Москве. Да.",
            &["«Нет. Ничего», — сказал он 27 февраля с.г. в Москве.", "Да."],
        );
        check(
            "قال \"لن نذهب. أبدا\" أمس. وأضاف: نعم؟\nسطر",
            &["قال \"لن نذهب. أبدا\" أمس.", "وأضاف: نعم؟", "سطر"],
        );
        check("at 10 a.m. local time. Police", &["at 10 a.m. local time.", "Police"]);
    }

    #[test]
    fn an_unclosed_quotation_does_not_swallow_the_line() {
        check("قال “نعم. ثم لا. انتهى", &["قال “نعم.", "ثم لا.", "انتهى"]);
    }

    #[test]
    fn questions_are_known() {
        let text = "هل تستضيف الرياض قمة؟ لا. Why? Состоится ли?»";
        let asked: Vec<_> = sentences(text).iter().map(|s| s.question).collect();
        assert_eq!(asked, [true, false, true, true]);
    }
}
