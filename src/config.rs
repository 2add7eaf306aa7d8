//! The configuration: how it is written, what it is checked for, and what the rest of the program gets.
//!
//! There are two types. `raw::Table` is the configuration as written: a tree whose values remember their line. [`Config`] is
//! the configuration as checked: after it exists, nobody validates again. Three layers lie over each other: the shipped
//! `config/marsad.toml`, which is compiled in and is the defaults; a user's file; and environment variables. Every
//! problem is reported, with its place, the key and a way out.
//!
//! Nothing here reads the process's environment or touches the network.

mod channels;
mod check;
mod environment;
mod families;
mod feeds;
mod files;
mod mistake;
pub mod opml;
mod problem;
mod raw;
mod render;
mod section;
mod settings;
#[cfg(test)]
mod tests;
pub mod units;
mod storylines;
mod watchlists;

pub use problem::{ConfigError, Place, Problem};
pub use render::render_effective;
pub use settings::{
    ChannelConfig, DeliverSettings, DeskSettings, FeedSource, Http, LogFormat, LogLevel,
    LogSettings, Poll, Secret, StoreSettings, WebSettings,
};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::files::DataFile;
use self::raw::{Form, Table, Written};
use crate::desk::alert::Watchlist;
use crate::desk::model::ChannelId;
use crate::desk::origins::Family;
use crate::desk::packs::PackSource;

/// A configuration file larger than this is some other file.
const MOST_BYTES: u64 = 4 << 20;

/// The configuration as checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The feeds to poll, those of the OPML file first. No URL appears twice.
    pub feeds: Vec<FeedSource>,
    /// How often they are polled.
    pub poll: Poll,
    /// How requests are made.
    pub http: Http,
    /// Where everything is kept.
    pub store: StoreSettings,
    /// The status page.
    pub web: WebSettings,
    /// How alerts are delivered.
    pub deliver: DeliverSettings,
    /// What the desk considers.
    pub desk: DeskSettings,
    /// The log.
    pub log: LogSettings,
    /// Channels that are switched on.
    pub channels: BTreeMap<ChannelId, ChannelConfig>,
    /// Watchlists that are switched on, by name; each names channels of [`Config::channels`].
    pub watchlists: Vec<Watchlist>,
    /// Publishers with one owner or newsroom, by name.
    pub families: Vec<Family>,
    /// All files of `packs/` and `storylines/`, sorted by path.
    pub packs: Vec<PackSource>,
    /// The folder that lies over the shipped one.
    pub config_dir: Option<PathBuf>,
    /// Tables that say `enabled = false`, such as `channel.newsroom`.
    pub switched_off: Vec<String>,
}

impl Config {
    /// Reads the layers: the defaults, `user_file` if there is one, and `env`.
    ///
    /// # Errors
    /// [`ConfigError::Unreadable`] when the file is not there or no text, [`ConfigError::Invalid`] with all problems
    /// of all layers.
    pub fn load(
        user_file: Option<&Path>,
        env: &BTreeMap<String, String>,
    ) -> Result<Config, ConfigError> {
        let Some(path) = user_file else { return Self::from_layers(None, env) };
        let text = files::read(path, MOST_BYTES).map_err(|why| ConfigError::Unreadable {
            path: path.to_owned(),
            source: std::io::Error::other(why),
        })?;
        // The parent of a bare file name is empty, and means the working directory.
        let dir = match path.parent() {
            Some(dir) if dir.as_os_str().is_empty() => Some(Path::new(".")),
            dir => dir,
        };
        let user = UserFile { shown: &path.display().to_string(), text: &text, dir };
        Self::from_layers(Some(user), env)
    }

    /// Reads the layers with a user's file that is given as text; `shown` is how it is named in problems. No folder
    /// lies over the shipped one unless the text or `env` names it.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] with all problems of all layers.
    pub fn from_text(
        shown: &str,
        text: &str,
        env: &BTreeMap<String, String>,
    ) -> Result<Config, ConfigError> {
        Self::from_layers(Some(UserFile { shown, text, dir: None }), env)
    }

    fn from_layers(
        user: Option<UserFile<'_>>,
        env: &BTreeMap<String, String>,
    ) -> Result<Config, ConfigError> {
        let mut problems = Vec::new();
        let DataFile { shown, text } = files::defaults();
        let (mut tree, mut slips) = raw::read(&shown, &text);
        problems.append(&mut slips);
        let mut user_tree = Table::new();
        if let Some(user) = &user {
            (user_tree, slips) = raw::read(user.shown, user.text);
            problems.append(&mut slips);
        }
        let config_dir = match config_dir(&user_tree, env, &mut problems) {
            None => user.and_then(|user| user.dir.map(Path::to_owned)),
            named => named,
        };
        let data = files::data(config_dir.as_deref(), &mut problems);
        if let Some(lists) = watchlists::from_files(&data, &mut problems) {
            tree.insert("watchlist".into(), lists);
        }
        raw::overlay(&mut tree, user_tree);
        problems.append(&mut environment::overlay(&mut tree, env));
        let root = Written { place: Place::File(shown.into()), form: Form::Table(tree) };
        let config = check::check(&root, data, config_dir, env, &mut problems);
        if problems.is_empty() {
            return Ok(config);
        }
        problems.sort();
        problems.dedup();
        Err(ConfigError::Invalid(problems))
    }
}

struct UserFile<'a> {
    shown: &'a str,
    text: &'a str,
    dir: Option<&'a Path>,
}

/// The folder that a layer names. It is needed before the layers are complete, because watchlists lie in it.
fn config_dir(
    user: &Table,
    env: &BTreeMap<String, String>,
    problems: &mut Vec<Problem>,
) -> Option<PathBuf> {
    let variable = environment::variable(&["config_dir"]);
    let (place, text) = match (env.get(&variable), user.get("config_dir")) {
        (Some(text), _) => (Place::Variable(variable), text),
        (None, Some(Written { place, form: Form::Text(text) })) => (place.clone(), text),
        _ => return None,
    };
    let dir = (!text.is_empty()).then(|| PathBuf::from(text))?;
    if !dir.is_dir() {
        problems.push(Problem {
            place,
            key: "config_dir".into(),
            what: format!("there is no folder {text:?}"),
            hint: None,
        });
    }
    Some(dir)
}
