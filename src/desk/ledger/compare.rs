//! The comparison lattice: what a new value is to a known one. Values are intervals, so that "about six hours" and "six
//! and a half" need not conflict, and "10 April" refines "April".

use crate::desk::model::{Conflict, DateSpan, DurationSpan, Nearness, Status, Value};
use crate::desk::packs::{EntityKind, Gazetteer, SlotRule};

/// What a new value is to a known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same.
    Equal,
    /// Narrower.
    Refines,
    /// Wider.
    Generalises,
    /// They overlap.
    Compatible,
    /// They exclude each other.
    Conflicts(Conflict),
    /// A status that comes after the known one.
    MovesOn,
    /// A status that the event has passed.
    Behind,
    /// They say nothing about each other.
    Incomparable,
}

/// Compares a new value with a known one.
pub fn compare(known: &Value, new: &Value, rule: &SlotRule, gazetteer: &Gazetteer) -> Relation {
    match (known, new) {
        _ if known == new => Relation::Equal,
        // That none is fixed is the widest of all values.
        (Value::Unset, _) => Relation::Refines,
        (_, Value::Unset) => Relation::Generalises,
        (Value::Date(a), Value::Date(b)) => dates(*a, *b),
        (Value::Duration(a), Value::Duration(b)) => durations(*a, *b),
        (Value::Status(a), Value::Status(b)) => statuses(*a, *b),
        (Value::Id(a), Value::Id(b)) => ids(a, b, rule, gazetteer),
        (Value::Number(a), Value::Number(b)) if a.unit == b.unit => {
            Relation::Conflicts(Conflict::Hard)
        }
        _ => Relation::Incomparable,
    }
}

fn dates(known: DateSpan, new: DateSpan) -> Relation {
    if known.contains(&new) {
        Relation::Refines
    } else if new.contains(&known) {
        Relation::Generalises
    } else if !known.overlaps(&new) {
        Relation::Conflicts(Conflict::Hard)
    } else if new.days() * 2 <= known.days() {
        // Of two windows that overlap, the one that is shorter by far is the narrower one.
        Relation::Refines
    } else if known.days() * 2 <= new.days() {
        Relation::Generalises
    } else {
        Relation::Compatible
    }
}

/// The minutes that a length of time can mean. A bare number of hours stands for half a unit of its precision, at the
/// most 7.5 %; "about" for 10 %; "more than x" for up to one and a half times x; a length with minutes for itself.
fn minutes(span: DurationSpan) -> (f64, f64) {
    let (lo, hi) = (f64::from(span.lo_min), f64::from(span.hi_min));
    match span.nearness {
        Nearness::About => (lo * 0.9, hi * 1.1),
        Nearness::MoreThan => (lo + 0.5, hi * 1.5),
        Nearness::LessThan => (lo * 0.5, hi - 0.5),
        Nearness::Exactly if span.lo_min != span.hi_min => (lo, hi),
        Nearness::Exactly if span.lo_min.is_multiple_of(60) => {
            let slack = (lo * 0.075).min(30.0);
            (lo - slack, hi + slack)
        }
        Nearness::Exactly => (lo, hi),
    }
}

fn durations(known: DurationSpan, new: DurationSpan) -> Relation {
    let plain = |span: DurationSpan| matches!(span.nearness, Nearness::Exactly | Nearness::About);
    let same = known.lo_min == new.lo_min && known.hi_min == new.hi_min;
    let ((a, b), (c, d)) = (minutes(known), minutes(new));
    if same && plain(known) && plain(new) || (a, b) == (c, d) {
        Relation::Equal
    } else if a <= c && d <= b {
        Relation::Refines
    } else if c <= a && b <= d {
        Relation::Generalises
    } else if a <= d && c <= b {
        Relation::Compatible
    } else {
        Relation::Conflicts(Conflict::Soft)
    }
}

/// Statuses move on: up to held in their order; postponed, cancelled and denied from whatever is not over. Held never
/// reverts, and a cancelled event stays cancelled, for the next round is an event of its own; only that it was held after
/// all is another thing. What was put off or denied comes back when it is announced again, not when it is talked of.
fn statuses(known: Status, new: Status) -> Relation {
    use Status::{Cancelled, Denied, Held, Postponed, Proposed, Rumoured};
    match (known, new) {
        _ if known == new => Relation::Equal,
        (Held, _) => Relation::Behind,
        (Cancelled, Held) => Relation::MovesOn,
        (Cancelled, _) | (Postponed, Denied) => Relation::Behind,
        (Postponed | Denied, Rumoured | Proposed) => Relation::Behind,
        (Postponed | Denied, _) | (_, Postponed | Cancelled | Denied) => Relation::MovesOn,
        _ if new > known => Relation::MovesOn,
        _ => Relation::Behind,
    }
}

