//! Folding a story for display: one lead article, how often it was copied, who else reports, in which languages, and what
//! a later copy has added.

use std::collections::BTreeSet;

use crate::desk::model::{Article, ArticleId, LanguageId, StoryPlace};

/// The lead has at least this share of the longest text: a flash of one line comes first and tells nothing.
const FULL_SHARE: f64 = 2.0 / 3.0;

/// An article of a story.
#[derive(Clone, Debug)]
pub struct Member {
    /// The article version.
    pub article: Article,
    /// That it stands in the story, and why.
    pub place: StoryPlace,
    /// The agencies that its claims credit.
    pub agencies: Vec<String>,
}

/// A story as it is shown.
#[derive(Clone, Debug)]
pub struct Folded<'a> {
    /// The earliest of the full articles.
    pub lead: &'a Member,
    /// Copies of its articles.
    pub copies: Vec<&'a Member>,
    /// Publishers of the copies.
    pub publishers: usize,
    /// Agencies that the story's articles credit.
    pub agencies: usize,
    /// Other reports of their own.
    pub reports: Vec<&'a Member>,
    /// The languages beside the lead's, each with its first article.
    pub languages: Vec<(&'a LanguageId, &'a Member)>,
    /// What later copies have added, sentence by sentence.
    pub additions: Vec<(&'a Member, &'a str)>,
}

/// Folds the articles of a story, which come in the order of their arrival. None without articles.
pub fn fold(members: &[Member]) -> Option<Folded<'_>> {
    let ids: BTreeSet<&ArticleId> = members.iter().map(|member| &member.article.id).collect();
    let copied = |member: &Member| {
        let of = member.article.copy_of.as_ref().or(member.article.revision_of.as_ref());
        of.is_some_and(|of| ids.contains(of))
    };
    let mut in_time: Vec<&Member> = members.iter().collect();
    in_time.sort_by_key(|member| member.article.published.at);
    let (copies, own): (Vec<&Member>, Vec<&Member>) =
        in_time.into_iter().partition(|member| copied(member));
    let longest = own.iter().map(|member| member.article.text.len()).max().unwrap_or(0) as f64;
    let full = |member: &&&Member| member.article.text.len() as f64 >= FULL_SHARE * longest;
    let lead = *own.iter().find(full).or(own.first()).or(copies.first())?;
    let sources: BTreeSet<&str> = copies.iter().map(|one| one.article.source.as_str()).collect();
    let agencies: BTreeSet<&str> =
        members.iter().flat_map(|one| &one.agencies).map(String::as_str).collect();
    let mut languages: Vec<(&LanguageId, &Member)> = Vec::new();
    for one in own.iter().chain(&copies) {
        let language = &one.article.language;
        let known = languages.iter().any(|(known, _)| *known == language);
        if *language != lead.article.language && !known {
            languages.push((language, *one));
        }
    }
    let additions =
        copies.iter().flat_map(|one| one.place.added.iter().map(|text| (*one, text.as_str())));
    Some(Folded {
        lead,
        publishers: sources.len(),
        agencies: agencies.len(),
        reports: own.into_iter().filter(|one| !std::ptr::eq(*one, lead)).collect(),
        languages,
        additions: additions.collect(),
        copies,
    })
}
