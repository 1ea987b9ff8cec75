//! Time as the people of the past live by it: the office hours of their desk.
//!
//! Delays of people are counted in working minutes of the very calendar that the desk promises by, so that nobody answers at three in
//! the morning or on a holiday.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use shared::business_time::{Calendar, add_business, business_between};

/// How far back [`before`] looks.
const DAYS_BACK_MAX: i64 = 200;

/// The instant of a local minute of a day; an hour that does not exist counts from the next one.
pub fn instant(zone: Tz, day: NaiveDate, minute: i64) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// The working time of a local day, in seconds.
pub fn worked(office: &Calendar, zone: Tz, day: NaiveDate) -> i64 {
    let next = day.succ_opt().unwrap_or(day);
    business_between(office, instant(zone, day, 0), instant(zone, next, 0))
}

/// The moment `minutes` working minutes after `from`.
pub fn after(office: &Calendar, from: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    add_business(office, from, minutes.max(1) * 60).unwrap_or(from)
}

/// The last moment from which `seconds` of working time pass until `to`; at most [`DAYS_BACK_MAX`] days earlier.
pub fn before(office: &Calendar, to: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    let (mut early, mut late) = (to - TimeDelta::days(DAYS_BACK_MAX), to);
    while late - early > TimeDelta::seconds(1) {
        let middle = early + (late - early) / 2;
        if business_between(office, middle, to) >= seconds { early = middle } else { late = middle }
    }
    early
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Language;
    use crate::demo::contracts::office;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn nobody_answers_at_night_at_the_weekend_or_on_a_holiday() {
        let moscow = office(Language::Ru);
        // Friday 17:50 in Moscow, 20 minutes of work: Monday 9:10.
        assert_eq!(after(moscow, at("2026-10-16T14:50:00Z"), 20), at("2026-10-19T06:10:00Z"));
        // Saturday at noon: Monday 9:05.
        assert_eq!(after(moscow, at("2026-10-17T09:00:00Z"), 5), at("2026-10-19T06:05:00Z"));
        // Within the day.
        assert_eq!(after(moscow, at("2026-10-19T06:10:30Z"), 15), at("2026-10-19T06:25:30Z"));
        // The shortened eve of a holiday, and the day after it.
        assert_eq!(after(moscow, at("2026-11-03T13:50:00Z"), 20), at("2026-11-05T06:10:00Z"));
    }

    #[test]
    fn looking_back_finds_the_moment_from_which_so_much_was_worked() {
        let moscow = office(Language::Ru);
        let monday = at("2026-11-23T09:00:00Z");
        for minutes in [1, 90, 180, 600, 5000] {
            let found = before(moscow, monday, minutes * 60);
            let off = (after(moscow, found, minutes) - monday).num_seconds().abs();
            assert!(off <= 1, "{minutes}: {found}");
        }
    }
}
