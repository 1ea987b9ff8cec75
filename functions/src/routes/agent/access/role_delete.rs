//! POST /agent/access/roles/{role}/delete: removes a role that nobody has.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::comes_back;
use super::role_form::{self, Known};
use crate::actions::roles;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Removes it; one that is in use stays, and its page says so.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let (counts, known, _) = role_form::load_own(ctx, &request).await?;
    match roles::remove_known(ctx, &known, IfMatch::Any).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access/roles", &flash::success("flash-removed"))),
        Err(error) if comes_back(&error) => {
            let known = Known::Own(known);
            let fields = role_form::fields(ctx, &known);
            role_form::page(ctx, &frame, &counts, &known, &fields, Some(&error))
        }
        Err(error) => Err(error),
    }
}
