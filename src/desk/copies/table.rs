//! A table from keys to the numbers of texts, four bytes an entry: 24 bits of the number, and eight of the key that tell
//! most strangers apart without a look at the text. Open addressing, and no room for the keys themselves: whoever
//! makes a larger one gives them again.

/// Texts that a table can number.
pub(super) const NUMBERS_MAX: u32 = (1 << 24) - 1;

/// An entry of no text.
const EMPTY: u32 = u32::MAX;

/// A key that more texts share tells of a form, such as a footer, and no more of them are entered.
const SHARED_MAX: usize = 64;

/// Entries a hundred slots may hold. At four fifths, a key that is not there is missed after thirteen steps on average
/// (Knuth, The Art of Computer Programming, 6.4), most of them in one line of the cache.
const FULL_PERCENT: usize = 80;

/// How much larger the next table is. A small step, so that little of it is empty.
const GROWTH_PERCENT: usize = 120;

/// The slots of the first table.
const SLOTS_MIN: usize = 64;

/// From keys to numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    slots: Vec<u32>,
    used: usize,
}

impl Table {
    /// Whether another entry needs a larger table.
    pub(super) fn is_full(&self) -> bool {
        (self.used + 1) * 100 > self.slots.len() * FULL_PERCENT
    }

    /// A larger table with these entries, the old ones.
    pub(super) fn regrown(&self, entries: impl Iterator<Item = (u32, u32)>) -> Self {
        let slots = self.slots.len() * GROWTH_PERCENT / 100 + SLOTS_MIN;
        let mut table = Self { slots: vec![EMPTY; slots], used: 0 };
        entries.for_each(|(key, number)| table.insert(key, number));
        table
    }

    /// A table of just the size for so many entries.
    pub(super) fn for_entries(count: usize) -> Self {
        let slots = count * 100 / FULL_PERCENT + SLOTS_MIN;
        Self { slots: vec![EMPTY; slots], used: 0 }
    }

    /// Enters a text under a key. The table must not be full.
    pub(super) fn insert(&mut self, key: u32, number: u32) {
        let (mut at, tag) = self.place(key);
        let mut shared = 0;
        while self.slots[at] != EMPTY {
            shared += usize::from(self.slots[at] as u8 == tag);
            if shared >= SHARED_MAX {
                return;
            }
            at = self.next(at);
        }
        self.slots[at] = number << 8 | u32::from(tag);
        self.used += 1;
    }

    /// The texts that may stand under a key: all that do, and a few strangers.
    pub(super) fn under(&self, key: u32) -> impl Iterator<Item = u32> {
        let (mut at, tag) = self.place(key);
        std::iter::from_fn(move || {
            loop {
                // A table that is not full has an empty slot, where this ends.
                let slot = self.slots.get(at).copied().filter(|slot| *slot != EMPTY)?;
                at = self.next(at);
                if slot as u8 == tag {
                    return Some(slot >> 8);
                }
            }
        })
    }

    /// Where a key's entries begin, and what marks them.
    fn place(&self, key: u32) -> (usize, u8) {
        let key = spread(key);
        let at = (u64::from(key) * self.slots.len() as u64) >> 32;
        (at as usize, key as u8)
    }

    fn next(&self, at: usize) -> usize {
        if at + 1 == self.slots.len() { 0 } else { at + 1 }
    }
}

/// Spreads the bits of a key (the finaliser of MurmurHash3, Appleby, 2008).
fn spread(key: u32) -> u32 {
    let key = (key ^ (key >> 16)).wrapping_mul(0x85eb_ca6b);
    let key = (key ^ (key >> 13)).wrapping_mul(0xc2b2_ae35);
    key ^ (key >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_entered_is_found_and_little_else() {
        let mut table = Table::default();
        assert_eq!(table.under(7).count(), 0);
        let key = |number: u32| number.wrapping_mul(0x9e37_79b1);
        for number in 0..10_000 {
            if table.is_full() {
                table = table.regrown((0..number).map(|n| (key(n), n)));
            }
            table.insert(key(number), number);
        }
        let strangers: usize = (0..10_000)
            .map(|number| {
                assert!(table.under(key(number)).any(|found| found == number));
                table.under(key(number)).count() - 1
            })
            .sum();
        assert!(strangers < 1_500, "{strangers}");
    }

    #[test]
    fn a_key_that_all_share_does_not_fill_the_table() {
        let mut table = Table::for_entries(500);
        (0..500).for_each(|number| table.insert(9, number));
        assert_eq!(table.under(9).count(), SHARED_MAX);
    }
}
