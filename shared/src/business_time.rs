//! Business time: the working hours of a tenant, and counting in them.
//!
//! A promise such as "resolved within eight business hours" needs two questions answered exactly: when is a
//! duration used up ([`add_business`]), and how much of it has passed ([`business_between`]). Both walk the local
//! dates of the calendar's zone and turn each interval of a date into instants, so that a day with a clock change
//! is as long as it really was. An UTC offset is never kept: it would be wrong half of the year.
//!
//! Everything here is pure and bounded: no clock, no allocation per day, and a calendar without any working time
//! answers "no deadline" instead of searching for ever. Counting is in whole seconds; fractions are dropped.
//!
//! Source of the rules: specification 2.2.1 and 2.11.2.

mod calendar;
mod form;
mod ical;
mod interval;
mod invalid;
mod local;
mod spans;

use std::ops::ControlFlow;

use chrono::{DateTime, Duration, Utc};

pub use calendar::Calendar;
pub use form::{CalendarIn, HolidayIn, IntervalIn, OverrideIn, WeekIn};
pub use ical::{EVENTS_MAX as ICAL_EVENTS_MAX, ICAL_BYTES_MAX, IcalError, holidays_from_ical};
pub use interval::{INTERVALS_PER_DAY_MAX, TimeOfDay};
pub use invalid::{Invalid, InvalidList, Reason};

/// How far ahead a deadline or an opening is looked for. Five years without enough working time is "never".
pub const HORIZON_DAYS: i64 = 5 * 366;

/// The longest stretch that [`business_between`] counts; what lies beyond is not counted. No ticket lives longer.
pub const SPAN_DAYS_MAX: i64 = 30 * 366;

/// The first moment at which `seconds` of business time have passed since `from`, in whole seconds.
///
/// A duration that ends exactly at closing time ends there, not at the next opening. Zero or less answers `from`
/// itself, even when the calendar is closed then. `None` means "no deadline": the calendar does not hold that much
/// working time within [`HORIZON_DAYS`].
pub fn add_business(calendar: &Calendar, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
    let start = from.timestamp();
    if seconds <= 0 {
        return DateTime::from_timestamp(start, 0);
    }
    if calendar.is_always_open() {
        return DateTime::from_timestamp(start.checked_add(seconds)?, 0);
    }
    let end = from.checked_add_signed(Duration::days(HORIZON_DAYS))?.timestamp();
    let mut left = seconds;
    let mut deadline = None;
    spans::each_open_span(calendar, start, end, |opens, closes| {
        let length = closes - opens;
        if left <= length {
            deadline = DateTime::from_timestamp(opens + left, 0);
            return ControlFlow::Break(());
        }
        left -= length;
        ControlFlow::Continue(())
    });
    deadline
}

/// The seconds of business time from `a` to `b`; zero when `b` is not after `a`.
///
/// At most [`SPAN_DAYS_MAX`] days are counted, so that a date from a damaged record costs no more than a long one.
pub fn business_between(calendar: &Calendar, a: DateTime<Utc>, b: DateTime<Utc>) -> i64 {
    let start = a.timestamp();
    let end = b.timestamp();
    if end <= start {
        return 0;
    }
    if calendar.is_always_open() {
        return end - start;
    }
    let end = end.min(start.saturating_add(SPAN_DAYS_MAX * 86_400));
    let mut total = 0;
    spans::each_open_span(calendar, start, end, |opens, closes| {
        total += closes - opens;
        ControlFlow::Continue(())
    });
    total
}

/// Whether `at` is working time. Opening is inside, closing is not.
pub fn is_open(calendar: &Calendar, at: DateTime<Utc>) -> bool {
    let second = at.timestamp();
    let mut open = false;
    spans::each_open_span(calendar, second, second.saturating_add(1), |_, _| {
        open = true;
        ControlFlow::Break(())
    });
    open
}

/// `from` itself when the calendar is open then, else its next opening; `None` when there is none within
/// [`HORIZON_DAYS`]. For notices that are to arrive in working hours.
pub fn next_open(calendar: &Calendar, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let start = from.timestamp();
    let end = from.checked_add_signed(Duration::days(HORIZON_DAYS))?.timestamp();
    let mut opening = None;
    spans::each_open_span(calendar, start, end, |opens, _| {
        opening = Some(opens);
        ControlFlow::Break(())
    });
    match opening? {
        second if second == start => Some(from),
        second => DateTime::from_timestamp(second, 0),
    }
}

/// When the working time that `at` lies in ends, adjoining intervals taken together; `None` when the calendar is closed at
/// `at`, or open without end for more than 90 days. For clocks that tick on a page.
pub fn closes_at(calendar: &Calendar, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let start = at.timestamp();
    let end = at.checked_add_signed(Duration::days(90))?.timestamp();
    let mut closing = start;
    spans::each_open_span(calendar, start, end, |opens, closes| {
        if opens > closing {
            return ControlFlow::Break(());
        }
        closing = closes;
        ControlFlow::Continue(())
    });
    if closing == start || closing >= end { None } else { DateTime::from_timestamp(closing, 0) }
}

#[cfg(test)]
mod tests;
