//! Stories with the shipped packs, in three scripts and over mergers and splits.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::Timestamp;

use crate::config::Config;
use crate::desk::claims;
use crate::desk::model::{ArticleId, Draft, EntryKey, EventId, Names, StoryId};
use crate::desk::normalise;
use crate::desk::packs::{Heard, Packs};
use crate::desk::stories::*;

fn packs() -> &'static Packs {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    PACKS.get_or_init(|| {
        let config = Config::load(None, &BTreeMap::new()).expect("the shipped configuration");
        Packs::compile(&config.packs).expect("the shipped packs")
    })
}

fn now() -> Timestamp {
    "2025-04-10T12:00:00Z".parse().expect("a time")
}

fn article(id: &str, title: &str, text: &str) -> Incoming {
    let draft = Draft {
        key: EntryKey(id.into()),
        names: Names::default(),
        id: Some(ArticleId::new(id)),
        url: format!("https://news.example/{id}"),
        title: title.into(),
        text: text.into(),
        published: Some(now()),
        updated: None,
        language: None,
        source: id.into(),
        feed: None,
    };
    let (article, words) = normalise::article(&draft, packs(), now());
    let reading = claims::read(&article, &words, packs());
    Incoming {
        portrait: Portrait::of(&article, &words, &reading, packs()),
        id: article.id,
        at: now(),
        event: None,
        copy_of: None,
        added: Vec::new(),
    }
}

/// Takes articles in and gives the story of each.
fn stories(incoming: Vec<Incoming>) -> (Stories, BTreeMap<String, String>) {
    let mut stories = Stories::default();
    for one in incoming {
        let mut working = Working::new(&stories);
        working.take(one);
        let outcome = working.finish();
        stories.apply(&outcome.advance);
    }
    let places = stories.places().map(|p| (p.article.to_string(), p.story.to_string())).collect();
    (stories, places)
}

fn skeletons(word: &str) -> Vec<Heard> {
    let mut heard = Vec::new();
    packs().sounds.hear(&normalise::fold(word), &mut heard);
    heard.into_iter().map(Heard::skeleton).collect()
}

#[test]
fn names_meet_across_scripts() {
    for names in [
        ["Putin", "Путин", "بوتين"],
        ["Poutine", "Путин", "بوتين"],
        ["Erdogan", "Эрдоган", "أردوغان"],
        ["Macron", "Макрон", "ماكرون"],
        ["Johnson", "Джонсон", "جونسون"],
        ["Williams", "Уильямс", "ويليامز"],
        ["Zuckerberg", "Цукерберг", "زوكربيرغ"],
        ["Merkel", "Меркель", "ميركل"],
        ["Schwarz", "Шварц", "شفارتز"],
    ] {
        let [latin, cyrillic, arabic] = names.map(skeletons);
        assert!(latin.iter().any(|one| cyrillic.contains(one)), "{names:?}");
        assert!(
            arabic.iter().any(|one| latin.contains(one) || cyrillic.contains(one)),
            "{names:?}"
        );
    }
    assert!(skeletons("Putin").iter().all(|one| !skeletons("Байден").contains(one)));
}

#[test]
fn words_of_one_meaning_are_one_term() {
    for words in [["زلزال", "earthquakes", "землетрясения"], ["ألمانيا", "German", "Германии"]]
    {
        let ids = words.map(|word| {
            let token = normalise::tokens(word).remove(0);
            packs().terms.find(&token.folded, &token).map(|(id, _)| id.to_owned())
        });
        assert!(ids[0].is_some() && ids.iter().all(|id| *id == ids[0]), "{words:?} {ids:?}");
    }
}

