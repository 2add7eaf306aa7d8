//! Times of day in the text: "15:30", "at 3 p.m.", "الساعة الخامسة إلا ربعا", "в 17 часов", "half past three".

use crate::desk::dates::calendar;
use crate::desk::dates::daytime::Clock;
use crate::desk::dates::lexis::Lexis;
use crate::desk::dates::number::NUMBER;
use crate::desk::dates::reader::Reader;
use crate::desk::dates::set::TagSet;
use crate::desk::packs::Tag;

/// What a time of day begins with.
pub(super) const CLOCK: TagSet =
    NUMBER.or(TagSet::of(&[Tag::ClockWord, Tag::Oclock, Tag::Past, Tag::Fraction]));

impl Reader<'_> {
    /// Two times of day: "9:30 – 11:00", "from 5 to 6 pm", "3-4pm".
    pub(super) fn clock_range(&self, at: usize) -> Option<(Clock, Clock)> {
        let lexis = self.lexis;
        let opened = lexis.tag(at, Tag::Between).is_some();
        let from = lexis.skip(lexis.skip(at, Tag::Between), Tag::Joint);
        if !lexis.begins(from, CLOCK) {
            return None;
        }
        let lo = lexis.clock(from).or_else(|| lexis.bare_hour(from));
        let compact = || lexis.compact(from).filter(|_| opened);
        let lo = lo.or_else(compact)?;
        let (joined, spoken) = self.joined(lo.next, opened)?;
        let joined = lexis.skip(joined, Tag::Joint);
        let hi = lexis.clock_of_range(joined).or_else(|| lexis.weak_clock(joined))?;
        // Four digits are a year as often as a time.
        (lexis.compact(from).is_none() || !lo.weak || !hi.weak).then_some(())?;
        let strong = !lo.weak || !hi.weak;
        let lo = Clock { zone: lo.zone.or(hi.zone), ..lo };
        // Two bare numbers with a dash are a score as often as not.
        (strong || opened || spoken).then_some((lo, hi))
    }
}

