//! Accounts of programs: made, renamed, given another role, disabled, removed.
//!
//! Nobody makes an account that may do more than they may themselves, nor changes one that does.

use serde_json::{Value, json};
use shared::access::Role;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::UserId;
use shared::limits::SERVICE_ACCOUNTS_MAX;
use shared::store::roles::{self, OwnRole, RoleChoice};
use shared::store::service_accounts::{self as store, ServiceAccount};
use shared::store::users::Status;
use shared::store::{api_keys, people};

use super::accounts::{name, step_up};
use super::people::{GivenRole, may_give};
use super::{audit, open_pages};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// What to change of an account; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Name.
    pub name: Option<String>,
    /// Role.
    pub role: Option<RoleChoice>,
    /// Whether its keys are good for anything.
    pub is_active: Option<bool>,
}

/// One account.
pub async fn find(ctx: &Ctx<'_>, id: &UserId) -> Result<ServiceAccount, ApiError> {
    ctx.db.run(store::show(id, ctx.now)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes an account. 403 `step_up_required`, `more_than_own`; 409 `service_account_limit`.
pub async fn create(ctx: &Ctx<'_>, typed: &str, choice: &RoleChoice) -> Result<ServiceAccount, ApiError> {
    let own = match choice.own() {
        Some(own) => ctx.db.run(roles::show(own)).await?.first()?,
        None => None,
    };
    create_as(ctx, typed, choice, own).await
}

/// The same with the role of the tenant's own, if it is to be one and there is such a one.
pub async fn create_as(
    ctx: &Ctx<'_>,
    typed: &str,
    choice: &RoleChoice,
    own: Option<OwnRole>,
) -> Result<ServiceAccount, ApiError> {
    let name = name(typed).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let role = GivenRole::chosen(choice, own)?;
    step_up::require_recent(ctx)?;
    may_give(ctx, role.base, role.permissions)?;
    let mut account = ServiceAccount {
        id: ctx.ids().next(),
        name,
        role: Role::Client,
        role_id: None,
        role_name: None,
        role_permissions: None,
        status: Status::Active,
        live_keys: 0,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 1,
    };
    take_role(&mut account, &role);
    let mut batch = role.guard();
    batch.extend(store::insert(&account.id, &account.name, account.role, account.role_id.as_ref(), ctx.now));
    batch.push(audit::line(ctx, "service_account.created", account.id.as_str(), json!({ "to": facts(&account) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(account)
}

/// Changes an account. Whoever uses its keys is judged by the new role at the next request, and shut out at once when it is disabled.
/// 412 when it is at another version; 403 `step_up_required`, `more_than_own` where role or status change.
pub async fn change(ctx: &Ctx<'_>, id: &UserId, if_match: IfMatch, changes: &Changes) -> Result<ServiceAccount, ApiError> {
    let own = changes.role.as_ref().and_then(RoleChoice::own);
    let mut load = vec![store::show(id, ctx.now)];
    load.extend(own.map(roles::show));
    let loaded = ctx.db.batch(load).await?;
    let before = loaded.first().map(Rows::first).transpose()?.flatten().ok_or_else(ApiError::not_found)?;
    let own = match own {
        Some(_) => loaded.last().map(Rows::first).transpose()?.flatten(),
        None => None,
    };
    change_known(ctx, before, if_match, changes, own).await
}

/// The same for an account that was loaded already, with the role of the tenant's own, if it is to be one and there is such a one.
pub async fn change_known(
    ctx: &Ctx<'_>,
    before: ServiceAccount,
    if_match: IfMatch,
    changes: &Changes,
    own: Option<OwnRole>,
) -> Result<ServiceAccount, ApiError> {
    if_match.check(before.version)?;
    let mut after = before.clone();
    if let Some(typed) = &changes.name {
        after.name = name(typed).map_err(|fault| ApiError::invalid(vec![fault]))?;
    }
    if let Some(is_active) = changes.is_active {
        after.status = if is_active { Status::Active } else { Status::Disabled };
    }
    let role = changes.role.as_ref().map(|choice| GivenRole::chosen(choice, own)).transpose()?;
    if let Some(role) = &role {
        take_role(&mut after, role);
    }
    if facts(&after) == facts(&before) {
        return Ok(before);
    }
    let role_changes = (after.role, &after.role_id) != (before.role, &before.role_id);
    if role_changes || after.status != before.status {
        step_up::require_recent(ctx)?;
        may_give(ctx, before.role, before.permissions())?;
        may_give(ctx, after.role, after.permissions())?;
    }
    let mut batch: Vec<TenantStatement> = role.as_ref().map(GivenRole::guard).unwrap_or_default();
    batch.extend(store::update(&after, before.version, ctx.now));
    let detail = json!({ "from": facts(&before), "to": facts(&after) });
    batch.push(audit::line(ctx, "service_account.updated", after.id.as_str(), detail));
    ctx.db.batch(batch).await?;
    after.updated_at = ctx.now;
    after.version = before.version + 1;
    if after.status == Status::Disabled {
        open_pages::end_person(ctx, &after.id, None);
    }
    Ok(after)
}

/// Removes an account for good, and all its keys with it. What it wrote keeps its name.
pub async fn remove(ctx: &Ctx<'_>, id: &UserId, if_match: IfMatch) -> Result<(), ApiError> {
    remove_known(ctx, &find(ctx, id).await?, if_match).await
}

/// The same for an account that was loaded already.
pub async fn remove_known(ctx: &Ctx<'_>, before: &ServiceAccount, if_match: IfMatch) -> Result<(), ApiError> {
    if_match.check(before.version)?;
    step_up::require_recent(ctx)?;
    may_give(ctx, before.role, before.permissions())?;
    let mut batch = vec![people::guard_version(&before.id, before.version)];
    batch.extend(people::remove(&before.id, ctx.now));
    batch.push(api_keys::revoke_of_account(&before.id, ctx.now));
    batch.push(audit::line(ctx, "service_account.removed", before.id.as_str(), json!({ "from": facts(before) })));
    ctx.db.batch(batch).await?;
    open_pages::end_person(ctx, &before.id, None);
    Ok(())
}

fn take_role(account: &mut ServiceAccount, role: &GivenRole) {
    account.role = role.base;
    account.role_id = role.own().map(|own| own.id.clone());
    account.role_name = role.own().map(|own| own.name.clone());
    account.role_permissions = role.own().map(|own| own.permissions);
}

/// What the audit log keeps of an account.
fn facts(account: &ServiceAccount) -> Value {
    json!({ "name": account.name, "role": account.role, "own_role": account.role_id, "status": account.status })
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "limit" => {
            ApiError::conflict("service_account_limit").arg("maximum", SERVICE_ACCOUNTS_MAX)
        }
        _ => error.into(),
    }
}
