//! What the page says about its article outside of its text: meta elements, microdata, `time`, links.

use url::Url;

use crate::desk::page::Limits;
use crate::desk::page::day::PrintedDate;
use crate::desk::page::json_ld::{self, LinkedData};
use crate::desk::page::signals::words;
use crate::desk::page::tree::{Node, Tree, squeeze};

/// Names of meta elements for the day of publication, the surest first.
const PUBLISHED: [&str; 30] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "cxense:publishtime",
    "parsely-pub-date",
    "sailthru.date",
    "published_time",
    "publish-date",
    "publish_date",
    "published-date",
    "publishdate",
    "pubdate",
    "publication_date",
    "publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "timestamp",
    "date",
];

/// Names of meta elements for the day of the last change.
const MODIFIED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
    "article.updated",
];

/// Names of meta elements for authors.
const AUTHORS: [&str; 12] = [
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "article.author",
    "twitter:data1",
];

/// Names of meta elements for the site.
const SITES: [&str; 6] = [
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:site",
    "publisher",
    "copyright",
];

/// Names of meta elements for a summary.
const DESCRIPTIONS: [&str; 3] = ["og:description", "description", "twitter:description"];

/// Elements whose text is looked at for a visible date.
const VISIBLE_LETTERS_MAX: usize = 60;

/// Everything that is said.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Name (or property, or itemprop) in lower case, and content, in order.
    metas: Vec<(String, String)>,
    /// The address of the page.
    pub(super) url: String,
    pub(super) data: LinkedData,
    pub(super) canonical: Option<String>,
    pub(super) language: Option<String>,
    pub(super) rtl: bool,
    pub(super) title: Option<String>,
}

impl Head {
    /// Collects it. Without `url`, the page's own word for its address is taken.
    pub(super) fn of(tree: &Tree, url: &str, limits: &Limits) -> Self {
        let mut head = Self { url: url.to_owned(), ..Self::default() };
        head.title = tree.titles.first().map(|title| squeeze(title)).filter(|t| !t.is_empty());
        for (_, node) in tree.elements() {
            head.take(node);
        }
        if head.url.is_empty() {
            let own = head.canonical.as_deref().or(head.meta("og:url"));
            head.url = own.unwrap_or_default().to_owned();
        }
        head.data = json_ld::read(&tree.json_ld, &head.url, limits);
        head
    }

    fn take(&mut self, node: &Node) {
        match node.name.as_str() {
            "meta" => {
                let content = squeeze(node.attribute("content").unwrap_or_default());
                let keys = ["property", "name", "itemprop", "http-equiv"];
                for key in keys.iter().filter_map(|key| node.attribute(key)) {
                    // Some write `article:published:time`.
                    let key = key.trim().to_ascii_lowercase().replace("d:time", "d_time");
                    if !content.is_empty() {
                        self.metas.push((key, content.clone()));
                    }
                }
            }
            "link" => {
                let rel = node.attribute("rel").unwrap_or_default();
                if self.canonical.is_none() && rel.eq_ignore_ascii_case("canonical") {
                    self.canonical =
                        absolute(&self.url, node.attribute("href").unwrap_or_default());
                }
            }
            "html" | "body" => {
                let language = node.attribute("lang").or(node.attribute("xml:lang"));
                let language = language.filter(|language| !language.is_empty());
                if self.language.is_none() {
                    self.language = language.map(str::to_owned);
                }
                self.rtl |= node.attribute("dir").is_some_and(|d| d.eq_ignore_ascii_case("rtl"));
            }
            _ => {}
        }
    }

