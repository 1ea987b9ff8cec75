//! SLA policies and business calendars.

use serde::Serialize;

use super::{Choice, Form, Moment};

/// `GET /agent/sla/policies`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Policies {
    /// In the order in which they are matched.
    pub policies: Vec<PolicyRow>,
    /// Whether the person may change them.
    pub may_edit: bool,
    /// The "when would this be due" form: fields `priority`, `customer_type`, `created_at`.
    pub preview: Form,
    /// Its answer.
    #[serde(default)]
    pub answer: Option<PreviewAnswer>,
}

/// One policy in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PolicyRow {
    /// Id, for `/agent/sla/policies/{id}`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Place in the order, from 1.
    pub position: i64,
    /// Whether it takes part.
    pub enabled: bool,
    /// Name of its calendar.
    pub calendar: String,
    /// Conditions for reading, joined by the handler: organizations, customer types, categories; empty matches everything.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// Stable names of the priorities that it is for; empty is all.
    #[serde(default)]
    pub priorities: Vec<String>,
    /// Four rows: critical, high, medium, low.
    pub targets: Vec<Target>,
    /// In which hours each promise counts.
    pub business: Business,
}

/// Which promises count in business hours (else around the clock).
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Business {
    /// First response.
    pub first_response: bool,
    /// Each further response.
    pub next_response: bool,
    /// Resolution.
    pub resolution: bool,
}

/// What a policy promises to one priority. Minutes; none means no such promise.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Target {
    /// Stable name of the priority.
    pub priority: String,
    /// First response.
    #[serde(default)]
    pub first_response: Option<Minutes>,
    /// Each further response.
    #[serde(default)]
    pub next_response: Option<Minutes>,
    /// Resolution.
    #[serde(default)]
    pub resolution: Option<Minutes>,
}

/// Minutes, split for the Fluent message `span`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Minutes {
    /// All of them.
    pub total: i64,
    /// Whole hours.
    pub hours: i64,
    /// The rest.
    pub minutes: i64,
}

impl Minutes {
    /// Splits a number of minutes.
    pub fn new(total: i64) -> Self {
        Self { total, hours: total / 60, minutes: total % 60 }
    }
}

/// What `POST /agent/sla/policies/preview` found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PreviewAnswer {
    /// Policy that matched; empty if none did.
    pub policy: String,
    /// Due moments, none without such a promise.
    #[serde(default)]
    pub first_response: Option<Moment>,
    /// Next response.
    #[serde(default)]
    pub next_response: Option<Moment>,
    /// Resolution.
    #[serde(default)]
    pub resolution: Option<Moment>,
}

/// `GET /agent/sla/policies/new` and `/{id}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PolicyEdit {
    /// Empty for a new one.
    pub id: String,
    /// Fields `name`, `position`, `enabled`, `customer_type`, `warn_percent`.
    pub form: Form,
    /// Calendars, with the present one selected.
    pub calendars: Vec<Choice>,
    /// Organizations, with the matched ones selected.
    pub organizations: Vec<Choice>,
    /// Categories, likewise.
    pub categories: Vec<Choice>,
    /// Four rows: critical, high, medium, low.
    pub targets: Vec<TargetCells>,
    /// In which hours each promise counts.
    pub business: Business,
    /// Whether opening a ticket again starts its resolution clock anew.
    pub reopen_restart: bool,
    /// Whether mails about its promises wait for working time.
    pub notices_in_hours: bool,
    /// Version that the form sends back.
    pub version: i64,
}

/// One row of the form's promises.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TargetCells {
    /// Stable name of the priority.
    pub priority: String,
    /// Whether the policy is for tickets of this priority only, beside others that say so.
    pub chosen: bool,
    /// First response.
    pub first_response: Cell,
    /// Each further response.
    pub next_response: Cell,
    /// Resolution.
    pub resolution: Cell,
}

/// A length of time as typed.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Cell {
    /// `90`, `1:30`, `2h`, `1h 30m`; empty is no such promise.
    #[serde(default)]
    pub text: String,
    /// What is wrong with it, in the reader's language; empty when nothing is.
    #[serde(default)]
    pub error: String,
}

/// `GET /agent/sla/calendars`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Calendars {
    /// All of the tenant's.
    pub calendars: Vec<CalendarRow>,
    /// Whether the person may change them.
    pub may_edit: bool,
}

/// One calendar in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct CalendarRow {
    /// Id, for `/agent/sla/calendars/{id}`.
    pub id: String,
    /// Name.
    pub name: String,
    /// IANA zone.
    pub time_zone: String,
    /// Whether business is open now.
    pub open_now: bool,
    /// Seven days, Monday first.
    pub days: Vec<Day>,
    /// How many holidays it has.
    pub holidays: i64,
    /// How many dates with hours of their own.
    pub overrides: i64,
    /// How many policies use it.
    pub policies: i64,
}

/// Working intervals of one weekday.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Day {
    /// `monday` to `sunday`.
    pub day: String,
    /// As typed and as stored, for example `09:00-13:00, 14:00-18:00`; `22:00-06:00` goes over midnight; empty is closed.
    pub intervals: String,
}

/// `GET /agent/sla/calendars/new` and `/{id}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct CalendarEdit {
    /// Empty for a new one.
    pub id: String,
    /// Field `name`; errors also for `time_zone`, `monday`..`sunday`, `holidays`, `overrides`, `ical`.
    pub form: Form,
    /// Zones, with the present one selected.
    pub time_zones: Vec<Choice>,
    /// Seven days, Monday first.
    pub days: Vec<Day>,
    /// Holidays.
    pub holidays: Vec<DateRow>,
    /// Dates with hours of their own.
    pub overrides: Vec<DateRow>,
    /// Version that the form sends back.
    pub version: i64,
}

/// One row of dates in the form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct DateRow {
    /// `2026-05-01`
    pub date: String,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Whether it comes back every year; holidays only.
    #[serde(default)]
    pub yearly: bool,
    /// Working intervals of that day; empty is closed all day.
    #[serde(default)]
    pub intervals: String,
    /// Which field is wrong: `date`, `name` or `intervals`; empty when none is.
    #[serde(default)]
    pub faulty: String,
    /// What is wrong with it, in the reader's language; empty when nothing is.
    #[serde(default)]
    pub error: String,
}
