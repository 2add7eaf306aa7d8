//! Tokens: words and numbers with their place in the original text. What lies between two tokens (spaces, commas,
//! quotation marks, hyphens) is read from the text when a step asks for it.

use std::hash::Hasher;

use smol_str::{SmolStr, format_smolstr};

use crate::desk::normalise::fold::fold_char;

/// A word or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of the first character.
    pub start: usize,
    /// Byte offset behind the last character.
    pub end: usize,
    /// Folded form; an ordinary word stands in place and allocates nothing.
    pub folded: SmolStr,
    /// The [`word_hash`] of the folded form: word lists and copies know a word by it.
    pub hash: u64,
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
    #[inline]
    pub fn number(&self) -> Option<i64> {
        let digits = self.folded.as_bytes();
        let numeric = digits.first().is_some_and(u8::is_ascii_digit)
            && digits.len() <= 9
            && digits.iter().all(u8::is_ascii_digit);
        numeric.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
    }
}

/// Cuts a text into tokens. Letters and digits are cut apart ("10-го" gives 10 and го); dotted capitals ("U.S.")
/// become one token; an apostrophe ends a word, so that "Riyadh's" gives Riyadh and s.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 7);
    let mut folded = String::with_capacity(64);
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !is_word(first) {
            continue;
        }
        let digits = is_digit(first);
        let capital = first.is_uppercase();
        let (mut end, mut letters, mut upper) = (start + first.len_utf8(), 1, capital);
        folded.clear();
        folded.extend(fold_char(first));
        while let Some(&(at, c)) = chars.peek() {
            let inner_mark = is_mark(c);
            if !inner_mark && (!is_word(c) || is_digit(c) != digits) {
                break;
            }
            if !inner_mark {
                letters += 1;
                upper &= c.is_uppercase();
            }
            folded.extend(fold_char(c));
            end = at + c.len_utf8();
            chars.next();
        }
        if folded.is_empty() {
            continue;
        }
        let token = Token {
            start,
            end,
            folded: SmolStr::new(&folded),
            hash: word_hash(&folded),
            upper: upper && letters >= 2,
            capital,
        };
        match out.last_mut() {
            Some(previous) if letters == 1 && joins_dotted(previous, &token, text) => {
                previous.folded = format_smolstr!("{}{}", previous.folded, token.folded);
                previous.hash = word_hash(&previous.folded);
                previous.end = token.end;
                previous.upper = true;
            }
            _ => out.push(token),
        }
    }
    out
}

/// The hash of a folded word (XXH3, whose output is fixed across versions).
pub fn word_hash(folded: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(folded.as_bytes())
}

/// For maps by [`word_hash`], which is a hash already.
#[derive(Debug, Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
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
