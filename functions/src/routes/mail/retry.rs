//! POST /api/mail/outbox/{mail}/retry: another try of a mail that failed. Staff with mail.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OutboxId;

use super::{LoggedView, example_logged};
use crate::actions::outbox;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "Send a failed mail again")
        .path("mail", "Id of the mail")
        .answers::<LoggedView>(200, "It is queued", example_logged())
        .refuses(&[401, 403, 404, 409])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = OutboxId::parse(request.param("mail")).map_err(|_| ApiError::not_found())?;
    let mail = outbox::retry(ctx, &id).await?;
    Ok(Response::json(200, &LoggedView::of(ctx, mail)))
}
