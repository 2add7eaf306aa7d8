//! The configuration as written: a tree of values that remember where they stand, and the laying of one such tree
//! over another.
//!
//! The tree knows nothing of which keys exist. That is the business of `check`, which reads it into a [`super::Config`].
//! Serde derives would stop at the first mistake and forget the line; this reports every mistake with its line.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problem};

/// A table as written.
pub(super) type Table = BTreeMap<String, Written>;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Where its key stands, or the value itself within a list.
    pub(super) place: Place,
    /// What it is.
    pub(super) form: Form,
}

/// The forms that a value can have in a configuration.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// A string.
    Text(String),
    /// An integer.
    Whole(i64),
    /// A boolean.
    Truth(bool),
    /// An array, of tables too.
    List(Vec<Written>),
    /// A table.
    Table(Table),
    /// A form that no key takes: a float or a date, as it was written.
    Other(String),
}

impl Form {
    /// The form's name with its article, and the value where it is short, for messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Form::Text(text) => format!("the string {text:?}"),
            Form::Whole(number) => format!("the number {number}"),
            Form::Truth(truth) => format!("`{truth}`"),
            Form::List(_) => "a list".into(),
            Form::Table(_) => "a table".into(),
            Form::Other(text) => format!("`{text}`"),
        }
    }
}

/// Reads TOML. All slips of syntax are reported; a text with one gives an empty table, because what follows a slip would
/// be blamed for what it is not.
pub(super) fn read(file: &str, text: &str) -> (Table, Vec<Problem>) {
    let reader = Reader { file: file.into(), text };
    let (table, errors) = DeTable::parse_recoverable(text);
    let problems: Vec<Problem> = errors
        .iter()
        .map(|error| Problem {
            place: reader.place(error.span().map_or(0, |span| span.start)),
            key: String::new(),
            what: format!("this is not TOML: {}", error.message().replace('\n', ", ")),
            hint: None,
        })
        .collect();
    if problems.is_empty() {
        return (reader.table(table.get_ref()), problems);
    }
    (Table::new(), problems)
}

struct Reader<'t> {
    file: Arc<str>,
    text: &'t str,
}

impl Reader<'_> {
    fn place(&self, byte: usize) -> Place {
        let before = self.text.as_bytes().iter().take(byte);
        Place::Line(self.file.clone(), 1 + before.filter(|b| **b == b'\n').count())
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let key: &Spanned<std::borrow::Cow<'_, str>> = key;
            let place = self.place(key.span().start);
            (key.get_ref().to_string(), Written { place, form: self.form(value.get_ref()) })
        };
        table.iter().map(entry).collect()
    }

    fn form(&self, value: &DeValue<'_>) -> Form {
        match value {
            DeValue::String(text) => Form::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Form::Other(number.as_str().to_owned()), Form::Whole),
            DeValue::Float(number) => Form::Other(number.as_str().to_owned()),
            DeValue::Boolean(truth) => Form::Truth(*truth),
            DeValue::Datetime(moment) => Form::Other(moment.to_string()),
            DeValue::Array(items) => Form::List(
                items
                    .iter()
                    .map(|item| Written {
                        place: self.place(item.span().start),
                        form: self.form(item.get_ref()),
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Form::Table(self.table(table)),
        }
    }
}

/// Keys of which one takes the place of the others when a higher layer writes it.
const ALTERNATIVES: [&str; 4] = ["secret", "secret_file", "secret_env", "unsigned"];

/// Lays `above` over `below`: tables are merged key by key, everything else is replaced.
///
/// A table of another `kind` replaces the one below as a whole, because keys of one kind mean nothing to another.
pub(super) fn overlay(below: &mut Table, above: Table) {
    if ALTERNATIVES.iter().any(|key| above.contains_key(*key)) {
        below.retain(|key, _| !ALTERNATIVES.contains(&key.as_str()));
    }
    for (key, written) in above {
        match (below.get_mut(&key), written) {
            (
                Some(Written { form: Form::Table(old), place }),
                Written { form: Form::Table(new), place: new_place },
            ) if !changes_kind(old, &new) => {
                *place = new_place;
                overlay(old, new);
            }
            (_, written) => {
                below.insert(key, written);
            }
        }
    }
}

fn changes_kind(old: &Table, new: &Table) -> bool {
    let kind = |table: &Table| match table.get("kind").map(|written| &written.form) {
        Some(Form::Text(kind)) => Some(kind.clone()),
        _ => None,
    };
    kind(new).is_some_and(|new| kind(old).is_some_and(|old| old != new))
}
