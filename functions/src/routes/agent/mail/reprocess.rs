//! POST /agent/mail/unprocessed/{inbound}/retry: makes something of a mail after all.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::InboundId;

use crate::actions::inbound;
use crate::context::Ctx;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form};

/// Tries.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = InboundId::parse(request.param("inbound")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    let taken = inbound::retry(ctx, &id).await?;
    let flash = if taken.reason.is_none() {
        let number = taken.number.map(|number| ctx.tenant.ticket_reference(number)).unwrap_or_default();
        Flash { arg: number, ..flash::success("flash-mail-processed") }
    } else {
        Flash { kind: "warning".to_owned(), ..flash::success("flash-mail-still-held") }
    };
    Ok(flash::see_other(ctx, "/agent/mail/unprocessed", &flash))
}
