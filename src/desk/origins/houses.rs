//! Houses: whose newsroom a publisher is. Publishers of one owner or newsroom are one house, and so are an agency's own
//! site and everybody who credits it.

use std::collections::HashMap;

use url::Url;

use crate::desk::normalise::tokens;
use crate::desk::packs::{EntityKind, Gazetteer};

/// What the origin of an unnamed credit begins with: "agencies" may be anybody's, and confirms nobody.
pub const UNNAMED: &str = "unnamed:";

/// Whether an origin is somebody in particular.
pub fn is_named(origin: &str) -> bool {
    !origin.starts_with(UNNAMED)
}

/// Publishers with one owner or newsroom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Its id.
    pub id: String,
    /// Names of publishers, as alerts name them, and hosts such as `news.example`.
    pub publishers: Vec<String>,
}

/// The houses of all publishers that are known to belong to one.
#[derive(Clone, Debug, Default)]
pub struct Houses {
    by_name: HashMap<String, String>,
    by_host: HashMap<String, String>,
    /// Agencies that belong to a family.
    by_agency: HashMap<String, String>,
}

impl Houses {
    /// Houses by the families of the configuration, which are believed first, and by the names of agencies.
    pub fn new(families: &[Family], gazetteer: &Gazetteer) -> Self {
        let mut houses = Self::default();
        for family in families {
            let house = format!("family:{}", family.id);
            for publisher in &family.publishers {
                houses.by_name.insert(plain(publisher), house.clone());
                if publisher.contains('.') && !publisher.contains(char::is_whitespace) {
                    houses.by_host.insert(publisher.to_lowercase(), house.clone());
                }
            }
        }
        for (kind, id, agency) in gazetteer.iter() {
            if kind != EntityKind::Agencies || agency.role.is_some() {
                continue;
            }
            let names: Vec<String> = agency.aliases.values().flatten().map(|a| plain(a)).collect();
            let family = names.iter().find_map(|name| houses.by_name.get(name)).cloned();
            let house = family.clone().unwrap_or_else(|| format!("agency:{id}"));
            for name in names {
                houses.by_name.entry(name).or_insert_with(|| house.clone());
            }
            if let Some(family) = family {
                houses.by_agency.insert(id.to_owned(), family);
            }
        }
        houses
    }

    /// The house of a publisher, by its name or the host of its page; none when it stands for itself.
    pub fn of_publisher(&self, name: &str, page: &str) -> Option<&str> {
        let by_name = || self.by_name.get(&plain(name));
        let by_host = || {
            let url = Url::parse(page).ok()?;
            let mut host = url.host_str()?;
            loop {
                if let Some(house) = self.by_host.get(host) {
                    return Some(house);
                }
                host = host.split_once('.')?.1;
            }
        };
        by_name().or_else(by_host).map(String::as_str)
    }

    /// The house of an agency.
    pub fn of_agency(&self, id: &str) -> String {
        self.by_agency.get(id).cloned().unwrap_or_else(|| format!("agency:{id}"))
    }
}

/// A name without spelling variants, and without what stands in brackets behind it: `TASS (English)`.
fn plain(name: &str) -> String {
    let name = name.split(['(', '*']).next().unwrap_or(name);
    tokens(name).into_iter().map(|token| token.folded).collect::<Vec<_>>().join(" ")
}
