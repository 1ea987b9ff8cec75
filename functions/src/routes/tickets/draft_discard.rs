//! DELETE /api/tickets/{ticket}/draft: throws away what whoever asks has begun to write there. Clients and the desk, each their own.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::drafts::{discard, place};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Throw my draft away")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042); new for the ticket that is still to be opened")
        .answers_empty(204, "There is no draft now")
        .refuses(&[401, 403, 404])
}

/// Removes it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    discard(ctx, &place(ctx, request.param("ticket"))?).await?;
    Ok(Response::empty(204))
}
