//! How events drive the clocks.

use super::*;
use ClockKind::{FirstResponse, NextResponse, Resolution};

fn resolution_due(clocks: &Clocks) -> Option<DateTime<Utc>> {
    clocks.columns().resolution_due_at
}

const ASKED: Event<'_> = Event::ClientReplied { thanks_only: false };
const THANKED: Event<'_> = Event::ClientReplied { thanks_only: true };

#[test]
fn a_new_ticket_waits_for_an_answer_and_a_resolution() {
    let clocks = started(monday("10:00"));
    let columns = clocks.columns();
    assert_eq!(columns.first_response_due_at, Some(monday("11:00")));
    assert_eq!(columns.next_response_due_at, None);
    assert_eq!(columns.resolution_due_at, Some(tuesday("10:00")));
    assert_eq!(columns.next_due_at, Some(monday("11:00")));
    assert_eq!(columns.next_warn_at, Some(monday("10:45")));
}

#[test]
fn a_ticket_made_at_night_is_counted_from_the_opening() {
    let clocks = started(at("2026-11-22T23:30:00Z"));
    assert_eq!(clocks.columns().first_response_due_at, Some(monday("10:00")));
    assert_eq!(resolution_due(&clocks), Some(monday("17:00")));
}

#[test]
fn the_first_answer_meets_the_first_response_only() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30"))]);
    assert_eq!(clocks.clock(FirstResponse).met_at(), Some(monday("10:30")));
    assert_eq!(clocks.columns().first_response_due_at, None);
    assert_eq!(resolution_due(&clocks), Some(tuesday("10:00")));
}

#[test]
fn what_the_client_adds_before_the_first_answer_starts_no_other_clock() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(ASKED, monday("10:10"))]);
    assert_eq!(clocks.clock(NextResponse).phase(), Phase::Idle);
}

#[test]
fn a_question_after_the_first_answer_waits_for_the_next_one() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (ASKED, monday("12:00"))]);
    assert_eq!(clocks.columns().next_response_due_at, Some(monday("13:00")));
    quietly(&mut clocks, &[(ASKED, monday("12:40"))]);
    assert_eq!(clocks.columns().next_response_due_at, Some(monday("13:00")), "the oldest open question counts");
    quietly(&mut clocks, &[(Event::AgentReplied, monday("12:50")), (ASKED, monday("14:00"))]);
    assert_eq!(clocks.columns().next_response_due_at, Some(monday("15:00")), "a new question, a new hour");
}

#[test]
fn thanks_alone_wait_for_no_answer() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (THANKED, monday("12:00"))]);
    assert_eq!(clocks.clock(NextResponse).phase(), Phase::Idle);
    assert_eq!(clocks.columns().next_response_due_at, None);
}

#[test]
fn resolving_stops_the_next_answer_and_meets_the_resolution() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (ASKED, monday("12:00")), (Event::Resolved, monday("12:30"))]);
    assert_eq!(clocks.clock(NextResponse).phase(), Phase::Stopped(monday("12:30")));
    assert_eq!(clocks.clock(Resolution).met_at(), Some(monday("12:30")));
    assert_eq!(clocks.columns(), DueColumns::default());
    assert_eq!(clocks.due_moments(&office()), []);
}

#[test]
fn an_answer_exactly_at_the_deadline_is_in_time() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("11:00"))]);
    assert_eq!(clocks.clock(FirstResponse).breached_at(), None);
}

