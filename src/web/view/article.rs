//! An article and the reasons that were noted about it, as they are shown.

use super::{Stamp, Words, page_of, plain, web_link};
use crate::desk::model::{Article, Dated, JournalEntry, Revision};

/// A text longer than this, in characters, is cut; its publisher has the rest.
const MOST_TEXT: usize = 20_000;

/// The page about one version of an article.
pub(in crate::web) struct ArticleView {
    pub(in crate::web) id: String,
    pub(in crate::web) title: Words,
    pub(in crate::web) source: Words,
    pub(in crate::web) link: Option<String>,
    pub(in crate::web) language: String,
    pub(in crate::web) version: u32,
    /// Our pages about the version before, and about the article that this one copies.
    pub(in crate::web) revision_of: Option<String>,
    pub(in crate::web) copy_of: Option<String>,
    /// How it differs from the version before, in words, and sentence by sentence.
    pub(in crate::web) revision: Option<String>,
    pub(in crate::web) difference: Vec<DifferenceView>,
    pub(in crate::web) published: Stamp,
    /// How the date is known, when its publisher did not simply say it.
    pub(in crate::web) dated: &'static str,
    pub(in crate::web) first_seen: Stamp,
    pub(in crate::web) paragraphs: Vec<Words>,
    pub(in crate::web) is_cut: bool,
    pub(in crate::web) journal: Vec<ReasonView>,
}

/// A sentence that is new or gone.
pub(in crate::web) struct DifferenceView {
    pub(in crate::web) sign: &'static str,
    pub(in crate::web) sentence: Words,
}

/// One decision.
pub(in crate::web) struct ReasonView {
    pub(in crate::web) at: Stamp,
    pub(in crate::web) step: &'static str,
    pub(in crate::web) reason: Words,
}

impl ArticleView {
    pub(in crate::web) fn new(article: &Article, journal: &[JournalEntry]) -> Self {
        let text: String = article.text.chars().take(MOST_TEXT).collect();
        let paragraph = |line: &str| Words::new(line, Some(&article.language));
        Self {
            id: plain(article.id.as_str()),
            title: Words::new(&article.title, Some(&article.language)),
            source: Words::new(&article.source, None),
            link: web_link(&article.url),
            language: plain(article.language.as_str()),
            version: article.version,
            revision_of: article.revision_of.as_ref().map(|id| page_of(id.as_str())),
            copy_of: article.copy_of.as_ref().map(|id| page_of(id.as_str())),
            revision: article.revision.as_ref().map(ToString::to_string),
            difference: article
                .revision
                .as_ref()
                .map(|r| difference(r, article))
                .unwrap_or_default(),
            published: Stamp::new(article.published.at),
            dated: match article.published.how {
                Dated::Declared => "",
                Dated::Clamped => {
                    "the feed gives a time in the future; this is the time of arrival"
                }
                Dated::Arrival => "the feed gives no time; this is the time of arrival",
            },
            first_seen: Stamp::new(article.first_seen),
            is_cut: text.len() < article.text.len(),
            paragraphs: text.lines().filter(|l| !l.trim().is_empty()).map(paragraph).collect(),
            journal: journal.iter().map(ReasonView::new).collect(),
        }
    }
}

/// What was written anew comes as what it was and what it is.
fn difference(revision: &Revision, article: &Article) -> Vec<DifferenceView> {
    let view = |sign: &'static str, sentence: &String| DifferenceView {
        sign,
        sentence: Words::new(sentence, Some(&article.language)),
    };
    let added = revision.added.iter().map(|sentence| view("+", sentence));
    let changed = revision.changed.iter().flat_map(|c| [view("−", &c.was), view("+", &c.now)]);
    let removed = revision.removed.iter().map(|sentence| view("−", sentence));
    added.chain(changed).chain(removed).collect()
}

impl ReasonView {
    fn new(entry: &JournalEntry) -> Self {
        Self {
            at: Stamp::new(entry.at),
            step: entry.step.as_str(),
            reason: Words::new(&entry.reason, None),
        }
    }
}
