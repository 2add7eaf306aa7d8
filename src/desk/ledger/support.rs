//! Support: how well a value is supported, counted by origin and by party, never by publisher.

use crate::desk::model::SupportLevel;

/// The level that origins and the parties of their speakers give.
pub(super) fn level(origins: &[String], parties: &[String], own: &[String]) -> SupportLevel {
    let speaking = parties.iter().filter(|party| own.contains(party)).count();
    match (speaking, origins.len()) {
        (2.., _) => SupportLevel::BothSides,
        (_, 2..) => SupportLevel::Corroborated,
        (1, _) => SupportLevel::Party,
        _ => SupportLevel::Single,
    }
}
