//! The calendar as people and the database write it: JSON in, the same JSON stored and shown.
//!
//! These types hold anything of the right shape; only [`super::Calendar::parse`] makes a calendar of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A calendar of working time, as sent, stored and shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarIn {
    /// IANA time zone in which all times and dates of the calendar are meant.
    #[schema(example = "Europe/Moscow")]
    pub zone: String,
    /// Every day from 00:00 to 24:00; then `week` stays empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub around_the_clock: bool,
    /// The intervals of an ordinary week. A day without intervals is closed.
    #[serde(default, skip_serializing_if = "WeekIn::is_empty")]
    pub week: WeekIn,
    /// Dates with hours of their own: special working days, shortened days. They win over holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OverrideIn>,
    /// Closed or shortened dates, single or yearly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidayIn>,
}

/// The working intervals of each weekday.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekIn {
    /// Monday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monday: Vec<IntervalIn>,
    /// Tuesday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tuesday: Vec<IntervalIn>,
    /// Wednesday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wednesday: Vec<IntervalIn>,
    /// Thursday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thursday: Vec<IntervalIn>,
    /// Friday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub friday: Vec<IntervalIn>,
    /// Saturday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saturday: Vec<IntervalIn>,
    /// Sunday's intervals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sunday: Vec<IntervalIn>,
}

impl WeekIn {
    /// Whether no day has an interval.
    pub fn is_empty(&self) -> bool {
        self.days().iter().all(|(_, intervals)| intervals.is_empty())
    }

    /// The days from Monday on, each with its name.
    pub fn days(&self) -> [(&'static str, &[IntervalIn]); 7] {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }

    /// The intervals of a day by its English name in lower case.
    pub fn day_mut(&mut self, name: &str) -> Option<&mut Vec<IntervalIn>> {
        match name {
            "monday" => Some(&mut self.monday),
            "tuesday" => Some(&mut self.tuesday),
            "wednesday" => Some(&mut self.wednesday),
            "thursday" => Some(&mut self.thursday),
            "friday" => Some(&mut self.friday),
            "saturday" => Some(&mut self.saturday),
            "sunday" => Some(&mut self.sunday),
            _ => None,
        }
    }
}

/// A working interval in local time. An end before the start means the next morning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntervalIn {
    /// `HH:MM`, from 00:00 to 23:59.
    #[schema(example = "09:00")]
    pub start: String,
    /// `HH:MM`, up to 24:00.
    #[schema(example = "18:00")]
    pub end: String,
}

impl IntervalIn {
    /// An interval of two times `HH:MM`.
    pub fn new(start: impl Into<String>, end: impl Into<String>) -> Self {
        Self { start: start.into(), end: end.into() }
    }
}

/// One date with hours of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideIn {
    /// `YYYY-MM-DD` in the calendar's zone.
    #[schema(example = "2026-12-31")]
    pub date: String,
    /// The intervals of that date instead of the weekday's; none means closed.
    #[serde(default)]
    pub intervals: Vec<IntervalIn>,
    /// What the day is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// A holiday: either `date` or `yearly` is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayIn {
    /// A single date, `YYYY-MM-DD` in the calendar's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-01-02")]
    pub date: Option<String>,
    /// A date of every year, `MM-DD`. 02-29 is kept in leap years only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "01-07")]
    pub yearly: Option<String>,
    /// What the holiday is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The hours that are worked all the same (a half-day); none means closed all day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intervals: Vec<IntervalIn>,
}

impl HolidayIn {
    /// A single date `YYYY-MM-DD`, closed all day.
    pub fn on(date: impl Into<String>) -> Self {
        Self { date: Some(date.into()), ..Self::default() }
    }

    /// The date `MM-DD` of every year, closed all day.
    pub fn every_year(month_day: impl Into<String>) -> Self {
        Self { yearly: Some(month_day.into()), ..Self::default() }
    }
}