const QUAKE: [(&str, &str, &str); 3] = [
    (
        "en",
        "Earthquake of magnitude 6.8 kills 132 near Palu in Indonesia",
        "An earthquake of magnitude 6.8 struck near Palu on Sunday. Governor Longki Djanggola said that 132 people were \
         killed and 1,450 houses were destroyed. Rescuers look for victims in Donggala, said Sutopo Nugroho.",
    ),
    (
        "ru",
        "В Индонезии при землетрясении у города Палу погибли 132 человека",
        "Землетрясение магнитудой 6,8 произошло в воскресенье недалеко от Палу. Губернатор Лонгки Джанггола сообщил о \
         гибели 132 человек и разрушении 1450 домов. Спасатели ищут жертв в Донгале, сказал Сутопо Нугрохо.",
    ),
    (
        "ar",
        "زلزال بقوة 6.8 درجات يقتل 132 شخصا قرب بالو في إندونيسيا",
        "ضرب زلزال بقوة ٦٫٨ درجات منطقة قرب بالو يوم الأحد. وقال الحاكم لونغكي جانغولا إن ١٣٢ شخصا قتلوا وإن 1450 منزلا \
         دمرت. ويبحث رجال الإنقاذ عن الضحايا في دونغالا بحسب سوتوبو نوغروهو.",
    ),
];

const MATCH: [(&str, &str, &str); 3] = [
    (
        "en2",
        "Rybakina beats Swiatek to win the title in Stuttgart",
        "Elena Rybakina beat Iga Swiatek 6-3, 6-4 in the final of the tournament in Stuttgart. The player from Kazakhstan \
         won her 8th title in 78 minutes.",
    ),
    (
        "ru2",
        "Рыбакина обыграла Швентек и выиграла турнир в Штутгарте",
        "Елена Рыбакина обыграла Игу Швентек 6:3, 6:4 в финале турнира в Штутгарте. Теннисистка из Казахстана завоевала 8-й \
         титул за 78 минут.",
    ),
    (
        "ar2",
        "ريباكينا تهزم شفيونتيك وتحرز لقب دورة شتوتغارت",
        "تغلبت إيلينا ريباكينا على إيغا شفيونتيك 6-3 و6-4 في نهائي دورة شتوتغارت. وأحرزت لاعبة كازاخستان لقبها 8 في 78 دقيقة.",
    ),
];

#[test]
fn reports_on_one_event_are_one_story_in_three_scripts() {
    let all = QUAKE.iter().chain(&MATCH).map(|(id, title, text)| article(id, title, text));
    let (held, places) = stories(all.collect());
    for (of, ids) in [("en", ["en", "ru", "ar"]), ("en2", ["en2", "ru2", "ar2"])] {
        for id in ids {
            assert_eq!(places[id], of, "{id} {places:?}");
        }
    }
    let why = held.places().find(|place| place.article.as_str() == "ar").expect("a place").why;
    assert!(why.contains("names:") && why.contains("numbers:") && why.contains("132"), "{why}");
}

#[test]
fn titles_that_name_other_places_or_days_are_other_stories() {
    let weather = |id: &str, city: &str, day: u8| {
        let title = format!("Weather in {city} on {day} May");
        let text = format!(
            "Clouds and sun are expected in {city} on {day} May. In the morning it is 10 degrees, in the afternoon 15 \
             degrees. The wind blows from the west at 6 metres a second, the pressure is 764 millimetres."
        );
        article(id, &title, &text)
    };
    let (_, places) = stories(vec![
        weather("a", "Brest", 17),
        weather("b", "Gomel", 17),
        weather("c", "Brest", 18),
    ]);
    assert_ne!(places["a"], places["b"]);
    assert_ne!(places["a"], places["c"]);
}

#[test]
fn different_events_of_the_ledger_are_different_stories_however_alike() {
    let told = |id: &str, event: &str| Incoming {
        event: Some(EventId::new(event)),
        ..article(id, QUAKE[0].1, QUAKE[0].2)
    };
    let (_, places) = stories(vec![told("a", "e1"), told("b", "e2"), told("c", "e1")]);
    assert_eq!(places["a"], places["c"]);
    assert_ne!(places["a"], places["b"]);
}

