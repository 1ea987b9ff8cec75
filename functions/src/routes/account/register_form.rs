//! POST /register: somebody registers. Fields: `name`, `email`, `password`. The answer never tells whether the address is known.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::CONFIRMATION_LINK_SECONDS;

use super::{entrance, notice, refused};
use crate::actions::accounts::{cookie, register};
use crate::actions::visitors;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::pages::view::account::Entrance;

/// Takes the registration and tells where the letter went.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let field = |name| fields.get(name).unwrap_or_default();
    let result = match visitors::admit(ctx, &fields).await {
        Ok(()) => register::register(ctx, field("name"), field("email"), field("password")).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(mark) => {
            let mut response = notice(ctx, &frame, 200, "register-sent", field("email").trim())?;
            cookie::private(&mut response, ctx.https, register::MARK, &mark, CONFIRMATION_LINK_SECONDS);
            Ok(response)
        }
        Err(error) => {
            let view = Entrance { form: form::refused(ctx, &error, &fields, &["name", "email"]), ..entrance(ctx, "") };
            refused(ctx, &frame, "portal/register", error, view)
        }
    }
}
