//! What a page shows, as plain values: no template decides anything, and no text from outside reaches a template that
//! has not passed through here.

mod article;
mod feeds;
mod ledger;
mod outbox;
mod story;

pub(super) use article::ArticleView;
pub(super) use feeds::FeedView;
pub(super) use ledger::{AlertView, StorylineView, ledger};
pub(super) use outbox::{DeliveryView, state_name};
pub(super) use story::StoryView;

use jiff::Timestamp;

use crate::desk::model::{Article, Claim, LanguageId};

/// Text that came from outside, in its own direction and language.
pub(super) struct Words {
    pub(super) text: String,
    /// The value of the attribute `dir`.
    pub(super) dir: &'static str,
    /// The value of the attribute `lang`; empty when unknown.
    pub(super) lang: String,
}

impl Words {
    pub(super) fn new(text: &str, language: Option<&LanguageId>) -> Self {
        let text = plain(text);
        let lang = language.map(|id| plain(id.as_str())).unwrap_or_default();
        Self { dir: direction(&text), text, lang }
    }
}

/// A sentence with the words in it that matter.
pub(super) struct Quote {
    pub(super) before: String,
    pub(super) words: String,
    pub(super) after: String,
    pub(super) dir: &'static str,
    pub(super) lang: String,
}

impl Quote {
    /// Marks the first place of `words`; marks nothing when the sentence does not hold them.
    pub(super) fn new(sentence: &str, words: &str, language: Option<&LanguageId>) -> Self {
        let (sentence, words) = (plain(sentence), plain(words));
        let dir = direction(&sentence);
        let lang = language.map(|id| plain(id.as_str())).unwrap_or_default();
        let found = sentence.split_once(&words).filter(|_| !words.is_empty());
        let (before, words, after) = match found {
            Some((before, after)) => (before.to_owned(), words, after.to_owned()),
            None => (sentence, String::new(), String::new()),
        };
        Self { before, words, after, dir, lang }
    }
}

/// An instant, for machines and for people.
pub(super) struct Stamp {
    pub(super) iso: String,
    pub(super) shown: String,
}

impl Stamp {
    pub(super) fn new(at: Timestamp) -> Self {
        Self { iso: at.to_string(), shown: at.strftime("%Y-%m-%d %H:%M UTC").to_string() }
    }
}

/// Where a text came from: the publisher, a link to it, and our own page about it.
pub(super) struct Origin {
    pub(super) source: Words,
    pub(super) title: Words,
    /// None when the link leads to anything but the web.
    pub(super) link: Option<String>,
    pub(super) page: String,
}

impl Origin {
    fn of_article(article: &Article) -> Self {
        Self {
            source: Words::new(&article.source, None),
            title: Words::new(&article.title, Some(&article.language)),
            link: web_link(&article.url),
            page: page_of(article.id.as_str()),
        }
    }

    /// For a claim whose article has been dropped.
    fn of_claim(claim: &Claim) -> Self {
        Self {
            source: Words::new(&claim.origin, None),
            title: Words::new("", None),
            link: None,
            page: page_of(claim.article.as_str()),
        }
    }
}

/// The path of our page about an article.
fn page_of(id: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
    // In a path a blank is not written as a plus.
    format!("/article/{}", encoded.replace('+', "%20"))
}

/// A link that may be shown: `http` and `https` lead to the web, anything else might run or open something.
pub(super) fn web_link(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// The text without characters that change how other text is shown: the bidirectional embeddings, overrides and
/// isolates (U+202A–202E, U+2066–2069), with which a title could reorder the page around it, and control characters
/// other than line breaks and tabs.
pub(super) fn plain(text: &str) -> String {
    let shown = |c: &char| match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => false,
        '\n' | '\t' => true,
        c => !c.is_control(),
    };
    text.chars().filter(shown).collect()
}

/// The direction of most of the letters. The first letter alone, by which browsers go, is wrong for an Arabic sentence
/// that begins with a Latin name.
pub(super) fn direction(text: &str) -> &'static str {
    let (mut rtl, mut ltr) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c {
            // Hebrew to Arabic Extended-A, the presentation forms, and the right-to-left scripts of plane 1.
            '\u{0590}'..='\u{08FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}' => rtl += 1,
            _ => ltr += 1,
        }
    }
    if rtl > ltr { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reorders_the_page_is_not_shown() {
        assert_eq!(plain("a\u{202E}b\u{2066}c\u{2069}\u{0}\u{1b}[1m\nd\te"), "abc[1m\nd\te");
        // Marks that only take part in the ordering of their own line stay: Persian and Arabic need them.
        assert_eq!(plain("می\u{200C}خواهم\u{200F}"), "می\u{200C}خواهم\u{200F}");
    }

    #[test]
    fn direction_is_that_of_most_letters() {
        for (text, dir) in [
            ("Reuters: قالت الخارجية الروسية إن المحادثات", "rtl"),
            ("10 أبريل", "rtl"),
            ("Песков: встреча пройдет в Стамбуле", "ltr"),
            ("The word «سلام» means peace", "ltr"),
            ("שלום", "rtl"),
            ("2025-04-10", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction(text), dir, "{text}");
        }
    }

    #[test]
    fn only_the_web_is_linked() {
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "x", ""]
        {
            assert_eq!(web_link(url), None, "{url}");
        }
        assert_eq!(web_link("https://a.example/\"x").as_deref(), Some("https://a.example/%22x"));
    }

    #[test]
    fn a_quote_marks_its_words() {
        let quote = Quote::new("The talks resume on 10 April in Istanbul.", "10 April", None);
        assert_eq!(
            (quote.before.as_str(), quote.words.as_str(), quote.after.as_str()),
            ("The talks resume on ", "10 April", " in Istanbul.")
        );
        assert_eq!(Quote::new("No such words.", "elsewhere", None).words, "");
        assert_eq!(Quote::new("No words.", "", None).before, "No words.");
    }
}
