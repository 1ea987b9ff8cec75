//! Each promise about business time, by an example that was worked out by hand.

use chrono::{DateTime, Utc};

use super::*;

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

mod counting {
    use super::*;

    #[test]
    fn a_duration_goes_on_at_the_next_opening() {
        let office = parsed(&office("Europe/Moscow"));
        // Friday 17:00 in Moscow; one hour is left that day.
        assert_eq!(add_business(&office, at("2026-11-20T14:00:00Z"), 3 * HOUR), Some(at("2026-11-23T08:00:00Z")));
    }

    #[test]
    fn a_deadline_exactly_at_close_stays_at_close() {
        let office = parsed(&office("Europe/Moscow"));
        assert_eq!(add_business(&office, at("2026-11-20T14:00:00Z"), HOUR), Some(at("2026-11-20T15:00:00Z")));
        assert_eq!(add_business(&office, at("2026-11-20T14:00:00Z"), HOUR + 1), Some(at("2026-11-23T06:00:01Z")));
    }

    #[test]
    fn nothing_to_count_ends_where_it_begins_even_when_closed() {
        let office = parsed(&office("Europe/Moscow"));
        let sunday = at("2026-11-22T12:00:00Z");
        assert_eq!(add_business(&office, sunday, 0), Some(sunday));
        assert_eq!(add_business(&office, sunday, -5), Some(sunday));
    }

    #[test]
    fn counting_is_in_whole_seconds() {
        let office = parsed(&office("Europe/Moscow"));
        assert_eq!(add_business(&office, at("2026-11-20T10:00:00.900Z"), 1), Some(at("2026-11-20T10:00:01Z")));
        assert_eq!(business_between(&office, at("2026-11-20T14:59:58Z"), at("2026-11-23T06:00:01Z")), 3);
    }

    #[test]
    fn time_backwards_counts_nothing() {
        let office = parsed(&office("Europe/Moscow"));
        assert_eq!(business_between(&office, at("2026-11-20T12:00:00Z"), at("2026-11-20T10:00:00Z")), 0);
    }

    #[test]
    fn opening_is_inside_and_closing_is_not() {
        let office = parsed(&office("Europe/Moscow"));
        assert!(is_open(&office, at("2026-11-20T06:00:00Z")));
        assert!(!is_open(&office, at("2026-11-20T05:59:59Z")));
        assert!(is_open(&office, at("2026-11-20T14:59:59Z")));
        assert!(!is_open(&office, at("2026-11-20T15:00:00Z")));
    }

    #[test]
    fn the_next_opening_is_now_when_open_and_monday_on_a_weekend() {
        let office = parsed(&office("Europe/Moscow"));
        let working = at("2026-11-20T10:00:00.250Z");
        assert_eq!(next_open(&office, working), Some(working));
        assert_eq!(next_open(&office, at("2026-11-21T10:00:00Z")), Some(at("2026-11-23T06:00:00Z")));
    }

    #[test]
    fn around_the_clock_equals_plain_elapsed_time() {
        for form in [
            daily("Europe/Berlin", "00:00", "24:00"),
            CalendarIn { around_the_clock: true, zone: "Europe/Berlin".to_owned(), ..CalendarIn::default() },
            // One override is enough to leave the short way through the code.
            CalendarIn {
                overrides: vec![OverrideIn {
                    date: "2030-01-01".to_owned(),
                    intervals: vec![IntervalIn::new("00:00", "24:00")],
                    name: String::new(),
                }],
                ..daily("Europe/Berlin", "00:00", "24:00")
            },
        ] {
            let calendar = parsed(&form);
            let from = at("2026-03-28T12:34:56Z");
            assert_eq!(add_business(&calendar, from, 300 * 86_400), Some(at("2027-01-22T12:34:56Z")));
            assert_eq!(business_between(&calendar, from, at("2027-01-22T12:34:56Z")), 300 * 86_400);
        }
    }

