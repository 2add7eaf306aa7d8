//! The stories that the chaos is made of: rounds of talks, each on a day and in a place of its own, told in three
//! languages and two wordings each. A later version adds one sentence, and with it one fact.

use jiff::Timestamp;
use jiff::civil::Date;

/// Versions of a story: its beginning, then how long the talks took, then who led.
pub(super) const VERSIONS: usize = 3;

/// The languages that stories are told in.
pub(super) const LANGUAGES: [&str; 3] = ["ar", "en", "ru"];

/// Wordings in each language.
pub(super) const WORDINGS: usize = 2;

/// Places in the words of each language, as they stand behind "in".
const PLACES: [[&str; 3]; 12] = [
    ["جنيف", "Geneva", "Женеве"],
    ["فيينا", "Vienna", "Вене"],
    ["إسطنبول", "Istanbul", "Стамбуле"],
    ["الرياض", "Riyadh", "Эр-Рияде"],
    ["أبوظبي", "Abu Dhabi", "Абу-Даби"],
    ["الدوحة", "Doha", "Дохе"],
    ["مسقط", "Muscat", "Маскате"],
    ["القاهرة", "Cairo", "Каире"],
    ["أنقرة", "Ankara", "Анкаре"],
    ["هلسنكي", "Helsinki", "Хельсинки"],
    ["بودابست", "Budapest", "Будапеште"],
    ["أستانا", "Astana", "Астане"],
];

/// A round of talks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story {
    pub(super) number: usize,
    /// The day that the talks were held on.
    day: Date,
}

impl Story {
    /// The story that breaks at an instant: talks of the day before.
    pub(super) fn breaking(number: usize, at: Timestamp) -> Self {
        let day = at.to_zoned(jiff::tz::TimeZone::UTC).date().yesterday().expect("a day");
        Self { number, day }
    }

    /// Title and text of a version.
    pub(super) fn told(&self, language: usize, wording: usize, version: usize) -> (String, String) {
        let place = PLACES[self.number % PLACES.len()][language];
        let hours = 5 + self.number % 5;
        let day = match language {
            0 => format!("{} {} {}", self.day.day(), month_ar(self.day.month()), self.day.year()),
            1 => format!("{} {} {}", self.day.day(), month_en(self.day.month()), self.day.year()),
            _ => format!(
                "{} {} {} года",
                self.day.day(),
                month_ru(self.day.month()),
                self.day.year()
            ),
        };
        let (title, sentences) = match (language, wording) {
            (0, 0) => (
                format!("التقى وفدا روسيا والولايات المتحدة في {place}"),
                [
                    format!(
                        "التقى وفدا روسيا والولايات المتحدة في {place} يوم {day}. وعقد اللقاء خلف أبواب مغلقة."
                    ),
                    format!("واستمرت المحادثات {hours} ساعات."),
                    "وترأس الوفد الروسي ألكسندر دارتشييف.".to_owned(),
                ],
            ),
            (0, _) => (
                format!("محادثات روسية أميركية في {place}"),
                [
                    format!(
                        "أجرى دبلوماسيون روس وأميركيون محادثات في {place} في {day}. ولم يسمح للصحفيين بالدخول."
                    ),
                    format!("ودام اللقاء {hours} ساعات."),
                    "ورأس الوفد الروسي ألكسندر دارتشييف.".to_owned(),
                ],
            ),
            (1, 0) => (
                format!("Delegations of Russia and the United States met in {place}"),
                [
                    format!(
                        "Delegations of Russia and the United States met in {place} on {day}. They met behind closed doors."
                    ),
                    format!("The talks lasted {hours} hours."),
                    "The Russian delegation was led by Alexander Darchiev.".to_owned(),
                ],
            ),
            (1, _) => (
                format!("Russian and U.S. diplomats held talks in {place}"),
                [
                    format!(
                        "Russian and U.S. diplomats held talks in {place} on {day}. No journalists were let in."
                    ),
                    format!("The meeting lasted {hours} hours."),
                    "Alexander Darchiev headed the Russian delegation.".to_owned(),
                ],
            ),
            (_, 0) => (
                format!("Делегации России и США встретились в {place}"),
                [
                    format!(
                        "Делегации России и США встретились в {place} {day}. Встреча прошла за закрытыми дверями."
                    ),
                    format!("Переговоры продолжались {hours} часов."),
                    "Российскую делегацию возглавил Александр Дарчиев.".to_owned(),
                ],
            ),
            (_, _) => (
                format!("В {place} прошли переговоры дипломатов России и США"),
                [
                    format!(
                        "Переговоры дипломатов России и США прошли в {place} {day}. Журналистов в зал не пустили."
                    ),
                    format!("Встреча длилась {hours} часов."),
                    "Делегацию России возглавлял Александр Дарчиев.".to_owned(),
                ],
            ),
        };
        (title, sentences[..=version].join("\n"))
    }
}

fn month_en(month: i8) -> &'static str {
    ["August", "September", "October"][usize::try_from(month - 8).expect("a month of the test")]
}

fn month_ru(month: i8) -> &'static str {
    ["августа", "сентября", "октября"][usize::try_from(month - 8).expect("a month of the test")]
}

fn month_ar(month: i8) -> &'static str {
    ["أغسطس", "سبتمبر", "أكتوبر"][usize::try_from(month - 8).expect("a month of the test")]
}
