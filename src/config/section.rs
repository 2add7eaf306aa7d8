//! Reading one table of the tree: each typed reader notes which key it asked for, and reports what it cannot take.
//!
//! A reader that fails returns a stand-in, so that the check goes on and finds the next problem as well. A stand-in is
//! never seen outside: a configuration with problems is not handed out.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::mistake::{Mistake, Refused};
use super::problem::{Place, Problem, nearest};
use super::raw::{Form, Table, Written};
use super::units::{format_duration, format_size, parse_duration, parse_size};

/// A table that is being read.
pub(super) struct Section<'t, 'p> {
    /// The keys that lead here, such as `channel.newsroom`; empty at the root.
    path: String,
    place: Place,
    /// None stands in for a table that is missing or no table: nothing more is said about it.
    table: Option<&'t Table>,
    asked: Vec<&'static str>,
    problems: &'p mut Vec<Problem>,
}

impl<'t, 'p> Section<'t, 'p> {
    pub(super) fn new(
        path: impl Into<String>,
        written: &'t Written,
        problems: &'p mut Vec<Problem>,
    ) -> Self {
        let path = path.into();
        let table = match &written.form {
            Form::Table(table) => Some(table),
            form => {
                problems.push(Problem {
                    place: written.place.clone(),
                    key: path.clone(),
                    what: format!("{} stands where a table should", form.describe()),
                    hint: Some(format!("write [{path}] and its keys below")),
                });
                None
            }
        };
        Self { path, place: written.place.clone(), table, asked: Vec::new(), problems }
    }

    /// The table below `key`.
    pub(super) fn section(&mut self, key: &'static str) -> Section<'t, '_> {
        let path = self.path_to(key);
        match self.get(key) {
            Some(written) => Section::new(path, written, self.problems),
            None => Section {
                path,
                place: self.place.clone(),
                table: None,
                asked: Vec::new(),
                problems: self.problems,
            },
        }
    }

    /// A table that was found by [`Section::listed`].
    pub(super) fn inner(&mut self, path: String, written: &'t Written) -> Section<'t, '_> {
        Section::new(path, written, self.problems)
    }

    /// Takes in what a reader of another format found.
    pub(super) fn append(&mut self, mut problems: Vec<Problem>) {
        self.problems.append(&mut problems);
    }

    /// The tables below `key` by name: `[channel.newsroom]`.
    pub(super) fn named(&mut self, key: &'static str) -> Vec<(&'t String, &'t Written)> {
        match self.get(key).map(|written| &written.form) {
            None => Vec::new(),
            Some(Form::Table(tables)) => tables.iter().collect(),
            Some(_) => {
                self.refuse(key, format!("[{key}.NAME] and its keys below"), Refused::Form);
                Vec::new()
            }
        }
    }

    /// The tables of a list: `[[feed]]`.
    pub(super) fn listed(&mut self, key: &'static str) -> &'t [Written] {
        match self.get(key).map(|written| &written.form) {
            None => &[],
            Some(Form::List(items)) => items,
            Some(_) => {
                self.refuse(key, format!("[[{key}]] and its keys below"), Refused::Form);
                &[]
            }
        }
    }

    /// The core of every reader: none when the key is missing or refused. `example` is TOML.
    pub(super) fn read<T>(
        &mut self,
        key: &'static str,
        example: &str,
        take: impl FnOnce(&Form) -> Result<T, Refused>,
    ) -> Option<T> {
        let written = self.get(key)?;
        match take(&written.form) {
            Ok(value) => Some(value),
            Err(refused) => {
                self.refuse(key, format!("{key} = {example}"), refused);
                None
            }
        }
    }

    /// Text that may be missing or empty: both mean none.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        example: &str,
        take: impl FnOnce(&str) -> Result<T, Mistake>,
    ) -> Option<T> {
        self.read(key, example, |form| match form {
            Form::Text(text) if text.is_empty() => Ok(None),
            Form::Text(text) => take(text).map(Some).map_err(Refused::Value),
            _ => Err(Refused::Form),
        })
        .flatten()
    }

    /// Text that must be there.
    pub(super) fn text<T: Default>(
        &mut self,
        key: &'static str,
        example: &str,
        take: impl FnOnce(&str) -> Result<T, Mistake>,
    ) -> T {
        self.required(key, example, |form| match form {
            Form::Text(text) if text.is_empty() => Err(Refused::Value("is empty".into())),
            Form::Text(text) => take(text).map_err(Refused::Value),
            _ => Err(Refused::Form),
        })
    }

    /// A length of time within `range`.
    pub(super) fn duration(
        &mut self,
        key: &'static str,
        example: &str,
        range: RangeInclusive<Duration>,
    ) -> Duration {
        self.text(key, &quoted(example), |text| {
            within(parse_duration(text)?, &range, |bound| format_duration(*bound))
        })
    }

    /// A size in bytes within `range`.
    pub(super) fn size(
        &mut self,
        key: &'static str,
        example: &str,
        range: RangeInclusive<u64>,
    ) -> u64 {
        self.text(key, &quoted(example), |text| {
            within(parse_size(text)?, &range, |bound| format_size(*bound))
        })
    }