#[test]
fn all_agree_on_the_second_in_which_a_deadline_is_missed() {
    let calendar = office();
    for (now, missed) in [
        ("2026-11-23T10:59:59.900Z", false),
        ("2026-11-23T11:00:00Z", false),
        ("2026-11-23T11:00:00.900Z", false),
        ("2026-11-23T11:00:01Z", true),
    ] {
        let now = at(now);
        let mut clocks = started(monday("10:00"));
        let light = state(&clocks, now, &calendar).map(|light| light.state);
        assert_eq!(light == Some(State::Breached), missed, "the light at {now}");
        let explained = explain(&clocks, now, &calendar).clocks;
        assert_eq!(explained[0].breached_at.is_some(), missed, "the explanation at {now}");
        let told = clocks.clone().take_due(now, &calendar);
        assert_eq!(told.iter().any(|moment| moment.kind == DueKind::Breach), missed, "the timer at {now}");
        let rung = clocks.due_moments(&calendar).iter().any(|moment| moment.kind == DueKind::Breach && moment.tell_at() <= now);
        assert_eq!(rung, missed, "the alarm at {now}");
        let found = clocks.apply(Event::AgentReplied, now, &calendar);
        assert_eq!(!found.is_empty(), missed, "an answer at {now}");
        assert_eq!(clocks.clock(FirstResponse).breached_at().is_some(), missed, "an answer at {now}");
    }
}

#[test]
fn a_pause_is_counted_in_the_same_business_time_as_the_clock() {
    let mut clocks = started(monday("10:00"));
    // From Monday 16:00 to Tuesday 10:00: two business hours of pause, not eighteen.
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (Event::Paused, monday("16:00"))]);
    assert_eq!(clocks.columns(), DueColumns::default(), "no deadline while waiting for the customer");
    quietly(&mut clocks, &[(Event::Resumed, tuesday("10:00"))]);
    let resolution = clocks.clock(Resolution);
    assert_eq!(resolution.paused_seconds(tuesday("10:00"), &office()), 2 * HOUR);
    assert_eq!(resolution.used_seconds(tuesday("10:00"), &office()), 6 * HOUR);
    assert_eq!(resolution_due(&clocks), Some(tuesday("12:00")));
}

#[test]
fn a_clock_in_calendar_hours_runs_and_pauses_by_night() {
    let policy = policy_with(|form| form.hours.resolution = Hours::Calendar);
    let mut clocks = Clocks::start(&policy.terms(Priority::High), monday("16:00"), &office());
    assert_eq!(resolution_due(&clocks), Some(tuesday("00:00")));
    assert_eq!(clocks.columns().first_response_due_at, Some(monday("17:00")), "the answer keeps business hours");
    quietly(&mut clocks, &[(Event::Paused, monday("17:00")), (Event::Resumed, monday("20:00"))]);
    assert_eq!(resolution_due(&clocks), Some(tuesday("03:00")));
    assert_eq!(clocks.clock(Resolution).paused_seconds(monday("21:00"), &office()), 3 * HOUR);
}

#[test]
fn pausing_twice_and_resuming_what_runs_change_nothing() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::Resumed, monday("10:05"))]);
    assert_eq!(clocks, started(monday("10:00")));
    quietly(&mut clocks, &[(Event::Paused, monday("10:10"))]);
    let paused = clocks.clone();
    quietly(&mut clocks, &[(Event::Paused, monday("10:20"))]);
    assert_eq!(clocks, paused);
}

#[test]
fn another_priority_carries_over_what_is_used_up_and_paused() {
    let mut clocks = started(monday("09:00"));
    quietly(
        &mut clocks,
        &[(Event::AgentReplied, monday("09:30")), (Event::Paused, monday("11:00")), (Event::Resumed, monday("12:00"))],
    );
    let medium = policy_with(|_| {}).terms(Priority::Medium);
    let calendar = office();
    quietly(&mut clocks, &[(Event::TermsChanged { terms: &medium, calendar: &calendar }, monday("13:00"))]);
    let resolution = clocks.clock(Resolution);
    assert_eq!(resolution.used_seconds(monday("13:00"), &calendar), 3 * HOUR);
    assert_eq!(resolution.paused_seconds(monday("13:00"), &calendar), HOUR);
    // 21 of 24 hours are left: 4 today, 8 on Tuesday, 8 on Wednesday, 1 on Thursday.
    assert_eq!(resolution_due(&clocks), Some(at("2026-11-26T10:00:00Z")));
}

