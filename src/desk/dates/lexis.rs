//! The time tags of a sentence by the token they begin at.

use crate::desk::dates::Context;
use crate::desk::dates::set::TagSet;
use crate::desk::normalise::Token;
use crate::desk::packs::{Family, Hit, Tag};

/// The longest phrase, in tokens, that is looked for in front of an expression.
const BEHIND_TOKENS_MAX: usize = 4;

#[derive(Clone, Copy, Debug)]
struct Mark<'a> {
    tag: Tag,
    value: &'a str,
    /// The value as a number, where it is one.
    number: Option<i64>,
    first: usize,
    last: usize,
}

/// The time tags of a sentence.
#[derive(Debug)]
pub(super) struct Lexis<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    marks: Vec<Mark<'a>>,
    places: Vec<Place>,
}

/// What begins at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    tags: TagSet,
    /// Its value, where it is all digits.
    pub(super) digits: Option<i64>,
    /// The whole number that begins at it, and the token behind that.
    cardinal: Option<(i64, usize)>,
    /// The first mark that begins at it or behind it.
    from: usize,
    /// The next token that can make an expression, or [`NO_CORE`].
    core: usize,
}

const NO_CORE: usize = usize::MAX;

const NOTHING: Place =
    Place { tags: TagSet::NONE, digits: None, cardinal: None, from: 0, core: NO_CORE };

/// Tokens between the beginning of an expression and the word that makes it one: "in the course of the next two working
/// days". Farther ones are not looked for, so that the many small words of a text cost nothing.
const CORE_TOKENS_MAX: usize = 8;

/// No expression is without one of these, or a number in digits.
const CORE: TagSet = TagSet::of(&[
    Tag::Month,
    Tag::MonthWeak,
    Tag::Weekday,
    Tag::WeekdayWeak,
    Tag::Unit,
    Tag::Day,
    Tag::Season,
    Tag::Decade,
    Tag::DecadeEnd,
    Tag::Period,
    Tag::DayPart,
    Tag::ClockWord,
    Tag::Oclock,
    Tag::HourMark,
    Tag::Noonside,
    Tag::PartUnit,
    Tag::YearMark,
    Tag::Now,
    Tag::Past,
    Tag::Holiday,
    Tag::OrdinalEnd,
    Tag::Every,
])
.or(TagSet::DIGITS);

/// What an expression may consist of, or begin with whatever follows.
const STANDS: TagSet = TagSet::of(&[
    Tag::Month,
    Tag::MonthWeak,
    Tag::Weekday,
    Tag::WeekdayWeak,
    Tag::Unit,
    Tag::Day,
    Tag::Season,
    Tag::Holiday,
    Tag::Decade,
    Tag::DayPart,
    Tag::ClockWord,
    Tag::PartUnit,
    Tag::Now,
    Tag::Number,
    Tag::NumberAnd,
    Tag::Ordinal,
])
.or(TagSet::DIGITS);

/// What an expression may begin with where a word of time follows.
const LEADS: TagSet = TagSet::of(&[
    Tag::Few,
    Tag::Final,
    Tag::Fraction,
    Tag::Shift,
    Tag::Ago,
    Tag::In,
    Tag::FromNow,
    Tag::Later,
    Tag::Within,
    Tag::For,
    Tag::Whole,
    Tag::Rest,
    Tag::Until,
    Tag::Bound,
    Tag::Part,
    Tag::Approx,
    Tag::Between,
    Tag::YearMark,
    Tag::Period,
    Tag::Oclock,
    Tag::Past,
    Tag::Every,
    Tag::Joint,
    Tag::Age,
]);

/// "Nineteen ninety-six", "двадцать седьмого": two numbers in words may be a year, a time or a day.
const COUNTS: TagSet = TagSet::of(&[Tag::Number, Tag::Ordinal]);

