//! The canonical form of a link, so that one article has one address whatever campaign it was shared in.

use url::Url;

/// Query parameters that name a campaign, not a page. Sources: the documented parameters of Google Analytics (`utm_*`,
/// `gclid`), Facebook (`fbclid`), Yandex (`yclid`), Mailchimp (`mc_*`) and AT Internet (`at_*`, `xtor`).
const TRACKING: &[&str] = &["gclid", "fbclid", "yclid", "xtor", "igshid", "ocid", "cmpid"];
const TRACKING_PREFIXES: &[&str] = &["utm_", "mc_", "at_"];

/// Drops the fragment, default port and tracking parameters; scheme and host come in lower case from the parser. What is
/// no URL is returned as it is.
pub fn canonical(link: &str) -> String {
    let Ok(mut url) = Url::parse(link.trim()) else {
        return link.trim().to_owned();
    };
    url.set_fragment(None);
    if url.query().is_some() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(key, _)| !is_tracking(key))
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        if kept.is_empty() {
            url.set_query(None);
        } else {
            url.query_pairs_mut().clear().extend_pairs(kept);
        }
    }
    url.to_string()
}

fn is_tracking(key: &str) -> bool {
    TRACKING.contains(&key) || TRACKING_PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_has_one_address() {
        for (written, expect) in [
            ("https://A.example/x?utm_source=rss#top", "https://a.example/x"),
            ("https://a.example:443/x?id=7&fbclid=9", "https://a.example/x?id=7"),
            ("https://a.example/خبر", "https://a.example/%D8%AE%D8%A8%D8%B1"),
            ("no url at all", "no url at all"),
        ] {
            assert_eq!(canonical(written), expect);
            assert_eq!(canonical(expect), expect, "idempotent");
        }
    }
}
