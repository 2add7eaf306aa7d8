//! Pages written by us, in three scripts: what is text, what is not, and what hostile markup costs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use encoding_rs::{WINDOWS_1251, WINDOWS_1256};
use proptest::prelude::*;

use super::*;
use crate::config::Config;

fn packs() -> &'static Packs {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    PACKS.get_or_init(|| {
        let config = Config::load(None, &BTreeMap::new()).expect("the shipped configuration");
        Packs::compile(&config.packs).expect("the shipped packs")
    })
}

fn page(html: &str) -> Page {
    bytes(html.as_bytes())
}

fn bytes(html: &[u8]) -> Page {
    read(
        html,
        None,
        "https://www.gazette.example/world/2025/04/10/talks",
        packs(),
        &Limits::default(),
    )
}

const AR: [&str; 3] = [
    "بدأت في إسطنبول صباح الخميس جولة جديدة من المحادثات بين الوفدين، وفق ما أعلنه متحدث باسم وزارة الخارجية.",
    "وقال المتحدث إن اللقاء سيتناول عمل السفارات وعودة الرحلات المباشرة، وإن الجانبين سيعودان إلى العاصمتين مساء.",
    "ولم يحدد بعد موعد الجولة التالية، غير أن مصدرا مطلعا رجح أن تعقد في نهاية الشهر.",
];

const RU: [&str; 3] = [
    "В Стамбуле в четверг утром начался новый раунд переговоров двух делегаций, сообщили в министерстве иностранных дел.",
    "По словам представителя ведомства, стороны обсудят работу посольств и возобновление прямых рейсов.",
    "Дата следующей встречи пока не назначена, однако, по данным источника, она может пройти в конце месяца.",
];

const EN: [&str; 3] = [
    "A new round of talks between the two delegations began in Istanbul on Thursday morning, a spokesman said.",
    "He said the meeting would deal with the work of the embassies and with direct flights between the capitals.",
    "No date has been set for the next round, but a person familiar with the matter expects it late in the month.",
];

/// A page as sites build them: menu, headline, byline, share buttons, picture, reading tips, teasers, comments, footer.
fn site(lang: &str, text: &[&str], tip: &str, share: &str) -> String {
    let [first, second, third] = text else { panic!("three paragraphs") };
    let teaser = format!("<li class='teaser'><a href='/2'>{first}</a><p>{second}</p></li>");
    format!(
        "<!doctype html><html lang='{lang}'><head><title>Talks begin | The Gazette</title>
        <meta property='og:title' content='Talks begin'><meta property='og:site_name' content='The Gazette'>
        <meta property='article:published_time' content='2025-04-10T08:15:00+03:00'>
        <link rel='canonical' href='/world/talks'>
        <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Talks begin\",
          \"dateModified\":\"2025-04-10T09:00:00+03:00\",\"author\":[{{\"@type\":\"Person\",\"name\":\"Anna Kim\"}}],}}</script>
        </head><body><nav><ul><li><a href='/'>{share}</a></li></ul></nav>
        <div class='page'><h1>Talks begin</h1><div class='byline'>Anna Kim</div><div class='share-buttons'>{share}</div>
        <div class='x7'><p>{first}</p><figure><img src='a.jpg'><figcaption>{second}</figcaption></figure>
        <p>{second}</p><p><a href='/3'>{tip}: {third}</a></p><p>{tip}: {share}</p><script>var x = '<p>no</p>';</script>
        <p>{third}</p></div>
        <ul class='more'>{teaser}{teaser}{teaser}{teaser}</ul>
        <div id='comments'><p>{first} {second}</p></div></div>
        <footer><p>© The Gazette. {share}.</p></footer></body></html>"
    )
}

#[test]
fn the_text_of_a_page_is_its_paragraphs() {
    for (lang, text, tip, share, direction) in [
        ("ar", &AR, "اقرأ أيضا", "شارك", Direction::Rtl),
        ("ru", &RU, "Читайте также", "Поделиться", Direction::Ltr),
        ("en", &EN, "Read also", "Share", Direction::Ltr),
    ] {
        let page = page(&site(lang, text, tip, share));
        assert_eq!(page.paragraphs, text, "{lang}");
        assert_eq!(page.title, "Talks begin", "{lang}");
        assert_eq!(page.byline, ["Anna Kim"]);
        assert_eq!(page.language, Some(LanguageId::new(lang)));
        assert_eq!(page.direction, Some(direction));
        assert_eq!(page.canonical.as_deref(), Some("https://www.gazette.example/world/talks"));
        let dates = [page.published, page.modified].map(|date| date.map(|d| d.to_string()));
        assert_eq!(dates[0].as_deref(), Some("2025-04-10T08:15:00+03:00"));
        assert_eq!(dates[1].as_deref(), Some("2025-04-10T09:00:00+03:00"));
        assert_eq!(page.notes, []);
    }
}

