//! POST /agent/security: sets what protects the tenant. Fields: `rate_limit_per_minute`, `rate_limit_burst`, `block_networks`,
//! `security_contacts` (with commas between them), `cors_origins` (with spaces), `turnstile_site_key`, `turnstile_secret` (empty: as it was).
//! Needs a recent proof of who asks.

use serde_json::{Map, Value, json};
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::mail::address::normalize;

use super::limits::show;
use crate::actions::settings;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

const NUMBERS: [&str; 2] = ["rate_limit_per_minute", "rate_limit_burst"];
const KEPT: [&str; 5] = ["rate_limit_per_minute", "rate_limit_burst", "security_contacts", "cors_origins", "turnstile_site_key"];

/// Sets them; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    match settings::change(ctx, &changes(&sent)).await {
        Ok(_) => Ok(flash::see_other(ctx, "/agent/security", &flash::success("flash-saved"))),
        Err(error) if matches!(error.status, 412 | 422) => {
            let refused = form::refused(ctx, &error, &sent, &KEPT);
            show(ctx, &frame, error.status, refused, sent.filled("block_networks").is_some()).await
        }
        Err(error) => Err(error),
    }
}

/// What was sent, as the settings' own document has it. What is no number stays the text that it is, and is refused there.
fn changes(sent: &Query) -> Map<String, Value> {
    let numbers = NUMBERS.into_iter().map(|name| {
        let text = sent.get(name).unwrap_or_default();
        (name.to_owned(), text.trim().parse::<u32>().map_or_else(|_| json!(text), |number| json!(number)))
    });
    numbers
        .chain([
            ("block_networks".to_owned(), json!(sent.filled("block_networks").is_some())),
            ("security_contacts".to_owned(), json!(contacts(sent.get("security_contacts").unwrap_or_default()))),
            ("turnstile_site_key".to_owned(), json!(sent.filled("turnstile_site_key"))),
            ("turnstile_secret".to_owned(), json!(sent.filled("turnstile_secret"))),
            ("cors_origins".to_owned(), json!(listed(sent.get("cors_origins").unwrap_or_default()).collect::<Vec<_>>())),
        ])
        .collect()
}

/// What stands between commas and spaces.
fn listed(typed: &str) -> impl Iterator<Item = &str> {
    typed.split([',', ';', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// Addresses as they are kept. What is no address stays as it was typed, and is refused.
fn contacts(typed: &str) -> Vec<String> {
    listed(typed).map(|part| normalize(part).unwrap_or_else(|| part.to_owned())).collect()
}
