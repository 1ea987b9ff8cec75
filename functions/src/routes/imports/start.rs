//! POST /api/imports/{import}/start: those with desk.manage; of people also user.manage, and a recent proof of identity.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ImportView, answer, example, id};
use crate::actions::imports;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("imports", "Bring the rows in that the dry run found good")
        .about(
            "Goes on by itself, some rows at a time; GET /api/imports/{import} tells how far it has come. No mails go out for tickets, and none \
             to people unless invites says so. Rows are brought in under the rights of whoever begins.",
        )
        .path("import", "Its id (imp_...)")
        .header("If-Match", "The ETag that was read; may be left out")
        .sends_etag()
        .answers::<ImportView>(200, "The import, running", example())
        .refuses(&[401, 403, 404, 409, 412])
}

/// Begins.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let if_match = IfMatch::read_if_sent(&request)?;
    Ok(answer(200, imports::start(ctx, &id(&request)?, if_match).await?))
}
