//! POST /agent/tickets/{number}/pending/{pending}/send: a message goes out now that was to go later, or could not. Its writer alone.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PendingId;

use crate::actions::tickets::pending::release;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::form;

/// Lets it go.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let here = request.param("number").to_owned();
    let this = reference(ctx, &here)?;
    let id = PendingId::parse(request.param("pending")).map_err(|_| ApiError::not_found())?;
    form::read(ctx, &mut request).await?;
    release(ctx, &this, &id).await?;
    Ok(Response::see_other(&format!("/agent/tickets/{here}#p-{id}")))
}
