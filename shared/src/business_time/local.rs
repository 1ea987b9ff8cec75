//! From local wall time to instants, where clocks are put forward and back.
//!
//! An edge at a time that does not exist (the gap in spring, a skipped date) moves to the first valid instant after
//! it. An edge at a time that happens twice (the fold in autumn) is the earlier one for an opening and the later one
//! for a closing, so a shift across the fold is as long as it really was.

use chrono::{MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::{GapInfo, Tz};

use super::interval::Part;

enum Edge {
    Open,
    Close,
}

/// The instants, in seconds of Unix time, at which a part of a local date opens and closes. They may be equal when
/// the part lies in a gap. `None` outside of the dates that can be represented.
pub(super) fn part_to_span(zone: Tz, date: NaiveDate, part: Part) -> Option<(i64, i64)> {
    let opens = instant(zone, at_minute(date, part.from)?, &Edge::Open)?;
    let closes =
        if part.ends_the_date() { end_of_date(zone, date)? } else { instant(zone, at_minute(date, part.to)?, &Edge::Close)? };
    Some((opens, closes))
}

fn at_minute(date: NaiveDate, minute: u16) -> Option<NaiveDateTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0).map(|time| date.and_time(time))
}

fn instant(zone: Tz, local: NaiveDateTime, edge: &Edge) -> Option<i64> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(one) => Some(one.timestamp()),
        MappedLocalTime::Ambiguous(a, b) => {
            let (a, b) = (a.timestamp(), b.timestamp());
            Some(match edge {
                Edge::Open => a.min(b),
                Edge::Close => a.max(b),
            })
        }
        MappedLocalTime::None => GapInfo::new(&local, &zone)?.end.map(|end| end.timestamp()),
    }
}

/// The first instant after which the local date is never `date` again. Where clocks go back over midnight, the next
/// midnight happens twice; the second one ends the date only if the hour before it belongs to the date again.
fn end_of_date(zone: Tz, date: NaiveDate) -> Option<i64> {
    let next_midnight = date.succ_opt()?.and_time(NaiveTime::MIN);
    let MappedLocalTime::Ambiguous(a, b) = zone.from_local_datetime(&next_midnight) else {
        return instant(zone, next_midnight, &Edge::Close);
    };
    let (earlier, later) = if a <= b { (a, b) } else { (b, a) };
    let before_later = later.timestamp().checked_sub(1)?;
    let date_again = zone.timestamp_opt(before_later, 0).single()?.date_naive() == date;
    Some(if date_again { later.timestamp() } else { earlier.timestamp() })
}
