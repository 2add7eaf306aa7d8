//! Names of elements and attributes: by namespace when its prefix is declared, by the usual prefix when it is not.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

/// Prefixes remembered for one document.
const PREFIXES_MAX: usize = 256;

/// The vocabularies that say something about an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of any version, Atom of any version, sitemaps.
    Core,
    /// `content:encoded`.
    Content,
    /// Dublin Core, elements and terms.
    Dublin,
    /// Media RSS.
    Media,
    /// News sitemaps.
    News,
    /// `feedburner:origLink`.
    Burner,
    /// All others.
    Foreign,
}

/// Beginnings of namespace names; publishers differ in what follows.
const NAMESPACES: [(&str, Space); 15] = [
    ("http://www.w3.org/2005/atom", Space::Core),
    ("http://purl.org/atom/ns#", Space::Core),
    ("http://purl.org/rss/1.0/modules/content", Space::Content),
    ("http://purl.org/rss/1.0/modules", Space::Foreign),
    ("http://purl.org/rss/1.0", Space::Core),
    ("http://my.netscape.com/rdf/simple/0.9", Space::Core),
    ("http://my.netscape.com/publish/formats/rss-0.91", Space::Core),
    ("http://backend.userland.com/rss", Space::Core),
    ("http://blogs.law.harvard.edu/tech/rss", Space::Core),
    ("http://purl.org/dc", Space::Dublin),
    ("http://search.yahoo.com/mrss", Space::Media),
    ("http://www.google.com/schemas/sitemap-news", Space::News),
    ("http://www.sitemaps.org/schemas/sitemap", Space::Core),
    ("http://rssnamespace.org/feedburner", Space::Burner),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", Space::Core),
];

/// Prefixes as everybody writes them, for documents that forget to declare them.
const USUAL: [(&str, Space); 12] = [
    ("", Space::Core),
    ("rss", Space::Core),
    ("atom", Space::Core),
    ("a10", Space::Core),
    ("rdf", Space::Core),
    ("content", Space::Content),
    ("dc", Space::Dublin),
    ("dcterms", Space::Dublin),
    ("media", Space::Media),
    ("news", Space::News),
    ("n", Space::News),
    ("feedburner", Space::Burner),
];

/// What the document's prefixes stand for. Declarations are taken as valid for the whole document, which is how feeds
/// use them; scopes would be lost in a document whose nesting is broken anyway.
#[derive(Debug, Default)]
pub(super) struct Names {
    declared: HashMap<String, Space>,
}

impl Names {
    /// Takes in the declarations of a tag.
    pub(super) fn learn(&mut self, tag: &BytesStart<'_>) {
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let Some(prefix) = key.strip_prefix("xmlns:") else { continue };
            if self.declared.len() < PREFIXES_MAX {
                let name = attribute.value.trim().to_ascii_lowercase();
                let space = NAMESPACES.iter().find(|(start, _)| name.starts_with(start));
                let space = space.map_or(Space::Foreign, |(_, space)| *space);
                self.declared.insert(prefix.to_ascii_lowercase(), space);
            }
        }
    }

    /// The vocabulary and the local name, in lower case, of a tag.
    pub(super) fn resolve(&self, tag: &BytesStart<'_>) -> (Space, String) {
        let name = tag.name();
        let name: &str = name.as_ref();
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let prefix = prefix.to_ascii_lowercase();
        let usual = || USUAL.iter().find(|(p, _)| *p == prefix).map(|(_, space)| *space);
        let space = self.declared.get(&prefix).copied().or_else(usual).unwrap_or(Space::Foreign);
        (space, local.to_ascii_lowercase())
    }
}

/// The value of an attribute by its full or its local name, with its references resolved.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.html_attributes().with_checks(false).flatten().find(|attribute| {
        let key: &str = attribute.key.as_ref();
        key.eq_ignore_ascii_case(name)
            || key.split_once(':').is_some_and(|(_, local)| local.eq_ignore_ascii_case(name))
    })?;
    let value = match quick_xml::escape::unescape(&found.value) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.into_owned(),
    };
    Some(value.trim().to_owned())
}
