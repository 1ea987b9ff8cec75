//! The pages of an account: registering, forgotten passwords, profile.

pub mod confirm;
pub mod confirm_form;
pub mod deputies;
pub mod device_remove;
pub mod device_try;
pub mod forgot;
pub mod forgot_form;
pub mod notifications_form;
pub mod password_form;
pub mod preferences;
pub mod profile;
pub mod profile_form;
pub mod quiet_form;
pub mod register;
pub mod register_form;
pub mod reset;
pub mod reset_form;
pub mod security;
pub mod undo_form;

use shared::access::Role;
use shared::error::ApiError;
use shared::http::Response;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::{Entrance, Notice};

/// A page that only tells something.
fn notice(ctx: &Ctx<'_>, frame: &Frame, status: u16, what: &str, arg: &str) -> Result<Response, ApiError> {
    render::page(ctx, frame, status, "portal/notice", Notice { what: what.to_owned(), arg: arg.to_owned() })
}

/// A form that nothing was typed into yet. Who it is that comes by a link is not known yet: most are clients.
fn entrance(ctx: &Ctx<'_>, token: &str) -> Entrance {
    let rules = ctx.tenant.settings().password_rules(Role::Client);
    Entrance { token: token.to_owned(), password_min: rules.chars_min.into(), ..Entrance::default() }
}

/// A refused form; whatever is not the typist's fault goes on as it is.
fn refused(ctx: &Ctx<'_>, frame: &Frame, template: &str, error: ApiError, form: Entrance) -> Result<Response, ApiError> {
    if !matches!(error.status, 422 | 429) {
        return Err(error);
    }
    let mut response = render::page(ctx, frame, error.status, template, form)?;
    if let Some(seconds) = error.retry_after_seconds {
        response.headers.set("retry-after", seconds.to_string());
    }
    Ok(response)
}
