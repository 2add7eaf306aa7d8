//! Checking: a parsed rule against its frame, the languages and itself.

use crate::desk::model::{LanguageId, Status, Value, ValueType};
use crate::desk::packs::{Frame, Packs};
use crate::desk::patterns::ast::{Atom, Node, PLACES_MAX, Type};
use crate::desk::patterns::automaton::{Automaton, Machine, needs};
use crate::desk::patterns::lexer::{At, Mistake, Symbol};
use crate::desk::patterns::machine::{automaton, bag};
use crate::desk::patterns::rule::{
    About, Action, Place, Rule, STATUS_GROUPS, Said, Unless, Whose, Within,
};
use crate::desk::patterns::written::{self, Setting, tags, unknown};

/// Where a rule stands, and what it may refer to.
pub(super) struct Ground<'a> {
    pub(super) frame: &'a Frame,
    pub(super) packs: &'a Packs,
    pub(super) path: &'a str,
    /// The language of the folder that the file lies in.
    pub(super) language: Option<&'a LanguageId>,
}

/// A rule as parsed.
pub(super) struct Written {
    pub(super) id: String,
    pub(super) at: At,
    pub(super) options: Vec<Setting>,
    pub(super) pattern: Node,
    pub(super) captures: Vec<String>,
    pub(super) actions: Vec<(written::Action, At)>,
}

/// Checks a rule.
pub(super) fn rule(written: Written, ground: &Ground<'_>) -> Result<Rule, Mistake> {
    let Written { id, at, options, pattern, captures, actions } = written;
    let mut rule = Rule {
        id,
        path: ground.path.to_owned(),
        line: at.line,
        language: ground.language.cloned(),
        priority: 0,
        group: None,
        within: Within::Clause,
        about: vec![About::Focus, About::Next, About::Summit],
        when: None,
        unless: Vec::new(),
        place: Place::Both,
        actions: Vec::new(),
        captures,
        examples: Vec::new(),
        key: None,
        machine: Machine::Sequence(Automaton::default()),
        needs: needs(&pattern),
    };
    let (mut free, mut reach) = (false, None);
    for option in options {
        match option.name.as_str() {
            "order" => free = order(&option)?,
            "reach" => reach = Some(number::<u16>(&option)?),
            _ => set(&mut rule, &option, ground)?,
        }
    }
    if pattern.places().len() > PLACES_MAX {
        return Err(Mistake::new(at, "the pattern has too many parts", Some("make two of it")));
    }
    for (action, at) in actions {
        let action = checked(action, at, &rule.captures, &pattern, ground.frame)?;
        rule.actions.push(action);
    }
    rule.key = key(&rule.actions, &rule.captures);
    rule.machine = match (free, reach) {
        (true, reach) => bag(&pattern, rule.key, reach.unwrap_or(u16::MAX), at)?,
        (false, Some(_)) => {
            let hint = "write gaps, `~8`, or add `order=free`";
            return Err(Mistake::new(at, "`reach` is for `order=free`", Some(hint)));
        }
        (false, None) => Machine::Sequence(automaton(&pattern, at)?),
    };
    Ok(rule)
}

/// The capture that decides: the first that is a value, else the first of all.
fn key(actions: &[Action], captures: &[String]) -> Option<u8> {
    let value = actions.iter().find_map(|action| match action {
        Action::State { said: Said::Capture(n) | Said::OfParty(_, n), .. } => Some(*n),
        _ => None,
    });
    value.or((!captures.is_empty()).then_some(0))
}

fn words(option: &Setting) -> Result<Vec<&str>, Mistake> {
    let mut out = Vec::new();
    for symbol in &option.words {
        let Symbol::Word(word) = symbol else {
            let what = format!("{symbol} where a word is expected");
            return Err(Mistake::new(option.at, what, None));
        };
        out.push(word.as_str());
    }
    Ok(out)
}

fn word(option: &Setting) -> Result<&str, Mistake> {
    match words(option)?.as_slice() {
        [word] => Ok(word),
        _ => Err(Mistake::new(option.at, format!("`{}` takes one value", option.name), None)),
    }
}

fn number<N: std::str::FromStr>(option: &Setting) -> Result<N, Mistake> {
    word(option)?.parse().map_err(|_| {
        Mistake::new(option.at, format!("`{}` takes a number", option.name), Some("`prio=10`"))
    })
}

fn order(option: &Setting) -> Result<bool, Mistake> {
    match word(option)? {
        "free" => Ok(true),
        "text" => Ok(false),
        other => Err(unknown("order", other, ["free", "text"].into_iter(), option.at)),
    }
}

const OPTIONS: [&str; 10] =
    ["about", "group", "in", "lang", "order", "prio", "reach", "unless", "when", "within"];

