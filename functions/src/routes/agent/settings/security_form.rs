//! POST /agent/settings/security: sets the rules of signing in. Fields: `role` (any number of them), `sms_codes`, `session_idle_minutes`,
//! `session_absolute_hours`, `password_min_chars`, `password_min_chars_before_second`, `api_key_days`. Needs a recent proof of who asks.

use serde_json::{Map, Value, json};
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::security::show;
use crate::actions::settings;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

const NUMBERS: [&str; 5] =
    ["session_idle_minutes", "session_absolute_hours", "password_min_chars", "password_min_chars_before_second", "api_key_days"];

/// Sets them; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let roles: Vec<Role> = sent.all("role").filter_map(Role::parse).collect();
    let sms = sent.get("sms_codes").is_some();
    match settings::change(ctx, &changes(&sent, &roles, sms && ctx.config().sms.is_there())).await {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/settings/security", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 412 | 422) => {
            show(ctx, &frame, error.status, form::refused(ctx, &error, &sent, &NUMBERS), &roles, sms).await
        }
        Err(error) => Err(error),
    }
}

/// What was sent, as the settings' own document has it. What is no number stays the text that it is, and is refused there.
fn changes(sent: &Query, roles: &[Role], sms: bool) -> Map<String, Value> {
    let numbers = NUMBERS.into_iter().map(|name| {
        let text = sent.get(name).unwrap_or_default();
        (name.to_owned(), text.trim().parse::<u32>().map_or_else(|_| json!(text), |number| json!(number)))
    });
    numbers.chain([("mfa_required_roles".to_owned(), json!(roles)), ("sms_codes".to_owned(), json!(sms))]).collect()
}
