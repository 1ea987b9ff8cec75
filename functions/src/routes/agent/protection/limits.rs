//! GET /agent/security: how much one may ask for, who is told of attacks, which pages of others may use the API. Administrators.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::queues;
use shared::tenant::Settings;

use crate::actions::settings;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::protection::Limits;

/// Shows the settings as they are stored.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let stored = settings::show(ctx).await?.settings;
    show(ctx, &Frame::of(&request), 200, form(&stored), stored.block_networks).await
}

fn form(settings: &Settings) -> Form {
    Form::default()
        .value("rate_limit_per_minute", settings.rate_limit_per_minute.to_string())
        .value("rate_limit_burst", settings.rate_limit_burst.to_string())
        .value("security_contacts", settings.security_contacts.join(", "))
        .value("cors_origins", settings.cors_origins.join(" "))
        .value("turnstile_site_key", settings.turnstile_site_key.clone().unwrap_or_default())
}

/// The page with the state of its form.
pub async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, block_networks: bool) -> Result<Response, ApiError> {
    let counts = queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?;
    render::agent_page(ctx, frame, status, "agent/protection", "protection", &counts, Limits { form, block_networks })
}
