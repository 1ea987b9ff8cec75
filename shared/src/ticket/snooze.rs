//! Until when somebody puts something off: named moments within the desk's hours, one of their own, or the client's answer.
//!
//! A named moment is where the person is, and no moment at which the desk is closed: what comes back on a holiday waits there for nobody.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::Later;
use crate::business_time::{Calendar, is_open, next_open};
use crate::limits::SNOOZE_DAYS_MAX;

/// What stands in a ticket's row for "until the client answers": later than any moment, and still exact in a double.
pub const UNTIL_ANSWER: i64 = (1 << 53) - 1;

/// Hours that "later today" is away.
const LATER_HOURS: i64 = 3;

/// A moment that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// In three hours, if the desk is still open then, today.
    Later,
    /// The next morning on which the desk works.
    Tomorrow,
    /// The morning of next Monday, or of the first working day after it.
    Monday,
}

impl Preset {
    /// All of them, the nearest first.
    pub const ALL: [Self; 3] = [Self::Later, Self::Tomorrow, Self::Monday];

    /// Stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Tomorrow => "tomorrow",
            Self::Monday => "monday",
        }
    }

    /// Reads a stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.as_str() == text)
    }

    /// The moment for a person of this zone at a desk of this calendar; none where there is none: late in the day there is no later.
    pub fn moment(self, now: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> Option<DateTime<Utc>> {
        match self {
            Self::Later => {
                let later = now + TimeDelta::hours(LATER_HOURS);
                let is_today = later.with_timezone(&zone).date_naive() == now.with_timezone(&zone).date_naive();
                (is_today && is_open(calendar, later)).then_some(later)
            }
            Self::Tomorrow => next_open(calendar, Later::Tomorrow.moment(now, zone)),
            Self::Monday => next_open(calendar, Later::Monday.moment(now, zone)),
        }
    }
}

/// Whether something can be put off until that moment: it lies ahead, and within a year.
pub fn is_allowed(now: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    until > now && until <= now + TimeDelta::days(SNOOZE_DAYS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::business_time::{CalendarIn, HolidayIn, IntervalIn, WeekIn};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn desk(holidays: Vec<HolidayIn>) -> Calendar {
        let day = || vec![IntervalIn::new("09:00", "18:00")];
        let week =
            WeekIn { monday: day(), tuesday: day(), wednesday: day(), thursday: day(), friday: day(), ..WeekIn::default() };
        Calendar::parse(&CalendarIn { zone: "Europe/Moscow".to_owned(), week, holidays, ..CalendarIn::default() }).unwrap()
    }

    #[test]
    fn later_is_today_and_while_the_desk_is_open() {
        let (moscow, desk) = (chrono_tz::Europe::Moscow, desk(Vec::new()));
        // Monday, 10:00 in Moscow.
        assert_eq!(Preset::Later.moment(at("2026-03-02T07:00:00Z"), moscow, &desk), Some(at("2026-03-02T10:00:00Z")));
        // 15:30: three hours on the desk is closed.
        assert_eq!(Preset::Later.moment(at("2026-03-02T12:30:00Z"), moscow, &desk), None);
        // 23:00: three hours on it is another day, though the calendar never closes.
        let always = Calendar::around_the_clock(moscow);
        assert_eq!(Preset::Later.moment(at("2026-03-02T20:00:00Z"), moscow, &always), None);
    }

    #[test]
    fn a_morning_is_one_on_which_the_desk_works() {
        let (moscow, plain) = (chrono_tz::Europe::Moscow, desk(Vec::new()));
        let friday = at("2026-03-06T07:00:00Z");
        assert_eq!(Preset::Tomorrow.moment(friday, moscow, &plain), Some(at("2026-03-09T06:00:00Z")), "Monday, nine");
        let holiday = desk(vec![HolidayIn::on("2026-03-09")]);
        for preset in [Preset::Tomorrow, Preset::Monday] {
            assert_eq!(preset.moment(friday, moscow, &holiday), Some(at("2026-03-10T06:00:00Z")), "Tuesday, nine");
        }
    }

    #[test]
    fn somebody_elsewhere_has_their_own_morning() {
        let desk = desk(Vec::new());
        // Vladivostok is seven hours ahead: nine there is two in the night in Moscow, and the desk opens at its own nine.
        let vladivostok = chrono_tz::Asia::Vladivostok;
        assert_eq!(Preset::Tomorrow.moment(at("2026-03-02T02:00:00Z"), vladivostok, &desk), Some(at("2026-03-03T06:00:00Z")));
        // Berlin is two behind: nine there is eleven at the desk.
        let berlin = chrono_tz::Europe::Berlin;
        assert_eq!(Preset::Tomorrow.moment(at("2026-03-02T08:00:00Z"), berlin, &desk), Some(at("2026-03-03T08:00:00Z")));
    }

    #[test]
    fn nothing_is_put_off_into_the_past_or_for_ever() {
        let now = at("2026-03-02T07:00:00Z");
        assert!(!is_allowed(now, now) && is_allowed(now, now + TimeDelta::minutes(1)));
        assert!(is_allowed(now, now + TimeDelta::days(366)) && !is_allowed(now, now + TimeDelta::days(367)));
        assert!(now + TimeDelta::days(400) < DateTime::from_timestamp_millis(UNTIL_ANSWER).unwrap_or(DateTime::<Utc>::MAX_UTC));
    }
}
