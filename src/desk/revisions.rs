//! Revisions: what a new version of an article says that the one before did not. Sentences are compared by their words, so
//! that a changed quotation mark or a moved paragraph is no difference.

use std::fmt;

use crate::desk::identity::say;
use crate::desk::model::{Revision, Rewritten};
use crate::desk::normalise::{Token, sentences, tokens};

/// The share of words, 0 to 1, from which on a sentence that is gone and one that is new are one sentence written anew. Two
/// sentences of one article that have nothing to do with each other share a fifth at most.
const REWRITTEN_MIN: f64 = 0.4;

/// Sentences on either side that are paired; what a longer text has beyond is told as added and removed.
const PAIRED_MAX: usize = 128;

/// A sentence with its words.
struct Said<'a> {
    text: &'a str,
    hash: u64,
    words: Vec<String>,
}

/// The difference between two versions, each given by title and text. Whether the edit was silent is not for it to say.
pub fn difference(before: (&str, &str), after: (&str, &str)) -> Revision {
    let (old, new) = (cut(before), cut(after));
    let lacks = |all: &[Said<'_>], hash: u64| all.iter().all(|said| said.hash != hash);
    let gone: Vec<&Said<'_>> = old.iter().filter(|said| lacks(&new, said.hash)).collect();
    let mut come: Vec<&Said<'_>> = new.iter().filter(|said| lacks(&old, said.hash)).collect();
    let mut revision = Revision::default();
    for (index, was) in gone.iter().enumerate() {
        let paired = if index < PAIRED_MAX { most_alike(was, &come) } else { None };
        match paired {
            Some(at) => {
                let now = come.remove(at).text.to_owned();
                revision.changed.push(Rewritten { was: was.text.to_owned(), now });
            }
            None => revision.removed.push(was.text.to_owned()),
        }
    }
    revision.added = come.into_iter().map(|said| said.text.to_owned()).collect();
    revision
}

fn cut<'a>((title, text): (&'a str, &'a str)) -> Vec<Said<'a>> {
    let body = sentences(text).into_iter().map(|cut| &text[cut.start..cut.end]);
    let said = std::iter::once(title).chain(body).filter_map(|sentence| {
        let words: Vec<Token> = tokens(sentence);
        let hash = say(&words);
        let words: Vec<String> = words.into_iter().map(|token| token.folded).collect();
        (!words.is_empty()).then_some(Said { text: sentence.trim(), hash, words })
    });
    said.collect()
}

fn most_alike(was: &Said<'_>, come: &[&Said<'_>]) -> Option<usize> {
    let shares = come.iter().take(PAIRED_MAX).enumerate().map(|(at, now)| (at, share(was, now)));
    let (at, share) = shares.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (share >= REWRITTEN_MIN).then_some(at)
}

/// The share of the words of both that both have.
fn share(a: &Said<'_>, b: &Said<'_>) -> f64 {
    let both = a.words.iter().filter(|word| b.words.contains(word)).count();
    let all = a.words.len() + b.words.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Revision { added, removed, changed, .. } = self;
        if self.unknown {
            f.write_str("the text before is no longer at hand")?;
        } else if added.is_empty() && removed.is_empty() && changed.is_empty() {
            f.write_str("the same sentences in another order")?;
        } else {
            let (added, removed, changed) = (added.len(), removed.len(), changed.len());
            write!(f, "sentences: {added} added, {removed} removed, {changed} rewritten")?;
        }
        if self.silent {
            f.write_str("; a silent edit: no later date came with it")
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expect: (&[&str], &[&str], &[(&str, &str)])) {
        let found = difference(("T", before), ("T", after));
        let changed: Vec<(&str, &str)> =
            found.changed.iter().map(|c| (c.was.as_str(), c.now.as_str())).collect();
        assert_eq!((found.added, found.removed), (owned(expect.0), owned(expect.1)), "{after}");
        assert_eq!(changed, expect.2, "{after}");
    }

    fn owned(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn the_difference_is_told_in_sentences_of_each_script() {
        let en = ("The sides met in Doha.", "They met for two hours.", "They met for three hours.");
        let ru = (
            "Стороны встретились в Дохе.",
            "Встреча длилась два часа.",
            "Встреча длилась три часа.",
        );
        let ar =
            ("التقى الجانبان في الدوحة.", "استمر اللقاء ساعتين فقط.", "استمر اللقاء ساعة فقط.");
        for (one, two, other) in [en, ru, ar] {
            let (first, both) = (one.to_owned(), format!("{one} {two}"));
            check(&first, &both, (&[two], &[], &[]));
            check(&both, &first, (&[], &[two], &[]));
            check(&both, &format!("{one} {other}"), (&[], &[], &[(two, other)]));
        }
    }

    #[test]
    fn order_case_and_marks_are_no_difference() {
        check("Встреча прошла. «Итог» хорош.", "\"ИТОГ\" ХОРОШ!\nВстреча прошла.", (&[], &[], &[]));
        check("إسطنبول مدينة. القاعة كبيرة.", "القاعه كبيره. اسطنبول مدينة.", (&[], &[], &[]));
    }
}
