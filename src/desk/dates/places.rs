//! How a sentence is laid out: what begins and ends at each token, found out once, and where nothing of time can begin.

use crate::desk::dates::Context;
use crate::desk::dates::calendar::Unit;
use crate::desk::dates::lexis::{BEHIND_TOKENS_MAX, Lexis, Mark};
use crate::desk::dates::set::TagSet;
use crate::desk::normalise::Token;
use crate::desk::packs::{Family, Hit, Tag};

/// What begins at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) tags: TagSet,
    /// The tags of the phrases that end right before it.
    pub(super) behind: TagSet,
    /// Its value, where it is all digits.
    pub(super) digits: Option<i64>,
    /// The whole number that begins at it, and the token behind that.
    pub(super) cardinal: Option<(i64, usize)>,
    /// The first mark that begins at it or behind it.
    pub(super) from: usize,
    /// The next token that can make an expression, or [`NO_CORE`].
    core: usize,
}

const NO_CORE: usize = usize::MAX;

const NOTHING: Place = Place {
    tags: TagSet::NONE,
    behind: TagSet::NONE,
    digits: None,
    cardinal: None,
    from: 0,
    core: NO_CORE,
};

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
            let unit = if tag == Tag::Unit { Unit::parse(value) } else { None };
            marks.push(Mark { tag, value, number: value.parse().ok(), unit, first, last });
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
        for mark in self.marks.iter().filter(|m| m.last < m.first + BEHIND_TOKENS_MAX) {
            let behind = &mut places[mark.last + 1].behind;
            *behind = behind.or(TagSet::one(mark.tag));
        }
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
}
