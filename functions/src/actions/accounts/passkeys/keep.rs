//! A person's passkeys: seen, renamed, taken away.

use serde_json::json;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::PasskeyId;
use shared::mail::templates::SecurityEvent;
use shared::store::passkeys::{self as store, Listed};
use shared::store::second_factors;

use super::register::name;
use crate::actions::accounts::second_factor::enrol;
use crate::actions::accounts::step_up;
use crate::actions::audit;
use crate::context::Ctx;

/// Up to `limit` passkeys of the person who is signed in, oldest first, after the one with the id `after`.
pub async fn list(ctx: &Ctx<'_>, after: &str, limit: u32) -> Result<Vec<Listed>, ApiError> {
    Ok(ctx.db.run(store::list(&ctx.person()?.id, after, limit)).await?.all()?)
}

/// Gives one's own passkey another name. 404 for any other.
pub async fn rename(ctx: &Ctx<'_>, id: &PasskeyId, typed: &str) -> Result<Listed, ApiError> {
    let name = name(typed).map_err(|fault| ApiError::invalid(vec![fault]))?;
    if name.is_empty() {
        return Err(ApiError::field("name", "missing_field"));
    }
    let person = ctx.person()?;
    let mut batch: Vec<TenantStatement> = store::rename(id, &person.id, &name).into();
    batch.push(audit::line(ctx, "account.passkey_renamed", person.id.as_str(), json!({ "passkey": id, "name": name })));
    batch.push(store::show(&person.id, id));
    let rows = ctx.db.batch(batch).await?;
    rows.last().map(Rows::first::<Listed>).transpose()?.flatten().ok_or_else(ApiError::not_found)
}

/// Takes one's own passkey away, and the sessions but this one: it may have opened them. Recovery codes go with the last second factor.
/// Needs a recent proof. 404 for any other.
pub async fn remove(ctx: &Ctx<'_>, id: &PasskeyId) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let person = ctx.person()?;
    let mut batch: Vec<TenantStatement> = store::remove(id, &person.id).into();
    batch.push(second_factors::forget_codes(&person.id));
    batch.extend(enrol::told(ctx, "account.passkey_removed", json!({ "passkey": id }), SecurityEvent::PasskeyRemoved)?);
    ctx.db.batch(batch).await?;
    enrol::finish(ctx)
}
