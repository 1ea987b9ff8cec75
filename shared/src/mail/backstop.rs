//! The last net under everything that answers by itself: however clever a loop is, it ends here.

use chrono::{DateTime, Duration, Utc};

/// Mails of one sender that may open tickets or be answered automatically within [`WINDOW_MINUTES`].
pub const MAILS_MAX: usize = 20;
/// The length of the sliding window.
pub const WINDOW_MINUTES: i64 = 120;
/// Times that mail may reopen one ticket within [`REOPEN_WINDOW_HOURS`].
pub const REOPENS_MAX: usize = 5;
/// The length of the window for reopening.
pub const REOPEN_WINDOW_HOURS: i64 = 24;

/// What a sender's next mail may cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// It counts like any other.
    Free,
    /// The allowance is used up until this moment.
    UsedUp {
        /// When the oldest counted mail leaves the window.
        until: DateTime<Utc>,
    },
}

/// Whether one more mail of a sender may open a ticket or be answered, given the moments of those before.
/// Order does not matter; moments outside the window or in the future do not count.
pub fn allowance(earlier: &[DateTime<Utc>], now: DateTime<Utc>) -> Allowance {
    within(earlier, now, MAILS_MAX, Duration::minutes(WINDOW_MINUTES))
}

/// Whether one more mail may reopen a ticket, given the moments when mail has reopened it before.
pub fn reopening(earlier: &[DateTime<Utc>], now: DateTime<Utc>) -> Allowance {
    within(earlier, now, REOPENS_MAX, Duration::hours(REOPEN_WINDOW_HOURS))
}

fn within(earlier: &[DateTime<Utc>], now: DateTime<Utc>, max: usize, window: Duration) -> Allowance {
    let mut counted: Vec<DateTime<Utc>> =
        earlier.iter().copied().filter(|moment| *moment <= now && *moment > now - window).collect();
    counted.sort_unstable();
    let surplus = counted.len().checked_sub(max);
    match surplus.and_then(|index| counted.get(index)) {
        Some(oldest) => Allowance::UsedUp { until: *oldest + window },
        None => Allowance::Free,
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, MAILS_MAX, REOPENS_MAX, allowance, reopening};
    use chrono::{DateTime, Duration, TimeZone, Utc};
    use proptest::prelude::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap() + Duration::minutes(minutes)
    }

    #[test]
    fn the_twentieth_mail_passes_and_the_next_waits_for_the_window() {
        let mut earlier: Vec<_> = (0..19).map(at).collect();
        assert_eq!(allowance(&earlier, at(19)), Allowance::Free);
        earlier.push(at(19));
        assert_eq!(allowance(&earlier, at(20)), Allowance::UsedUp { until: at(120) });
        assert_eq!(allowance(&earlier, at(120)), Allowance::Free);
    }

    #[test]
    fn a_thread_that_reopens_itself_is_stopped() {
        let earlier: Vec<_> = (0..5).map(at).collect();
        assert_eq!(earlier.len(), REOPENS_MAX);
        assert_eq!(reopening(&earlier, at(6)), Allowance::UsedUp { until: at(24 * 60) });
        assert_eq!(reopening(&earlier[1..], at(6)), Allowance::Free);
    }

    proptest! {
        #[test]
        fn no_window_ever_lets_more_than_the_cap_through(mut steps in prop::collection::vec(0i64..30, 1..300)) {
            let mut passed: Vec<DateTime<Utc>> = Vec::new();
            let mut now = 0;
            for step in steps.drain(..) {
                now += step;
                if allowance(&passed, at(now)) == Allowance::Free {
                    passed.push(at(now));
                }
                let recent = passed.iter().filter(|moment| **moment > at(now) - Duration::minutes(120)).count();
                prop_assert!(recent <= MAILS_MAX);
            }
        }
    }
}
