//! Watchlists, from the files `watchlists/NAME.toml` and the tables `[watchlist.NAME]`.

use std::collections::BTreeMap;

use super::check::{identifier, language};
use super::files::DataFile;
use super::mistake::Mistake;
use super::problem::{Place, Problem, nearest};
use super::raw::{self, Form, Table, Written};
use super::section::Section;
use crate::desk::alert::Watchlist;
use crate::desk::model::{ChannelId, StorylineId, SupportLevel, WatchlistId};

/// The names that a watchlist may refer to.
pub(super) struct Names<'a> {
    /// Channels that are switched on.
    pub(super) channels: &'a [String],
    /// Channels that are switched off.
    pub(super) channels_off: &'a [String],
    /// Storylines that there are files of.
    pub(super) storylines: &'a [String],
}

/// The watchlists that stand in files of their own, as if they stood in the defaults.
pub(super) fn from_files(
    files: &BTreeMap<String, DataFile>,
    problems: &mut Vec<Problem>,
) -> Option<Written> {
    let mut lists = Table::new();
    for (path, file) in files {
        let Some(name) = path.strip_prefix("watchlists/") else { continue };
        let place = Place::File(file.shown.as_str().into());
        let Some(name) = name.strip_suffix(".toml") else {
            problems.push(Problem {
                place,
                key: String::new(),
                what: "a watchlist is a file whose name ends in .toml".into(),
                hint: None,
            });
            continue;
        };
        let (table, mut slips) = raw::read(&file.shown, &file.text);
        problems.append(&mut slips);
        lists.insert(name.to_owned(), Written { place, form: Form::Table(table) });
    }
    let place = Place::File("watchlists".into());
    (!lists.is_empty()).then_some(Written { place, form: Form::Table(lists) })
}

/// Reads one watchlist; none when it is switched off.
pub(super) fn read(
    name: &str,
    written: &Written,
    names: &Names<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Watchlist> {
    let mut section = Section::new(format!("watchlist.{name}"), written, problems);
    if let Err(why) = identifier(name) {
        section.wrong_here(format!("the name {why}"), None);
    }
    let enabled = section.truth("enabled", true);
    let storylines = section.texts("storylines", "[\"us-russia-talks\"]", |text| {
        // Without any storyline nothing is watched; then the packs are what is wrong, and not this name.
        if names.storylines.is_empty() || names.storylines.iter().any(|known| known == text) {
            return Ok(StorylineId::new(text));
        }
        Err(unknown("is no storyline", text, names.storylines))
    });
    let slots = section.texts("slots", "[\"date\", \"city\"]", slot_family);
    let min_severity = if section.has("min_severity") {
        u8::try_from(section.whole("min_severity", "4", 1..=5)).unwrap_or(1)
    } else {
        1
    };
    let min_support = section.optional("min_support", "\"corroborated\"", |text| {
        let level = SUPPORT.into_iter().find(|level| level.as_str() == text);
        let known = SUPPORT.map(|level| level.as_str().to_owned());
        level.ok_or_else(|| unknown("is no level of support", text, &known))
    });
    let languages = section.texts("languages", "[\"ar\", \"ru\"]", language);
    let channels = section.texts("channels", "[\"alerts\"]", |text| {
        if names.channels.iter().any(|known| known == text) {
            return Ok(ChannelId::new(text));
        }
        // A watchlist that is itself switched off may wait for a channel that is not set up yet.
        if names.channels_off.iter().any(|known| known == text) {
            let hint = Some(format!("write enabled = true in [channel.{text}]"));
            let off = Mistake { hint, ..Mistake::from("is switched off") };
            return if enabled { Err(off) } else { Ok(ChannelId::new(text)) };
        }
        let known: Vec<String> = names.channels.iter().chain(names.channels_off).cloned().collect();
        Err(unknown("is no channel", text, &known))
    });
    if enabled && !section.has("channels") {
        section.wrong_here(
            "names no channel, so nobody would hear of it",
            Some("write for example channels = [\"alerts\"]".into()),
        );
    }
    section.finish();
    enabled.then(|| Watchlist {
        id: WatchlistId::new(name),
        storylines,
        slots,
        min_severity,
        min_support,
        languages,
        channels,
    })
}

const SUPPORT: [SupportLevel; 4] = [
    SupportLevel::Single,
    SupportLevel::Party,
    SupportLevel::Corroborated,
    SupportLevel::BothSides,
];

fn unknown(what: &str, text: &str, known: &[String]) -> Mistake {
    Mistake { hint: nearest(text, known.iter().map(String::as_str)), ..what.into() }
}

/// Which families there are is said by the packs; here only the form is checked.
fn slot_family(text: &str) -> Result<String, Mistake> {
    if let Some((family, _)) = text.split_once('.') {
        return Err(format!("names one slot of a family: write {family:?}").into());
    }
    let fits = |c: char| c.is_ascii_lowercase() || c == '_';
    if text.is_empty() || !text.chars().all(fits) {
        return Err("is no family of slots, such as `date` or `head`".into());
    }
    Ok(text.to_owned())
}
