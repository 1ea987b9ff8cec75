//! Public holidays from an iCalendar file (RFC 5545), as published by states and offices.
//!
//! Only all-day events count: an event with a time of day is a meeting, not a holiday. A yearly rule becomes a yearly
//! holiday, with an end or a count it becomes single dates. A rule that cannot be kept exactly (the fourth Thursday)
//! is refused with the name of its event: half an import would be wrong silently.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use icalendar::{Component, DatePerhapsTime};

use super::form::HolidayIn;

/// Bytes of a file: the holidays of one country for ten years are a tenth of it.
pub const ICAL_BYTES_MAX: usize = 512 * 1024;
/// Events of a file.
pub const EVENTS_MAX: usize = 2000;
/// Holidays that one import makes, the same as one calendar holds.
const HOLIDAYS_MAX: usize = 400;
/// How deep parts stand within each other: a calendar, its zone, the zone's summer time, and one to spare.
const DEPTH_MAX: usize = 4;
/// Days of one event: a school holiday at most.
const EVENT_DAYS_MAX: u64 = 92;
const NAME_CHARS_MAX: usize = 120;

/// Why an iCalendar file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IcalError {
    /// The text is not an iCalendar file.
    #[error("not an iCalendar file")]
    Malformed,
    /// The file, its events or its holidays are more than the limit.
    #[error("too large: at most {limit} {unit}")]
    TooLarge {
        /// What was counted: `bytes`, `events`, `holidays` or `days`.
        unit: &'static str,
        /// The greatest number.
        limit: usize,
    },
    /// An event repeats by a rule that a calendar cannot keep exactly.
    #[error("the rule of the event {summary:?} is not supported")]
    UnsupportedRule {
        /// The name of the event.
        summary: String,
    },
    /// An all-day event ends before it starts.
    #[error("the dates of the event {summary:?} are out of order")]
    BadDates {
        /// The name of the event.
        summary: String,
    },
}

/// The holidays of an iCalendar file, sorted, each date once. Events with a time of day and cancelled ones are left
/// out; a file without any holiday gives an empty list.
pub fn holidays_from_ical(text: &str) -> Result<Vec<HolidayIn>, IcalError> {
    if text.len() > ICAL_BYTES_MAX {
        return Err(IcalError::TooLarge { unit: "bytes", limit: ICAL_BYTES_MAX });
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if !is_well_nested(&icalendar::parser::unfold(text)) {
        return Err(IcalError::Malformed);
    }
    let calendar = icalendar::Calendar::from_str(text).map_err(|_| IcalError::Malformed)?;
    let mut found = BTreeMap::new();
    for (index, event) in calendar.events().enumerate() {
        if index >= EVENTS_MAX {
            return Err(IcalError::TooLarge { unit: "events", limit: EVENTS_MAX });
        }
        if event.property_value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            continue;
        }
        let Some(DatePerhapsTime::Date(first)) = event.get_start() else { continue };
        let name: String = event.get_summary().unwrap_or_default().trim().chars().take(NAME_CHARS_MAX).collect();
        for day in days_of(event, first, &name)? {
            for key in repeated(event, first, day, &name)? {
                found.entry(key).or_insert_with(|| name.clone());
                if found.len() > HOLIDAYS_MAX {
                    return Err(IcalError::TooLarge { unit: "holidays", limit: HOLIDAYS_MAX });
                }
            }
        }
    }
    Ok(found.into_iter().map(|(key, name)| key.into_holiday(name)).collect())
}

/// Whether the text is one calendar whose parts open and close in pairs, not too deep. The parser descends by
/// recursion, so a file of nothing but openings would exhaust the stack.
fn is_well_nested(text: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    for (index, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let line = line.to_ascii_uppercase();
        if let Some(name) = line.strip_prefix("BEGIN:") {
            if open.len() >= DEPTH_MAX || (open.is_empty() && (index > 0 || name != "VCALENDAR")) {
                return false;
            }
            open.push(name.to_owned());
        } else if let Some(name) = line.strip_prefix("END:")
            && open.pop().as_deref() != Some(name)
        {
            return false;
        }
    }
    open.is_empty()
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Yearly(u32, u32),
    Single(NaiveDate),
}

