//! Times of a day and the intervals between them, in minutes of local time.
//!
//! An interval of a date is cut at midnight at once: what lies on the date itself, and the tail that reaches into the
//! next morning. Overlapping and touching intervals become one, so nothing is ever counted twice.

use std::cmp::Ordering;

use super::form::IntervalIn;
use super::invalid::{InvalidList, Reason};

/// The greatest number of intervals of one day: twelve is an interval every two hours, more is a mistake.
pub const INTERVALS_PER_DAY_MAX: usize = 12;

const MIDNIGHT_NEXT: u16 = 24 * 60;

/// A local time of day in whole minutes, from 00:00 to 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Reads `H:MM` or `HH:MM`; 24:00 is the end of the day.
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let digits = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(hours) || !digits(minutes) || minutes.len() != 2 {
            return None;
        }
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        let total = hours * 60 + minutes;
        (minutes < 60 && total <= MIDNIGHT_NEXT).then_some(Self(total))
    }

    /// Minutes since local midnight, up to 1440.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

/// A part of one local date, in minutes from its midnight; `from < to <= 1440`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub from: u16,
    pub to: u16,
}

impl Part {
    pub const WHOLE_DAY: Self = Self { from: 0, to: MIDNIGHT_NEXT };

    /// Whether the part reaches the end of its date.
    pub fn ends_the_date(self) -> bool {
        self.to == MIDNIGHT_NEXT
    }
}

/// The working time that begins on one date: on the date itself, and after its midnight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DayParts {
    pub own: Vec<Part>,
    pub tail: Vec<Part>,
}

/// Reads the intervals of one day; faults are noted under `path`.
pub(super) fn parse_day(path: &str, intervals: &[IntervalIn], faults: &mut InvalidList) -> DayParts {
    faults.check_count(path, intervals.len(), INTERVALS_PER_DAY_MAX);
    let mut day = DayParts::default();
    for (index, interval) in intervals.iter().take(INTERVALS_PER_DAY_MAX).enumerate() {
        let start = TimeOfDay::parse(&interval.start).filter(|time| time.0 < MIDNIGHT_NEXT);
        let end = TimeOfDay::parse(&interval.end);
        if start.is_none() {
            faults.push(format!("{path}[{index}].start"), Reason::BadTime);
        }
        if end.is_none() {
            faults.push(format!("{path}[{index}].end"), Reason::BadTime);
        }
        let (Some(TimeOfDay(from)), Some(TimeOfDay(to))) = (start, end) else { continue };
        match from.cmp(&to) {
            Ordering::Equal => faults.push(format!("{path}[{index}].end"), Reason::EmptyInterval),
            Ordering::Less => day.own.push(Part { from, to }),
            Ordering::Greater => {
                day.own.push(Part { from, to: MIDNIGHT_NEXT });
                if to > 0 {
                    day.tail.push(Part { from: 0, to });
                }
            }
        }
    }
    DayParts { own: merged(day.own), tail: merged(day.tail) }
}

/// The same time as sorted parts that neither overlap nor touch.
pub(super) fn merged(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_unstable();
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match out.last_mut() {
            Some(last) if part.from <= last.to => last.to = last.to.max(part.to),
            _ => out.push(part),
        }
    }
    out
}