#[test]
fn an_event_that_turns_out_to_be_another_moves_its_article_and_ids_stay() {
    let told = |id: &str, event: &str| Incoming {
        event: Some(EventId::new(event)),
        ..article(id, MATCH[0].1, MATCH[0].2)
    };
    let (mut held, _) = stories(vec![told("a", "e1"), told("b", "e2"), told("c", "e2")]);
    // b reports e1 after all.
    let mut working = Working::new(&held);
    working.relink(&ArticleId::new("b"), Some(&EventId::new("e1")));
    let outcome = working.finish();
    assert_eq!(outcome.places.len(), 1, "{:?}", outcome.places);
    held.apply(&outcome.advance);
    let story = |held: &Stories, id: &str| {
        held.places().find(|place| place.article.as_str() == id).expect("a place").story
    };
    assert_eq!(story(&held, "b"), StoryId::new("a"));
    // c stays in the story that b had opened: its id is known to readers.
    assert_eq!(story(&held, "c"), StoryId::new("b"));
}

#[test]
fn a_report_between_two_stories_makes_them_one_and_the_older_id_stays() {
    let at = |hours: i64, (id, title, text): (&str, &str, &str)| Incoming {
        at: now() + jiff::SignedDuration::from_hours(hours),
        ..article(id, title, text)
    };
    // Four days apart, the first two are not compared; the third lies near both.
    let (mut held, places) = stories(vec![at(0, QUAKE[0]), at(96, QUAKE[1])]);
    assert_eq!((places["en"].as_str(), places["ru"].as_str()), ("en", "ru"));
    let mut working = Working::new(&held);
    working.take(at(48, QUAKE[2]));
    let outcome = working.finish();
    let merged = outcome.merges.iter().find(|merge| merge.into.is_some()).expect("a merger");
    assert_eq!((merged.story.as_str(), merged.into.as_ref()), ("ru", Some(&StoryId::new("en"))));
    assert!(outcome.places.iter().any(|place| place.article.as_str() == "ru"), "it has moved");
    held.apply(&outcome.advance);
    assert_eq!(held.surviving(&StoryId::new("ru")), &StoryId::new("en"));
    assert!(held.places().all(|place| place.story.as_str() == "en"));
}

#[test]
fn what_is_folded_says_how_many_and_who() {
    use crate::desk::model::StoryPlace;
    let member = |id: &str, copy_of: Option<&str>, text: &str, source: &str, added: &[&str]| {
        let draft = Draft {
            key: EntryKey(id.into()),
            names: Names::default(),
            id: Some(ArticleId::new(id)),
            url: format!("https://news.example/{id}"),
            title: "Talks in Doha".into(),
            text: text.into(),
            published: Some(now()),
            updated: None,
            language: None,
            source: source.into(),
            feed: None,
        };
        let (mut article, _) = normalise::article(&draft, packs(), now());
        article.copy_of = copy_of.map(ArticleId::new);
        let place = StoryPlace {
            article: article.id.clone(),
            story: StoryId::new("a"),
            why: String::new(),
            added: added.iter().map(|text| (*text).to_owned()).collect(),
        };
        Member { article, place, agencies: vec!["reuters".into()] }
    };
    let long =
        "The talks in Doha went on for six hours, and were the first of their kind this year.";
    let members = [
        member("flash", None, "Talks are over.", "Wire", &[]),
        member("a", None, long, "Wire", &[]),
        member("b", Some("a"), long, "One", &[]),
        member("c", Some("a"), long, "Two", &["They meet again in May."]),
        member("d", Some("b"), long, "Two", &[]),
        member(
            "ru",
            None,
            "Переговоры в Дохе длились шесть часов и стали первыми в этом году.",
            "Три",
            &[],
        ),
        member(
            "ar",
            None,
            "استمرت المحادثات في الدوحة ست ساعات، وكانت الأولى هذا العام.",
            "أربعة",
            &[],
        ),
    ];
    let folded = fold(&members).expect("a story");
    assert_eq!(folded.lead.article.id.as_str(), "a", "the flash is not full");
    assert_eq!((folded.copies.len(), folded.publishers, folded.agencies), (3, 2, 1));
    assert_eq!(folded.reports.len(), 3);
    let languages: Vec<&str> = folded.languages.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(languages, ["ru", "ar"]);
    assert_eq!(folded.additions.len(), 1);
    assert!(fold(&[]).is_none());
}
