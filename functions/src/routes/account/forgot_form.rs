//! POST /password/forgot: a link for a new password by mail. Field: `email`. The answer never tells whether the address is known.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{entrance, notice, refused};
use crate::actions::accounts::passwords;
use crate::actions::visitors;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::pages::view::account::Entrance;

/// Tells where the letter went, if there is an account.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let email = fields.get("email").unwrap_or_default();
    let result = match visitors::admit(ctx, &fields).await {
        Ok(()) => passwords::forget(ctx, email).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => notice(ctx, &frame, 200, "reset-sent", email.trim()),
        Err(error) => {
            let view = Entrance { form: form::refused(ctx, &error, &fields, &["email"]), ..entrance(ctx, "") };
            refused(ctx, &frame, "portal/forgot", error, view)
        }
    }
}
