//! Credits in their usual forms, in each language that ships with words for them.

use crate::config::Config;
use crate::desk::claims;
use crate::desk::model::{Draft, EntryKey, LanguageId, Names};
use crate::desk::normalise;
use crate::desk::origins::{Credits, Family, Houses, credits};
use crate::desk::packs::Packs;

fn packs() -> Packs {
    let config = Config::load(None, &Default::default()).expect("the shipped configuration");
    Packs::compile(&config.packs).expect("the shipped packs")
}

fn read(packs: &Packs, language: &str, title: &str, text: &str) -> (Credits, Vec<String>) {
    let at = "2025-04-02T09:00:00Z".parse().expect("an instant");
    let draft = Draft {
        key: EntryKey("a".into()),
        names: Names::default(),
        id: None,
        url: "https://a.example/1".into(),
        title: title.into(),
        text: text.into(),
        published: Some(at),
        updated: None,
        language: Some(LanguageId::new(language)),
        source: "A".into(),
        feed: None,
    };
    let (mut article, words) = normalise::article(&draft, packs, at);
    article.language = LanguageId::new(language);
    let reading = claims::read(&article, &words, packs);
    let sentences = reading.sentences.iter().map(|sentence| sentence.text.clone()).collect();
    (credits(&article, &words, &reading, packs), sentences)
}

fn agency(credit: Option<&super::Credit>) -> &str {
    credit.map_or("", |credit| credit.agency.as_str())
}

