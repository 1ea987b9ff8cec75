//! The SLA part of a tenant's configuration, read exactly as specification 2.11.2 writes it.
//!
//! `response_time` and `resolution_time` are minutes of working time. The response time is promised for the first and
//! for every later answer. A priority that the configuration leaves out keeps the standard promise.

use serde_json::{Map, Value};

use crate::business_time::{Calendar, CalendarIn, HolidayIn, IntervalIn, InvalidList, Reason, WeekIn};

use super::policy_form::{PolicyIn, TargetsPerPriority};
use super::priority::Priority;

/// The limit of a policy's promises, in minutes.
const MINUTES_MAX: u32 = 365 * 24 * 60;

/// What a tenant's configuration says about service levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantSla {
    /// The tenant that the configuration names, if it does.
    pub tenant_id: Option<String>,
    /// The working hours and holidays.
    pub calendar: Calendar,
    /// One policy for all tickets. Its name and the id of the stored calendar are the caller's to fill in.
    pub policy: PolicyIn,
}

/// Reads the configuration, or names every field that is wrong by its path in it.
pub fn from_tenant_config(config: &Value) -> Result<TenantSla, InvalidList> {
    let mut faults = InvalidList::default();
    let Some(config) = config.as_object() else {
        faults.push("", Reason::WrongType);
        return Err(faults);
    };
    known_fields("", config, &["tenant_id", "sla_rules", "business_hours", "holidays"], &mut faults);
    let tenant_id = match config.get("tenant_id") {
        None => None,
        Some(Value::String(id)) => Some(id.clone()),
        Some(_) => {
            faults.push("tenant_id", Reason::WrongType);
            None
        }
    };
    let targets = read_rules(config, &mut faults);
    let mut form = read_hours(config, &mut faults);
    form.holidays = read_holidays(config, &mut faults);
    let calendar = Calendar::parse(&form);
    // The faults that stand under names of the configuration say it all; the calendar's own paths only add what the
    // configuration cannot be blamed for earlier.
    match calendar {
        Ok(calendar) => faults.or(TenantSla { tenant_id, calendar, policy: PolicyIn { targets, ..PolicyIn::standard("", "") } }),
        Err(of_calendar) => {
            for fault in of_calendar.0 {
                let path = path_in_config(&fault.path);
                if !faults.0.iter().any(|known| known.path == path) {
                    faults.push(path, fault.reason);
                }
            }
            Err(faults)
        }
    }
}

fn read_rules(config: &Map<String, Value>, faults: &mut InvalidList) -> TargetsPerPriority {
    let mut targets = TargetsPerPriority::default();
    let Some(rules) = object(config, "sla_rules", faults) else { return targets };
    for (name, rule) in rules {
        let path = format!("sla_rules.{name}");
        let Some(priority) = Priority::parse(name) else {
            faults.push(path, Reason::UnknownField);
            continue;
        };
        let Some(rule) = rule.as_object() else {
            faults.push(path, Reason::WrongType);
            continue;
        };
        known_fields(&path, rule, &["response_time", "resolution_time"], faults);
        let target = targets.get_mut(priority);
        target.first_response_minutes = minutes(&path, "response_time", rule, faults);
        target.next_response_minutes = target.first_response_minutes;
        target.resolution_minutes = minutes(&path, "resolution_time", rule, faults);
    }
    targets
}

fn minutes(path: &str, name: &str, rule: &Map<String, Value>, faults: &mut InvalidList) -> Option<u32> {
    let value = rule.get(name)?;
    if value.is_null() {
        return None;
    }
    let minutes = value.as_u64().and_then(|minutes| u32::try_from(minutes).ok());
    let valid = minutes.filter(|minutes| (1..=MINUTES_MAX).contains(minutes));
    if valid.is_none() {
        let reason = if value.is_number() { Reason::OutOfRange { min: 1, max: MINUTES_MAX } } else { Reason::WrongType };
        faults.push(format!("{path}.{name}"), reason);
    }
    valid
}

