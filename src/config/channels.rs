//! Channels and their secrets, from the tables `[channel.NAME]`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;

use super::check::{check_url, identifier};
use super::files;
use super::mistake::Mistake;
use super::problem::Problem;
use super::raw::Written;
use super::section::Section;
use super::settings::{ChannelConfig, Secret, SecretFrom};

/// A hundred keys: more than any change of keys needs.
const SECRET_FILE_BYTES: u64 = 16 << 10;

/// Random bytes of a key, as Standard Webhooks demands.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

const SECRET_EXAMPLE: &str = "\"whsec_…\", which `echo whsec_$(openssl rand -base64 32)` makes";

/// What a channel's table comes to.
pub(super) enum Channel {
    /// Checked and ready; none when there was a problem with it.
    On(Option<ChannelConfig>),
    /// Switched off: its keys were not looked at.
    Off,
}

/// Reads one table.
pub(super) fn read(
    name: &str,
    written: &Written,
    env: &BTreeMap<String, String>,
    problems: &mut Vec<Problem>,
) -> Channel {
    let mut section = Section::new(format!("channel.{name}"), written, problems);
    if let Err(why) = identifier(name) {
        section.wrong_here(format!("the name {why}"), None);
    }
    if !section.truth("enabled", true) {
        return Channel::Off;
    }
    let kind = section.text("kind", "\"webhook\" or \"file\"", |text| match text {
        "webhook" | "file" => Ok(text.to_owned()),
        _ => Err("is no kind of channel".into()),
    });
    let channel = match kind.as_str() {
        "webhook" => Some(webhook(&mut section, env)),
        "file" => {
            let path = section.text("path", "\"alerts.jsonl\"", |text| Ok(PathBuf::from(text)));
            Some(ChannelConfig::File { path })
        }
        _ => None,
    };
    // Without a kind nobody knows which keys there should be.
    if channel.is_some() {
        section.finish();
    }
    Channel::On(channel)
}

fn webhook(section: &mut Section<'_, '_>, env: &BTreeMap<String, String>) -> ChannelConfig {
    let url = section.text("url", "\"https://newsroom.example/hooks/marsad\"", |text| {
        check_url(text).map(|()| text.to_owned())
    });
    let by_value = section
        .optional("secret", SECRET_EXAMPLE, |text| keys_of(text).map_err(Mistake::hidden))
        .map(|keys| Secret { keys, from: SecretFrom::Value });
    let by_file = section.optional("secret_file", "\"newsroom.secret\"", |path| {
        no_key(path)?;
        let text = files::read(Path::new(path), SECRET_FILE_BYTES)?;
        let keys = keys_of(&text).map_err(|why| format!("holds a text that {why}"))?;
        Ok(Secret { keys, from: SecretFrom::File(path.to_owned()) })
    });
    let by_variable =
        section.optional("secret_env", "\"MARSAD_CHANNEL_NEWSROOM_SECRET\"", |name| {
            no_key(name)?;
            let text = env.get(name).ok_or("names an environment variable that is not set")?;
            let keys = keys_of(text).map_err(|why| format!("names a variable that {why}"))?;
            Ok(Secret { keys, from: SecretFrom::Variable(name.to_owned()) })
        });
    let unsigned = section.truth("unsigned", false);
    let ways = ["secret", "secret_file", "secret_env"].map(|key| usize::from(section.has(key)));
    match ways.iter().sum::<usize>() + usize::from(unsigned) {
        0 => section.wrong_here(
            "has no secret to sign with",
            Some("write secret_env, secret_file or secret, or unsigned = true".into()),
        ),
        1 => {}
        _ => section.wrong_here(
            "has more than one of secret, secret_file, secret_env and unsigned",
            Some("keep one of them".into()),
        ),
    }
    ChannelConfig::Webhook { url, secret: by_value.or(by_file).or(by_variable) }
}

/// Refuses a key where its place was asked for.
fn no_key(text: &str) -> Result<(), Mistake> {
    if text.contains("whsec_") {
        return Err(Mistake::hidden("is a key itself, and not where to find it"));
    }
    Ok(())
}

/// Reads keys that are separated by white space. The error never shows them.
fn keys_of(text: &str) -> Result<Vec<String>, String> {
    let keys: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if keys.is_empty() {
        return Err("is empty".into());
    }
    for key in &keys {
        let coded = key.strip_prefix("whsec_").ok_or("does not begin with `whsec_`")?;
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(coded)
            .map_err(|_| "is not base64 after `whsec_`")?;
        if !KEY_BYTES.contains(&bytes.len()) {
            let (least, most) = (KEY_BYTES.start(), KEY_BYTES.end());
            return Err(format!("holds {} bytes instead of {least} to {most}", bytes.len()));
        }
    }
    Ok(keys)
}
