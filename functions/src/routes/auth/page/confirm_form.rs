//! POST /login/confirm: a person proves anew who they are. Fields: `password`, `code` or `passkey`, `next`.

use shared::auth::webauthn::Assertion;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{confirm, next};
use crate::actions::accounts::cookie;
use crate::actions::accounts::step_up::{self, Proof};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Takes the proof and goes on; a refusal comes back with the form.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let fields = form::read(ctx, &mut request).await?;
    let next = fields.get("next").and_then(next::path).unwrap_or("/profile/security");
    let typed = |name| fields.get(name).unwrap_or_default();
    let passkey = form::document(&fields, "passkey").and_then(Assertion::read);
    let proof = if let Some(assertion) = &passkey {
        Proof::Passkey(assertion)
    } else if step_up::by_code(ctx) {
        Proof::Code(typed("code"))
    } else {
        Proof::Password(typed("password"))
    };
    match step_up::prove(ctx, proof).await {
        Ok(secret) => {
            let mut response = Response::see_other(next);
            if let Some(secret) = secret {
                cookie::set(&mut response, ctx, &secret);
            }
            Ok(response)
        }
        Err(error) if matches!(error.status, 422 | 429) => {
            let mut response = confirm::show(ctx, &frame, error.status, form::refused(ctx, &error, &fields, &[]), next).await?;
            if let Some(seconds) = error.retry_after_seconds {
                response.headers.set("retry-after", seconds.to_string());
            }
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
