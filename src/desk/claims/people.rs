//! Who led: the first person of each party in a sentence that says who led.

use crate::desk::claims::reading::Sentence;
use crate::desk::packs::{EntityKind, Packs, Storyline, Tag};

/// A person who led a party's delegation, with the tokens of the name.
pub(super) fn heads<'a>(
    sentence: &'a Sentence,
    packs: &'a Packs,
    storyline: &Storyline,
) -> Vec<(&'a str, &'a str, (usize, usize))> {
    let mut out: Vec<(&str, &str, (usize, usize))> = Vec::new();
    if !sentence.has(Tag::Head) {
        return out;
    }
    for hit in sentence.tagged(Tag::Person) {
        let party = packs
            .gazetteer
            .get(EntityKind::People, &hit.value)
            .and_then(|person| person.party.as_deref());
        let Some(party) = party.filter(|party| storyline.parties.iter().any(|own| own == party))
        else {
            continue;
        };
        if out.iter().all(|(known, _, _)| *known != party) {
            out.push((party, &hit.value, (hit.first, hit.last)));
        }
    }
    out
}
