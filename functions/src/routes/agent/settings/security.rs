//! GET /agent/settings/security: who needs a second factor, and how long browsers stay signed in. Administrators.

use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;
use shared::tenant::Settings;

use crate::actions::settings;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::settings::{RoleRule, SignInRules};

/// Shows the rules as they are stored.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let stored = settings::show(ctx).await?.settings;
    let required = stored.mfa_required_roles.clone();
    show(ctx, &Frame::of(&request), 200, form(&stored), &required, stored.sms_codes).await
}

fn form(settings: &Settings) -> Form {
    Form::default()
        .value("session_idle_minutes", settings.session_idle_minutes.to_string())
        .value("session_absolute_hours", settings.session_absolute_hours.to_string())
        .value("password_min_chars", settings.password_min_chars.to_string())
        .value("password_min_chars_before_second", settings.password_min_chars_before_second.to_string())
        .value("api_key_days", settings.api_key_days.to_string())
}

/// The page with the state of its form.
pub async fn show(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    form: Form,
    required: &[Role],
    sms: bool,
) -> Result<Response, ApiError> {
    let counts = queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?;
    let roles = Role::ALL
        .into_iter()
        .map(|role| RoleRule { role: role.as_str().to_owned(), required: required.contains(&role) })
        .collect();
    let sms_possible = ctx.config().sms.is_there();
    let view = SignInRules { form, roles, sms, sms_possible };
    render::agent_page(ctx, frame, status, "agent/settings-security", "settings", &counts, view)
}
