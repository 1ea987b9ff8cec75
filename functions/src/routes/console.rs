//! The platform's own host: its operators sign in and see the tenants. Nothing of a tenant's inside is shown here.

pub mod home;
pub mod login;
pub mod logout;
pub mod preferences;
pub mod tenants;

use serde::Serialize;
use shared::error::ApiError;
use shared::http::{Query, Request, Response, decode_pairs};
use shared::i18n::Locale;
use shared::limits::BODY_BYTES_MAX;

use crate::actions::accounts::cookie;
use crate::context::PlatformCtx;
use crate::pages::appearance::Appearance;
use crate::pages::view::{Page, Shell};
use crate::pages::{engine, frame};

const LABEL: &str = "console-csrf";

/// Reads a form and checks its token.
async fn form(ctx: &PlatformCtx<'_>, request: &mut Request) -> Result<Query, ApiError> {
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let form = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    let good = ctx.signer().verify(LABEL, &[&ctx.actor.reference()], form.get("csrf").unwrap_or_default());
    if good { Ok(form) } else { Err(ApiError::bad_csrf()) }
}

/// The language of the cookie, else the one that was negotiated.
fn locale(ctx: &PlatformCtx<'_>, request: &Request) -> Locale {
    cookie::read(request, "locale").and_then(Locale::parse).unwrap_or(ctx.locale)
}

/// What a page of the console needs of its request; take it before the body is read.
struct Look {
    locale: Locale,
    appearance: Appearance,
}

impl Look {
    fn of(ctx: &PlatformCtx<'_>, request: &Request) -> Self {
        Self { locale: locale(ctx, request), appearance: Appearance::of(request) }
    }

    /// Renders a page of the console.
    fn page<T: Serialize>(&self, ctx: &PlatformCtx<'_>, status: u16, template: &str, view: T) -> Result<Response, ApiError> {
        let shell = Shell {
            csrf: ctx.signer().sign(LABEL, &[&ctx.actor.reference()]),
            theme: self.appearance.theme.clone(),
            contrast: self.appearance.contrast.clone(),
            now_ms: ctx.now.timestamp_millis(),
            ..frame::bare(None, self.locale, &ctx.nonce)
        };
        Ok(Response::html(status, engine::render(template, &Page { shell, page: view })?))
    }
}