    #[test]
    fn no_working_time_at_all_means_no_deadline() {
        let closed = parsed(&CalendarIn { zone: "Europe/Berlin".to_owned(), ..CalendarIn::default() });
        assert_eq!(add_business(&closed, at("2026-01-01T00:00:00Z"), 1), None);
        assert_eq!(next_open(&closed, at("2026-01-01T00:00:00Z")), None);
        assert_eq!(business_between(&closed, at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")), 0);
    }

    #[test]
    fn too_little_working_time_within_the_horizon_means_no_deadline() {
        let once =
            calendar(r#"{"zone":"UTC","overrides":[{"date":"2026-05-04","intervals":[{"start":"10:00","end":"11:00"}]}]}"#);
        let from = at("2026-01-01T00:00:00Z");
        assert_eq!(add_business(&once, from, HOUR), Some(at("2026-05-04T11:00:00Z")));
        assert_eq!(add_business(&once, from, HOUR + 1), None);
        assert_eq!(next_open(&once, from), Some(at("2026-05-04T10:00:00Z")));
    }

    #[test]
    fn moments_at_the_edge_of_representable_time_are_answered() {
        let office = parsed(&office("Europe/Moscow"));
        for edge in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(add_business(&office, edge, HOUR), None);
            assert_eq!(next_open(&office, edge), None);
            assert!(!is_open(&office, edge));
        }
        assert_eq!(business_between(&office, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC), 0);
    }
}

mod intervals {
    use super::*;

    #[test]
    fn a_day_may_have_many_intervals() {
        let split =
            calendar(r#"{"zone":"UTC","week":{"monday":[{"start":"14:00","end":"18:00"},{"start":"09:00","end":"13:00"}]}}"#);
        assert_eq!(add_business(&split, at("2026-11-23T12:00:00Z"), 2 * HOUR), Some(at("2026-11-23T15:00:00Z")));
        assert_eq!(business_between(&split, at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z")), 8 * HOUR);
    }

    #[test]
    fn overlapping_intervals_count_once() {
        let overlapping = calendar(
            r#"{"zone":"UTC","week":{"monday":[{"start":"09:00","end":"13:00"},{"start":"12:00","end":"15:00"},
                {"start":"15:00","end":"16:00"},{"start":"10:00","end":"11:00"}]}}"#,
        );
        assert_eq!(business_between(&overlapping, at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z")), 7 * HOUR);
    }

    #[test]
    fn an_overnight_interval_reaches_into_the_next_morning() {
        let night = calendar(r#"{"zone":"UTC","week":{"friday":[{"start":"22:00","end":"06:00"}]}}"#);
        assert_eq!(business_between(&night, at("2026-11-20T00:00:00Z"), at("2026-11-23T00:00:00Z")), 8 * HOUR);
        assert!(is_open(&night, at("2026-11-21T05:59:59Z")));
        assert!(!is_open(&night, at("2026-11-21T06:00:00Z")));
        assert_eq!(add_business(&night, at("2026-11-20T23:00:00Z"), 3 * HOUR), Some(at("2026-11-21T02:00:00Z")));
    }

    #[test]
    fn a_sunday_night_shift_ends_on_monday() {
        let night = calendar(r#"{"zone":"UTC","week":{"sunday":[{"start":"22:00","end":"06:00"}]}}"#);
        assert!(is_open(&night, at("2026-11-23T05:00:00Z")));
        assert!(!is_open(&night, at("2026-11-22T05:00:00Z")));
    }

    #[test]
    fn a_day_may_end_at_24_00() {
        let late = calendar(r#"{"zone":"UTC","week":{"monday":[{"start":"20:00","end":"24:00"}]}}"#);
        assert!(is_open(&late, at("2026-11-23T23:59:59Z")));
        assert!(!is_open(&late, at("2026-11-24T00:00:00Z")));
        assert_eq!(add_business(&late, at("2026-11-23T20:00:00Z"), 4 * HOUR), Some(at("2026-11-24T00:00:00Z")));
    }
}

mod special_dates {
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
}

mod clock_changes {
    use super::*;

    fn span_of(zone: &str, start: &str, end: &str, from: &str, to: &str) -> i64 {
        business_between(&parsed(&daily(zone, start, end)), at(from), at(to))
    }

    #[test]
    fn a_night_shift_is_as_long_as_the_night_really_was() {
        // Berlin 2026: clocks go forward on 29 March, back on 25 October, both at 01:00Z.
        assert_eq!(span_of("Europe/Berlin", "00:00", "06:00", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"), 5 * HOUR);
        assert_eq!(span_of("Europe/Berlin", "00:00", "06:00", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"), 7 * HOUR);
    }

    #[test]
    fn the_offset_of_each_date_is_used_not_that_of_today() {
        let office = parsed(&office("America/New_York"));
        assert!(is_open(&office, at("2026-03-06T14:00:00Z")), "winter: 9:00 is 14:00Z");
        assert!(!is_open(&office, at("2026-03-06T13:00:00Z")));
        assert!(is_open(&office, at("2026-03-09T13:00:00Z")), "summer: 9:00 is 13:00Z");
        // Friday 17:00 EST plus two hours is Monday 10:00 EDT.
        assert_eq!(add_business(&office, at("2026-03-06T22:00:00Z"), 2 * HOUR), Some(at("2026-03-09T14:00:00Z")));
    }

    #[test]
    fn an_edge_in_the_gap_moves_to_the_first_valid_instant() {
        // New York 2026-03-08: 02:00 becomes 03:00 at 07:00Z.
        let opens = |from, to| span_of("America/New_York", from, to, "2026-03-08T05:00:00Z", "2026-03-09T03:00:00Z");
        assert_eq!(opens("02:30", "04:00"), HOUR, "from the first instant, 03:00, to 04:00");
        assert_eq!(opens("01:00", "02:30"), HOUR, "from 01:00 to the gap");
        assert_eq!(opens("02:10", "02:50"), 0, "nothing of the gap exists");
    }

    #[test]
    fn an_edge_in_the_fold_opens_early_and_closes_late() {
        // New York 2026-11-01: 02:00 becomes 01:00 at 06:00Z, so 01:30 is at 05:30Z and at 06:30Z.
        let opens = |from, to| span_of("America/New_York", from, to, "2026-11-01T04:00:00Z", "2026-11-02T04:00:00Z");
        assert_eq!(opens("01:30", "02:00"), 5400, "from the first 01:30 to 02:00");
        assert_eq!(opens("01:00", "01:30"), 5400, "from the first 01:00 to the second 01:30");
        assert_eq!(opens("01:15", "01:45"), 5400, "from the first 01:15 to the second 01:45");
    }

    #[test]
    fn half_an_hour_of_change_counts_half_an_hour() {
        // Lord Howe 2026: back at 04-04 15:00Z (02:00 becomes 01:30), forward at 10-03 15:30Z (02:00 becomes 02:30).
        let night = |from, to| span_of("Australia/Lord_Howe", "00:00", "06:00", from, to);
        assert_eq!(night("2026-04-04T12:00:00Z", "2026-04-05T00:00:00Z"), 6 * HOUR + 1800);
        assert_eq!(night("2026-10-03T12:00:00Z", "2026-10-04T00:00:00Z"), 6 * HOUR - 1800);
    }

    #[test]
    fn casablanca_goes_back_for_ramadan_and_forward_after_it() {
        let night = |from, to| span_of("Africa/Casablanca", "00:00", "06:00", from, to);
        assert_eq!(night("2026-02-14T12:00:00Z", "2026-02-15T12:00:00Z"), 7 * HOUR);
        assert_eq!(night("2026-03-21T12:00:00Z", "2026-03-22T12:00:00Z"), 5 * HOUR);
    }

    #[test]
    fn troll_changes_by_two_hours() {
        let night = |from, to| span_of("Antarctica/Troll", "00:00", "06:00", from, to);
        assert_eq!(night("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"), 4 * HOUR);
        assert_eq!(night("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"), 8 * HOUR);
    }

    #[test]
    fn kathmandu_opens_at_a_quarter_past() {
        let office = parsed(&office("Asia/Kathmandu"));
        assert_eq!(next_open(&office, at("2026-11-23T00:00:00Z")), Some(at("2026-11-23T03:15:00Z")));
    }

    #[test]
    fn a_date_that_apia_skipped_has_no_time() {
        // Apia went from 29 to 31 December 2011 at 10:00Z of the 30th.
        let whole = parsed(&daily("Pacific/Apia", "09:00", "18:00"));
        assert_eq!(business_between(&whole, at("2011-12-29T19:00:00Z"), at("2011-12-31T04:00:00Z")), 18 * HOUR);
        assert_eq!(add_business(&whole, at("2011-12-30T03:00:00Z"), HOUR + 1), Some(at("2011-12-30T19:00:01Z")));
        let mut form = daily("Pacific/Apia", "00:00", "24:00");
        form.overrides = vec![OverrideIn {
            date: "2030-01-01".to_owned(),
            intervals: vec![IntervalIn::new("00:00", "24:00")],
            name: String::new(),
        }];
        let always = parsed(&form);
        assert_eq!(business_between(&always, at("2011-12-29T00:00:00Z"), at("2012-01-02T00:00:00Z")), 4 * 86_400);
    }

    #[test]
    fn the_end_of_a_date_is_its_end_where_midnight_happens_twice() {
        // Havana 2026-11-01: 01:00 becomes 00:00 at 05:00Z; Saturday ends at the first midnight, 04:00Z.
        let saturday = calendar(r#"{"zone":"America/Havana","week":{"saturday":[{"start":"00:00","end":"24:00"}]}}"#);
        assert!(is_open(&saturday, at("2026-11-01T03:59:59Z")));
        assert!(!is_open(&saturday, at("2026-11-01T04:00:00Z")));
        let sunday = calendar(r#"{"zone":"America/Havana","week":{"sunday":[{"start":"00:00","end":"24:00"}]}}"#);
        assert_eq!(business_between(&sunday, at("2026-10-31T12:00:00Z"), at("2026-11-03T00:00:00Z")), 25 * HOUR);
    }

    #[test]
    fn the_end_of_a_date_is_its_end_where_clocks_go_back_over_midnight() {
        // Beirut 2026-10-25: 00:00 becomes 23:00 of the 24th at 21:00Z, so Saturday has 25 hours.
        let saturday = calendar(r#"{"zone":"Asia/Beirut","week":{"saturday":[{"start":"00:00","end":"24:00"}]}}"#);
        assert_eq!(business_between(&saturday, at("2026-10-23T00:00:00Z"), at("2026-10-26T00:00:00Z")), 25 * HOUR);
        // And in spring midnight does not exist: Sunday 2026-03-29 begins at 01:00.
        let sunday = calendar(r#"{"zone":"Asia/Beirut","week":{"sunday":[{"start":"00:00","end":"24:00"}]}}"#);
        assert_eq!(business_between(&sunday, at("2026-03-28T00:00:00Z"), at("2026-03-31T00:00:00Z")), 23 * HOUR);
    }

    #[test]
    fn another_zone_moves_the_same_hours() {
        let from = at("2026-11-23T00:00:00Z");
        let mut form = office("Europe/Moscow");
        assert_eq!(add_business(&parsed(&form), from, HOUR), Some(at("2026-11-23T07:00:00Z")));
        form.zone = "America/New_York".to_owned();
        assert_eq!(add_business(&parsed(&form), from, HOUR), Some(at("2026-11-23T15:00:00Z")));
    }
}

mod forms {
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
}

mod icalendar_import {
    use super::*;

    fn file(events: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//holidays//EN\r\n{events}END:VCALENDAR\r\n")
    }

    fn event(lines: &[&str]) -> String {
        format!("BEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTAMP:20260101T000000Z\r\n{}\r\nEND:VEVENT\r\n", lines.join("\r\n"))
    }

    fn imported(events: &str) -> Vec<String> {
        let holidays = holidays_from_ical(&file(events)).unwrap();
        let shown = |holiday: &HolidayIn| {
            let date = holiday.date.as_deref().or(holiday.yearly.as_deref()).unwrap();
            format!("{date} {}", holiday.name)
        };
        holidays.iter().map(shown).collect()
    }

    #[test]
    fn an_all_day_event_is_a_holiday() {
        let day = event(&["DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260309", "SUMMARY:Women's Day"]);
        assert_eq!(imported(&day), ["2026-03-08 Women's Day"]);
    }

    #[test]
    fn the_end_of_an_event_is_the_day_after_its_last_one() {
        let days = event(&["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270103", "SUMMARY:New Year"]);
        assert_eq!(imported(&days), ["2026-12-31 New Year", "2027-01-01 New Year", "2027-01-02 New Year"]);
        let by_duration = event(&["DTSTART;VALUE=DATE:20261231", "DURATION:P2D", "SUMMARY:New Year"]);
        assert_eq!(imported(&by_duration), ["2026-12-31 New Year", "2027-01-01 New Year"]);
        let without_end = event(&["DTSTART;VALUE=DATE:20261231", "SUMMARY:Eve"]);
        assert_eq!(imported(&without_end), ["2026-12-31 Eve"]);
    }

    #[test]
    fn a_yearly_rule_is_a_yearly_holiday() {
        let rules = ["FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=7"];
        for rule in rules {
            let yearly = event(&["DTSTART;VALUE=DATE:20200107", "SUMMARY:Рождество", &format!("RRULE:{rule}")]);
            assert_eq!(imported(&yearly), ["01-07 Рождество"], "{rule}");
        }
        let two_days =
            event(&["DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20200103", "SUMMARY:NY", "RRULE:FREQ=YEARLY;BYMONTHDAY=1"]);
        assert_eq!(imported(&two_days), ["01-01 NY", "01-02 NY"]);
    }

    #[test]
    fn a_yearly_rule_with_an_end_is_its_single_dates() {
        let counted = event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "RRULE:FREQ=YEARLY;COUNT=2"]);
        assert_eq!(imported(&counted), ["2026-05-01 May", "2027-05-01 May"]);
        let until = event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "RRULE:FREQ=YEARLY;UNTIL=20280501T000000Z"]);
        assert_eq!(imported(&until), ["2026-05-01 May", "2027-05-01 May", "2028-05-01 May"]);
    }

    #[test]
    fn a_rule_that_cannot_be_kept_is_refused_by_the_name_of_its_event() {
        for rule in ["FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=MONTHLY", "FREQ=YEARLY;INTERVAL=4", "nonsense"] {
            let odd = event(&["DTSTART;VALUE=DATE:20261126", "SUMMARY:Thanksgiving", &format!("RRULE:{rule}")]);
            let expected = IcalError::UnsupportedRule { summary: "Thanksgiving".to_owned() };
            assert_eq!(holidays_from_ical(&file(&odd)), Err(expected), "{rule}");
        }
        let except = event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501"]);
        assert!(matches!(holidays_from_ical(&file(&except)), Err(IcalError::UnsupportedRule { .. })));
    }

    #[test]
    fn meetings_and_cancelled_events_are_left_out() {
        let events = event(&["DTSTART:20260308T100000Z", "DTEND:20260308T110000Z", "SUMMARY:Meeting"])
            + &event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:Called off", "STATUS:CANCELLED"]);
        assert_eq!(imported(&events), Vec::<String>::new());
    }

    #[test]
    fn folded_lines_and_escapes_are_undone() {
        let folded = event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:Day of work\\, bread", "  and peace"]);
        assert_eq!(imported(&folded), ["2026-03-08 Day of work, bread and peace"]);
    }

    #[test]
    fn an_import_makes_a_valid_calendar() {
        let events =
            event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:One"]) + &event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:Two"]);
        let mut form = office("Europe/Moscow");
        form.holidays = holidays_from_ical(&file(&events)).unwrap();
        assert_eq!(form.holidays.len(), 1);
        assert!(Calendar::parse(&form).is_ok());
    }

    #[test]
    fn what_is_not_a_calendar_or_is_too_much_is_refused() {
        for text in ["", "hello", "BEGIN:VCALENDAR", "<html></html>", "BEGIN:VEVENT\r\nEND:VEVENT\r\n"] {
            assert_eq!(holidays_from_ical(text), Err(IcalError::Malformed), "{text}");
        }
        let backwards = event(&["DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260301", "SUMMARY:Odd"]);
        assert_eq!(holidays_from_ical(&file(&backwards)), Err(IcalError::BadDates { summary: "Odd".to_owned() }));
        let long = event(&["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20261231", "SUMMARY:Long"]);
        assert_eq!(holidays_from_ical(&file(&long)), Err(IcalError::TooLarge { unit: "days", limit: 92 }));
        let huge = " ".repeat(ICAL_BYTES_MAX + 1);
        assert_eq!(holidays_from_ical(&huge), Err(IcalError::TooLarge { unit: "bytes", limit: ICAL_BYTES_MAX }));
        let many: String = (0..5)
            .map(|year| {
                event(&[
                    &format!("DTSTART;VALUE=DATE:20{:02}0101", 30 + year),
                    &format!("DTEND;VALUE=DATE:20{:02}0401", 30 + year),
                ])
            })
            .collect();
        assert_eq!(holidays_from_ical(&file(&many)), Err(IcalError::TooLarge { unit: "holidays", limit: 400 }));
    }
}
