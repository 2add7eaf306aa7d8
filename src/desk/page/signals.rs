//! What the markup says about its elements: which can be no part of an article, and which claim to hold it.
//!
//! The words of class and id are those that the people who built a site gave its parts. They are compared with lists of
//! data, `packs/page.toml`, that no one site made.

use crate::desk::packs::PageStructure;
use crate::desk::page::tree::{Node, Tree};

/// Elements that hold what stands beside an article.
const BESIDE: [&str; 8] =
    ["nav", "aside", "footer", "form", "figure", "figcaption", "menu", "fieldset"];

/// ARIA roles of the same.
const BESIDE_ROLES: [&str; 12] = [
    "navigation",
    "complementary",
    "contentinfo",
    "banner",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "search",
    "toolbar",
    "tooltip",
    "tablist",
];

/// What the markup says, element by element.
#[derive(Debug)]
pub(super) struct Signals {
    shed: Vec<bool>,
    claims: Vec<bool>,
    leads: Vec<bool>,
}

impl Signals {
    /// Reads the names of all elements.
    pub(super) fn of(tree: &Tree, structure: &PageStructure) -> Self {
        let count = tree.nodes.len();
        let mut signals = Self {
            shed: vec![false; count],
            claims: vec![false; count],
            leads: vec![false; count],
        };
        for (index, node) in tree.elements() {
            let words = words(node);
            signals.claims[index] = claims_body(node, &words, structure);
            signals.leads[index] = structure.lead.names(&words);
            // What holds the whole page is hidden only until its scripts have run.
            signals.shed[index] = stands_beside(node)
                || (is_hidden(node) && !matches!(node.name.as_str(), "html" | "body" | "main"))
                || (!matches!(node.name.as_str(), "html" | "body" | "main")
                    && structure.beside.names(&words));
        }
        signals
    }

    /// Whether an element can be no part of an article.
    pub(super) fn sheds(&self, node: usize) -> bool {
        self.shed[node]
    }

    /// Adds an element to those that are no part of the article.
    pub(super) fn shed(&mut self, node: usize) {
        self.shed[node] = true;
    }

    /// Takes the verdict back where it came from a name alone, or from a form: some systems put all of a page into one.
    pub(super) fn keep(&mut self, tree: &Tree, at: usize) {
        let node = &tree.nodes[at];
        // What is hidden with the heading waits for its scripts; what is hidden below it is kept from the reader.
        let waits = || tree.within(at).any(|(_, node)| node.name == "h1");
        self.shed[at] =
            (is_hidden(node) && !waits()) || (stands_beside(node) && node.name != "form");
    }

    /// Whether an element says that it holds the text of the article.
    pub(super) fn claims_body(&self, node: usize) -> bool {
        self.claims[node]
    }

    /// Whether an element says that it holds the lead.
    pub(super) fn leads(&self, node: usize) -> bool {
        self.leads[node]
    }
}

fn stands_beside(node: &Node) -> bool {
    BESIDE.contains(&node.name.as_str())
        || node.attribute("role").is_some_and(|role| BESIDE_ROLES.contains(&role))
}

fn is_hidden(node: &Node) -> bool {
    let style = node.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    node.attribute("hidden").is_some()
        // Paragraphs that wait for their animation say it too.
        || (node.attribute("aria-hidden") == Some("true") && node.name != "p")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn claims_body(node: &Node, words: &[String], structure: &PageStructure) -> bool {
    let property = node.attribute("itemprop").unwrap_or_default();
    property.split_whitespace().any(|p| p.eq_ignore_ascii_case("articleBody"))
        || structure.body.names(words)
}

/// The words of class, id and the attributes that sites use to name their parts for tests and measurements, with an empty
/// word behind each name. Names of utility classes (`print:hidden`) say how something looks, and are left out.
pub(super) fn words(node: &Node) -> Vec<String> {
    const NAMED: [&str; 7] =
        ["class", "id", "itemprop", "data-component", "data-testid", "data-module", "data-type"];
    let mut out = Vec::new();
    for (_, value) in node.attributes.iter().filter(|(key, _)| NAMED.contains(&key.as_str())) {
        for name in value.split_whitespace().take(NAMES_MAX) {
            if !name.contains([':', '[', '@', '!']) {
                split(name, &mut out);
                out.push(String::new());
            }
        }
    }
    out
}

/// Splits `articleBody__related-links` into its words, lower-cased.
fn split(name: &str, out: &mut Vec<String>) {
    let mut word = String::new();
    let mut small = false;
    for c in name.chars().take(NAME_CHARS_MAX) {
        let new = !c.is_alphanumeric() || (c.is_uppercase() && small);
        if new && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    if !word.is_empty() {
        out.push(word);
    }
}

/// Names of one attribute that are looked at; lists of utility classes are longer.
const NAMES_MAX: usize = 40;

/// Characters of a name that are looked at.
const NAME_CHARS_MAX: usize = 100;
