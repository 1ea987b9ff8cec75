//! The tenant's alarm clock: when its SLA rows must be looked at next.
//!
//! The database is the truth, the clock a projection of it: it knows one moment a tenant, the earliest. When that comes, the
//! clock asks for the work and goes on asking every [`REPEAT_SECONDS`] until somebody reports the work as settled, because a
//! wake-up may be lost between the alarm and the database. Asking once too often is harmless; asking too late is not.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::id::TenantId;

/// Seconds until an alarm that nobody has settled is repeated.
pub const REPEAT_SECONDS: i64 = 60;

/// What the clock remembers. Moments are milliseconds since 1970, as they are stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The earliest moment that was asked for since the last alarm.
    pub due_ms: Option<i64>,
    /// When the last alarm is to be repeated, unless it was settled.
    pub repeat_ms: Option<i64>,
    /// When the last alarm was.
    pub fired_ms: Option<i64>,
}

/// Asks for an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// The tenant whose clock this is.
    pub tenant: TenantId,
    /// Milliseconds since 1970.
    pub at_ms: i64,
}

/// Reports that everything due was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settle {
    /// The tenant whose clock this is.
    pub tenant: TenantId,
    /// When the work began, milliseconds since 1970: an alarm after that is not settled by it.
    pub began_ms: i64,
    /// The next due moment that the database holds.
    pub next_ms: Option<i64>,
}

impl Clock {
    /// Takes a moment in; only an earlier one changes anything.
    pub fn arm(&mut self, at_ms: i64) {
        self.due_ms = Some(self.due_ms.map_or(at_ms, |due| due.min(at_ms)));
    }

    /// The alarm rings. Answers whether the work must be asked for now.
    pub fn ring(&mut self, now: DateTime<Utc>) -> bool {
        let now_ms = now.timestamp_millis();
        let is_due = [self.due_ms, self.repeat_ms].into_iter().flatten().any(|moment| moment <= now_ms);
        if is_due {
            self.due_ms = self.due_ms.filter(|due| *due > now_ms);
            self.fired_ms = Some(now_ms);
            self.repeat_ms = Some((now + TimeDelta::seconds(REPEAT_SECONDS)).timestamp_millis());
        }
        is_due
    }

    /// The work that began at `began_ms` is done; `next_ms` is what the database holds then.
    ///
    /// Moments that were armed meanwhile stay: the work may have read the database before they were written.
    pub fn settle(&mut self, began_ms: i64, next_ms: Option<i64>) {
        if self.fired_ms.is_none_or(|fired| fired <= began_ms) {
            self.repeat_ms = None;
        }
        if let Some(next) = next_ms {
            self.arm(next);
        }
    }

    /// When the alarm must be set, if at all.
    pub fn alarm_ms(&self) -> Option<i64> {
        [self.due_ms, self.repeat_ms].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(ms).unwrap()
    }

    #[test]
    fn the_earliest_moment_wins_in_whatever_order_they_come() {
        let mut clock = Clock::default();
        for ms in [5_000, 3_000, 9_000] {
            clock.arm(ms);
        }
        assert_eq!(clock.alarm_ms(), Some(3_000));
    }

    #[test]
    fn an_alarm_that_nobody_settles_is_repeated_for_ever() {
        let mut clock = Clock::default();
        clock.arm(1_000);
        let mut now = 1_000;
        for _ in 0..20 {
            assert!(clock.ring(at(now)));
            let next = clock.alarm_ms().expect("it goes on");
            assert_eq!(next, now + REPEAT_SECONDS * 1_000);
            now = next;
        }
    }

    #[test]
    fn settled_work_silences_the_repetition_and_keeps_the_next_moment() {
        let mut clock = Clock::default();
        clock.arm(1_000);
        assert!(clock.ring(at(1_000)));
        clock.settle(1_200, Some(50_000));
        assert_eq!(clock.alarm_ms(), Some(50_000));
        clock.settle(1_300, None);
        assert_eq!(clock.alarm_ms(), Some(50_000), "what is armed stays until it has come");
    }

    #[test]
    fn a_moment_armed_while_the_work_ran_is_not_lost() {
        let mut clock = Clock::default();
        clock.arm(1_000);
        assert!(clock.ring(at(1_000)));
        clock.arm(2_000);
        clock.settle(1_100, Some(90_000));
        assert_eq!(clock.alarm_ms(), Some(2_000));
    }

    #[test]
    fn work_that_began_before_an_alarm_does_not_settle_it() {
        let mut clock = Clock::default();
        clock.arm(1_000);
        assert!(clock.ring(at(1_000)));
        clock.arm(1_500);
        assert!(clock.ring(at(1_500)));
        clock.settle(1_100, None);
        assert_eq!(clock.alarm_ms(), Some(1_500 + REPEAT_SECONDS * 1_000));
    }

    #[test]
    fn an_early_alarm_asks_for_nothing() {
        let mut clock = Clock::default();
        clock.arm(5_000);
        assert!(!clock.ring(at(4_999)));
        assert_eq!(clock.alarm_ms(), Some(5_000));
    }
}
