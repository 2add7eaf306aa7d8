//! The veto: a value that was changed. Similarity cannot see it: two texts that differ in nothing but the day are as good
//! as the same, and are two facts.
//!
//! What an editor calls another fact is a value in the place of another one: "on 27 February" where the other text has
//! "on 10 April", between the same words. What only one of them has, a sentence more or an address left out, is an
//! addition. A "not", and that something is called off or put off, are facts without a counterpart.

use std::fmt;

use jiff::civil::Date;

use crate::desk::copies::print::{Fingerprint, Mark, Naming, Says, apart};
use crate::desk::copies::tiles::{Gap, Tile, gaps};
use crate::desk::model::DateSpan;
use crate::desk::normalise::tokens;
use crate::desk::packs::Tag;

/// More words than this in the place of others are another passage, not another value.
const GAP_WORDS_MAX: usize = 10;

/// "Today" and "on Saturday" can be one day within a week; which one, the outlets' own clocks decide.
const NAMINGS_APART_DAYS_MAX: i64 = 7;

/// Two spellings of a name share this much at the least (Jaro and Winkler, 0 to 1).
const SPELLING_MIN: f64 = 0.8;

/// A value that two texts differ in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What sort of value.
    pub about: About,
    /// The words of the earlier text; empty where it has none.
    pub earlier: String,
    /// The words of the later text; empty where it has none.
    pub later: String,
}

/// What sort of value two texts differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names explain themselves")]
pub enum About {
    Date,
    Duration,
    Number,
    Place,
    Party,
    Venue,
    Person,
    Status,
    Negation,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = match self.about {
            About::Date => "date",
            About::Duration => "duration",
            About::Number => "number",
            About::Place => "place",
            About::Party => "party",
            About::Venue => "venue",
            About::Person => "person",
            About::Status => "status",
            About::Negation => "negation",
        };
        match (self.earlier.as_str(), self.later.as_str()) {
            ("", later) => write!(f, "«{later}» was added ({about})"),
            (earlier, "") => write!(f, "«{earlier}» is gone ({about})"),
            (earlier, later) => write!(f, "«{earlier}» became «{later}» ({about})"),
        }
    }
}

/// The values that two texts differ in, the earlier one first; the tiles are those of these two in this order.
pub(super) fn differences(a: &Fingerprint, b: &Fingerprint, tiles: &[Tile]) -> Vec<Difference> {
    let around = |print: &Fingerprint, at: usize| {
        let line = print.lines.partition_point(|line| line.end <= at);
        print.lines.get(line).map_or((at, at), |line| (line.first, line.end))
    };
    let mut out: Vec<Difference> = Vec::new();
    for gap in gaps(tiles, |at| around(a, at), |at| around(b, at)) {
        let short = |(first, end): (usize, usize)| end - first <= GAP_WORDS_MAX;
        if !short(gap.a) || !short(gap.b) {
            continue;
        }
        if let Some(about) = changed(&within(a, gap.a), &within(b, gap.b), &gap) {
            out.push(Difference { about, earlier: words(a, gap.a), later: words(b, gap.b) });
        }
    }
    out
}

/// The marks of a run of words.
fn within(print: &Fingerprint, (first, end): (usize, usize)) -> Vec<&Mark> {
    // Long marks begin before those that lie behind their first word, by a few words only.
    let from = print.marks.partition_point(|mark| mark.first + 4 * GAP_WORDS_MAX < first);
    let marks = print.marks[from..].iter().take_while(|mark| mark.first < end);
    marks.filter(|mark| mark.last >= first).collect()
}

/// A run of words as it is written.
fn words(print: &Fingerprint, (first, end): (usize, usize)) -> String {
    let mut out = String::new();
    for line in print.lines.iter().filter(|line| line.first < end && first < line.end) {
        let cut = tokens(&line.text);
        let from = cut.get(first.saturating_sub(line.first)).map(|token| token.start);
        let to = cut.get(end.min(line.end) - 1 - line.first).map(|token| token.end);
        if let Some(run) = from.zip(to).and_then(|(from, to)| line.text.get(from..to)) {
            out.push_str(if out.is_empty() { "" } else { " " });
            out.push_str(run);
        }
    }
    out
}

