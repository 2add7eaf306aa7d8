//! Sounds: how the letters of any script are heard, so that a name can meet itself in another one. The table is
//! `packs/stories/sounds.tsv`; this module knows the sounds, and no letter.

use crate::desk::packs::gazetteer::is_content;
use crate::desk::packs::{PackProblem, PackSource};

/// The sounds by their number, from 1 on: consonants first, then the three vowels.
const NAMES: [char; 15] =
    ['B', 'F', 'M', 'N', 'L', 'R', 'T', 'D', 'S', 'J', 'K', 'H', 'a', 'i', 'u'];

/// Sounds up to this number are consonants.
const CONSONANTS: u64 = 12;

/// Sounds that are kept of a word: what a number of 64 bits holds at four bits each.
const SOUNDS_MAX: u32 = 16;

/// Readings that are kept of a word.
const READINGS_MAX: usize = 4;

/// Letters below this number are looked up by it: the Latin, Cyrillic and Arabic blocks of Unicode lie there.
const LETTERS: usize = 0x700;

/// A word as it is heard: up to 16 sounds, the first in the lowest four bits. Doubled sounds are one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heard(pub u64);

impl Heard {
    /// The sounds in order, as numbers.
    fn sounds(self) -> impl Iterator<Item = u64> {
        (0..SOUNDS_MAX).map(move |at| (self.0 >> (4 * at)) & 15).take_while(|sound| *sound != 0)
    }

    fn len(self) -> u32 {
        (64 - self.0.leading_zeros()).div_ceil(4)
    }

    fn push(&mut self, sound: u64) {
        let len = self.len();
        if len < SOUNDS_MAX && (len == 0 || (self.0 >> (4 * (len - 1))) & 15 != sound) {
            self.0 |= sound << (4 * len);
        }
    }

    /// The consonants alone: what writers of all scripts write down. At most 15 of them, so that the highest four bits
    /// are free.
    pub fn skeleton(self) -> Heard {
        let mut out = Heard::default();
        let consonants = self.sounds().filter(|sound| *sound <= CONSONANTS);
        consonants.take(SOUNDS_MAX as usize - 1).for_each(|sound| out.push(sound));
        out
    }

    /// How many sounds it has.
    pub fn count(self) -> u32 {
        self.len()
    }

    /// How alike the vowels of two words of one skeleton are, 0 to 1. A vowel that only one of them writes is half a
    /// difference, since Arabic leaves short ones out.
    pub fn vowels_like(self, other: Heard) -> f32 {
        let (mut mine, mut theirs) = (self.gaps(), other.gaps());
        let (mut sum, mut gaps) = (0.0f32, 0u8);
        loop {
            let like = match (mine.next(), theirs.next()) {
                (Some(a), Some(b)) if a == b => 1.0,
                (Some(0), Some(_)) | (Some(_), Some(0)) if gaps == 0 => 0.4,
                (Some(0), Some(_)) | (Some(_), Some(0)) => 0.6,
                (Some(a), Some(b)) if a & b != 0 => 0.9,
                (Some(_), Some(_)) => 0.3,
                (None, None) => return sum / f32::from(gaps.max(1)),
                _ => return 0.5,
            };
            sum += like;
            gaps += 1;
        }
    }

    /// The vowels before, between and behind the consonants, each gap as a set of bits.
    fn gaps(self) -> impl Iterator<Item = u8> {
        let mut rest = self.0;
        let mut over = false;
        let mut last = 0;
        std::iter::from_fn(move || {
            if over {
                return None;
            }
            let mut vowels = 0u8;
            loop {
                let sound = rest & 15;
                rest >>= 4;
                match sound {
                    0 => {
                        over = true;
                        return Some(vowels);
                    }
                    // The skeleton has two consonants that only vowels part as one; so has this.
                    sound if sound <= CONSONANTS && sound == last => {}
                    sound if sound <= CONSONANTS => {
                        last = sound;
                        return Some(vowels);
                    }
                    sound => vowels |= 1 << (sound - CONSONANTS),
                }
            }
        })
    }
}

/// Where in a word letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anywhere,
    Start,
    End,
}

#[derive(Clone, Debug)]
struct Row {
    letters: Vec<char>,
    place: Place,
    readings: Vec<Vec<u64>>,
}

