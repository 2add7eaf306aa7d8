//! Time expressions of three scripts, with the shipped word lists.

use marsad::desk::dates::{self, Anchor, Context, Expression, Meaning, Moment, Tense};
use marsad::desk::model::LanguageId;
use marsad::desk::normalise;
use marsad::desk::pipeline::Rules;

use crate::support::rules;

/// Wednesday, 26 February 2025, noon in Moscow.
const DAY: &str = "2025-02-26";

fn read(rules: &Rules, language: &str, text: &str, tense: Tense) -> Vec<Expression> {
    let id = LanguageId::new(language);
    let pack = rules.packs.language(&id).expect("a language");
    let tokens = normalise::tokens(text);
    let hits = rules.packs.lexicon(&id).expect("its words").find(pack, &tokens);
    let day = DAY.parse().expect("a day");
    let context = Context { text, tokens: &tokens, hits: &hits, day, order: pack.order };
    let noon = "12:00:00".parse().expect("a time");
    let moment = Moment { time: Some(noon), offset_minutes: Some(180) };
    dates::read(&context, moment, &|_| tense)
}

/// Every phrase is one expression with this value; `-` stands for an open one, and an empty value for none at all.
fn check(cases: &[(&str, &str, &str)]) {
    let rules = rules(Vec::new());
    let mut wrong = Vec::new();
    for (language, text, expect) in cases {
        let found = read(&rules, language, text, Tense::Unknown);
        let values: Vec<_> =
            found.iter().map(|f| f.value.clone().unwrap_or_else(|| "-".to_owned())).collect();
        if values.join(" ") != *expect {
            wrong.push(format!("{text}: {values:?}, not {expect}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days_are_named_in_many_ways() {
    check(&[
        ("ar", "في ١٠ نيسان/أبريل", "2025-04-10"),
        ("ar", "في ۱۰ أبريل ٢٠٢٥", "2025-04-10"),
        ("ar", "في الثالث من جويلية 2024", "2024-07-03"),
        ("ar", "5 أوت 2024", "2024-08-05"),
        ("ar", "12 غشت 2024", "2024-08-12"),
        ("ar", "الثلاثاء 19 شعبان 1446 هـ الموافق 18 فبراير 2025", "2025-02-18"),
        ("ar", "في سبتمبر ألفين وثمانية عشر", "2018-09"),
        ("ru", "завтра, 27 февраля с.г.", "2025-02-27"),
        ("ru", "27-го", "2025-02-27"),
        ("ru", "двадцать пятого мая", "2025-05-25"),
        ("ru", "31.10.1974", "1974-10-31"),
        ("ru", "15.02", "2025-02-15"),
        ("ru", "двадцать первое июня 2019 года", "2019-06-21"),
        ("en", "Friday, Aug. 15", "2025-08-15"),
        ("en", "the 27th of February", "2025-02-27"),
        ("en", "May twenty-first, nineteen ninety-six", "1996-05-21"),
        ("en", "4/22/2016", "2016-04-22"),
        ("en", "2025-04-10", "2025-04-10"),
        ("en", "23-2025-September", "2025-09-23"),
    ]);
}

#[test]
fn deixis_is_counted_from_publication() {
    check(&[
        ("ar", "غدا الثلاثاء", "2025-02-27"),
        ("ar", "يوم الخميس الماضي", "2025-02-20"),
        ("ar", "الثلاثاء المقبل", "2025-03-04"),
        ("ar", "منذ ثلاثة أيام", "2025-02-23T12:00"),
        ("ar", "قبل أسبوعين", "2025-02-12"),
        ("ar", "الأسبوع المقبل", "2025-W10"),
        ("ar", "الأيام الثلاثة المقبلة", "2025-02-27/2025-03-01"),
        ("ar", "قبل ساعة ونصف", "2025-02-26T10:30"),
        ("ru", "в минувший четверг", "2025-02-20"),
        ("ru", "двадцать седьмого числа", "2025-02-27"),
        ("en", "two Mondays ago", "2025-02-17"),
        ("ru", "две недели назад", "2025-02-12"),
        ("ru", "последние три дня", "2025-02-23/2025-02-25"),
        ("ru", "через полтора часа", "2025-02-26T13:30"),
        ("en", "last Tuesday", "2025-02-25"),
        ("en", "the day before yesterday", "2025-02-24"),
        ("en", "a week from Friday", "2025-03-07"),
        ("en", "in two weeks", "2025-03-12"),
        ("en", "within the next two weeks", "2025-03-12"),
        ("en", "in 5 minutes", "2025-02-26T12:05"),
        ("ar", "خلال اليومين الماضيين", "2025-02-24/2025-02-26"),
        ("ru", "не позднее пятницы", "2025-02-28"),
        ("en", "no later than Friday", "2025-02-28"),
        ("en", "since Monday", "2025-02-24/"),
        ("en", "upcoming two weeks", "2025-W11"),
        ("en", "the following Monday", "2025-03-03"),
        ("en", "previous Tuesday", "2025-02-18"),
        ("en", "in 3 days, on Friday", "2025-02-28"),
        ("en", "less than two weeks ago", "2025-02-12/2025-02-26"),
        ("ru", "менее двух недель назад", "2025-02-12/2025-02-26"),
        ("en", "killed 13 last month", "2025-01"),
    ]);
}

#[test]
fn ranges_lend_their_ends_what_they_leave_out() {
    check(&[
        ("ar", "بين 14 و15 سبتمبر", "2025-09-14/2025-09-15"),
        ("ar", "من 14 إلى 16 سبتمبر", "2025-09-14/2025-09-16"),
        ("ru", "с 9 по 10 июня", "2025-06-09/2025-06-10"),
        ("ru", "10–11 мая", "2025-05-10/2025-05-11"),
        ("ru", "с понедельника по пятницу", "2025-02-24/2025-02-28"),
        ("ru", "2015–2018", "2015-01-01/2018-01-01"),
        ("ar", "بين عامي 2015 و2018", "2015-01-01/2018-01-01"),
        ("en", "March 3 to 7", "2025-03-03/2025-03-07"),
        ("en", "from the 13th to the 15th of July", "2025-07-13/2025-07-15"),
        ("en", "from Monday to Friday", "2025-02-24/2025-02-28"),
        ("en", "9:30 - 11:00 on Thursday", "2025-02-27T09:30/2025-02-27T11:00"),
        ("en", "after 9:30 but before 11:00 on Thursday", "2025-02-27T09:30/2025-02-27T11:00"),
        ("en", "from now until 5 pm", "2025-02-26T12:00/2025-02-26T17:00"),
        ("en", "3-4pm", "2025-02-26T15:00/2025-02-26T16:00"),
    ]);
}

#[test]
fn periods_and_their_parts_are_stretches() {
    check(&[
        ("ar", "أواخر فبراير/شباط", "2025-02-21/2025-02-28"),
        ("ar", "مطلع الشهر المقبل", "2025-03-01/2025-03-10"),
        ("ar", "أول ثلاثاء من أكتوبر 2024", "2024-10-01"),
        ("ar", "الربع الثالث من عام 2024", "2024-Q3"),
        ("ar", "النصف الأول من أكتوبر", "2025-10-01/2025-10-15"),
        ("ru", "в начале 2000-х годов", "2000-01-01/2002-12-31"),
        ("ar", "في السبعينيات", "1970-01-01/1979-12-31"),
        ("ru", "до конца следующей недели", "2025-02-26T12:00/2025-03-10T00:00"),
        ("ru", "в первый понедельник октября", "2025-10-06"),
        ("ru", "третий квартал 2024 года", "2024-Q3"),
        ("ru", "во II квартале 2024 года", "2024-Q2"),
        ("ar", "القرن العشرين", "1900-01-01/1999-12-31"),
        ("ru", "в 1990-е годы", "1990-01-01/1999-12-31"),
        ("ru", "летом 2024 года", "2024-06-01/2024-08-31"),
        ("en", "mid-March", "2025-03-11/2025-03-20"),
        ("en", "early next year", "2026"),
        ("en", "the first two weeks of March", "2025-03-01/2025-03-14"),
        ("en", "the week of October 6", "2025-W41"),
        ("en", "by the end of the month", "2025-02-26T12:00/2025-03-01T00:00"),
        ("en", "this weekend", "2025-03-01/2025-03-02"),
        ("en", "last year's fourth quarter", "2024-Q4"),
        ("en", "Easter weekend 2025", "2025-04-19/2025-04-20"),
        ("en", "the weekend of Thanksgiving 2023", "2023-11-23/2023-11-26"),
        ("en", "the first Monday evening of next month", "2025-03-03TEV"),
    ]);
}

#[test]
fn times_of_day_and_their_zones_are_read() {
    check(&[
        ("ar", "الساعة الخامسة إلا ربعا مساء", "2025-02-26T16:45"),
        ("ar", "الثالثة والنصف فجرا", "2025-02-26T03:30"),
        ("ar", "الخميس الساعة 10:30 صباحا بتوقيت غرينتش", "2025-02-27T13:30"),
        ("ru", "в пятницу в 17 часов", "2025-02-28T17:00"),
        ("ru", "в 17:00 мск", "2025-02-26T17:00"),
        ("ru", "без четверти пять", "2025-02-26T16:45"),
        ("ru", "завтра вечером", "2025-02-27TEV"),
        ("ru", "с 23:00 до 5:00 утра", "2025-02-26T23:00/2025-02-27T05:00"),
        ("ru", "24 мая около 16 часов", "2025-05-24T16:00"),
        ("en", "Thursday 8:00 GMT", "2025-02-27T11:00"),
        ("en", "tomorrow at 5", "2025-02-27T17:00"),
        ("en", "half past three pm", "2025-02-26T15:30"),
        ("en", "yesterday morning", "2025-02-25TMO"),
        ("en", "between 0900 and 1100 GMT", "2025-02-26T12:00/2025-02-26T14:00"),
        ("en", "on Monday at 1330", "2025-03-03T13:30"),
        ("ru", "в 15.00 мск", "2025-02-26T15:00"),
        ("en", "this evening at 12", "2025-02-27T00:00"),
        ("en", "Feb 5 AM", "2025-02-05TMO"),
    ]);
}

#[test]
fn lengths_are_added_up() {
    check(&[
        ("ar", "خمسة وعشرين دقيقة", "PT25M"),
        ("ar", "لمدة ست ساعات ونصف", "PT6H30M"),
        ("ar", "ساعتين وعشر دقائق", "PT2H10M"),
        ("ar", "قرابة ساعة ونصف الساعة", "PT1H30M"),
        ("ar", "بين 5 و6 ساعات", "PT5H/PT6H"),
        ("ru", "шесть с половиной часов", "PT6H30M"),
        ("ru", "около шести часов", "PT6H"),
        ("ru", "полтора часа", "PT1H30M"),
        ("ru", "пять-шесть часов", "PT5H/PT6H"),
        ("ru", "более двухсот сорока дней", "P240D"),
        ("en", "six-and-a-half hours", "PT6H30M"),
        ("en", "2 weeks and 3 days", "P17D"),
        ("en", "around 12 hours", "PT12H"),
        ("en", "the talks will last two hours", "PT2H"),
        ("en", "every Thursday", "XXXX-WXX-4"),
    ]);
}

#[test]
fn what_is_no_time_is_left_alone() {
    check(&[
        ("ar", "البالغ من العمر 65 عاما", ""),
        ("ru", "в возрасте 65 лет", ""),
        ("en", "a 65-year-old man", ""),
        ("en", "Tel: +86 138-2010-2015", ""),
        ("en", "the score was 3-1 on aggregate", ""),
        ("en", "version 2.10.3", ""),
        ("en", "this may well be so", ""),
        ("en", "a second round", ""),
        ("en", "they last sat down", ""),
        ("en", "with 1925 patients", ""),
        ("ru", "хорошего дня", ""),
        ("ar", "وقد ظهر في المغرب", ""),
        ("en", "it cost $12", ""),
    ]);
}

#[test]
fn what_hangs_on_an_event_is_open_unless_the_sentence_names_its_day() {
    let rules = rules(Vec::new());
    for (language, text, expect) in [
        ("ar", "وبعد ذلك بستة أيام التقى الوفدان", None),
        ("ru", "спустя шесть дней делегации встретились", None),
        ("en", "six days later they met", None),
        ("en", "They met on 18 February 2025 and again six days later", Some("2025-02-24")),
    ] {
        let found = read(&rules, language, text, Tense::Past);
        let last = found.last().expect("an expression");
        assert_eq!(last.value.as_deref(), expect, "{text}");
        let anchor = if expect.is_some() { Anchor::Previous } else { Anchor::Open };
        assert_eq!(last.anchor, anchor, "{text}");
    }
}

#[test]
fn tense_chooses_the_weekday_and_the_year() {
    let rules = rules(Vec::new());
    for (language, text, tense, expect) in [
        ("ar", "الجمعة", Tense::Past, "2025-02-21"),
        ("ar", "الجمعة", Tense::Future, "2025-02-28"),
        ("ru", "в среду", Tense::Past, "2025-02-26"),
        ("ru", "18 декабря", Tense::Past, "2024-12-18"),
        ("en", "on Thursday", Tense::Future, "2025-02-27"),
        ("en", "in December", Tense::Past, "2024-12"),
    ] {
        let found = read(&rules, language, text, tense);
        assert_eq!(found[0].value.as_deref(), Some(expect), "{text} {tense:?}");
    }
}

#[test]
fn claims_see_the_days_and_lengths() {
    let rules = rules(Vec::new());
    for (language, day, text, expect) in [
        ("ar", "2025-02-28", "لمدة ست ساعات ونصف", "PT6H30M"),
        ("ar", "2025-02-13", "قرابة ساعة ونصف الساعة", "~PT1H30M"),
        ("ru", "2025-02-23", "до конца следующей недели", "2025-02-23/2025-03-02"),
        ("ru", "2025-04-10", "в четверг в 10:00", "2025-04-10"),
        ("ru", "2025-04-10", "три месяца назад", "2025-01"),
        ("en", "2025-02-22", "late February", "2025-02"),
        ("en", "2025-04-11", "six days later they met", "open"),
        ("en", "2025-02-27", "more than six hours", ">PT6H"),
    ] {
        let id = LanguageId::new(language);
        let pack = rules.packs.language(&id).expect("a language");
        let tokens = normalise::tokens(text);
        let hits = rules.packs.lexicon(&id).expect("its words").find(pack, &tokens);
        let day = day.parse().expect("a day");
        let context = Context { text, tokens: &tokens, hits: &hits, day, order: pack.order };
        let found: Vec<String> = dates::find(&context, &|_| Tense::Unknown)
            .iter()
            .map(|time| match time.meaning {
                Meaning::Days(days) => days.to_string(),
                Meaning::Length(length) => length.to_string(),
                Meaning::Unresolved => "open".to_owned(),
            })
            .collect();
        assert_eq!(found, [expect], "{text}");
    }
}

/// Words of the lists in no sense and order, with numbers that are dates, near misses and nonsense.
#[test]
fn no_soup_of_words_breaks_the_reader() {
    const NUMBERS: [&str; 12] =
        ["0", "31", "32", "1999", "9999", "999999999", "25:61", "10/0", "٣", "½", "5.5", "1,000"];
    const GAPS: [&str; 6] = [" ", " ", "-", ", ", ".", "("];
    let rules = rules(Vec::new());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/packs/lang");
    // A linear congruential generator: the same soups in every run.
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    for language in ["ar", "en", "ru"] {
        let list = std::fs::read_to_string(root.join(language).join("time.tsv")).expect("a list");
        let cells = list.lines().filter_map(|line| line.split('\t').nth(2));
        let words: Vec<&str> = cells.flat_map(|cell| cell.split(" | ")).collect();
        for _ in 0..500 {
            let mut soup = String::new();
            for _ in 0..=next(12) {
                soup += if next(3) > 0 { words[next(words.len())] } else { NUMBERS[next(12)] };
                soup += GAPS[next(6)];
            }
            let found = read(&rules, language, &soup, Tense::Unknown);
            assert!(found.windows(2).all(|pair| pair[0].last < pair[1].first), "{soup}");
        }
    }
}

/// The day by its name, and the whole that `lo` and `hi` keep where TIMEX3 writes less.
#[test]
fn values_of_ranges_and_deadlines_keep_the_whole_beside_them() {
    check(&[
        ("en", "on Christmas Eve", "2024-12-24"),
        ("en", "Black Friday 2010", "2010-11-26"),
        ("ar", "في عيد العمال", "2025-05-01"),
        ("ru", "в День Победы", "2025-05-09"),
        ("en", "a Christmas market", ""),
    ]);
    let rules = rules(Vec::new());
    for (language, text, lo, hi) in [
        ("en", "within two weeks", "2025-02-26", "2025-03-13"),
        ("en", "upcoming two weeks", "2025-03-03", "2025-03-17"),
        ("ru", "2015–2018", "2015-01-01", "2019-01-01"),
        ("ar", "منذ ثلاثة أيام", "2025-02-23", "2025-02-24"),
    ] {
        let found = read(&rules, language, text, Tense::Unknown);
        let ends: Vec<_> = found.iter().map(|f| (f.lo.as_deref(), f.hi.as_deref())).collect();
        assert_eq!(ends, [(Some(lo), Some(hi))], "{text}");
    }
}
