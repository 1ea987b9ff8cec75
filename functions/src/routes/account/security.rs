//! The page on which people look after their account: second factor, recovery codes, sessions, and who has signed in.

pub mod begin;
pub mod codes;
pub mod end_others;
pub mod end_session;
pub mod identity_unlink;
pub mod off;
pub mod passkey_add;
pub mod passkey_remove;
pub mod passkey_rename;
pub mod phone;
pub mod phone_begin;
pub mod phone_confirm;
pub mod phone_remove;
pub mod setup;
pub mod setup_form;
pub mod show;

use shared::error::ApiError;
use shared::http::Response;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::security::Codes;

/// Fresh recovery codes, which no other page ever shows.
fn codes_page(ctx: &Ctx<'_>, frame: &Frame, codes: Vec<String>) -> Result<Response, ApiError> {
    render::page(ctx, frame, 200, "portal/security-codes", Codes { codes })
}
