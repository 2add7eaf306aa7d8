//! The uppermost layer: `MARSAD_POLL_INTERVAL=5m` overrides `interval` of `[poll]`.
//!
//! The environment is a map that the caller hands in; nothing here reads the process's own. Every key that the layers
//! below write has a variable, and a variable of that prefix which names no key is a mistake.

use std::collections::BTreeMap;

use super::problem::{Place, Problem, nearest};
use super::raw::{Form, Table, Written};

/// What every variable of ours begins with.
const PREFIX: &str = "MARSAD_";

/// Variables of that prefix that the command line reads itself.
const RESERVED: [&str; 1] = ["MARSAD_CONFIG"];

/// Lays the environment over `below`. Returns what is wrong with it.
pub(super) fn overlay(below: &mut Table, env: &BTreeMap<String, String>) -> Vec<Problem> {
    let mut known = BTreeMap::new();
    let mut named_by_secrets = Vec::new();
    leaves(below, &mut Vec::new(), &mut known, &mut named_by_secrets);
    let mut problems = Vec::new();
    for (name, text) in env.iter().filter(|(name, _)| name.starts_with(PREFIX)) {
        if let Some(path) = known.get(name) {
            set(below, path, name, text);
        } else if !RESERVED.contains(&name.as_str()) && !named_by_secrets.contains(name) {
            problems.push(Problem {
                place: Place::Variable(name.clone()),
                key: String::new(),
                what: "no key of the configuration has this name".into(),
                hint: nearest(name, known.keys().map(String::as_str))
                    .filter(|hint| hint.starts_with("did")),
            });
        }
    }
    problems
}

/// Collects the variable's name for every key that holds no table, and the variables that secrets are read from.
fn leaves(
    table: &Table,
    path: &mut Vec<String>,
    known: &mut BTreeMap<String, Vec<String>>,
    secrets: &mut Vec<String>,
) {
    for (key, written) in table {
        path.push(key.clone());
        match &written.form {
            Form::Table(inner) => leaves(inner, path, known, secrets),
            Form::List(items) if items.iter().any(|item| matches!(item.form, Form::Table(_))) => {}
            form => {
                known.insert(variable(path), path.clone());
                if let ("secret_env", Form::Text(name)) = (key.as_str(), form) {
                    secrets.push(name.clone());
                }
            }
        }
        path.pop();
    }
}

/// The variable that overrides a key: `channel.news-room.url` is `MARSAD_CHANNEL_NEWS_ROOM_URL`.
pub(super) fn variable(path: &[impl AsRef<str>]) -> String {
    let parts: Vec<String> =
        path.iter().map(|part| part.as_ref().to_uppercase().replace('-', "_")).collect();
    format!("{PREFIX}{}", parts.join("_"))
}

/// Replaces the value at `path`, in the form that the layers below give it.
fn set(table: &mut Table, path: &[String], name: &str, text: &str) {
    let Some((key, rest)) = path.split_first() else { return };
    let Some(written) = table.get_mut(key) else { return };
    match &mut written.form {
        Form::Table(inner) if !rest.is_empty() => set(inner, rest, name, text),
        form => {
            let place = Place::Variable(name.to_owned());
            let form = in_the_form_of(form, text, &place);
            *written = Written { place, form };
        }
    }
}

/// A list is separated by commas. What does not fit stays text, so that the check says what was wanted.
fn in_the_form_of(form: &Form, text: &str, place: &Place) -> Form {
    let scalar = |text: &str| match text.parse() {
        Ok(number) => Form::Whole(number),
        Err(_) => Form::Text(text.to_owned()),
    };
    match form {
        Form::Whole(_) => scalar(text),
        Form::Truth(_) => text.parse().map_or_else(|_| Form::Text(text.to_owned()), Form::Truth),
        Form::List(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Form::List(
                items.map(|item| Written { place: place.clone(), form: scalar(item) }).collect(),
            )
        }
        _ => Form::Text(text.to_owned()),
    }
}
