//! Parsing: a statement's symbols as a rule or a named part. The grammar is LL(1), so that the first symbol that does
//! not fit is the one that is wrong.
//!
//! ```text
//! statement := "let" NAME "=" items | "rule" ID option* ":" items "=>" action ("," action)*
//! option    := WORD "=" word ("|" word)*              word := WORD | <tag>
//! items     := item+
//! item      := ("@" NAME ":")? unit "?"? | "!" unit | "~" N | "^" | "$"
//! unit      := "text" | <tag|tag=value> | TYPE(filters)? | "(" items ("|" items)* ")" | "$" NAME
//! action    := "drop" GROUP | slot "=" said           slot := NAME ("." whose)?
//! said      := WORD | "@" NAME | whose ":" (WORD | "@" NAME)
//! whose     := "{" ("@" NAME | "speaker") "}"
//! ```

use crate::desk::normalise::tokens;
use crate::desk::patterns::ast::{Atom, CAPTURES_MAX, GAP_MAX, Node, Type};
use crate::desk::patterns::filter;
use crate::desk::patterns::lexer::{At, Mistake, Statement, Symbol};
use crate::desk::patterns::written::{
    Action, Known, Literal, Parsed, Said, Setting, Whose, tags, unknown,
};

/// Parses a statement.
pub(super) fn statement(statement: &Statement, known: &mut Known) -> Result<Parsed, Mistake> {
    let mut parser =
        Parser { symbols: &statement.symbols, next: 0, captures: Vec::new(), depth: 0, known };
    let at = parser.at();
    match parser.take() {
        Some(Symbol::Word(word)) if word == "let" => {
            let name = parser.word("a name", "`let event = ( <meeting> | <summit> )`")?;
            parser.expect(&Symbol::Mark('='), "`let NAME = …`")?;
            let part = parser.items()?;
            parser.end()?;
            Ok(Parsed::Let(name, part, std::mem::take(&mut parser.captures)))
        }
        Some(Symbol::Word(word)) if word == "rule" => parser.rule(),
        _ => Err(Mistake::new(
            at,
            "a statement begins with `rule` or `let`",
            Some("what goes on with a rule is indented"),
        )),
    }
}

/// Groups within groups of more than this are a mistake, and would cost stack.
const DEPTH_MAX: usize = 12;

struct Parser<'a> {
    symbols: &'a [(Symbol, At)],
    next: usize,
    captures: Vec<String>,
    depth: usize,
    known: &'a mut Known,
}

impl<'a> Parser<'a> {
    fn at(&self) -> At {
        let last = self.symbols.last().map_or(At { line: 1, column: 1 }, |(_, at)| *at);
        self.symbols.get(self.next).map_or(last, |(_, at)| *at)
    }

