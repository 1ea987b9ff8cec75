//! POST /agent/settings/categories: adds one, renames one, archives one or takes it back.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::desk::CategoryChange;

use super::{Refused, changes, page};
use crate::actions::desk;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Does what the form says; a refused one comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let result = if let Some(slug) = sent.filled("id") {
        let (name, archived) = changes(&sent);
        desk::change_category(ctx, slug, CategoryChange { name, archived, ..CategoryChange::default() }).await
    } else {
        let name = sent.get("name").unwrap_or_default();
        desk::add_category(ctx, &desk::slug_of(ctx, name), name, None, 0).await
    };
    match result {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/settings", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = Refused::of(ctx, &error, &sent);
            page(ctx, &frame, error.status, Refused::default(), refused).await
        }
        Err(error) => Err(error),
    }
}
