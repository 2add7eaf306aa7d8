//! What a page says about its article in JSON-LD (schema.org), however carelessly it is written.
//!
//! The scripts of real pages hold line breaks within strings, trailing commas, HTML comments and entities around them, and
//! several objects one behind the other. They are repaired step by step; what stays unreadable says nothing.

use std::collections::{HashMap, VecDeque};

use serde_json::{Map, Value};

use crate::desk::page::Limits;
use crate::desk::page::tree::squeeze;

/// Objects of one page that are looked at.
const OBJECTS_MAX: usize = 2000;

/// Types of articles that do not end in `Article` (schema.org).
const ARTICLES: [&str; 5] =
    ["BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "NewsItem"];

/// Members that hold other articles.
const OTHERS: [&str; 8] = [
    "liveBlogUpdate",
    "comment",
    "mentions",
    "citation",
    "isBasedOn",
    "itemListElement",
    "review",
    "relatedLink",
];

/// What was said.
#[derive(Clone, Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) description: Option<String>,
    pub(super) body: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    /// `isAccessibleForFree`.
    pub(super) free: Option<bool>,
    /// The names of the publisher and the site.
    pub(super) sites: Vec<String>,
}

/// Reads the scripts. `url` tells the page's article from others that it mentions.
pub(super) fn read(scripts: &[String], url: &str, limits: &Limits) -> LinkedData {
    let mut queue: VecDeque<Value> = VecDeque::new();
    for script in scripts.iter().filter(|script| script.len() <= limits.script_bytes) {
        queue.extend(values(script));
    }
    let objects = objects(queue);
    let names = names(&objects);
    let mut best: Option<(u32, &Map<String, Value>)> = None;
    for object in &objects {
        let rank = rank(object, url);
        if rank > 0 && best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, object));
        }
    }
    let mut said = best.map(|(_, object)| article(object, &names)).unwrap_or_default();
    for object in &objects {
        if has_type(object, |t| matches!(t, "WebSite" | "NewsMediaOrganization" | "Organization")) {
            said.sites.extend(string(object, "name"));
        }
        // Only articles and pages have these; whichever says it first fills what the article itself leaves out.
        if has_type(object, |t| t == "WebPage" || is_article(t)) {
            said.published = said.published.or_else(|| string(object, "datePublished"));
            said.modified = said.modified.or_else(|| string(object, "dateModified"));
            said.free = said.free.or_else(|| free(object));
            if said.authors.is_empty() {
                said.authors = authors(object, &names);
            }
        }
    }
    said
}

/// All objects, outer ones first.
fn objects(mut queue: VecDeque<Value>) -> Vec<Map<String, Value>> {
    let mut out = Vec::new();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(values) => queue.extend(values),
            Value::Object(object) => {
                let inner = object.iter().filter(|(key, _)| !OTHERS.contains(&key.as_str()));
                let inner = inner.map(|(_, value)| value).filter(|v| v.is_object() || v.is_array());
                queue.extend(inner.cloned());
                out.push(object);
            }
            _ => {}
        }
        if out.len() >= OBJECTS_MAX {
            break;
        }
    }
    out
}

/// Names by `@id`, for authors that are told elsewhere in the graph.
fn names(objects: &[Map<String, Value>]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for object in objects {
        if let (Some(id), Some(name)) = (string(object, "@id"), string(object, "name")) {
            names.entry(id).or_insert(name);
        }
    }
    names
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || ARTICLES.contains(&kind)
}

/// How surely an object is the article of the page; 0 when it is none.
fn rank(object: &Map<String, Value>, url: &str) -> u32 {
    let base = match () {
        () if has_type(object, is_article) => 4,
        () if has_type(object, |t| t == "WebPage" || t == "VideoObject") => 1,
        () => return 0,
    };
    let told = ["headline", "datePublished", "articleBody"].iter();
    let told = told.filter(|key| object.contains_key(**key)).count() as u32;
    let addresses = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| object.get(*key));
    let here = addresses.filter_map(address).any(|a| is_same_page(&a, url));
    base + told + if here { 4 } else { 0 }
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => string(object, "@id").or_else(|| string(object, "url")),
        _ => None,
    }
}

