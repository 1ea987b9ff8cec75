//! Business time by brute force, one minute after another, sharing nothing with the implementation.
//!
//! The table asks the zone only for the local time of instants, never for the instant of a local time: each minute of
//! three years is put down under the local minute that clocks show, so gaps and folds are seen, not computed.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::plan::Plan;

/// 2024-12-01T00:00Z and 2028-03-01T00:00Z in minutes of Unix time.
const FIRST_MINUTE: i64 = 1_733_011_200 / 60;
const LAST_MINUTE: i64 = 1_835_481_600 / 60;
const HOUR_MINUTES: i64 = 60;
const NEVER: i64 = i64::MAX;

/// What the clocks of a zone showed, minute by minute.
pub struct ZoneTable {
    /// Minutes that local time is ahead, by minute since [`FIRST_MINUTE`].
    ahead: Vec<i64>,
    /// The first and the last minute at which clocks showed a local minute, by local minute since a day before.
    shown: Vec<(i64, i64)>,
    /// Seconds of Unix time at which the clocks changed.
    pub changes: Vec<i64>,
}

const LOCAL_BASE: i64 = FIRST_MINUTE - 24 * HOUR_MINUTES;

impl ZoneTable {
    pub fn of(zone: &str) -> Self {
        let zone: Tz = zone.parse().unwrap();
        let ahead_at = |minute: i64| {
            let utc = DateTime::<Utc>::from_timestamp(minute * 60, 0).unwrap().naive_utc();
            i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) / 60
        };
        let mut ahead = Vec::new();
        for hour in (FIRST_MINUTE..LAST_MINUTE).step_by(60) {
            let (here, next) = (ahead_at(hour), ahead_at(hour + 59));
            // Asking once an hour is enough where nothing changes within it.
            ahead.extend((hour..hour + 60).map(|minute| if here == next { here } else { ahead_at(minute) }));
        }
        let mut shown = vec![(NEVER, NEVER); ahead.len() + 48 * 60];
        let mut changes = Vec::new();
        for (index, minutes) in ahead.iter().enumerate() {
            let minute = FIRST_MINUTE + i64::try_from(index).unwrap();
            let slot = &mut shown[usize::try_from(minute + minutes - LOCAL_BASE).unwrap()];
            if slot.0 == NEVER {
                slot.0 = minute;
            }
            slot.1 = minute;
            if index > 0 && ahead[index - 1] != *minutes {
                changes.push(minute * 60);
            }
        }
        Self { ahead, shown, changes }
    }

    fn local(&self, minute: i64) -> NaiveDateTime {
        let ahead = self.ahead[usize::try_from(minute - FIRST_MINUTE).unwrap()];
        DateTime::from_timestamp((minute + ahead) * 60, 0).unwrap().naive_utc()
    }

    /// The first and the last minute at which clocks showed this time; where they never did, the first after it.
    fn showing(&self, date: NaiveDate, minute_of_day: i64) -> (i64, i64) {
        let local = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() / 60 + minute_of_day;
        let mut slot = usize::try_from(local - LOCAL_BASE).unwrap();
        if self.shown[slot].0 != NEVER {
            return self.shown[slot];
        }
        while self.shown[slot].0 == NEVER {
            slot += 1;
        }
        (self.shown[slot].0, self.shown[slot].0)
    }

    /// The minute after the last one whose local date is `date`.
    fn end_of(&self, date: NaiveDate) -> i64 {
        let mut minute = self.showing(date + Duration::days(1), 0).1 + 6 * HOUR_MINUTES;
        while self.local(minute - 1).date() > date {
            minute -= 1;
        }
        minute
    }
}

/// Which minutes of a window are working time.
pub struct Oracle {
    first: i64,
    open: Vec<bool>,
}

impl Oracle {
    /// Looks at the minutes from `start` to `end`, in seconds of Unix time.
    pub fn new(table: &ZoneTable, plan: &Plan, start: i64, end: i64) -> Self {
        let (first, last) = (start.div_euclid(60), end.div_euclid(60));
        let mut oracle = Self { first, open: vec![false; usize::try_from(last - first).unwrap()] };
        let mut date = table.local(first).date() - Duration::days(2);
        while date <= table.local(last).date() + Duration::days(1) {
            for (from, to) in plan.own_intervals(date) {
                let opens = table.showing(date, i64::from(from)).0;
                let closes = if to == 24 * 60 { table.end_of(date) } else { table.showing(date, i64::from(to)).1 };
                oracle.mark(opens, closes);
            }
            date += Duration::days(1);
        }
        oracle
    }

    fn mark(&mut self, opens: i64, closes: i64) {
        for minute in opens..closes {
            if let Some(open) = usize::try_from(minute - self.first).ok().and_then(|index| self.open.get_mut(index)) {
                *open = true;
            }
        }
    }

    fn open_minute(&self, minute: i64) -> bool {
        self.open[usize::try_from(minute - self.first).unwrap()]
    }

    fn end(&self) -> i64 {
        self.first + i64::try_from(self.open.len()).unwrap()
    }

    pub fn is_open(&self, second: i64) -> bool {
        self.open_minute(second.div_euclid(60))
    }

    /// The first open second from `second` on, if it is in the window.
    pub fn next_open(&self, second: i64) -> Option<i64> {
        let here = second.div_euclid(60);
        (here..self.end()).find(|minute| self.open_minute(*minute)).map(|minute| second.max(minute * 60))
    }

    pub fn between(&self, from: i64, to: i64) -> i64 {
        let mut total = 0;
        let mut second = from;
        while second < to {
            let next = ((second.div_euclid(60) + 1) * 60).min(to);
            if self.is_open(second) {
                total += next - second;
            }
            second = next;
        }
        total
    }

    /// The moment at which `seconds` are used up, if it is in the window.
    pub fn add(&self, from: i64, seconds: i64) -> Option<i64> {
        let mut left = seconds;
        let mut second = from;
        while left > 0 {
            if second.div_euclid(60) >= self.end() {
                return None;
            }
            let next = (second.div_euclid(60) + 1) * 60;
            if self.is_open(second) {
                let step = left.min(next - second);
                left -= step;
                if left == 0 {
                    return Some(second + step);
                }
            }
            second = next;
        }
        Some(second)
    }
}
