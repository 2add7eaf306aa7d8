//! Surnames that stand alone, known from a longer name elsewhere in the article.

use crate::desk::claims::names::{Name, is_entity};
use crate::desk::claims::reading::Sentence;
use crate::desk::packs::{Hit, Language};

/// Adds the surnames that stand alone in one sentence and behind a first name in another, and takes the word that only
/// opens a sentence from the name behind it.
pub(in crate::desk::claims) fn complete(sentences: &mut [Sentence], language: &Language) {
    let mut known: Vec<(String, String)> = Vec::new();
    for sentence in sentences.iter() {
        for name in sentence.names.iter().filter(|name| name.last > name.first) {
            let (first, last) = (&sentence.tokens[name.first], &sentence.tokens[name.last]);
            if last.capital
                && !known.iter().any(|(a, b)| **a == *first.folded && **b == *last.folded)
            {
                known.push((first.folded.to_string(), last.folded.to_string()));
            }
        }
    }
    if known.is_empty() {
        return;
    }
    for sentence in sentences {
        let opening = sentence.names.first_mut().filter(|name| name.first == 0 && name.last > 0);
        if let Some(name) = opening {
            let (first, last) = (&sentence.tokens[0].folded, &sentence.tokens[name.last].folded);
            let otherwise = known.iter().any(|(given, surname)| {
                same_name(surname, last, language) && !same_name(given, first, language)
            });
            name.first += usize::from(otherwise && name.last == 1);
        }
        add_surnames(sentence, &known, language);
    }
}

fn add_surnames(sentence: &mut Sentence, known: &[(String, String)], language: &Language) {
    let before = sentence.names.len();
    for (index, token) in sentence.tokens.iter().enumerate() {
        let taken = |name: &Name| name.first <= index && index <= name.last;
        let entity = |hit: &Hit| hit.first <= index && index <= hit.last && is_entity(hit.tag);
        if token.capital
            && !token.upper
            && !sentence.names.iter().any(taken)
            && !sentence.hits.iter().any(entity)
            && known.iter().any(|(_, surname)| same_name(surname, &token.folded, language))
        {
            sentence.names.push(Name { first: index, last: index });
        }
    }
    if sentence.names.len() > before {
        sentence.names.sort_unstable_by_key(|name| name.first);
    }
}

/// Whether two folded words are one name, perhaps with different case endings.
pub(in crate::desk::claims) fn same_name(a: &str, b: &str, language: &Language) -> bool {
    if a == b || language.ending_letters_max == 0 {
        return a == b;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (long, short) =
        (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    // A short name leaves no room for a long ending, and a stem gives up two letters at the most.
    let ending = language.ending_letters_max.min(short.saturating_sub(1));
    shared >= 3 && short - shared <= 2 && long - shared <= ending
}
