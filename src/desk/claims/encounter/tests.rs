//! Who met whom, in three scripts, with the shipped words.

use super::*;
use crate::desk::claims::tests::{reading, rules};
use crate::desk::model::LanguageId;

/// When the articles were published.
const AT: &str = "2025-03-03T10:00:00Z";

fn packs() -> &'static Packs {
    &rules().packs
}

/// The encounters of a text as `status: evidence`.
fn told(language: &str, text: &str) -> Vec<String> {
    let reading = reading((language, AT), "", text);
    let language = packs().language(&LanguageId::new(language)).expect("a pack");
    let shown = |met: &Encounter| {
        let sentence = &reading.sentences[met.sentence];
        let (start, end) = sentence.span(met.tokens.0, met.tokens.1);
        format!("{}: {}", met.status.as_str(), &sentence.text[start..end])
    };
    find(&reading, packs(), language).iter().map(shown).collect()
}

fn check(language: &str, text: &str, expect: &[&str]) {
    assert_eq!(told(language, text), expect, "{text}");
}

/// The names of a text.
fn names(language: &str, title: &str, text: &str) -> Vec<String> {
    let reading = reading((language, AT), title, text);
    let sentences = reading.sentences.iter();
    sentences
        .flat_map(|sentence| {
            sentence.names.iter().map(|name| {
                let (start, end) = sentence.span(name.first, name.last);
                sentence.text[start..end].to_owned()
            })
        })
        .collect()
}

#[test]
fn names_of_persons_are_known_without_a_gazetteer() {
    assert_eq!(
        names(
            "en",
            "",
            "French President Lucien Marchand said that Mr Okafor, J. Lindqvist and Pieter van der Meer left Oslo."
        ),
        ["Lucien Marchand", "Okafor", "J. Lindqvist", "Pieter van der Meer"]
    );
    assert_eq!(
        names(
            "ru",
            "Мартынюк едет в Вену",
            "Министр энергетики Белоруссии Олег Мартынюк и В. П. Сорокин уехали. Позже Мартынюка видели в «Газпроме»."
        ),
        ["Мартынюк", "Олег Мартынюк", "В. П. Сорокин", "Мартынюка"]
    );
    assert_eq!(
        names(
            "ar",
            "",
            "قال وزير الخارجية المصري حسام بدران إن الأمير فهد بن سلطان والرئيس ماركيز وصلوا إلى المدينة."
        ),
        ["حسام بدران", "فهد بن سلطان", "ماركيز"]
    );
}

#[test]
fn capitals_alone_are_no_name() {
    assert_eq!(names("en", "", "The Security Council met in New York on Monday."), [""; 0]);
    assert_eq!(names("en", "Big Storm Hits The Northern Coast Of Norway", "It rained."), [""; 0]);
    assert_eq!(names("ru", "", "Совет Федерации и Северная Корея в понедельник молчали."), [""; 0]);
    assert_eq!(names("ar", "", "وصل الوفد إلى المدينة يوم الاثنين."), [""; 0]);
}

#[test]
fn one_meets_another() {
    check(
        "en",
        "Finnish President Aino Korpela met her Estonian counterpart Mart Saar in Tallinn on Monday.",
        &["held: President Aino Korpela met her Estonian counterpart Mart Saar"],
    );
    check(
        "ru",
        "Посол Италии Марио Бьянки встретился с заместителем министра иностранных дел Грузии Леваном Кобидзе.",
        &[
            "held: Посол Италии Марио Бьянки встретился с заместителем министра иностранных дел Грузии Леваном Кобидзе",
        ],
    );
    check(
        "ar",
        "التقى الرئيس الفنلندي إيلياس كوربيلا نظيره الإستوني مارت سار في تالين.",
        &["held: التقى الرئيس الفنلندي إيلياس كوربيلا نظيره الإستوني مارت سار"],
    );
}

#[test]
fn one_receives_another() {
    check(
        "en",
        "King Olav Berg received Prime Minister Nina Horvat at the palace.",
        &["held: King Olav Berg received Prime Minister Nina Horvat"],
    );
    check(
        "ru",
        "Король Олав Берг принял в столице премьер-министра Нину Хорват.",
        &["held: Король Олав Берг принял в столице премьер-министра Нину Хорват"],
    );
    check(
        "ar",
        "استقبل الملك أولاف بيرغ رئيسة الوزراء نينا هورفات.",
        &["held: استقبل الملك أولاف بيرغ رئيسة الوزراء نينا هورفات"],
    );
}

