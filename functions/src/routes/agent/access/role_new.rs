//! GET /agent/access/roles/new: the form of a new role.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;

use super::role_form::{self, Known};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let counts = queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?;
    let fields = role_form::fields(ctx, &Known::New);
    role_form::page(ctx, &Frame::of(&request), &counts, &Known::New, &fields, None)
}