#[test]
fn a_higher_priority_that_is_already_overdue_breaches_at_once() {
    let mut clocks = started(monday("09:00"));
    let calendar = office();
    quietly(&mut clocks, &[(Event::AgentReplied, monday("09:30"))]);
    let critical = policy_with(|_| {}).terms(Priority::Critical);
    quietly(&mut clocks, &[(Event::TermsChanged { terms: &critical, calendar: &calendar }, monday("13:00"))]);
    assert_eq!(resolution_due(&clocks), Some(monday("13:00")));
    assert_eq!(state(&clocks, monday("13:00"), &calendar).map(|light| light.state), Some(State::Breached));
    let due = clocks.take_due(monday("13:01"), &calendar);
    assert_eq!(due, [DueMoment { clock: Resolution, kind: DueKind::Breach, at: monday("13:00") }]);
    assert_eq!(clocks.clock(Resolution).used_seconds(monday("13:00"), &calendar), 4 * HOUR);
}

#[test]
fn a_lower_priority_puts_the_deadline_ahead_again_and_may_be_missed_once_more() {
    let mut clocks = started(monday("09:00"));
    let calendar = office();
    quietly(&mut clocks, &[(Event::AgentReplied, monday("09:30"))]);
    let breach = |at| DueMoment { clock: Resolution, kind: DueKind::Breach, at };
    assert_eq!(clocks.take_due(monday("17:01"), &calendar), [breach(monday("17:00"))]);
    let medium = policy_with(|_| {}).terms(Priority::Medium);
    quietly(&mut clocks, &[(Event::TermsChanged { terms: &medium, calendar: &calendar }, tuesday("09:00"))]);
    assert_eq!(clocks.clock(Resolution).breached_at(), None);
    let wednesday = at("2026-11-25T17:00:00Z");
    assert_eq!(clocks.take_due(at("2026-11-25T17:00:01Z"), &calendar), [breach(wednesday)]);
}

#[test]
fn a_breach_that_the_timer_has_not_told_is_found_by_the_change_of_terms() {
    let mut clocks = started(monday("09:00"));
    let calendar = office();
    let medium = policy_with(|_| {}).terms(Priority::Medium);
    let found = clocks.apply(Event::TermsChanged { terms: &medium, calendar: &calendar }, monday("10:30"), &calendar);
    assert_eq!(found, [DueMoment { clock: FirstResponse, kind: DueKind::Breach, at: monday("10:00") }]);
}

#[test]
fn another_policy_counts_on_by_its_own_calendar() {
    let mut clocks = started(monday("16:00"));
    let night = Calendar::around_the_clock(chrono_tz::UTC);
    let terms = high();
    quietly(&mut clocks, &[(Event::TermsChanged { terms: &terms, calendar: &night }, monday("16:30"))]);
    assert_eq!(resolution_due(&clocks), Some(tuesday("00:00")), "half an hour is used up, seven and a half are left");
}

#[test]
fn no_policy_any_more_means_no_deadline_and_no_breach() {
    let mut clocks = started(monday("09:00"));
    let calendar = office();
    let nothing = Terms::default();
    let _ = clocks.apply(Event::TermsChanged { terms: &nothing, calendar: &calendar }, monday("12:00"), &calendar);
    assert_eq!(clocks.columns(), DueColumns::default());
    assert_eq!(clocks.due_moments(&calendar), []);
    assert_eq!(clocks.policy_id(), None);
}

#[test]
fn a_holiday_added_to_the_calendar_moves_the_deadline() {
    let mut clocks = started(monday("10:00"));
    let mut form = office().form().clone();
    form.holidays.push(crate::business_time::HolidayIn::on("2026-11-24"));
    let edited = Calendar::parse(&form).unwrap();
    quietly(&mut clocks, &[(Event::CalendarEdited { calendar: &edited }, monday("10:30"))]);
    assert_eq!(resolution_due(&clocks), Some(at("2026-11-25T10:00:00Z")));
}

