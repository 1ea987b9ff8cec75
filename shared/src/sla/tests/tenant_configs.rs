//! The configuration of specification 2.11.2.

use serde_json::{Value, json};

use super::*;

/// As the specification writes it.
fn specified() -> Value {
    json!({
      "tenant_id": "client_001",
      "sla_rules": {
        "critical": {"response_time": 30, "resolution_time": 120},
        "high": {"response_time": 60, "resolution_time": 480},
        "medium": {"response_time": 240, "resolution_time": 1440},
        "low": {"response_time": 480, "resolution_time": 4320}
      },
      "business_hours": {
        "timezone": "Europe/Moscow",
        "workdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "hours": {"start": "09:00", "end": "18:00"}
      },
      "holidays": ["2024-01-01", "2024-01-02", "2024-03-08"]
    })
}

fn faults(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut config = specified();
    change(&mut config);
    let faults = from_tenant_config(&config).unwrap_err();
    faults.0.iter().map(|fault| format!("{} {}", fault.path, fault.reason.code())).collect()
}

#[test]
fn the_specified_configuration_is_accepted_as_it_stands() {
    let sla = from_tenant_config(&specified()).unwrap();
    assert_eq!(sla.tenant_id.as_deref(), Some("client_001"));
    assert_eq!(sla.policy.targets, TargetsPerPriority::default());
    let form = PolicyIn { name: "client_001".to_owned(), calendar_id: "cal_1".to_owned(), ..sla.policy };
    let policy = Policy::parse("slp_1", form).unwrap();
    // Thursday 7 March 2024, 17:30 in Moscow: the 8th is a holiday, then the weekend.
    let due = preview(&policy, Priority::High, at("2024-03-07T14:30:00Z"), &sla.calendar);
    assert_eq!(due.first_response_due_at, Some(at("2024-03-11T06:30:00Z")));
    assert_eq!(due.resolution_due_at, Some(at("2024-03-11T13:30:00Z")));
}

#[test]
fn a_priority_that_is_left_out_keeps_the_standard_promise() {
    let mut config = specified();
    config["sla_rules"] = json!({"low": {"response_time": 5, "resolution_time": null}});
    let targets = from_tenant_config(&config).unwrap().policy.targets;
    assert_eq!(targets.high, TargetsPerPriority::default().high);
    assert_eq!(targets.low.first_response_minutes, Some(5));
    assert_eq!(targets.low.resolution_minutes, None);
}

#[test]
fn holidays_may_be_left_out() {
    let mut config = specified();
    config.as_object_mut().unwrap().remove("holidays");
    assert!(from_tenant_config(&config).is_ok());
}

#[test]
fn every_fault_is_named_by_its_place_in_the_configuration() {
    let cases: [(&[&str], &str, Value); 9] = [
        (&["sla_rules.urgent unknown_field"], "/sla_rules/urgent", json!({})),
        (&["sla_rules.high.response_time wrong_type"], "/sla_rules/high/response_time", json!("60")),
        (&["sla_rules.high.response_time out_of_range"], "/sla_rules/high/response_time", json!(-1)),
        (&["business_hours.timezone unknown_zone"], "/business_hours/timezone", json!("Moscow")),
        (&["business_hours.workdays[1] unknown_value"], "/business_hours/workdays/1", json!("funday")),
        (&["business_hours.hours.end bad_time"], "/business_hours/hours/end", json!("6pm")),
        (&["holidays[2] bad_date"], "/holidays/2", json!("2024-02-30")),
        (&["holidays wrong_type"], "/holidays", json!("none")),
        (&["extra unknown_field"], "/extra", json!(1)),
    ];
    for (expected, pointer, value) in cases {
        let found = faults(|config| {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let parent = config.pointer_mut(parent).unwrap();
            match parent {
                Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
                other => other[name] = value,
            }
        });
        assert_eq!(found, expected, "{pointer}");
    }
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(
        faults(|config| *config = json!({})),
        ["sla_rules missing", "business_hours missing", "business_hours.timezone unknown_zone"]
    );
    assert_eq!(
        faults(|config| config["business_hours"] = json!({"timezone": "UTC"})),
        ["business_hours.hours missing", "business_hours.workdays missing"]
    );
    assert_eq!(faults(|config| *config = json!([])), [" wrong_type"]);
}