    /// The content of the first meta element of a name.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str())
    }

    /// The contents of all meta elements of a name.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }

    /// The names that the page gives its site.
    pub(super) fn sites(&self) -> impl Iterator<Item = &str> {
        let said = SITES.iter().filter_map(|name| self.meta(name));
        said.chain(self.data.sites.iter().map(String::as_str))
    }

    /// What meta elements say about the authors.
    pub(super) fn authors(&self) -> Vec<&str> {
        let said = AUTHORS.iter().map(|name| self.all(name).collect::<Vec<_>>());
        said.into_iter()
            .find(|all| all.iter().any(|name| !name.contains("://")))
            .unwrap_or_default()
    }

    /// The summaries of the article in the head.
    pub(super) fn descriptions(&self) -> impl Iterator<Item = &str> {
        let said = DESCRIPTIONS.iter().filter_map(|name| self.meta(name));
        said.chain(self.data.description.as_deref())
    }

    /// When the article appeared.
    pub(super) fn published(&self, tree: &Tree) -> Option<PrintedDate> {
        let told = self.data.published.as_deref().and_then(PrintedDate::read);
        let path = Url::parse(&self.url).ok().and_then(|url| PrintedDate::of_path(url.path()));
        told.or_else(|| self.first(&PUBLISHED))
            .or_else(|| microdata(tree, "datepublished"))
            .or_else(|| time_element(tree))
            .or(path)
            .or_else(|| visible(tree))
    }

    /// When the article was changed.
    pub(super) fn modified(&self, tree: &Tree) -> Option<PrintedDate> {
        let told = self.data.modified.as_deref().and_then(PrintedDate::read);
        told.or_else(|| self.first(&MODIFIED)).or_else(|| microdata(tree, "datemodified"))
    }

    fn first(&self, names: &[&str]) -> Option<PrintedDate> {
        names.iter().flat_map(|name| self.all(name)).find_map(PrintedDate::read)
    }
}

/// An address as the page writes it, made absolute.
fn absolute(base: &str, href: &str) -> Option<String> {
    let href = href.trim();
    let url =
        Url::parse(href).or_else(|_| Url::parse(base).and_then(|base| base.join(href))).ok()?;
    (matches!(url.scheme(), "http" | "https") && !href.is_empty()).then(|| url.to_string())
}

fn microdata(tree: &Tree, property: &str) -> Option<PrintedDate> {
    tree.elements().filter(|(_, node)| node.name != "meta").find_map(|(index, node)| {
        let named = node.attribute("itemprop")?.split_whitespace();
        if !named.into_iter().any(|p| p.eq_ignore_ascii_case(property)) {
            return None;
        }
        let said = node.attribute("datetime").or(node.attribute("content"));
        said.and_then(PrintedDate::read).or_else(|| PrintedDate::read(&tree.text(index)))
    })
}

/// The first `time` element behind the first heading, or else the first of all; those marked as publication first.
fn time_element(tree: &Tree) -> Option<PrintedDate> {
    let heading = tree.elements().find(|(_, node)| node.name == "h1").map_or(0, |(index, _)| index);
    let mut best: Option<((bool, bool), PrintedDate)> = None;
    for (index, node) in tree.elements().filter(|(_, node)| node.name == "time") {
        let said = node.attribute("datetime").and_then(PrintedDate::read);
        let Some(date) = said.or_else(|| PrintedDate::read(&tree.text(index))) else { continue };
        let rank = (node.attribute("pubdate").is_some(), index > heading);
        if best.as_ref().is_none_or(|(most, _)| rank > *most) {
            best = Some((rank, date));
        }
    }
    best.map(|(_, date)| date)
}

/// A date in an element that is called one.
fn visible(tree: &Tree) -> Option<PrintedDate> {
    tree.elements().find_map(|(index, node)| {
        let called = words(node);
        let is_date = |w: &String| {
            matches!(
                w.as_str(),
                "date"
                    | "datetime"
                    | "dateline"
                    | "time"
                    | "timestamp"
                    | "pubdate"
                    | "published"
                    | "posted"
            )
        };
        if !called.iter().any(is_date) {
            return None;
        }
        let text = tree.text(index);
        (text.len() <= VISIBLE_LETTERS_MAX * 2).then(|| PrintedDate::read(&text)).flatten()
    })
}
