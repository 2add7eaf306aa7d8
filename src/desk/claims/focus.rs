//! The event in focus: what kind it is, how it stands, when and where, read from title and lead before the rest.

use jiff::civil::Date;

use crate::desk::claims::place::{self, Site};
use crate::desk::claims::reading::{Reading, Sentence, distance};
use crate::desk::dates::{Meaning, Timex};
use crate::desk::model::{DateSpan, Status};
use crate::desk::packs::{EntityKind, Packs, Storyline, Tag};

/// Which of the events that an article tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Local {
    /// The one it reports.
    Focus,
    /// The one it says will follow.
    Next,
    /// A summit, in an article about something else.
    Summit,
    /// One that it only recalls.
    Past,
}

/// The part an event plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Reported.
    Reported,
    /// Promised.
    Promised,
}

/// An event as one article knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEvent {
    /// Which.
    pub local: Local,
    /// `meeting` or `summit`.
    pub kind: &'static str,
    /// Its part.
    pub role: Role,
    /// How it stands, as far as the article says.
    pub status: Option<Status>,
    /// Its days.
    pub date: Option<DateSpan>,
    /// Its place.
    pub city: Option<String>,
    /// Its track.
    pub track: Option<String>,
}

/// The focus and what led to it.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    /// The event.
    pub event: LocalEvent,
    /// The sentence and token of the word that gave the status.
    pub status_at: Option<(usize, usize, usize)>,
    /// The sentence and time expression that gave the date.
    pub date_at: Option<(usize, usize)>,
    /// Where the place is said.
    pub site: Option<Site>,
}

/// The status words, strongest first: in one sentence "denied reports that it will be held" is a denial.
const STATUS_TAGS: [(Tag, Status); 7] = [
    (Tag::Denied, Status::Denied),
    (Tag::Cancelled, Status::Cancelled),
    (Tag::Postponed, Status::Postponed),
    (Tag::Held, Status::Held),
    (Tag::Underway, Status::Underway),
    (Tag::Future, Status::Announced),
    (Tag::Proposed, Status::Proposed),
];

/// A word that anchors a date, place or length to an event.
pub(super) const EVENT_TAGS: [Tag; 10] = [
    Tag::Meeting,
    Tag::Summit,
    Tag::Held,
    Tag::Underway,
    Tag::Future,
    Tag::Cancelled,
    Tag::Postponed,
    Tag::Proposed,
    Tag::Lasted,
    Tag::Next,
];

/// Days before publication that a report of a held meeting may reach back.
const REPORT_DAYS_MAX: i32 = 60;

/// Days ahead that a plan may lie.
const PLAN_DAYS_MAX: i32 = 500;

/// Finds the focus.
pub(super) fn find(reading: &Reading, packs: &Packs, storyline: &Storyline) -> Focus {
    let kind = kind_of_lead(reading, packs, storyline);
    let (status, status_at) = status(reading, packs, storyline, kind);
    let (date, date_at) = date(reading, packs, storyline, kind, status);
    let site = place::of_focus(reading, packs, storyline, kind, (status, date));
    let status = settle(status, date, reading);
    let event = LocalEvent {
        local: Local::Focus,
        kind,
        role: Role::Reported,
        status,
        date,
        city: site.as_ref().map(|site| site.id.clone()),
        track: track(reading.lead(), storyline),
    };
    Focus { event, status_at, date_at, site }
}

/// A promised meeting with a day is scheduled.
fn settle(status: Option<Status>, date: Option<DateSpan>, reading: &Reading) -> Option<Status> {
    match (status, date) {
        (Some(Status::Announced), Some(date)) if date.days() == 1 => Some(Status::Scheduled),
        (None, Some(date)) if date.lo > reading.day && date.days() == 1 => Some(Status::Scheduled),
        _ => status,
    }
}

/// The track whose topics the sentences mention, the most often mentioned first.
pub(super) fn track(sentences: &[Sentence], storyline: &Storyline) -> Option<String> {
    storyline
        .tracks
        .iter()
        .map(|track| {
            let mentions = sentences
                .iter()
                .flat_map(|sentence| sentence.tagged(Tag::Topic))
                .filter(|hit| track.topics.contains(&hit.value))
                .count();
            (mentions, track)
        })
        .filter(|(mentions, _)| *mentions > 0)
        .max_by_key(|(mentions, _)| *mentions)
        .map(|(_, track)| track.id.clone())
}

