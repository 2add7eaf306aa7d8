//! Watch: whether an article is coverage of a storyline. Title and lead decide: a passing mention below them does not.

use std::fmt;

use crate::desk::claims::{Reading, Sentence};
use crate::desk::packs::{Hit, Packs, Storyline, Tag};

/// Whether an article is coverage of a storyline, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watch {
    /// The lead tells of a meeting of all parties.
    Relevant {
        /// Index of the sentence that does.
        sentence: usize,
    },
    /// The lead as a whole names all parties and a meeting, though no single sentence does.
    RelevantLead,
    /// The lead tells of a meeting and names one of the parties, and a sentence soon after it names all of them.
    RelevantBelow {
        /// Index of that sentence.
        sentence: usize,
    },
    /// It names another subject first.
    Forbidden {
        /// The pack's word for the subject.
        subject: String,
    },
    /// No sentence of the lead tells of a meeting.
    NoMeeting,
    /// A meeting, but not of all parties.
    OtherParties {
        /// The parties that the lead names.
        named: Vec<String>,
    },
    /// No pack reads its language.
    Unread,
}

impl Watch {
    /// Whether the claims of the article are taken.
    pub fn is_relevant(&self) -> bool {
        matches!(self, Watch::Relevant { .. } | Watch::RelevantLead | Watch::RelevantBelow { .. })
    }
}

impl fmt::Display for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Watch::Relevant { sentence: 0 } => {
                f.write_str("relevant: its title tells of a meeting of the parties")
            }
            Watch::Relevant { sentence } => {
                write!(f, "relevant: sentence {sentence} tells of a meeting of the parties")
            }
            Watch::RelevantLead => {
                f.write_str("relevant: its lead names the parties and a meeting")
            }
            Watch::RelevantBelow { sentence } => {
                write!(
                    f,
                    "relevant: its lead tells of a meeting, and sentence {sentence} names the parties"
                )
            }
            Watch::Forbidden { subject } => write!(f, "outside: its subject is {subject}"),
            Watch::NoMeeting => f.write_str("outside: its lead tells of no meeting"),
            Watch::OtherParties { named } if named.is_empty() => {
                f.write_str("outside: its lead names none of the parties")
            }
            Watch::OtherParties { named } => {
                write!(f, "outside: its lead tells of {} only", named.join(", "))
            }
            Watch::Unread => f.write_str("outside: no pack reads its language"),
        }
    }
}

/// Decides.
pub fn watch(reading: &Reading, packs: &Packs, storyline: &Storyline) -> Watch {
    let lead = reading.lead();
    if lead.is_empty() {
        return Watch::Unread;
    }
    let Some(frame) = packs.frame(&storyline.frame) else { return Watch::Unread };
    if let Some(subject) = forbidden(lead, storyline) {
        return Watch::Forbidden { subject };
    }
    let meets = |s: &Sentence| {
        // "Experts of the two countries will discuss …", "the two delegations came out of the consulate": both sides and a
        // word that tells how a meeting stands are one too.
        let told = [Tag::Held, Tag::Underway, Tag::Future];
        let together = (0..s.clauses()).any(|clause| {
            s.clause_has(clause, Tag::BothSides)
                && told.iter().any(|tag| s.clause_has(clause, *tag))
        });
        together && frame.trigger == "-"
            || s.hits.iter().any(|hit| match hit.tag {
                Tag::Meeting => *hit.value == *frame.trigger,
                Tag::Summit => frame.hears(hit),
                _ => false,
            })
    };
    if !lead.iter().any(meets) {
        return Watch::NoMeeting;
    }
    // The title and the first two sentences of the text may each carry it alone.
    for (index, sentence) in lead.iter().enumerate().take(4) {
        if meets(sentence)
            && missing(&parties(sentence, packs, storyline), storyline) == 0
            && !of_others(lead, &meets, packs, storyline)
        {
            return Watch::Relevant { sentence: index };
        }
    }
    let mut named: Vec<String> = lead.iter().flat_map(|s| parties(s, packs, storyline)).collect();
    named.sort();
    named.dedup();
    if missing(&named, storyline) == 0 && strangers(&named, storyline) == 0 {
        return Watch::RelevantLead;
    }
    // An article that opens with something else and mentions a meeting is no coverage of it.
    if !lead.iter().filter(|s| s.opens).any(meets) {
        return Watch::OtherParties { named };
    }
    match named_below(reading, packs, storyline) {
        Some(sentence) => Watch::RelevantBelow { sentence },
        None => Watch::OtherParties { named },
    }
}

