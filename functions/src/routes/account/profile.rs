//! GET /profile: what the person says of themselves.

use chrono_tz::TZ_VARIANTS;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::limits::PASSWORD_CHARS_MIN;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::Profile;
use crate::pages::view::{Choice, Form};

/// Shows both forms.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let form = form(ctx, &theme(&request))?;
    show(ctx, &frame, 200, form, Form::default())
}

/// The form as the person's row and the theme's cookie fill it.
pub fn form(ctx: &Ctx<'_>, theme: &str) -> Result<Form, ApiError> {
    let person = ctx.person()?;
    Ok(Form::default()
        .value("name", &person.name)
        .value("locale", person.locale.map_or(ctx.locale.as_str(), Locale::as_str))
        .value("time_zone", ctx.zone().name())
        .value("theme", theme))
}

/// The theme of the request's cookie.
pub fn theme(request: &Request) -> String {
    request.headers.cookie("theme").filter(|theme| is_theme(theme)).unwrap_or("auto").to_owned()
}

/// Whether it is one of ours.
pub fn is_theme(theme: &str) -> bool {
    matches!(theme, "auto" | "light" | "dark")
}

/// The page with the state of both forms.
pub fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, password: Form) -> Result<Response, ApiError> {
    let current = form.values.get("time_zone").cloned().unwrap_or_default();
    // Names with a place, and UTC; the others are aliases that nobody looks for.
    let time_zones = TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| {
            *name == "UTC" || *name == current || (name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("US/"))
        })
        .map(|name| Choice::new(name, name.replace('_', " "), Some(&current)))
        .collect();
    let view = Profile { form, password, time_zones, password_min: i64::try_from(PASSWORD_CHARS_MIN).unwrap_or_default() };
    render::page(ctx, frame, status, "portal/profile", view)
}
