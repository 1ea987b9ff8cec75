//! What people see of the clocks.

use super::*;

fn light(clocks: &Clocks, now: DateTime<Utc>) -> Option<(ClockKind, State, Option<DateTime<Utc>>, i64)> {
    state(clocks, now, &office()).map(|status| (status.clock, status.state, status.at, status.remaining_seconds))
}

use ClockKind::{FirstResponse, Resolution};

#[test]
fn the_light_shows_the_clock_that_is_due_next() {
    let clocks = started(monday("10:00"));
    let due = Some(monday("11:00"));
    assert_eq!(light(&clocks, monday("10:30")), Some((FirstResponse, State::Ok, due, HOUR / 2)));
    assert_eq!(light(&clocks, monday("10:45")), Some((FirstResponse, State::Warning, due, HOUR / 4)));
    assert_eq!(light(&clocks, monday("11:00")), Some((FirstResponse, State::Warning, due, 0)), "the last second is in time");
    assert_eq!(light(&clocks, at("2026-11-23T11:00:01Z")), Some((FirstResponse, State::Breached, due, -1)));
    assert_eq!(light(&clocks, monday("11:30")), Some((FirstResponse, State::Breached, due, -HOUR / 2)));
}

#[test]
fn a_late_first_answer_does_not_colour_the_clock_that_runs() {
    let mut clocks = started(monday("10:00"));
    let _ = clocks.apply(Event::AgentReplied, monday("11:30"), &office());
    assert_eq!(light(&clocks, monday("12:00")), Some((Resolution, State::Ok, Some(tuesday("10:00")), 6 * HOUR)));
    let _ = clocks.apply(Event::Resolved, monday("13:00"), &office());
    let ended = light(&clocks, monday("14:00")).unwrap();
    assert_eq!((ended.0, ended.1, ended.2), (FirstResponse, State::Breached, Some(monday("11:00"))), "the report stays true");
}

#[test]
fn business_time_does_not_run_down_by_night() {
    let mut clocks = started(monday("16:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("16:10"))]);
    let evening = light(&clocks, monday("18:00"));
    assert_eq!(evening, light(&clocks, tuesday("08:59")));
    assert_eq!(evening.unwrap().3, 7 * HOUR);
}

#[test]
fn waiting_for_the_customer_is_shown_as_paused() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (Event::Paused, monday("11:00"))]);
    assert_eq!(light(&clocks, tuesday("12:00")), Some((Resolution, State::Paused, Some(monday("11:00")), 7 * HOUR)));
}

#[test]
fn a_breach_is_not_hidden_by_a_pause() {
    let mut clocks = started(monday("09:00"));
    let _ = clocks.apply(Event::AgentReplied, monday("09:30"), &office());
    let _ = clocks.apply(Event::Paused, tuesday("10:00"), &office());
    assert_eq!(light(&clocks, tuesday("12:00")), Some((Resolution, State::Breached, Some(monday("17:00")), -HOUR)));
}

#[test]
fn a_resolution_in_time_is_met() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (Event::Resolved, monday("12:00"))]);
    assert_eq!(light(&clocks, tuesday("16:00")), Some((Resolution, State::Met, Some(monday("12:00")), 6 * HOUR)));
}

#[test]
fn a_late_resolution_stays_breached() {
    let mut clocks = started(monday("09:00"));
    let _ = clocks.apply(Event::AgentReplied, monday("09:30"), &office());
    let _ = clocks.apply(Event::Resolved, tuesday("11:00"), &office());
    assert_eq!(light(&clocks, tuesday("16:00")), Some((Resolution, State::Breached, Some(monday("17:00")), -2 * HOUR)));
}

#[test]
fn a_ticket_without_promises_has_no_light() {
    let clocks = Clocks::start(&Terms::default(), monday("10:00"), &office());
    assert_eq!(state(&clocks, monday("11:00"), &office()), None);
    assert_eq!(explain(&clocks, monday("11:00"), &office()).clocks, []);
}

#[test]
fn the_explanation_says_how_much_was_used_paused_and_is_left() {
    let mut clocks = started(monday("10:00"));
    quietly(
        &mut clocks,
        &[(Event::AgentReplied, monday("10:30")), (Event::Paused, monday("12:00")), (Event::Resumed, monday("14:00"))],
    );
    let explanation = explain(&clocks, monday("16:20"), &office());
    assert!(explanation.open_now);
    assert_eq!(explanation.opens_at, None);
    assert_eq!(explanation.policy_id.as_deref(), Some("slp_1"));
    let kinds: Vec<_> = explanation.clocks.iter().map(|clock| (clock.clock, clock.state)).collect();
    assert_eq!(kinds, [(FirstResponse, Some(State::Met)), (Resolution, Some(State::Ok))]);
    let resolution = &explanation.clocks[1];
    assert_eq!(resolution.due_at, Some(tuesday("12:00")));
    assert_eq!(resolution.elapsed_seconds, 4 * HOUR + 20 * 60);
    assert_eq!(resolution.remaining_seconds, 3 * HOUR + 40 * 60);
    assert_eq!(resolution.paused_seconds, 2 * HOUR);
    assert_eq!(resolution.target_seconds, 8 * HOUR);
    assert_eq!(resolution.hours, Hours::Business);
    assert_eq!(explanation.status.map(|status| status.remaining_seconds), Some(3 * HOUR + 40 * 60));
}

#[test]
fn the_explanation_says_when_working_time_begins_again() {
    let explanation = explain(&started(monday("10:00")), monday("20:00"), &office());
    assert!(!explanation.open_now);
    assert_eq!(explanation.opens_at, Some(tuesday("09:00")));
}

#[test]
fn the_explanation_has_a_stable_json_shape() {
    let clocks = started(monday("10:00"));
    let json = serde_json::to_value(explain(&clocks, monday("10:30"), &office())).unwrap();
    assert_eq!(
        json["status"],
        serde_json::json!({"clock":"first_response","state":"ok","at":"2026-11-23T11:00:00Z","remaining_seconds":1800})
    );
    assert_eq!(json["clocks"][0]["due_at"], "2026-11-23T11:00:00Z");
    assert_eq!(json["clocks"][0]["hours"], "business");
}
