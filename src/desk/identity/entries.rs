//! The entries that are known, by all their names.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::identity::Gist;
use crate::desk::model::{Article, ArticleId, EntryKey, Names, stable_id};

/// Bytes of last versions that are kept word by word, so that the next version can be compared with them; the oldest go
/// first. Some ten thousand news texts, more than all feeds of a newsroom show at a time.
const TEXTS_BYTES_MAX: usize = 48 * 1024 * 1024;

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
    /// What all versions say.
    pub gist: Gist,
    /// Title and text, while they are kept.
    pub text: Option<Arc<(String, String)>>,
    /// Counts the texts that were kept, so that a text that was replaced is told from the one that replaced it.
    kept: u64,
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
        let key = &article.key;
        if let Some(before) = self.known.get(key).or(before) {
            gist.remember(&before.gist);
        }
        self.kept += 1;
        let text = Arc::new((article.title.clone(), article.text.clone()));
        let size = text.0.len() + text.1.len();
        let old = self.known.insert(
            key.clone(),
            Known {
                id: article.id.clone(),
                version: article.version,
                content_hash: article.content_hash.clone(),
                published: article.published.at,
                said_at: article.said_at(),
                url: article.url.clone(),
                names: Names::default(),
                gist,
                text: Some(text),
                kept: self.kept,
            },
        );
        if let Some(old) = old {
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
        self.texts.push_back((key.clone(), self.kept, size));
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
