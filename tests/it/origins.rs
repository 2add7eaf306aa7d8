//! Independence as receivers see it: whose word a fact is, over articles that credit agencies, copy and translate one
//! another, or come from one house.

use marsad::config::Config;
use marsad::desk::model::{Draft, EntryKey, Fact, LanguageId, Names};
use marsad::desk::pipeline::{Batch, Memory, Rules, Settings, ingest};

use crate::support::rules;

/// An article in short: publisher, language, title, text.
type Told<'a> = (&'a str, &'a str, &'a str, &'a str);

fn draft((source, language, title, text): Told<'_>, number: usize) -> Draft {
    let start: jiff::Timestamp = "2025-09-04T09:00:00Z".parse().expect("an instant");
    let hours = jiff::SignedDuration::from_hours(i64::try_from(number).expect("few articles"));
    let url = format!("https://page{number}.example/1");
    Draft {
        key: EntryKey(url.clone()),
        names: Names::default(),
        id: None,
        url,
        title: title.into(),
        text: text.into(),
        published: Some(start + hours),
        updated: None,
        language: Some(LanguageId::new(language)),
        source: source.into(),
        feed: None,
    }
}

/// Level and origins of the day that the articles report, and how many articles carry it.
fn support(rules: &Rules, articles: &[Told<'_>]) -> (String, Vec<String>, usize) {
    let mut memory = Memory::default();
    let mut last: Option<Fact> = None;
    for (number, told) in articles.iter().enumerate() {
        let draft = draft(*told, number);
        let now = draft.published.expect("a date");
        let changes = ingest(rules, &memory, Batch::Articles(vec![draft]), now);
        let mut dates = changes.facts.iter().filter(|fact| fact.slot.as_str() == "date");
        last = dates.next_back().cloned().or(last);
        memory.apply(rules, &changes);
    }
    let support = last.expect("a day was reported").support;
    (support.level.as_str().to_owned(), support.origins, support.articles)
}

fn check(rules: &Rules, articles: &[Told<'_>], level: &str, origins: &[&str]) {
    let (got, names, count) = support(rules, articles);
    assert_eq!(
        (got.as_str(), names.as_slice()),
        (level, owned(origins).as_slice()),
        "{articles:?}"
    );
    assert_eq!(count, articles.len(), "{articles:?}");
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

const EN: &str = "Delegations of Russia and the United States met in Geneva on 3 September 2025.";
const RU: &str = "Делегации России и США встретились в Женеве 3 сентября 2025 года.";
const AR: &str = "التقى وفدا روسيا والولايات المتحدة في جنيف يوم 3 سبتمبر 2025.";
const TITLES: [&str; 3] = [
    "Delegations of Russia and the United States met in Geneva",
    "Делегации России и США встретились в Женеве",
    "التقى وفدا روسيا والولايات المتحدة في جنيف",
];

#[test]
fn everybody_who_credits_one_agency_is_one_origin() {
    let rules = rules(Vec::new());
    let en = format!("GENEVA, Sept 4 (Reuters) - {EN}");
    let ru = format!("{RU} Об этом сообщает Reuters.");
    let ar = format!("{AR}\nالمصدر: رويترز");
    let [title_en, title_ru, title_ar] = TITLES;
    let credited =
        [("A", "en", title_en, &*en), ("Б", "ru", title_ru, &*ru), ("ج", "ar", title_ar, &*ar)];
    check(&rules, &credited, "single", &["agency:reuters"]);
    // Its own site is the same, and another agency is not.
    let own = ("Reuters", "en", title_en, EN);
    check(&rules, &[credited[1], own], "single", &["agency:reuters"]);
    let tass = format!("МОСКВА, 4 сентября. /ТАСС/. {RU}");
    let other = ("В", "ru", title_ru, &*tass);
    check(&rules, &[credited[0], other], "corroborated", &["agency:reuters", "agency:tass"]);
    // Whoever credits nobody speaks for himself.
    let alone = ("د", "ar", title_ar, AR);
    check(&rules, &[credited[0], alone], "corroborated", &["agency:reuters", "source:د"]);
}

#[test]
fn agencies_without_a_name_confirm_nobody() {
    let rules = rules(Vec::new());
    let [title_en, title_ru, title_ar] = TITLES;
    let ar = format!("{AR}\nالمصدر: وكالات");
    let (en, ru) = (("A", "en", title_en, EN), ("Б", "ru", title_ru, RU));
    let agencies = ("ج", "ar", title_ar, &*ar);
    check(&rules, &[agencies, en], "single", &["source:A"]);
    check(&rules, &[agencies, en, ru], "corroborated", &["source:A", "source:Б"]);
}

#[test]
fn publishers_of_one_house_are_one_origin() {
    let text = "[family.north]\npublishers = [\"Север\", \"الشمال\", \"page0.example\"]\n";
    let config =
        Config::from_text("test.toml", text, &Default::default()).expect("a configuration");
    let settings = Settings { families: config.families.clone(), ..Settings::default() };
    let rules = Rules::compile(&config.packs, Vec::new(), settings).expect("the packs");
    let [title_en, title_ru, title_ar] = TITLES;
    let house = [
        ("North", "en", title_en, EN),
        ("Север", "ru", title_ru, RU),
        ("الشمال", "ar", title_ar, AR),
    ];
    check(&rules, &house, "single", &["family:north"]);
    let other = (
        "South",
        "en",
        "Russian and U.S. diplomats held talks in Geneva",
        "Russian and U.S. \
        diplomats held talks in Geneva on 3 September 2025, behind doors that stayed shut all day.",
    );
    check(&rules, &[house[1], other], "corroborated", &["family:north", "source:South"]);
}

#[test]
fn a_copy_that_credits_the_agency_says_whose_the_text_is() {
    let rules = rules(Vec::new());
    let long = "They spoke about visas, about flights and about the buildings of both embassies, and \
        went through a list that experts had drawn up in summer. None of them answered questions when \
        the cars left the gate late in the evening.";
    let text = format!("{EN} {long}");
    let signed = format!("{text} (Reuters)");
    let title = TITLES[0];
    let (plain, copy) = (("A", "en", title, &*text), ("B", "en", title, &*signed));
    check(&rules, &[plain, copy], "single", &["agency:reuters"]);
    let ru = format!("{RU} Об этом сообщает Reuters.");
    let told = ("Б", "ru", TITLES[1], &*ru);
    check(&rules, &[plain, copy, told], "single", &["agency:reuters"]);
}

#[test]
fn a_translation_is_the_word_of_the_original() {
    let rules = rules(Vec::new());
    let en = "Delegations of Russia and the United States met in Geneva on 3 September 2025.\n\
        The talks lasted 6 hours at the U.S. consulate.\n\
        The Russian delegation was led by Alexander Darchiev, the American one by Sonata Coulter.\n\
        The two sides had last met in Istanbul on 10 April 2025.\n\
        Sergei Lavrov and Marco Rubio had agreed on the round in Riyadh on 18 February 2025.";
    let ru = "Делегации России и США встретились в Женеве 3 сентября 2025 года.\n\
        Переговоры продолжались 6 часов в консульстве США.\n\
        Российскую делегацию возглавил Александр Дарчиев, американскую — Соната Коултер.\n\
        В последний раз стороны встречались в Стамбуле 10 апреля 2025 года.\n\
        О раунде Сергей Лавров и Марко Рубио договорились в Эр-Рияде 18 февраля 2025 года.";
    let free = "Делегации России и США встретились в Женеве 3 сентября 2025 года.\n\
        Журналистов к зданию не пустили, и о ходе беседы известно немного.\n\
        Как ожидается, речь шла о визах. В апреле дипломаты виделись в Стамбуле.";
    let (original, translated) = (("A", "en", TITLES[0], en), ("Б", "ru", TITLES[1], ru));
    let own = ("В", "ru", "В Женеве встретились дипломаты России и США", free);
    let (level, origins, _) = support(&rules, &[original, translated]);
    assert_eq!((level.as_str(), origins), ("single", owned(&["source:A"])));
    let (level, origins, _) = support(&rules, &[translated, original]);
    assert_eq!((level.as_str(), origins), ("single", owned(&["source:Б"])));
    let (level, origins, _) = support(&rules, &[original, own]);
    assert_eq!((level.as_str(), origins), ("corroborated", owned(&["source:A", "source:В"])));
}
