//! The canonical form of a link, so that one article has one address whatever campaign it was shared in.

use std::collections::HashSet;

use url::Url;

/// Parameters of links that say where the reader came from, and not what he reads. They are data of the packs.
#[derive(Clone, Debug, Default)]
pub struct Tracking {
    names: HashSet<String>,
    beginnings: Vec<String>,
}

impl Tracking {
    /// Adds a parameter; one that ends in `*` is the beginning of its names. Case is not looked at.
    pub fn add(&mut self, parameter: &str) {
        match parameter.to_lowercase() {
            name if name.ends_with('*') => {
                self.beginnings.push(name.trim_end_matches('*').to_owned());
            }
            name => drop(self.names.insert(name)),
        }
    }

    fn has(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.names.contains(&name) || self.beginnings.iter().any(|start| name.starts_with(start))
    }
}

/// Drops the fragment, default port and tracking parameters; scheme and host come in lower case from the parser. What is
/// no URL is returned as it is.
pub fn canonical(link: &str, tracking: &Tracking) -> String {
    parsed(link, tracking).map_or_else(|| link.trim().to_owned(), |url| url.to_string())
}

/// What two links to one page have in common: the canonical form without its scheme, a leading `www.` and a slash at its
/// end.
pub fn page(link: &str, tracking: &Tracking) -> String {
    let Some(url) = parsed(link, tracking) else { return link.trim().to_owned() };
    let whole = url.to_string();
    let Some((_, rest)) = whole.split_once("://") else { return whole };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    match url.query() {
        Some(_) => rest.replacen("/?", "?", 1),
        None => rest.trim_end_matches('/').to_owned(),
    }
}

fn parsed(link: &str, tracking: &Tracking) -> Option<Url> {
    let mut url = Url::parse(link.trim()).ok()?;
    url.set_fragment(None);
    if url.query().is_some() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !tracking.has(name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        if kept.is_empty() {
            url.set_query(None);
        } else {
            url.query_pairs_mut().clear().extend_pairs(kept);
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracking() -> Tracking {
        let mut tracking = Tracking::default();
        ["utm_*", "fbclid", "ref"].iter().for_each(|name| tracking.add(name));
        tracking
    }

    #[test]
    fn one_article_has_one_address() {
        for (written, expect) in [
            ("https://A.example/x?utm_source=rss#top", "https://a.example/x"),
            ("https://a.example:443/x?id=7&fbclid=9", "https://a.example/x?id=7"),
            ("https://a.example/x?REF=9&refund=1", "https://a.example/x?refund=1"),
            ("https://a.example/خبر", "https://a.example/%D8%AE%D8%A8%D8%B1"),
            ("no url at all", "no url at all"),
        ] {
            assert_eq!(canonical(written, &tracking()), expect);
            assert_eq!(canonical(expect, &tracking()), expect, "idempotent");
        }
    }

    #[test]
    fn links_to_one_page_are_told_by_what_they_share() {
        for (one, other, same) in [
            ("http://www.a.example/новость/", "https://a.example/новость?utm_medium=rss", true),
            ("https://a.example/?id=7", "https://a.example?id=7&ref=x", true),
            ("https://a.example/?id=7", "https://a.example/?id=8", false),
            ("https://m.a.example/1", "https://a.example/1", false),
        ] {
            assert_eq!(page(one, &tracking()) == page(other, &tracking()), same, "{one} {other}");
        }
    }
}
