//! GET /api/tickets/{ticket}: everybody who sees the ticket.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::TicketView;

use super::{etag, example, reference};
use crate::actions::tickets::{Include, show};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "One ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .query("include", "comments, history, attachments: separated by commas")
        .sends_etag()
        .answers::<TicketView>(200, "The ticket; ETag is its version", example())
        .refuses(&[401, 403, 404, 422])
}

/// Answers with the ticket.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let include = Include::parse(request.query.get("include").unwrap_or_default())?;
    let shown = show(ctx, &reference(ctx, &request)?, include).await?;
    Ok(Response::json(200, &shown.view).with("etag", etag(shown.row.version)))
}