/// A meeting of leaders is told by its name, or by leaders of two parties who meet, in one clause of the sentence.
pub(super) fn is_summit(sentence: &Sentence, packs: &Packs, storyline: &Storyline) -> bool {
    (0..sentence.clauses()).any(|clause| is_summit_clause(sentence, clause, packs, storyline))
        || (sentence.has(Tag::Meeting) && leaders(sentence, None, packs, storyline) >= 2)
}

/// The same for one clause. Leaders who only telephoned do not make a summit of the meeting beside them.
pub(super) fn is_summit_clause(
    sentence: &Sentence,
    clause: usize,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    let meets = sentence.clause_has(clause, Tag::Meeting);
    let named = sentence
        .tagged(Tag::Leaders)
        .any(|hit| sentence.clause[hit.first] == clause && !is_of_call(sentence, hit.first));
    sentence.clause_has(clause, Tag::Summit)
        || (meets && (named || leaders(sentence, Some(clause), packs, storyline) >= 2))
}

fn leaders(
    sentence: &Sentence,
    clause: Option<usize>,
    packs: &Packs,
    storyline: &Storyline,
) -> usize {
    let mut parties: Vec<&str> = sentence
        .tagged(Tag::Person)
        .filter(|hit| clause.is_none_or(|clause| sentence.clause[hit.first] == clause))
        .filter_map(|hit| packs.gazetteer.get(EntityKind::People, &hit.value))
        .filter(|person| person.role.as_deref() == Some("leader"))
        .filter_map(|person| person.party.as_deref())
        .filter(|party| storyline.parties.iter().any(|own| own == party))
        .collect();
    parties.sort_unstable();
    parties.dedup();
    parties.len()
}

fn kind_of_lead(reading: &Reading, packs: &Packs, storyline: &Storyline) -> &'static str {
    // The title decides; an untitled note is decided by its first two sentences.
    let titles = reading.sentences.iter().take_while(|s| s.in_title).count();
    let lead = &reading.sentences[..reading.sentences.len().min(titles.max(1) + 1)];
    let plain = |s: &Sentence| s.has(Tag::Meeting) && !is_summit(s, packs, storyline);
    match lead.first() {
        Some(first) if is_summit(first, packs, storyline) => "summit",
        Some(first) if plain(first) => "meeting",
        _ if lead.iter().any(|s| is_summit(s, packs, storyline) && !track_named(s, storyline)) => {
            "summit"
        }
        _ => "meeting",
    }
}

fn track_named(sentence: &Sentence, storyline: &Storyline) -> bool {
    track(std::slice::from_ref(sentence), storyline).is_some()
}

/// Whether a clause tells of something else than the focus: a call, what was before, or the other kind of meeting.
pub(super) fn is_aside(
    sentence: &Sentence,
    clause: usize,
    kind: &str,
    packs: &Packs,
    storyline: &Storyline,
) -> bool {
    let own_event =
        sentence.clause_has(clause, Tag::Meeting) || sentence.clause_has(clause, Tag::Summit);
    let call = sentence.has(Tag::Call) && !own_event;
    let other_kind = match kind {
        "meeting" => is_summit(sentence, packs, storyline),
        // "After the Riyadh meeting: no date for a summit".
        _ => {
            sentence.has(Tag::Summit)
                && sentence.clause_has(clause, Tag::Meeting)
                && !is_summit_clause(sentence, clause, packs, storyline)
        }
    };
    call || other_kind || is_earlier(sentence, clause) || hangs_on_another(sentence, clause)
}

/// Whether a clause tells what was planned before: its day and place are no longer the event's. Of an event that was
/// called off they still are.
pub(super) fn is_old_plan(sentence: &Sentence, clause: usize, status: Option<Status>) -> bool {
    sentence.clause_has(clause, Tag::WasDue)
        && !matches!(status, Some(Status::Cancelled | Status::Denied))
}

/// Whether a clause tells of something held some days after another event: "six days later they met in Riyadh".
pub(super) fn hangs_on_another(sentence: &Sentence, clause: usize) -> bool {
    let open = sentence
        .times
        .iter()
        .any(|time| sentence.clause[time.first] == clause && time.meaning == Meaning::Unresolved);
    open && sentence.clause_has(clause, Tag::Held) && !sentence.clause_has(clause, Tag::Future)
}

