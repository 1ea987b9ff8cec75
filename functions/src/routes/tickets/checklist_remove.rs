//! DELETE /api/tickets/{ticket}/checklist/{item}: staff with ticket:update.

use shared::checklist::Change;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{checklist_item, reference};
use crate::actions::checklists::change;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Take an item off a ticket's checklist")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .path("item", "Its number within the list")
        .header("If-Match", "The ETag that was read; may be left out")
        .answers_empty(204, "It is gone")
        .refuses(&[401, 403, 404, 409, 412])
}

/// Takes it off.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let if_match = IfMatch::read_if_sent(&request)?;
    change(ctx, &reference, if_match, &Change::Remove(checklist_item(&request)?)).await?;
    Ok(Response::empty(204))
}
