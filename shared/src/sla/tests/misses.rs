//! What became of missed promises.

use super::*;
use ClockKind::{FirstResponse, NextResponse, Resolution};

fn seen(clocks: &Clocks, kind: ClockKind, due: DateTime<Utc>, now: DateTime<Utc>) -> (MissState, Option<i64>) {
    answered(clocks, kind, due, None, now)
}

fn answered(
    clocks: &Clocks,
    kind: ClockKind,
    due: DateTime<Utc>,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> (MissState, Option<i64>) {
    let miss = miss(Some(clocks), kind, due, at, now, &office());
    (miss.state, miss.over_seconds)
}

#[test]
fn an_open_miss_grows_in_business_time_until_it_is_answered() {
    let mut clocks = started(monday("10:00"));
    let _ = clocks.take_due(monday("11:00"), &office());
    assert_eq!(seen(&clocks, FirstResponse, monday("11:00"), monday("12:00")), (MissState::Open, Some(HOUR)));
    let overnight = Some(6 * HOUR + HOUR / 2);
    assert_eq!(seen(&clocks, FirstResponse, monday("11:00"), tuesday("09:30")), (MissState::Open, overnight));
    let _ = clocks.apply(Event::AgentReplied, tuesday("09:30"), &office());
    assert_eq!(seen(&clocks, FirstResponse, monday("11:00"), tuesday("16:00")), (MissState::Late, overnight));
}

#[test]
fn waiting_for_the_customer_makes_a_miss_no_worse() {
    let mut clocks = started(monday("09:00"));
    let _ = clocks.apply(Event::AgentReplied, monday("09:30"), &office());
    let _ = clocks.apply(Event::Paused, tuesday("10:00"), &office());
    assert_eq!(seen(&clocks, Resolution, monday("17:00"), tuesday("16:00")), (MissState::Open, Some(HOUR)));
}

#[test]
fn a_ticket_solved_without_a_reply_ends_the_wait_unanswered() {
    let mut clocks = started(monday("10:00"));
    let _ = clocks.apply(Event::Resolved, monday("11:45"), &office());
    assert_eq!(seen(&clocks, FirstResponse, monday("11:00"), tuesday("16:00")), (MissState::Ended, Some(HOUR * 3 / 4)));
}

#[test]
fn a_clock_that_has_begun_another_round_leaves_the_former_one_to_its_answer() {
    let mut clocks = started(monday("09:00"));
    let _ = clocks.apply(Event::AgentReplied, monday("09:10"), &office());
    let question = Event::ClientReplied { thanks_only: false };
    let _ = clocks.apply(question, monday("10:00"), &office());
    let due = clocks.clock(NextResponse).due_at().unwrap();
    let late = due + chrono::TimeDelta::minutes(20);
    let _ = clocks.apply(Event::AgentReplied, late, &office());
    assert_eq!(seen(&clocks, NextResponse, due, tuesday("09:00")), (MissState::Late, Some(1200)));
    let _ = clocks.apply(question, late, &office());
    assert_eq!(answered(&clocks, NextResponse, due, Some(late), tuesday("09:00")), (MissState::Late, Some(1200)));
    assert_eq!(seen(&clocks, NextResponse, due, tuesday("09:00")), (MissState::Moved, None));
}

#[test]
fn a_deadline_that_was_put_ahead_again_is_no_open_miss() {
    let mut clocks = started(monday("10:00"));
    let _ = clocks.take_due(monday("11:00"), &office());
    let generous = policy_with(|_| {}).terms(Priority::Low);
    let _ = clocks.apply(Event::TermsChanged { terms: &generous, calendar: &office() }, monday("11:30"), &office());
    assert_eq!(seen(&clocks, FirstResponse, monday("11:00"), monday("12:00")), (MissState::Moved, None));
}

#[test]
fn a_promise_around_the_clock_is_missed_by_all_time() {
    let always = policy_with(|form| form.hours.first_response = Hours::Calendar).terms(Priority::High);
    let mut clocks = Clocks::start(&always, monday("16:30"), &office());
    let _ = clocks.take_due(monday("17:30"), &office());
    let miss = miss(Some(&clocks), FirstResponse, monday("17:30"), None, tuesday("08:30"), &office());
    assert_eq!((miss.state, miss.hours, miss.over_seconds), (MissState::Open, Hours::Calendar, Some(15 * HOUR)));
}