/// Whether a clause is marked as what was before. A mark at the head of a sentence covers all of it, another its clause.
pub(super) fn is_earlier(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .tagged(Tag::Earlier)
        // "The first round" is news where an article opens with it, and history below.
        .filter(|hit| hit.value != "below" || !sentence.opens)
        .any(|hit| (hit.first <= 4 && !sentence.in_title) || sentence.clause[hit.first] == clause)
}

fn status(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> (Option<Status>, Option<(usize, usize, usize)>) {
    let lead = reading.lead().len();
    let rest = |index: usize| index >= lead;
    let held_only = |(_, status): &&(Tag, Status)| *status == Status::Held;
    let mut promised = None;
    for (index, sentence) in reading.sentences.iter().enumerate() {
        if sentence.question {
            continue;
        }
        if rest(index) && promised.is_some() {
            break;
        }
        let over = |(_, status): &&(Tag, Status)| matches!(status, Status::Held | Status::Underway);
        let tags: Vec<&(Tag, Status)> = if rest(index) {
            STATUS_TAGS.iter().filter(held_only).collect()
        } else if promised.is_some() {
            STATUS_TAGS.iter().filter(over).collect()
        } else {
            STATUS_TAGS.iter().collect()
        };
        for (tag, status) in tags {
            let hit = sentence.tagged(*tag).find(|hit| {
                let clause = sentence.clause[hit.first];
                !is_aside(sentence, clause, kind, packs, storyline)
                    && !negated(sentence, hit.first)
                    && !hedged(sentence, hit.first)
                    && near_event(sentence, hit.first)
                    && !long_ago(sentence, clause, reading)
                    && (!rest(index) || !is_of_past(sentence, reading.day, None))
            });
            if let Some(hit) = hit {
                return (Some(*status), Some((index, hit.first, hit.last)));
            }
        }
        if !rest(index)
            && kind == "meeting"
            && let Some((first, last)) = outcome_of(sentence, packs, storyline, kind)
        {
            return (Some(Status::Held), Some((index, first, last)));
        }
        // "No date for a new round" tells that there will be one, unless the lead goes on about one that is over.
        if !rest(index)
            && promised.is_none()
            && sentence.has(Tag::Unset)
            && (sentence.has(Tag::Next) || sentence.has(Tag::Meeting))
            && !(0..sentence.clauses()).all(|c| is_aside(sentence, c, kind, packs, storyline))
        {
            promised = sentence.tagged(Tag::Unset).next().map(|hit| (index, hit.first, hit.last));
        }
    }
    if promised.is_some() {
        return (Some(Status::Announced), promised);
    }
    (None, None)
}

/// Where a sentence of the lead tells what came of the meeting, when no word tells how it stands: what was agreed at it,
/// or how a side judges it, is over.
fn outcome_of(
    sentence: &Sentence,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
) -> Option<(usize, usize)> {
    let told = sentence.hits.iter().find(|hit| {
        matches!(hit.tag, Tag::Agreement | Tag::Assessment)
            && sentence.has(Tag::Meeting)
            && !sentence.has(Tag::Future)
            && !sentence.has(Tag::Attempt)
            && !negated(sentence, hit.first)
            && !hedged(sentence, hit.first)
            && !is_aside(sentence, sentence.clause[hit.first], kind, packs, storyline)
    })?;
    Some((told.first, told.last))
}

/// Days before publication from which on a dated clause of the lead tells of an earlier event.
const LONG_AGO_DAYS: i32 = 30;

/// Whether the days that a sentence names all lie long before publication, or before the days of the focus: what else
/// it tells, it tells of then.
pub(super) fn is_of_past(sentence: &Sentence, day: Date, focus: Option<DateSpan>) -> bool {
    let mut dated = sentence
        .times
        .iter()
        .filter_map(|time| match time.meaning {
            Meaning::Days(days) => Some((time, days)),
            _ => None,
        })
        .peekable();
    dated.peek().is_some()
        && dated.all(|(time, days)| {
            let long_ago = (day - days.hi).get_days() > LONG_AGO_DAYS;
            let before = focus.is_some_and(|known| days.hi < known.lo)
                && days.days() <= 31
                && !is_speech_time(sentence, time, day);
            (long_ago || before) && focus.is_none_or(|known| !known.overlaps(&days))
        })
}

/// Whether a sentence names any day long before publication: it compares then and now.
fn looks_back(sentence: &Sentence, day: Date) -> bool {
    sentence.times.iter().any(|time| {
        matches!(time.meaning, Meaning::Days(days) if (day - days.hi).get_days() > LONG_AGO_DAYS)
    })
}

/// Whether a clause names a day long before publication.
fn long_ago(sentence: &Sentence, clause: usize, reading: &Reading) -> bool {
    sentence.times.iter().any(|time| {
        sentence.clause[time.first] == clause
            && matches!(time.meaning, Meaning::Days(days)
                if (reading.day - days.hi).get_days() > LONG_AGO_DAYS)
    })
}

/// A word of status counts beside a word for a meeting, in its clause or its sentence.
fn near_event(sentence: &Sentence, at: usize) -> bool {
    let named = [Tag::Meeting, Tag::Summit, Tag::BothSides];
    sentence.nearest(at, &named).is_some()
        || sentence.hits.iter().any(|hit| named.contains(&hit.tag))
}

/// Whether "not" stands right before a word.
pub(super) fn negated(sentence: &Sentence, at: usize) -> bool {
    sentence.tagged(Tag::Not).any(|hit| hit.last + 1 == at || hit.last + 2 == at)
}

/// Whether a hedge stands before a word in its clause.
pub(super) fn hedged(sentence: &Sentence, at: usize) -> bool {
    let clause = sentence.clause[at];
    // "He ruled out that …": a hedge also covers the clause that "that" opens behind it.
    let behind_that = sentence
        .tagged(Tag::That)
        .any(|hit| sentence.clause[hit.first] == clause && opens_clause(sentence, hit.first));
    sentence.tagged(Tag::Hedge).any(|hit| {
        let own = sentence.clause[hit.first];
        hit.first <= at && (own == clause || own + 1 == clause && behind_that)
    })
}

fn opens_clause(sentence: &Sentence, at: usize) -> bool {
    at == 0 || sentence.clause[at - 1] != sentence.clause[at]
}

/// Whether a time expression tells when something was said, not when the event is.
pub(super) fn is_speech_time(sentence: &Sentence, time: &Timex, day: Date) -> bool {
    // Nothing has been said yet on a day to come.
    if matches!(time.meaning, Meaning::Days(days) if days.lo > day) {
        return false;
    }
    let at = time.first;
    let event = sentence.nearest(at, &EVENT_TAGS).map(|(_, d)| d);
    let report = sentence.nearest(at, &[Tag::Report]).map(|(_, d)| d);
    match (report, event) {
        (Some(report), Some(event)) => {
            let before =
                sentence.tagged(Tag::Report).any(|hit| hit.last < at && at - hit.last <= report);
            report < event || (report == event && before)
        }
        (Some(_), None) => true,
        _ => false,
    }
}

/// Whether the nearest event of a time expression is a call.
pub(super) fn is_of_call(sentence: &Sentence, at: usize) -> bool {
    let nearest = sentence
        .hits
        .iter()
        .filter(|hit| EVENT_TAGS.contains(&hit.tag) || hit.tag == Tag::Call)
        .min_by_key(|hit| (distance(hit, at), hit.tag != Tag::Call));
    nearest.is_some_and(|hit| hit.tag == Tag::Call)
}

fn date(
    reading: &Reading,
    packs: &Packs,
    storyline: &Storyline,
    kind: &str,
    status: Option<Status>,
) -> (Option<DateSpan>, Option<(usize, usize)>) {
    let lead = reading.lead().len();
    let mut best: Option<(Nearness, DateSpan, (usize, usize))> = None;
    for (index, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| !s.question) {
        for (number, time) in sentence.times.iter().enumerate() {
            let Meaning::Days(days) = time.meaning else { continue };
            let clause = sentence.clause[time.first];
            if days.days() > 100
                || !fits(days, reading, status)
                || is_aside(sentence, clause, kind, packs, storyline)
                || is_old_plan(sentence, clause, status)
                || hedged(sentence, time.first)
                || is_speech_time(sentence, time, reading.day)
                || is_of_call(sentence, time.first)
                || contradicts(sentence, clause, status)
                || promises_another(sentence, clause, status)
                || (index >= lead && looks_back(sentence, reading.day))
            {
                continue;
            }
            let Some(nearness) = nearness(sentence, clause, index < lead) else { continue };
            let better = match &best {
                None => true,
                Some((_, known, _)) if known.contains(&days) && known.days() > days.days() => true,
                Some((had, known, _)) => nearness > *had && !days.contains(known),
            };
            if better {
                best = Some((nearness, days, (index, number)));
            }
        }
    }
    best.map_or((None, None), |(_, days, at)| (Some(days), Some(at)))
}

/// How near a time expression stands to the word for the event: the farther first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Below the lead, in a sentence that names the event.
    Sentence,
    /// In the lead, in a sentence with a word of status or of the event.
    LeadSentence,
    /// In the lead, in the same clause.
    LeadClause,
}

