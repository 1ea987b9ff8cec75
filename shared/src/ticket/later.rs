//! When a message goes out that is not to go out now.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// Seconds for which a message can be taken back, as a person can choose them; 0 lets it go at once.
pub const UNDO_SECONDS: [i64; 4] = [0, 5, 10, 30];

/// A moment that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// In two hours.
    TwoHours,
    /// Tomorrow at nine.
    Tomorrow,
    /// Next Monday at nine: in seven days, if today is one.
    Monday,
}

impl Later {
    /// All of them, the nearest first.
    pub const ALL: [Self; 3] = [Self::TwoHours, Self::Tomorrow, Self::Monday];

    /// Stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TwoHours => "two_hours",
            Self::Tomorrow => "tomorrow",
            Self::Monday => "monday",
        }
    }

    /// Reads a stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|later| later.as_str() == text)
    }

    /// The moment, for a person of this zone.
    pub fn moment(self, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let today = now.with_timezone(&zone).date_naive();
        let days = match self {
            Self::TwoHours => return now + TimeDelta::hours(2),
            Self::Tomorrow => 1,
            Self::Monday => 7 - u64::from(today.weekday().days_since(Weekday::Mon)),
        };
        // A day that is beyond the calendar's end, or whose nine o'clock was skipped, is as far away as any other.
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        let day = today.checked_add_days(Days::new(days)).unwrap_or(today);
        zone.from_local_datetime(&day.and_time(nine))
            .earliest()
            .map_or_else(|| now + TimeDelta::days(i64::try_from(days).unwrap_or(1)), |moment| moment.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn nine_is_nine_where_the_person_is() {
        let moscow = chrono_tz::Europe::Moscow;
        // Sunday 23:30 in Moscow, still Sunday in UTC.
        let now = at("2026-03-01T20:30:00Z");
        assert_eq!(Later::TwoHours.moment(now, moscow), at("2026-03-01T22:30:00Z"));
        assert_eq!(Later::Tomorrow.moment(now, moscow), at("2026-03-02T06:00:00Z"));
        assert_eq!(Later::Monday.moment(now, moscow), at("2026-03-02T06:00:00Z"));
        // An hour later it is Monday there: the next one is meant.
        let now = at("2026-03-01T21:30:00Z");
        assert_eq!(Later::Tomorrow.moment(now, moscow), at("2026-03-03T06:00:00Z"));
        assert_eq!(Later::Monday.moment(now, moscow), at("2026-03-09T06:00:00Z"));
    }

    #[test]
    fn the_clock_change_between_moves_the_moment_and_not_the_hour() {
        let berlin = chrono_tz::Europe::Berlin;
        assert_eq!(Later::Tomorrow.moment(at("2026-03-28T12:00:00Z"), berlin), at("2026-03-29T07:00:00Z"));
        assert_eq!(Later::Tomorrow.moment(at("2026-03-27T12:00:00Z"), berlin), at("2026-03-28T08:00:00Z"));
    }

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for later in Later::ALL {
            assert_eq!(Later::parse(later.as_str()), Some(later));
        }
        assert_eq!(Later::parse("never"), None);
    }
}
