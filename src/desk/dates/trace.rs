//! How an expression was resolved: against what, and by which rule. The words of a trace are for people.

use std::fmt;

/// What an expression was resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: it names its day in full.
    Absolute,
    /// The date of publication.
    Publication,
    /// The expression before it in the same sentence.
    Previous,
    /// An event that is not known here: it stays open.
    Open,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Anchor::Absolute => "absolute",
            Anchor::Publication => "resolved against publication",
            Anchor::Previous => "resolved against the expression before it",
            Anchor::Open => "hangs on another event, left open",
        })
    }
}

/// The rule that gave the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Day, month or year are named in full.
    Named,
    /// A day and month without a year.
    YearChosen,
    /// A day of a month without its month.
    MonthChosen,
    /// A month, quarter or season without a year.
    MonthNearest,
    /// The latest such weekday, publication included.
    WeekdayBehind,
    /// The next such weekday, publication included.
    WeekdayAhead,
    /// The weekday strictly before or after.
    WeekdayShifted,
    /// A word for a day: yesterday, today.
    Deictic,
    /// Last, this, next unit.
    Shifted,
    /// So many units ago or ahead.
    Counted,
    /// A stretch of so many units up to or from publication.
    Window,
    /// The so-manieth day or week of a longer span.
    Nth,
    /// A time of day.
    TimeOfDay,
    /// From one to another.
    Range,
    /// A length of time.
    Length,
    /// What recurs.
    Recurring,
    /// Hangs on an event.
    AfterEvent,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rule::Named => "named in full",
            Rule::YearChosen => "a day and month, the year chosen by tense and nearness",
            Rule::MonthChosen => "a day of the month, the month chosen by nearness",
            Rule::MonthNearest => "a part of the year, the year chosen by tense and nearness",
            Rule::WeekdayBehind => "the latest such weekday",
            Rule::WeekdayAhead => "the next such weekday",
            Rule::WeekdayShifted => "the weekday before or after",
            Rule::Deictic => "a word for a day",
            Rule::Shifted => "last, this or next",
            Rule::Counted => "counted from its anchor",
            Rule::Window => "a stretch up to or from its anchor",
            Rule::Nth => "counted within a longer span",
            Rule::TimeOfDay => "a time of day",
            Rule::Range => "from one to another",
            Rule::Length => "a length of time",
            Rule::Recurring => "recurs",
            Rule::AfterEvent => "counted from an event",
        })
    }
}