#[test]
fn a_holiday_entered_late_gives_the_day_back() {
    let mut clocks = started(monday("10:00"));
    let calendar = office();
    let _ = clocks.take_due(monday("12:00"), &calendar);
    let mut form = calendar.form().clone();
    form.holidays.push(crate::business_time::HolidayIn::on("2026-11-23"));
    let edited = Calendar::parse(&form).unwrap();
    quietly(&mut clocks, &[(Event::CalendarEdited { calendar: &edited }, monday("12:30"))]);
    assert_eq!(clocks.columns().first_response_due_at, Some(tuesday("10:00")));
    assert_eq!(clocks.clock(FirstResponse).breached_at(), None);
}

#[test]
fn a_calendar_that_gives_time_back_warns_again_of_what_is_ahead_again() {
    let mut clocks = started(monday("10:00"));
    let calendar = office();
    let told = clocks.take_due(monday("10:55"), &calendar);
    assert_eq!(told.last().map(|moment| moment.kind), Some(DueKind::Warning(90)));
    let mut form = calendar.form().clone();
    form.holidays.push(crate::business_time::HolidayIn::on("2026-11-23"));
    let edited = Calendar::parse(&form).unwrap();
    quietly(&mut clocks, &[(Event::CalendarEdited { calendar: &edited }, monday("10:56"))]);
    let kinds: Vec<_> = clocks
        .due_moments(&edited)
        .into_iter()
        .filter(|moment| moment.clock == FirstResponse)
        .map(|moment| moment.kind)
        .collect();
    assert_eq!(kinds, [DueKind::Warning(75), DueKind::Warning(90), DueKind::Breach]);
}

#[test]
fn a_warning_is_not_told_again_when_an_edit_changes_nothing_for_it() {
    let policy = policy_with(|form| {
        form.warn_percent = vec![33];
        form.targets.high.first_response_minutes = Some(1);
    });
    let calendar = office();
    let mut clocks = Clocks::start(&policy.terms(Priority::High), monday("10:00"), &calendar);
    // A third of a minute, rounded down: the nineteenth second is 31 percent of it.
    let then = at("2026-11-23T10:00:19Z");
    assert_eq!(clocks.take_due(then, &calendar).len(), 1);
    quietly(&mut clocks, &[(Event::CalendarEdited { calendar: &calendar }, then)]);
    assert_eq!(clocks.take_due(then, &calendar), []);
}

#[test]
fn the_same_edit_twice_changes_nothing_more() {
    let mut clocks = started(monday("10:00"));
    let edited = Calendar::around_the_clock(chrono_tz::UTC);
    quietly(&mut clocks, &[(Event::CalendarEdited { calendar: &edited }, monday("10:30"))]);
    let once = clocks.clone();
    quietly(&mut clocks, &[(Event::CalendarEdited { calendar: &edited }, monday("10:45"))]);
    assert_eq!(clocks, once);
}

#[test]
fn reopening_goes_on_where_the_clock_stopped() {
    let mut clocks = started(monday("10:00"));
    quietly(
        &mut clocks,
        &[
            (Event::AgentReplied, monday("10:30")),
            (Event::Resolved, monday("12:00")),
            (Event::Reopened, tuesday("09:00")),
            (ASKED, tuesday("09:00")),
        ],
    );
    // Two of eight hours were used up; the night and the afternoon while resolved do not count.
    assert_eq!(resolution_due(&clocks), Some(tuesday("15:00")));
    assert_eq!(clocks.columns().next_response_due_at, Some(tuesday("10:00")));
}

#[test]
fn reopening_starts_anew_where_the_policy_says_so() {
    let policy = policy_with(|form| form.reopen = Reopen::Restart);
    let mut clocks = Clocks::start(&policy.terms(Priority::High), monday("10:00"), &office());
    quietly(
        &mut clocks,
        &[(Event::AgentReplied, monday("10:30")), (Event::Resolved, monday("12:00")), (Event::Reopened, tuesday("09:00"))],
    );
    assert_eq!(resolution_due(&clocks), Some(tuesday("17:00")));
}

#[test]
fn reopening_what_was_resolved_without_an_answer_waits_for_it_again() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::Resolved, monday("10:30")), (Event::Reopened, monday("14:00"))]);
    assert_eq!(clocks.columns().first_response_due_at, Some(monday("14:30")));
}

