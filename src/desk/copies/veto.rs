//! The veto: a value that was changed. Similarity cannot see it: two texts that differ in nothing but the day are as good
//! as the same, and are two facts.
//!
//! What an editor calls another fact is a value in the place of another one: "on 27 February" where the other text has
//! "on 10 April", between the same words. What only one of them has, a sentence more or an address left out, is an
//! addition. A "not", and that something is called off or put off, are facts without a counterpart.

use std::fmt;

use crate::desk::copies::print::{Fingerprint, Mark, Naming, Says, apart, is_digits};
use crate::desk::copies::tiles::{Tile, gaps};
use crate::desk::model::DateSpan;
use crate::desk::packs::Tag;

/// More words than this in the place of others are another passage, not another value.
const GAP_WORDS_MAX: usize = 10;

/// "Today" and "on Saturday" can be one day within a week; which one, the outlets' own clocks decide.
const NAMINGS_APART_DAYS_MAX: i64 = 7;

/// A day that is so far from the "today" of the same text was named when the text was new, and the date of publication is
/// that of its being put up again.
const REPUBLISHED_DAYS_MIN: i64 = 60;

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
        if let Some(about) = changed(&Side::of(a, gap.a), &Side::of(b, gap.b)) {
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
fn words(print: &Fingerprint, run: (usize, usize)) -> String {
    let mut out = String::new();
    for (written, cut) in print.run(run) {
        let (Some(first), Some(last)) = (cut.first(), cut.last()) else { continue };
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(written.get(first.start..last.end).unwrap_or_default());
    }
    out
}

/// All digits of a run of words: "2,000" and "2000" have the same.
fn digits(print: &Fingerprint, run: (usize, usize)) -> String {
    let tokens = print.run(run).into_iter().flat_map(|(_, cut)| cut);
    tokens.filter(is_digits).map(|token| token.folded.to_string()).collect()
}

/// One side of a gap: the text, the words, and the marks among them.
struct Side<'a> {
    print: &'a Fingerprint,
    run: (usize, usize),
    marks: Vec<&'a Mark>,
}

impl<'a> Side<'a> {
    fn of(print: &'a Fingerprint, run: (usize, usize)) -> Self {
        Self { print, run, marks: within(print, run) }
    }

    fn says(&self, says: Says) -> bool {
        self.marks.iter().any(|mark| mark.says == says)
    }

    fn about(&self, kind: About) -> impl Iterator<Item = &'a Mark> {
        self.marks.iter().copied().filter(move |mark| about(&mark.says) == kind)
    }
}

/// What was changed between two runs of words.
fn changed(a: &Side<'_>, b: &Side<'_>) -> Option<About> {
    let one_sided = |says| a.says(says) != b.says(says);
    if one_sided(Says::Not) {
        return Some(About::Negation);
    }
    let replaced = a.run.0 < a.run.1 && b.run.0 < b.run.1;
    if one_sided(Says::Status(Tag::Cancelled))
        || one_sided(Says::Status(Tag::Postponed))
        || replaced && one_sided(Says::Status(Tag::Hedge))
    {
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
    all.into_iter().find(|kind| substituted(a, b, *kind))
}

fn about(says: &Says) -> About {
    match says {
        Says::Days(..) => About::Date,
        Says::Length(_) => About::Duration,
        Says::Number(_) => About::Number,
        Says::Known(Tag::Place, _) => About::Place,
        Says::Known(Tag::Party, _) => About::Party,
        Says::Known(Tag::Venue | Tag::VenueType, _) => About::Venue,
        Says::Known(..) | Says::Name => About::Person,
        Says::Status(_) => About::Status,
        Says::Not => About::Negation,
    }
}

/// Whether each side has a value of a kind that the other has not.
fn substituted(a: &Side<'_>, b: &Side<'_>, kind: About) -> bool {
    let alone = |one: &Side<'_>, other: &Side<'_>| {
        one.about(kind).any(|mark| !other.about(kind).any(|known| same(one, mark, other, known)))
    };
    alone(a, b) && alone(b, a) && !(kind == About::Number && same_digits(a, b))
}

fn same_digits(a: &Side<'_>, b: &Side<'_>) -> bool {
    let own = digits(a.print, a.run);
    !own.is_empty() && own == digits(b.print, b.run)
}

/// Whether two values can be one, told in another way.
fn same(a: &Side<'_>, mark_a: &Mark, b: &Side<'_>, mark_b: &Mark) -> bool {
    match (mark_a.says, mark_b.says) {
        (Says::Days(a, how_a), Says::Days(b, how_b)) => same_days(a, how_a, b, how_b),
        (Says::Length(a), Says::Length(b)) => (a.lo_min, a.hi_min) == (b.lo_min, b.hi_min),
        (Says::Name, Says::Name) => same_name(&name(a.print, mark_a), &name(b.print, mark_b)),
        // A name that is known in one spelling may stand here in another.
        (Says::Name, Says::Known(..)) | (Says::Known(..), Says::Name) => true,
        (a, b) => a == b,
    }
}

fn name(print: &Fingerprint, mark: &Mark) -> Vec<String> {
    let tokens = print.run((mark.first, mark.last + 1)).into_iter().flat_map(|(_, cut)| cut);
    tokens.map(|token| token.folded.to_string()).collect()
}

fn same_days(a: DateSpan, how_a: Naming, b: DateSpan, how_b: Naming) -> bool {
    use Naming::{Calendar, Relative, Weekday};
    let one_day = a.lo == a.hi && b.lo == b.hi;
    match (how_a, how_b) {
        // Which Tuesday is meant hangs on publication, that it is one does not.
        (Weekday, Weekday | Calendar) | (Calendar, Weekday) if one_day => {
            a.lo.weekday() == b.lo.weekday()
        }
        (Relative, Calendar | Weekday) | (Calendar | Weekday, Relative) if one_day => {
            let days = apart(a.lo, b.lo);
            days <= NAMINGS_APART_DAYS_MAX || days >= REPUBLISHED_DAYS_MIN
        }
        _ => a == b,
    }
}

/// Whether two names share a word in some spelling. Names in two scripts are not compared here.
fn same_name(a: &[String], b: &[String]) -> bool {
    let alike = |x: &String, y: &String| {
        let latin = |word: &String| word.is_ascii();
        latin(x) != latin(y) || strsim::jaro_winkler(x, y) >= SPELLING_MIN
    };
    a.iter().any(|x| b.iter().any(|y| alike(x, y)))
}
