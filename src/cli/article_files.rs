//! Article files: `{"id","url","outlet","lang"?,"published","title","text","revision_of"?}`, one a file or one a line.

use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::Deserialize;

use crate::desk::model::{ArticleId, Draft, EntryKey, FeedState, LanguageId, Names};
use crate::desk::packs::Packs;
use crate::desk::parse;

/// The largest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Folders are walked to this depth.
const DEPTH_MAX: usize = 8;

#[derive(Deserialize)]
struct Written {
    id: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    source: Option<String>,
    lang: Option<String>,
    published: Option<String>,
    title: Option<String>,
    #[serde(default)]
    text: String,
}

/// Reads one article. `place` is how errors name it.
fn article(json: &str, place: &str, published: Option<Timestamp>) -> anyhow::Result<Draft> {
    let written: Written =
        serde_json::from_str(json).with_context(|| format!("{place}: not an article"))?;
    let at = match &written.published {
        Some(text) => Some(instant(text).with_context(|| {
            format!("{place}: `published` is `{text}`\n  hint: write 2025-04-08T09:00:00Z")
        })?),
        None => published,
    };
    let id = written.id.or_else(|| written.url.clone());
    let Some(id) = id else { bail!("{place}: neither `id` nor `url` is given") };
    let url = written.url.unwrap_or_else(|| id.clone());
    Ok(Draft {
        key: EntryKey(url.clone()),
        names: Names::default(),
        id: Some(ArticleId::new(id)),
        url,
        title: written.title.unwrap_or_default(),
        text: written.text,
        published: at,
        updated: None,
        language: written.lang.map(LanguageId::new),
        source: written.outlet.or(written.source).unwrap_or_default(),
        feed: None,
    })
}

/// An RFC 3339 instant, or a date, which means its midnight in UTC.
pub(super) fn instant(text: &str) -> anyhow::Result<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let at: jiff::civil::DateTime = text.parse()?;
    Ok(at.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp())
}

/// Articles from files, or a JSON object a line from standard input when there are none.
pub(super) fn lines_or_files(
    files: &[PathBuf],
    published: Option<Timestamp>,
    packs: &Packs,
) -> anyhow::Result<Vec<Draft>> {
    if files.is_empty() {
        return json_lines(io::stdin().lock(), "standard input", published);
    }
    let mut drafts = Vec::new();
    for file in files {
        drafts.extend(read_file(file, published, packs)?);
    }
    Ok(drafts)
}

fn json_lines(
    input: impl BufRead,
    place: &str,
    published: Option<Timestamp>,
) -> anyhow::Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let line = line.with_context(|| place.to_owned())?;
        if !line.trim().is_empty() {
            drafts.push(article(&line, &format!("{place}:{}", index + 1), published)?);
        }
    }
    Ok(drafts)
}

/// Articles of files and folders, in the order of publication; ties keep the order of the paths.
pub(super) fn walk(paths: &[PathBuf], packs: &Packs) -> anyhow::Result<Vec<Draft>> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, 0, &mut files)?;
    }
    let mut drafts = Vec::new();
    for file in &files {
        drafts.extend(read_file(file, None, packs)?);
    }
    drafts.sort_by_key(|draft| draft.published);
    Ok(drafts)
}

fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let kind = fs::metadata(path).with_context(|| path.display().to_string())?;
    if kind.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    if depth >= DEPTH_MAX {
        bail!("{}: folders are walked to a depth of {DEPTH_MAX}", path.display());
    }
    let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
    let mut inner = Vec::new();
    for entry in entries {
        inner.push(entry.with_context(|| path.display().to_string())?.path());
    }
    inner.sort();
    for path in inner {
        let wanted = path.is_dir()
            || path
                .extension()
                .is_some_and(|e| ["json", "xml", "rss", "atom"].iter().any(|x| e == *x));
        if wanted {
            collect(&path, depth + 1, files)?;
        }
    }
    Ok(())
}

/// A file holds one article, an article a line, or a feed.
fn read_file(
    path: &Path,
    published: Option<Timestamp>,
    packs: &Packs,
) -> anyhow::Result<Vec<Draft>> {
    let shown = path.display().to_string();
    let bytes = read_bytes(path)?;
    let head: String = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let is_json = head.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    if is_json && !head.contains("jsonfeed.org/version") {
        let text = String::from_utf8(bytes).with_context(|| format!("{shown}: not UTF-8"))?;
        return match article(&text, &shown, published) {
            Ok(draft) => Ok(vec![draft]),
            Err(whole) => match json_lines(text.as_bytes(), &shown, published) {
                Ok(drafts) if drafts.len() > 1 => Ok(drafts),
                _ => Err(whole),
            },
        };
    }
    let url = format!("file://{shown}");
    let parsed = parse::read(&bytes, None, &url, &parse::Limits::default());
    if let Some(error) = &parsed.error {
        bail!("{shown}: {error}");
    }
    let source = parsed.title.clone().unwrap_or_else(|| shown.clone());
    let feed = FeedState::new(url, source, None, Timestamp::UNIX_EPOCH);
    Ok(parse::drafts(&feed, &parsed, &packs.tracking))
}

/// Reads a file whole, up to the limit.
pub(super) fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = path.display();
    let file = fs::File::open(path).with_context(|| shown.to_string())?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).with_context(|| shown.to_string())?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        bail!("{shown}: larger than {FILE_BYTES_MAX} bytes");
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_place_and_the_key() {
        for (json, expect) in [
            ("{", "x:1: not an article"),
            (r#"{"title":"خبر"}"#, "neither `id` nor `url`"),
            (r#"{"id":"1","published":"вчера"}"#, "`published` is `вчера`"),
        ] {
            let error = article(json, "x:1", None).expect_err(json);
            assert!(format!("{error:#}").contains(expect), "{error:#}");
        }
    }

    #[test]
    fn what_a_file_leaves_out_is_filled() {
        let draft = article(r#"{"url":"https://a.example/1","text":"لقاء"}"#, "x", None);
        let draft = draft.expect("an article");
        assert_eq!(draft.id, Some(ArticleId::new("https://a.example/1")));
        assert_eq!(draft.title, "");
    }
}
