//! The rules: packs, storylines, watchlists and settings, compiled once and shared by all batches.

use jiff::SignedDuration;

use crate::desk::alert::Watchlist;
use crate::desk::ledger::Terms;
use crate::desk::origins::{Family, Houses};
use crate::desk::packs::{PackProblem, PackSource, Packs, Storyline};
use crate::desk::patterns::Patterns;
use crate::desk::pipeline::ALERT_MAX_AGE;
use crate::desk::{parse, schedule};

/// The settings of the desk's steps.
#[derive(Clone, Debug)]
pub struct Settings {
    /// When feeds are polled.
    pub schedule: schedule::Settings,
    /// What a feed may cost.
    pub parse: parse::Limits,
    /// What was published longer ago raises no alert.
    pub alert_max_age: SignedDuration,
    /// Publishers with one owner or newsroom.
    pub families: Vec<Family>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schedule: schedule::Settings::default(),
            parse: parse::Limits::default(),
            alert_max_age: ALERT_MAX_AGE,
            families: Vec::new(),
        }
    }
}

/// All that the desk decides by.
#[derive(Debug)]
pub struct Rules {
    /// Languages, names, words, frames and storylines.
    pub packs: Packs,
    /// How slots are read from sentences.
    pub patterns: Patterns,
    /// Who wants to hear what.
    pub watchlists: Vec<Watchlist>,
    /// Settings of the steps.
    pub settings: Settings,
    /// Whose newsroom a publisher is.
    pub houses: Houses,
}

impl Rules {
    /// Compiles packs, patterns and storylines; all their problems are reported.
    pub fn compile(
        sources: &[PackSource],
        watchlists: Vec<Watchlist>,
        settings: Settings,
    ) -> Result<Self, Vec<PackProblem>> {
        let packs = Packs::compile(sources)?;
        let patterns = Patterns::compile(sources, &packs)?;
        let houses = Houses::new(&settings.families, &packs.gazetteer);
        Ok(Self { packs, patterns, watchlists, settings, houses })
    }

    /// What the ledger of a storyline is folded by; none without its frame.
    pub(super) fn terms<'a>(&'a self, storyline: &'a Storyline) -> Option<Terms<'a>> {
        Some(Terms {
            storyline: &storyline.id,
            parties: &storyline.parties,
            frame: self.packs.frame(&storyline.frame)?,
            gazetteer: &self.packs.gazetteer,
            houses: &self.houses,
        })
    }
}
