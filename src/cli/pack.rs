//! `marsad pack`: checks packs with their own examples, and writes skeletons of new ones.

mod new;

pub(super) use new::{Kind, new};

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

use crate::config::Config;
use crate::desk::claims;
use crate::desk::packs::{self, Finding, Level, Packs};
use crate::desk::patterns::{self, Patterns};

/// The environment variable that names the folder laid over the shipped one.
const FOLDER_VARIABLE: &str = "MARSAD_CONFIG_DIR";

/// Lints all packs, with those of `folder` laid over the shipped ones, and runs the examples beside the patterns.
pub(super) fn check(
    config: Option<&Path>,
    folder: Option<&Path>,
    environment: &BTreeMap<String, String>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut environment = environment.clone();
    if let Some(folder) = folder {
        if !folder.is_dir() {
            bail!(
                "there is no folder {}\n  hint: name the folder that holds packs/ and storylines/",
                folder.display()
            );
        }
        environment.insert(FOLDER_VARIABLE.into(), folder.display().to_string());
    }
    let config = Config::load(config, &environment).context("the configuration is not usable")?;
    let (findings, tried) = findings(&config);
    for Finding { level, problem } in &findings {
        let place = shown(&config, &problem.path);
        writeln!(out, "{place}:{}: {level}: {}", problem.line, problem.message)?;
        if let Some(hint) = &problem.hint {
            writeln!(out, "  hint: {hint}")?;
        }
    }
    let count = |level: Level| findings.iter().filter(|found| found.level == level).count();
    let (errors, warnings, open) = (count(Level::Error), count(Level::Warning), count(Level::Todo));
    writeln!(out, "{tried}; {errors} errors, {warnings} warnings, {open} to do")?;
    if errors > 0 {
        bail!("the packs are not usable as they are: {errors} errors");
    }
    Ok(())
}

/// Everything that was found, errors first, and what was tried.
fn findings(config: &Config) -> (Vec<Finding>, String) {
    let error = |problem| Finding { level: Level::Error, problem };
    let compiled = Packs::compile(&config.packs).and_then(|packs| {
        let patterns = Patterns::compile(&config.packs, &packs)?;
        Ok((packs, patterns))
    });
    let (packs, patterns) = match compiled {
        Ok(compiled) => compiled,
        Err(problems) => {
            let findings = problems.into_iter().map(error).collect();
            return (findings, "examples were not tried".to_owned());
        }
    };
    let (mut findings, vocabulary) = packs::lint(&config.packs, &packs);
    findings.extend(patterns::lint(&config.packs, &packs, &patterns, &vocabulary));
    findings.extend(claims::examples(&packs, &patterns).into_iter().map(error));
    findings.sort_by(|a, b| {
        let key = |found: &Finding| (found.level, found.problem.path.clone(), found.problem.line);
        key(a).cmp(&key(b))
    });
    let rules = || packs.frames().flat_map(|frame| patterns.rules(&frame.id));
    let examples: usize = rules().map(|rule| rule.examples.len()).sum();
    let languages = packs.languages().count();
    (findings, format!("{languages} languages, {} rules, {examples} examples", rules().count()))
}

/// A file of the user's folder by its path, a shipped one as such.
fn shown(config: &Config, path: &str) -> String {
    let own = config.config_dir.as_ref().map(|dir| dir.join(path)).filter(|path| path.exists());
    own.map_or_else(|| format!("shipped {path}"), |path| path.display().to_string())
}