fn read_hours(config: &Map<String, Value>, faults: &mut InvalidList) -> CalendarIn {
    let mut form = CalendarIn::default();
    let Some(hours) = object(config, "business_hours", faults) else { return form };
    known_fields("business_hours", hours, &["timezone", "workdays", "hours"], faults);
    if let Some(zone) = text("business_hours", "timezone", hours, faults) {
        form.zone = zone;
    }
    let interval = match hours.get("hours").map(Value::as_object) {
        None => {
            faults.push("business_hours.hours", Reason::Missing);
            None
        }
        Some(None) => {
            faults.push("business_hours.hours", Reason::WrongType);
            None
        }
        Some(Some(bounds)) => {
            known_fields("business_hours.hours", bounds, &["start", "end"], faults);
            let start = text("business_hours.hours", "start", bounds, faults);
            let end = text("business_hours.hours", "end", bounds, faults);
            start.zip(end).map(|(start, end)| IntervalIn { start, end })
        }
    };
    form.week = read_workdays(hours, interval.as_ref(), faults);
    form
}

fn read_workdays(hours: &Map<String, Value>, interval: Option<&IntervalIn>, faults: &mut InvalidList) -> WeekIn {
    let mut week = WeekIn::default();
    let Some(days) = hours.get("workdays") else {
        faults.push("business_hours.workdays", Reason::Missing);
        return week;
    };
    let Some(days) = days.as_array() else {
        faults.push("business_hours.workdays", Reason::WrongType);
        return week;
    };
    faults.check_count("business_hours.workdays", days.len(), 7);
    for (index, day) in days.iter().enumerate().take(7) {
        let path = format!("business_hours.workdays[{index}]");
        let Some(name) = day.as_str() else {
            faults.push(path, Reason::WrongType);
            continue;
        };
        match week.day_mut(&name.to_ascii_lowercase()) {
            None => faults.push(path, Reason::UnknownValue),
            Some(intervals) => *intervals = interval.cloned().into_iter().collect(),
        }
    }
    week
}

fn read_holidays(config: &Map<String, Value>, faults: &mut InvalidList) -> Vec<HolidayIn> {
    let Some(value) = config.get("holidays") else { return Vec::new() };
    let Some(dates) = value.as_array() else {
        faults.push("holidays", Reason::WrongType);
        return Vec::new();
    };
    let mut holidays = Vec::new();
    for (index, date) in dates.iter().enumerate() {
        match date.as_str() {
            Some(date) => holidays.push(HolidayIn::on(date)),
            None => faults.push(format!("holidays[{index}]"), Reason::WrongType),
        }
    }
    holidays
}

fn object<'a>(parent: &'a Map<String, Value>, name: &str, faults: &mut InvalidList) -> Option<&'a Map<String, Value>> {
    match parent.get(name).map(Value::as_object) {
        None => faults.push(name, Reason::Missing),
        Some(None) => faults.push(name, Reason::WrongType),
        Some(Some(object)) => return Some(object),
    }
    None
}

fn text(path: &str, name: &str, parent: &Map<String, Value>, faults: &mut InvalidList) -> Option<String> {
    match parent.get(name).map(Value::as_str) {
        None => faults.push(format!("{path}.{name}"), Reason::Missing),
        Some(None) => faults.push(format!("{path}.{name}"), Reason::WrongType),
        Some(Some(text)) => return Some(text.to_owned()),
    }
    None
}

fn known_fields(path: &str, object: &Map<String, Value>, known: &[&str], faults: &mut InvalidList) {
    for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        faults.push(path, Reason::UnknownField);
    }
}

/// The calendar's path of a fault, in the names of the configuration.
fn path_in_config(path: &str) -> String {
    if path == "zone" {
        return "business_hours.timezone".to_owned();
    }
    if path.starts_with("week.") {
        let field = path.rsplit_once('.').map_or("", |(_, field)| field);
        return format!("business_hours.hours.{field}");
    }
    path.strip_suffix(".date").unwrap_or(path).to_owned()
}
