//! POST /api/mail/inbound/{inbound}/discard: lets nothing become of a mail that waits. Staff with mail.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::inbound_id;
use crate::actions::inbound;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "Discard a waiting mail")
        .about("The raw mail stays stored.")
        .path("inbound", "Id of the mail")
        .answers_empty(204, "Discarded")
        .refuses(&[401, 403, 404, 409])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    inbound::discard(ctx, &inbound_id(request.param("inbound"))?).await?;
    Ok(Response::empty(204))
}
