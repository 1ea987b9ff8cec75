//! POST /agent/access/roles/{role}: changes a role of the tenant's own.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::role_form::{self, Known};
use super::{comes_back, version};
use crate::actions::roles;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form, and one whose role was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let (counts, known, administrators) = role_form::load_own(ctx, &request).await?;
    let result = match version(&sent) {
        Ok(if_match) => roles::change_known(ctx, known.clone(), administrators, if_match, &role_form::typed(&sent)).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/access/roles", &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => {
            // The base is not the form's to choose any more.
            let base = known.base.as_str();
            let sent: Query =
                sent.pairs().chain([("base", base)]).map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
            role_form::page(ctx, &frame, &counts, &Known::Own(known), &sent, Some(&error))
        }
        Err(error) => Err(error),
    }
}
