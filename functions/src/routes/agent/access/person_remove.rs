//! POST /agent/access/people/{user}/remove: takes a person away for good.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{comes_back, person_edit, person_form};
use crate::actions::people;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Removes them; where that is refused, their page says why.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let around = person_edit::load(ctx, &request, "").await?;
    let (before, beside) = around.known()?;
    match people::remove_known(ctx, before, beside, IfMatch::Any).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access", &flash::success("flash-person-removed"))),
        Err(error) if comes_back(&error) => {
            let fields = person_form::fields(before);
            person_form::page(ctx, &frame, around, &fields, Some(&error))
        }
        Err(error) => Err(error),
    }
}