#[test]
fn a_question_about_a_resolved_ticket_waits_for_reopening() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (Event::Resolved, monday("12:00")), (ASKED, monday("12:30"))]);
    assert_eq!(clocks.columns(), DueColumns::default());
}

#[test]
fn a_merge_closes_the_childs_clocks_and_undoing_it_lets_them_go_on() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30")), (ASKED, monday("11:00")), (Event::Merged, monday("11:30"))]);
    assert_eq!(clocks.columns(), DueColumns::default());
    assert_eq!(clocks.due_moments(&office()), []);
    quietly(&mut clocks, &[(Event::Unmerged, monday("12:30"))]);
    assert_eq!(clocks.columns().next_response_due_at, Some(monday("13:00")));
    assert_eq!(resolution_due(&clocks), Some(tuesday("11:00")));
}

#[test]
fn undoing_a_merge_starts_nothing_that_a_resolution_had_ended() {
    let mut clocks = started(monday("10:00"));
    quietly(
        &mut clocks,
        &[
            (Event::AgentReplied, monday("10:30")),
            (ASKED, monday("11:00")),
            (Event::Resolved, monday("11:10")),
            (Event::Reopened, monday("12:00")),
            (Event::Merged, monday("13:00")),
            (Event::Unmerged, monday("14:00")),
        ],
    );
    assert_eq!(clocks.clock(NextResponse).phase(), Phase::Stopped(monday("11:10")));
    assert!(clocks.clock(Resolution).is_active());
}

#[test]
fn a_breach_that_was_told_before_a_merge_is_not_told_after_it() {
    let mut clocks = started(monday("10:00"));
    let breach = DueMoment { clock: FirstResponse, kind: DueKind::Breach, at: monday("11:00") };
    assert_eq!(clocks.apply(Event::Merged, monday("12:00"), &office()), [breach]);
    quietly(&mut clocks, &[(Event::Unmerged, monday("12:00"))]);
    assert_eq!(clocks.take_due(monday("12:30"), &office()), []);
    assert_eq!(clocks.clock(FirstResponse).breached_at(), Some(monday("11:00")));
}

#[test]
fn closing_meets_a_resolution_that_was_still_open() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::Closed, monday("10:30"))]);
    assert_eq!(clocks.clock(Resolution).met_at(), Some(monday("10:30")));
    quietly(&mut clocks, &[(Event::Resolved, monday("11:30"))]);
    assert_eq!(clocks.clock(Resolution).met_at(), Some(monday("10:30")), "the first end counts");
}

#[test]
fn an_event_with_a_moment_in_the_past_counts_nothing_twice() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::Paused, monday("09:30")), (Event::Resumed, monday("09:45"))]);
    assert_eq!(clocks, started(monday("10:00")));
}

#[test]
fn warnings_are_due_at_shares_of_business_time() {
    let mut clocks = started(monday("10:00"));
    quietly(&mut clocks, &[(Event::AgentReplied, monday("10:30"))]);
    let moment = |kind, at| DueMoment { clock: Resolution, kind, at };
    // 75 % of eight hours are six: 16:00. 90 % are 7:12, and the day ends after seven.
    assert_eq!(
        clocks.due_moments(&office()),
        [
            moment(DueKind::Warning(75), monday("16:00")),
            moment(DueKind::Warning(90), tuesday("09:12")),
            moment(DueKind::Breach, tuesday("10:00")),
        ]
    );
}

#[test]
fn each_warning_and_the_breach_are_told_exactly_once() {
    let mut clocks = started(monday("10:00"));
    let calendar = office();
    let mut told = Vec::new();
    for minute in 0..=24 * 60 + 1 {
        told.extend(clocks.take_due(monday("10:00") + chrono::Duration::minutes(minute), &calendar));
    }
    let kinds: Vec<_> = told.iter().map(|moment| (moment.clock, moment.kind)).collect();
    assert_eq!(
        kinds,
        [
            (FirstResponse, DueKind::Warning(75)),
            (FirstResponse, DueKind::Warning(90)),
            (FirstResponse, DueKind::Breach),
            (Resolution, DueKind::Warning(75)),
            (Resolution, DueKind::Warning(90)),
            (Resolution, DueKind::Breach),
        ]
    );
    assert_eq!(clocks.due_moments(&calendar), []);
}

