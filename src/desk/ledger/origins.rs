//! Who supports a value, as groups of names of one origin. One origin may be known by several names: a quotation by its
//! words and by the agency that conveys it, a text by its publisher and by the agency that another copy of it credits. A
//! claim that has two names joins the groups that knew one of them each.

use std::sync::Arc;

use crate::desk::origins::is_named;

/// Groups of names, in the order in which they were heard of first.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    groups: Vec<Vec<Arc<str>>>,
}

impl Origins {
    /// Takes in an origin by all its names; says whether it is a new one.
    pub(super) fn add(&mut self, names: &[Arc<str>]) -> bool {
        let shares = |group: &Vec<Arc<str>>| names.iter().any(|name| group.contains(name));
        let Some(at) = self.groups.iter().position(shares) else {
            self.groups.push(names.to_vec());
            return true;
        };
        let mut joined: Vec<Arc<str>> = Vec::new();
        let mut rest = Vec::with_capacity(self.groups.len());
        for (index, group) in self.groups.drain(..).enumerate() {
            if index >= at && shares(&group) {
                joined.extend(group);
            } else {
                rest.push(group);
            }
        }
        joined.extend(names.iter().cloned());
        let mut distinct: Vec<Arc<str>> = Vec::with_capacity(joined.len());
        for name in joined {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        rest.insert(at, distinct);
        self.groups = rest;
        false
    }

    /// Whether an origin of these names is among them.
    pub(super) fn has(&self, names: &[Arc<str>]) -> bool {
        self.groups.iter().any(|group| names.iter().any(|name| group.contains(name)))
    }

    /// Whether an origin of these names is the only one.
    pub(super) fn is_only(&self, names: &[Arc<str>]) -> bool {
        self.groups.len() == 1 && self.has(names)
    }

    /// Takes an origin out.
    pub(super) fn leave(&mut self, names: &[Arc<str>]) {
        self.groups.retain(|group| !names.iter().any(|name| group.contains(name)));
    }

    /// The independent ones, each by the name that says most. Those of whom nobody knows who they are may be any of the
    /// others, and count only where there is no other.
    pub(super) fn independent(&self) -> Vec<Arc<str>> {
        let best = |group: &Vec<Arc<str>>| group.iter().min_by_key(|name| rank(name)).cloned();
        let all: Vec<Arc<str>> = self.groups.iter().filter_map(best).collect();
        let named: Vec<Arc<str>> = all.iter().filter(|name| is_named(name)).cloned().collect();
        if named.is_empty() { all.into_iter().take(1).collect() } else { named }
    }
}

/// The order in which names say whose word something is. The words are those of [`super::support`].
fn rank(name: &str) -> usize {
    let order = ["speaker:", "agency:", "family:", "source:", "quote:"];
    order.iter().position(|kind| name.starts_with(kind)).unwrap_or(order.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<Arc<str>> {
        list.iter().map(|name| Arc::from(*name)).collect()
    }

    fn check(told: &[&[&str]], expect: &[&str]) {
        let mut origins = Origins::default();
        for one in told {
            origins.add(&names(one));
        }
        assert_eq!(origins.independent(), names(expect), "{told:?}");
    }

    #[test]
    fn names_of_one_origin_are_counted_once() {
        check(&[&["agency:reuters"], &["agency:reuters"]], &["agency:reuters"]);
        check(&[&["source:الجزيرة"], &["source:Лента"]], &["source:الجزيرة", "source:Лента"]);
        // A copy that credits the agency says whose the text is that came without a credit.
        check(&[&["source:A"], &["agency:tass", "source:A"], &["agency:tass"]], &["agency:tass"]);
        // The words of a quotation join two origins that were thought to be independent.
        let both: [&[&str]; 3] = [&["source:A"], &["quote:q"], &["source:A", "quote:q"]];
        check(&both, &["source:A"]);
    }

    #[test]
    fn agencies_without_a_name_confirm_nobody() {
        check(&[&["unnamed:source:A"], &["unnamed:source:B"]], &["unnamed:source:A"]);
        check(&[&["unnamed:source:A"], &["source:B"]], &["source:B"]);
        check(&[&["source:B"], &["unnamed:source:A"]], &["source:B"]);
    }
}
