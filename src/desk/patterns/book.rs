//! A book: the rules of one frame, with an index by the rarest thing that each needs, so that a clause is shown only to
//! rules that could match it. Most sentences are shown to none.

use crate::desk::model::LanguageId;
use crate::desk::packs::{PackProblem, PackSource};
use crate::desk::patterns::ast::{Atom, Node, Type};
use crate::desk::patterns::automaton::bits;
use crate::desk::patterns::lexer::{At, Mistake};
use crate::desk::patterns::literals::Literals;
use crate::desk::patterns::scene::{Edges, Scene, Wanted};
use crate::desk::patterns::{
    Match, Mention, Rule, Within, automaton, check, example, lexer, parse, run, written,
};

/// The rules of one frame, compiled.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) rules: Vec<Rule>,
    literals: Literals,
    wanted: Wanted,
    /// For each bit of a clause the rules whose rarest need it is.
    of_clauses: Vec<Vec<Call>>,
    /// The same for rules that reach over a sentence.
    of_sentences: Vec<Vec<Call>>,
    /// What patterns refer to: a tag, perhaps a value, and where.
    pub(super) mentions: Vec<Mention>,
}

/// A rule as the index knows it. Most rules are turned away by their first needs, which stand here so that none of these
/// rules is looked at itself.
#[derive(Clone, Copy, Debug)]
struct Call {
    /// The number of the rule.
    number: usize,
    /// Its first needs, the rarest first; all bits where it has no more.
    needs: [u128; Call::NEEDS],
}

impl Call {
    const NEEDS: usize = 3;

    fn of(number: usize, rule: &Rule) -> Self {
        let mut needs = [u128::MAX; Self::NEEDS];
        for (own, need) in needs.iter_mut().zip(&rule.needs) {
            *own = *need;
        }
        Self { number, needs }
    }

    /// Whether a window with these bits is to be looked at for a bit. A rule whose rarest need has several bits is looked at
    /// once.
    fn is_due(&self, bit: usize, present: u128) -> bool {
        (self.needs[0] & present).trailing_zeros() as usize == bit
            && self.needs.iter().all(|need| need & present != 0)
    }
}

impl Book {
    /// Adds the rules of a file; returns what is wrong with it.
    pub(super) fn read(
        &mut self,
        source: &PackSource,
        ground: &check::Ground<'_>,
        known: &mut written::Known,
    ) -> Vec<PackProblem> {
        let (statements, mut mistakes) = lexer::statements(&source.text);
        for statement in &statements {
            // What the lexer refused was told already.
            if statement.broken {
                continue;
            }
            if let Err(mistake) = self.add(statement, ground, known) {
                mistakes.push(mistake);
            }
        }
        mistakes
            .into_iter()
            .map(|Mistake { at, what, hint }| PackProblem {
                path: source.path.clone(),
                line: at.line,
                message: format!("column {}: {what}", at.column),
                hint,
            })
            .collect()
    }

    fn add(
        &mut self,
        statement: &lexer::Statement,
        ground: &check::Ground<'_>,
        known: &mut written::Known,
    ) -> Result<(), Mistake> {
        let at = statement.symbols.first().map_or(At { line: 1, column: 1 }, |(_, at)| *at);
        match parse::statement(statement, known)? {
            written::Parsed::Let(name, part, captures) => {
                known.parts.insert(name, (part, captures));
            }
            written::Parsed::Rule { id, options, pattern, captures, actions } => {
                if let Some(other) = self.rules.iter().find(|rule| rule.id == id) {
                    let hint = format!("the other stands in {}:{}", other.path, other.line);
                    let what = format!("a second rule `{id}`");
                    return Err(Mistake::new(at, what, Some(&hint)));
                }
                self.mention(&pattern, ground.path, at.line);
                let written = check::Written { id, at, options, pattern, captures, actions };
                let mut rule = check::rule(written, ground)?;
                for (text, at) in &statement.examples {
                    rule.examples.push(example::parse(text, *at, ground.packs)?);
                }
                self.rules.push(rule);
            }
        }
        Ok(())
    }

