//! From a tree to the machine that runs it: one automaton in the written order, or a bag of them in any.

use crate::desk::patterns::ast::Node;
use crate::desk::patterns::automaton::{Automaton, Machine, Part};
use crate::desk::patterns::lexer::{At, Mistake};

/// The automaton of a tree.
pub(super) fn automaton(pattern: &Node, at: At) -> Result<Automaton, Mistake> {
    Automaton::build(pattern).ok_or_else(|| {
        let hint = "at least one part must not be optional";
        Mistake::new(at, "the pattern also matches nothing at all", Some(hint))
    })
}

/// The bag of a tree's parts: the one that holds the key decides.
pub(super) fn bag(pattern: &Node, key: Option<u8>, reach: u16, at: At) -> Result<Machine, Mistake> {
    let single = std::slice::from_ref(pattern);
    let nodes = if let Node::Sequence(nodes) = pattern { nodes.as_slice() } else { single };
    let (mut parts, mut not) = (Vec::new(), Vec::new());
    for node in nodes {
        match node {
            Node::Not(atoms) => not.extend(atoms.iter().cloned()),
            Node::Gap(_) | Node::Border => {
                let hint = "say how far apart the parts may be with `reach=8`";
                return Err(Mistake::new(at, "gaps and borders need an order", Some(hint)));
            }
            Node::Maybe(inner) => parts.push((automaton(inner, at)?, true, node)),
            _ => parts.push((automaton(node, at)?, false, node)),
        }
    }
    let holds_key =
        |node: &Node| key.is_some() && node.places().iter().any(|(_, capture)| *capture == key);
    if let Some(index) = parts.iter().position(|(_, _, node)| holds_key(node)) {
        let part = parts.remove(index);
        parts.insert(0, part);
    }
    if parts.first().is_none_or(|(_, maybe, _)| *maybe) {
        let hint = "the part with the value must not be optional";
        return Err(Mistake::new(at, "the pattern also matches nothing at all", Some(hint)));
    }
    let parts = parts.into_iter().map(|(automaton, maybe, _)| Part { automaton, maybe }).collect();
    Ok(Machine::Bag { parts, not, reach })
}
