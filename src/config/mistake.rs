//! Why a single value cannot be taken, before it is known where it stands: `section` makes a problem of it.

use super::raw::Form;

/// Why a form is not what a key takes.
pub(super) enum Refused {
    /// It is of another form.
    Form,
    /// It is of the right form, but for the mistake.
    Value(Mistake),
}

/// What is wrong with a value of the right form.
#[derive(Debug)]
pub(super) struct Mistake {
    /// A lowercase fragment that continues "the string … ".
    pub(super) why: String,
    /// What to write instead; an example of the key's value stands in for none.
    pub(super) hint: Option<String>,
    /// Whether the value is left out of the message.
    pub(super) secret: Secrecy,
}

/// Whether a message may show the value that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secrecy {
    /// It may.
    Shown,
    /// It holds something that must not end in a log.
    Hidden,
}

impl Mistake {
    pub(super) fn hidden(why: impl Into<String>) -> Self {
        Self { why: why.into(), hint: None, secret: Secrecy::Hidden }
    }
}

impl<T: Into<String>> From<T> for Mistake {
    fn from(why: T) -> Self {
        Self { why: why.into(), hint: None, secret: Secrecy::Shown }
    }
}

impl Refused {
    /// The fragment, and the hint if the mistake brings one.
    pub(super) fn said_of(self, form: &Form) -> (String, Option<String>) {
        match self {
            Refused::Form => (format!("cannot be {}", form.describe()), None),
            Refused::Value(Mistake { why, hint, secret: Secrecy::Shown }) => {
                (format!("{} {why}", form.describe()), hint)
            }
            Refused::Value(Mistake { why, hint, secret: Secrecy::Hidden }) => {
                (format!("the string, which is not shown here, {why}"), hint)
            }
        }
    }
}