fn nearness(sentence: &Sentence, clause: usize, in_lead: bool) -> Option<Nearness> {
    const NAMES: [Tag; 4] = [Tag::Meeting, Tag::Summit, Tag::Next, Tag::BothSides];
    let beside = EVENT_TAGS.iter().chain(&NAMES).any(|tag| sentence.clause_has(clause, *tag));
    let named = NAMES.iter().any(|tag| sentence.has(*tag));
    let told = EVENT_TAGS.iter().any(|tag| sentence.has(*tag));
    match (in_lead, beside) {
        (true, true) => Some(Nearness::LeadClause),
        (true, false) if told || named => Some(Nearness::LeadSentence),
        (false, true) if named => Some(Nearness::Sentence),
        _ => None,
    }
}

/// A report reaches back, a plan ahead.
fn fits(days: DateSpan, reading: &Reading, status: Option<Status>) -> bool {
    let back = (reading.day - days.hi).get_days();
    let ahead = (days.lo - reading.day).get_days();
    match status {
        Some(Status::Held | Status::Underway) => ahead <= 1 && back <= REPORT_DAYS_MAX,
        // "Called off a week ago" dates the cancellation, not the meeting.
        Some(
            Status::Announced
            | Status::Scheduled
            | Status::Proposed
            | Status::Cancelled
            | Status::Postponed,
        ) => back <= 0 && ahead <= PLAN_DAYS_MAX,
        _ => back <= REPORT_DAYS_MAX && ahead <= PLAN_DAYS_MAX,
    }
}

