//! POST /agent/mail/unprocessed/{inbound}/discard: lets nothing become of a mail.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::InboundId;

use crate::actions::inbound;
use crate::context::Ctx;
use crate::pages::{flash, form};

/// Discards it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = InboundId::parse(request.param("inbound")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    inbound::discard(ctx, &id).await?;
    Ok(flash::see_other(ctx, "/agent/mail/unprocessed", &flash::success("flash-mail-discarded")))
}