    /// A whole number within `range`.
    pub(super) fn whole(
        &mut self,
        key: &'static str,
        example: &str,
        range: RangeInclusive<u32>,
    ) -> u32 {
        self.required(key, example, |form| match form {
            Form::Whole(number) => {
                let number = u32::try_from(*number).map_err(|_| {
                    let (least, most) = (range.start(), range.end());
                    Refused::Value(format!("must lie within {least} and {most}").into())
                })?;
                within(number, &range, u32::to_string).map_err(Refused::Value)
            }
            _ => Err(Refused::Form),
        })
    }

    /// `true` or `false`; `absent` when it is missing.
    pub(super) fn truth(&mut self, key: &'static str, absent: bool) -> bool {
        self.read(key, &absent.to_string(), |form| match form {
            Form::Truth(truth) => Ok(*truth),
            _ => Err(Refused::Form),
        })
        .unwrap_or(absent)
    }

    /// A list whose items `take` reads one by one; a missing list is empty.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        example: &str,
        mut take: impl FnMut(&Form) -> Result<T, Refused>,
    ) -> Vec<T> {
        let Some(written) = self.get(key) else { return Vec::new() };
        let Form::List(items) = &written.form else {
            self.refuse(key, format!("{key} = {example}"), Refused::Form);
            return Vec::new();
        };
        let mut taken = Vec::new();
        for item in items {
            match take(&item.form) {
                Ok(value) => taken.push(value),
                Err(refused) => {
                    let (what, hint) = refused.said_of(&item.form);
                    let hint = hint.or(Some(format!("write for example {key} = {example}")));
                    self.report(item.place.clone(), key, what, hint);
                }
            }
        }
        taken
    }

    /// A list of texts.
    pub(super) fn texts<T>(
        &mut self,
        key: &'static str,
        example: &str,
        mut take: impl FnMut(&str) -> Result<T, Mistake>,
    ) -> Vec<T> {
        self.list(key, example, |form| match form {
            Form::Text(text) => take(text).map_err(Refused::Value),
            _ => Err(Refused::Form),
        })
    }

    /// Reports what several keys together make wrong, at the place of `key`.
    pub(super) fn wrong(&mut self, key: &'static str, what: impl Into<String>) {
        let place = self.get(key).map_or_else(|| self.place.clone(), |w| w.place.clone());
        self.report(place, key, what.into(), None);
    }

    /// Reports that two keys contradict each other, at the one that the uppermost layer wrote.
    pub(super) fn contradiction(&mut self, keys: [&'static str; 2], what: impl Into<String>) {
        let layer = |key: &&str| {
            let written = self.table.and_then(|table| table.get(*key));
            written.map_or(0, |written| written.place.layer())
        };
        let [first, second] = keys;
        let key = if layer(&second) > layer(&first) { second } else { first };
        self.wrong(key, what);
    }

    /// Reports something about the table as a whole.
    pub(super) fn wrong_here(&mut self, what: impl Into<String>, hint: Option<String>) {
        let (place, key) = (self.place.clone(), self.path.clone());
        self.problems.push(Problem { place, key, what: what.into(), hint });
    }

    /// Whether something is written at the key: neither an empty text nor an empty list. Counts as asking for it.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        match self.get(key).map(|written| &written.form) {
            None => false,
            Some(Form::Text(text)) => !text.is_empty(),
            Some(Form::List(items)) => !items.is_empty(),
            Some(_) => true,
        }
    }

    /// Ends the reading: every key that was not asked for is unknown. A table whose keys do not matter, because it is
    /// switched off, is just dropped.
    pub(super) fn finish(self) {
        let Some(table) = self.table else { return };
        for (key, written) in table {
            if self.asked.contains(&key.as_str()) {
                continue;
            }
            self.problems.push(Problem {
                place: written.place.clone(),
                key: join(&self.path, key),
                what: "unknown key".into(),
                hint: nearest(key, self.asked.iter().copied()),
            });
        }
    }

    fn required<T: Default>(
        &mut self,
        key: &'static str,
        example: &str,
        take: impl FnOnce(&Form) -> Result<T, Refused>,
    ) -> T {
        if self.table.is_some() && self.get(key).is_none() {
            let hint = Some(format!("write for example {key} = {example}"));
            self.report(self.place.clone(), key, "is missing".into(), hint);
        }
        self.read(key, example, take).unwrap_or_default()
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Written> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.table.and_then(|table| table.get(key))
    }

    fn refuse(&mut self, key: &'static str, example: String, refused: Refused) {
        let Some(written) = self.get(key) else { return };
        let (what, hint) = refused.said_of(&written.form);
        let hint = hint.or(Some(format!("write for example {example}")));
        self.report(written.place.clone(), key, what, hint);
    }

    fn report(&mut self, place: Place, key: &str, what: String, hint: Option<String>) {
        self.problems.push(Problem { place, key: join(&self.path, key), what, hint });
    }

    fn path_to(&self, key: &str) -> String {
        join(&self.path, key)
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// TOML's own quoting.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn within<T: PartialOrd>(
    value: T,
    range: &RangeInclusive<T>,
    print: impl Fn(&T) -> String,
) -> Result<T, Mistake> {
    if range.contains(&value) {
        return Ok(value);
    }
    Err(format!("must lie within {} and {}", print(range.start()), print(range.end())).into())
}