#[test]
fn what_was_told_before_a_pause_is_not_told_after_it() {
    let mut clocks = started(monday("09:00"));
    let calendar = office();
    quietly(&mut clocks, &[(Event::AgentReplied, monday("09:10"))]);
    assert_eq!(clocks.take_due(monday("15:00"), &calendar).len(), 1);
    quietly(&mut clocks, &[(Event::Paused, monday("15:30")), (Event::Resumed, tuesday("09:00"))]);
    let kinds: Vec<_> = clocks.due_moments(&calendar).iter().map(|moment| moment.kind).collect();
    assert_eq!(kinds, [DueKind::Warning(90), DueKind::Breach]);
}

#[test]
fn a_timer_that_comes_late_tells_the_breach_and_drops_what_it_overtook() {
    let mut clocks = started(monday("10:00"));
    let late = clocks.take_due(monday("11:30"), &office());
    assert_eq!(late, [DueMoment { clock: FirstResponse, kind: DueKind::Breach, at: monday("11:00") }]);
    assert_eq!(clocks.take_due(monday("11:30"), &office()), []);
}

#[test]
fn a_late_answer_finds_the_breach_that_the_timer_has_not_told() {
    let mut clocks = started(monday("10:00"));
    let breach = DueMoment { clock: FirstResponse, kind: DueKind::Breach, at: monday("11:00") };
    assert_eq!(clocks.apply(Event::AgentReplied, monday("11:20"), &office()), [breach]);
    assert_eq!(clocks.take_due(monday("11:30"), &office()), [], "told once");
}

#[test]
fn a_lower_priority_warns_again_at_its_own_share() {
    let mut clocks = started(monday("09:00"));
    let calendar = office();
    quietly(&mut clocks, &[(Event::AgentReplied, monday("09:10"))]);
    let _ = clocks.take_due(monday("15:00"), &calendar);
    let medium = policy_with(|_| {}).terms(Priority::Medium);
    quietly(&mut clocks, &[(Event::TermsChanged { terms: &medium, calendar: &calendar }, monday("15:00"))]);
    assert_eq!(clocks.due_moments(&calendar)[0].kind, DueKind::Warning(75));
}

#[test]
fn a_calendar_without_working_time_gives_no_deadline() {
    let closed: Calendar = serde_json::from_str(r#"{"zone":"UTC"}"#).unwrap();
    let clocks = Clocks::start(&high(), monday("10:00"), &closed);
    assert_eq!(clocks.columns(), DueColumns::default());
    assert_eq!(clocks.due_moments(&closed), []);
}

#[test]
fn clocks_are_stored_compactly_and_come_back_the_same() {
    let mut clocks = started(at("2026-11-23T10:00:00.750Z"));
    let json = r#"{"policy":"slp_1","warn":[75,90],"reopen":"continue","first":{"target":{"seconds":3600,"hours":"business"},"phase":{"running":1795428000},"due":1795431600,"warn":1795430700},"next":{"target":{"seconds":3600,"hours":"business"},"phase":"idle"},"resolution":{"target":{"seconds":28800,"hours":"business"},"phase":{"running":1795428000},"due":1795514400,"warn":1795449600}}"#;
    assert_eq!(serde_json::to_string(&clocks).unwrap(), json);
    let _ = clocks.apply(Event::Paused, monday("12:00"), &office());
    let _ = clocks.apply(Event::Resumed, monday("12:30"), &office());
    let _ = clocks.take_due(monday("16:40"), &office());
    let stored = serde_json::to_string(&clocks).unwrap();
    assert_eq!(serde_json::from_str::<Clocks>(&stored).unwrap(), clocks);
}
