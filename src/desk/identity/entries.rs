//! The entries that are known, by all their names.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::identity::Gist;
use crate::desk::model::{Article, ArticleId, EntryKey, Names, stable_id};

/// Bytes of last versions that are kept word by word, so that the next version can be compared with them; the oldest go
/// first, and are asked of the store when they are needed. Some three thousand news texts: what the feeds of a newsroom
/// show at a time.
const TEXTS_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The last version of an entry.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: ArticleId,
    /// Its number.
    pub version: u32,
    /// Its hash.
    pub content_hash: String,
    /// When its publisher says it appeared.
    pub published: Timestamp,
    /// When its claims were made.
    pub said_at: Timestamp,
    /// Where it was seen last.
    pub url: String,
    /// The names it came under last.
    pub names: Names,
    /// What all versions say; none until somebody asks for it.
    pub gist: Option<Arc<Gist>>,
    /// Title and text, while they are kept.
    pub text: Option<Arc<(String, String)>>,
    /// Set when the store does not have its text any more.
    lost: bool,
    /// Counts the texts that were kept, so that a text that was replaced is told from the one that replaced it.
    kept: u64,
}

impl Known {
    fn of(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            version: article.version,
            content_hash: article.content_hash.clone(),
            published: article.published.at,
            said_at: article.said_at(),
            url: article.url.clone(),
            names: Names::default(),
            gist: None,
            text: None,
            lost: false,
            kept: 0,
        }
    }

    /// Whether its text has to be asked for before a new version can be compared with it.
    pub fn is_wanted(&self) -> bool {
        (self.gist.is_none() || self.text.is_none()) && !self.lost
    }

    /// Whether one of its versions has a sentence in these words.
    pub fn says(&self, sentence: &str) -> bool {
        self.gist.as_ref().is_some_and(|gist| gist.says(sentence))
    }
}

/// The entries that are known.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    known: HashMap<EntryKey, Known>,
    of: HashMap<ArticleId, EntryKey>,
    names: HashMap<EntryKey, EntryKey>,
    texts: VecDeque<(EntryKey, u64, usize)>,
    bytes: usize,
    kept: u64,
}

/// The name that an entry has by its words.
pub fn words_name(article: &Article) -> Option<EntryKey> {
    let feed = article.feed.as_ref()?;
    Some(EntryKey(stable_id(&["words", feed.as_str(), &article.content_hash])))
}

impl Entries {
    /// The last version of an entry.
    pub fn get(&self, key: &EntryKey) -> Option<&Known> {
        self.known.get(key)
    }

    /// The entry whose version an article is.
    pub fn entry_of(&self, id: &ArticleId) -> Option<&EntryKey> {
        self.of.get(id)
    }

    /// The entry of a name.
    pub fn find(&self, name: &EntryKey) -> Option<(&EntryKey, &Known)> {
        self.known.get_key_value(self.names.get(name)?)
    }

    /// Takes in a version. `before` is the one before it, where another memory holds it.
    pub fn remember(&mut self, article: &Article, mut gist: Gist, before: Option<&Known>) {
        let known = self.known.get(&article.key).or(before);
        if let Some(earlier) = known.and_then(|known| known.gist.as_ref()) {
            gist.remember(earlier);
        }
        self.enter(article);
        self.hold(article, gist);
    }

    /// Takes in a version without its text, which is asked for when it is needed.
    pub fn enter(&mut self, article: &Article) {
        let key = &article.key;
        if let Some(old) = self.known.insert(key.clone(), Known::of(article)) {
            self.forget_names(key, &old.names);
        }
        self.of.insert(article.id.clone(), key.clone());
        self.rename(key, &article.names, &article.url);
        if let Some(name) = words_name(article) {
            self.names.insert(name, key.clone());
        }
        // A version that was stored before names were kept goes by the key that it had.
        if article.names == Names::default() {
            self.names.insert(key.clone(), key.clone());
        }
    }

    /// Takes in a text that was asked for.
    pub fn recall(&mut self, article: &Article, gist: Gist) {
        if self.known.get(&article.key).is_some_and(|known| known.id == article.id) {
            self.hold(article, gist);
        }
    }

    /// Asks no more for the text of a version.
    pub fn give_up(&mut self, id: &ArticleId) {
        let known = self.of.get(id).and_then(|key| self.known.get_mut(key));
        if let Some(known) = known.filter(|known| known.id == *id) {
            known.lost = true;
        }
    }

    fn hold(&mut self, article: &Article, gist: Gist) {
        let Some(known) = self.known.get_mut(&article.key) else { return };
        self.kept += 1;
        let text = Arc::new((article.title.clone(), article.text.clone()));
        let size = text.0.len() + text.1.len();
        (known.text, known.kept) = (Some(text), self.kept);
        known.gist.get_or_insert_with(|| Arc::new(gist));
        self.texts.push_back((article.key.clone(), self.kept, size));
        self.bytes += size;
        self.drop_texts();
    }

    /// Gives an entry the names and the address under which it was seen last.
    pub fn rename(&mut self, key: &EntryKey, names: &Names, url: &str) {
        let Some(known) = self.known.get_mut(key) else { return };
        let old = std::mem::replace(&mut known.names, names.clone());
        known.url = url.to_owned();
        self.forget_names(key, &old);
        for name in names.guid.iter().chain(&names.link) {
            self.names.insert(name.clone(), key.clone());
        }
    }

    /// Takes names from an entry, but for those that another one has by now.
    fn forget_names(&mut self, key: &EntryKey, names: &Names) {
        for name in names.guid.iter().chain(&names.link) {
            if self.names.get(name) == Some(key) {
                self.names.remove(name);
            }
        }
    }

    fn drop_texts(&mut self) {
        while self.bytes > TEXTS_BYTES_MAX {
            let Some((key, kept, size)) = self.texts.pop_front() else { break };
            self.bytes -= size;
            if let Some(known) = self.known.get_mut(&key).filter(|known| known.kept == kept) {
                known.text = None;
            }
        }
    }
}