impl Lexis<'_> {
    /// The time of day at a token, with the half of the day and the zone behind it.
    pub(super) fn clock(&self, at: usize) -> Option<Clock> {
        if !self.begins(at, CLOCK) {
            return None;
        }
        let clock = self.clock_face(at)?;
        let clock = self.noonside(clock);
        Some(self.zoned(clock))
    }

    /// The later end of a range: behind a dash it continues the digits of the first.
    pub(super) fn clock_of_range(&self, at: usize) -> Option<Clock> {
        if let Some(clock) = self.clock(at) {
            return Some(clock);
        }
        let face = self.digital(at).or_else(|| {
            let hour = self.digits(at).filter(|_| self.width(at) <= 2)?;
            let clock = Clock::new(hour, 0, at + 1)?;
            let side = self.tag(self.skip(at + 1, Tag::Filler), Tag::Noonside);
            let marked = self.tag(at + 1, Tag::HourMark).filter(|_| self.gap(at).is_empty());
            let next = marked.map_or(at + 1, |(_, next)| next);
            let free =
                self.tag(at + 1, Tag::Unit).is_none() && self.tag(at + 1, Tag::Month).is_none();
            (free || marked.is_some()).then_some(Clock { weak: side.is_none(), next, ..clock })
        })?;
        Some(self.zoned(self.noonside(face)))
    }

    /// A bare hour: it counts only beside a day or a part of a day.
    pub(super) fn weak_clock(&self, at: usize) -> Option<Clock> {
        let clock = self.bare_hour(at)?;
        let glued = self.digits(clock.next).is_some() && !self.gap(clock.next - 1).contains(' ');
        (!glued).then_some(clock)
    }

    /// The same, with a dash and digits behind it, as in "3-4 pm".
    pub(super) fn bare_hour(&self, at: usize) -> Option<Clock> {
        if !self.begins(at, NUMBER) || self.continued(at) {
            return None;
        }
        let (hour, next) = match self.cardinal(at) {
            Some(found) => found,
            None => self.count(at, Tag::Ordinal).filter(|(n, _)| *n <= 12)?,
        };
        let marked = self.tag(next, Tag::HourMark).filter(|_| self.gap(next - 1).is_empty());
        if let Some((_, after)) = marked {
            let clock = Clock::new(hour, 0, after)?;
            return Some(self.zoned(Clock { settled: true, weak: true, ..clock }));
        }
        // "In 8 hours", "8 April", "8 or 9".
        if self.begins(next, TagSet::of(&[Tag::Unit, Tag::Month, Tag::OrdinalEnd])) {
            return None;
        }
        let mut clock = Clock::new(hour, 0, next)?;
        if clock.hour < 1 {
            return None;
        }
        if let Some((minute, after)) = self.spoken_minutes(next) {
            (clock.minute, clock.next) = (minute, after);
        }
        clock.weak = true;
        Some(self.zoned(clock))
    }

    /// An hour with its "o'clock", where the place of the words announces a time.
    pub(super) fn announced_hour(&self, at: usize) -> Option<Clock> {
        let clock = self.hour(at)?;
        let next = self.valued(clock.next, Tag::Oclock, "announced")?;
        Some(self.zoned(Clock { next, ..clock }))
    }

    fn clock_face(&self, at: usize) -> Option<Clock> {
        if let Some((value, next)) = self.tag(at, Tag::ClockWord) {
            let (hour, minute) = value.split_once(':')?;
            let clock = Clock::new(hour.parse().ok()?, minute.parse().ok()?, next)?;
            return Some(Clock { settled: true, ..clock });
        }
        if self.continued(at) {
            return None;
        }
        if let Some(next) = self.valued(at, Tag::Oclock, "before") {
            let digits = self.digital(next).or_else(|| self.dotted(next));
            let clock = digits.or_else(|| self.spoken(next, false))?;
            return Some(clock);
        }
        let compact = self.compact(at).filter(|clock| {
            let part = || self.tag(self.links(clock.next), Tag::DayPart).is_some();
            self.sided(clock.next) || self.behind(at, Tag::Joint, Some("clock")) && part()
        });
        compact
            .map(|clock| Clock { weak: false, ..clock })
            .or_else(|| self.digital(at))
            .or_else(|| self.past(at))
            .or_else(|| self.spoken(at, true))
    }

    /// "Half past three", "20 minutes past 3", "ten to five", "без четверти пять", "half three".
    fn past(&self, at: usize) -> Option<Clock> {
        // A language may name the sign first: "without a quarter five".
        let sign = self.count(at, Tag::Past).filter(|_| self.tag(at, Tag::To).is_none());
        if let Some((-1, next)) = sign {
            let (minutes, after) = self.minutes(next)?;
            let hour = self.hour(after)?;
            return before(hour, minutes);
        }
        let article = self.count(at, Tag::Number).filter(|(n, _)| *n == 1).map_or(at, |(_, n)| n);
        let (minutes, next) = self.minutes(article).or_else(|| self.minutes(at))?;
        let (sign, next) = self.count(next, Tag::Past)?;
        // "Five to seven" is a range unless a word for a time of day stands before it.
        let spoken = self.digits(article).is_none() && self.behind(at, Tag::Joint, Some("clock"));
        if sign < 0 && !spoken && self.tag(article, Tag::Fraction).is_none() {
            return None;
        }
        let hour = self.clock_face_of_hour(next)?;
        if sign > 0 {
            Some(Clock { minute: i8::try_from(minutes).ok()?, ..hour })
        } else {
            before(hour, minutes)
        }
    }

    fn clock_face_of_hour(&self, at: usize) -> Option<Clock> {
        let from = self.valued(at, Tag::Oclock, "before").unwrap_or(at);
        if let Some((value, next)) = self.tag(from, Tag::ClockWord) {
            let (hour, minute) = value.split_once(':')?;
            let clock = Clock::new(hour.parse().ok()?, minute.parse().ok()?, next)?;
            return Some(Clock { settled: true, ..clock });
        }
        let hour = self.hour(from)?;
        let hour = Clock {
            next: self.valued(hour.next, Tag::Oclock, "after").unwrap_or(hour.next),
            ..hour
        };
        let marked =
            self.tag(hour.next, Tag::HourMark).filter(|_| self.gap(hour.next - 1).is_empty());
        Some(Clock { next: marked.map_or(hour.next, |(_, next)| next), ..hour })
    }

    pub(super) fn hour(&self, at: usize) -> Option<Clock> {
        let (hour, next) = self.cardinal(at).or_else(|| self.ordinal(at))?;
        Clock::new(hour, 0, next).filter(|clock| clock.hour > 0)
    }

    /// Minutes as a number, with or without their unit, or as a fraction of an hour.
    pub(super) fn minutes(&self, at: usize) -> Option<(i64, usize)> {
        if let Some((value, next)) = self.tag(at, Tag::Fraction) {
            let (n, d) = value.trim_start_matches(['+', '-']).split_once('/')?;
            let (n, d): (i64, i64) = (n.parse().ok()?, d.parse().ok()?);
            return (d > 0 && n > 0 && n < d).then_some((60 * n / d, next));
        }
        let (n, next) = self.cardinal(at).filter(|(n, _)| (1..60).contains(n))?;
        let unit = self.unit(next).filter(|(unit, ..)| *unit == calendar::Unit::Minute);
        Some((n, unit.map_or(next, |(.., after)| after)))
    }

    /// "3 o'clock", "3 pm", "three twenty", "الثالثة وربع", "в 3 часа". `proof` asks for something that shows a time.
    fn spoken(&self, at: usize, proof: bool) -> Option<Clock> {
        let mut clock = self.hour(at)?;
        let hour_next = clock.next;
        let mut proven = !proof;
        if let Some(next) = self.valued(clock.next, Tag::Oclock, "after") {
            (clock.next, proven) = (next, true);
        } else if let Some(next) = self.valued(clock.next, Tag::Oclock, "announced")
            && (self.behind(at, Tag::Joint, Some("clock"))
                || self.tag(next, Tag::DayPart).is_some())
            && self.cardinal(at).is_some()
        {
            (clock.next, proven) = (next, true);
        } else if let Some((_, next)) =
            self.tag(clock.next, Tag::HourMark).filter(|_| self.gap(hour_next - 1).is_empty())
            && (self.behind(at, Tag::Joint, Some("clock")) || self.tag(next, Tag::Zone).is_some())
        {
            (clock.next, proven, clock.settled) = (next, true, true);
        }
        if let Some((minute, after)) = self.spoken_minutes(clock.next) {
            (clock.minute, clock.next) = (minute, after);
            let words = self.digits(at).is_none() && self.count(at, Tag::Number).is_some();
            proven |= words && self.behind(at, Tag::Joint, Some("clock"));
        } else if let Some(("-1/4" | "-1/3", after)) = self.tag(clock.next, Tag::Fraction) {
            let (minutes, _) = self.minutes(clock.next)?;
            clock = before(Clock { next: after, ..clock }, minutes)?;
        }
        let side = self.skip(clock.next, Tag::Filler);
        // A single letter is a half of the day only behind a word that announces a time: "at 9a".
        let announced = self.behind(at, Tag::Joint, Some("clock"))
            || self.behind(at, Tag::Between, None)
            || self.behind(at, Tag::To, None);
        proven |= self
            .tag(side, Tag::Noonside)
            .is_some_and(|(value, _)| announced || !value.ends_with('?'))
            && self.tight_side(side);
        // An ordinal of the hour is proven by the part of the day: الثالثة فجرا.
        let ordinal = self.digits(at).is_none() && self.count(at, Tag::Ordinal).is_some();
        proven |= ordinal && self.tag(clock.next, Tag::DayPart).is_some();
        proven.then_some(clock)
    }

    /// Minutes behind an hour: "twenty", "وربع", "و18 دقيقة".
    fn spoken_minutes(&self, at: usize) -> Option<(i8, usize)> {
        if at == 0 || !self.tight(at) {
            return None;
        }
        let from = self.skip(at, Tag::And);
        let positive =
            self.tag(from, Tag::Fraction).is_some_and(|(value, _)| !value.starts_with('-'));
        let (minutes, next) = match self.cardinal(from) {
            // Digits behind an hour are minutes only with their unit.
            Some(_) if self.digits(from).is_some() => {
                let (n, next) = self.minutes(from)?;
                (next > from + 1).then_some((n, next))?
            }
            Some((n, _)) if (10..60).contains(&n) || self.minutes(from)?.1 > from + 1 => {
                self.minutes(from)?
            }
            _ if positive => self.minutes(from)?,
            _ => return None,
        };
        Some((i8::try_from(minutes).ok()?, next))
    }

    fn noonside(&self, clock: Clock) -> Clock {
        let from = self.skip(clock.next, Tag::Filler);
        match self.tag(from, Tag::Noonside).filter(|_| self.tight_side(from)) {
            Some((side, next)) if clock.hour <= 12 => {
                let clock = clock.on_side(side.starts_with('p'));
                Clock { next, ..clock }
            }
            _ => clock,
        }
    }

    fn tight_side(&self, at: usize) -> bool {
        at > 0 && self.gap(at - 1).chars().all(char::is_whitespace)
    }

    fn zoned(&self, clock: Clock) -> Clock {
        match self.count(clock.next, Tag::Zone).filter(|_| self.near(clock.next)) {
            Some((zone, next)) => Clock { zone: i32::try_from(zone).ok(), next, ..clock },
            None => clock,
        }
    }
}

/// So many minutes before an hour.
fn before(hour: Clock, minutes: i64) -> Option<Clock> {
    let total = i64::from(hour.hour) * 60 - minutes;
    let clock = Clock::new(total.div_euclid(60), total.rem_euclid(60), hour.next)?;
    Some(Clock { settled: hour.settled, ..clock })
}
