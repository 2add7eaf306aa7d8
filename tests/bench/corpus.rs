//! Texts of words that do not exist, the same in every run, with copies among them.

use std::collections::{HashSet, VecDeque};

/// Words that a language has.
const WORDS: u64 = 40_000;

/// Every so-manieth text is a copy.
const COPY_EVERY: usize = 10;

/// A text.
pub(super) struct Made {
    /// Its words.
    pub(super) text: String,
    /// What it is a copy of, with the exact Jaccard similarity of their word 3-shingles.
    pub(super) copy_of: Option<(usize, f64)>,
}

/// Makes texts.
pub(super) struct Corpus {
    random: Random,
    vocabularies: [Vec<String>; 3],
    /// The latest originals, as sentences, with their numbers and vocabularies.
    recent: VecDeque<(usize, usize, Vec<String>)>,
    recent_max: usize,
    number: usize,
}

impl Corpus {
    /// A corpus in which copies follow their originals within so many texts.
    pub(super) fn new(seed: u64, recent_max: usize) -> Self {
        let syllables = [
            "ba de fi go lu mar nor pel rin sta ton ver wick ax on er al is",
            "ба де фи го лу мар нор пел рин ста тон вер жив ах он ер ал ис",
            "با دي في قو لو مار نور بل رن ستا تن فر حي اخ ون ير ال يس",
        ];
        let words = |syllables: &str| -> Vec<String> {
            let all: Vec<&str> = syllables.split(' ').collect();
            let word = |number: u64| {
                let mut random = Random(number + 1);
                let length = if number < 100 { 1 } else { 2 + random.below(3) };
                (0..length).map(|_| all[random.below(all.len() as u64) as usize]).collect()
            };
            (0..WORDS).map(word).collect()
        };
        let vocabularies = syllables.map(words);
        let recent = VecDeque::new();
        Self { random: Random(seed), vocabularies, recent, recent_max, number: 0 }
    }

    fn sentence(&mut self, language: usize) -> String {
        let length = 8 + self.random.below(17);
        let words: Vec<String> = (0..length).map(|_| self.word(language)).collect();
        let mut sentence = words.join(" ");
        sentence.push('.');
        sentence
    }

    /// A word as frequent as its place tells: half of a text is made of a hundred words.
    fn word(&mut self, language: usize) -> String {
        let place = if self.random.below(2) == 0 {
            self.random.below(100)
        } else {
            self.random.below(WORDS)
        };
        self.vocabularies[language][place as usize].clone()
    }

    fn original(&mut self) -> Made {
        let language = self.random.below(3) as usize;
        let count = 6 + self.random.below(16);
        let sentences: Vec<String> = (0..count).map(|_| self.sentence(language)).collect();
        let text = sentences.join(" ");
        self.recent.push_back((self.number, language, sentences));
        if self.recent.len() > self.recent_max {
            self.recent.pop_front();
        }
        Made { text, copy_of: None }
    }

    fn copy(&mut self) -> Made {
        let chosen = self.random.below(self.recent.len() as u64) as usize;
        let (of, language, mut sentences) = self.recent[chosen].clone();
        let whole = sentences.join(" ");
        // In a hundred words up to eight are changed; sentences go and come.
        let touches = self.random.below(9);
        for sentence in &mut sentences {
            let words: Vec<String> = sentence
                .split(' ')
                .map(|word| {
                    let touched = self.random.below(100) < touches;
                    if touched { self.word(language) } else { word.to_owned() }
                })
                .collect();
            *sentence = words.join(" ");
        }
        for _ in 0..self.random.below(4) {
            if self.random.below(2) == 0 {
                sentences.pop();
            } else {
                let more = self.sentence(language);
                sentences.push(more);
            }
        }
        let text = sentences.join(" ");
        let similarity = similarity(&whole, &text);
        Made { text, copy_of: Some((of, similarity)) }
    }
}

impl Iterator for Corpus {
    type Item = Made;

    fn next(&mut self) -> Option<Made> {
        let copies = self.number % COPY_EVERY == COPY_EVERY - 1;
        let made = if copies { self.copy() } else { self.original() };
        self.number += 1;
        Some(made)
    }
}

/// The exact Jaccard similarity of the word 3-shingles of two texts.
fn similarity(a: &str, b: &str) -> f64 {
    let shingles = |text: &str| -> HashSet<Vec<String>> {
        let words: Vec<String> =
            text.split(' ').map(|word| word.trim_end_matches('.').to_owned()).collect();
        words.windows(3).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (shingles(a), shingles(b));
    let both = a.intersection(&b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
