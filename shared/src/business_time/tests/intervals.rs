//! Which intervals a day may have.

use super::*;

#[test]
fn a_day_may_have_many_intervals() {
    let split = calendar(r#"{"zone":"UTC","week":{"monday":[{"start":"14:00","end":"18:00"},{"start":"09:00","end":"13:00"}]}}"#);
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
