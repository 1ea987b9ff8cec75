//! The pages of an account: registering, forgotten passwords, profile.

pub mod confirm;
pub mod confirm_form;
pub mod forgot;
pub mod forgot_form;
pub mod notifications_form;
pub mod password_form;
pub mod preferences;
pub mod profile;
pub mod profile_form;
pub mod register;
pub mod register_form;
pub mod reset;
pub mod reset_form;
pub mod security;

use shared::error::ApiError;
use shared::http::Response;
use shared::limits::PASSWORD_CHARS_MIN;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::{Entrance, Notice};

/// A page that only tells something.
fn notice(ctx: &Ctx<'_>, frame: &Frame, status: u16, what: &str, arg: &str) -> Result<Response, ApiError> {
    render::page(ctx, frame, status, "portal/notice", Notice { what: what.to_owned(), arg: arg.to_owned() })
}

/// A form that nothing was typed into yet.
fn entrance(token: &str) -> Entrance {
    Entrance {
        token: token.to_owned(),
        password_min: i64::try_from(PASSWORD_CHARS_MIN).unwrap_or_default(),
        ..Entrance::default()
    }
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
