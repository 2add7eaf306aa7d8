//! Tokens: words and numbers with their place in the original text. What lies between two tokens (spaces, commas,
//! quotation marks, hyphens) is read from the text when a step asks for it.

use crate::desk::normalise::fold::fold_char;

/// A word or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of the first character.
    pub start: usize,
    /// Byte offset behind the last character.
    pub end: usize,
    /// Folded form.
    pub folded: String,
    /// Two or more letters, all of them capital, as in США, МИД or US; dotted capitals count.
    pub upper: bool,
    /// The first letter is a capital.
    pub capital: bool,
}

impl Token {
    /// The same token with offsets from `start` on.
    pub(super) fn moved(&self, start: usize) -> Self {
        Self { start: self.start - start, end: self.end - start, ..self.clone() }
    }

    /// The value of a token that is all digits.
    pub fn number(&self) -> Option<i64> {
        (self.folded.len() <= 9 && self.folded.bytes().all(|b| b.is_ascii_digit()))
            .then(|| self.folded.parse().ok())
            .flatten()
    }
}

/// Cuts a text into tokens. Letters and digits are cut apart ("10-го" gives 10 and го); dotted capitals ("U.S.")
/// become one token; an apostrophe ends a word, so that "Riyadh's" gives Riyadh and s.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 7);
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !is_word(first) {
            continue;
        }
        let digits = is_digit(first);
        let mut token = Token {
            start,
            end: start + first.len_utf8(),
            folded: String::with_capacity(16),
            upper: first.is_uppercase(),
            capital: first.is_uppercase(),
        };
        token.folded.extend(fold_char(first));
        let mut letters = 1;
        while let Some(&(at, c)) = chars.peek() {
            let inner_mark = is_mark(c);
            if !inner_mark && (!is_word(c) || is_digit(c) != digits) {
                break;
            }
            if !inner_mark {
                letters += 1;
                token.upper &= c.is_uppercase();
            }
            token.folded.extend(fold_char(c));
            token.end = at + c.len_utf8();
            chars.next();
        }
        token.upper &= letters >= 2;
        if token.folded.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(previous) if letters == 1 && joins_dotted(previous, &token, text) => {
                previous.folded.push_str(&token.folded);
                previous.end = token.end;
                previous.upper = true;
            }
            _ => out.push(token),
        }
    }
    out
}

/// Whether `token` continues dotted capitals: "U" "." "S".
fn joins_dotted(previous: &Token, token: &Token, text: &str) -> bool {
    let short = previous.upper || previous.folded.chars().count() == 1;
    token.capital
        && previous.capital
        && short
        && previous.folded.chars().count() <= 4
        && text.get(previous.end..token.start) == Some(".")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_digit(c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}')
}

/// Marks that belong to the word they stand in.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{0300}'..='\u{036f}')
        || matches!(c, '\u{00ad}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let got: Vec<_> = tokens(text).into_iter().map(|t| t.folded).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn words_of_three_scripts_are_cut() {
        check("The U.S. consulate's six-hour", &["the", "us", "consulate", "s", "six", "hour"]);
        check("27-го, в Эр-Рияде", &["27", "го", "в", "эр", "рияде"]);
        check("بـ6 أيام، ١٠ نيسان/أبريل", &["ب", "6", "ايام", "10", "نيسان", "ابريل"]);
    }

    #[test]
    fn offsets_point_into_the_original() {
        let text = "لقاء «إسطنبول» — İstanbul";
        for token in tokens(text) {
            assert!(text.get(token.start..token.end).is_some());
        }
        assert_eq!(&text[tokens(text)[1].start..tokens(text)[1].end], "إسطنبول");
    }

    #[test]
    fn capitals_are_known() {
        let found = tokens("США и МИД of the US told us, U.S.");
        let upper: Vec<_> = found.iter().filter(|t| t.upper).map(|t| t.folded.as_str()).collect();
        assert_eq!(upper, ["сша", "мид", "us", "us"]);
    }
}
