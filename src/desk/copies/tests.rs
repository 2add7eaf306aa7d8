//! What is a copy and what is not, in three scripts and in both directions.

use std::sync::Arc;

use super::*;
use crate::desk::normalise::{Words, content_hash};

fn print(text: &str) -> Arc<Fingerprint> {
    let words = Words::of("", text);
    Arc::new(fingerprint(&content_hash(&words), text, &words, &[]))
}

fn judged(earlier: &str, later: &str) -> Copy {
    let mut index = CopyIndex::default();
    index.insert(&ArticleId::new("earlier"), print(earlier), u16::MAX);
    index.find(&print(later), 0).copy()
}

/// The verdict on the second text, after it was seen that the other way round gives the same.
fn check(a: &str, b: &str) -> Copy {
    let (forward, backward) = (judged(a, b), judged(b, a));
    assert_eq!(forward.of().is_some(), backward.of().is_some(), "symmetric");
    assert!((forward.similarity() - backward.similarity()).abs() < 1e-9);
    forward
}

const EN: &str = "Negotiators from both countries met in the old town on Friday for about 2 \
    hours and agreed to exchange lists of prisoners before the end of the month.";
const RU: &str = "Делегации двух стран встретились в старом городе в пятницу, 12 числа, и договорились \
    обменяться списками пленных до конца месяца, сообщил источник в посольстве.";
const AR: &str = "اجتمع مفاوضون من البلدين في المدينة القديمة يوم الجمعة ٥ ساعات واتفقوا \
    على تبادل قوائم الأسرى قبل نهاية الشهر بحسب مصدر في السفارة.";

#[test]
fn a_touched_up_text_is_a_copy_in_each_script() {
    for (text, from, to) in
        [(EN, "met in", "gathered in"), (RU, "сообщил", "сказал"), (AR, "بحسب", "وفق")]
    {
        assert!(matches!(check(text, &format!("{text} ")), Copy::Identical { .. }));
        let touched = check(text, &text.replace(from, to));
        assert!(matches!(touched, Copy::SameText { .. }), "{touched:?}");
    }
}

#[test]
fn another_number_is_the_same_story_and_no_copy() {
    for (text, from, to) in [(EN, "2", "4"), (RU, "12", "13"), (AR, "٥", "٦")] {
        let verdict = check(text, &text.replace(from, to));
        let Copy::SameStory { ref differ, .. } = verdict else { panic!("{verdict:?}") };
        let of = |a: &str, b: &str| differ[0].earlier == a && differ[0].later == b;
        assert!(of(from, to) && differ[0].about == About::Number, "{differ:?}");
        assert_eq!(verdict.of(), None);
    }
}

#[test]
fn what_a_copy_adds_or_drops_is_named() {
    for (text, more) in [
        (EN, "A spokesman said later that 3 of the lists were ready."),
        (RU, "Позже представитель сказал, что готовы 3 списка."),
        (AR, "وقال متحدث لاحقا إن ٣ من القوائم جاهزة."),
    ] {
        let longer = format!("{text}\n{more}");
        let extended = check(text, &longer);
        assert!(
            matches!(&extended, Copy::Extended { added, .. } if added == &[more]),
            "{extended:?}"
        );
        let shortened = check(&longer, text);
        assert!(matches!(&shortened, Copy::Shortened { dropped, .. } if dropped == &[more]));
        assert!(extended.to_string().contains(more), "{extended}");
        // The same in another order.
        let turned = check(&longer, &format!("{more}\n{text}"));
        assert!(turned.of().is_some(), "{turned:?}");
    }
}

#[test]
fn a_text_of_half_the_length_is_a_shortened_copy() {
    let long = format!(
        "{EN}\nThe first round was held in spring. It ended with no result at all, and both \
        sides blamed the other for it. Observers had expected little. Turkey offered to host the next meeting, \
        which nobody has confirmed so far."
    );
    let verdict = check(&long, EN);
    assert!(matches!(verdict, Copy::Shortened { .. }), "{verdict:?}");
}

#[test]
fn headlines_alone_make_no_copy() {
    let title = "Talks on prisoners end with a list of names";
    for text in ["", title] {
        let (first, second) = (Words::of(title, text), Words::of(title, &format!("{text} ")));
        let print = |words: &Words| fingerprint(text, text, words, &[]);
        let mut index = CopyIndex::default();
        index.insert(&ArticleId::new("a"), Arc::new(print(&first)), u16::MAX);
        assert_eq!(index.find(&print(&second), 0).copy(), Copy::Original);
    }
    let (a, b) = ("Talks end in the old town", "Talks end in the new town");
    assert_eq!(check(a, b), Copy::Original);
}

#[test]
fn other_texts_are_originals() {
    assert_eq!(check(EN, RU), Copy::Original);
}

#[test]
fn sentences_are_known_again_word_for_word() {
    for text in [EN, RU, AR] {
        assert!(print(text).says(text));
        let (part, _) = text.rsplit_once(' ').expect("several words");
        assert!(!print(text).says(part));
    }
}