/// The compiled table.
#[derive(Debug, Default)]
pub struct Sounds {
    rows: Vec<Row>,
    /// For each first letter the rows that begin with it, the longest first.
    of_letter: Vec<Vec<u16>>,
}

impl Sounds {
    /// Adds a file; returns what is wrong with it.
    pub(super) fn read(&mut self, source: &PackSource) -> Vec<PackProblem> {
        let mut problems = Vec::new();
        self.of_letter.resize(LETTERS, Vec::new());
        for (index, line) in source.text.lines().enumerate().filter(|(_, line)| is_content(line)) {
            let added = row(line).and_then(|row| self.add(row));
            if let Err(message) = added {
                problems.push(PackProblem {
                    path: source.path.clone(),
                    line: index + 1,
                    message,
                    hint: Some("write `letters<TAB>sounds`, sounds out of BFMNLRTDSJKH aiu".into()),
                });
            }
        }
        problems
    }

    fn add(&mut self, row: Row) -> Result<(), String> {
        let number = u16::try_from(self.rows.len()).map_err(|_| "too many rows".to_owned())?;
        let first = row.letters.first().map_or(LETTERS, |letter| *letter as usize);
        let of_letter =
            self.of_letter.get_mut(first).ok_or("a letter of a script that is not read")?;
        let longer =
            |other: &u16| self.rows[usize::from(*other)].letters.len() >= row.letters.len();
        // What is tied to a place stands before the same letters anywhere.
        let at = if row.place == Place::Anywhere {
            of_letter.partition_point(longer)
        } else {
            let longer =
                |other: &u16| self.rows[usize::from(*other)].letters.len() > row.letters.len();
            of_letter.partition_point(longer)
        };
        of_letter.insert(at, number);
        self.rows.push(row);
        Ok(())
    }

    /// The readings of a folded word, at most four; `out` is emptied first. Letters that the table does not have are
    /// silent.
    pub fn hear(&self, word: &str, out: &mut Vec<Heard>) {
        out.clear();
        out.push(Heard::default());
        let mut rest = word.chars();
        let mut start = true;
        while let Some(letter) = rest.clone().next() {
            let rows = self.of_letter.get(letter as usize).map(Vec::as_slice).unwrap_or_default();
            let found = rows.iter().find_map(|number| {
                let row = &self.rows[usize::from(*number)];
                let mut behind = rest.clone();
                let same = row.letters.iter().all(|letter| behind.next() == Some(*letter));
                let placed = match row.place {
                    Place::Anywhere => true,
                    Place::Start => start,
                    Place::End => behind.as_str().is_empty(),
                };
                (same && placed).then_some((row, behind))
            });
            match found {
                Some((row, behind)) => {
                    read_on(&row.readings, out);
                    rest = behind;
                }
                None => drop(rest.next()),
            }
            start = false;
        }
        out.dedup();
    }
}

/// Goes on with every reading of some letters, or with the first where there would be too many.
fn read_on(readings: &[Vec<u64>], out: &mut Vec<Heard>) {
    let before = out.len();
    let wanted = if before * readings.len() > READINGS_MAX { 1 } else { readings.len() };
    for _ in 1..wanted {
        out.extend_from_within(..before);
    }
    for (index, heard) in out.iter_mut().enumerate() {
        let reading = readings.get(index / before).map(Vec::as_slice).unwrap_or_default();
        reading.iter().for_each(|sound| heard.push(*sound));
    }
}

fn row(line: &str) -> Result<Row, String> {
    let (letters, sounds) = line.split_once('\t').ok_or("no tab")?;
    let letters = letters.trim();
    let (letters, place) = match (letters.strip_prefix('^'), letters.strip_suffix('$')) {
        (Some(rest), _) => (rest, Place::Start),
        (_, Some(rest)) => (rest, Place::End),
        _ => (letters, Place::Anywhere),
    };
    let readings = sounds.split('|').map(|reading| {
        let heard = reading.trim().chars().filter(|c| *c != '-');
        heard.map(|c| number(c).ok_or(format!("`{c}` is no sound"))).collect()
    });
    let readings = readings.collect::<Result<Vec<Vec<u64>>, String>>()?;
    Ok(Row { letters: letters.chars().collect(), place, readings })
}

fn number(name: char) -> Option<u64> {
    NAMES.iter().zip(1..).find(|(known, _)| **known == name).map(|(_, number)| number)
}
