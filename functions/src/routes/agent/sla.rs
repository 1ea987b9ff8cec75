//! `/agent/sla`: policies, calendars and missed promises for people.

pub mod calendar_create;
mod calendar_dates;
pub mod calendar_delete;
pub mod calendar_edit;
mod calendar_form;
pub mod calendar_new;
pub mod calendar_update;
pub mod calendars;
pub mod policies;
pub mod policy_create;
pub mod policy_delete;
pub mod policy_edit;
mod policy_form;
pub mod policy_new;
pub mod policy_preview;
pub mod policy_update;
mod span;
pub mod violations;

use shared::error::ApiError;
use shared::http::{Query, Request};
use shared::id::{CalendarId, PolicyId};

use crate::actions::tickets::IfMatch;

/// The policy that the path names.
fn rule(request: &Request) -> Result<PolicyId, ApiError> {
    PolicyId::parse(request.param("rule")).map_err(|_| ApiError::not_found())
}

/// The calendar that the path names.
fn calendar(request: &Request) -> Result<CalendarId, ApiError> {
    CalendarId::parse(request.param("calendar")).map_err(|_| ApiError::not_found())
}

/// The version that a form was made from.
fn version(sent: &Query) -> Result<IfMatch, ApiError> {
    sent.filled("version").and_then(|text| text.parse().ok()).map(IfMatch::Version).ok_or_else(ApiError::stale)
}

/// Words with commas between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '،', ';']).map(str::trim).filter(|word| !word.is_empty())
}
