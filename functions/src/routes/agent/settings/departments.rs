//! POST /agent/settings/departments: adds one, renames one, moves one, archives one or takes it back. Fields: `id`, `name`, `archived`,
//! `move` (up, down).

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DepartmentId;

use super::{Refused, changes, page};
use crate::actions::desk::{self, DepartmentChange};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Does what the form says; a refused one comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let result = match sent.filled("id").map(DepartmentId::parse) {
        None => desk::add_department(ctx, sent.get("name").unwrap_or_default(), 0).await.map(|_| ()),
        Some(Err(_)) => Err(ApiError::not_found()),
        Some(Ok(id)) if sent.filled("move").is_some() => {
            desk::shift_department(ctx, &id, sent.filled("move") == Some("up")).await
        }
        Some(Ok(id)) => {
            let (name, archived) = changes(&sent);
            desk::change_department(ctx, &id, DepartmentChange { name, archived, position: None }).await.map(|_| ())
        }
    };
    match result {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/settings", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let refused = Refused::of(ctx, &error, &sent);
            page(ctx, &frame, error.status, refused, Refused::default()).await
        }
        Err(error) => Err(error),
    }
}
