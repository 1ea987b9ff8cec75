//! POST /agent/mail/log/{mail}/retry: another try of a mail that failed.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OutboxId;

use crate::actions::outbox;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Queues it again.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = OutboxId::parse(request.param("mail")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    outbox::retry(ctx, &id).await?;
    Ok(flash::see_other(ctx, "/agent/mail/log", &flash::success("flash-mail-queued")))
}