#[test]
fn talks_are_held_planned_or_only_possible() {
    check(
        "en",
        "Chancellor Eva Lang will meet Prime Minister Paolo Conti on 10 March.",
        &["scheduled: Chancellor Eva Lang will meet Prime Minister Paolo Conti"],
    );
    check(
        "en",
        "Eva Lang and Paolo Conti may meet in Geneva.",
        &["rumoured: Eva Lang and Paolo Conti may meet"],
    );
    check(
        "ru",
        "В четверг состоится встреча Ольги Маркиной с канцлером Эвой Ланг.",
        &["scheduled: встреча Ольги Маркиной с канцлером Эвой Ланг"],
    );
    check(
        "ru",
        "Канцлер Эва Ланг может встретиться с Паоло Конти.",
        &["rumoured: Канцлер Эва Ланг может встретиться с Паоло Конти"],
    );
    check(
        "ar",
        "سيلتقي المستشار أوتو لانغ رئيس الوزراء باولو كونتي.",
        &["announced: سيلتقي المستشار أوتو لانغ رئيس الوزراء باولو كونتي"],
    );
    check(
        "ar",
        "أجرى الوزير باولو كونتي محادثات مع السفير أوتو لانغ.",
        &["held: الوزير باولو كونتي محادثات مع السفير أوتو لانغ"],
    );
}

#[test]
fn several_sit_at_one_table() {
    check(
        "en",
        "Talks between Eva Lang, Paolo Conti and Nina Horvat ended in Rome.",
        &["held: Talks between Eva Lang, Paolo Conti and Nina Horvat"],
    );
    check(
        "ru",
        "В Минске пройдет встреча контактной группы. В ней примут участие экс-президент Леонид Горчаков, посол Михаил Зотов и Хелена Вальтер.",
        &[
            "announced: примут участие экс-президент Леонид Горчаков, посол Михаил Зотов и Хелена Вальтер",
        ],
    );
    check(
        "ar",
        "لقاء بين الوزير باولو كونتي والسفير أوتو لانغ انتهى في روما.",
        &["held: لقاء بين الوزير باولو كونتي والسفير أوتو لانغ"],
    );
}

#[test]
fn parties_meet_too_where_the_lead_says_how_it_stands() {
    check(
        "en",
        "Talks between Iran and Saudi Arabia ended in Muscat.",
        &["held: Talks between Iran and Saudi Arabia"],
    );
    check(
        "ru",
        "Переговоры между Ираном и Китаем завершились в Маскате.",
        &["held: Переговоры между Ираном и Китаем"],
    );
    check("ar", "انتهت محادثات بين إيران والصين في مسقط.", &["held: محادثات بين إيران والصين"]);
}

#[test]
fn what_only_sounds_like_a_meeting_is_none() {
    for (language, text) in [
        ("en", "Coach Eva Lang met the deadline, and Paolo Conti left."),
        ("en", "President Eva Lang met with reporters and criticised Paolo Conti."),
        ("en", "Eva Lang and Paolo Conti spoke by phone."),
        ("en", "Eva Lang did not meet Paolo Conti."),
        ("en", "Will Eva Lang meet Paolo Conti?"),
        ("ru", "Эва Ланг и Паоло Конти приняли участие в концерте."),
        ("ru", "Министр Эва Ланг на встрече с журналистами раскритиковала Паоло Конти."),
        ("ru", "Эва Ланг и Паоло Конти встретятся на одной сцене."),
        ("ru", "Эва Ланг не встречалась с Паоло Конти."),
        ("ar", "قال الوزير باولو كونتي في لقاء مع صحفيين إن السفير أوتو لانغ غادر."),
        ("ar", "بحث الوزير باولو كونتي هاتفيا مع السفير أوتو لانغ الوضع."),
    ] {
        check(language, text, &[]);
    }
}

#[test]
fn an_encounter_is_told_once() {
    let text = "Eva Lang met Paolo Conti in Rome. After the meeting with Conti, Lang left.";
    assert_eq!(told("en", text).len(), 1);
}