    /// Notes what a pattern asks for: which edges are wanted at all, and what the lints look up.
    fn mention(&mut self, node: &Node, path: &str, line: usize) {
        match node {
            Node::Place(atom, _) => self.mention_atom(atom, path, line),
            Node::Not(atoms) => {
                for atom in atoms {
                    self.mention_atom(atom, path, line);
                }
            }
            Node::Sequence(parts) | Node::Choice(parts) => {
                for part in parts {
                    self.mention(part, path, line);
                }
            }
            Node::Maybe(part) => self.mention(part, path, line),
            Node::Gap(_) | Node::Border => {}
        }
    }

    fn mention_atom(&mut self, atom: &Atom, path: &str, line: usize) {
        self.wanted.bits |= automaton::atom_bits(atom);
        self.wanted.numbers |= matches!(atom, Atom::Type(Type::Number, _));
        if let Atom::Tags(tags) = atom {
            for (tag, value) in tags {
                self.mentions.push(Mention {
                    tag: *tag,
                    value: value.clone(),
                    path: path.to_owned(),
                    line,
                    alone: tags.len() == 1,
                });
            }
        }
    }

    /// Builds the index, when all files have been read.
    pub(super) fn index(&mut self, literals: Vec<written::Literal>) {
        self.literals = Literals::new(literals);
        self.of_clauses = vec![Vec::new(); 128];
        self.of_sentences = vec![Vec::new(); 128];
        for (number, rule) in self.rules.iter().enumerate() {
            let index = match rule.within {
                Within::Clause => &mut self.of_clauses,
                Within::Sentence => &mut self.of_sentences,
            };
            let call = Call::of(number, rule);
            for bit in bits(call.needs[0]) {
                index[bit].push(call);
            }
        }
    }

    /// What the rules find in a sentence.
    pub(super) fn find<'a>(&'a self, language: &LanguageId, scene: &Scene<'_>) -> Vec<Match<'a>> {
        let mut out = Vec::new();
        if self.rules.is_empty() {
            return out;
        }
        let edges = Edges::of(scene, self.wanted, &self.literals);
        let mut begun = 0;
        for (clause, bits) in edges.bits.iter().enumerate() {
            let ahead = &edges.all[begun..];
            let length = ahead.iter().take_while(|e| scene.clause[e.first] == clause).count();
            let window = run::Window { scene, edges: &ahead[..length] };
            begun += length;
            self.run(&self.of_clauses, *bits, language, window, &mut out);
        }
        let bits = edges.bits.iter().fold(0, |all, bits| all | bits);
        let window = run::Window { scene, edges: &edges.all };
        self.run(&self.of_sentences, bits, language, window, &mut out);
        out
    }

    fn run<'a>(
        &'a self,
        index: &[Vec<Call>],
        present: u128,
        language: &LanguageId,
        window: run::Window<'_>,
        out: &mut Vec<Match<'a>>,
    ) {
        for bit in bits(present) {
            for call in index[bit].iter().filter(|call| call.is_due(bit, present)) {
                let rule = &self.rules[call.number];
                let due = rule.needs.iter().all(|need| need & present != 0);
                if !due || !rule.reads(language) {
                    continue;
                }
                for way in run::run(&rule.machine, rule.key, window) {
                    let mut found = Match {
                        rule,
                        number: call.number,
                        clause: 0,
                        first: way.first,
                        last: way.last,
                        slack: way.slack,
                        captures: way.captures,
                        edges: way.edges,
                    };
                    // Without a value, the part that the pattern names first decides the clause.
                    let at = match rule.key {
                        Some(_) => found.words().0,
                        None => found.edges.first().map_or(found.first, |edge| edge.first),
                    };
                    found.clause = window.scene.clause[at];
                    out.push(found);
                }
            }
        }
    }
}
