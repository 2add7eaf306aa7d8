//! Support: how well a value is supported. Origins are counted, not publishers: one speaker in twenty outlets is one
//! origin, and an outlet does not confirm itself.

use std::sync::Arc;

use crate::desk::model::{Claim, SupportLevel};
use crate::desk::packs::{EntityKind, Gazetteer};

/// Whose word an anonymous sentence of an article is: its publisher's, or that of the oldest text that it copies.
pub(super) fn voice(source: &str) -> Arc<str> {
    Arc::from(format!("source:{source}"))
}

/// Whose word a claim is: the first that applies of its speaker, the agency it credits, the quotation it stands in, and
/// the voice of its text. A translation names the speaker of the original, so that both are one origin.
pub(super) fn origin(claim: &Claim, voice: &Arc<str>) -> Arc<str> {
    if let Some(speaker) = &claim.speaker {
        Arc::from(format!("speaker:{speaker}"))
    } else if let Some(agency) = &claim.conveyor {
        Arc::from(format!("agency:{agency}"))
    } else if let Some(words) = &claim.quotation {
        Arc::from(format!("quote:{words}"))
    } else {
        voice.clone()
    }
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
