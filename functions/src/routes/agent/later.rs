//! `/agent/tickets/{number}/later`: putting a ticket off, and one's own reminders of it.

pub mod show;
pub mod snooze;
pub mod wake;

use shared::error::{ApiError, FieldError};
use shared::http::Query;

use crate::actions::snoozes::Wish;
use crate::context::Ctx;
use crate::pages::form;

/// What a form says about when: a named moment by its button (`when`), or one of the person's own (`own`, and the field `when_at`).
pub(super) fn wish(ctx: &Ctx<'_>, sent: &Query) -> Result<Wish, ApiError> {
    match sent.filled("when").or_else(|| sent.filled("when_at").map(|_| "own")) {
        Some("own") => form::moment(ctx, sent, "when_at")?.map(Wish::At).ok_or_else(|| ApiError::field("when_at", "required")),
        Some(name) => Wish::parse(name).ok_or_else(|| ApiError::field("when_at", "unknown_value")),
        None => Err(ApiError::field("when_at", "required")),
    }
}

/// The API calls the field `until` or `due_at`.
pub(super) fn of_the_form(error: ApiError) -> ApiError {
    let named = |fault: FieldError| match fault.field.as_str() {
        "until" | "due_at" => FieldError { field: "when_at".to_owned(), ..fault },
        _ => fault,
    };
    ApiError { fields: error.fields.into_iter().map(named).collect(), ..error }
}

/// Whether a refusal goes back into the form.
pub(super) fn comes_back(error: &ApiError) -> bool {
    matches!(error.status, 409 | 412 | 422)
}