#[test]
fn an_article_is_conveyed_by_whom_its_lines_credit() {
    let packs = packs();
    let mut wrong = Vec::new();
    for (language, title, text, expect) in [
        (
            "en",
            "Talks end",
            "ISTANBUL, Feb 27 (Reuters) - The two sides met for six hours.",
            "reuters",
        ),
        ("en", "Talks end", "WASHINGTON (AP) — The two sides met for six hours.", "ap"),
        ("en", "Talks end", "(AP) — The two sides met for six hours.", "ap"),
        (
            "en",
            "Talks end",
            "By Jane Roe, Associated Press\nThe two sides met for six hours.",
            "ap",
        ),
        ("en", "Talks end", "The two sides met for six hours.\nSource: AFP", "afp"),
        ("en", "Talks end", "The two sides met for six hours.\nSource: agencies", "wires"),
        (
            "en",
            "Talks end",
            "The sides met for six hours. They will meet again. (Reuters)",
            "reuters",
        ),
        ("en", "Talks end", "The two sides met for six hours.\nPhoto: Reuters", ""),
        ("en", "Talks end", "The Reuters building stands in the way of the delegations.", ""),
        ("ar", "انتهاء المحادثات", "إسطنبول (رويترز) - اجتمع الجانبان ست ساعات.", "reuters"),
        ("ar", "انتهاء المحادثات", "موسكو - تاس: اجتمع الجانبان ست ساعات.", "tass"),
        ("ar", "انتهاء المحادثات", "أنقرة/ الأناضول\nاجتمع الجانبان ست ساعات.", "anadolu"),
        ("ar", "انتهاء المحادثات", "اجتمع الجانبان ست ساعات.\nالمصدر: وكالات", "wires"),
        ("ar", "انتهاء المحادثات", "اجتمع الجانبان ست ساعات.\nالمصدر: رويترز + وكالات", "reuters"),
        ("ar", "انتهاء المحادثات", "اجتمع الجانبان ست ساعات.\nصورة: أ ف ب", ""),
        (
            "ru",
            "Переговоры",
            "МОСКВА, 27 фев - РИА Новости. Стороны встретились на шесть часов.",
            "ria-novosti",
        ),
        (
            "ru",
            "Переговоры",
            "МОСКВА, 27 февраля. /ТАСС/. Стороны встретились на шесть часов.",
            "tass",
        ),
        ("ru", "Переговоры", "Стороны встретились на шесть часов.\n— Интерфакс", "interfax"),
        ("ru", "Переговоры", "Стороны встретились на шесть часов.\nИсточник: ТАСС", "tass"),
        ("ru", "Переговоры", "Стороны встретились. Об этом сообщает РИА Новости.", "ria-novosti"),
        ("ru", "Переговоры", "Стороны встретились на шесть часов.\nФото: ТАСС", ""),
        (
            "fr",
            "Les pourparlers",
            "Istanbul (AFP) - Les deux parties se sont vues six heures.",
            "afp",
        ),
        (
            "fr",
            "Les pourparlers",
            "Les deux parties se sont vues six heures.\nAvec Reuters",
            "reuters",
        ),
    ] {
        let (credits, sentences) = read(&packs, language, title, text);
        let got = agency(credits.article());
        if got != expect {
            wrong.push(format!("{text:?}: {got:?}, not {expect:?}, of {sentences:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_is_conveyed_by_whom_it_credits() {
    let packs = packs();
    let mut wrong = Vec::new();
    for (language, sentence, expect) in [
        ("en", "The talks lasted six hours, Reuters reported on Thursday.", "reuters"),
        ("en", "A source told Axios that the talks would be held in May.", "axios"),
        ("en", "The Kyodo news agency, citing TASS, put the talks at six hours.", "tass"),
        (
            "en",
            "According to the state-run news agency Xinhua, the talks lasted six hours.",
            "xinhua",
        ),
        ("en", "They talked for six hours, according to Russian news agencies.", "agencies"),
        ("en", "Intelligence agencies said little about the talks.", ""),
        ("en", "Bloomberg is a rich man who was not at the talks.", ""),
        ("ar", "استمرت المحادثات ست ساعات نقلا عن رويترز.", "reuters"),
        ("ar", "ذكرت وكالة نوفوستي أن المحادثات استمرت ست ساعات.", "ria-novosti"),
        ("ar", "قال مصدر لرويترز إن الجولة المقبلة في أيار.", "reuters"),
        ("ar", "وبحسب وكالة الأنباء الروسية تاس استمر اللقاء ست ساعات.", "tass"),
        ("ar", "دامت المحادثات نحو ست ساعات بحسب وكالات أنباء روسية.", "agencies"),
        ("ar", "مبنى رويترز يقع قرب مكان المحادثات.", ""),
        ("ru", "По данным РИА Новости, переговоры длились шесть часов.", "ria-novosti"),
        ("ru", "Переговоры длились шесть часов, сообщает ТАСС.", "tass"),
        ("ru", "Встреча пройдет в мае, пишет Axios со ссылкой на источники.", "axios"),
        ("ru", "«Интерфакс» со ссылкой на Reuters пишет о шести часах переговоров.", "reuters"),
        ("ru", "Здание ТАСС стоит рядом с местом переговоров.", ""),
        ("fr", "Les pourparlers ont duré six heures, rapporte l'agence TASS.", "tass"),
        ("fr", "Selon Reuters, les pourparlers ont duré six heures.", "reuters"),
    ] {
        let filler = match language {
            "en" => "Nothing else is known of it.",
            "ru" => "Больше ничего об этом неизвестно.",
            "ar" => "لا يعرف شيء آخر عن ذلك.",
            _ => "On n'en sait pas plus.",
        };
        let (credits, sentences) =
            read(&packs, language, "", &format!("{filler} {filler} {sentence}"));
        let at = sentences.iter().position(|text| text.contains(sentence)).unwrap_or(2);
        let got = agency(credits.of(at));
        if got != expect {
            wrong.push(format!("{sentence:?}: {got:?}, not {expect:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_agency_goes_on_and_the_opening_credits_what_follows() {
    let packs = packs();
    for (language, text, expect) in [
        (
            "en",
            "The talks lasted six hours, Reuters said. The next are in May.",
            ["reuters", "reuters"],
        ),
        (
            "ru",
            "Раунд был. Встреча длилась час, передает ТАСС. Агентство сообщило о мае.",
            ["", "tass"],
        ),
        (
            "ar",
            "انتهت الجولة. استمرت ساعة وفق رويترز. وأفادت الوكالة بموعد في أيار.",
            ["", "reuters"],
        ),
    ] {
        let (credits, sentences) = read(&packs, language, "", text);
        let last = sentences.len() - 1;
        assert_eq!([agency(credits.of(0)), agency(credits.of(last))], expect, "{sentences:?}");
    }
}

#[test]
fn publishers_of_one_house_are_known_by_name_and_by_host() {
    let packs = packs();
    let families = [Family {
        id: "north".into(),
        publishers: vec!["الشمال".into(), "Север".into(), "north.example".into(), "Sputnik".into()],
    }];
    let houses = Houses::new(&families, &packs.gazetteer);
    for (name, page, expect) in [
        ("الشمال", "https://x.example/1", Some("family:north")),
        ("север", "https://x.example/1", Some("family:north")),
        ("Anybody", "https://www.north.example/1", Some("family:north")),
        ("Anybody", "https://farnorth.example/1", None),
        ("TASS (English)", "https://x.example/1", Some("agency:tass")),
        ("ТАСС", "https://x.example/1", Some("agency:tass")),
        ("Sputnik", "https://x.example/1", Some("family:north")),
        ("Daily News", "not a link", None),
    ] {
        assert_eq!(houses.of_publisher(name, page), expect, "{name} {page}");
    }
    assert_eq!(houses.of_agency("sputnik"), "family:north");
    assert_eq!(houses.of_agency("reuters"), "agency:reuters");
}
