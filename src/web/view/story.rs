//! A story as it is shown: folded to its lead, with what stands behind it.

use super::{Origin, Stamp, Words, plain};
use crate::desk::stories::{Member, fold};

/// Additions that are shown of a story; the page of the article has the rest.
const ADDITIONS_MAX: usize = 12;

/// A story.
pub(in crate::web) struct StoryView {
    pub(in crate::web) id: String,
    /// Our page about it.
    pub(in crate::web) page: String,
    pub(in crate::web) lead: Origin,
    pub(in crate::web) language: String,
    pub(in crate::web) published: Stamp,
    /// `+12 copies (7 publishers, 1 agency)`; empty without copies.
    pub(in crate::web) copies: String,
    /// `3 other reports`; empty without.
    pub(in crate::web) reports: String,
    pub(in crate::web) languages: Vec<(String, Origin)>,
    pub(in crate::web) additions: Vec<AdditionView>,
    pub(in crate::web) members: Vec<MemberView>,
}

/// A sentence that a copy has added.
pub(in crate::web) struct AdditionView {
    pub(in crate::web) text: Words,
    pub(in crate::web) origin: Origin,
}

/// An article of a story.
pub(in crate::web) struct MemberView {
    pub(in crate::web) published: Stamp,
    pub(in crate::web) language: String,
    pub(in crate::web) origin: Origin,
    pub(in crate::web) why: Words,
}

/// The path of our page about a story.
fn page_of_story(id: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/story/{}", encoded.replace('+', "%20"))
}

/// A number of things, in words.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

impl StoryView {
    /// None for a story whose articles have all been dropped.
    pub(in crate::web) fn new(members: &[Member]) -> Option<Self> {
        let folded = fold(members)?;
        let lead = &folded.lead.article;
        let id = folded.lead.place.story.as_str();
        let mut behind = vec![count(folded.publishers, "publisher", "publishers")];
        if folded.agencies > 0 {
            behind.push(count(folded.agencies, "agency", "agencies"));
        }
        let copies = match folded.copies.len() {
            0 => String::new(),
            n => format!("+{} ({})", count(n, "copy", "copies"), behind.join(", ")),
        };
        let reports = match folded.reports.len() {
            0 => String::new(),
            n => count(n, "other report", "other reports"),
        };
        let languages = folded.languages.iter().map(|(language, first)| {
            (plain(language.as_str()), Origin::of_article(&first.article))
        });
        let additions =
            folded.additions.iter().take(ADDITIONS_MAX).map(|(by, text)| AdditionView {
                text: Words::new(text, Some(&by.article.language)),
                origin: Origin::of_article(&by.article),
            });
        Some(Self {
            id: plain(id),
            page: page_of_story(id),
            lead: Origin::of_article(lead),
            language: plain(lead.language.as_str()),
            published: Stamp::new(lead.published.at),
            copies,
            reports,
            languages: languages.collect(),
            additions: additions.collect(),
            members: members.iter().map(MemberView::new).collect(),
        })
    }
}

impl MemberView {
    fn new(member: &Member) -> Self {
        Self {
            published: Stamp::new(member.article.published.at),
            language: plain(member.article.language.as_str()),
            origin: Origin::of_article(&member.article),
            why: Words::new(&member.place.why, None),
        }
    }
}
