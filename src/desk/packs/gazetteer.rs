//! Names: people, places, organisations, venues, topics, assessments, parties and agencies, with their aliases in each
//! language.
//!
//! A file is a table with tabs: the first line names the columns, `id` first. Columns that are not attributes of the
//! kind are languages; aliases of a cell are separated by ` | `. A second file of the same kind (`people.fr.tsv`) adds
//! aliases to the same ids, so that a language can be added without touching the others.

use std::collections::BTreeMap;

use crate::desk::model::LanguageId;
use crate::desk::packs::{PackProblem, PackSource, Tag};

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names of the files")]
pub enum EntityKind {
    People,
    Places,
    Organisations,
    Venues,
    Topics,
    Assessments,
    Parties,
    Agencies,
}

impl EntityKind {
    const NAMES: [(EntityKind, &'static str, Tag); 8] = [
        (EntityKind::People, "people", Tag::Person),
        (EntityKind::Places, "places", Tag::Place),
        (EntityKind::Organisations, "organisations", Tag::Organisation),
        (EntityKind::Venues, "venues", Tag::Venue),
        (EntityKind::Topics, "topics", Tag::Topic),
        (EntityKind::Assessments, "assessments", Tag::Assessment),
        (EntityKind::Parties, "parties", Tag::Party),
        (EntityKind::Agencies, "agencies", Tag::Agency),
    ];

    /// The kind that a file of this name, without endings, holds.
    pub(super) fn of_file(stem: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, name, _)| *name == stem).map(|(kind, _, _)| *kind)
    }

    /// The kind whose aliases get a tag.
    pub fn of_tag(tag: Tag) -> Option<Self> {
        Self::NAMES.iter().find(|(_, _, of)| *of == tag).map(|(kind, _, _)| *kind)
    }

    /// Whether a column of a table is an attribute and no language.
    pub(super) fn is_attribute(column: &str) -> bool {
        ATTRIBUTES.contains(&column)
    }

    /// Whether its aliases in Latin letters are read in the texts of all languages.
    pub(super) fn is_latin_everywhere(self) -> bool {
        matches!(self, EntityKind::People | EntityKind::Agencies)
    }

    /// The tag that its aliases get.
    pub fn tag(self) -> Tag {
        Self::NAMES[self as usize].2
    }
}

/// Columns that are attributes and no languages.
const ATTRIBUTES: [&str; 4] = ["party", "within", "role", "note"];

/// One named thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// Person, organisation or capital: the party it belongs to or stands for.
    pub party: Option<String>,
    /// Place or venue: the place that holds it.
    pub within: Option<String>,
    /// `leader` for heads of state and government, `generic` for places that any other refines and for agencies without a
    /// name, `alone` for those that count only in a line of credits, `anaphor` for "the agency".
    pub role: Option<String>,
    /// Aliases by language.
    pub aliases: BTreeMap<LanguageId, Vec<String>>,
}

/// All entities by kind and id.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entities: BTreeMap<(EntityKind, String), Entity>,
}

impl Gazetteer {
    /// Adds a file; returns what is wrong with it.
    pub fn read(&mut self, source: &PackSource) -> Vec<PackProblem> {
        let mut problems = Vec::new();
        let file = source.path.rsplit('/').next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        let problem = |line: usize, message: String, hint: Option<String>| PackProblem {
            path: source.path.clone(),
            line,
            message,
            hint,
        };
        let Some((kind, _, _)) = EntityKind::NAMES.iter().find(|(_, name, _)| *name == stem) else {
            let names: Vec<_> = EntityKind::NAMES.iter().map(|(_, name, _)| *name).collect();
            problems.push(problem(
                1,
                format!("`{stem}` is no kind of entity"),
                Some(format!("a gazetteer file is named {}", names.join(", "))),
            ));
            return problems;
        };
        let mut lines = source.text.lines().enumerate().filter(|(_, line)| is_content(line));
        let Some((_, header)) = lines.next() else { return problems };
        let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
        for (index, line) in lines {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() > columns.len() || cells[0].is_empty() {
                problems.push(problem(
                    index + 1,
                    format!("{} cells where the header has {}", cells.len(), columns.len()),
                    Some("cells are separated by one tab; aliases by ` | `".into()),
                ));
                continue;
            }
            let entity = self.entities.entry((*kind, cells[0].to_owned())).or_default();
            for (column, cell) in columns.iter().zip(&cells).skip(1).filter(|(_, c)| !c.is_empty())
            {
                entity.set(column, cell);
            }
        }
        problems
    }

    /// An entity of a kind.
    pub fn get(&self, kind: EntityKind, id: &str) -> Option<&Entity> {
        self.entities.get(&(kind, id.to_owned()))
    }

    /// All entities.
    pub fn iter(&self) -> impl Iterator<Item = (EntityKind, &str, &Entity)> {
        self.entities.iter().map(|((kind, id), entity)| (*kind, id.as_str(), entity))
    }

    /// The party that an entity of any kind stands for.
    pub fn party_of<'a>(&'a self, tag: Tag, id: &'a str) -> Option<&'a str> {
        if tag == Tag::Party {
            return Some(id);
        }
        let kind = EntityKind::NAMES.iter().find(|(_, _, of)| *of == tag)?.0;
        self.get(kind, id)?.party.as_deref()
    }

    /// Whether the place or venue `inner` lies within `outer`, at any remove. A generic place holds every other.
    pub fn is_within(&self, inner: &str, outer: &str) -> bool {
        if self.get(EntityKind::Places, outer).is_some_and(|e| e.role.as_deref() == Some("generic"))
        {
            return true;
        }
        let mut at = inner.to_owned();
        // Venue, city, region, country, continent: five steps are more than any chain has.
        for _ in 0..5 {
            let holder = [EntityKind::Places, EntityKind::Venues]
                .iter()
                .find_map(|kind| self.get(*kind, &at).and_then(|e| e.within.clone()));
            match holder {
                Some(place) if place == outer => return true,
                Some(place) => at = place,
                None => return false,
            }
        }
        false
    }
}

impl Entity {
    fn set(&mut self, column: &str, cell: &str) {
        match column {
            "party" => self.party = Some(cell.to_owned()),
            "within" => self.within = Some(cell.to_owned()),
            "role" => self.role = Some(cell.to_owned()),
            _ if ATTRIBUTES.contains(&column) => {}
            language => self
                .aliases
                .entry(LanguageId::new(language))
                .or_default()
                .extend(cell.split(" | ").map(|alias| alias.trim().to_owned())),
        }
    }
}

/// Whether a line of a table holds anything: not empty, no comment.
pub(super) fn is_content(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}