fn is_same_page(a: &str, b: &str) -> bool {
    let bare = |url: &str| {
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let path = url[..end].trim_end_matches('/');
        path.split_once("://").map_or(path, |(_, rest)| rest).trim_start_matches("www.").to_owned()
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && a == b
}

fn article(object: &Map<String, Value>, names: &HashMap<String, String>) -> LinkedData {
    LinkedData {
        headline: string(object, "headline").or_else(|| string(object, "name")),
        description: string(object, "description"),
        body: string(object, "articleBody"),
        authors: authors(object, names),
        published: string(object, "datePublished").or_else(|| string(object, "dateCreated")),
        modified: string(object, "dateModified"),
        language: string(object, "inLanguage"),
        free: free(object),
        sites: object.get("publisher").map(|p| people(p, names)).unwrap_or_default(),
    }
}

fn authors(object: &Map<String, Value>, names: &HashMap<String, String>) -> Vec<String> {
    let said = ["author", "creator"].iter().filter_map(|key| object.get(*key));
    said.map(|value| people(value, names)).find(|people| !people.is_empty()).unwrap_or_default()
}

/// The names in a person, an organisation, a name, or a list of them.
fn people(value: &Value, names: &HashMap<String, String>) -> Vec<String> {
    match value {
        Value::String(name) => vec![names.get(name).cloned().unwrap_or_else(|| clean(name))],
        Value::Array(values) => {
            values.iter().filter(|v| !v.is_array()).flat_map(|value| people(value, names)).collect()
        }
        Value::Object(object) => match object.get("name") {
            Some(Value::Array(values)) => {
                values.iter().filter_map(Value::as_str).map(clean).collect()
            }
            Some(name) => name.as_str().map(clean).into_iter().collect(),
            None => {
                string(object, "@id").and_then(|id| names.get(&id).cloned()).into_iter().collect()
            }
        },
        _ => Vec::new(),
    }
}

fn free(object: &Map<String, Value>) -> Option<bool> {
    match object.get("isAccessibleForFree")? {
        Value::Bool(free) => Some(*free),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "http://schema.org/true" | "https://schema.org/true" => Some(true),
            "false" | "http://schema.org/false" | "https://schema.org/false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn has_type(object: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => is(kind.rsplit('/').next().unwrap_or(kind)),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// A string member; of a list the first.
fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    let value = match object.get(key)? {
        Value::Array(values) => values.first()?,
        value => value,
    };
    let text = match value {
        Value::String(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => object.get("@value")?.as_str().map(clean)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Text as it is meant: entities and tags that were put into the JSON are taken out.
fn clean(text: &str) -> String {
    if text.contains('&') || text.contains('<') {
        // A space keeps what two tags separate apart.
        let spaced = text.replace('<', " <");
        return squeeze(&dom_query::Document::fragment(spaced).text());
    }
    squeeze(text)
}

/// The values of a script: as it is, or repaired.
fn values(script: &str) -> Vec<Value> {
    let bare = strip_comments(script);
    if let Ok(value) = serde_json::from_str(bare) {
        return vec![value];
    }
    let mut text = repair(bare);
    if text.trim_start().starts_with("{&") || text.contains("&quot;@") {
        text = text.replace("&quot;", "\"").replace("&amp;", "&");
    }
    let stream = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    stream.map_while(Result::ok).collect()
}

/// Takes off what hides a script from old browsers.
fn strip_comments(script: &str) -> &str {
    let mut rest = script.trim();
    let ends: [(&str, &str); 4] = [
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>"),
    ];
    for (begin, end) in ends {
        rest = rest.strip_prefix(begin).unwrap_or(rest);
        rest = rest.strip_suffix(end).unwrap_or(rest).trim();
    }
    rest.trim_end_matches(';')
}

/// Escapes control characters within strings, and drops commas that close a list or stand between values.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if quoted {
            match c {
                _ if escaped => {
                    // Only these may follow a backslash; any other loses it.
                    if !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.pop();
                    }
                    out.push(if c.is_control() { ' ' } else { c });
                    escaped = false;
                    continue;
                }
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            out.push(if c.is_control() { ' ' } else { c });
            continue;
        }
        match c {
            '"' => quoted = true,
            '}' | ']' => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(script: &str) -> LinkedData {
        read(&[script.to_owned()], "https://a.example/news/1", &Limits::default())
    }

    #[test]
    fn careless_scripts_are_read() {
        for script in [
            "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"لقاء في إسطنبول\"} -->",
            "{\"@type\":\"NewsArticle\",\"headline\":\"لقاء\n في إسطنبول\",}",
            "[{\"@type\":[\"NewsArticle\"],\"headline\":\"لقاء في إسطنبول\",\"x\":[1,],}];",
            "//<![CDATA[\n{\"@type\":\"http://schema.org/Article\",\"headline\":\"لقاء في إسطنبول\"}\n//]]>",
            "{\"@graph\":[{\"@type\":\"WebPage\",\"headline\":\"x\"},{\"@type\":\"ReportageNewsArticle\",\"headline\":\"لقاء في إسطنبول\"}]}",
            "{\"a\":1} {\"@type\":\"NewsArticle\",\"headline\":\"لقاء في إسطنبول\"} broken",
            "{\"@type\":\"NewsArticle\",\"headline\":\"<b>لقاء</b> في إسطنبول\"}",
            "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;لقاء في إسطنبول&quot;}",
        ] {
            assert_eq!(said(script).headline.as_deref(), Some("لقاء في إسطنبول"), "{script}");
        }
        for script in ["", "{", "null", "[[[", "{\"@type\":7}", &"[".repeat(100_000)] {
            assert_eq!(said(script).headline, None);
        }
    }

    #[test]
    fn the_article_of_the_page_is_told_from_others() {
        let said = said(
            r##"[{"@type":"NewsArticle","headline":"Чужая","datePublished":"2025-01-01","url":"https://a.example/news/2"},
            {"@type":"NewsArticle","headline":"Своя","mainEntityOfPage":{"@id":"http://www.a.example/news/1/"},"author":[{"@id":"#p"},"Иван Петров"]},
            {"@type":"Person","@id":"#p","name":"Анна Ким"}]"##,
        );
        assert_eq!(said.headline.as_deref(), Some("Своя"));
        assert_eq!(said.authors, ["Анна Ким", "Иван Петров"]);
    }

    #[test]
    fn what_is_not_free_is_told() {
        for (value, expect) in
            [("false", Some(false)), ("\"False\"", Some(false)), ("true", Some(true)), ("7", None)]
        {
            let script = format!("{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":{value}}}");
            assert_eq!(said(&script).free, expect, "{value}");
        }
    }
}
