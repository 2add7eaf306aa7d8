//! Which entry an entry is, row by row.

use super::*;
use crate::desk::model::{Article, ArticleId, Dated, Direction, LanguageId, Published};
use crate::desk::normalise::Words;

const AR: (&str, &str) = ("جولة جديدة", "التقى الوفدان في الدوحة. استمر اللقاء ساعتين.");
const RU: (&str, &str) = ("Новый раунд", "Делегации встретились в Дохе. Встреча длилась два часа.");
const EN: (&str, &str) = ("A new round", "The delegations met in Doha. They met for two hours.");

fn at(day: i64) -> Timestamp {
    let start: Timestamp = "2025-04-01T00:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_hours(24 * day)
}

fn key(name: &str) -> Option<EntryKey> {
    (!name.is_empty()).then(|| EntryKey(name.to_owned()))
}

fn names(guid: &str, link: &str) -> Names {
    Names { guid: key(guid), link: key(link) }
}

fn article((title, text): (&str, &str), names: Names, day: i64) -> Article {
    Article {
        id: ArticleId::new(format!("{title} {day}")),
        key: EntryKey("entry".into()),
        names,
        version: 1,
        revision_of: None,
        url: "https://a.example/1".into(),
        title: title.into(),
        text: text.into(),
        language: LanguageId::new("en"),
        direction: Direction::Ltr,
        published: Published { at: at(day), how: Dated::Declared },
        first_seen: at(day),
        source: "A".into(),
        feed: Some(crate::desk::model::FeedId::new("feed")),
        content_hash: format!("{title}{text}"),
        copy_of: None,
        revision: None,
    }
}

fn gist((title, text): (&str, &str)) -> Gist {
    Gist::of(text, &Words::of(title, text))
}

/// What an entry with names and words is to one that is known as guid `g` at page `l`.
fn check(known: (&str, &str), names: &Names, words: (&str, &str), day: i64, hold: bool) -> String {
    let mut entries = Entries::default();
    let first = article(known, self::names("g", "l"), 0);
    entries.remember(&first, gist(known), None);
    let shown = article(words, names.clone(), day);
    let find = |name: &EntryKey| {
        let (entry, known) = entries.find(name)?;
        let like = known.gist.as_ref().is_some_and(|known| gist(words).is_like(known));
        Some(Candidate { entry, known, like, taken: false })
    };
    let candidates = Candidates {
        guid: names.guid.as_ref().and_then(find),
        link: names.link.as_ref().and_then(find),
        words: words_name(&shown).as_ref().and_then(find),
    };
    let shown = Shown { names, published: shown.published.at, ids_hold: hold };
    let name = format!("{:?}", resolve(&shown, &candidates));
    name.split('(').next().unwrap_or_default().to_owned()
}

#[test]
fn two_names_of_three_make_the_same_entry() {
    let other = ("Другое", "Совсем другие слова о другом.");
    for (known, edited) in [
        (AR, ("جولة جديدة", "التقى الوفدان في الدوحة. قال مصدر إن الجولة القادمة في أيار.")),
        (RU, ("Раунд прошел", "Делегации встретились в Дохе. Следующий раунд пройдет в мае.")),
        (EN, ("The round is over", "The delegations met in Doha. They meet again in May.")),
    ] {
        let rows = [
            (names("g", "l"), known, "Same"),
            (names("g", "l"), edited, "Same"),
            (names("g", "l"), other, "Same"),
            (names("g", "m"), known, "Same"),
            (names("g", "m"), edited, "Same"),
            (names("g", "m"), other, "Reused"),
            (names("h", "l"), known, "ByLink"),
            (names("h", "l"), edited, "ByLink"),
            (names("h", "l"), other, "New"),
            (names("", "l"), other, "Same"),
            (names("h", "m"), known, "ByText"),
            (names("h", "m"), edited, "New"),
            (names("", ""), known, "Same"),
        ];
        for (names, words, expect) in rows {
            assert_eq!(check(known, &names, words, 1, true), expect, "{names:?} {words:?}");
        }
    }
}

#[test]
fn in_quarantine_the_link_decides_and_the_same_words_much_later_are_said_again() {
    let other = ("خبر آخر", "كلمات أخرى تماما عن أمر آخر.");
    assert_eq!(check(RU, &names("h", "l"), other, 1, false), "ByLink");
    assert_eq!(check(RU, &names("g", "m"), other, 1, false), "New");
    assert_eq!(check(RU, &names("h", "m"), RU, 1, false), "ByText");
    assert_eq!(check(EN, &names("h", "m"), EN, 9, true), "New");
    assert_eq!(check(EN, &names("", ""), EN, 9, true), "Same");
}

#[test]
fn a_feed_that_renames_its_ids_is_put_in_quarantine_until_it_keeps_them() {
    let mut state = crate::desk::model::Renaming::default();
    let mut poll = |kept, renamed| {
        let (next, note) = after(&state, Tally { kept, renamed }, at(1));
        state = next;
        (state.since.is_some(), note.is_some())
    };
    assert_eq!(poll(9, 1), (false, false), "one entry was put up again");
    assert_eq!(poll(0, 8), (false, true));
    assert_eq!(poll(0, 0), (false, false), "nothing known in it says nothing");
    assert_eq!(poll(1, 8), (true, true));
    assert_eq!(poll(0, 8), (true, false));
    assert_eq!(poll(8, 0), (true, false));
    assert_eq!(poll(8, 0), (true, false));
    assert_eq!(poll(8, 0), (false, true));
}