fn ids(known: &str, new: &str, rule: &SlotRule, gazetteer: &Gazetteer) -> Relation {
    let grouped = |group: &&Vec<String>| {
        group.iter().any(|id| id == known) && group.iter().any(|id| id == new)
    };
    match (gazetteer.is_within(new, known), gazetteer.is_within(known, new)) {
        (true, true) => Relation::Compatible,
        (true, false) => Relation::Refines,
        (false, true) => Relation::Generalises,
        _ if rule.compatible.iter().any(|group| grouped(&group)) => Relation::Compatible,
        _ if neighbours(known, new, gazetteer) => Relation::Conflicts(Conflict::Soft),
        _ => Relation::Conflicts(Conflict::Hard),
    }
}

/// Whether two venues stand in one place: a consulate and its residence are easily told for one another.
fn neighbours(a: &str, b: &str, gazetteer: &Gazetteer) -> bool {
    let place = |id| place_of(id, gazetteer);
    place(a).is_some() && place(a) == place(b)
}

/// The place of a venue: the gazetteer's, or the one that its id ends in, for ids are made as `<party>-<type>-<city>`.
fn place_of<'a>(id: &'a str, gazetteer: &'a Gazetteer) -> Option<&'a str> {
    let listed = gazetteer.get(EntityKind::Venues, id).and_then(|venue| venue.within.as_deref());
    let ends = || id.match_indices('-').map(|(at, _)| &id[at + 1..]);
    listed.or_else(|| ends().find(|end| gazetteer.get(EntityKind::Places, end).is_some()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::desk::model::ValueType;

    fn rule(of: ValueType) -> SlotRule {
        SlotRule {
            name: "x".into(),
            value_type: of,
            unit: None,
            severity: 3,
            many: false,
            compatible: vec![vec!["expert".into(), "technical".into()]],
            opposes: None,
        }
    }

    fn check(of: ValueType, known: &str, new: &str, expect: Relation) {
        let value = |text: &str| Value::parse(text, of).expect("a value");
        let got = compare(&value(known), &value(new), &rule(of), &Gazetteer::default());
        assert_eq!(got, expect, "{known} then {new}");
    }

    #[test]
    fn lengths_of_time() {
        let of = ValueType::Duration;
        check(of, "PT6H", "~PT6H", Relation::Equal);
        check(of, "~PT6H", "PT6H30M", Relation::Refines);
        check(of, ">PT6H", "PT6H30M", Relation::Refines);
        check(of, ">PT6H", "~PT6H", Relation::Compatible);
        check(of, "PT6H", "PT6H30M", Relation::Conflicts(Conflict::Soft));
        check(of, "PT6H30M", "~PT6H", Relation::Generalises);
        check(of, "PT5H/PT6H", ">PT6H", Relation::Conflicts(Conflict::Soft));
    }

    #[test]
    fn days() {
        let of = ValueType::Date;
        check(of, "2025-04", "2025-04-10", Relation::Refines);
        check(of, "2025-04-10", "2025-04", Relation::Generalises);
        check(of, "2025-04-10", "2025-04-11", Relation::Conflicts(Conflict::Hard));
        check(of, "2025-02-22/2025-03-08", "2025-02-23/2025-03-02", Relation::Refines);
        check(of, "2025-02-20/2025-03-08", "2025-03-07/2025-03-10", Relation::Refines);
        check(of, "2025-03-07/2025-03-10", "2025-02-20/2025-03-08", Relation::Generalises);
        check(of, "unset", "2025-04", Relation::Refines);
        check(of, "2025-04", "unset", Relation::Generalises);
    }

    #[test]
    fn statuses_move_on_and_never_back() {
        let of = ValueType::Status;
        for (known, new, expect) in [
            ("rumoured", "proposed", Relation::MovesOn),
            ("announced", "scheduled", Relation::MovesOn),
            ("scheduled", "underway", Relation::MovesOn),
            ("underway", "held", Relation::MovesOn),
            ("announced", "held", Relation::MovesOn),
            ("announced", "cancelled", Relation::MovesOn),
            ("scheduled", "postponed", Relation::MovesOn),
            ("postponed", "scheduled", Relation::MovesOn),
            ("postponed", "cancelled", Relation::MovesOn),
            ("cancelled", "held", Relation::MovesOn),
            ("denied", "announced", Relation::MovesOn),
            ("denied", "rumoured", Relation::Behind),
            ("postponed", "proposed", Relation::Behind),
            ("scheduled", "announced", Relation::Behind),
            ("cancelled", "announced", Relation::Behind),
            ("cancelled", "postponed", Relation::Behind),
            ("held", "scheduled", Relation::Behind),
            ("held", "cancelled", Relation::Behind),
            ("held", "denied", Relation::Behind),
        ] {
            check(of, known, new, expect);
        }
    }

    #[test]
    fn groups_of_ids() {
        check(ValueType::Id, "expert", "technical", Relation::Compatible);
        check(ValueType::Id, "expert", "ministerial", Relation::Conflicts(Conflict::Hard));
        check(ValueType::PartyId, "us:constructive", "ru:substantive", Relation::Incomparable);
    }

    #[test]
    fn two_venues_of_one_city_are_easily_confused() {
        let venue = |id: &str| Value::Id(id.into());
        let known = venue("us-consulate-istanbul");
        let rule = rule(ValueType::Id);
        for (new, kind) in [
            ("us-cg-residence-istanbul", Conflict::Soft),
            ("us-embassy-moscow", Conflict::Hard),
            ("palace", Conflict::Hard),
        ] {
            let got = compare(&known, &venue(new), &rule, &places());
            assert_eq!(got, Relation::Conflicts(kind), "{new}");
        }
    }

    fn date() -> impl Strategy<Value = Value> {
        (0i64..60, 0i64..40).prop_map(|(first, length)| {
            let lo = jiff::civil::date(2025, 2, 1) + jiff::Span::new().days(first);
            Value::Date(DateSpan { lo, hi: lo + jiff::Span::new().days(length) })
        })
    }

    fn duration() -> impl Strategy<Value = Value> {
        let near = prop_oneof![
            Just(Nearness::Exactly),
            Just(Nearness::About),
            Just(Nearness::MoreThan),
            Just(Nearness::LessThan)
        ];
        (1u32..40, 0u32..3, near).prop_map(|(quarters, more, nearness)| {
            let lo_min = quarters * 15;
            Value::Duration(DurationSpan { lo_min, hi_min: lo_min + more * 30, nearness })
        })
    }

    fn id() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just("istanbul"),
            Just("turkey"),
            Just("third-country"),
            Just("moscow"),
            Just("europe"),
            Just("expert"),
            Just("technical")
        ]
        .prop_map(|id: &str| Value::Id(id.into()))
    }

    fn places() -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        let text = "id\twithin\trole\tar\ten\tru\nturkey\teurope\t\tتركيا\tTurkey\tТурция\n\
            istanbul\tturkey\t\tاسطنبول\tIstanbul\tСтамбул\nmoscow\teurope\t\tموسكو\tMoscow\tМосква\n\
            europe\t\tgeneric\tاوروبا\tEurope\tЕвропа\nthird-country\t\tgeneric\tدولة ثالثة\tthird country\tтретья страна\n";
        let path = "packs/gazetteer/places.tsv".into();
        let source = crate::desk::packs::PackSource { path, text: text.into() };
        assert!(gazetteer.read(&source).is_empty());
        gazetteer
    }

    proptest! {
        /// Equal is reflexive; equal, compatible, conflicting and incomparable are symmetric; refines is the converse of
        /// generalises.
        #[test]
        fn the_lattice_has_its_laws(
            (a, b, of) in prop_oneof![
                (date(), date(), Just(ValueType::Date)),
                (duration(), duration(), Just(ValueType::Duration)),
                (id(), id(), Just(ValueType::Id)),
                (prop_oneof![date(), Just(Value::Unset)], id(), Just(ValueType::Id)),
            ],
        ) {
            let (rule, places) = (rule(of), places());
            let forward = compare(&a, &b, &rule, &places);
            let backward = compare(&b, &a, &rule, &places);
            prop_assert_eq!(compare(&a, &a, &rule, &places), Relation::Equal);
            let converse = match forward {
                Relation::Refines => Relation::Generalises,
                Relation::Generalises => Relation::Refines,
                same => same,
            };
            prop_assert_eq!(backward, converse, "{} and {}", a, b);
        }
    }
}
