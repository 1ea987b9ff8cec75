//! PUT /api/views/{view}: its owner; one of the whole desk also those with desk.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket_view::ViewIn;

use super::{TicketViewView, answer, example, example_in, id};
use crate::actions::ticket_views;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("views", "Replace a view")
        .about("The whole view as it is to be; what is left out takes its default.")
        .path("view", "Its id (viw_...)")
        .header("If-Match", "The ETag that was read, or *")
        .request::<ViewIn>(example_in())
        .sends_etag()
        .answers::<TicketViewView>(200, "The view as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 412, 413, 415, 422, 428])
}

/// Replaces it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read(&request)?;
    let form = body::json(&mut request).await?;
    Ok(answer(200, ticket_views::replace(ctx, &id, if_match, form).await?))
}
