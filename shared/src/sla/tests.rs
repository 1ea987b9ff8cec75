//! Each promise about service levels, by example.

use chrono::{DateTime, Utc};

use super::*;
use crate::business_time::Calendar;

mod clocks;
mod laws;
mod misses;
mod policies;
mod showing;
mod tenant_configs;
mod thanks;

const HOUR: i64 = 3600;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

/// A moment of Monday 23 November 2026, `HH:MM` in UTC.
fn monday(time: &str) -> DateTime<Utc> {
    at(&format!("2026-11-23T{time}:00Z"))
}

/// A moment of the Tuesday after it.
fn tuesday(time: &str) -> DateTime<Utc> {
    at(&format!("2026-11-24T{time}:00Z"))
}

/// Nine to five from Monday to Friday, in UTC.
fn office() -> Calendar {
    let day = r#"[{"start":"09:00","end":"17:00"}]"#;
    let json = format!(
        r#"{{"zone":"UTC","week":{{"monday":{day},"tuesday":{day},"wednesday":{day},"thursday":{day},"friday":{day}}}}}"#
    );
    serde_json::from_str(&json).unwrap()
}

fn policy_with(change: impl FnOnce(&mut PolicyIn)) -> Policy {
    let mut form = PolicyIn::standard("Standard", "cal_1");
    change(&mut form);
    Policy::parse("slp_1", form).unwrap()
}

/// High priority of the standard policy: an answer in one hour, resolution in eight.
fn high() -> Terms {
    policy_with(|_| {}).terms(Priority::High)
}

fn started(time: DateTime<Utc>) -> Clocks {
    Clocks::start(&high(), time, &office())
}

/// Applies events that are expected to find no breach.
fn quietly(clocks: &mut Clocks, events: &[(Event<'_>, DateTime<Utc>)]) {
    for (event, at) in events {
        assert_eq!(clocks.apply(*event, *at, &office()), [], "{event:?}");
    }
}
