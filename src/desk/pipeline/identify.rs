//! Identify: which known entry an entry of a feed is, and what that says about the ids of its feed; and how a new version
//! differs from the one before.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;

use crate::desk::identity::{
    self, Candidate, Candidates, Gist, Identity, Known, Shown, Tally, agree, words_name,
};
use crate::desk::model::{
    Article, ArticleId, Dated, Draft, EntryKey, FeedState, Names, Revision, Step, stable_id,
};
use crate::desk::normalise::Words;
use crate::desk::pipeline::desk::Desk;
use crate::desk::revisions;

/// What is known of a poll while its entries are taken.
#[derive(Debug)]
pub(super) struct Polled {
    /// Whether the ids of the feed are believed.
    pub(super) ids_hold: bool,
    /// The entries that were met.
    met: HashSet<EntryKey>,
    tally: Tally,
}

impl Default for Polled {
    fn default() -> Self {
        Self { ids_hold: true, met: HashSet::new(), tally: Tally::default() }
    }
}

impl Desk<'_> {
    /// Gives an entry of a feed the identity that it has. Article files name their articles themselves.
    pub(super) fn identify(&mut self, draft: &Draft, article: &mut Article, words: &Words) {
        let Some(by_words) = words_name(article) else { return };
        let shown = Shown {
            names: &draft.names,
            published: article.published.at,
            ids_hold: self.poll.ids_hold,
        };
        let gist = OnceCell::new();
        let wanted = RefCell::new(Vec::new());
        let identity = {
            let candidate = |name: &EntryKey| {
                let (entry, known) = self.find(name)?;
                let same = known.content_hash == article.content_hash;
                if !same && known.gist.is_none() {
                    wanted.borrow_mut().push(known.clone());
                }
                let own = || gist.get_or_init(|| Gist::of(&article.text, words));
                let like = same || known.gist.as_ref().is_some_and(|known| own().is_like(known));
                let taken = self.poll.met.contains(entry);
                Some(Candidate { entry, known, like, taken })
            };
            let candidates = Candidates {
                guid: draft.names.guid.as_ref().and_then(candidate),
                link: draft.names.link.as_ref().and_then(candidate),
                words: candidate(&by_words),
            };
            identity::resolve(&shown, &candidates)
        };
        wanted.into_inner().iter().for_each(|known| self.want(known));
        let entry = match identity.entry() {
            Some(entry) => entry.clone(),
            None => self.unused_key(draft, &identity, by_words),
        };
        article.id = ArticleId::new(stable_id(&["article", &entry.0, &article.content_hash]));
        article.key = entry;
        self.follow(article, &draft.names, &identity);
        self.poll.met.insert(article.key.clone());
    }

    /// Asks for the text of a version that the next one is to be compared with.
    pub(super) fn want(&mut self, known: &Known) {
        if known.is_wanted() && !self.changes.wants.contains(&known.id) {
            self.changes.wants.push(known.id.clone());
        }
    }

    fn find(&self, name: &EntryKey) -> Option<(&EntryKey, &Known)> {
        self.added.entries.find(name).or_else(|| self.memory.entries.find(name))
    }

    /// The first of a new entry's names that no other entry is stored under.
    fn unused_key(&self, draft: &Draft, identity: &Identity, by_words: EntryKey) -> EntryKey {
        let Names { guid, link } = &draft.names;
        let guid = guid.as_ref().filter(|_| self.poll.ids_hold && *identity != Identity::Reused);
        let at = draft.published.map(|at| at.to_string()).unwrap_or_default();
        let again = EntryKey(stable_id(&["again", &by_words.0, &at]));
        let names = guid.cloned().into_iter().chain(link.clone()).chain([by_words]);
        names.into_iter().find(|name| self.known(name).is_none()).unwrap_or(again)
    }

    /// Notes under which names and where a known entry stands now, and counts what that says about the feed's ids.
    fn follow(&mut self, article: &Article, names: &Names, identity: &Identity) {
        let known = identity.entry().and_then(|entry| self.known(entry)).cloned();
        let same_id = known.as_ref().is_some_and(|known| agree(&names.guid, &known.names.guid));
        self.poll.tally.count(identity, same_id);
        let Some(known) = known else { return };
        if known.url != article.url {
            let reason =
                format!("{identity}; it is at {} now, it was at {}", article.url, known.url);
            self.note(None, Some(&known.id), Step::Parse, reason);
        }
        if known.names != *names || known.url != article.url {
            self.memo.renamed.push((article.key.clone(), names.clone(), article.url.clone()));
        }
    }

    /// Ends a poll: what it says about the ids of its feed.
    pub(super) fn close_poll(&mut self) {
        let Some(feed) = &self.changes.feed else { return };
        let (renaming, note) = identity::after(&feed.renaming, self.poll.tally, self.now);
        let feed = feed.clone();
        if let Some(reason) = note {
            self.note(Some(&feed), None, Step::Parse, reason);
        }
        self.changes.feed = Some(FeedState { renaming, ..feed });
    }
}

/// How a version differs from the last one that is known of its entry. What a feed shows later is later; a file may bring
/// an older version behind a newer one.
pub(super) fn revise(known: &Known, article: &Article) -> Revision {
    let at = article.published.at;
    let silent = match article.feed {
        Some(_) => at <= known.said_at || article.published.how == Dated::Arrival,
        None => at == known.published,
    };
    let found = known
        .text
        .as_ref()
        .map(|text| revisions::difference((&text.0, &text.1), (&article.title, &article.text)));
    let unknown = found.is_none();
    Revision { silent, unknown, ..found.unwrap_or_default() }
}
