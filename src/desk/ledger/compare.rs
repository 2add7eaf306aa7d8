//! The comparison lattice: what a new value is to a known one. Values are intervals, so that "about six hours" and "six
//! and a half" need not conflict, and "10 April" refines "April".

use crate::desk::model::{DateSpan, DurationSpan, Nearness, Status, Value};
use crate::desk::packs::{Gazetteer, SlotRule};

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
    Conflicts,
    /// A status that the event has passed.
    Behind,
}

/// Compares a new value with a known one.
pub fn compare(known: &Value, new: &Value, rule: &SlotRule, gazetteer: &Gazetteer) -> Relation {
    match (known, new) {
        (Value::Date(a), Value::Date(b)) => dates(*a, *b),
        (Value::Duration(a), Value::Duration(b)) => durations(*a, *b),
        (Value::Status(a), Value::Status(b)) => statuses(*a, *b),
        (Value::Id(a), Value::Id(b)) => ids(a, b, rule, gazetteer),
        (Value::PartyId { .. }, Value::PartyId { .. }) | (Value::Number(_), Value::Number(_))
            if known == new =>
        {
            Relation::Equal
        }
        _ => Relation::Conflicts,
    }
}

fn dates(known: DateSpan, new: DateSpan) -> Relation {
    if known == new {
        Relation::Equal
    } else if known.contains(&new) {
        Relation::Refines
    } else if new.contains(&known) {
        Relation::Generalises
    } else if known.overlaps(&new) {
        // Two windows that overlap narrow each other when the new one is the shorter by far.
        if new.days() * 2 <= known.days() { Relation::Refines } else { Relation::Compatible }
    } else {
        Relation::Conflicts
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
    if same && (known.nearness == new.nearness || plain(known) && plain(new)) {
        return Relation::Equal;
    }
    let ((a, b), (c, d)) = (minutes(known), minutes(new));
    if a <= c && d <= b {
        Relation::Refines
    } else if c <= a && b <= d {
        Relation::Generalises
    } else if a <= d && c <= b {
        Relation::Compatible
    } else {
        Relation::Conflicts
    }
}

/// Statuses move on: up to held in their order; postponed, cancelled and denied from whatever is not over. Held never
/// reverts, and a cancelled event stays cancelled, for the next round is an event of its own.
fn statuses(known: Status, new: Status) -> Relation {
    use Status::{Cancelled, Denied, Held, Postponed};
    match (known, new) {
        _ if known == new => Relation::Equal,
        (Held, _) => Relation::Behind,
        (Cancelled, Held) => Relation::Conflicts,
        (Cancelled, _) => Relation::Behind,
        (Postponed, Denied) => Relation::Behind,
        (Postponed | Denied, _) | (_, Postponed | Cancelled | Denied) => Relation::Conflicts,
        _ if new > known => Relation::Conflicts,
        _ => Relation::Behind,
    }
}

fn ids(known: &str, new: &str, rule: &SlotRule, gazetteer: &Gazetteer) -> Relation {
    let grouped = |group: &&Vec<String>| {
        group.iter().any(|id| id == known) && group.iter().any(|id| id == new)
    };
    if known == new {
        Relation::Equal
    } else if gazetteer.is_within(new, known) {
        Relation::Refines
    } else if gazetteer.is_within(known, new) {
        Relation::Generalises
    } else if rule.compatible.iter().any(|group| grouped(&group)) {
        Relation::Compatible
    } else {
        Relation::Conflicts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::model::ValueType;

    fn check(of: ValueType, known: &str, new: &str, expect: Relation) {
        let rule = SlotRule {
            name: "x".into(),
            value_type: of,
            severity: 3,
            many: false,
            compatible: vec![vec!["expert".into(), "technical".into()]],
        };
        let value = |text: &str| Value::parse(text, of).expect("a value");
        let got = compare(&value(known), &value(new), &rule, &Gazetteer::default());
        assert_eq!(got, expect, "{known} then {new}");
    }

    #[test]
    fn lengths_of_time() {
        let of = ValueType::Duration;
        check(of, "PT6H", "~PT6H", Relation::Equal);
        check(of, "~PT6H", "PT6H30M", Relation::Refines);
        check(of, ">PT6H", "PT6H30M", Relation::Refines);
        check(of, ">PT6H", "~PT6H", Relation::Compatible);
        check(of, "PT6H", "PT6H30M", Relation::Conflicts);
        check(of, "PT6H30M", "~PT6H", Relation::Generalises);
        check(of, "PT5H/PT6H", ">PT6H", Relation::Conflicts);
    }

    #[test]
    fn days() {
        let of = ValueType::Date;
        check(of, "2025-04", "2025-04-10", Relation::Refines);
        check(of, "2025-04-10", "2025-04", Relation::Generalises);
        check(of, "2025-04-10", "2025-04-11", Relation::Conflicts);
        check(of, "2025-02-22/2025-03-08", "2025-02-23/2025-03-02", Relation::Refines);
    }

    #[test]
    fn statuses_move_on_and_never_back() {
        let of = ValueType::Status;
        check(of, "announced", "scheduled", Relation::Conflicts);
        check(of, "held", "scheduled", Relation::Behind);
        check(of, "scheduled", "announced", Relation::Behind);
        check(of, "announced", "cancelled", Relation::Conflicts);
        check(of, "cancelled", "announced", Relation::Behind);
    }

    #[test]
    fn groups_of_ids() {
        check(ValueType::Id, "expert", "technical", Relation::Compatible);
        check(ValueType::Id, "expert", "ministerial", Relation::Conflicts);
    }
}
