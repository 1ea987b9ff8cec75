//! PUT /api/tickets/{ticket}/snooze: whoever the ticket is assigned to.

use serde::Deserialize;
use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};

use super::reference;
use super::snooze::{SnoozeAnswer, answer, example};
use crate::actions::snoozes::{Wish, snooze};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Until when to put it off.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeIn {
    /// A moment within a year (RFC 3339); `later`, `tomorrow`, `monday` by the hours of the ticket's calendar, where the person is; or
    /// `answer`: until the client answers.
    until: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Put a ticket off")
        .about(
            "It stays away from its assignee's own queue until the moment, or until the client answers, whichever comes first. No clock \
             of a service level stands still. Giving it to somebody else, or ending it, ends this too. 200 at most a person.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<SnoozeIn>(json!({"until": "tomorrow"}))
        .answers::<SnoozeAnswer>(200, "Until when", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Puts it off.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: SnoozeIn = body::json(&mut request).await?;
    let wish = Wish::parse(&sent.until).ok_or_else(|| ApiError::invalid(vec![FieldError::new("until", "unknown_value")]))?;
    Ok(answer(&snooze(ctx, &reference, wish).await?))
}
