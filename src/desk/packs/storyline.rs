//! A storyline: whose meetings are followed, which parallel tracks they run on, and what is not meant.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::desk::model::StorylineId;
use crate::desk::packs::problem::nearest;
use crate::desk::packs::{EntityKind, Frame, Gazetteer, PackProblem, PackSource};

/// A series of events that runs beside others of the same storyline, told apart by its topics.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Its id.
    pub id: String,
    /// Topics whose mention in a lead puts the event on this track.
    pub topics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: BTreeMap<String, String>,
    parties: Vec<String>,
    at_least: Option<usize>,
    /// Whether it is followed unless the configuration names others; whoever gives us the files has decided that.
    #[serde(default, rename = "enabled")]
    _enabled: Option<bool>,
    #[serde(default)]
    mediators: Vec<String>,
    frame: String,
    #[serde(default)]
    forbid: Vec<String>,
    copy_days: Option<u16>,
    #[serde(default)]
    track: Vec<Track>,
}

/// A storyline, checked.
#[derive(Clone, Debug)]
pub struct Storyline {
    /// Its id.
    pub id: StorylineId,
    /// Its name by language.
    pub name: BTreeMap<String, String>,
    /// The parties whose meetings are followed.
    pub parties: Vec<String>,
    /// How many of them a lead names at the least; all of them unless the file says otherwise.
    pub at_least: usize,
    /// Parties that may take part without making it a meeting of others: hosts, mediators.
    pub mediators: Vec<String>,
    /// The frame of its events.
    pub frame: String,
    /// Values of `forbid` phrases that put an article outside.
    pub forbid: Vec<String>,
    /// Days for which the texts that cover it are remembered as ones that may be copied; ten times the usual window
    /// unless the file says otherwise.
    pub copy_days: Option<u16>,
    /// Its tracks.
    pub tracks: Vec<Track>,
    path: String,
}

/// Reads a storyline.
pub(super) fn read(source: &PackSource) -> Result<Storyline, PackProblem> {
    let written: Written = toml::from_str(&source.text)
        .map_err(|error| PackProblem::toml(&source.path, &source.text, &error))?;
    Ok(Storyline {
        id: StorylineId::new(written.id),
        name: written.name,
        at_least: written.at_least.unwrap_or(written.parties.len()).max(1),
        mediators: written.mediators,
        parties: written.parties,
        frame: written.frame,
        forbid: written.forbid,
        copy_days: written.copy_days,
        tracks: written.track,
        path: source.path.clone(),
    })
}

impl Storyline {
    /// What is wrong with its references.
    pub fn check(
        &self,
        frames: &BTreeMap<String, Frame>,
        gazetteer: &Gazetteer,
    ) -> Vec<PackProblem> {
        let mut problems = Vec::new();
        let mut missing = |what: &str, id: &str, near: Option<&str>| {
            problems.push(PackProblem {
                path: self.path.clone(),
                line: 1,
                message: format!("{what} `{id}` does not exist"),
                hint: near.map(|name| format!("did you mean `{name}`?")),
            });
        };
        if !frames.contains_key(&self.frame) {
            let near = nearest(&self.frame, frames.keys().map(String::as_str));
            missing("frame", &self.frame, near);
        }
        let known = |kind: EntityKind| {
            gazetteer.iter().filter(move |(of, _, _)| *of == kind).map(|(_, id, _)| id)
        };
        for party in self.parties.iter().chain(&self.mediators) {
            if gazetteer.get(EntityKind::Parties, party).is_none() {
                missing("party", party, nearest(party, known(EntityKind::Parties)));
            }
        }
        for topic in self.tracks.iter().flat_map(|track| &track.topics) {
            if gazetteer.get(EntityKind::Topics, topic).is_none() {
                missing("topic", topic, nearest(topic, known(EntityKind::Topics)));
            }
        }
        problems
    }
}
