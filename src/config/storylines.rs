//! Which storylines are followed: those that `[desk]` names, or all whose files are not switched off.

use crate::desk::packs::PackSource;

/// The names of all storylines that there are files of.
pub(super) fn known(packs: &[PackSource]) -> Vec<String> {
    packs.iter().filter_map(|source| name(source)).map(str::to_owned).collect()
}

/// Takes out the storylines that are not followed. `wanted` are those that `[desk]` names; when it names none, a file
/// that says `enabled = false` is left out.
pub(super) fn leave_out(packs: &mut Vec<PackSource>, wanted: &[String]) {
    packs.retain(|source| match name(source) {
        None => true,
        Some(_) if wanted.is_empty() => is_on(source),
        Some(name) => wanted.iter().any(|wanted| wanted == name),
    });
}

fn name(source: &PackSource) -> Option<&str> {
    source.path.strip_prefix("storylines/")?.strip_suffix(".toml")
}

/// A file that cannot be read is on, so that what is wrong with it is told.
fn is_on(source: &PackSource) -> bool {
    let written = source.text.parse::<toml::Table>();
    written.map_or(true, |table| table.get("enabled") != Some(&toml::Value::Boolean(false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storyline_that_is_off_is_followed_when_it_is_named() {
        let source = |name: &str, text: &str| PackSource {
            path: format!("storylines/{name}.toml"),
            text: text.to_owned(),
        };
        let all = vec![source("a", "id = \"a\""), source("b", "id = \"b\"\nenabled = false")];
        let left = |wanted: &[String]| {
            let mut packs = all.clone();
            leave_out(&mut packs, wanted);
            known(&packs)
        };
        assert_eq!(known(&all), ["a", "b"]);
        assert_eq!(left(&[]), ["a"]);
        assert_eq!(left(&["b".to_owned()]), ["b"]);
    }
}
