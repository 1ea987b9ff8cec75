//! POST /agent/tickets/{number}/seen: staff; the ticket's page, which was fetched ahead, has been shown.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::tickets::{looks, reference};
use crate::context::Ctx;
use crate::pages::form;

/// Takes it down.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, request.param("number"))?;
    form::read(ctx, &mut request).await?;
    looks::at_fetched(ctx, &reference).await?;
    Ok(Response::empty(204))
}
