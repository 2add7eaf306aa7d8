//! The parts that a pattern is made of, as the parser reads them and the automaton is built from them.

use crate::desk::packs::Tag;

/// Gaps of more words than this are no pattern but chance.
pub(super) const GAP_MAX: u16 = 60;

/// Captures of one pattern.
pub(super) const CAPTURES_MAX: usize = 6;

/// Places of one pattern where a word can stand, after names are filled in.
pub(super) const PLACES_MAX: usize = 120;

/// The kinds of values that a pattern can capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the language's own words")]
pub enum Type {
    Date,
    Length,
    Number,
    Name,
    Person,
    Place,
    Venue,
    Topic,
    Party,
    Organisation,
    Assessment,
    Level,
    Term,
}

impl Type {
    /// All types with their names, and the filters that fit each.
    pub(super) const ALL: [(Type, &'static str); 13] = [
        (Type::Date, "DATE"),
        (Type::Length, "LENGTH"),
        (Type::Number, "NUMBER"),
        (Type::Name, "NAME"),
        (Type::Person, "PERSON"),
        (Type::Place, "PLACE"),
        (Type::Venue, "VENUE"),
        (Type::Topic, "TOPIC"),
        (Type::Party, "PARTY"),
        (Type::Organisation, "ORG"),
        (Type::Assessment, "ASSESSMENT"),
        (Type::Level, "LEVEL"),
        (Type::Term, "TERM"),
    ];

    /// The tags of the lexicon that are of this type; none for what is no phrase of the lexicon.
    pub(super) fn tags(self) -> &'static [Tag] {
        match self {
            Type::Date | Type::Length | Type::Number | Type::Name => &[],
            Type::Person => &[Tag::Person],
            Type::Place => &[Tag::Place],
            Type::Venue => &[Tag::Venue, Tag::VenueType],
            Type::Topic => &[Tag::Topic],
            Type::Party => &[Tag::Party],
            Type::Organisation => &[Tag::Organisation],
            Type::Assessment => &[Tag::Assessment],
            Type::Level => &[Tag::Level],
            Type::Term => &[Tag::Term],
        }
    }
}

/// What a captured thing must be like: the words in the brackets of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `own`: of a party of the storyline.
    Own,
    /// `other`: of a party that is none of the storyline's.
    Other,
    /// `at`: where something is, not what it stands for.
    At,
    /// `role=leader`: the role that the gazetteer gives.
    Role(String),
    /// `day`: names one day.
    Day,
    /// `ahead`: not over on the day of publication.
    Ahead,
    /// `past`: over on the day of publication.
    Past,
    /// A date that has come: it begins on the day of publication or before, so that something can have been said on it.
    Come,
    /// `..100d`: a span of at most so many days.
    DaysMax(i32),
    /// `PT10M..P3D`: a length within these, in minutes.
    Minutes(u32, u32),
    /// `%`: followed by a per-cent sign.
    Percent,
    /// `0..100`: a number within these.
    Between(f64, f64),
}

/// What one place of a pattern accepts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    /// Words as they stand, folded; the number of a literal of the book.
    Literal(usize),
    /// One of these tags, perhaps with a value.
    Tags(Vec<(Tag, Option<String>)>),
    /// A value of a type.
    Type(Type, Vec<Filter>),
}

/// A pattern as a tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// One place; the number of its capture.
    Place(Atom, Option<u8>),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Maybe(Box<Node>),
    /// Up to so many words.
    Gap(u16),
    /// None of these.
    Not(Vec<Atom>),
    /// A border of clauses.
    Border,
}

impl Node {
    /// All places of the tree.
    pub(super) fn places(&self) -> Vec<(&Atom, Option<u8>)> {
        match self {
            Node::Place(atom, capture) => vec![(atom, *capture)],
            Node::Sequence(parts) | Node::Choice(parts) => {
                parts.iter().flat_map(Node::places).collect()
            }
            Node::Maybe(part) => part.places(),
            Node::Gap(_) | Node::Not(_) | Node::Border => Vec::new(),
        }
    }

    /// Gives every place of a choice the same capture. The error is the node that is neither.
    pub(super) fn capture(&mut self, number: u8) -> Result<(), ()> {
        match self {
            Node::Place(_, capture @ None) => *capture = Some(number),
            Node::Choice(parts) => parts.iter_mut().try_for_each(|part| part.capture(number))?,
            Node::Sequence(parts) if parts.len() == 1 => parts[0].capture(number)?,
            _ => return Err(()),
        }
        Ok(())
    }

    /// Gives captures new numbers: what was `n` becomes `numbers[n]`.
    pub(super) fn renumber(&mut self, numbers: &[u8]) {
        match self {
            Node::Place(_, Some(capture)) => {
                *capture = numbers.get(usize::from(*capture)).copied().unwrap_or(*capture);
            }
            Node::Sequence(parts) | Node::Choice(parts) => {
                for part in parts {
                    part.renumber(numbers);
                }
            }
            Node::Maybe(part) => part.renumber(numbers),
            Node::Place(_, None) | Node::Gap(_) | Node::Not(_) | Node::Border => {}
        }
    }

    /// The atoms of a choice of single places, for `!`.
    pub(super) fn atoms(&self) -> Option<Vec<Atom>> {
        match self {
            Node::Place(atom, None) => Some(vec![atom.clone()]),
            Node::Choice(parts) => {
                let atoms: Option<Vec<Vec<Atom>>> = parts.iter().map(Node::atoms).collect();
                Some(atoms?.into_iter().flatten().collect())
            }
            Node::Sequence(parts) if parts.len() == 1 => parts[0].atoms(),
            _ => None,
        }
    }
}
