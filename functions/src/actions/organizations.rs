//! Customers' organizations: added, changed, removed. The JSON API and the pages both come through here.

use serde_json::json;
use shared::database::{DbError, Rows};
use shared::error::{ApiError, FieldError};
use shared::id::OrganizationId;
use shared::platform::Wake;
use shared::store::desk::{self as store, Organization};
use shared::store::sla_due;

use super::accounts::name;
use super::audit;
use crate::context::Ctx;

/// The customer type of an organization of which none was said.
pub const STANDARD_TYPE: &str = "standard";

/// One organization.
pub async fn find(ctx: &Ctx<'_>, id: &OrganizationId) -> Result<Organization, ApiError> {
    ctx.db.run(store::organization(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Adds an organization; 409 `name_taken` when there is one of that name.
pub async fn add(ctx: &Ctx<'_>, typed_name: &str, typed_type: Option<&str>) -> Result<Organization, ApiError> {
    let (name, kind) = checked(Some(typed_name), Some(typed_type.unwrap_or(STANDARD_TYPE)))?;
    let (name, kind) = (name.unwrap_or_default(), kind.unwrap_or_default());
    let id: OrganizationId = ctx.ids().next();
    let detail = json!({"name": name, "customer_type": kind});
    let batch = vec![
        store::insert_organization(&id, &name, &kind, ctx.now),
        audit::line(ctx, "organization.created", id.as_str(), detail),
    ];
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(Organization { id, name, customer_type: kind, created_at: ctx.now.timestamp_millis() })
}

/// Changes name or type; `None` stays. Policies tell customers apart by their type: open tickets get the one that fits now.
pub async fn change(
    ctx: &Ctx<'_>,
    id: &OrganizationId,
    typed_name: Option<&str>,
    typed_type: Option<&str>,
) -> Result<Organization, ApiError> {
    change_known(ctx, &find(ctx, id).await?, typed_name, typed_type).await
}

/// The same for an organization that was loaded already.
pub async fn change_known(
    ctx: &Ctx<'_>,
    before: &Organization,
    typed_name: Option<&str>,
    typed_type: Option<&str>,
) -> Result<Organization, ApiError> {
    let id = &before.id;
    let (name, kind) = checked(typed_name, typed_type)?;
    let detail = json!({
        "from": {"name": before.name, "customer_type": before.customer_type},
        "to": {"name": name, "customer_type": kind}
    });
    let mut batch = vec![
        store::update_organization(id, name.as_deref(), kind.as_deref()),
        audit::line(ctx, "organization.updated", id.as_str(), detail),
    ];
    let promises_change = kind.is_some_and(|kind| kind != before.customer_type);
    if promises_change {
        batch.push(sla_due::request(id.as_str(), ctx.now.timestamp_millis(), &ctx.actor.reference(), ctx.now));
    }
    batch.push(store::organization(id));
    let rows = ctx.db.batch(batch).await.map_err(refusal)?;
    if promises_change {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    rows.last().map(Rows::first).transpose()?.flatten().ok_or_else(ApiError::not_found)
}

/// Removes an organization to which neither people nor tickets belong: 409 `in_use`.
pub async fn remove(ctx: &Ctx<'_>, id: &OrganizationId) -> Result<(), ApiError> {
    remove_known(ctx, &find(ctx, id).await?).await
}

/// The same for an organization that was loaded already.
pub async fn remove_known(ctx: &Ctx<'_>, before: &Organization) -> Result<(), ApiError> {
    let id = &before.id;
    let detail = json!({"from": {"name": before.name, "customer_type": before.customer_type}});
    let batch = vec![store::delete_organization(id), audit::line(ctx, "organization.deleted", id.as_str(), detail)];
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(())
}

fn checked(typed_name: Option<&str>, typed_type: Option<&str>) -> Result<(Option<String>, Option<String>), ApiError> {
    let mut faults = Vec::new();
    let name = typed_name.and_then(|typed| name(typed).map_err(|fault| faults.push(fault)).ok());
    let kind = typed_type.and_then(|typed| customer_type(typed).map_err(|fault| faults.push(fault)).ok());
    if faults.is_empty() { Ok((name, kind)) } else { Err(ApiError::invalid(faults)) }
}

/// A customer type: a short name of lower-case letters, digits and `_`.
fn customer_type(typed: &str) -> Result<String, FieldError> {
    let good = !typed.is_empty()
        && typed.len() <= 40
        && typed.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if good { Ok(typed.to_owned()) } else { Err(FieldError::new("customer_type", "bad_format")) }
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "organizations.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "foreign_key" => ApiError::conflict("in_use"),
        _ => error.into(),
    }
}