/// Whether a clause says of its event what cannot be true of the focus: it is over, or off, while the focus is to come.
pub(super) fn contradicts(sentence: &Sentence, clause: usize, status: Option<Status>) -> bool {
    let has = |tag| {
        sentence
            .tagged(tag)
            .any(|hit| sentence.clause[hit.first] == clause && !negated(sentence, hit.first))
    };
    match status {
        Some(Status::Announced | Status::Scheduled | Status::Proposed) => {
            (has(Tag::Held) && !has(Tag::Future)) || has(Tag::Cancelled) || has(Tag::Postponed)
        }
        Some(Status::Cancelled) => has(Tag::Held) && !has(Tag::Cancelled),
        Some(Status::Held | Status::Underway) => {
            (has(Tag::Cancelled) || has(Tag::Postponed)) && !has(Tag::Held)
        }
        _ => false,
    }
}

/// Whether a clause promises another meeting while the focus is over, on, off or denied.
pub(super) fn promises_another(sentence: &Sentence, clause: usize, status: Option<Status>) -> bool {
    let done = matches!(
        status,
        Some(
            Status::Held
                | Status::Underway
                | Status::Cancelled
                | Status::Denied
                | Status::Postponed
        )
    );
    let next = sentence.has(Tag::Next);
    let ahead = sentence.clause_has(clause, Tag::Future)
        || sentence.clause_has(clause, Tag::Unset)
        || sentence.clause_has(clause, Tag::Proposed);
    let over = sentence.clause_has(clause, Tag::Held)
        || sentence.clause_has(clause, Tag::Cancelled)
        || sentence.clause_has(clause, Tag::Denied);
    let denied = status == Some(Status::Denied) && !sentence.has(Tag::Denied);
    done && ahead && !over && (next && status != Some(Status::Denied) || denied)
}