#[test]
fn a_page_without_metadata_is_read_by_what_it_shows() {
    let text: String = RU.iter().map(|p| format!("{p}<br><br>")).collect();
    let page = page(&format!(
        "<body><h1>Переговоры начались</h1><span class=author>Автор: Анна Ким</span>
        <span class=date>9 апреля 2025, 23:50</span><div>{text}"
    ));
    assert_eq!(page.title, "Переговоры начались");
    assert_eq!(page.byline, ["Анна Ким"]);
    assert_eq!(page.paragraphs, RU);
    assert_eq!(page.language, Some(LanguageId::new("ru")));
    // The path of the address is surer than what is printed somewhere.
    assert_eq!(page.published.map(|date| date.to_string()).as_deref(), Some("2025-04-10"));
}

#[test]
fn old_charsets_are_read() {
    let html = |charset: &str, text: &[&str; 3]| {
        let text: String = text.iter().map(|p| format!("<p>{p}</p>")).collect();
        format!(
            "<html><head><meta charset={charset}><title>x</title></head><body><div>{text}</div></body>"
        )
    };
    assert_eq!(bytes(&WINDOWS_1256.encode(&html("windows-1256", &AR)).0).paragraphs, AR);
    assert_eq!(bytes(&WINDOWS_1251.encode(&html("windows-1251", &RU)).0).paragraphs, RU);
    let wrong = bytes(&WINDOWS_1251.encode(&html("utf-8", &RU)).0);
    assert_eq!(wrong.paragraphs, RU);
    assert!(matches!(wrong.notes[..], [PageNote::Charset(_)]), "{:?}", wrong.notes);
}

#[test]
fn paywalls_and_consent_pages_are_noted() {
    for (html, expect) in [
        (
            format!("<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}}</script><p>{}</p>", EN[0]),
            PageNote::Paywall(Sign::Declared),
        ),
        (
            format!("<meta property='article:content_tier' content='locked'><p>{}</p>", RU[0]),
            PageNote::Paywall(Sign::Declared),
        ),
        (
            format!("<p>{}</p><div><p>Материал доступен по подписке. Уже есть подписка? Войдите.</p></div>", RU[0]),
            PageNote::Paywall(Sign::Asked),
        ),
        (
            format!("<p>{}</p><div><b>هذا المحتوى للمشتركين فقط</b></div>", AR[0]),
            PageNote::Paywall(Sign::Asked),
        ),
        (
            format!("<p>{}</p><div class='article-paywall'>Weiterlesen</div>", EN[0]),
            PageNote::Paywall(Sign::Named),
        ),
        (
            "<h1>Before you continue</h1><p>We and our partners store information on a device.</p><button>OK</button>".to_owned(),
            PageNote::Consent,
        ),
        (
            "<div>نحن وشركاؤنا نستخدم ملفات تعريف الارتباط لتحسين تجربتك على هذا الموقع.</div>".to_owned(),
            PageNote::Consent,
        ),
        ("<ul><li><a href=/1>One</a><li><a href=/2>Two</a></ul>".to_owned(), PageNote::NoArticle),
        (String::new(), PageNote::NoArticle),
    ] {
        assert_eq!(page(&html).notes, [expect], "{html}");
    }
}

#[test]
fn what_is_paid_for_is_not_looked_for() {
    let html = format!("<p>{}</p><div style='display:none'><p>{}</p></div>", EN[0], EN[1]);
    assert_eq!(page(&html).paragraphs, [EN[0]]);
}

#[test]
fn hostile_markup_ends() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    let text = format!("<p>{}</p>", EN[0]);
    for (what, html, note) in [
        ("depth", "<div>".repeat(100_000), PageNote::TooDeep),
        ("formatting", "<b><p>".repeat(50_000), PageNote::TooDeep),
        ("slashes", "<x/>".repeat(100_000), PageNote::TooDeep),
        ("tables", "<table><tr><td>".repeat(50_000), PageNote::TooDeep),
        ("tags", "<br>".repeat(500_000), PageNote::TooManyTags),
        ("attributes", format!("<p{attributes}>"), PageNote::TooManyAttributes),
    ] {
        let page = page(&format!("{text}{html}{}", EN[1]));
        assert!(page.notes.contains(&note), "{what}: {:?}", page.notes);
        assert_eq!(page.paragraphs.first().map(String::as_str), Some(EN[0]), "{what}");
    }
    for html in
        ["<!--", "<script>", "<p title='", "<", "</", "<svg><path/>", "&#x110000;", "<![CDATA["]
    {
        page(&format!("{}{text}", html.repeat(1000)));
    }
    let long = vec![b'x'; Limits::default().body_bytes + 1];
    assert!(bytes(&long).notes.contains(&PageNote::TooLong));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A page of ours with pieces cut out, doubled and overwritten: no panic, and always an answer.
    #[test]
    fn damaged_pages_are_read(cuts in prop::collection::vec((0usize..6000, 0usize..200, any::<u8>()), 1..12)) {
        let mut html = site("ar", &AR, "اقرأ أيضا", "شارك").into_bytes();
        for (at, length, byte) in cuts {
            let at = at % html.len();
            let end = (at + length).min(html.len());
            match byte % 3 {
                0 => drop(html.drain(at..end)),
                1 => html[at..end].fill(byte),
                _ => {
                    let piece = html[at..end].to_vec();
                    html.splice(at..at, piece);
                }
            }
            html.push(b'>');
        }
        let page = bytes(&html);
        prop_assert!(page.paragraphs.iter().all(|p| !p.trim().is_empty()));
    }
}
