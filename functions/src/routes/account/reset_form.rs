//! POST /password/reset: a new password by mailed link. Fields: `token`, `password`. Every session of the person ends.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{entrance, notice, refused};
use crate::actions::accounts::{cookie, passwords};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::pages::view::account::Entrance;

/// Sets the password; the person signs in with it next.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let token = fields.get("token").unwrap_or_default();
    match passwords::reset(ctx, token, fields.get("password").unwrap_or_default()).await {
        Ok(()) => {
            let mut response = notice(ctx, &frame, 200, "reset-done", "")?;
            cookie::clear(&mut response, ctx.https);
            Ok(response)
        }
        Err(error) if error.status == 404 => notice(ctx, &frame, 404, "link-expired", ""),
        Err(error) => {
            let view = Entrance { form: form::refused(ctx, &error, &fields, &[]), ..entrance(ctx, token) };
            refused(ctx, &frame, "portal/reset", error, view)
        }
    }
}