    fn peek(&self) -> Option<&'a Symbol> {
        self.symbols.get(self.next).map(|(symbol, _)| symbol)
    }

    fn take(&mut self) -> Option<&'a Symbol> {
        let symbol = self.peek();
        self.next += 1;
        symbol
    }

    fn wrong(&self, expected: &str, hint: &str) -> Mistake {
        let found = self.peek().map_or("the end of the rule".to_owned(), ToString::to_string);
        Mistake::new(self.at(), format!("{found} where {expected} is expected"), Some(hint))
    }

    fn is(&self, mark: char) -> bool {
        self.peek() == Some(&Symbol::Mark(mark))
    }

    fn accept(&mut self, mark: char) -> bool {
        let found = self.is(mark);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &Symbol, hint: &str) -> Result<(), Mistake> {
        if self.peek() != Some(symbol) {
            return Err(self.wrong(&symbol.to_string(), hint));
        }
        self.next += 1;
        Ok(())
    }

    fn word(&mut self, expected: &str, hint: &str) -> Result<String, Mistake> {
        match self.peek() {
            Some(Symbol::Word(word)) => {
                self.next += 1;
                Ok(word.clone())
            }
            _ => Err(self.wrong(expected, hint)),
        }
    }

    fn end(&self) -> Result<(), Mistake> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.wrong("the end", "a rule ends with its actions")),
        }
    }

    fn rule(&mut self) -> Result<Parsed, Mistake> {
        let id = self.word("the rule's id", "`rule duration.lasted about=focus : … => …`")?;
        let mut options = Vec::new();
        while !self.is(':') {
            let at = self.at();
            let name = self.word("an option or `:`", "`rule ID about=focus : … => …`")?;
            self.expect(&Symbol::Mark('='), "options are written `name=value`")?;
            let mut words = vec![self.option_word()?];
            while self.accept('|') {
                words.push(self.option_word()?);
            }
            options.push(Setting { name, words, at });
        }
        self.next += 1;
        let pattern = self.items()?;
        self.expect(&Symbol::Arrow, "`rule ID : pattern => slot = @value`")?;
        let mut actions = vec![self.action()?];
        while self.accept(',') {
            actions.push(self.action()?);
        }
        self.end()?;
        let captures = std::mem::take(&mut self.captures);
        Ok(Parsed::Rule { id, options, pattern, captures, actions })
    }

    fn option_word(&mut self) -> Result<Symbol, Mistake> {
        match self.peek() {
            Some(symbol @ (Symbol::Word(_) | Symbol::Tags(_))) => {
                self.next += 1;
                Ok(symbol.clone())
            }
            _ => Err(self.wrong("a value", "`about=focus|next`, `unless=hedged|<call>`")),
        }
    }

    fn items(&mut self) -> Result<Node, Mistake> {
        let mut parts = Vec::new();
        while let Some(symbol) = self.peek() {
            if matches!(symbol, Symbol::Arrow | Symbol::Mark('|' | ')')) {
                break;
            }
            parts.push(self.item()?);
        }
        if parts.is_empty() {
            return Err(self.wrong("a part of a pattern", "`<tag>`, \"words\", `@value:DATE`"));
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Sequence(parts) })
    }

    fn item(&mut self) -> Result<Node, Mistake> {
        let at = self.at();
        let mut node = match self.peek() {
            Some(Symbol::Gap(n)) => {
                self.next += 1;
                if *n > GAP_MAX {
                    let hint = format!("`~{GAP_MAX}` is the most");
                    return Err(Mistake::new(at, "the gap is too wide", Some(&hint)));
                }
                return Ok(Node::Gap(*n));
            }
            Some(Symbol::Mark('^')) => {
                self.next += 1;
                return Ok(Node::Border);
            }
            Some(Symbol::Name(name)) if name.is_empty() => {
                self.next += 1;
                return Ok(Node::Border);
            }
            Some(Symbol::Mark('!')) => {
                self.next += 1;
                let atoms = self.unit()?.atoms().ok_or_else(|| {
                    let hint = "write `!<tag>` or `!( <tag> | \"words\" )`";
                    Mistake::new(at, "`!` takes single tags, types or words", Some(hint))
                })?;
                return Ok(Node::Not(atoms));
            }
            Some(Symbol::Capture(name)) => {
                self.next += 1;
                self.expect(&Symbol::Mark(':'), "`@value:DATE`, `@who:( PERSON | ORG )`")?;
                let number = self.capture(name, at)?;
                let mut unit = self.unit()?;
                unit.capture(number).map_err(|()| {
                    let hint = "capture one tag, type or words, or a choice of those";
                    Mistake::new(at, format!("`@{name}` captures a sequence"), Some(hint))
                })?;
                unit
            }
            _ => self.unit()?,
        };
        if self.accept('?') {
            node = Node::Maybe(Box::new(node));
        }
        Ok(node)
    }

    fn capture(&mut self, name: &str, at: At) -> Result<u8, Mistake> {
        let number = self.captures.iter().position(|known| known == name);
        let number = number.unwrap_or_else(|| {
            self.captures.push(name.to_owned());
            self.captures.len() - 1
        });
        if number >= CAPTURES_MAX {
            let what = format!("more than {CAPTURES_MAX} captures");
            return Err(Mistake::new(at, what, Some("make two rules of it")));
        }
        Ok(number as u8)
    }

    fn unit(&mut self) -> Result<Node, Mistake> {
        let at = self.at();
        match self.take() {
            Some(Symbol::Text(text)) => self.literal(text, at),
            Some(Symbol::Tags(tags)) => Ok(Node::Place(Atom::Tags(self::tags(tags, at)?), None)),
            Some(Symbol::Type(name, args)) => {
                let known = Type::ALL.iter().find(|(_, known)| known == name);
                let Some((kind, _)) = known else {
                    let names = Type::ALL.iter().map(|(_, name)| *name);
                    return Err(unknown("type", name, names, at));
                };
                let filters = filter::parse(*kind, args.as_deref(), at)?;
                Ok(Node::Place(Atom::Type(*kind, filters), None))
            }
            Some(Symbol::Name(name)) => self.part(name, at),
            Some(Symbol::Mark('(')) => {
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    let hint = Some("name an inner group with `let`");
                    return Err(Mistake::new(at, "groups within groups, too many", hint));
                }
                let mut choice = vec![self.items()?];
                while self.accept('|') {
                    choice.push(self.items()?);
                }
                self.expect(&Symbol::Mark(')'), "a group is written `( a | b )`")?;
                self.depth -= 1;
                Ok(if choice.len() == 1 { choice.remove(0) } else { Node::Choice(choice) })
            }
            _ => {
                self.next -= 1;
                Err(self.wrong("a part of a pattern", "`<tag>`, \"words\", `DATE`, `( a | b )`"))
            }
        }
    }

    /// A named part; its captures become captures of the rule.
    fn part(&mut self, name: &str, at: At) -> Result<Node, Mistake> {
        let Some((node, names)) = self.known.parts.get(name) else {
            return Err(unknown("part", name, self.known.parts.keys().map(String::as_str), at));
        };
        let (mut node, names) = (node.clone(), names.clone());
        let mut numbers = Vec::new();
        for name in &names {
            numbers.push(self.capture(name, at)?);
        }
        node.renumber(&numbers);
        Ok(node)
    }

    fn literal(&mut self, text: &str, at: At) -> Result<Node, Mistake> {
        let words: Literal = tokens(text)
            .iter()
            .map(|token| (token.folded.to_string(), text[token.end..].starts_with('*')))
            .collect();
        if words.is_empty() {
            let hint = "signs between words are not seen; leave them out";
            return Err(Mistake::new(at, "these quotation marks hold no word", Some(hint)));
        }
        let number = self.known.literals.iter().position(|known| *known == words);
        let number = number.unwrap_or_else(|| {
            self.known.literals.push(words);
            self.known.literals.len() - 1
        });
        Ok(Node::Place(Atom::Literal(number), None))
    }

    fn action(&mut self) -> Result<(Action, At), Mistake> {
        let at = self.at();
        let slot = self.word("a slot or `drop`", "`=> slot = @value`, `=> drop duration`")?;
        if slot == "drop" {
            let group = self.word("what to drop", "`=> drop duration`")?;
            return Ok((Action::Drop(group), at));
        }
        let party = if self.accept('.') { Some(self.whose()?) } else { None };
        self.expect(&Symbol::Mark('='), "`=> slot = @value`, `=> head.{@party} = @person`")?;
        let said = if self.is('{') {
            let whose = self.whose()?;
            self.expect(&Symbol::Mark(':'), "`=> demand = {@who}:@topic`")?;
            Said::OfParty(whose, Box::new(self.said()?))
        } else {
            self.said()?
        };
        Ok((Action::State { slot, party, said }, at))
    }

    fn said(&mut self) -> Result<Said, Mistake> {
        match self.peek() {
            Some(Symbol::Capture(name)) => {
                self.next += 1;
                Ok(Said::Capture(name.clone()))
            }
            Some(Symbol::Word(word)) => {
                self.next += 1;
                Ok(Said::Word(word.clone()))
            }
            Some(Symbol::Type(word, None)) => {
                self.next += 1;
                Ok(Said::Word(word.clone()))
            }
            _ => Err(self.wrong("a value", "`@value`, or a word such as `unset`")),
        }
    }

    fn whose(&mut self) -> Result<Whose, Mistake> {
        self.expect(&Symbol::Mark('{'), "`{@party}` or `{speaker}`")?;
        let whose = match self.take() {
            Some(Symbol::Capture(name)) => Some(name.clone()),
            Some(Symbol::Word(word)) if word == "speaker" => None,
            _ => {
                self.next -= 1;
                return Err(self.wrong("`@party` or `speaker`", "`{@party}` or `{speaker}`"));
            }
        };
        self.expect(&Symbol::Mark('}'), "`{@party}` or `{speaker}`")?;
        Ok(whose)
    }
}
