//! The open stretches of a calendar as instants, one after another.

use std::ops::ControlFlow;

use chrono::{DateTime, Datelike, Days, NaiveDate};

use super::calendar::Calendar;
use super::local::part_to_span;

/// Dates outside of these years have no working time: no ticket is there, and the arithmetic stays in range.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// How many dates before the first one are looked at: where clocks go back over midnight, a date reaches past the
/// moment at which its successor was first seen.
const DATES_BEFORE: u64 = 1;

/// Calls `visit(opens, closes)` for each open stretch within `start..end` (seconds of Unix time), in order, clipped
/// to the range, never empty and never overlapping; stops when `visit` breaks.
pub(super) fn each_open_span(calendar: &Calendar, start: i64, end: i64, mut visit: impl FnMut(i64, i64) -> ControlFlow<()>) {
    let Some(mut date) = first_date(calendar, start) else { return };
    let Some(last) = local_date(calendar, end).and_then(|date| date.succ_opt()) else { return };
    let mut covered_to = start;
    while date <= last && YEARS.contains(&date.year()) {
        for part in calendar.parts_of(date).iter() {
            let Some((opens, closes)) = part_to_span(calendar.zone(), date, *part) else { return };
            let opens = opens.max(covered_to);
            let closes = closes.min(end);
            if opens >= closes {
                continue;
            }
            covered_to = closes;
            if visit(opens, closes).is_break() {
                return;
            }
        }
        let Some(next) = date.succ_opt() else { return };
        date = next;
    }
}

fn first_date(calendar: &Calendar, second: i64) -> Option<NaiveDate> {
    local_date(calendar, second)?.checked_sub_days(Days::new(DATES_BEFORE))
}

fn local_date(calendar: &Calendar, second: i64) -> Option<NaiveDate> {
    let utc = DateTime::from_timestamp(second, 0)?;
    YEARS.contains(&utc.year()).then(|| utc.with_timezone(&calendar.zone()).date_naive())
}
