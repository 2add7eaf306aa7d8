//! How alike two reports are: in one language by the words of their titles, between languages by their marks.
//!
//! Titles are the measure within a language because a title says what has happened, and because reports on one event
//! take up each other's headline words somewhere, while two events of one kind differ there. Between languages it is
//! the marks of the whole text, since a title may share none.

use crate::desk::stories::marks::Mark;
use crate::desk::stories::profile::{Part, Profile, Script, Stem};
use crate::desk::stories::tally::Tally;

/// What a name of a title counts beside any other word.
const NAME_WEIGHT: f32 = 1.75;

/// What a number counts.
const NUMBER_WEIGHT: f32 = 1.5;

/// The weight of one word of which nothing is known is added to both sides of a share, with the share that is met by
/// chance, so that a title of two words decides less than one of ten.
const SHRINK_WEIGHT: f32 = 5.0;
const SHRINK_SHARE: f32 = 0.4;

/// The share of the lead in the likeness of one language; the rest is the titles'.
const LEAD_SHARE: f32 = 0.2;

/// What is left when each title names somebody, something or a number that the other article does not have at all.
const OTHER_NAMES: f32 = 0.6;

/// What is left when the titles name different days.
const OTHER_DAYS: f32 = 0.5;

/// The likeness in one language from which on two reports are of one event.
pub const SAME_LANGUAGE_MIN: f32 = 0.45;

/// The likeness by marks from which on they are: Arabic writes no vowels and no capitals, so that a name is surrounded by
/// noise; one script shares spellings that two do not.
const ARABIC_MIN: f32 = 0.07;
const OTHER_SCRIPT_MIN: f32 = 0.11;
const SAME_SCRIPT_MIN: f32 = 0.2;

/// Likeness of the small words below which two texts are in two languages, and above which in one.
const LANGUAGE_LO: f32 = 0.12;
const LANGUAGE_HI: f32 = 0.35;

/// No likeness counts for more than this, so that one close pair does not carry others into a story.
pub const LIKE_MAX: f32 = 4.0;

/// How alike two reports are, as a multiple of what is needed: from 1 on they are of one event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// The multiple.
    pub ratio: f32,
    /// Whether the words decided, or else the marks.
    pub by_words: bool,
}

/// Compares two reports.
pub fn compare(a: &Profile, b: &Profile, tally: &Tally) -> Likeness {
    let one = one_language(a, b);
    let words = if one > 0.0 { words_like(a, b, tally) / SAME_LANGUAGE_MIN } else { 0.0 };
    let marks =
        if one < 1.0 { marks_like(a, b, tally) / marks_min(a.script, b.script) } else { 0.0 };
    let ratio = (one * words + (1.0 - one) * marks).min(LIKE_MAX);
    Likeness { ratio, by_words: one * words > (1.0 - one) * marks }
}

/// How sure it is that two texts are in one language, 0 to 1: by the small words that they share, in which no two
/// languages are alike.
fn one_language(a: &Profile, b: &Profile) -> f32 {
    if a.script != b.script {
        return 0.0;
    }
    let shared: f32 =
        shared(&a.small, &b.small, |(key, _)| *key).map(|((_, x), (_, y))| x * y).sum();
    ((shared - LANGUAGE_LO) / (LANGUAGE_HI - LANGUAGE_LO)).clamp(0.0, 1.0)
}

/// Likeness in one language, 0 to 1: how much of each title stands in the other article, and of each lead.
fn words_like(a: &Profile, b: &Profile, tally: &Tally) -> f32 {
    let mutual =
        |of_a: &[Stem], of_b: &[Stem]| (held(of_a, a, b, tally) * held(of_b, b, a, tally)).sqrt();
    let mut like = (1.0 - LEAD_SHARE) * mutual(&a.title, &b.title);
    like += LEAD_SHARE * mutual(&a.lead, &b.lead);
    if names_another(a, b) && names_another(b, a) {
        like *= OTHER_NAMES;
    }
    if let (Some(mine), Some(theirs)) = (a.days, b.days)
        && !mine.overlaps(&theirs)
    {
        like *= OTHER_DAYS;
    }
    like
}

/// How much of these stems of `from` stands in `other`, by what they tell.
fn held(stems: &[Stem], from: &Profile, other: &Profile, tally: &Tally) -> f32 {
    let (mut all, mut met) = (SHRINK_WEIGHT, SHRINK_WEIGHT * SHRINK_SHARE);
    for stem in stems {
        let kind = match stem.part {
            Part::Name => NAME_WEIGHT,
            Part::Number => NUMBER_WEIGHT,
            Part::Plain => 1.0,
        };
        let weight = kind * tally.of_stem(stem.key, from.script);
        all += weight;
        if other.stems.binary_search(&stem.key).is_ok() {
            met += weight;
        }
    }
    met / all
}

/// Whether a title names something that the other article does not have.
fn names_another(of: &Profile, other: &Profile) -> bool {
    let missing = |stem: &&Stem| other.stems.binary_search(&stem.key).is_err();
    of.title.iter().filter(|stem| stem.part != Part::Plain).any(|stem| missing(&stem))
}

fn marks_min(a: Script, b: Script) -> f32 {
    match (a, b) {
        _ if a == b => SAME_SCRIPT_MIN,
        (Script::Arabic, _) | (_, Script::Arabic) => ARABIC_MIN,
        _ => OTHER_SCRIPT_MIN,
    }
}

/// Likeness by marks, 0 to 1: what the shared ones tell, beside what all of each tell (the cosine of two vectors).
fn marks_like(a: &Profile, b: &Profile, tally: &Tally) -> f32 {
    let met: f32 = shared(&a.marks, &b.marks, |mark| mark.key)
        .map(|(mine, theirs)| {
            let tells = |key: u64| tally.of_mark(key, a.script) * tally.of_mark(key, b.script);
            let often = 1.0 + f32::from(mine.count.min(theirs.count)).ln();
            same(mine, theirs) * (tells(mine.key) * mine.weight * theirs.weight).sqrt() * often
        })
        .sum();
    let all = tells_all(a, tally) * tells_all(b, tally);
    if all > 0.0 { met / all.sqrt() } else { 0.0 }
}

/// What all marks of an article tell.
fn tells_all(of: &Profile, tally: &Tally) -> f32 {
    let tells = |mark: &Mark| {
        tally.of_mark(mark.key, of.script) * mark.weight * (1.0 + f32::from(mark.count).ln())
    };
    of.marks.iter().map(tells).sum()
}

/// How sure it is that two marks of one key are the same, 0 to 1: words must also agree in their vowels, the shorter the
/// more.
pub(super) fn same(a: &Mark, b: &Mark) -> f32 {
    let heard = |mark: &Mark| mark.heard.into_iter().filter(|heard| heard.count() > 0);
    let pairs = heard(a).flat_map(|mine| heard(b).map(move |theirs| mine.vowels_like(theirs)));
    let Some(like) = pairs.reduce(f32::max) else { return 1.0 };
    let consonants = a.heard[0].skeleton().count() as f32;
    ((like - 0.5) / 0.5).max(0.0) * ((consonants - 1.0) / 3.0).min(1.0)
}

/// The pairs of two sorted lists with equal keys.
pub(super) fn shared<'a, T, K: Ord>(
    a: &'a [T],
    b: &'a [T],
    key: impl Fn(&T) -> K,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(mine), Some(theirs)) = (a.get(i), b.get(j)) {
            match key(mine).cmp(&key(theirs)) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some((mine, theirs));
                }
            }
        }
        None
    })
}
