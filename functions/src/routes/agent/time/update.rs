//! POST /agent/time/{entry}: changes an entry. Fields: `minutes`, `day`, `note`, `billable`, `version`.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{comes_back, edit, id, said};
use crate::actions::tickets::IfMatch;
use crate::actions::time;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes it; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let version = sent.filled("version").and_then(|text| text.parse().ok());
    match time::update(ctx, &id, version.map_or(IfMatch::Any, IfMatch::Version), &said(&sent)).await {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/time", &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => {
            let form = form::refused(ctx, &error, &sent, &["minutes", "day", "note", "billable"]);
            edit::page(ctx, &frame, error.status, &id, Some(form)).await
        }
        Err(error) => Err(error),
    }
}
