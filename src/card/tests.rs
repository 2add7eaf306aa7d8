//! Cards in three scripts, to the letter, and values in words.

use super::words::{name, slot, value};
use super::*;
use crate::desk::model::Slot;

fn alert(json: &str) -> Alert {
    serde_json::from_str(json).unwrap()
}

const RUSSIAN: &str = r#"{"id":"a","version":1,"kind":"set","severity":5,"storyline":"us-russia-talks",
    "event":{"id":"e2","date":"2025-04-10","city":"istanbul","follows":"e1"},
    "slot":"date","value":"2025-04-10","previous":"unset",
    "support":{"level":"single","origins":1,"articles":2},"certainty":"expected","speaker":"dmitry-peskov",
    "article":{"url":"https://sever.example/1","title":"Новый раунд","source":"Северная Лента","language":"ru",
        "published":"2025-04-08T09:00:00Z"},
    "evidence":{"quote":"10 апреля","sentence":"Раунд пройдет 10 апреля.","start":120,"end":137},
    "at":"2025-04-08T09:02:11Z"}"#;

const ARABIC: &str = r#"{"id":"a","version":1,"kind":"changed","severity":4,"storyline":"us-russia-talks",
    "event":{"id":"e3","date":"unset","city":null,"follows":null},
    "slot":"status","value":"cancelled","previous":"announced",
    "support":{"level":"party","origins":1,"articles":1},"certainty":"attributed","speaker":"ru-mfa",
    "article":{"url":"https://nile.example/2","title":"إلغاء الجولة","source":"نيل اليوم","language":"ar",
        "published":"2025-06-16T14:20:00Z"},
    "evidence":{"quote":"ألغت","sentence":"واشنطن ألغت الجولة.","start":0,"end":8},
    "at":"2025-06-16T14:22:00Z"}"#;

const ENGLISH: &str = r#"{"id":"a","version":1,"kind":"new","severity":3,"storyline":"us-russia-talks",
    "event":{"id":"e1","date":"2025-02-27","city":"istanbul","follows":null},
    "slot":"venue","value":"us-cg-residence-istanbul","previous":null,
    "support":{"level":"corroborated","origins":2,"articles":3},"certainty":"asserted","speaker":null,
    "article":{"url":"https://wire.example/3","title":"Talks begin","source":"Harbour Wire","language":"en",
        "published":"2025-02-27T07:05:00Z"},
    "evidence":{"quote":"residence","sentence":"They met at the residence.","start":0,"end":9},
    "at":"2025-02-27T07:07:00Z"}"#;

#[test]
fn a_card_in_cyrillic() {
    let expected = "\
● 5  follow-up meeting — date: 10 April 2025  (was: not set)
     kind      set: it was known that none was fixed · us-russia-talks
     event     10 April 2025, Istanbul · follows an earlier meeting
     says      Dmitry Peskov · expected · one source (1 origin, 2 articles)
     \u{2068}Раунд пройдет [10 апреля].\u{2069}
     title     \u{2068}Новый раунд\u{2069}
     source    \u{2068}Северная Лента\u{2069} · Russian · 8 April 2025, 09:00 UTC
     link      https://sever.example/1
";
    assert_eq!(render(&alert(RUSSIAN), Style::Plain), expected);
}

#[test]
fn a_card_in_arabic_runs_from_right_to_left() {
    let expected = "\
● 4  meeting — status: cancelled  (was: announced)
     kind      changed: another value than before · us-russia-talks
     event     no date set
     says      RU MFA · attributed · a party itself (1 origin, 1 article)
     \u{2067}واشنطن [ألغت] الجولة.\u{2069}
     title     \u{2067}إلغاء الجولة\u{2069}
     source    \u{2068}نيل اليوم\u{2069} · Arabic · 16 June 2025, 14:20 UTC
     link      https://nile.example/2
";
    assert_eq!(render(&alert(ARABIC), Style::Plain), expected);
}

#[test]
fn a_card_in_latin_with_colours() {
    let expected = "\
\u{1b}[1;36m● 3\u{1b}[0m  meeting — \u{1b}[1mvenue: US CG residence, Istanbul\u{1b}[0m
     kind      new: nothing was known · us-russia-talks
     event     27 February 2025, Istanbul
     says      no named speaker · asserted · corroborated (2 origins, 3 articles)
     \u{2068}They met at the \u{1b}[1;4mresidence\u{1b}[0m.\u{2069}
     title     \u{2068}Talks begin\u{2069}
     source    Harbour Wire · English · 27 February 2025, 07:05 UTC
     link      \u{1b}[2mhttps://wire.example/3\u{1b}[0m
";
    assert_eq!(render(&alert(ENGLISH), Style::Colour), expected);
}

#[test]
fn hostile_text_commands_neither_terminal_nor_direction() {
    let mut hostile = alert(ENGLISH);
    hostile.article.title = "a\u{1b}[2Jb\u{2069}c\u{202e}d\ne".into();
    hostile.evidence.quote = String::new();
    hostile.value = "x\u{7}y".into();
    let card = render(&hostile, Style::Plain);
    assert!(card.contains("\u{2068}a [2Jbcd e\u{2069}"), "{card}");
    assert!(!card.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    assert_eq!(card.lines().count(), 8);
}

#[test]
fn values_are_words() {
    let cases = [
        ("date", "2025-04", "April 2025"),
        ("date", "2025", "2025"),
        ("date", "2025-02-22/2025-03-08", "22 February 2025 to 8 March 2025"),
        ("date", "soon", "soon"),
        ("date", "unset", "not set"),
        ("duration", "PT6H30M", "6 h 30 min"),
        ("duration", "~PT6H", "about 6 h"),
        ("duration", ">PT45M", "more than 45 min"),
        ("duration", "PT5H/PT6H", "5 h to 6 h"),
        ("duration", "P3D", "3 days"),
        ("city", "third-country", "Third Country"),
        ("city", "Эр-Рияд", "\u{2068}Эр-Рияд\u{2069}"),
        ("venue", "ru-consulate-istanbul", "RU consulate, Istanbul"),
        ("venue", "diriyah-palace-riyadh", "Diriyah palace, Riyadh"),
        ("venue", "hall", "Hall"),
        ("outcome", "us:initial-steps", "US: initial steps"),
        ("demand", "eu:staffing", "EU: staffing"),
        ("agenda", "embassy-operations", "embassy operations"),
        ("level", "deputy-ministerial", "deputy ministerial"),
        ("city", "", ""),
    ];
    for (family, id, expected) in cases {
        assert_eq!(value(family, id, None), expected, "{family} {id}");
    }
    let city = Some("saint-petersburg");
    let venue = value("venue", "us-consulate-saint-petersburg", city);
    assert_eq!(venue, "US consulate, Saint Petersburg");
    assert_eq!(slot(&Slot::new("head.us")), "head of the US delegation");
    assert_eq!(slot(&Slot::new("off_agenda")), "not on the agenda");
    assert_eq!(name("us-state-dept"), "US State Dept");
    assert_eq!(name("Сергей Лавров"), "\u{2068}Сергей Лавров\u{2069}");
}
