//! Which policy a ticket gets, and what it promises.

use super::*;

fn facts() -> Facts<'static> {
    Facts { customer_type: Some("gold"), organization: Some("org_1"), category: Some("billing"), priority: Priority::High }
}

fn named(id: &str, position: u32, conditions: Conditions) -> Policy {
    Policy::parse(id, PolicyIn { position, conditions, ..PolicyIn::standard(id, "cal_1") }).unwrap()
}

#[test]
fn the_standard_promises_are_those_of_the_specification() {
    let policy = policy_with(|_| {});
    let resolution = |priority| policy.terms(priority).resolution.unwrap().seconds / HOUR;
    assert_eq!(Priority::ALL.map(resolution), [2, 8, 24, 72]);
    let response = |priority| policy.terms(priority).first_response.unwrap().seconds / 60;
    assert_eq!(Priority::ALL.map(response), [30, 60, 240, 480]);
    assert_eq!(policy.terms(Priority::Low).warn_percent, [75, 90]);
    assert_eq!(policy.terms(Priority::Low).resolution.unwrap().hours, Hours::Business);
}

#[test]
fn the_first_policy_by_position_that_fits_is_taken() {
    let gold = Conditions { customer_types: vec!["gold".to_owned(), "platinum".to_owned()], ..Conditions::default() };
    let policies = [
        named("rest", 9, Conditions::default()),
        named("gold", 2, gold),
        named("urgent", 1, Conditions { priorities: vec![Priority::Critical], ..Conditions::default() }),
    ];
    assert_eq!(match_policy(&policies, &facts()).map(Policy::id), Some("gold"));
    let critical = Facts { priority: Priority::Critical, ..facts() };
    assert_eq!(match_policy(&policies, &critical).map(Policy::id), Some("urgent"));
    let plain = Facts { customer_type: None, ..facts() };
    assert_eq!(match_policy(&policies, &plain).map(Policy::id), Some("rest"));
    assert_eq!(match_policy(&policies[1..2], &plain), None);
}

#[test]
fn policies_at_the_same_position_are_tried_by_id() {
    let policies = [named("b", 1, Conditions::default()), named("a", 1, Conditions::default())];
    assert_eq!(match_policy(&policies, &facts()).map(Policy::id), Some("a"));
}

#[test]
fn all_conditions_of_a_policy_must_fit() {
    let one = |text: &str| vec![text.to_owned()];
    let all = Conditions {
        customer_types: one("gold"),
        organizations: one("org_1"),
        categories: one("billing"),
        priorities: vec![Priority::High],
    };
    assert!(named("p", 1, all.clone()).fits(&facts()));
    for odd in [
        Facts { customer_type: Some("silver"), ..facts() },
        Facts { organization: Some("org_2"), ..facts() },
        Facts { category: None, ..facts() },
        Facts { priority: Priority::Low, ..facts() },
    ] {
        assert!(!named("p", 1, all.clone()).fits(&odd), "{odd:?}");
    }
}

#[test]
fn every_fault_of_a_policy_is_named_by_its_field() {
    let mut form = PolicyIn::standard(" ", "");
    form.targets.high.first_response_minutes = Some(0);
    form.targets.low.resolution_minutes = Some(525_601);
    form.conditions.categories = vec!["ok".to_owned(), String::new()];
    form.warn_percent = vec![50, 100, 0];
    let faults: Vec<String> =
        Policy::parse("p", form).unwrap_err().0.iter().map(|fault| format!("{} {}", fault.path, fault.reason.code())).collect();
    assert_eq!(
        faults,
        [
            "name missing",
            "conditions.categories[1] missing",
            "calendar_id missing",
            "targets.high.first_response_minutes out_of_range",
            "targets.low.resolution_minutes out_of_range",
            "warn_percent[1] out_of_range",
            "warn_percent[2] out_of_range",
        ]
    );
}

#[test]
fn warnings_are_sorted_and_each_kept_once() {
    let policy = policy_with(|form| form.warn_percent = vec![90, 50, 90]);
    assert_eq!(policy.form().warn_percent, [50, 90]);
}

#[test]
fn a_policy_needs_only_a_name_and_a_calendar() {
    let form: PolicyIn = serde_json::from_str(r#"{"name":"Gold","calendar_id":"cal_1"}"#).unwrap();
    assert_eq!(form, PolicyIn::standard("Gold", "cal_1"));
    assert!(serde_json::from_str::<PolicyIn>(r#"{"name":"Gold","calendar_id":"cal_1","speed":1}"#).is_err());
}

#[test]
fn nothing_is_promised_where_a_target_is_absent() {
    let form: PolicyIn =
        serde_json::from_str(r#"{"name":"Gold","calendar_id":"cal_1","targets":{"low":{"first_response_minutes":60}}}"#).unwrap();
    let terms = Policy::parse("p", form).unwrap().terms(Priority::Low);
    assert_eq!((terms.next_response, terms.resolution), (None, None));
    let clocks = Clocks::start(&terms, monday("10:00"), &office());
    assert_eq!(clocks.columns().resolution_due_at, None);
    assert_eq!(clocks.columns().first_response_due_at, Some(monday("11:00")));
}

#[test]
fn priorities_are_read_as_they_are_written() {
    for priority in Priority::ALL {
        assert_eq!(Priority::parse(priority.as_str()), Some(priority));
        assert_eq!(serde_json::to_string(&priority).unwrap(), format!("\"{}\"", priority.as_str()));
    }
    assert_eq!(Priority::parse("Critical"), None);
    for kind in ClockKind::ALL {
        assert_eq!(ClockKind::parse(kind.as_str()), Some(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.as_str()));
    }
}

#[test]
fn a_preview_tells_when_a_ticket_would_be_due() {
    let policy = policy_with(|form| form.hours.first_response = Hours::Calendar);
    let friday = at("2026-11-20T16:30:00Z");
    let expected = Preview {
        first_response_due_at: Some(at("2026-11-20T17:30:00Z")),
        next_response_due_at: Some(monday("09:30")),
        resolution_due_at: Some(monday("16:30")),
    };
    assert_eq!(preview(&policy, Priority::High, friday, &office()), expected);
}