/// What was changed between two runs of words, by the marks of each.
fn changed(a: &[&Mark], b: &[&Mark], gap: &Gap) -> Option<About> {
    let count = |marks: &[&Mark], says: &dyn Fn(&Says) -> bool| {
        marks.iter().filter(|mark| says(&mark.says)).count()
    };
    if (count(a, &|s| *s == Says::Not) == 0) != (count(b, &|s| *s == Says::Not) == 0) {
        return Some(About::Negation);
    }
    for tag in [Tag::Cancelled, Tag::Postponed] {
        let says = |s: &Says| *s == Says::Status(tag);
        if (count(a, &says) == 0) != (count(b, &says) == 0) {
            return Some(About::Status);
        }
    }
    let replaced = gap.a.0 < gap.a.1 && gap.b.0 < gap.b.1;
    let hedged = |s: &Says| *s == Says::Status(Tag::Hedge);
    if replaced && (count(a, &hedged) == 0) != (count(b, &hedged) == 0) {
        return Some(About::Status);
    }
    let all = [
        About::Date,
        About::Duration,
        About::Number,
        About::Venue,
        About::Place,
        About::Party,
        About::Person,
        About::Status,
    ];
    all.into_iter().find(|kind| substituted(&of_kind(a, *kind), &of_kind(b, *kind)))
}

fn of_kind<'a>(marks: &[&'a Mark], kind: About) -> Vec<&'a Says> {
    marks.iter().map(|mark| &mark.says).filter(|says| about(says) == kind).collect()
}

fn about(says: &Says) -> About {
    match says {
        Says::Days(..) => About::Date,
        Says::Length(_) => About::Duration,
        Says::Number(_) => About::Number,
        Says::Known(Tag::Place, _) => About::Place,
        Says::Known(Tag::Party, _) => About::Party,
        Says::Known(Tag::Venue | Tag::VenueType, _) => About::Venue,
        Says::Known(..) | Says::Name(_) => About::Person,
        Says::Status(_) => About::Status,
        Says::Not => About::Negation,
    }
}

/// Whether each side has a value that the other has not.
fn substituted(a: &[&Says], b: &[&Says]) -> bool {
    let digits = |all: &[&Says]| -> String {
        let numbers = all.iter().filter_map(|says| match says {
            Says::Number(digits) => Some(digits.as_str()),
            _ => None,
        });
        numbers.collect()
    };
    // "2,000" and "2000" are one number.
    if !digits(a).is_empty() && digits(a) == digits(b) {
        return false;
    }
    let alone = |one: &[&Says], other: &[&Says]| {
        one.iter().any(|says| !other.iter().any(|known| same(says, known)))
    };
    alone(a, b) && alone(b, a)
}

/// Whether two values can be one, told in another way.
fn same(a: &Says, b: &Says) -> bool {
    match (a, b) {
        (Says::Days(a, how_a), Says::Days(b, how_b)) => same_days(*a, *how_a, *b, *how_b),
        (Says::Length(a), Says::Length(b)) => (a.lo_min, a.hi_min) == (b.lo_min, b.hi_min),
        (Says::Name(a), Says::Name(b)) => same_name(a, b),
        // A name that is known in one spelling may stand here in another.
        (Says::Name(_), Says::Known(..)) | (Says::Known(..), Says::Name(_)) => true,
        _ => a == b,
    }
}

fn same_days(a: DateSpan, how_a: Naming, b: DateSpan, how_b: Naming) -> bool {
    let one_day = a.lo == a.hi && b.lo == b.hi;
    match (how_a, how_b) {
        (Naming::Weekday, Naming::Weekday) => a.lo.weekday() == b.lo.weekday(),
        _ if how_a == how_b => a == b,
        _ if one_day => near(a.lo, b.lo),
        _ => a == b,
    }
}

fn near(a: Date, b: Date) -> bool {
    apart(a, b) <= NAMINGS_APART_DAYS_MAX
}

/// Whether two names share a word in some spelling. Names in two scripts are not compared here.
fn same_name(a: &[String], b: &[String]) -> bool {
    let alike = |x: &String, y: &String| {
        let latin = |word: &String| word.is_ascii();
        latin(x) != latin(y) || strsim::jaro_winkler(x, y) >= SPELLING_MIN
    };
    a.iter().any(|x| b.iter().any(|y| alike(x, y)))
}