/// Sentences from the beginning of the text in which a slow opening has to name the parties.
const SLOW_OPENING_SENTENCES_MAX: usize = 6;

/// The sentence that names all parties, where an analysis opens slowly: nobody else is named up to there.
fn named_below(reading: &Reading, packs: &Packs, storyline: &Storyline) -> Option<usize> {
    let titles = reading.sentences.iter().take_while(|s| s.in_title).count();
    let opening = reading.sentences.iter().take(titles + SLOW_OPENING_SENTENCES_MAX);
    for (index, sentence) in opening.enumerate() {
        let named = parties(sentence, packs, storyline);
        if strangers(&named, storyline) > 0 {
            return None;
        }
        if missing(&named, storyline) == 0 {
            return Some(index);
        }
    }
    None
}

/// How many parties of the storyline are wanting among those named.
fn missing(named: &[String], storyline: &Storyline) -> usize {
    let own = storyline.parties.iter().filter(|own| named.contains(own)).count();
    storyline.at_least.saturating_sub(own)
}

/// How many of those named belong to no side of the storyline.
fn strangers(named: &[String], storyline: &Storyline) -> usize {
    let known =
        |party: &&String| storyline.parties.contains(party) || storyline.mediators.contains(party);
    named.iter().filter(|party| !known(party)).count()
}

/// Whether the title tells of a meeting of others: it names a stranger and lacks one of the parties, or its first
/// sentence does.
fn of_others(
    lead: &[Sentence],
    meets: &impl Fn(&Sentence) -> bool,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    // A title that names all parties may go on about a war between others.
    if lead.first().is_some_and(|title| missing(&parties(title, packs, storyline), storyline) == 0)
    {
        return false;
    }
    lead.iter().take(2).any(|sentence| {
        let named = parties(sentence, packs, storyline);
        strangers(&named, storyline) > 0
            && missing(&named, storyline) > 0
            // A title that names a party and a stranger tells of the two, whatever they do.
            && (sentence.in_title || meets(sentence))
            && named.len() >= storyline.at_least.min(2)
    })
}

fn forbidden(lead: &[Sentence], storyline: &Storyline) -> Option<String> {
    lead.iter()
        .take(2)
        .flat_map(|sentence| sentence.tagged(Tag::Forbid))
        .map(|hit| hit.value.to_string())
        .find(|subject| storyline.forbid.contains(subject))
}

/// The parties that a sentence names: by name or adjective, by a person or ministry, by a capital. A country behind "in"
/// is a place, where others meet.
fn parties(sentence: &Sentence, packs: &Packs, storyline: &Storyline) -> Vec<String> {
    let is_place = |hit: &Hit| {
        hit.tag == Tag::Party
            && storyline.parties.iter().all(|own| **own != *hit.value)
            && sentence.tagged(Tag::Place).any(|place| {
                place.first <= hit.first
                    && hit.last <= place.last
                    && sentence.tagged(Tag::In_).any(|prep| prep.last + 1 == place.first)
            })
    };
    let mut named: Vec<String> = sentence
        .hits
        .iter()
        .filter(|hit| matches!(hit.tag, Tag::Party | Tag::Person | Tag::Organisation))
        .filter(|hit| !is_place(hit))
        .filter_map(|hit| packs.gazetteer.party_of(hit.tag, &hit.value).map(str::to_owned))
        .collect();
    named.sort();
    named.dedup();
    named
}
