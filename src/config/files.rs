//! The files that a configuration is made of: those compiled into the program, and a user's folder laid over them.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::problem::{Place, Problem, SHIPPED as SHIPPED_PREFIX};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config");

/// The feeds to begin with.
pub(super) const SHIPPED_FEEDS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/feeds.opml"));

/// How the shipped feeds are named in messages.
pub(super) const SHIPPED_FEEDS_NAME: &str = "shipped seeds/feeds.opml";

/// Folders of data; nothing else of a user's folder is looked at.
const FOLDERS: [&str; 3] = ["packs", "storylines", "watchlists"];

/// What is read of a user's folder.
struct Limits {
    files: usize,
    file_bytes: u64,
    depth: usize,
}

/// A hundred times what is shipped; the limits are there for a folder that was named by mistake.
const LIMITS: Limits = Limits { files: 2000, file_bytes: 4 << 20, depth: 6 };

/// One file of data.
#[derive(Clone, Debug)]
pub(super) struct DataFile {
    /// How it is named in messages.
    pub(super) shown: String,
    /// Its text.
    pub(super) text: String,
}

/// The shipped configuration, which is the defaults.
pub(super) fn defaults() -> DataFile {
    let text = SHIPPED.get_file("marsad.toml").and_then(|file| file.contents_utf8());
    DataFile {
        shown: format!("{SHIPPED_PREFIX}marsad.toml"),
        text: text.unwrap_or_default().to_owned(),
    }
}

/// All files of data by their path with forward slashes: those shipped, and those of `dir` over them.
pub(super) fn data(dir: Option<&Path>, problems: &mut Vec<Problem>) -> BTreeMap<String, DataFile> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        if let Some(shipped) = SHIPPED.get_dir(folder) {
            collect_shipped(shipped, &mut files);
        }
        if let Some(dir) = dir {
            let mut walk = Walk { files: &mut files, problems, left: LIMITS.files };
            walk.folder(&dir.join(folder), folder, LIMITS.depth);
        }
    }
    files
}

fn collect_shipped(dir: &Dir<'_>, files: &mut BTreeMap<String, DataFile>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let Some(text) = file.contents_utf8().filter(|_| !is_hidden(&path)) {
            let shown = format!("{SHIPPED_PREFIX}{path}");
            files.insert(path, DataFile { shown, text: text.to_owned() });
        }
    }
    for inner in dir.dirs() {
        collect_shipped(inner, files);
    }
}

/// Editors leave `.name.swp` and `name~` behind.
fn is_hidden(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') || name.ends_with('~')
}

struct Walk<'a> {
    files: &'a mut BTreeMap<String, DataFile>,
    problems: &'a mut Vec<Problem>,
    left: usize,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, relative: &str, depth: usize) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            // A user's folder need not hold every kind of data.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => {
                return self.problem(folder, format!("cannot be listed: {}", error.kind()));
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    return self.problem(folder, format!("cannot be listed: {}", error.kind()));
                }
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_hidden(&name) {
                continue;
            }
            if self.left == 0 {
                let what = format!("more than {} files: is this the right folder?", LIMITS.files);
                return self.problem(folder, what);
            }
            let (path, relative) = (entry.path(), format!("{relative}/{name}"));
            if !path.is_dir() {
                self.left -= 1;
                self.file(&path, relative);
            } else if depth > 0 {
                self.folder(&path, &relative, depth - 1);
            } else {
                let what = format!("folders within more than {} folders", LIMITS.depth);
                self.problem(&path, what);
            }
        }
    }

    fn file(&mut self, path: &Path, relative: String) {
        match read(path, LIMITS.file_bytes) {
            Ok(text) => {
                let shown = path.display().to_string();
                self.files.insert(relative, DataFile { shown, text });
            }
            Err(why) => self.problem(path, why),
        }
    }

    fn problem(&mut self, path: &Path, what: String) {
        let place = Place::File(path.display().to_string().into());
        self.problems.push(Problem { place, key: String::new(), what, hint: None });
    }
}

/// Reads a text file of at most `limit_bytes`. The error is a lowercase fragment.
pub(super) fn read(path: &Path, limit_bytes: u64) -> Result<String, String> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let file =
        std::fs::File::open(path).map_err(|error| format!("cannot be read: {}", error.kind()))?;
    let read = file.take(limit_bytes + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot be read: {}", error.kind()))?;
    if bytes.len() as u64 > limit_bytes {
        return Err(format!("is larger than {}", super::units::format_size(limit_bytes)));
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The compiler notices when a shipped file is changed, but not when one is added or removed: that takes a change in
    /// this file, or a clean build.
    #[test]
    fn what_is_compiled_in_is_what_lies_in_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
        let mut problems = Vec::new();
        let compiled: Vec<String> = data(None, &mut problems).into_keys().collect();
        let mut lying = BTreeMap::new();
        for name in FOLDERS {
            let mut walk = Walk { files: &mut lying, problems: &mut problems, left: LIMITS.files };
            walk.folder(&folder.join(name), name, LIMITS.depth);
        }
        assert_eq!(problems, []);
        assert_eq!(
            compiled,
            lying.into_keys().collect::<Vec<_>>(),
            "build again after `cargo clean -p marsad`"
        );
    }
}
