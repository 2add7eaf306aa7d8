//! Skeletons: commented files of a new language or storyline, which pass `marsad pack check` as they are.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

/// What a skeleton is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Kind {
    /// A language: its lang.toml and word lists
    Lang,
    /// A storyline: its parties and tracks
    Storyline,
}

/// The files of a language, with `{id}` for its id.
const LANGUAGE: [(&str, &str); 4] = [
    ("packs/lang/{id}/lang.toml", include_str!("skeleton/lang.toml")),
    ("packs/lang/{id}/time.tsv", include_str!("skeleton/time.tsv")),
    ("packs/lang/{id}/cues.tsv", include_str!("skeleton/cues.tsv")),
    ("packs/lang/{id}/meeting.tsv", include_str!("skeleton/meeting.tsv")),
];

/// The files of a storyline.
const STORYLINE: [(&str, &str); 1] =
    [("storylines/{id}.toml", include_str!("skeleton/storyline.toml"))];

/// Writes a skeleton into a folder. Nothing is written when one of its files is there already.
pub(in crate::cli) fn new(
    kind: Kind,
    id: &str,
    into: &Path,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (files, form): (&[(&str, &str)], _) = match kind {
        Kind::Lang => (&LANGUAGE, is_language(id)),
        Kind::Storyline => (&STORYLINE, is_name(id)),
    };
    if !form {
        bail!(
            "`{id}` is no id\n  hint: a language is an ISO 639 code such as `fr`, a storyline lower-case words with hyphens"
        );
    }
    let files: Vec<_> =
        files.iter().map(|(path, text)| (into.join(path.replace("{id}", id)), text)).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        bail!("{} is there already, and is left as it is", path.display());
    }
    for (path, text) in files {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&path, text.replace("{id}", id))
            .with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(out, "wrote {}", path.display())?;
    }
    writeln!(out, "fill them in, then run: marsad pack check {}", into.display())?;
    Ok(())
}

fn is_language(id: &str) -> bool {
    (2..=3).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_name(id: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    id.len() <= 64 && id.split('-').all(word)
}
