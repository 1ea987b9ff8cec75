//! Holidays and dates with hours of their own.

use super::*;

#[test]
fn a_holiday_is_closed_from_midnight_to_midnight_of_the_calendars_zone() {
    let mut form = daily("Asia/Dubai", "00:00", "24:00");
    form.holidays = vec![HolidayIn::on("2026-12-02")];
    let dubai = parsed(&form);
    // 2 December in Dubai is 20:00Z of the first to 20:00Z of the second.
    assert!(is_open(&dubai, at("2026-12-01T19:59:59Z")));
    assert!(!is_open(&dubai, at("2026-12-01T20:00:00Z")));
    assert!(!is_open(&dubai, at("2026-12-02T19:59:59Z")));
    assert!(is_open(&dubai, at("2026-12-02T20:00:00Z")));
}

#[test]
fn a_yearly_holiday_comes_every_year() {
    let mut form = office("Europe/Moscow");
    form.holidays = vec![HolidayIn::every_year("01-07")];
    let calendar = parsed(&form);
    // 7 January: Wednesday in 2026, Thursday in 2027.
    for (day, open) in
        [("2026-01-06", true), ("2026-01-07", false), ("2026-01-08", true), ("2027-01-07", false), ("2027-01-08", true)]
    {
        assert_eq!(is_open(&calendar, at(&format!("{day}T09:00:00Z"))), open, "{day}");
    }
}

#[test]
fn a_yearly_29_february_is_kept_in_leap_years_only() {
    let mut form = daily("UTC", "09:00", "18:00");
    form.holidays = vec![HolidayIn::every_year("02-29")];
    let calendar = parsed(&form);
    assert!(!is_open(&calendar, at("2028-02-29T12:00:00Z")));
    assert!(is_open(&calendar, at("2027-02-28T12:00:00Z")));
    assert!(is_open(&calendar, at("2027-03-01T12:00:00Z")));
}

#[test]
fn a_half_day_holiday_keeps_its_own_hours() {
    let mut form = office("Europe/Berlin");
    form.holidays = vec![HolidayIn { intervals: vec![IntervalIn::new("09:00", "13:00")], ..HolidayIn::every_year("12-24") }];
    let calendar = parsed(&form);
    // Thursday 24 December 2026, Berlin is UTC+1.
    assert_eq!(business_between(&calendar, at("2026-12-24T00:00:00Z"), at("2026-12-25T00:00:00Z")), 4 * HOUR);
    assert_eq!(add_business(&calendar, at("2026-12-24T11:00:00Z"), 2 * HOUR), Some(at("2026-12-25T09:00:00Z")));
}

#[test]
fn an_override_opens_a_saturday_and_wins_over_a_holiday() {
    let mut form = office("Europe/Moscow");
    form.holidays = vec![HolidayIn::on("2026-11-21")];
    form.overrides = vec![OverrideIn {
        date: "2026-11-21".to_owned(),
        intervals: vec![IntervalIn::new("10:00", "14:00")],
        name: "Working Saturday".to_owned(),
    }];
    let calendar = parsed(&form);
    assert_eq!(business_between(&calendar, at("2026-11-21T00:00:00Z"), at("2026-11-22T00:00:00Z")), 4 * HOUR);
}

#[test]
fn a_single_holiday_wins_over_a_yearly_one() {
    let mut form = office("UTC");
    form.holidays = vec![
        HolidayIn::every_year("11-20"),
        HolidayIn { intervals: vec![IntervalIn::new("09:00", "10:00")], ..HolidayIn::on("2026-11-20") },
    ];
    let calendar = parsed(&form);
    assert_eq!(business_between(&calendar, at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z")), HOUR);
}

#[test]
fn a_holiday_cuts_the_eves_night_shift_and_drops_its_own() {
    let mut form = daily("UTC", "22:00", "06:00");
    form.holidays = vec![HolidayIn::on("2026-11-20")];
    let night = parsed(&form);
    assert!(is_open(&night, at("2026-11-19T23:59:59Z")));
    assert!(!is_open(&night, at("2026-11-20T00:00:00Z")));
    assert!(!is_open(&night, at("2026-11-20T23:00:00Z")));
    assert!(!is_open(&night, at("2026-11-21T03:00:00Z")));
    assert!(is_open(&night, at("2026-11-21T22:00:00Z")));
}

#[test]
fn an_overnight_override_reaches_into_the_next_morning() {
    let mut form = office("UTC");
    form.overrides = vec![OverrideIn {
        date: "2026-11-20".to_owned(),
        intervals: vec![IntervalIn::new("20:00", "02:00")],
        name: String::new(),
    }];
    let calendar = parsed(&form);
    assert!(is_open(&calendar, at("2026-11-21T01:59:59Z")));
    assert_eq!(business_between(&calendar, at("2026-11-20T00:00:00Z"), at("2026-11-22T00:00:00Z")), 6 * HOUR);
}
