//! The tags that a lexicon line can give to a phrase. They are the vocabulary between the packs and the engine: a
//! language maps its words to tags, the engine knows only tags.

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $word:literal in $family:ident;)*) => {
        /// What a phrase is to the engine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Tag { $($(#[$doc])* $name,)* }

        /// A family that is added behind the last one must not be forgotten.
        const _: () = { $(assert!((Family::$family as usize) < Family::COUNT);)* };

        impl Tag {
            /// All tags with the words that packs use for them.
            pub const ALL: &'static [(Tag, &'static str)] = &[$((Tag::$name, $word),)*];

            /// Within a family the longest phrase wins, and what it covers is dropped.
            pub fn family(self) -> Family {
                match self { $(Tag::$name => Family::$family,)* }
            }
        }
    };
}

/// A group of tags that compete for the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say which tags belong together")]
pub enum Family {
    Time,
    Event,
    Status,
    Slot,
    Cue,
    Entity,
    Party,
    Guard,
    Fixing,
    Term,
    Encounter,
    Credit,
    Name,
}

impl Family {
    /// How many there are.
    pub const COUNT: usize = Family::Name as usize + 1;
}

tags! {
    /// A month; value 1 to 12.
    Month = "month" in Time;
    /// A month that is also another word: counts only beside a day or a year.
    MonthWeak = "month-weak" in Time;
    /// A weekday; value 1 (Monday) to 7.
    Weekday = "weekday" in Time;
    /// A weekday that is also another word: counts only beside an ordinal, a week or a date.
    WeekdayWeak = "weekday-weak" in Time;
    /// A unit of time; value `second` … `century`, with `*2` for duals and a final `s` where only many are meant.
    Unit = "unit" in Time;
    /// A number word; its value.
    Number = "number" in Time;
    /// Tens that follow their units with an "and" of their own: خمسة وعشرين; value 20 to 90.
    NumberAnd = "number-and" in Time;
    /// A few: a number that is not meant exactly; the value it is counted as.
    Few = "few" in Time;
    /// An ordinal; its value.
    Ordinal = "ordinal" in Time;
    /// What makes digits an ordinal: th, го; value `day` where that alone makes it a day of a month.
    OrdinalEnd = "ordinal-end" in Time;
    /// The last of its kind.
    Final = "final" in Time;
    /// A fraction before, within or behind a number and unit; value in parts of the unit: `1/2`, `3/2`, `-1/4`.
    Fraction = "fraction" in Time;
    /// A deictic day; value in days from publication: `-1`, `0`, `1`.
    Day = "day" in Time;
    /// Last, this or next beside a weekday or unit; value `-1`, `0`, `1`, `2` for the one after, `1w` for a day of next week,
    /// `1e` where a count of units that stands alone means the last of them.
    Shift = "shift" in Time;
    /// N units ago; value `before` when it stands before the number, else `after`.
    Ago = "ago" in Time;
    /// In N units from publication.
    In = "in" in Time;
    /// From now, behind a count: two weeks from now.
    FromNow = "from-now" in Time;
    /// N units after an event that was told of.
    Later = "later" in Time;
    /// Counts from a day that follows: two weeks from Friday; value `1`, or `-1` for before.
    From = "from" in Time;
    /// Within N units; value `1`.
    Within = "within" in Time;
    /// For: what follows is a length.
    For = "for" in Time;
    /// The whole of a unit: all day.
    Whole = "whole" in Time;
    /// What is left of a unit: the rest of the week.
    Rest = "rest" in Time;
    /// Up to the end of a span.
    Until = "until" in Time;
    /// A side of a day or time: value `since`, `after`, `before` or `until`.
    Bound = "bound" in Time;
    /// A part of a span; value `start`, `mid`, `end`, or `early` and `late` where the span as a whole is meant.
    Part = "part" in Time;
    /// A part and its span in one word; value such as `end year`.
    PartUnit = "part-unit" in Time;
    /// A modifier of a number; value `~`, `>` or `<`.
    Approx = "approx" in Time;
    /// A season; value `spring`, `summer`, `autumn`, `winter`.
    Season = "season" in Time;
    /// A day of the year by its name; value `12-25`, `11/4/4` for the fourth Thursday of November, `easter`,
    /// `orthodox-easter`, with days behind it as in `easter+1`.
    Holiday = "holiday" in Time;
    /// The word before a range: between, from.
    Between = "between" in Time;
    /// And: joins numbers, amounts, and the ends of a range behind "between".
    And = "and" in Time;
    /// To: joins the ends of a range.
    To = "to" in Time;
    /// "year" as in "2025 г."; value `before` where it stands before the number.
    YearMark = "year-mark" in Time;
    /// What makes a number a decade: the 1990s.
    DecadeEnd = "decade-end" in Time;
    /// A decade by its name; value `70`, or `1970`.
    Decade = "decade" in Time;
    /// The letter or word of a numbered period: Q3, H1; value `quarter`, `half`, `week`, `month`.
    Period = "period" in Time;
    /// A part of a day; value `morning`, `noon`, `afternoon`, `evening`, `night`.
    DayPart = "day-part" in Time;
    /// A time of day by its name; value `12:00`.
    ClockWord = "clock-word" in Time;
    /// O'clock; value `before` or `after` the hour, or `announced` where it counts only behind a word that announces a time.
    Oclock = "oclock" in Time;
    /// The letter between hours and minutes: 15h30.
    HourMark = "hour-mark" in Time;
    /// Before or after noon, behind an hour; value `am` or `pm`.
    Noonside = "noonside" in Time;
    /// Minutes past or to an hour; value `1` or `-1`.
    Past = "past" in Time;
    /// A time zone; value in minutes east of Greenwich.
    Zone = "zone" in Time;
    /// Now.
    Now = "now" in Time;
    /// Every: what recurs.
    Every = "every" in Time;
    /// Of: joins a day to its month.
    Of = "of" in Time;
    /// A word between parts of one expression: on, at, the; value `clock` where a bare hour may follow, `day` where a
    /// bare day of a month may.
    Joint = "joint" in Time;
    /// A word that may stand between number and unit: more.
    Filler = "filler" in Time;
    /// An age; value `before` or `after` the count.
    Age = "age" in Time;
    /// A month of another calendar: the number beside it is no date of ours.
    OtherCalendar = "other-calendar" in Time;

    /// A meeting, talks, a round.
    Meeting = "meeting" in Event;
    /// A meeting of leaders.
    Summit = "summit" in Event;
    /// A telephone call.
    Call = "call" in Event;
    /// Leaders, presidents: with a meeting they make it a summit.
    Leaders = "leaders" in Event;

    /// It is over.
    Held = "held" in Status;
    /// It has begun.
    Underway = "underway" in Status;
    /// It is to come.
    Future = "future" in Status;
    /// Helps to tell what is to come (will be, будет): counts as `future` only in the clause of a meeting.
    FutureAux = "future-aux" in Status;
    /// They meet, it opens: told in the present. With a day to come it is to come, and else nobody can say.
    Present = "present" in Status;
    /// It is proposed, prepared, worked on.
    Proposed = "proposed" in Status;
    /// It is called off; value `if-due` where it will not be held by the time that is named: beside a span of days it is put
    /// off.
    Cancelled = "cancelled" in Status;
    /// It is put off.
    Postponed = "postponed" in Status;
    /// Somebody says that it is not so.
    Denied = "denied" in Status;
    /// It was to come, once: what stands with it is a plan that has been given up.
    WasDue = "was-due" in Status;
    /// Covers words that would tell how a meeting stands, and here do not: "the postponed meeting will take place".
    NoStatus = "no-status" in Status;

    /// Follow-up, new, next: makes a meeting another one.
    Next = "next" in Slot;
    /// Nothing is fixed.
    Unset = "unset" in Slot;
    /// Settles, names, chooses: with "not" and a word for a date nothing is fixed; value `open` where it is still to be
    /// settled, without a "not".
    Fix = "fix" in Fixing;
    /// The word for a date, beside which "not fixed" is about the date.
    DateWord = "date-word" in Guard;
    /// Led, headed.
    Head = "head" in Slot;
    /// A level; its id.
    Level = "level" in Slot;
    /// Lasted, took: a length of time beside it is the meeting's.
    Lasted = "lasted" in Slot;
    /// Discussed, on the agenda.
    Agenda = "agenda" in Slot;
    /// Not on the agenda.
    OffAgenda = "off-agenda" in Slot;
    /// Agreed.
    Agreement = "agreement" in Slot;
    /// Raised, pressed for, voiced concern.
    Demand = "demand" in Slot;
    /// Hosts, receives: the place beside it is where the event is.
    Host = "host" in Slot;
    /// A kind of venue; its id, completed by party and city.
    VenueType = "venue-type" in Slot;

    /// Said, reported; value `inherit` when the speaker is the one before, `occasion` for a press conference or an interview:
    /// what stands with it is where and when it was said.
    Report = "report" in Cue;
    /// An official, a source: who speaks has no name.
    Anonymous = "anonymous" in Guard;
    /// That: what follows is what is said.
    That = "that" in Cue;
    /// May, might.
    Hedge = "hedge" in Cue;
    /// Not.
    Not = "not" in Cue;
    /// Tried, sought: no agreement yet.
    Attempt = "attempt" in Cue;
    /// While, but: begins another clause.
    Clause = "clause" in Cue;
    /// Earlier, first round, previous: background.
    Earlier = "earlier" in Cue;
    /// This text corrects an earlier version.
    Correction = "correction" in Cue;
    /// In, at: what follows is a place.
    In_ = "locative" in Cue;
    /// An office or a building whose seat is no venue: ambassador in, embassy in.
    Post = "post" in Cue;
    /// Both sides, the delegations: stands for all parties.
    BothSides = "both-sides" in Cue;

    /// A line of the site, not of the article.
    Boilerplate = "boilerplate" in Guard;
    /// Opens a title of opinion or fiction, or names another subject; value names it.
    Forbid = "forbid" in Guard;

    /// A person of the gazetteer.
    Person = "person" in Entity;
    /// An organisation of the gazetteer.
    Organisation = "organisation" in Entity;
    /// A place of the gazetteer.
    Place = "place" in Entity;
    /// A venue of the gazetteer.
    Venue = "venue" in Entity;
    /// A topic of the gazetteer.
    Topic = "topic" in Guard;
    /// An assessment of the gazetteer.
    Assessment = "assessment" in Guard;
    /// A party of the gazetteer.
    Party = "party" in Party;

    /// A word that only patterns know, by any id: `<term=rate-cut>`.
    Term = "term" in Term;

    /// Somebody meets somebody; value the status that the form tells (`held`, `announced`, `underway`) or `-`.
    MeetVerb = "meet-verb" in Encounter;
    /// A meeting, talks, an audience; value `-`.
    MeetNoun = "meet-noun" in Encounter;
    /// Somebody receives somebody; values as for `meet-verb`.
    Receive = "receive" in Encounter;
    /// Somebody discusses or agrees something with somebody; values as for `meet-verb`.
    Talk = "talk" in Encounter;
    /// Takes part: who does is named beside it; values as for `meet-verb`.
    Attend = "attend" in Encounter;
    /// With, between: what follows is the other side.
    With = "with" in Encounter;
    /// A word of meeting that tells of none: took part, met a deadline, meets on stage.
    NoEncounter = "no-encounter" in Encounter;
    /// A news agency or an outlet that others cite, of the gazetteer.
    Agency = "agency" in Credit;
    /// Credits an agency; value `from` before whom a text has it from, `says` beside an agency that reports, `by` at the
    /// head of a byline, `this` for what was said before, `photo` at the head of a line about pictures.
    Credit = "credit" in Credit;

    /// A public that a speaker meets: reporters, voters, students.
    Audience = "audience" in Name;
    /// An office or title before or behind a name; value `office` when it stands for a person without the name too.
    RoleWord = "role" in Name;
    /// A relative: wife, father.
    Kin = "kin" in Name;
    /// A small word within a name: bin, van, de.
    NameLink = "name-link" in Name;
    /// A word with a capital that is of no person's name: council, north; or that only opens a sentence.
    NotName = "not-name" in Name;
}

impl Tag {
    /// The packs' word for it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Reads a pack's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(tag, _)| *tag)
    }
}
