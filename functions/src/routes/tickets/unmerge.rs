//! POST /api/tickets/{ticket}/unmerge: staff with ticket:merge.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::TicketView;

use super::{changed, example, reference};
use crate::actions::relations::unmerge;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Undo a merge")
        .about(
            "The ticket is as it was, with its own comments and files. What was said on the other ticket since then stays there.",
        )
        .path("ticket", "The ticket that was merged: its id (tkt_...) or number (ACME-1042)")
        .sends_etag()
        .answers::<TicketView>(200, "The ticket as it is now; ETag is its version", example())
        .refuses(&[401, 403, 404, 409, 412])
}

/// Undoes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (row, followers) = unmerge(ctx, &reference(ctx, &request)?).await?;
    Ok(changed(ctx, &row, &followers))
}
