//! Support: how well a value is supported. Origins are counted, not publishers: one speaker in twenty outlets is one
//! origin, and an outlet does not confirm itself.

use std::sync::Arc;

use crate::desk::ledger::Voice;
use crate::desk::model::{Claim, Report, SupportLevel};
use crate::desk::origins::{Houses, UNNAMED};
use crate::desk::packs::{EntityKind, Gazetteer};

/// Whose word a claim is.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// The names of its origin, the one that says most first.
    pub origin: Vec<Arc<str>>,
    /// The names of whose text it stands in, likewise.
    pub voice: Vec<Arc<str>>,
}

/// Whose the text of a report is, as far as the report itself tells: the agency's that it credits, or the house's that its
/// publisher belongs to.
pub(super) fn house(report: &Report, houses: &Houses) -> Arc<str> {
    match (&report.conveyor, &report.house) {
        (Some(agency), _) => Arc::from(houses.of_agency(agency)),
        (None, Some(house)) => Arc::from(house.as_str()),
        (None, None) => Arc::from(format!("source:{}", report.source)),
    }
}

/// Whose word a claim is: the first that applies of its speaker, the agency that conveys it, the quotation it stands in,
/// and the voice of its text. A translation names the speaker of the original, so that both are one origin; the same
/// quotation is one whoever conveys it.
pub(super) fn word(claim: &Claim, voice: &Voice, houses: &Houses, gazetteer: &Gazetteer) -> Word {
    let own = || std::iter::once(&voice.name).chain(&voice.also).cloned();
    let quote = claim.quotation.iter().map(|words| Arc::from(format!("quote:{words}")));
    let agency = claim.conveyor.as_deref();
    let is_named = |id: &&str| {
        gazetteer.get(EntityKind::Agencies, id).is_none_or(|agency| agency.role.is_none())
    };
    let named = agency.filter(is_named).map(|id| Arc::from(houses.of_agency(id)));
    let voices: Vec<Arc<str>> = match &named {
        // What else is known of the text says whose it is only where the agency conveys all of it.
        Some(agency) if *agency == voice.name => own().collect(),
        Some(agency) => vec![agency.clone()],
        None => own().collect(),
    };
    let origin = if let Some(speaker) = &claim.speaker {
        std::iter::once(Arc::from(format!("speaker:{speaker}"))).chain(quote).collect()
    } else if named.is_some() {
        voices.iter().cloned().chain(quote).collect()
    } else if claim.quotation.is_some() {
        quote.collect()
    } else if agency.is_some() {
        vec![Arc::from(format!("{UNNAMED}{}", voice.name))]
    } else {
        voices.clone()
    };
    Word { origin, voice: voices }
}

/// The parties of the event that a claim's speaker speaks for; the speakers of a joint statement are joined by `+`.
pub(super) fn parties<'a>(
    claim: &Claim,
    own: &'a [Arc<str>],
    gazetteer: &Gazetteer,
) -> Vec<&'a Arc<str>> {
    let mut found: Vec<&Arc<str>> = Vec::new();
    for id in claim.speaker.iter().flat_map(|speaker| speaker.split('+')) {
        let party = [EntityKind::People, EntityKind::Organisations]
            .iter()
            .find_map(|kind| gazetteer.get(*kind, id).and_then(|who| who.party.as_deref()))
            .unwrap_or(id);
        found.extend(own.iter().filter(|own| &***own == party));
    }
    found.dedup();
    found
}

/// The level that origins, voices and speaking parties give. Two origins in one outlet are one outlet's word for both.
pub(super) fn level(origins: usize, voices: usize, parties: usize) -> SupportLevel {
    match (parties, origins, voices) {
        (2.., _, _) => SupportLevel::BothSides,
        (_, 2.., 2..) => SupportLevel::Corroborated,
        (1, _, _) => SupportLevel::Party,
        _ => SupportLevel::Single,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_by_origins_voices_and_parties() {
        for (origins, voices, parties, level_is, why) in [
            (1, 1, 0, SupportLevel::Single, "one anonymous report"),
            (1, 20, 0, SupportLevel::Single, "one speaker in twenty outlets"),
            (2, 1, 0, SupportLevel::Single, "an outlet and its own unnamed source"),
            (2, 2, 0, SupportLevel::Corroborated, "two outlets on their own"),
            (1, 1, 1, SupportLevel::Party, "a ministry on record"),
            (2, 1, 1, SupportLevel::Party, "a ministry, in the outlet that had it first"),
            (2, 2, 1, SupportLevel::Corroborated, "a ministry and an independent report"),
            (2, 2, 2, SupportLevel::BothSides, "both ministries"),
            (1, 1, 2, SupportLevel::BothSides, "a joint statement"),
        ] {
            assert_eq!(level(origins, voices, parties), level_is, "{why}");
        }
    }
}
