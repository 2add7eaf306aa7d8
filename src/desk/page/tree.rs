//! The tree of a page, flat: nodes in the order of the document, each with the place where its subtree ends.
//!
//! Built once from the parser's tree without recursion. What no reader sees (scripts, styles, forms' controls) is left
//! out, but for the JSON-LD that the metadata is read from.

use dom_query::{Document, NodeRef};

use crate::desk::page::Limits;

/// Elements whose content is not part of what a reader sees.
const SILENT: [&str; 22] = [
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "audio",
    "video", "canvas", "select", "textarea", "button", "input", "map", "datalist", "progress",
    "meter", "dialog", "applet",
];

/// A page as a list of nodes.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// All nodes; the root is the first.
    pub(super) nodes: Vec<Node>,
    /// The scripts that hold JSON-LD.
    pub(super) json_ld: Vec<String>,
    /// The contents of `title` elements: the page's, and those of drawings.
    pub(super) titles: Vec<String>,
}

/// An element or a piece of text.
#[derive(Debug)]
pub(super) struct Node {
    /// The node it stands in; the root stands in itself.
    pub(super) parent: usize,
    /// The first node behind its subtree.
    pub(super) end: usize,
    /// The element's name in lower case; empty for text.
    pub(super) name: String,
    /// The element's attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// The text of a piece of text.
    pub(super) text: String,
}

impl Node {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is_text(&self) -> bool {
        self.name.is_empty()
    }
}

impl Tree {
    /// Copies the parser's tree.
    pub(super) fn of(document: &Document, limits: &Limits) -> Self {
        let mut tree = Self::default();
        let root = document.root();
        tree.nodes.push(Node {
            parent: 0,
            end: 1,
            name: "#root".to_owned(),
            attributes: Vec::new(),
            text: String::new(),
        });
        let (mut at, mut parent) = (root, 0);
        loop {
            let entered = if at.id == root.id { Some(0) } else { tree.add(&at, parent, limits) };
            if let (Some(index), Some(child)) = (entered, at.first_child()) {
                (at, parent) = (child, index);
                continue;
            }
            loop {
                if at.id == root.id {
                    tree.close();
                    return tree;
                }
                if let Some(next) = at.next_sibling() {
                    at = next;
                    break;
                }
                let Some(above) = at.parent() else {
                    tree.close();
                    return tree;
                };
                at = above;
                parent = tree.nodes[parent].parent;
            }
        }
    }

    /// Adds a node; `Some` when its children are wanted too.
    fn add(&mut self, at: &NodeRef<'_>, parent: usize, limits: &Limits) -> Option<usize> {
        if self.nodes.len() >= limits.nodes {
            return None;
        }
        if at.is_text() {
            let text = at.text().to_string();
            self.push(parent, String::new(), Vec::new(), text);
            return None;
        }
        let name = at.node_name()?.to_string();
        if name == "script" {
            let kind = at.attr_or("type", "");
            if kind.to_ascii_lowercase().contains("ld+json") && self.json_ld.len() < limits.scripts
            {
                self.json_ld.push(at.text().to_string());
            }
            return None;
        }
        if name == "title" {
            self.titles.push(at.text().to_string());
            return None;
        }
        if SILENT.contains(&name.as_str()) {
            return None;
        }
        let attributes =
            at.attrs().into_iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
        let attributes = attributes.collect();
        Some(self.push(parent, name, attributes, String::new()))
    }

    fn push(
        &mut self,
        parent: usize,
        name: String,
        attributes: Vec<(String, String)>,
        text: String,
    ) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node { parent, end: index + 1, name, attributes, text });
        index
    }

    /// Sets the ends: a node ends where its last descendant does.
    fn close(&mut self) {
        for index in (1..self.nodes.len()).rev() {
            let (parent, end) = (self.nodes[index].parent, self.nodes[index].end);
            self.nodes[parent].end = self.nodes[parent].end.max(end);
        }
    }

    /// The elements of a subtree, itself first, by their places.
    pub(super) fn within(&self, root: usize) -> impl Iterator<Item = (usize, &Node)> {
        let nodes = &self.nodes[root..self.nodes[root].end];
        nodes.iter().enumerate().map(move |(at, node)| (root + at, node))
    }

    /// All elements, in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.within(0).filter(|(_, node)| !node.is_text())
    }

    /// A node and those it stands in, up to the root.
    pub(super) fn upward(&self, from: usize) -> impl Iterator<Item = (usize, &Node)> {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let at = next?;
            let node = &self.nodes[at];
            next = (at != 0).then_some(node.parent);
            Some((at, node))
        })
    }

    /// Whether a node stands in another, or is it.
    pub(super) fn holds(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.nodes[outer].end
    }

    /// The text of a subtree on one line.
    pub(super) fn text(&self, root: usize) -> String {
        let mut out = String::new();
        for (_, node) in self.within(root) {
            if node.is_text() {
                out.push_str(&node.text);
            } else if BREAKS.contains(&node.name.as_str()) {
                out.push(' ');
            }
        }
        squeeze(&out)
    }
}

/// Elements at which a word ends.
const BREAKS: [&str; 14] =
    ["br", "p", "div", "li", "h1", "h2", "h3", "h4", "td", "dd", "dt", "section", "header", "time"];

/// One space between words.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// White space of HTML, and marks that take no room; the no-break space is kept as it is within a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}'
    )
}
