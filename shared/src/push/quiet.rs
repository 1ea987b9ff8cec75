//! The hours of a day in which somebody does not want to hear of anything.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::business_time::TimeOfDay;

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// How far a clock is put forward at most, in half hours.
const GAP_STEPS: i64 = 6;

/// From one time of day to another, which may lie on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: u16,
    until: u16,
}

impl QuietHours {
    /// By minutes since midnight; `None` when they are none of a day, or the same: nobody wants quiet for good, who does has other means.
    pub fn new(from: i64, until: i64) -> Option<Self> {
        let minutes = |value: i64| u16::try_from(value).ok().filter(|value| *value < DAY);
        let (from, until) = (minutes(from)?, minutes(until)?);
        (from != until).then_some(Self { from, until })
    }

    /// By texts such as `22:00`.
    pub fn parse(from: &str, until: &str) -> Option<Self> {
        let minutes = |text: &str| TimeOfDay::parse(text).map(|time| i64::from(time.minutes()));
        Self::new(minutes(from)?, minutes(until)?)
    }

    /// Both as minutes since midnight.
    pub fn minutes(self) -> (u16, u16) {
        (self.from, self.until)
    }

    /// Both as texts.
    pub fn texts(self) -> (String, String) {
        let text = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        (text(self.from), text(self.until))
    }

    /// When they are over, if they hold at `now` in that zone.
    pub fn end(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let local = now.with_timezone(&zone);
        let minute = u16::try_from(local.hour() * 60 + local.minute()).ok()?;
        let holds = if self.from < self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        };
        if !holds {
            return None;
        }
        let date = if minute < self.until { local.date_naive() } else { local.date_naive().checked_add_days(Days::new(1))? };
        let end = date.and_time(NaiveTime::from_hms_opt((self.until / 60).into(), (self.until % 60).into(), 0)?);
        // A time that the clocks leave out ends when they go on; one that comes twice, at the first.
        (0..=GAP_STEPS)
            .find_map(|step| zone.from_local_datetime(&(end + TimeDelta::minutes(30 * step))).earliest())
            .map(|end| end.with_timezone(&Utc))
            .filter(|end| *end > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn end(from: &str, until: &str, now: &str, zone: Tz) -> Option<String> {
        QuietHours::parse(from, until).unwrap().end(at(now), zone).map(|end| end.to_rfc3339())
    }

    #[test]
    fn they_hold_from_the_first_minute_and_not_in_the_last() {
        let zone = Tz::UTC;
        assert_eq!(end("13:00", "14:00", "2026-03-02T12:59:59Z", zone), None);
        assert_eq!(end("13:00", "14:00", "2026-03-02T13:00:00Z", zone).as_deref(), Some("2026-03-02T14:00:00+00:00"));
        assert_eq!(end("13:00", "14:00", "2026-03-02T14:00:00Z", zone), None);
    }

    #[test]
    fn a_night_goes_over_midnight_in_the_persons_own_zone() {
        let zone: Tz = "Europe/Moscow".parse().unwrap();
        assert_eq!(end("22:00", "07:00", "2026-03-02T20:00:00Z", zone).as_deref(), Some("2026-03-03T04:00:00+00:00"));
        assert_eq!(end("22:00", "07:00", "2026-03-02T23:00:00Z", zone).as_deref(), Some("2026-03-03T04:00:00+00:00"));
        assert_eq!(end("22:00", "07:00", "2026-03-03T04:00:00Z", zone), None);
        assert_eq!(end("22:00", "07:00", "2026-03-03T12:00:00Z", zone), None);
    }

    #[test]
    fn an_end_that_the_clocks_leave_out_comes_when_they_go_on() {
        let zone: Tz = "Europe/Berlin".parse().unwrap();
        assert_eq!(end("22:00", "02:30", "2026-03-28T23:00:00Z", zone).as_deref(), Some("2026-03-29T01:00:00+00:00"));
    }

    #[test]
    fn hours_without_a_beginning_and_an_end_are_none() {
        assert_eq!(QuietHours::parse("22:00", "22:00"), None);
        assert_eq!(QuietHours::parse("22:00", "24:00"), None);
        assert_eq!(QuietHours::parse("", "07:00"), None);
        assert_eq!(QuietHours::new(-1, 10), None);
        assert_eq!(QuietHours::parse("22:00", "07:05").unwrap().texts(), ("22:00".to_owned(), "07:05".to_owned()));
    }
}
