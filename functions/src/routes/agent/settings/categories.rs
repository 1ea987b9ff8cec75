//! POST /agent/settings/categories: adds one, renames one or gives it another department, moves one, archives one or takes it back. Fields:
//! `id`, `name`, `department`, `archived`, `move` (up, down).

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::DepartmentId;
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
        if let Some(direction) = sent.filled("move") {
            desk::shift_category(ctx, slug, direction == "up").await
        } else {
            let mut change = CategoryChange { name, archived, ..CategoryChange::default() };
            give_department(&mut change, &sent)?;
            desk::change_category(ctx, slug, change).await.map(|_| ())
        }
    } else {
        let name = sent.get("name").unwrap_or_default();
        desk::add_category(ctx, &desk::slug_of(ctx, name), name, None, 0).await.map(|_| ())
    };
    match result {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/settings", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = Refused::of(ctx, &error, &sent);
            page(ctx, &frame, error.status, Refused::default(), refused).await
        }
        Err(error) => Err(error),
    }
}

/// Takes the department that the form gives the category: none where it says so, the present one where it says nothing.
fn give_department(change: &mut CategoryChange, sent: &Query) -> Result<(), ApiError> {
    change.department = match sent.get("department") {
        None => None,
        Some("") => Some(None),
        Some(text) => Some(Some(DepartmentId::parse(text).map_err(|_| ApiError::not_found())?)),
    };
    Ok(())
}
