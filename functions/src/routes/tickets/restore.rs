//! POST /api/tickets/{ticket}/restore: staff with ticket:delete.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::TicketView;

use super::{changed, example, reference};
use crate::actions::tickets::restore;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Restore a deleted ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .sends_etag()
        .answers::<TicketView>(200, "The ticket; one that was not deleted is as it was", example())
        .refuses(&[401, 403, 404])
}

/// Brings the ticket back.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (row, followers) = restore(ctx, &reference(ctx, &request)?).await?;
    Ok(changed(ctx, &row, &followers))
}
