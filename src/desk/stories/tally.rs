//! The tally: in how many articles of the stream a stem or mark has occurred, and so how much it tells to share it.
//!
//! Two rows of counters, of which the smaller counts (a count-min sketch: Cormode and Muthukrishnan, 2005). The memory is
//! the same whatever the stream holds, and a rare word is at worst taken for a more frequent one.

use crate::desk::stories::profile::{Profile, Script};

/// Counters in a row. An article has about 300 different stems and marks; a stream of some thousand articles on a few
/// storylines has fewer different ones than there are counters.
const COUNTERS: usize = 1 << 16;

/// Articles after which all counts are halved, so that what was rare last year may be frequent now.
const ARTICLES_MAX: u32 = 20_000;

/// Articles that are thought to have come before the first: a word of a young stream is neither rare nor frequent yet.
const ARTICLES_BEFORE: f32 = 100.0;

/// The share of those that a word is thought to have occurred in: one in two hundred.
const SHARE_BEFORE: f32 = 0.005;

/// Counts of articles.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counters: Vec<u16>,
    articles: [u32; 4],
}

impl Tally {
    /// Counts an article.
    pub fn add(&mut self, profile: &Profile) {
        self.counters.resize(2 * COUNTERS, 0);
        let script = profile.script;
        self.articles[script as usize] += 1;
        let stems = profile.stems.iter().map(|stem| u64::from(*stem));
        let marks = profile.marks.iter().map(|mark| mark.key);
        for key in stems.map(of_stem).chain(marks) {
            for place in places(key, script) {
                self.counters[place] = self.counters[place].saturating_add(1);
            }
        }
        if self.articles.iter().sum::<u32>() > ARTICLES_MAX {
            self.counters.iter_mut().for_each(|count| *count /= 2);
            self.articles.iter_mut().for_each(|count| *count /= 2);
        }
    }

    /// What a stem tells in texts of a script.
    pub fn of_stem(&self, stem: u32, script: Script) -> f32 {
        self.weight(of_stem(u64::from(stem)), script)
    }

    /// What a mark tells in texts of a script.
    pub fn of_mark(&self, key: u64, script: Script) -> f32 {
        self.weight(key, script)
    }

    /// The inverse document frequency: the logarithm of how many articles there are for one with the word.
    fn weight(&self, key: u64, script: Script) -> f32 {
        let count = |place: usize| self.counters.get(place).copied().unwrap_or(0);
        let found = places(key, script).map(count);
        let found = f32::from(found[0].min(found[1]));
        let articles = self.articles[script as usize] as f32;
        ((articles + ARTICLES_BEFORE) / (found + ARTICLES_BEFORE * SHARE_BEFORE)).ln().max(0.0)
    }
}

/// The key of a stem beside those of marks, whose highest bits are small.
fn of_stem(stem: u64) -> u64 {
    stem | 0xf << 60
}

/// A counter in each row.
fn places(key: u64, script: Script) -> [usize; 2] {
    let spread = (key ^ (script as u64) << 58).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let spread = (spread ^ spread >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let row = |bits: u64| (bits & (COUNTERS as u64 - 1)) as usize;
    [row(spread), COUNTERS + row(spread >> 40)]
}
