//! Roles of the tenant's own: made, changed, removed. The five that are built in stay as they are.
//!
//! Nobody makes a role that holds more than they hold themselves, and no change leaves the tenant without anybody who can administer it.

use serde_json::{Value, json};
use shared::access::{Permission, Permissions, Role};
use shared::database::DbError;
use shared::error::{ApiError, FieldError};
use shared::id::RoleId;
use shared::store::roles::{self as store, OwnRole, ROLES_MAX};

use super::accounts::name;
use super::administrators::{self, ADMINISTERS, Administrators};
use super::description::description;
use super::{audit, open_pages};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// A role as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Names of permissions.
    pub permissions: Option<Vec<String>>,
}

/// One role of the tenant's own.
pub async fn find(ctx: &Ctx<'_>, id: &RoleId) -> Result<OwnRole, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes a role. 409 `name_taken`, `role_limit`; 403 `more_than_own`.
pub async fn create(ctx: &Ctx<'_>, base: Role, typed: &Typed) -> Result<OwnRole, ApiError> {
    let blank = OwnRole {
        id: ctx.ids().next(),
        name: String::new(),
        description: String::new(),
        base,
        permissions: Permissions::NONE,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 1,
    };
    let typed = Typed { name: Some(typed.name.clone().unwrap_or_default()), ..typed.clone() };
    let role = merged(ctx, &blank, &typed)?;
    let mut batch = store::insert(&role).to_vec();
    batch.push(audit::line(ctx, "role.created", role.id.as_str(), json!({ "to": facts(&role) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(role)
}

/// Changes a role; whoever has it has it changed at the next request. 412 when it is at another version; 422 `locks_out_last_admin`.
pub async fn change(ctx: &Ctx<'_>, id: &RoleId, if_match: IfMatch, typed: &Typed) -> Result<OwnRole, ApiError> {
    let mut load = vec![store::show(id)];
    load.extend(administrators::load());
    let answers = ctx.db.batch(load).await?;
    let [role, rest @ ..] = answers.as_slice() else { return Err(ApiError::internal("a role was not answered")) };
    let before = role.first()?.ok_or_else(ApiError::not_found)?;
    change_known(ctx, before, Administrators::read(rest)?, if_match, typed).await
}

/// The same for a role that was loaded already.
pub async fn change_known(
    ctx: &Ctx<'_>,
    before: OwnRole,
    mut administrators: Administrators,
    if_match: IfMatch,
    typed: &Typed,
) -> Result<OwnRole, ApiError> {
    if_match.check(before.version)?;
    let mut after = merged(ctx, &before, typed)?;
    if (&after.name, &after.description, after.permissions) == (&before.name, &before.description, before.permissions) {
        return Ok(before);
    }
    after.updated_at = ctx.now;
    after.version = before.version + 1;
    let lost = before.permissions.without(after.permissions);
    let mut batch = Vec::new();
    if !lost.common(ADMINISTERS).is_empty() {
        administrators.without_role(&before.id);
        batch = administrators.guards().ok_or_else(|| ApiError::unprocessable("locks_out_last_admin"))?;
    }
    batch.extend(store::update(&after, before.version));
    if !lost.common(ADMINISTERS).is_empty() {
        batch.push(store::guard_admin_left());
    }
    batch.push(audit::line(ctx, "role.updated", after.id.as_str(), json!({ "from": facts(&before), "to": facts(&after) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    if after.permissions != before.permissions {
        open_pages::renew_everybody(ctx);
    }
    Ok(after)
}

/// Removes a role that nobody has and no grant gives: 409 `role_in_use`.
pub async fn remove(ctx: &Ctx<'_>, id: &RoleId, if_match: IfMatch) -> Result<(), ApiError> {
    remove_known(ctx, &find(ctx, id).await?, if_match).await
}

/// The same for a role that was loaded already.
pub async fn remove_known(ctx: &Ctx<'_>, before: &OwnRole, if_match: IfMatch) -> Result<(), ApiError> {
    if_match.check(before.version)?;
    let mut batch = store::delete(&before.id, before.version, ctx.now).to_vec();
    batch.push(audit::line(ctx, "role.deleted", before.id.as_str(), json!({ "from": facts(before) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(())
}

/// The role with what was typed in place of what stood there.
fn merged(ctx: &Ctx<'_>, before: &OwnRole, typed: &Typed) -> Result<OwnRole, ApiError> {
    let mut role = before.clone();
    let mut faults: Vec<FieldError> = Vec::new();
    if let Some(typed) = &typed.name {
        role.name = name(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(typed) = &typed.description {
        role.description = description(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(typed) = &typed.permissions {
        role.permissions = permissions(role.base, typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let added = role.permissions.without(before.permissions);
    if ctx.actor.lacks(added).is_empty() { Ok(role) } else { Err(ApiError::more_than_own()) }
}

/// Permissions by name. What a client can hold is the portal's.
fn permissions(base: Role, typed: &[String]) -> Result<Permissions, FieldError> {
    let unknown = || FieldError::new("permissions", "unknown_value");
    let named: Option<Permissions> = typed.iter().map(|name| Permission::parse(name)).collect();
    let named = named.ok_or_else(unknown)?;
    if base == Role::Client && !named.without(Role::CLIENT_PERMISSIONS).is_empty() {
        return Err(FieldError::new("permissions", "desk_only"));
    }
    Ok(named)
}

fn facts(role: &OwnRole) -> Value {
    json!({ "name": role.name, "description": role.description, "base": role.base, "permissions": role.permissions })
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "roles.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("role_limit").arg("maximum", ROLES_MAX),
        DbError::Refused(rule) if rule == "in_use" => ApiError::conflict("role_in_use"),
        DbError::Refused(rule) if rule == "last_admin" => ApiError::unprocessable("locks_out_last_admin"),
        _ => error.into(),
    }
}
