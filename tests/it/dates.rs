//! Time expressions of three scripts, with the shipped word lists.

use marsad::desk::dates::{self, Meaning, Tense};
use marsad::desk::model::LanguageId;
use marsad::desk::normalise;

use crate::support::rules;

#[test]
fn expressions_mean_their_days_and_lengths() {
    let rules = rules(Vec::new());
    for (language, day, text, expect) in [
        ("ar", "2025-02-17", "غدا الثلاثاء", "2025-02-18"),
        ("ar", "2025-04-08", "في ١٠ نيسان/أبريل", "2025-04-10"),
        ("ar", "2025-02-18", "الثلاثاء 19 شعبان 1446 هـ الموافق 18 فبراير 2025", "2025-02-18"),
        ("ar", "2025-02-28", "لمدة ست ساعات ونصف", "PT6H30M"),
        ("ar", "2025-02-13", "قرابة ساعة ونصف الساعة", "~PT1H30M"),
        ("ru", "2025-02-26", "завтра, 27 февраля с.г.", "2025-02-27"),
        ("ru", "2025-02-23", "до конца следующей недели", "2025-02-23/2025-03-02"),
        ("ru", "2025-04-10", "шесть с половиной часов", "PT6H30M"),
        ("ru", "2025-04-10", "около шести часов", "~PT6H"),
        ("en", "2025-02-22", "within the next two weeks", "2025-02-22/2025-03-08"),
        ("en", "2025-02-22", "last Tuesday", "2025-02-18"),
        ("en", "2025-08-09", "Friday, Aug. 15", "2025-08-15"),
        ("en", "2025-04-11", "six-and-a-half hours", "PT6H30M"),
        ("en", "2025-02-27", "more than six hours", ">PT6H"),
    ] {
        let id = LanguageId::new(language);
        let pack = rules.packs.language(&id).expect("a language");
        let tokens = normalise::tokens(text);
        let hits = rules.packs.lexicon(&id).expect("its words").find(pack, &tokens);
        let day = day.parse().expect("a day");
        let order = pack.order;
        let context = dates::Context { text, tokens: &tokens, hits: &hits, day, order };
        let found: Vec<String> = dates::find(&context, &|_| Tense::Unknown)
            .iter()
            .map(|time| match time.meaning {
                Meaning::Days(days) => days.to_string(),
                Meaning::Length(length) => length.to_string(),
                Meaning::Unresolved => "open".to_owned(),
            })
            .collect();
        // A weekday and the date that stands apart from it are two expressions of one day.
        assert!(!found.is_empty() && found.iter().all(|f| f == expect), "{text}: {found:?}");
    }
}
