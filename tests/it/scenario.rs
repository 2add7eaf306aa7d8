//! The whole daemon over HTTP, in virtual time: what a newspaper does, and what a journalist is told.

use jiff::SignedDuration;

use crate::support::world::{Page, World};

const RSS: &str = "application/rss+xml; charset=utf-8";

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

struct Item {
    guid: Option<&'static str>,
    title: &'static str,
    text: &'static str,
    date: &'static str,
}

const AR: Item = Item {
    guid: Some("ar-1"),
    title: "الجولة الثانية من المشاورات الروسية الأميركية في ١٠ نيسان",
    text: "أعلنت وزارة الخارجية الروسية أن الجولة الثانية من المشاورات الروسية الأميركية ستعقد في ١٠ نيسان/أبريل في مدينة إسطنبول.",
    date: "Tue, 08 Apr 2025 09:30:00 +0000",
};
const RU: Item = Item {
    guid: Some("ru-1"),
    title: "Второй раунд консультаций России и США пройдет в Стамбуле",
    text: "Второй раунд консультаций России и США о работе посольств состоится 10 апреля в Стамбуле, сообщили в МИД РФ.",
    date: "Tue, 08 Apr 2025 09:40:00 +0000",
};
const EN: Item = Item {
    guid: Some("en-1"),
    title: "US and Russian diplomats will meet in Istanbul on April 10",
    text: "U.S. and Russian delegations will meet in Istanbul on April 10 for talks on their embassies, the State Department said.",
    date: "Tue, 08 Apr 2025 09:50:00 +0000",
};

fn rss(items: &[&Item]) -> Vec<u8> {
    rss_declared(items, "")
}

fn rss_declared(items: &[&Item], declaration: &str) -> Vec<u8> {
    let mut out = format!("{declaration}<rss version=\"2.0\"><channel><title>t</title>");
    for item in items {
        let guid = item.guid.map(|g| {
            format!("<guid isPermaLink=\"false\">{g}</guid><link>https://news.example/{g}</link>")
        });
        out.push_str(&format!(
            "<item>{}<title>{}</title><pubDate>{}</pubDate><description>{}</description></item>",
            guid.unwrap_or_default(),
            item.title,
            item.date,
            item.text
        ));
    }
    out.push_str("</channel></rss>");
    out.into_bytes()
}

fn feed(items: &[&Item]) -> Page {
    Page::Feed(RSS, rss(items))
}

/// A world whose feeds have had their silent first poll.
async fn primed(names: &[&str]) -> World {
    let mut world = World::at("2025-04-08T09:00:00Z").await;
    for name in names {
        world.publishes(name, feed(&[]));
    }
    world.start().await;
    world.pass(minutes(5)).await;
    world
}

