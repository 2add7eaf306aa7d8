//! How the event in focus stands, when and where, in three scripts, with the shipped packs: a row for each way of telling that
//! the rules know.

use crate::desk::claims::state;
use crate::desk::claims::tests::{reading, rules};

/// Status, date and city that an article of Tuesday, 8 April 2025, claims, as `slot=value`, sorted.
fn told(language: &str, title: &str, text: &str) -> Vec<String> {
    let rules = rules();
    let reading = reading((language, "2025-04-08T10:00:00Z"), title, text);
    let stating = state(&reading, &rules.packs, &rules.patterns, &rules.packs.storylines[0]);
    let shown = stating
        .claims
        .iter()
        .filter(|claim| matches!(claim.slot.as_str(), "status" | "date" | "city"));
    let mut shown: Vec<String> =
        shown.map(|claim| format!("{}={}", claim.slot, claim.value)).collect();
    shown.sort();
    shown
}

/// Rows are an expectation and articles as language, title and text.
fn check(expect: &[&str], articles: &[(&str, &str, &str)]) {
    for (language, title, text) in articles {
        assert_eq!(told(language, title, text), expect, "{title}: {text}");
    }
}

#[test]
fn the_present_with_a_day_to_come_is_to_come() {
    check(
        &["city=istanbul", "date=2025-04-10", "status=scheduled"],
        &[
            (
                "en",
                "Embassy talks",
                "Here is what is known of the talks between Russia and the United States that open in Istanbul on Thursday.",
            ),
            (
                "ar",
                "محادثات السفارات",
                "تستضيف إسطنبول الخميس جولة من المحادثات بين روسيا والولايات المتحدة.",
            ),
            (
                "ru",
                "Переговоры о посольствах",
                "Дипломаты России и США встречаются в Стамбуле в четверг.",
            ),
        ],
    );
}

#[test]
fn where_something_was_said_is_not_where_the_event_is() {
    check(
        &["city=istanbul", "date=2025-04-10", "status=scheduled"],
        &[
            (
                "en",
                "Lavrov speaks of talks with the US",
                "Speaking in Doha, Sergey Lavrov said that Russian and American diplomats would meet in Istanbul on Thursday.",
            ),
            (
                "ar",
                "لافروف يتحدث عن المحادثات مع الأميركيين",
                "قال لافروف في مؤتمر صحفي في الدوحة إن دبلوماسيين من روسيا والولايات المتحدة سيجتمعون في إسطنبول الخميس.",
            ),
            (
                "ru",
                "Лавров рассказал о переговорах с США",
                "На пресс-конференции в Дохе Лавров сообщил, что дипломаты России и США встретятся в Стамбуле в четверг.",
            ),
        ],
    );
}

#[test]
fn not_and_settled_beside_a_date_leave_it_open() {
    check(
        &["date=unset", "status=announced"],
        &[
            (
                "en",
                "Russia and the US will hold another round",
                "Another round of Russian-American consultations will follow, but nobody has put a day on it yet.",
            ),
            (
                "ar",
                "جولة جديدة بين روسيا والولايات المتحدة",
                "ستعقد موسكو وواشنطن جولة أخرى من المشاورات، أما تاريخها فلم يضبط.",
            ),
            (
                "ru",
                "Россия и США проведут новый раунд",
                "Россия и США проведут еще один раунд консультаций, его дата еще согласовывается.",
            ),
        ],
    );
}

#[test]
fn what_will_not_be_held_by_a_time_is_put_off() {
    check(
        &["status=postponed"],
        &[
            (
                "en",
                "No round with the US this spring",
                "The round of Russian-American consultations will not take place before the end of spring, Lavrov admitted.",
            ),
            (
                "ar",
                "لافروف عن المشاورات مع واشنطن",
                "أقر لافروف بأن جولة المشاورات الروسية الأميركية لن تعقد قبل نهاية الربيع.",
            ),
            (
                "ru",
                "Лавров о консультациях с США",
                "Раунд российско-американских консультаций не удастся провести до конца весны, признал Лавров.",
            ),
        ],
    );
}

#[test]
fn leaders_who_telephone_may_promise_to_meet_themselves() {
    check(
        &["date=unset", "status=announced"],
        &[
            (
                "en",
                "Trump and Putin talk by phone",
                "Donald Trump and Vladimir Putin spoke by telephone on Monday.\nTrump said that he and Putin would get together in person. No date has been set for it.",
            ),
            (
                "ar",
                "مكالمة هاتفية بين ترامب وبوتين",
                "تحدث الرئيسان ترامب وبوتين هاتفيا أمس.\nواتفق الرئيسان على أن يلتقيا وجها لوجه، ولم يحدد موعد القمة.",
            ),
            (
                "ru",
                "Телефонный разговор Путина и Трампа",
                "Владимир Путин и Дональд Трамп поговорили по телефону в понедельник.\nПрезиденты договорились встретиться лично. Дата встречи не определена.",
            ),
        ],
    );
}
