//! Keys of service accounts: made, changed, rotated, revoked.
//!
//! Whoever makes a key can ask in its account's name, so nobody makes one that may do more than they may themselves. A key is shown when it
//! is made and never again; only its digest is kept.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use shared::access::{Network, Permission, Permissions};
use shared::auth::api_key;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::{ApiKeyId, UserId};
use shared::limits::{KEY_DAYS, KEY_NETWORKS_MAX, KEY_OVERLAP_HOURS_MAX, KEYS_PER_ACCOUNT_MAX};
use shared::store::api_keys::{self as store, Listed};
use shared::store::service_accounts::{self, ServiceAccount};

use super::accounts::{name, step_up};
use super::audit;
use super::people::may_give;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// A key as somebody typed it. `None` leaves what stands there.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What people call it.
    pub name: Option<String>,
    /// Names of permissions.
    pub scopes: Option<Vec<String>>,
    /// From where it may be used: networks or single addresses.
    pub networks: Option<Vec<String>>,
    /// Days that it lives from now on.
    pub days: Option<u32>,
}

/// A key that was just made.
pub struct Made {
    /// The key as it is shown from now on.
    pub listed: Listed,
    /// The key itself: this is the only time that it is shown.
    pub key: String,
}

/// One key.
pub async fn find(ctx: &Ctx<'_>, id: &ApiKeyId) -> Result<Listed, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes a key of an account. 422 `unknown_value` for an account that is not there; 403 `step_up_required`, `more_than_own`; 409
/// `api_key_limit`.
pub async fn create(ctx: &Ctx<'_>, account: &UserId, typed: &Typed) -> Result<Made, ApiError> {
    let found = ctx.db.run(service_accounts::show(account, ctx.now)).await?.first()?;
    create_for(ctx, &found.ok_or_else(|| ApiError::field("account", "unknown_value"))?, typed).await
}

/// The same for an account that was loaded already.
pub async fn create_for(ctx: &Ctx<'_>, account: &ServiceAccount, typed: &Typed) -> Result<Made, ApiError> {
    step_up::require_recent(ctx)?;
    let blank = Listed {
        id: ctx.ids().next(),
        account: account.id.clone(),
        account_name: account.name.clone(),
        name: String::new(),
        prefix: String::new(),
        scopes: Permissions::NONE,
        networks: Vec::new(),
        created_at: ctx.now,
        expires_at: ctx.now + TimeDelta::days(ctx.tenant.settings().api_key_days.clamp(KEY_DAYS.0, KEY_DAYS.1).into()),
        revoked_at: None,
        last_used_at: None,
        last_used_from: None,
        version: 1,
    };
    let typed = Typed {
        name: Some(typed.name.clone().unwrap_or_default()),
        scopes: Some(typed.scopes.clone().unwrap_or_default()),
        ..typed.clone()
    };
    let listed = merged(ctx.now, account.permissions(), &blank, &typed)?;
    may_give(ctx, account.role, listed.scopes)?;
    let (made, mut batch) = fresh(ctx, listed);
    batch.push(audit::line(ctx, "api_key.created", made.listed.id.as_str(), json!({ "to": facts(&made.listed) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(made)
}

/// Changes a key. Its end can only come nearer: whoever wants it to live longer rotates it. 412 when it is at another version; 409
/// `api_key_over` when it is good no more; 403 `step_up_required`, `more_than_own`.
pub async fn change(ctx: &Ctx<'_>, id: &ApiKeyId, if_match: IfMatch, typed: &Typed) -> Result<Listed, ApiError> {
    let answers = ctx.db.batch(live(ctx, id).to_vec()).await?;
    let [key, account] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let (before, account) = read_live(ctx, key, account)?;
    if_match.check(before.version)?;
    step_up::require_recent(ctx)?;
    let mut after = merged(ctx.now, account.permissions().and(before.scopes), &before, typed)?;
    if after.expires_at > before.expires_at {
        return Err(ApiError::field("expires_in_days", "only_sooner"));
    }
    if facts(&after) == facts(&before) {
        return Ok(before);
    }
    may_give(ctx, account.role, after.scopes)?;
    let mut batch = store::update(&after, before.version).to_vec();
    let detail = json!({ "from": facts(&before), "to": facts(&after) });
    batch.push(audit::line(ctx, "api_key.updated", id.as_str(), detail));
    ctx.db.batch(batch).await?;
    after.version = before.version + 1;
    Ok(after)
}

/// Makes the key that takes the place of another: with its name, scopes and networks. The former is good for so many hours more, so that
/// programs can be given the next one meanwhile. 409 `api_key_over` when it is good no more.
pub async fn rotate(ctx: &Ctx<'_>, id: &ApiKeyId, overlap_hours: u32, days: Option<u32>) -> Result<Made, ApiError> {
    let answers = ctx.db.batch(live(ctx, id).to_vec()).await?;
    let [key, account] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    rotate_known(ctx, read_live(ctx, key, account)?, overlap_hours, days).await
}

/// The same for a key that was loaded already, see [`read_live`].
pub async fn rotate_known(
    ctx: &Ctx<'_>,
    (before, account): (Listed, ServiceAccount),
    overlap_hours: u32,
    days: Option<u32>,
) -> Result<Made, ApiError> {
    let id = &before.id;
    step_up::require_recent(ctx)?;
    if overlap_hours > KEY_OVERLAP_HOURS_MAX {
        let fault = FieldError::new("overlap_hours", "out_of_range").arg("minimum", 0).arg("maximum", KEY_OVERLAP_HOURS_MAX);
        return Err(ApiError::invalid(vec![fault]));
    }
    may_give(ctx, account.role, before.scopes)?;
    let lives = before.expires_at - before.created_at;
    let next = Listed {
        id: ctx.ids().next(),
        created_at: ctx.now,
        expires_at: ctx.now + lives,
        last_used_at: None,
        last_used_from: None,
        version: 1,
        ..before.clone()
    };
    let next = merged(ctx.now, before.scopes, &next, &Typed { days, ..Typed::default() })?;
    let ends_at = before.expires_at.min(ctx.now + TimeDelta::hours(overlap_hours.into()));
    let former = Listed { expires_at: ends_at, ..before.clone() };
    let mut batch = store::update(&former, before.version).to_vec();
    let (made, insert) = fresh(ctx, next);
    batch.extend(insert);
    let detail = json!({ "name": before.name, "next": made.listed.id, "to": facts(&made.listed), "ends": ends_at });
    batch.push(audit::line(ctx, "api_key.rotated", id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(made)
}

/// Ends a key at once, whoever holds it. One that is over stays so. 404 for a key of another account than the one that is named.
pub async fn revoke(ctx: &Ctx<'_>, id: &ApiKeyId, of: Option<&UserId>) -> Result<(), ApiError> {
    let before = find(ctx, id).await?;
    if of.is_some_and(|account| *account != before.account) {
        return Err(ApiError::not_found());
    }
    if before.revoked_at.is_none() {
        let line = audit::line(ctx, "api_key.revoked", id.as_str(), json!({ "from": facts(&before) }));
        ctx.db.batch(vec![store::revoke(id, ctx.now), line]).await?;
    }
    Ok(())
}

/// What loads a key and its account; their answers go to [`read_live`].
pub fn live(ctx: &Ctx<'_>, id: &ApiKeyId) -> [TenantStatement; 2] {
    [store::show(id), service_accounts::show_of_key(id, ctx.now)]
}

/// A key that is still good, and its account. 409 `api_key_over` for one that is not.
pub fn read_live(ctx: &Ctx<'_>, key: &Rows, account: &Rows) -> Result<(Listed, ServiceAccount), ApiError> {
    let key: Listed = key.first()?.ok_or_else(ApiError::not_found)?;
    let account: Option<ServiceAccount> = account.first()?;
    // The keys of an account that is gone were revoked with it.
    let account = account.filter(|_| key.state(ctx.now) == "active").ok_or_else(|| ApiError::conflict("api_key_over"))?;
    Ok((key, account))
}

fn fresh(ctx: &Ctx<'_>, mut listed: Listed) -> (Made, Vec<TenantStatement>) {
    let secret = api_key::fresh(ctx.platform);
    listed.prefix = secret.prefix;
    let batch = store::insert(&listed, &secret.hash, &ctx.actor.reference()).to_vec();
    (Made { listed, key: secret.text }, batch)
}

/// The key with what was typed in place of what stood there. `most` is what its scopes can be of.
fn merged(now: DateTime<Utc>, most: Permissions, before: &Listed, typed: &Typed) -> Result<Listed, ApiError> {
    let mut key = before.clone();
    let mut faults: Vec<FieldError> = Vec::new();
    if let Some(typed) = &typed.name {
        key.name = name(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(typed) = &typed.scopes {
        key.scopes = scopes(most, typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(typed) = &typed.networks {
        key.networks = networks(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(days) = typed.days {
        let (least, most) = KEY_DAYS;
        if !(least..=most).contains(&days) {
            faults.push(FieldError::new("expires_in_days", "out_of_range").arg("minimum", least).arg("maximum", most));
        }
        key.expires_at = now + TimeDelta::days(days.into());
    }
    if faults.is_empty() { Ok(key) } else { Err(ApiError::invalid(faults)) }
}

/// Scopes by name: at least one, and none that the account does not hold.
fn scopes(most: Permissions, typed: &[String]) -> Result<Permissions, FieldError> {
    let named: Option<Permissions> = typed.iter().map(|name| Permission::parse(name)).collect();
    let named = named.ok_or_else(|| FieldError::new("scopes", "unknown_value"))?;
    if named.is_empty() {
        return Err(FieldError::new("scopes", "missing_field"));
    }
    if named.without(most).is_empty() { Ok(named) } else { Err(FieldError::new("scopes", "beyond_account")) }
}

/// Networks as they are stored; a single address is a network of its own.
fn networks(typed: &[String]) -> Result<Vec<String>, FieldError> {
    let mut networks: Vec<String> = Vec::new();
    for text in typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let network = match text.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => format!("{address}/32"),
            Ok(IpAddr::V6(address)) => format!("{address}/128"),
            Err(_) => text.to_owned(),
        };
        Network::parse(&network).ok_or_else(|| FieldError::new("networks", "bad_network"))?;
        if !networks.contains(&network) {
            networks.push(network);
        }
    }
    if networks.len() > KEY_NETWORKS_MAX {
        return Err(FieldError::new("networks", "too_many").arg("maximum", KEY_NETWORKS_MAX));
    }
    Ok(networks)
}

/// What the audit log keeps of a key.
fn facts(key: &Listed) -> Value {
    json!({
        "name": key.name, "account": key.account, "prefix": key.prefix, "scopes": key.scopes, "networks": key.networks,
        "expires_at": key.expires_at
    })
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("api_key_limit").arg("maximum", KEYS_PER_ACCOUNT_MAX),
        // Another key of the tenant begins alike, once in a lifetime: the next try makes another.
        DbError::Refused(rule) if rule == "api_keys.prefix" => ApiError::unavailable(error),
        _ => error.into(),
    }
}
