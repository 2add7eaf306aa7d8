//! Times of day in digits: "15:30", "15h30", "0930 GMT", "3.30 pm".

use crate::desk::dates::daytime::Clock;
use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::set::TagSet;
use crate::desk::packs::Tag;

impl Lexis<'_> {
    /// `0930`: hours and minutes in one. It is a time beside what makes it one: "0930 GMT", "at 730 in the evening".
    pub(super) fn compact(&self, at: usize) -> Option<Clock> {
        let n = self.digits(at).filter(|_| matches!(self.width(at), 3 | 4))?;
        let clock = Clock::new(n / 100, n % 100, at + 1)?;
        Some(Clock { padded: n < 1_000 && self.width(at) == 4, weak: true, ..clock })
    }

    /// Whether a half of the day or a zone stands at a token.
    pub(super) fn sided(&self, at: usize) -> bool {
        self.tight(at) && self.begins(at, TagSet::of(&[Tag::Noonside, Tag::Zone]))
    }

    /// `15:30`, `15:30:20`, `15h30`, `3.30 pm`.
    pub(super) fn digital(&self, at: usize) -> Option<Clock> {
        let hour = self.digits(at).filter(|_| self.width(at) <= 2)?;
        if let Some((_, mark)) = self.tag(at + 1, Tag::HourMark).filter(|_| self.gap(at).is_empty())
        {
            let minute = self
                .digits(mark)
                .filter(|_| self.width(mark) == 2 && self.gap(mark - 1).is_empty());
            if let Some(minute) = minute {
                return Some(Clock { settled: true, ..Clock::new(hour, minute, mark + 1)? });
            }
        }
        let minute = self.digits(at + 1).filter(|_| self.width(at + 1) == 2)?;
        let mut clock = Clock::new(hour, minute, at + 2)?;
        match self.gap(at) {
            ":" => {}
            // A full stop parts hours and minutes only beside what makes it a time: "в 15.00", "2.30 pm".
            "." if self.sided(at + 2) => return Some(clock),
            "." if minute % 30 == 0
                && self.width(at) == 2
                && self.behind(at, Tag::Joint, Some("clock"))
                && self.tag(at + 2, Tag::Unit).is_none() =>
            {
                return Some(clock);
            }
            _ => return None,
        }
        clock.padded = self.width(at) == 2 && hour < 10;
        if self.gap(at + 1) == ":" && self.width(at + 2) == 2 {
            clock.second = i8::try_from(self.digits(at + 2)?).ok().filter(|s| *s < 60)?;
            clock.next += 1;
        }
        // "18:30ч".
        let ended =
            self.tag(clock.next, Tag::HourMark).filter(|_| self.gap(clock.next - 1).is_empty());
        clock.next = ended.map_or(clock.next, |(_, next)| next);
        Some(clock)
    }

    /// `2.30`: it counts behind a word that announces a time.
    pub(super) fn dotted(&self, at: usize) -> Option<Clock> {
        let (hour, minute) = (self.digits(at)?, self.digits(at + 1)?);
        let shape = self.gap(at) == "." && self.width(at) <= 2 && self.width(at + 1) == 2;
        let free = !self.glued(at + 2) && self.tag(at + 2, Tag::Unit).is_none();
        Clock::new(hour, minute, at + 2).filter(|_| shape && free)
    }
}
