//! Gaps, folds and skipped dates.

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

#[test]
fn the_end_of_a_date_comes_after_the_hour_that_is_repeated() {
    // St John's went back at 00:01 on Sunday 2010-11-07: 23:01 to midnight of Saturday came again.
    let saturday = calendar(r#"{"zone":"America/St_Johns","week":{"saturday":[{"start":"00:00","end":"24:00"}]}}"#);
    assert_eq!(business_between(&saturday, at("2010-11-05T12:00:00Z"), at("2010-11-08T12:00:00Z")), 25 * HOUR);
    assert!(is_open(&saturday, at("2010-11-07T02:30:30Z")), "the minute of Sunday before the clocks went back");
}

#[test]
fn a_break_within_the_fold_counts_nothing_twice() {
    // New York 2026-11-01: the first interval closes at the second 01:15, the other one has opened at the first 01:30.
    let split = calendar(
        r#"{"zone":"America/New_York","week":{"sunday":[{"start":"00:30","end":"01:15"},{"start":"01:30","end":"02:00"}]}}"#,
    );
    assert_eq!(business_between(&split, at("2026-11-01T04:00:00Z"), at("2026-11-02T04:00:00Z")), 5 * HOUR / 2);
}
