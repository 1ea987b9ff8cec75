//! The United States: federal holidays (5 U.S.C. 6103). One on a Saturday is kept on the Friday before, one on a Sunday on the Monday
//! after.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use shared::business_time::{CalendarIn, HolidayIn};

use super::{closed, office_week};

/// Years that the calendar knows; of the first one only the end is in anybody's past.
const YEARS: std::ops::RangeInclusive<i32> = 2024..=2027;

/// Fixed dates: month, day, name.
const FIXED: [(u32, u32, &str); 5] = [
    (1, 1, "New Year's Day"),
    (6, 19, "Juneteenth"),
    (7, 4, "Independence Day"),
    (11, 11, "Veterans Day"),
    (12, 25, "Christmas Day"),
];

/// Month, weekday, which of them (0 is the last), name.
const MOVABLE: [(u32, Weekday, u8, &str); 6] = [
    (1, Weekday::Mon, 3, "Martin Luther King Jr. Day"),
    (2, Weekday::Mon, 3, "Washington's Birthday"),
    (5, Weekday::Mon, 0, "Memorial Day"),
    (9, Weekday::Mon, 1, "Labor Day"),
    (10, Weekday::Mon, 2, "Columbus Day"),
    (11, Weekday::Thu, 4, "Thanksgiving Day"),
];

/// Monday to Friday, 8 to 18, by New York.
pub fn business() -> CalendarIn {
    CalendarIn {
        zone: "America/New_York".to_owned(),
        week: office_week("08:00", "18:00"),
        holidays: YEARS.flat_map(holidays).chain([closed("2027-12-31", "New Year's Day")]).collect(),
        ..CalendarIn::default()
    }
}

fn holidays(year: i32) -> Vec<HolidayIn> {
    let fixed =
        FIXED.iter().filter_map(|(month, day, name)| Some((observed(NaiveDate::from_ymd_opt(year, *month, *day)?), *name)));
    let movable = MOVABLE.iter().filter_map(|(month, weekday, nth, name)| Some((the(year, *month, *weekday, *nth)?, *name)));
    let mut all: Vec<(NaiveDate, &str)> = fixed.chain(movable).collect();
    all.retain(|(date, _)| date.year() > *YEARS.start() || date.month() >= 11);
    all.sort_unstable();
    all.into_iter().map(|(date, name)| closed(&date.format("%Y-%m-%d").to_string(), name)).collect()
}

fn the(year: i32, month: u32, weekday: Weekday, nth: u8) -> Option<NaiveDate> {
    let of = |nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth);
    if nth == 0 { of(5).or_else(|| of(4)) } else { of(nth) }
}

fn observed(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => date.checked_sub_days(Days::new(1)).unwrap_or(date),
        Weekday::Sun => date.checked_add_days(Days::new(1)).unwrap_or(date),
        _ => date,
    }
}
