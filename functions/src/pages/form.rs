//! Forms: read with their limit, and believed only with the token of this session.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use serde_json::Value;
use shared::access::Actor;
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::http::{Query, Request, decode_pairs};
use shared::limits::BODY_BYTES_MAX;

use super::view::Form;
use crate::context::Ctx;

const LABEL: &str = "csrf";
/// The hidden field of a form that is done once.
const KEY_FIELD: &str = "once";

/// The token for the hidden `csrf` field: of this tenant and this session.
pub fn token(ctx: &Ctx<'_>) -> String {
    ctx.signer().sign(LABEL, &[ctx.tenant.id().as_str(), &holder(&ctx.actor)])
}

/// Reads an urlencoded form and checks its token.
pub async fn read(ctx: &Ctx<'_>, request: &mut Request) -> Result<Query, ApiError> {
    if request.media_type().as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(ApiError::unsupported_media_type());
    }
    let form = decode_pairs(&request.body.take().read(BODY_BYTES_MAX).await?);
    check(ctx, form.get("csrf").unwrap_or_default())?;
    once(ctx, &request.path, &form, &[]);
    Ok(form)
}

/// What browser code has put into a field: a JSON document.
pub fn document(form: &Query, field: &str) -> Option<Value> {
    serde_json::from_str(form.get(field)?).ok()
}

/// A `datetime-local` field in the reader's zone, as pages show moments; the earlier one where a local time comes twice. None where it was
/// left empty; 422 `bad_date` for anything else.
pub fn moment(ctx: &Ctx<'_>, sent: &Query, field: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
    let Some(text) = sent.filled(field) else { return Ok(None) };
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let moment = local.and_then(|local| ctx.zone().from_local_datetime(&local).earliest());
    moment.map(|moment| Some(moment.to_utc())).ok_or_else(|| ApiError::field(field, "bad_date"))
}

/// A form that carries a key is done once. What was typed is part of the key: going back, changing the text and sending it again is
/// another request; pressing twice is not. `files` names the files that came with it.
pub fn once(ctx: &Ctx<'_>, path: &str, form: &Query, files: &[String]) {
    let Some(key) = form.filled(KEY_FIELD) else { return };
    let typed = form.pairs().filter(|(name, _)| *name != "csrf").flat_map(|(name, value)| [name, value]);
    let parts: Vec<&str> = [path, key].into_iter().chain(typed).chain(files.iter().map(String::as_str)).collect();
    let digest = sha256_hex(parts.join("\0").as_bytes());
    ctx.once_for(format!("form:{digest}"), digest);
}

/// Checks a token that came some other way (a multipart field, a header).
pub fn check(ctx: &Ctx<'_>, token: &str) -> Result<(), ApiError> {
    if ctx.signer().verify(LABEL, &[ctx.tenant.id().as_str(), &holder(&ctx.actor)], token) {
        Ok(())
    } else {
        Err(ApiError::bad_csrf())
    }
}

/// A refused form as it comes back: what was typed in the fields `keep` (never a password), and what was wrong.
pub fn refused(ctx: &Ctx<'_>, error: &ApiError, typed: &Query, keep: &[&str]) -> Form {
    let mut form = Form::default();
    for field in keep {
        form = form.value(field, typed.get(field).unwrap_or_default());
    }
    if error.fields.is_empty() {
        return form.error("form", error.detail(ctx.locale));
    }
    error.fields.iter().fold(form, |form, fault| form.error(&fault.field, fault.message(ctx.locale)))
}

fn holder(actor: &Actor) -> String {
    actor.person().map_or_else(|| actor.reference(), |person| person.session.to_string())
}
