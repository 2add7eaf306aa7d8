//! The rules: packs, storylines, watchlists and settings, compiled once and shared by all batches.

use jiff::SignedDuration;

use crate::desk::alert::Watchlist;
use crate::desk::ledger::Terms;
use crate::desk::model::Article;
use crate::desk::origins::{Family, Houses};
use crate::desk::packs::{PackProblem, PackSource, Packs, Storyline};
use crate::desk::patterns::Patterns;
use crate::desk::pipeline::memory::day_number;
use crate::desk::pipeline::reading::Study;
use crate::desk::pipeline::{ALERT_MAX_AGE, COPY_WINDOW, COPY_WINDOWS};
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
    /// How long a text outside all storylines is remembered as one that may be copied.
    pub copy_window: SignedDuration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schedule: schedule::Settings::default(),
            parse: parse::Limits::default(),
            alert_max_age: ALERT_MAX_AGE,
            families: Vec::new(),
            copy_window: COPY_WINDOW,
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

    /// The last day, in days since 1970, on which an article's text is remembered as one that may be copied: the longest
    /// window of the storylines that it covers.
    pub(super) fn copies_until(&self, article: &Article, study: &Study) -> u16 {
        let usual = (self.settings.copy_window.as_hours() + 23) / 24;
        let covered = self.packs.storylines.iter().zip(&study.covers);
        let windows = covered.filter(|(_, (_, says))| says.is_some());
        let windows = windows.map(|(storyline, _)| {
            storyline.copy_days.map_or(usual * i64::from(COPY_WINDOWS), i64::from)
        });
        let days = windows.fold(usual, i64::max);
        day_number(article.first_seen).saturating_add(u16::try_from(days).unwrap_or(u16::MAX))
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