impl Key {
    fn into_holiday(self, name: String) -> HolidayIn {
        let holiday = match self {
            Self::Yearly(month, day) => HolidayIn::every_year(format!("{month:02}-{day:02}")),
            Self::Single(date) => HolidayIn::on(date.format("%Y-%m-%d").to_string()),
        };
        HolidayIn { name, ..holiday }
    }
}

/// The dates of an all-day event: DTEND is the day after the last one; without it the event has one day.
fn days_of(event: &icalendar::Event, first: NaiveDate, name: &str) -> Result<Vec<NaiveDate>, IcalError> {
    let out_of_order = || IcalError::BadDates { summary: name.to_owned() };
    let end = match event.get_end() {
        Some(end) => NaiveDate::from(end),
        None => first
            .checked_add_days(Days::new(event.property_value("DURATION").and_then(whole_days).unwrap_or(1)))
            .ok_or_else(out_of_order)?,
    };
    let count = u64::try_from((end - first).num_days()).map_err(|_| out_of_order())?;
    if count > EVENT_DAYS_MAX {
        return Err(IcalError::TooLarge { unit: "days", limit: 92 });
    }
    // Some writers give the end of a one-day event as its start.
    Ok((0..count.max(1)).filter_map(|offset| first.checked_add_days(Days::new(offset))).collect())
}

/// Reads `P3D` and `P2W`.
fn whole_days(text: &str) -> Option<u64> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    match (text.strip_suffix('D'), text.strip_suffix('W')) {
        (Some(days), _) => days.parse().ok().filter(|days| *days > 0),
        (_, Some(weeks)) => weeks.parse::<u64>().ok().filter(|weeks| *weeks > 0)?.checked_mul(7),
        _ => None,
    }
}

/// One day of an event, which starts on `first`, by its rule of repetition.
fn repeated(event: &icalendar::Event, first: NaiveDate, day: NaiveDate, name: &str) -> Result<Vec<Key>, IcalError> {
    let unsupported = || IcalError::UnsupportedRule { summary: name.to_owned() };
    let more_dates = ["RDATE", "EXDATE"]
        .iter()
        .any(|key| event.properties().contains_key(*key) || event.multi_properties().contains_key(*key));
    let several_rules = event.multi_properties().get("RRULE").is_some_and(|rules| rules.len() > 1);
    if more_dates || several_rules {
        return Err(unsupported());
    }
    let rule = event
        .property_value("RRULE")
        .or_else(|| event.multi_properties().get("RRULE").and_then(|rules| rules.first()).map(icalendar::Property::value));
    let Some(rule) = rule else { return Ok(vec![Key::Single(day)]) };
    let rule = YearlyRule::parse(rule, first).ok_or_else(unsupported)?;
    if rule.until.is_none() && rule.count.is_none() {
        return Ok(vec![Key::Yearly(day.month(), day.day())]);
    }
    let in_year = |offset: i32| NaiveDate::from_ymd_opt(day.year().checked_add(offset)?, day.month(), day.day());
    let last = i32::try_from(HOLIDAYS_MAX).unwrap_or(i32::MAX);
    let keys = (0..=last)
        .filter_map(in_year)
        .take_while(|date| rule.until.is_none_or(|until| *date <= until))
        .take(rule.count.unwrap_or(HOLIDAYS_MAX))
        .map(Key::Single);
    Ok(keys.collect())
}

struct YearlyRule {
    until: Option<NaiveDate>,
    count: Option<usize>,
}

impl YearlyRule {
    /// A rule that repeats the very date each year; other rules are `None`.
    fn parse(rule: &str, first: NaiveDate) -> Option<Self> {
        let mut yearly = false;
        let mut parsed = Self { until: None, count: None };
        for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=')?;
            match key.to_ascii_uppercase().as_str() {
                "FREQ" => yearly = value.eq_ignore_ascii_case("YEARLY"),
                "INTERVAL" if value == "1" => {}
                "WKST" => {}
                "BYMONTH" if value.parse() == Ok(first.month()) => {}
                "BYMONTHDAY" if value.parse() == Ok(first.day()) => {}
                "COUNT" => parsed.count = Some(value.parse().ok()?),
                "UNTIL" => parsed.until = Some(NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?),
                _ => return None,
            }
        }
        yearly.then_some(parsed)
    }
}
