//! Feeds that do everything to their entries that feeds do: other ids at every poll, another order, other dates, links with
//! tracking parameters, titles that are touched up, entries that drop out and come back, and edits, mostly silent ones.

use jiff::{SignedDuration, Timestamp};
use marsad::desk::model::{Answer, FeedState, Fetched, LanguageId};

use super::stories::{LANGUAGES, Story, VERSIONS, WORDINGS};
use crate::support::random::Random;

/// Entries that a feed shows at a time.
const SHOWN: usize = 8;

/// How a feed names its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ids {
    /// As it should.
    Stable,
    /// Another id for each entry at every poll.
    Random,
    /// The link, with its tracking parameters.
    Link,
    /// The place in the feed.
    Place,
    /// None at all.
    None,
}

/// How a feed dates its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dates {
    Stable,
    /// Some hours off, others at every poll.
    Jitter,
    /// The time of the poll.
    Poll,
    /// None at all.
    None,
    /// Two days ahead.
    Future,
}

/// A feed and its whims.
pub(super) struct Outlet {
    pub(super) state: FeedState,
    pub(super) ids: Ids,
    dates: Dates,
    number: usize,
    language: usize,
    wording: usize,
    /// The poll from which on all its pages have other addresses.
    moves_at: Option<usize>,
    random: Random,
    /// For each story the polls at which its versions appear.
    plans: Vec<[usize; VERSIONS]>,
    /// The stories that were shown.
    pub(super) shown: std::collections::BTreeSet<usize>,
}

/// An entry as it is printed.
struct Entry {
    id: Option<String>,
    link: String,
    title: String,
    text: String,
    date: Option<Timestamp>,
}

impl Outlet {
    /// A feed; `releases` are the polls at which the stories break.
    pub(super) fn new(number: usize, releases: &[usize], start: Timestamp) -> Self {
        let mut random = Random(0xfeed_0000 + number as u64);
        let language = number % LANGUAGES.len();
        let ids =
            [Ids::Stable, Ids::Random, Ids::Link, Ids::Stable, Ids::Place, Ids::None][number % 6];
        let dates =
            [Dates::Stable, Dates::Jitter, Dates::Poll, Dates::None, Dates::Future][number % 5];
        let plans = releases.iter().map(|release| {
            let first = release + random.below(12);
            let second = first + 4 + random.below(16);
            [first, second, second + 4 + random.below(16)]
        });
        let plans = plans.collect();
        let url = format!("https://feed{number}.example/rss");
        let source = format!("Outlet {number}");
        let hint = (!random.one_in(4)).then(|| LanguageId::new(LANGUAGES[language]));
        let moves_at = (ids == Ids::Stable).then(|| 20 + random.below(60));
        Self {
            state: FeedState::new(url, source, hint, start),
            ids,
            dates,
            number,
            language,
            wording: random.below(WORDINGS),
            moves_at,
            random,
            plans,
            shown: std::collections::BTreeSet::new(),
        }
    }

    /// What the feed answers at a poll. `appeared` tells when a poll was.
    pub(super) fn answer(
        &mut self,
        poll: usize,
        stories: &[Story],
        appeared: impl Fn(usize) -> Timestamp,
        now: Timestamp,
    ) -> Fetched {
        let mut on: Vec<usize> =
            (0..stories.len()).filter(|story| self.plans[*story][0] <= poll).collect();
        on.sort_by_key(|story| std::cmp::Reverse(self.plans[*story][0]));
        on.truncate(SHOWN);
        on.retain(|_| !self.random.one_in(7));
        self.random.shuffle(&mut on);
        let mut entries: Vec<Entry> = Vec::new();
        for (place, story) in on.into_iter().enumerate() {
            self.shown.insert(story);
            let version = self.plans[story].iter().filter(|from| **from <= poll).count() - 1;
            let (title, text) = stories[story].told(self.language, self.wording, version);
            let since = appeared(self.plans[story][0]);
            let link = self.link(poll, &format!("story-{story}"));
            entries.push(Entry {
                id: self.id(&format!("story-{story}"), &link, place),
                link,
                title: self.touched(title),
                text,
                date: self.date(since, now),
            });
        }
        let weather = self.weather(poll, entries.len(), now);
        entries.push(weather);
        let (kind, body) = if self.number % 4 == 3 { json(&entries) } else { rss(&entries) };
        Fetched::Answer(Answer {
            status: 200,
            headers: vec![("content-type".into(), kind.into())],
            body: body.into_bytes(),
            url: self.state.url.clone(),
            permanent: None,
        })
    }

