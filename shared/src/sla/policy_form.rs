//! A policy as it is sent, stored and shown. [`super::Policy::parse`] makes a policy of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::priority::Priority;

/// A service level policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyIn {
    /// What people call it, up to 120 characters.
    #[schema(example = "Gold contract")]
    pub name: String,
    /// Policies are tried in this order, the smallest first.
    #[serde(default)]
    pub position: u32,
    /// Whether it takes part. One that does not is for no new ticket; tickets that it was for keep their promises.
    #[serde(default = "taking_part", skip_serializing_if = "is_taking_part")]
    pub enabled: bool,
    /// Which tickets it is for; all of them when nothing is stated.
    #[serde(default)]
    pub conditions: Conditions,
    /// The calendar in which business hours are counted.
    pub calendar_id: String,
    /// What is promised for each priority.
    #[serde(default)]
    pub targets: TargetsPerPriority,
    /// In which hours each promise is counted.
    #[serde(default)]
    pub hours: HoursPerTarget,
    /// At which shares of the promised time people are warned, in percent, 1 to 99.
    #[serde(default = "default_warn_percent")]
    pub warn_percent: Vec<u8>,
    /// What happens to the resolution clock of a ticket that is opened again.
    #[serde(default)]
    pub reopen: Reopen,
    /// When mails about its warnings and missed promises leave.
    #[serde(default, skip_serializing_if = "Notices::is_at_once")]
    pub notices: Notices,
}

fn taking_part() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_taking_part(enabled: &bool) -> bool {
    *enabled
}

fn default_warn_percent() -> Vec<u8> {
    vec![75, 90]
}

impl PolicyIn {
    /// The promises of specification 2.2.1 in the hours of a calendar, for all tickets.
    pub fn standard(name: impl Into<String>, calendar_id: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            position: 0,
            enabled: true,
            conditions: Conditions::default(),
            calendar_id: calendar_id.into(),
            targets: TargetsPerPriority::default(),
            hours: HoursPerTarget::default(),
            warn_percent: default_warn_percent(),
            reopen: Reopen::default(),
            notices: Notices::default(),
        }
    }
}

/// The tickets of a policy. Each list names the values that fit; an empty one fits all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Conditions {
    /// Types of customer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customer_types: Vec<String>,
    /// Ids of organizations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
    /// Categories of tickets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Priorities of tickets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub priorities: Vec<Priority>,
}

/// How long each kind of answer may take, in minutes, 1 to 525,600. Nothing is promised where it is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// From the ticket's creation to the first public answer of an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 60)]
    pub first_response_minutes: Option<u32>,
    /// From a later question of the client to the next public answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 60)]
    pub next_response_minutes: Option<u32>,
    /// From the ticket's creation to its resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 480)]
    pub resolution_minutes: Option<u32>,
}

impl Targets {
    const fn of(response_minutes: u32, resolution_minutes: u32) -> Self {
        Self {
            first_response_minutes: Some(response_minutes),
            next_response_minutes: Some(response_minutes),
            resolution_minutes: Some(resolution_minutes),
        }
    }
}

/// The promises for each priority. Unless stated otherwise: resolution in 2, 8, 24 and 72 hours (specification 2.2.1),
/// an answer in 30, 60, 240 and 480 minutes (2.11.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TargetsPerPriority {
    /// For critical tickets.
    pub critical: Targets,
    /// For high ones.
    pub high: Targets,
    /// For medium ones.
    pub medium: Targets,
    /// For low ones.
    pub low: Targets,
}

impl Default for TargetsPerPriority {
    fn default() -> Self {
        Self {
            critical: Targets::of(30, 2 * 60),
            high: Targets::of(60, 8 * 60),
            medium: Targets::of(240, 24 * 60),
            low: Targets::of(480, 72 * 60),
        }
    }
}

impl TargetsPerPriority {
    /// The promises for a priority.
    pub fn get(&self, priority: Priority) -> &Targets {
        match priority {
            Priority::Critical => &self.critical,
            Priority::High => &self.high,
            Priority::Medium => &self.medium,
            Priority::Low => &self.low,
        }
    }

    /// The promises for a priority, to change them.
    pub fn get_mut(&mut self, priority: Priority) -> &mut Targets {
        match priority {
            Priority::Critical => &mut self.critical,
            Priority::High => &mut self.high,
            Priority::Medium => &mut self.medium,
            Priority::Low => &mut self.low,
        }
    }
}

/// In which hours a clock counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Hours {
    /// Only working time of the policy's calendar.
    #[default]
    Business,
    /// All time.
    Calendar,
}

/// In which hours each of the three clocks counts; business hours unless stated otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HoursPerTarget {
    /// For the first response.
    pub first_response: Hours,
    /// For the next responses.
    pub next_response: Hours,
    /// For the resolution.
    pub resolution: Hours,
}

/// What happens to the resolution clock of a ticket that is opened again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reopen {
    /// It goes on from where it stopped; the time in between does not count.
    #[default]
    Continue,
    /// It starts anew.
    Restart,
}

/// When mails about warnings and missed promises leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Notices {
    /// When there is something to tell.
    #[default]
    AtOnce,
    /// In the working time of the policy's calendar: what comes outside of it waits for its next opening.
    InHours,
}

impl Notices {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    pub(super) fn is_at_once(&self) -> bool {
        *self == Self::AtOnce
    }
}