#[tokio::test(start_paused = true)]
async fn the_first_to_say_it_is_told_in_its_language_and_the_others_are_silent() {
    for (first, second, third, language) in
        [(&AR, &RU, &EN, "ar"), (&RU, &EN, &AR, "ru"), (&EN, &AR, &RU, "en")]
    {
        let mut world = primed(&["one", "two", "three"]).await;
        world.publishes("one", feed(&[first]));
        world.pass(HOUR).await;
        let told = world.told();
        assert!(told.contains(&"date=2025-04-10".to_owned()), "{language}: {told:?}");
        assert!(told.contains(&"city=istanbul".to_owned()), "{language}: {told:?}");
        let alert = world.received().remove(0);
        assert_eq!(alert.article.language.as_str(), language);
        assert!(
            first.text.contains(&alert.evidence.quote)
                || first.title.contains(&alert.evidence.quote)
        );
        world.publishes("two", feed(&[second]));
        world.publishes("three", feed(&[third]));
        world.pass(HOUR).await;
        let again = world.received().into_iter().filter(|a| a.kind.as_str() != "corroborated");
        let dates = again.filter(|a| ["date", "city", "status"].contains(&a.slot.as_str())).count();
        assert_eq!(dates, 3, "{language}: {:?}", world.told());
        assert_eq!(world.bad_signatures(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_poll_of_a_feed_is_silent() {
    let mut world = World::at("2025-04-08T10:00:00Z").await;
    world.publishes("one", feed(&[&EN]));
    world.start().await;
    world.pass(HOUR).await;
    assert_eq!(world.told(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn an_unchanged_feed_is_asked_conditionally_and_answers_304() {
    let world = primed(&["one"]).await;
    world.pass(HOUR).await;
    let asked = world.asked("one");
    assert!(asked.len() >= 5, "{}", asked.len());
    assert!(asked.iter().skip(1).all(|a| a.conditional));
}

#[tokio::test(start_paused = true)]
async fn a_feed_without_ids_is_told_once() {
    let bare = Item { guid: None, ..RU };
    let noise = Item { guid: None, title: "Погода", text: "В Москве снег.", ..RU };
    let mut world = primed(&["one"]).await;
    for round in 0..5 {
        // The order changes, so that the body does too and no poll ends in a 304.
        let items: Vec<&Item> =
            if round % 2 == 0 { vec![&bare, &noise] } else { vec![&noise, &bare] };
        world.publishes("one", feed(&items));
        world.pass(minutes(15)).await;
    }
    let told = world.told();
    let dates = told.iter().filter(|t| *t == "date=2025-04-10").count();
    assert_eq!(dates, 1, "{told:?}");
    let counts = world.store().counts().await.expect("counts");
    assert_eq!(counts.articles, 2);
}

#[tokio::test(start_paused = true)]
async fn arabic_in_windows_1256_and_russian_in_windows_1251_are_read() {
    for (item, charset) in [(&AR, "windows-1256"), (&RU, "windows-1251")] {
        let declaration = format!("<?xml version=\"1.0\" encoding=\"{charset}\"?>");
        // Arabic-Indic digits are not in windows-1256; publishers who use it write ASCII digits.
        let text = String::from_utf8(rss_declared(&[item], &declaration)).expect("UTF-8");
        let text = text.replace("١٠", "10");
        let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).expect("a charset");
        let (bytes, _, lossy) = encoding.encode(&text);
        assert!(!lossy, "{charset}");
        let mut world = primed(&["one"]).await;
        world.publishes("one", Page::Feed("application/xml", bytes.into_owned()));
        world.pass(HOUR).await;
        assert!(
            world.told().contains(&"date=2025-04-10".to_owned()),
            "{charset}: {:?}",
            world.told()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_header_that_lies_about_the_charset_is_survived() {
    let mut world = primed(&["one"]).await;
    world.publishes("one", Page::Feed("text/xml; charset=windows-1251", rss(&[&RU])));
    world.pass(HOUR).await;
    assert!(world.told().contains(&"city=istanbul".to_owned()), "{:?}", world.told());
}

#[tokio::test(start_paused = true)]
async fn an_edited_entry_tells_only_what_is_new() {
    let edited = Item {
        text: "U.S. and Russian delegations will meet in Istanbul on April 10 for talks on their embassies, the State Department said. Sonata Coulter will lead the American delegation to the talks.",
        date: "Tue, 08 Apr 2025 09:50:00 +0000",
        ..EN
    };
    let mut world = primed(&["one"]).await;
    world.publishes("one", feed(&[&EN]));
    world.pass(HOUR).await;
    let before = world.told();
    world.publishes("one", feed(&[&edited]));
    world.pass(HOUR).await;
    let after = world.told();
    assert_eq!(after[before.len()..], ["head.us=sonata-coulter"], "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn a_corrected_day_replaces_the_alert_under_the_same_id() {
    let corrected = [
        Item {
            title: "الجولة الثانية من المشاورات الروسية الأميركية في ١١ نيسان",
            text: "أعلنت وزارة الخارجية الروسية أن الجولة الثانية من المشاورات الروسية الأميركية ستعقد في ١١ نيسان/أبريل في مدينة إسطنبول.",
            date: "Tue, 08 Apr 2025 10:30:00 +0000",
            ..AR
        },
        Item {
            title: RU.title,
            text: "Второй раунд консультаций России и США о работе посольств состоится 11 апреля в Стамбуле, сообщили в МИД РФ.",
            date: "Tue, 08 Apr 2025 10:30:00 +0000",
            ..RU
        },
        Item {
            title: "US and Russian diplomats will meet in Istanbul on April 11",
            text: "U.S. and Russian delegations will meet in Istanbul on April 11 for talks on their embassies, the State Department said.",
            date: "Tue, 08 Apr 2025 10:30:00 +0000",
            ..EN
        },
    ];
    for (item, edited) in [&AR, &RU, &EN].into_iter().zip(&corrected) {
        let mut world = primed(&["one"]).await;
        world.publishes("one", feed(&[item]));
        world.pass(HOUR).await;
        let before = world.received();
        let first = before.iter().find(|a| a.slot.as_str() == "date").expect("a date").clone();
        world.publishes("one", feed(&[edited]));
        world.pass(HOUR).await;
        let after = world.received().split_off(before.len());
        let [second] = after.as_slice() else { panic!("one change: {after:?}") };
        assert_eq!((second.slot.as_str(), second.value.as_str()), ("date", "2025-04-11"));
        assert_eq!(
            (second.kind.as_str(), second.previous.as_deref()),
            ("changed", Some("2025-04-10"))
        );
        assert_eq!((&second.id, second.version), (&first.id, first.version + 1));
        assert_eq!(second.event.id, first.event.id);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_published_earlier_and_comes_later_tells_only_what_nobody_knew() {
    let earlier = Item {
        guid: Some("ru-0"),
        title: "Россия и США проведут консультации в апреле",
        text: "Консультации России и США о работе посольств пройдут в апреле в Стамбуле, сообщили в МИД РФ. Российскую делегацию на переговорах возглавит Александр Дарчиев.",
        date: "Tue, 08 Apr 2025 08:20:00 +0000",
    };
    let mut world = primed(&["one", "two"]).await;
    world.publishes("one", feed(&[&EN]));
    world.pass(HOUR).await;
    let before = world.received();
    world.publishes("two", feed(&[&earlier]));
    world.pass(HOUR).await;
    let told = world.told().split_off(before.len());
    assert_eq!(told, ["head.ru=alexander-darchiev"]);
    let late = world.received().pop().expect("an alert");
    assert_eq!(late.event.id, before[0].event.id, "the event keeps its id");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_patience_gets_it() {
    let mut world = primed(&["one"]).await;
    world.publishes("one", Page::Status(429, vec![("retry-after", "7200".into())]));
    world.pass(minutes(30)).await;
    let asked = world.asked("one");
    let refused = asked.last().expect("asked").at;
    world.publishes("one", feed(&[&EN]));
    world.pass(HOUR * 3).await;
    let next = world.asked("one").into_iter().find(|a| a.at > refused).expect("asked again").at;
    assert!(next.duration_since(refused) >= HOUR * 2, "{next} after {refused}");
    assert!(world.told().contains(&"date=2025-04-10".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_failing_slow_or_cut_feed_delays_no_other_and_recovers() {
    let mut world = primed(&["broken", "slow", "cut", "good"]).await;
    world.publishes("broken", Page::Status(500, vec![]));
    world.publishes("slow", Page::Silence);
    world.publishes("cut", Page::Cut(rss(&[&EN])[..120].to_vec()));
    world.publishes("good", feed(&[&RU]));
    world.pass(HOUR).await;
    assert!(world.told().contains(&"date=2025-04-10".to_owned()), "{:?}", world.told());
    let bad = world.store().feeds().await.expect("feeds");
    assert_eq!(bad.iter().filter(|feed| feed.failures > 0).count(), 3);
    for name in ["broken", "slow", "cut"] {
        world.publishes(name, feed(&[]));
    }
    world.pass(HOUR * 24).await;
    let feeds = world.store().feeds().await.expect("feeds");
    assert!(feeds.iter().all(|feed| feed.failures == 0), "{feeds:?}");
}

#[tokio::test(start_paused = true)]
async fn a_collector_that_was_down_gets_each_alert_once_under_one_id() {
    let mut world = primed(&["one"]).await;
    world.collector_answers(&[500, 500, 500, 500]);
    world.publishes("one", feed(&[&EN]));
    world.pass(HOUR * 3).await;
    let ids = world.ids();
    let mut distinct = ids.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len(), "no second copy without a crash");
    assert_eq!(world.hook_requests(), ids.len() + 4);
    assert!(world.told().contains(&"date=2025-04-10".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_collector_that_is_gone_is_not_asked_again() {
    let mut world = primed(&["one"]).await;
    world.collector_answers(&[410; 20]);
    world.publishes("one", feed(&[&EN]));
    world.pass(HOUR * 48).await;
    assert_eq!(world.told(), Vec::<String>::new());
    let counts = world.store().counts().await.expect("counts");
    assert!(counts.dead > 0 && counts.pending == 0, "{counts:?}");
    assert_eq!(world.hook_requests() as u64, counts.dead, "one attempt each");
}

#[tokio::test(start_paused = true)]
async fn a_restart_tells_nothing_twice_and_polls_nothing_early() {
    let mut world = primed(&["one"]).await;
    world.publishes("one", feed(&[&EN]));
    world.pass(HOUR).await;
    let (ids, asked) = (world.ids(), world.asked("one").len());
    for _ in 0..5 {
        world.stop().await;
        world.start().await;
        world.pass(SignedDuration::from_secs(1)).await;
    }
    assert!(world.asked("one").len() <= asked + 1, "a restart is no reason to ask");
    world.publishes("one", feed(&[&EN, &RU]));
    world.pass(HOUR).await;
    let dates = world.told().into_iter().filter(|t| t == "date=2025-04-10").count();
    assert!(dates <= 2, "{:?}", world.told());
    assert_eq!(world.ids()[..ids.len()], ids[..]);
    world.store().integrity_check().await.expect("a sound file");
}
