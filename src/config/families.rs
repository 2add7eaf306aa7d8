//! Families of publishers: `[family.NAME]`, publishers with one owner or newsroom, whose word counts once.

use super::check::identifier;
use super::problem::Problem;
use super::raw::Written;
use super::section::Section;
use crate::desk::origins::Family;

/// Reads the families, and the names of those that are switched off. A publisher belongs to one family.
pub(super) fn read(
    tables: &[(&String, &Written)],
    problems: &mut Vec<Problem>,
) -> (Vec<Family>, Vec<String>) {
    let (mut families, mut off): (Vec<Family>, Vec<String>) = (Vec::new(), Vec::new());
    for (name, written) in tables {
        let mut section = Section::new(format!("family.{name}"), written, problems);
        if let Err(what) = identifier(name) {
            section.wrong_here(format!("its name {what}"), None);
        }
        let enabled = section.truth("enabled", true);
        let publishers =
            section.texts("publishers", "[\"Example News\", \"news.example\"]", |text| {
                if text.trim().is_empty() {
                    return Err("is empty".into());
                }
                let holds = |family: &&Family| family.publishers.iter().any(|known| known == text);
                match families.iter().find(holds) {
                    Some(other) => {
                        Err(format!("belongs to the family {} already", other.id).into())
                    }
                    None => Ok(text.to_owned()),
                }
            });
        if enabled && !section.has("publishers") {
            section.wrong_here("names no publishers", None);
        }
        section.finish();
        if enabled {
            families.push(Family { id: (*name).clone(), publishers });
        } else {
            off.push(format!("family.{name}"));
        }
    }
    (families, off)
}
