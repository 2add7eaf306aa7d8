//! The blocks of a page: stretches of text between two breaks of the layout, in order, with what the decision needs to
//! know of each.

use crate::desk::page::signals::Signals;
use crate::desk::page::tree::{Tree, squeeze};

/// Elements that stand within a line.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// Characters that end a sentence, in the scripts that we read and those that the packs may add.
const ENDERS: [char; 13] = ['.', '!', '?', '…', '؟', '۔', '。', '！', '？', '।', ':', '：', '、'];

/// A stretch of text.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The element that it stands in directly, as far as layout goes.
    pub(super) owner: usize,
    /// Its text on one line.
    pub(super) text: String,
    /// Its characters but for white space.
    pub(super) letters: usize,
    /// Those of them that stand in links.
    pub(super) linked: usize,
    /// Whether it begins with a link.
    pub(super) begins_linked: bool,
    /// Whether it stands in an element that is no part of any article.
    pub(super) shed: bool,
    /// 1 to 6 for a heading, 0 for everything else.
    pub(super) heading: u8,
}

impl Block {
    /// The share of its characters that stand in links.
    pub(super) fn link_share(&self) -> f64 {
        share(self.linked, self.letters)
    }

    /// Whether it reads as sentences: one ends in it, and it is long enough for one.
    pub(super) fn is_prose(&self) -> bool {
        // A Chinese or Japanese character tells about as much as two to three letters.
        let wide = self.text.chars().filter(|c| ('\u{2e80}'..='\u{d7ff}').contains(c)).count();
        self.letters + wide * 2 >= PROSE_LETTERS_MIN && self.text.contains(ENDERS)
    }

    /// Whether a sentence ends where it ends.
    pub(super) fn ends_sentence(&self) -> bool {
        let closing = |c: char| {
            matches!(c, '"' | '\'' | '»' | '”' | '“' | '’' | ')' | '」' | '』' | '*' | ']')
        };
        self.text.trim_end_matches(closing).ends_with(ENDERS)
    }
}

/// Characters from which on a text can be a sentence of the body.
const PROSE_LETTERS_MIN: usize = 40;

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Cuts a page into blocks.
pub(super) fn blocks(tree: &Tree, signals: &Signals) -> Vec<Block> {
    let mut cutter = Cutter::default();
    // The elements that are open, innermost last: what each end brings back.
    let mut open: Vec<(usize, State)> = Vec::new();
    let mut state = State::default();
    for (index, node) in tree.nodes.iter().enumerate() {
        while let Some((end, before)) = open.last().copied() {
            if end > index {
                break;
            }
            if before.owner != state.owner {
                cutter.flush(state);
            }
            state = before;
            open.pop();
        }
        if node.is_text() {
            cutter.take(&node.text, state);
            continue;
        }
        let before = state;
        let name = node.name.as_str();
        state.shed |= signals.sheds(index);
        match name {
            "br" => cutter.line_break(state),
            "a" => state.linked |= node.attribute("href").is_some(),
            _ => {}
        }
        if !INLINE.contains(&name) && name != "br" {
            cutter.flush(before);
            state.owner = index;
            state.heading = heading(name).unwrap_or(state.heading);
        }
        open.push((node.end, before));
    }
    cutter.flush(state);
    cutter.blocks
}

fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// What holds at a place of the document.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    owner: usize,
    shed: bool,
    linked: bool,
    heading: u8,
}

#[derive(Default)]
struct Cutter {
    blocks: Vec<Block>,
    text: String,
    letters: usize,
    linked: usize,
    begins_linked: bool,
    shed: usize,
    /// Line breaks since the last letter.
    breaks: usize,
}

impl Cutter {
    fn take(&mut self, text: &str, state: State) {
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        if letters > 0 {
            self.breaks = 0;
        }
        if self.letters == 0 {
            self.begins_linked = state.linked;
        }
        self.text.push_str(text);
        self.letters += letters;
        self.linked += if state.linked { letters } else { 0 };
        self.shed += if state.shed { letters } else { 0 };
    }

    /// One line break is white space, two are the end of a paragraph.
    fn line_break(&mut self, state: State) {
        self.text.push('\n');
        self.breaks += 1;
        if self.breaks > 1 {
            self.flush(state);
        }
    }

    fn flush(&mut self, state: State) {
        let text = squeeze(&self.text);
        if self.letters > 0 {
            self.blocks.push(Block {
                owner: state.owner,
                text,
                letters: self.letters,
                linked: self.linked,
                begins_linked: self.begins_linked,
                shed: self.shed * 2 > self.letters,
                heading: state.heading,
            });
        }
        self.text.clear();
        (self.letters, self.linked, self.shed, self.breaks) = (0, 0, 0, 0);
    }
}
