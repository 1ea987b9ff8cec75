//! What is accepted as a calendar, and how faults are named.

use super::*;

fn faults(json: &str) -> Vec<String> {
    let form: CalendarIn = serde_json::from_str(json).unwrap();
    Calendar::parse(&form).unwrap_err().0.iter().map(|fault| format!("{} {}", fault.path, fault.reason.code())).collect()
}

#[test]
fn every_fault_is_named_by_its_field() {
    let json = r#"{
        "zone": "Mars/Olympus",
        "week": {"monday": [{"start": "09:00", "end": "18:00"}, {"start": "9", "end": "25:00"}],
                 "friday": [{"start": "10:00", "end": "10:00"}, {"start": "24:00", "end": "06:00"}]},
        "overrides": [{"date": "2026-02-30", "intervals": []}],
        "holidays": [{"date": "2026-1-1"}, {"yearly": "13-01"}, {}, {"date": "2026-01-01", "yearly": "01-01"},
                     {"date": "2026-05-01"}, {"date": "2026-05-01", "intervals": [{"start": "9:00", "end": "12:00"}]}]
    }"#;
    assert_eq!(
        faults(json),
        [
            "zone unknown_zone",
            "week.monday[1].start bad_time",
            "week.monday[1].end bad_time",
            "week.friday[0].end empty_interval",
            "week.friday[1].start bad_time",
            "overrides[0].date bad_date",
            "holidays[0].date bad_date",
            "holidays[1].yearly bad_date",
            "holidays[2] one_of",
            "holidays[3] one_of",
            "holidays[5].date duplicate",
        ]
    );
}

#[test]
fn the_numbers_of_intervals_and_dates_are_limited() {
    let mut form = office("UTC");
    form.week.monday = vec![IntervalIn::new("09:00", "10:00"); INTERVALS_PER_DAY_MAX + 1];
    form.holidays = vec![HolidayIn::on("2026-01-01"); 401];
    form.overrides = vec![OverrideIn { date: "2026-01-01".to_owned(), intervals: Vec::new(), name: "x".repeat(121) }];
    let faults = Calendar::parse(&form).unwrap_err().0;
    assert_eq!(
        faults,
        [
            Invalid { path: "week.monday".to_owned(), reason: Reason::TooMany { limit: 12 } },
            Invalid { path: "overrides[0].name".to_owned(), reason: Reason::TooLong { limit: 120 } },
            Invalid { path: "holidays".to_owned(), reason: Reason::TooMany { limit: 400 } },
        ]
    );
}

#[test]
fn around_the_clock_excludes_a_week() {
    let json = r#"{"zone":"UTC","around_the_clock":true,"week":{"monday":[{"start":"09:00","end":"18:00"}]}}"#;
    assert_eq!(faults(json), ["week one_of"]);
}

#[test]
fn an_unknown_field_is_refused() {
    assert!(serde_json::from_str::<CalendarIn>(r#"{"zone":"UTC","offset":"+03:00"}"#).is_err());
}

#[test]
fn the_same_holiday_twice_is_harmless() {
    let mut form = office("UTC");
    form.holidays = vec![HolidayIn::on("2026-01-01"), HolidayIn::on("2026-01-01")];
    assert!(Calendar::parse(&form).is_ok());
}

#[test]
fn a_calendar_is_stored_as_it_was_written() {
    let json = r#"{"zone":"Europe/Moscow","week":{"monday":[{"start":"9:00","end":"18:00"}]},"holidays":[{"yearly":"01-07","name":"Рождество"}]}"#;
    let stored = serde_json::to_string(&calendar(json)).unwrap();
    assert_eq!(stored, json);
    assert_eq!(calendar(&stored), calendar(json));
}

#[test]
fn a_damaged_stored_calendar_is_refused() {
    let error = serde_json::from_str::<Calendar>(r#"{"zone":"Nowhere"}"#).unwrap_err();
    assert!(error.to_string().contains("zone: unknown_zone"), "{error}");
}

#[test]
fn the_ready_calendar_around_the_clock_is_the_parsed_one() {
    let json = r#"{"zone":"Europe/Berlin","around_the_clock":true}"#;
    assert_eq!(calendar(json), Calendar::around_the_clock(chrono_tz::Europe::Berlin));
}

#[test]
fn times_of_day_are_read_strictly() {
    for (text, minutes) in [("00:00", 0), ("9:05", 545), ("23:59", 1439), ("24:00", 1440)] {
        assert_eq!(TimeOfDay::parse(text).map(TimeOfDay::minutes), Some(minutes), "{text}");
    }
    for text in ["", "9", "24:01", "12:60", "+9:00", "09:0", "009:00", "09:00:00", " 9:00", "٠٩:٠٠"] {
        assert_eq!(TimeOfDay::parse(text), None, "{text}");
    }
}
