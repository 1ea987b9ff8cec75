//! POST /api/reminders: everybody of the desk, for themselves.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ReminderAnswer, ReminderView, example, wish};
use crate::actions::reminders;
use crate::actions::tickets;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to be reminded of.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderIn {
    /// At most 500 characters.
    text: String,
    /// A moment within a year (RFC 3339), or `later`, `tomorrow`, `monday`: by the desk's hours, where the person is.
    due_at: String,
    /// The ticket that it is about: id or number.
    #[serde(default)]
    ticket: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("reminders", "Remind me")
        .about("Nobody else reads it. Its owner is told on open pages, and by mail unless they do not want that; 200 at most.")
        .request::<ReminderIn>(
            json!({"text": "Ask whether the import went through", "due_at": "tomorrow", "ticket": "ACME-1042"}),
        )
        .sends_location()
        .answers::<ReminderAnswer>(201, "The reminder; Location names it", json!({"data": example()}))
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Keeps it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: ReminderIn = body::json(&mut request).await?;
    let ticket = sent.ticket.as_deref().map(|text| tickets::reference(ctx, text)).transpose()?;
    let row = reminders::create(ctx, ticket.as_ref(), &sent.text, wish(&sent.due_at)?).await?;
    let location = format!("/api/reminders/{}", row.id);
    Ok(Response::json(201, &ReminderAnswer { data: ReminderView::of(ctx, row) }).with("location", location))
}
