//! Numbers as they are written: `11,000`, `11.000` and `11 000` are one number, `1.5` and `1,5` another.

use crate::desk::normalise::Token;

/// Digits in a group of thousands.
const GROUP: usize = 3;

/// Reads the number that begins at a token of digits, with the groups behind it. Gives one number, or several where the
/// marks between them do not make one, and the token behind.
pub(super) fn read(text: &str, tokens: &[Token], first: usize) -> (Vec<String>, usize) {
    let mut behind = first + 1;
    let mut marks = Vec::new();
    while let (Some(before), Some(token)) = (tokens.get(behind - 1), tokens.get(behind)) {
        let mark = text.get(before.end..token.start).and_then(sole).filter(|c| is_mark(*c));
        let Some(mark) = mark.filter(|_| is_digits(token)) else { break };
        // A blank parts groups of three digits, and nothing else.
        if mark.is_whitespace() && token.folded.len() != GROUP {
            break;
        }
        marks.push(mark);
        behind += 1;
    }
    let groups: Vec<&str> =
        tokens[first..behind].iter().map(|token| token.folded.as_str()).collect();
    (join(&groups, &marks), behind)
}

fn join(groups: &[&str], marks: &[char]) -> Vec<String> {
    let (head, rest) = (groups[0], &groups[1..]);
    let thousands = |rest: &[&str]| {
        !rest.is_empty()
            && head.len() <= GROUP
            && head != "0"
            && rest.iter().all(|g| g.len() == GROUP)
    };
    if thousands(rest) {
        return vec![groups.concat()];
    }
    let blank = marks.last().is_some_and(|mark| mark.is_whitespace());
    if let Some((fraction, whole)) = rest.split_last()
        && !blank
        && (whole.is_empty() || (thousands(whole) && fraction.len() < GROUP))
    {
        let whole = format!("{head}{}", whole.concat());
        let fraction = fraction.trim_end_matches('0');
        return match fraction {
            "" => vec![plain(&whole)],
            _ => vec![format!("{}.{fraction}", plain(&whole))],
        };
    }
    groups.iter().map(|group| plain(group)).collect()
}

/// Digits without leading zeros.
fn plain(digits: &str) -> String {
    let short = digits.trim_start_matches('0');
    if short.is_empty() { "0".into() } else { short.into() }
}

fn is_digits(token: &Token) -> bool {
    token.folded.bytes().all(|b| b.is_ascii_digit())
}

fn sole(gap: &str) -> Option<char> {
    let mut chars = gap.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Marks of thousands and decimals: full stop, comma, their Arabic forms, apostrophe, and blanks.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::normalise::tokens;

    #[test]
    fn numbers_are_the_same_in_each_script_and_notation() {
        for (text, expect) in [
            ("11,000", vec!["11000"]),
            ("11.000", vec!["11000"]),
            ("11 000", vec!["11000"]),
            ("١١٬٠٠٠", vec!["11000"]),
            ("1,5", vec!["1.5"]),
            ("1.5", vec!["1.5"]),
            ("١٫٥", vec!["1.5"]),
            ("1.500.000", vec!["1500000"]),
            ("1,234.56", vec!["1234.56"]),
            ("007", vec!["7"]),
            ("2012 13", vec!["2012"]),
            ("10.04.2025", vec!["10", "4", "2025"]),
        ] {
            assert_eq!(read(text, &tokens(text), 0).0, expect, "{text}");
        }
    }
}