    /// An entry that no storyline is interested in, under one address with other words every day.
    fn weather(&mut self, poll: usize, place: usize, now: Timestamp) -> Entry {
        let (title, text) = [
            ("حالة الطقس", "طقس مشمس مع رياح خفيفة من الشمال، والحرارة"),
            ("The weather", "Sunny with a light wind from the north, and degrees of"),
            ("Погода", "Солнечно, слабый северный ветер, температура воздуха"),
        ][self.language];
        let link = self.link(poll, "weather");
        Entry {
            id: self.id("weather", &link, place),
            link,
            title: title.to_owned(),
            text: format!("{text} {}.", 10 + poll / 24),
            date: self.date(now, now),
        }
    }

    fn id(&mut self, story: &str, link: &str, place: usize) -> Option<String> {
        match self.ids {
            Ids::Stable => Some(format!("tag:{}:{story}", self.number)),
            Ids::Random => Some(format!("{:016x}", self.random.below(usize::MAX))),
            Ids::Link => Some(link.to_owned()),
            Ids::Place => Some((place + 1).to_string()),
            Ids::None => None,
        }
    }

    fn link(&mut self, poll: usize, story: &str) -> String {
        let moved = self.moves_at.is_some_and(|from| from <= poll);
        let folder = if moved { "articles" } else { "news" };
        let random = &mut self.random;
        let scheme = if random.one_in(5) { "http" } else { "https" };
        let www = if random.one_in(4) { "www." } else { "" };
        let tail = ["", "/", "#top", "?id=7"][self.number % 4];
        let (path, mark) = match tail {
            "?id=7" => ("?id=7", '&'),
            "/" => ("/", '?'),
            _ => ("", '?'),
        };
        let tracked = match random.below(5) {
            0 => format!("{mark}utm_source=rss&utm_campaign=c{}", random.below(1000)),
            1 => format!("{mark}fbclid=f{}", random.below(100_000)),
            2 => format!("{mark}yclid={}&ref=feed", random.below(100_000)),
            _ => String::new(),
        };
        let fragment = if tail == "#top" && random.one_in(2) { "#top" } else { "" };
        format!(
            "{scheme}://{www}outlet{}.example/{folder}/{story}{path}{tracked}{fragment}",
            self.number
        )
    }

    fn date(&mut self, since: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let minutes = |random: &mut Random, below: usize| {
            SignedDuration::from_mins(i64::try_from(random.below(below)).unwrap_or(0))
        };
        match self.dates {
            Dates::Stable => Some(since),
            Dates::Jitter => {
                let off = minutes(&mut self.random, 360) - SignedDuration::from_hours(3);
                Some((since + off).min(now))
            }
            Dates::Poll => Some(now),
            Dates::None => None,
            Dates::Future => Some(now + SignedDuration::from_hours(48)),
        }
    }

    /// A title as an editor, or his system, touches it up; now and then with a word that adds nothing.
    fn touched(&mut self, title: String) -> String {
        match self.random.below(12) {
            0 => title.to_uppercase(),
            1 => title.replace(' ', "  "),
            2 => format!(" {title}\t"),
            3 => title.replace(' ', "\u{a0}"),
            4 => format!("{}: {title}", ["محدث", "Updated", "Обновлено"][self.language]),
            _ => title,
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\u{a0}', "&#160;")
}

fn rss(entries: &[Entry]) -> (&'static str, String) {
    let mut body = String::from("<rss version=\"2.0\"><channel><title>News</title>");
    for entry in entries {
        let paragraphs: Vec<String> =
            entry.text.lines().map(|line| format!("<p>{}</p>", escaped(line))).collect();
        body.push_str("<item>");
        if let Some(id) = &entry.id {
            body.push_str(&format!("<guid isPermaLink=\"false\">{}</guid>", escaped(id)));
        }
        if let Some(date) = entry.date {
            body.push_str(&format!("<pubDate>{date}</pubDate>"));
        }
        body.push_str(&format!(
            "<link>{}</link><title>{}</title><description><![CDATA[{}]]></description></item>",
            escaped(&entry.link),
            escaped(&entry.title),
            paragraphs.concat(),
        ));
    }
    body.push_str("</channel></rss>");
    ("application/rss+xml; charset=utf-8", body)
}

fn json(entries: &[Entry]) -> (&'static str, String) {
    let items: Vec<serde_json::Value> = entries
        .iter()
        .map(|entry| {
            serde_json::json!({
                "id": entry.id, "url": entry.link, "title": entry.title, "content_text": entry.text,
                "date_published": entry.date.map(|date| date.to_string()),
            })
        })
        .collect();
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items,
    });
    ("application/feed+json", feed.to_string())
}
