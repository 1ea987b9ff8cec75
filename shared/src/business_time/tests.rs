//! Each promise about business time, by an example that was worked out by hand.

use chrono::{DateTime, Utc};

use super::*;

mod clock_changes;
mod counting;
mod forms;
mod icalendar_import;
mod intervals;
mod special_dates;

const HOUR: i64 = 3600;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn calendar(json: &str) -> Calendar {
    serde_json::from_str(json).unwrap()
}

/// Nine to six from Monday to Friday.
fn office(zone: &str) -> CalendarIn {
    let day = vec![IntervalIn::new("09:00", "18:00")];
    CalendarIn {
        zone: zone.to_owned(),
        week: WeekIn {
            monday: day.clone(),
            tuesday: day.clone(),
            wednesday: day.clone(),
            thursday: day.clone(),
            friday: day,
            ..WeekIn::default()
        },
        ..CalendarIn::default()
    }
}

/// The same interval on all seven days.
fn daily(zone: &str, start: &str, end: &str) -> CalendarIn {
    let mut form = CalendarIn { zone: zone.to_owned(), ..CalendarIn::default() };
    for (day, _) in WeekIn::default().days() {
        form.week.day_mut(day).unwrap().push(IntervalIn::new(start, end));
    }
    form
}

fn parsed(form: &CalendarIn) -> Calendar {
    Calendar::parse(form).unwrap()
}
