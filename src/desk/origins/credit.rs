//! Credits within sentences.

use std::fmt;

use crate::desk::claims::{Reading, Sentence};
use crate::desk::normalise::Token;
use crate::desk::packs::{EntityKind, Gazetteer, Hit, Tag};

/// Words between "according to" and the agency: the official Russian news agency TASS.
const CITED_WORDS_MAX: usize = 5;

/// Words between an agency and the word that says that it reports.
const SAYS_WORDS_MAX: usize = 4;

/// Words of a sentence that says nothing but from whom the article is: "This was reported by TASS with reference to …".
const REMARK_WORDS_MAX: usize = 14;

/// An agency that is credited, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Its id in the gazetteer.
    pub agency: String,
    /// Whether it names somebody; "agencies" does not.
    pub named: bool,
    /// Where the credit stands.
    pub how: How,
}

/// Where a credit stands; earlier ones weigh more in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "Display says what each means")]
pub enum How {
    Cited,
    Reports,
    SetOff,
    SameAgency,
    Dateline,
    Line,
    Remark,
    Opening,
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            How::Cited => "the sentence cites it",
            How::Reports => "the sentence says that it reports",
            How::SetOff => "it is set off from the sentence",
            How::SameAgency => "the sentence goes on with the agency before",
            How::Dateline => "it stands in the dateline",
            How::Line => "a line of credits names it",
            How::Remark => "a remark says that the whole is from it",
            How::Opening => "the opening credits it",
        })
    }
}

impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "conveyed by {}: {}", self.agency, self.how)
    }
}

/// What an agency of the gazetteer is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has a name.
    Named,
    /// It stands for agencies without a name.
    Generic,
    /// The same, but only in a line of credits.
    Alone,
    /// It stands for the one before.
    Anaphor,
}

pub(super) fn kind(hit: &Hit, gazetteer: &Gazetteer) -> Kind {
    let entity = gazetteer.get(EntityKind::Agencies, &hit.value);
    match entity.and_then(|entity| entity.role.as_deref()) {
        Some("generic") => Kind::Generic,
        Some("alone") => Kind::Alone,
        Some("anaphor") => Kind::Anaphor,
        _ => Kind::Named,
    }
}

/// Whom each sentence credits.
pub(super) fn of_sentences(reading: &Reading, gazetteer: &Gazetteer) -> Vec<Option<Credit>> {
    let mut last: Option<String> = None;
    let mut out = Vec::with_capacity(reading.sentences.len());
    for sentence in &reading.sentences {
        let found = of_sentence(sentence, gazetteer).or_else(|| same(sentence, gazetteer, &last));
        if let Some(credit) = found.as_ref().filter(|credit| credit.named) {
            last = Some(credit.agency.clone());
        }
        out.push(found);
    }
    out
}

/// The agency that a sentence credits: one that it cites before one that reports, a named one before others.
fn of_sentence(sentence: &Sentence, gazetteer: &Gazetteer) -> Option<Credit> {
    let agencies = sentence.tagged(Tag::Agency).filter_map(|hit| {
        let kind = kind(hit, gazetteer);
        let counts = matches!(kind, Kind::Named | Kind::Generic);
        let (how, gap) = counts.then(|| stands(sentence, hit)).flatten()?;
        Some(((kind != Kind::Named, how, gap, hit.first), hit, kind))
    });
    let ((_, how, ..), hit, kind) = agencies.min_by_key(|(rank, ..)| *rank)?;
    Some(Credit { agency: hit.value.clone(), named: kind == Kind::Named, how })
}

/// "The agency added": goes on with the one that was credited last.
fn same(sentence: &Sentence, gazetteer: &Gazetteer, last: &Option<String>) -> Option<Credit> {
    let last = last.as_ref()?;
    let mut anaphors = sentence.tagged(Tag::Agency);
    let found = anaphors
        .any(|hit| kind(hit, gazetteer) == Kind::Anaphor && reports(sentence, hit).is_some());
    found.then(|| Credit { agency: last.clone(), named: true, how: How::SameAgency })
}

/// How an agency of a sentence is credited, and at what distance; none when it is only spoken of.
fn stands(sentence: &Sentence, hit: &Hit) -> Option<(How, usize)> {
    let agency = |at: usize| {
        sentence
            .tagged(Tag::Agency)
            .any(|other| other != hit && other.first <= at && at <= other.last)
    };
    let cites = sentence.tagged(Tag::Credit).filter(|credit| credit.value == "from");
    let cited = cites
        .filter(|credit| credit.last < hit.first)
        .filter(|credit| (credit.last + 1..hit.first).all(|at| !agency(at)))
        .map(|credit| hit.first - credit.last - 1)
        .min()
        .filter(|gap| *gap <= CITED_WORDS_MAX);
    if let Some(gap) = cited {
        return Some((How::Cited, gap));
    }
    if let Some(gap) = reports(sentence, hit) {
        return Some((How::Reports, gap));
    }
    is_set_off(&sentence.text, &sentence.tokens, hit).then_some((How::SetOff, 0))
}

/// The words between an agency and the nearest word that says that it reports.
fn reports(sentence: &Sentence, hit: &Hit) -> Option<usize> {
    let says = |other: &&Hit| {
        other.tag == Tag::Report || other.tag == Tag::Credit && other.value == "says"
    };
    let between = |other: &Hit| match other.last < hit.first {
        true => hit.first - other.last - 1,
        false => other.first.saturating_sub(hit.last + 1),
    };
    let nearest = sentence.hits.iter().filter(says).map(between).min()?;
    (nearest <= SAYS_WORDS_MAX).then_some(nearest)
}

/// Whether brackets, slashes, a colon or a dash part a phrase from the words of its sentence.
pub(super) fn is_set_off(text: &str, tokens: &[Token], hit: &Hit) -> bool {
    let (start, end) = (tokens[hit.first].start, tokens[hit.last].end);
    let before = match hit.first.checked_sub(1) {
        Some(at) => &text[tokens[at].end..start],
        None => &text[..start],
    };
    let after = tokens.get(hit.last + 1).map_or(&text[end..], |next| &text[end..next.start]);
    let enclosed = [('(', ')'), ('[', ']'), ('/', '/')].iter().any(|(open, close)| {
        before.trim_end().ends_with(*open) && after.trim_start().starts_with(*close)
    });
    let dashed = |gap: &str| gap.contains(['—', '–', '|']) || gap.contains(" - ");
    let opens = hit.first == 0 && (after.starts_with(':') || dashed(after));
    let closes = hit.last + 1 == tokens.len() && (dashed(before) || before.contains(':'));
    enclosed || opens || closes
}

/// Whether a sentence does nothing but say from whom the article is.
pub(super) fn is_remark(sentence: &Sentence) -> bool {
    sentence.tokens.len() <= REMARK_WORDS_MAX
        && sentence.tagged(Tag::Credit).any(|credit| credit.value == "this")
}

/// Whom the title or the first sentence credits by name: what follows without a credit is from the same.
pub(super) fn of_opening(reading: &Reading, sentences: &[Option<Credit>]) -> Option<Credit> {
    let opening =
        reading.sentences.iter().zip(sentences).take_while(|(sentence, _)| sentence.opens);
    let named = opening.filter_map(|(_, credit)| credit.as_ref()).find(|credit| credit.named)?;
    Some(Credit { how: How::Opening, ..named.clone() })
}
