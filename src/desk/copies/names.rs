//! The ids of texts and their numbers. Ids are 32 hexadecimal digits as a rule, and take 16 bytes then.

use crate::desk::copies::index::push_tightly;
use crate::desk::copies::table::Table;
use crate::desk::model::ArticleId;

/// Before an id that is kept as bytes.
const PACKED: u8 = 1;

/// Before an id that is kept as it is written.
const PLAIN: u8 = 0;

/// Ids, numbered in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    bytes: Vec<u8>,
    /// Where each id ends.
    ends: Vec<u32>,
    numbers: Table,
}

impl Names {
    /// Numbers an id; none when it is known, or when there is no room for it.
    pub(super) fn add(&mut self, id: &ArticleId) -> Option<u32> {
        let packed = pack(id);
        if self.number_of(&packed).is_some() {
            return None;
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        let end = u32::try_from(self.bytes.len() + packed.len()).ok()?;
        if self.numbers.is_full() {
            let entries = (0..number).map(|number| (hash(self.packed(number)), number));
            self.numbers = self.numbers.regrown(entries);
        }
        self.numbers.insert(hash(&packed), number);
        packed.into_iter().for_each(|byte| push_tightly(&mut self.bytes, byte));
        push_tightly(&mut self.ends, end);
        Some(number)
    }

    /// The number of an id.
    pub(super) fn number(&self, id: &ArticleId) -> Option<u32> {
        self.number_of(&pack(id))
    }

    /// The id of a number that was given.
    pub(super) fn id(&self, number: u32) -> ArticleId {
        let packed = self.packed(number);
        let (how, bytes) = packed.split_first().unwrap_or((&PLAIN, &[]));
        if *how == PACKED {
            let number = bytes.iter().fold(0u128, |sum, byte| sum << 8 | u128::from(*byte));
            return ArticleId::new(format!("{number:032x}"));
        }
        ArticleId::new(String::from_utf8_lossy(bytes))
    }

    fn number_of(&self, packed: &[u8]) -> Option<u32> {
        self.numbers.under(hash(packed)).find(|number| self.packed(*number) == packed)
    }

    fn packed(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[number] as usize]
    }
}

fn pack(id: &ArticleId) -> Vec<u8> {
    let text = id.as_str();
    let digits = |c: u8| c.is_ascii_digit() || matches!(c, b'a'..=b'f');
    let number = (text.len() == 32 && text.bytes().all(digits))
        .then(|| u128::from_str_radix(text, 16).ok())
        .flatten();
    let mut out = Vec::with_capacity(17);
    match number {
        Some(number) => {
            out.push(PACKED);
            out.extend(number.to_be_bytes());
        }
        None => {
            out.push(PLAIN);
            out.extend(text.as_bytes());
        }
    }
    out
}

fn hash(bytes: &[u8]) -> u32 {
    xxhash_rust::xxh3::xxh3_64(bytes) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_its_number_and_comes_back() {
        let mut names = Names::default();
        let ids = [
            "0123456789abcdef0123456789abcdef",
            "007",
            "статья",
            "0123456789ABCDEF0123456789ABCDEF",
        ];
        for (number, id) in (0..).zip(ids) {
            assert_eq!(names.add(&ArticleId::new(id)), Some(number));
            assert_eq!(names.add(&ArticleId::new(id)), None);
        }
        for (number, id) in (0..).zip(ids) {
            assert_eq!(names.number(&ArticleId::new(id)), Some(number));
            assert_eq!(names.id(number).as_str(), id);
        }
        assert_eq!(names.number(&ArticleId::new("008")), None);
    }
}
