//! Adding and measuring business time in an ordinary week.

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
    let once = calendar(r#"{"zone":"UTC","overrides":[{"date":"2026-05-04","intervals":[{"start":"10:00","end":"11:00"}]}]}"#);
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

#[test]
fn working_time_ends_at_the_close_of_adjoining_intervals_and_never_around_the_clock() {
    let office = parsed(&office("Europe/Moscow"));
    assert_eq!(closes_at(&office, at("2026-11-20T10:00:00Z")), Some(at("2026-11-20T15:00:00Z")));
    assert_eq!(closes_at(&office, at("2026-11-20T15:00:00Z")), None, "closed");
    let night = parsed(&daily("UTC", "22:00", "06:00"));
    assert_eq!(closes_at(&night, at("2026-11-20T23:00:00Z")), Some(at("2026-11-21T06:00:00Z")), "midnight is no end");
    assert_eq!(closes_at(&Calendar::around_the_clock(chrono_tz::UTC), at("2026-11-20T10:00:00Z")), None);
}
