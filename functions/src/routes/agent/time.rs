//! `/agent/time`: time that agents spend on tickets, and the panel of it beside a ticket.

pub mod delete;
pub mod edit;
pub mod list;
pub mod panel;
pub mod timer;
pub mod update;
pub mod write;

use shared::error::ApiError;
use shared::http::{Query, Request};
use shared::id::TimeEntryId;
use shared::time_spent::minutes;

use crate::actions::time::Said;

fn id(request: &Request) -> Result<TimeEntryId, ApiError> {
    TimeEntryId::parse(request.param("entry")).map_err(|_| ApiError::not_found())
}

/// What a form says. A box that is not ticked is not sent.
fn said(sent: &Query) -> Said {
    Said {
        day: sent.filled("day").map(str::to_owned),
        minutes: Some(minutes(sent.get("minutes").unwrap_or_default())),
        note: Some(sent.get("note").unwrap_or_default().to_owned()),
        billable: Some(sent.get("billable").is_some()),
    }
}

/// Whether a refusal goes back into the form.
fn comes_back(error: &ApiError) -> bool {
    matches!(error.status, 409 | 412 | 422)
}