/// What a sentence without digits has at least, where it has an expression.
fn may_tell(marks: &[Mark<'_>]) -> bool {
    let counts = marks.iter().filter(|mark| COUNTS.meets(TagSet::one(mark.tag)));
    marks.iter().any(|mark| CORE.meets(TagSet::one(mark.tag))) || counts.count() > 1
}

impl<'a> Lexis<'a> {
    /// `None` for a sentence that can hold no expression.
    pub(super) fn new(context: &Context<'a>) -> Option<Self> {
        let own = |hit: &&Hit| hit.tag.family() == Family::Time && hit.last < context.tokens.len();
        let mut marks: Vec<Mark<'a>> = Vec::with_capacity(context.hits.len());
        for hit in context.hits.iter().filter(own) {
            let (tag, value, first, last) = (hit.tag, &*hit.value, hit.first, hit.last);
            marks.push(Mark { tag, value, number: value.parse().ok(), first, last });
        }
        let numbers = || context.tokens.iter().any(|token| token.number().is_some());
        if !may_tell(&marks) && !numbers() {
            return None;
        }
        marks.sort_by_key(|mark| (mark.first, std::cmp::Reverse(mark.last)));
        let (text, tokens) = (context.text, context.tokens);
        let mut lexis = Self { text, tokens, marks, places: Vec::new() };
        lexis.places = lexis.placed();
        lexis.set_cores();
        for at in 0..tokens.len() {
            lexis.places[at].cardinal = lexis.read_cardinal(at);
        }
        Some(lexis)
    }

    /// What begins at each token; one more place at the end.
    fn placed(&self) -> Vec<Place> {
        let mut places = Vec::with_capacity(self.tokens.len() + 1);
        let (mut from, mut behind) = (0, None::<&Token>);
        for (at, token) in self.tokens.iter().enumerate() {
            let mut place = Place { from, ..NOTHING };
            while let Some(mark) = self.marks.get(from).filter(|mark| mark.first <= at) {
                place.tags = place.tags.or(TagSet::one(mark.tag));
                from += 1;
            }
            place.digits = token.number();
            if place.digits.is_some() {
                place.tags = place.tags.or(TagSet::DIGITS);
            }
            if place.tags.meets(TagSet::WORDS) && self.continues(at, place.digits, &places) {
                place.tags = place.tags.or(TagSet::CONTINUED);
            }
            if behind.is_some_and(|left| {
                left.end + 1 == token.start && self.text.as_bytes().get(left.end) == Some(&b' ')
            }) {
                place.tags = place.tags.or(TagSet::SPACED);
            }
            places.push(place);
            behind = Some(token);
        }
        places.push(Place { from, ..NOTHING });
        places
    }

    /// Tells each token where the next one is that can make an expression, itself included.
    fn set_cores(&mut self) {
        let mut next = NO_CORE;
        for at in (0..self.tokens.len()).rev() {
            let mut own = self.places[at].tags.meets(CORE);
            if !own {
                let two = |mark: &&Mark<'_>| {
                    mark.tag == Tag::Number && self.begins(mark.last + 1, COUNTS)
                };
                own = self.marks_at(at).iter().any(|mark| two(&mark));
            }
            if own {
                next = at;
            }
            self.places[at].core = next;
        }
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    fn marks_at(&self, at: usize) -> &[Mark<'a>] {
        match (self.places.get(at), self.places.get(at + 1)) {
            (Some(here), Some(next)) => &self.marks[here.from..next.from],
            _ => &[],
        }
    }

    fn mark(&self, at: usize, tag: Tag) -> Option<&Mark<'a>> {
        if !self.begins(at, TagSet::one(tag)) {
            return None;
        }
        self.marks_at(at).iter().find(|mark| mark.tag == tag)
    }

    /// Whether a phrase with a tag of the set begins at a token.
    pub(super) fn begins(&self, at: usize, set: TagSet) -> bool {
        self.places.get(at).is_some_and(|place| place.tags.meets(set))
    }

    /// Whether nothing of time can begin at a token.
    pub(super) fn idle(&self, at: usize) -> bool {
        let Some(place) = self.places.get(at) else { return true };
        if place.core > at.saturating_add(CORE_TOKENS_MAX) {
            return true;
        }
        // A word that only leads to others begins nothing where none of time stands behind it.
        let leads = |mark: &Mark<'_>| {
            LEADS.meets(TagSet::one(mark.tag)) && self.begins(mark.last + 1, TagSet::WORDS)
        };
        !(place.tags.meets(STANDS) || self.marks_at(at).iter().any(leads))
    }

    /// The value of the longest phrase of a tag that begins at a token, and the token behind it.
    pub(super) fn tag(&self, at: usize, tag: Tag) -> Option<(&'a str, usize)> {
        let mark = self.mark(at, tag)?;
        Some((mark.value, mark.last + 1))
    }

    /// The same, with the value read as a number.
    pub(super) fn count(&self, at: usize, tag: Tag) -> Option<(i64, usize)> {
        let mark = self.mark(at, tag)?;
        Some((mark.number?, mark.last + 1))
    }

    /// The token behind a phrase with this tag and value.
    pub(super) fn valued(&self, at: usize, tag: Tag, value: &str) -> Option<usize> {
        if !self.begins(at, TagSet::one(tag)) {
            return None;
        }
        let mark = self.marks_at(at).iter().find(|m| m.tag == tag && m.value == value)?;
        Some(mark.last + 1)
    }

    /// The token behind a phrase of the tag, or the same token.
    pub(super) fn skip(&self, at: usize, tag: Tag) -> usize {
        self.tag(at, tag).map_or(at, |(_, next)| next)
    }

    /// The token behind words that join the parts of one expression: of the, on the.
    pub(super) fn links(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..3 {
            let next = self.skip(self.skip(at, Tag::Of), Tag::Joint);
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    /// Whether a phrase of the tag, with this value if one is given, ends right before a token.
    pub(super) fn behind(&self, at: usize, tag: Tag, value: Option<&str>) -> bool {
        (at.saturating_sub(BEHIND_TOKENS_MAX)..at).any(|first| {
            self.begins(first, TagSet::one(tag))
                && self.marks_at(first).iter().any(|mark| {
                    mark.tag == tag && mark.last + 1 == at && value.is_none_or(|v| v == mark.value)
                })
        })
    }

    /// Whether a phrase with a tag of the set ends right before a token.
    pub(super) fn behind_any(&self, at: usize, set: TagSet) -> bool {
        (at.saturating_sub(BEHIND_TOKENS_MAX)..at).any(|first| {
            self.begins(first, set)
                && self
                    .marks_at(first)
                    .iter()
                    .any(|mark| mark.last + 1 == at && set.meets(TagSet::one(mark.tag)))
        })
    }

    /// A whole number in digits or words.
    pub(super) fn cardinal(&self, at: usize) -> Option<(i64, usize)> {
        self.places.get(at)?.cardinal
    }

    /// The value of a token that is all digits.
    pub(super) fn digits(&self, at: usize) -> Option<i64> {
        self.places.get(at)?.digits
    }

    /// Whether a token begins with a small letter, in a script that has them.
    pub(super) fn lower(&self, at: usize) -> bool {
        let first =
            self.tokens.get(at).and_then(|token| self.text.get(token.start..)?.chars().next());
        first.is_some_and(char::is_lowercase)
    }

    /// The number of digits or letters of a token.
    pub(super) fn width(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.folded.len())
    }
}
