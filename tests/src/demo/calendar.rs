//! The working day of a desk, as far as a made-up past needs it: Monday to Friday, 9:00 to 18:00 local time.
//!
//! Delays of people are counted in working minutes, so that nobody answers at three in the morning. The product's own business
//! time has its own, exact rules; this is only the habit of the people in the story.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// First minute of the working day.
const OPENS_MINUTE: i64 = 9 * 60;
/// Minute at which the working day ends.
const CLOSES_MINUTE: i64 = 18 * 60;

/// The instant of a local minute of a day; an hour that does not exist counts from the next one.
pub fn instant(zone: Tz, day: NaiveDate, minute: i64) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// Whether people work on this day.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The moment `minutes` working minutes after `from`.
pub fn after(zone: Tz, from: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    let local = from.with_timezone(&zone).naive_local();
    let mut day = local.date();
    let seconds = (local.time() - NaiveTime::MIN).num_seconds();
    let mut minute = (seconds / 60).max(OPENS_MINUTE);
    let mut left = minutes;
    loop {
        if is_working_day(day) {
            let room = (CLOSES_MINUTE - minute).max(0);
            if left < room {
                return instant(zone, day, minute + left) + TimeDelta::seconds(seconds % 60);
            }
            left -= room;
        }
        day = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        minute = OPENS_MINUTE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn nobody_answers_at_night_or_at_the_weekend() {
        // Friday 17:50 in Moscow, 20 minutes of work: Monday 9:10.
        assert_eq!(after(Tz::Europe__Moscow, at("2026-10-16T14:50:00Z"), 20), at("2026-10-19T06:10:00Z"));
        // Saturday at noon: Monday 9:05.
        assert_eq!(after(Tz::Europe__Moscow, at("2026-10-17T09:00:00Z"), 5), at("2026-10-19T06:05:00Z"));
        // Within the day.
        assert_eq!(after(Tz::Europe__Moscow, at("2026-10-19T06:10:30Z"), 15), at("2026-10-19T06:25:30Z"));
    }
}
