//! POST /api/tickets/{ticket}/checklist: staff with ticket:update.

use serde::Deserialize;
use serde_json::json;
use shared::checklist::{Change, Words};
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::checklist::{ChecklistAnswer, answer, example};
use super::reference;
use crate::actions::checklists::change;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// One more thing to be done.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItemIn {
    /// At most 300 characters.
    text: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Add to a ticket's checklist")
        .about("A list has 50 items at most.")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .header("If-Match", "The ETag that was read; may be left out")
        .request::<ChecklistItemIn>(json!({"text": "Ask for the log"}))
        .sends_etag()
        .answers::<ChecklistAnswer>(201, "The list as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Adds it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    let sent: ChecklistItemIn = body::json(&mut request).await?;
    let words = Words::parse(&sent.text).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let (_, list, _) = change(ctx, &reference, if_match, &Change::Add(words)).await?;
    Ok(answer(201, list))
}
