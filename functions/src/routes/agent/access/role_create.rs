//! POST /agent/access/roles/new: makes a role of the tenant's own.

use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;

use super::comes_back;
use super::role_form::{self, Known};
use crate::actions::roles;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Makes it; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let result = match sent.get("base").and_then(Role::parse) {
        Some(base) => roles::create(ctx, base, &role_form::typed(&sent)).await,
        None => Err(ApiError::field("base", "unknown_value")),
    };
    match result {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/access/roles", &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => {
            let counts = queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?;
            role_form::page(ctx, &frame, &counts, &Known::New, &sent, Some(&error))
        }
        Err(error) => Err(error),
    }
}
