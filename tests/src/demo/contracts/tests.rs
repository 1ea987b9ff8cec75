use super::*;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use shared::business_time::{business_between, is_open};
use shared::sla::{Facts, Policy, match_policy};

use crate::demo::calendar::instant;
use crate::demo::{TENANTS, people};

/// Working hours of a local date.
fn hours(language: Language, date: &str) -> i64 {
    let tenant = TENANTS.iter().find(|tenant| tenant.language == language).unwrap();
    let day: NaiveDate = date.parse().unwrap();
    let (from, to) = (instant(tenant.zone, day, 0), instant(tenant.zone, day.succ_opt().unwrap(), 0));
    business_between(office(language), from, to) / 3600
}

#[test]
fn russians_rest_and_work_by_the_production_calendar() {
    for (date, expected) in [
        ("2025-05-08", 0),
        ("2025-11-01", 8),
        ("2025-11-03", 0),
        ("2026-01-09", 0),
        ("2026-03-09", 0),
        ("2026-05-08", 8),
        ("2026-11-03", 8),
        ("2026-11-05", 9),
        ("2026-11-07", 0),
    ] {
        assert_eq!(hours(Language::Ru, date), expected, "{date}");
    }
    // The working hours of the 40-hour week by the official calendar: 247 days of 8 hours less 4 shortened ones in 2025 and 2026;
    // an office day of 9 to 18 holds the hour of lunch, too.
    for year in [2025, 2026] {
        let (from, to) = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
        let day = |text: &str| instant(TENANTS[0].zone, text.parse().unwrap(), 0);
        assert_eq!(business_between(office(Language::Ru), day(&from), day(&to)) / 3600, 247 * 9 - 4, "{year}");
    }
}

#[test]
fn federal_holidays_are_kept_on_the_day_they_are_observed() {
    for (date, expected) in [
        ("2026-01-19", 0),
        ("2026-05-25", 0),
        ("2026-07-03", 0),
        ("2026-07-06", 10),
        ("2026-11-26", 0),
        ("2027-06-18", 0),
        ("2027-07-05", 0),
        ("2027-12-24", 0),
        ("2027-12-31", 0),
    ] {
        assert_eq!(hours(Language::En, date), expected, "{date}");
    }
}

#[test]
fn fridays_are_short_in_the_emirates_and_the_feasts_are_free() {
    for (date, expected) in
        [("2026-11-26", 9), ("2026-11-27", 4), ("2026-11-28", 0), ("2026-12-02", 0), ("2025-06-05", 0), ("2026-05-27", 0)]
    {
        assert_eq!(hours(Language::Ar, date), expected, "{date}");
    }
}

#[test]
fn every_desk_promises_something_to_everybody_and_more_to_those_who_pay() {
    let now: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap();
    for tenant in &TENANTS {
        let people = people::of_tenant(1, crate::demo::Size::Small, tenant, now - TimeDelta::days(60), now);
        let contracts = of(tenant, &people.organizations);
        for calendar in &contracts.calendars {
            let hours = Calendar::parse(&calendar.form).unwrap_or_else(|list| panic!("{}: {list:?}", calendar.name));
            assert_eq!(hours.zone(), tenant.zone, "{}", calendar.name);
        }
        let always = contracts.calendars.iter().find(|calendar| calendar.hours == Hours::AroundTheClock).unwrap();
        assert!(is_open(&Calendar::parse(&always.form).unwrap(), now));
        let parsed: Vec<Policy> = contracts
            .policies
            .iter()
            .enumerate()
            .map(|(nth, policy)| {
                let mut form = policy.form.clone();
                form.calendar_id = format!("{:?}", policy.hours);
                form.conditions.organizations.clone_from(&policy.organizations);
                Policy::parse(nth.to_string(), form).unwrap()
            })
            .collect();
        let find = |customer_type, organization, category, priority| {
            match_policy(&parsed, &Facts { customer_type, organization, category, priority }).map(Policy::id)
        };
        assert_eq!(find(Some("vip"), None, Some("incident"), Priority::Critical), Some("0"));
        assert_eq!(find(Some("vip"), None, Some("incident"), Priority::Low), Some("1"));
        let own = people.organizations[2].key.as_str();
        assert_eq!(find(Some("standard"), Some(own), Some("change_request"), Priority::Low), Some("2"));
        assert_eq!(find(Some("standard"), None, Some("change_request"), Priority::Low), Some("3"));
        assert_eq!(find(None, None, None, Priority::Medium), Some("4"));
        let resolution: Vec<_> = [Priority::Critical, Priority::High, Priority::Medium, Priority::Low]
            .map(|priority| parsed[4].terms(priority).resolution.unwrap().seconds / 3600)
            .to_vec();
        assert_eq!(resolution, [2, 8, 24, 72]);
    }
}