fn set(rule: &mut Rule, option: &Setting, ground: &Ground<'_>) -> Result<(), Mistake> {
    let at = option.at;
    match option.name.as_str() {
        "prio" => rule.priority = number(option)?,
        "group" => rule.group = Some(word(option)?.to_owned()),
        "within" => {
            rule.within = match word(option)? {
                "clause" => Within::Clause,
                "sentence" => Within::Sentence,
                other => {
                    let known = ["clause", "sentence"].into_iter();
                    return Err(unknown("reach of a pattern", other, known, at));
                }
            }
        }
        "in" => {
            rule.place = match word(option)? {
                "title" => Place::Title,
                "text" => Place::Text,
                other => {
                    let known = ["title", "text"].into_iter();
                    return Err(unknown("part of an article", other, known, at));
                }
            }
        }
        "lang" => {
            let id = LanguageId::new(word(option)?);
            if ground.packs.language(&id).is_none() {
                let known = ground.packs.languages().map(|l| l.id.as_str());
                return Err(unknown("language", id.as_str(), known, at));
            }
            rule.language = Some(id);
        }
        "about" => {
            rule.about.clear();
            for word in words(option)? {
                let known = About::ALL.iter().find(|(name, _)| *name == word);
                let names = About::ALL.iter().map(|(name, _)| *name);
                rule.about.extend(known.ok_or_else(|| unknown("event", word, names, at))?.1);
            }
        }
        "when" => rule.when = Some(statuses(option)?),
        "unless" => {
            for symbol in &option.words {
                rule.unless.extend(unless(symbol, at)?);
            }
        }
        other => return Err(unknown("option", other, OPTIONS.into_iter(), at)),
    }
    Ok(())
}

fn statuses(option: &Setting) -> Result<Vec<Status>, Mistake> {
    let mut out = Vec::new();
    for word in words(option)? {
        match STATUS_GROUPS.iter().find(|(name, _)| *name == word) {
            Some((_, group)) => out.extend_from_slice(group),
            None => out.push(Status::parse(word).ok_or_else(|| {
                let names = STATUS_GROUPS.iter().map(|(name, _)| *name);
                unknown("status or group of statuses", word, names, option.at)
            })?),
        }
    }
    Ok(out)
}

fn unless(symbol: &Symbol, at: At) -> Result<Vec<Unless>, Mistake> {
    match symbol {
        Symbol::Tags(list) => {
            Ok(tags(list, at)?.into_iter().map(|(tag, _)| Unless::Tagged(tag)).collect())
        }
        Symbol::Word(word) if word == "hedged" => Ok(vec![Unless::Hedged]),
        Symbol::Word(word) if word == "negated" => Ok(vec![Unless::Negated]),
        other => {
            let what = format!("{other} silences nothing");
            Err(Mistake::new(at, what, Some("`unless=hedged|negated|<tag>`")))
        }
    }
}

fn checked(
    action: written::Action,
    at: At,
    captures: &[String],
    pattern: &Node,
    frame: &Frame,
) -> Result<Action, Mistake> {
    let number = |name: &str| match captures.iter().position(|known| known == name) {
        Some(number) => Ok(number as u8),
        None => Err(unknown("capture of this rule", name, captures.iter().map(String::as_str), at)),
    };
    let whose = |whose: written::Whose| match whose {
        Some(name) => number(&name).map(Whose::Capture),
        None => Ok(Whose::Speaker),
    };
    let (slot, party, said) = match action {
        written::Action::Drop(group) => return Ok(Action::Drop(group)),
        written::Action::State { slot, party, said } => (slot, party, said),
    };
    let Some(rule) = frame.slots.iter().find(|rule| rule.name == slot) else {
        let what = format!("slot of the frame `{}`", frame.id);
        return Err(unknown(&what, &slot, frame.slots.iter().map(|rule| rule.name.as_str()), at));
    };
    let of = rule.value_type;
    let said = match said {
        written::Said::Capture(name) => {
            let number = number(&name)?;
            fits(pattern, number, of).map_err(|what| {
                Mistake::new(at, format!("`@{name}` is {what}, `{slot}` is not"), None)
            })?;
            Said::Capture(number)
        }
        written::Said::Word(word) => Said::Constant(constant(&word, of, &slot, at)?),
        written::Said::OfParty(_, _) if of != ValueType::PartyId => {
            let hint = "give the slot the type `party-id`, or write `@value` alone";
            return Err(Mistake::new(at, format!("`{slot}` takes no party"), Some(hint)));
        }
        written::Said::OfParty(party, said) => match *said {
            written::Said::Capture(name) => Said::OfParty(whose(party)?, number(&name)?),
            written::Said::Word(word) => Said::OfPartyConstant(whose(party)?, word),
            written::Said::OfParty(..) => {
                return Err(Mistake::new(at, "one party is enough", None));
            }
        },
    };
    let party = party.map(whose).transpose()?;
    Ok(Action::State { slot, party, said, many: rule.many })
}

fn constant(word: &str, of: ValueType, slot: &str, at: At) -> Result<Value, Mistake> {
    Value::parse(word, of).map_err(|error| {
        let hint = match of {
            ValueType::PartyId => format!("write `{slot} = {{speaker}}:{word}`"),
            ValueType::Status => "a status is `announced`, `held`, `cancelled` …".to_owned(),
            _ => "the frame's .toml tells the slot's type".to_owned(),
        };
        Mistake::new(at, error.to_string(), Some(&hint))
    })
}

/// Whether what a capture takes is of a slot's type. The error says what it is.
fn fits(pattern: &Node, number: u8, of: ValueType) -> Result<(), &'static str> {
    for (atom, capture) in pattern.places() {
        if capture != Some(number) {
            continue;
        }
        let kind = match atom {
            Atom::Type(kind, _) => Some(*kind),
            _ => None,
        };
        match (of, kind) {
            (ValueType::Date, Some(Type::Date)) | (ValueType::Duration, Some(Type::Length)) => {}
            (_, Some(Type::Date)) => return Err("a date"),
            (_, Some(Type::Length)) => return Err("a length of time"),
            (ValueType::Date | ValueType::Duration, _) => return Err("no time"),
            (ValueType::PartyId, _) => return Err("without a party: write `{@who}:@x`"),
            _ => {}
        }
    }
    Ok(())
}
