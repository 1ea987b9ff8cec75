//! Policies over attributes: made, changed, removed. None may shut the tenant's administrators out.

use serde_json::{Value, json};
use shared::access::{Condition, Effect, Holder, Permission, Permissions, Policy, Subject};
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::AccessPolicyId;
use shared::store::access_policies::{self as store, Kept, POLICIES_MAX};

use super::accounts::{name, step_up};
use super::administrators::{self, Administrators};
use super::description::description;
use super::{audit, open_pages};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// A policy as somebody typed it; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// What it does.
    pub effect: Option<Effect>,
    /// Names of permissions.
    pub permissions: Option<Vec<String>>,
    /// When it holds.
    pub condition: Option<Value>,
    /// Whether it is in force.
    pub enabled: Option<bool>,
}

/// One policy.
pub async fn find(ctx: &Ctx<'_>, id: &AccessPolicyId) -> Result<Kept, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes a policy. 409 `name_taken`, `policy_limit`; 403 `more_than_own`; 422 `locks_out_last_admin`.
pub async fn create(ctx: &Ctx<'_>, typed: &Typed) -> Result<Kept, ApiError> {
    let blank = blank(ctx)?;
    let whole = Typed {
        name: Some(typed.name.clone().unwrap_or_default()),
        permissions: Some(typed.permissions.clone().unwrap_or_default()),
        ..typed.clone()
    };
    step_up::require_recent(ctx)?;
    let policy = merged(ctx, &blank, &whole)?;
    let administrators = Administrators::read(&ctx.db.batch(administrators::load().to_vec()).await?)?;
    let mut batch = keeps_an_administrator(administrators, &policy)?;
    batch.extend(store::insert(&policy));
    batch.push(audit::line(ctx, "policy.created", policy.id.as_str(), json!({ "to": facts(&policy) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_everybody(ctx);
    Ok(policy)
}

/// A policy as it would be: what is typed over `before`, or over nothing. Refused as it would be when saved.
pub fn draft(ctx: &Ctx<'_>, before: Option<&Kept>, typed: &Typed) -> Result<Policy, ApiError> {
    let blank = blank(ctx)?;
    let mut policy = merged(ctx, before.unwrap_or(&blank), typed)?;
    policy.enabled = true;
    Ok(in_force(&policy))
}

/// What to load for a change of a policy; the answers are for [`Known::read`].
pub fn load(id: &AccessPolicyId) -> Vec<TenantStatement> {
    let mut batch = vec![store::show(id)];
    batch.extend(administrators::load());
    batch
}

/// A policy that is to be changed, and who administers meanwhile.
#[derive(Debug, Clone)]
pub struct Known {
    /// The policy.
    pub policy: Kept,
    administrators: Administrators,
}

impl Known {
    /// Reads the answers of [`load`].
    pub fn read(answers: &[Rows]) -> Result<Self, ApiError> {
        let [policy, rest @ ..] = answers else { return Err(ApiError::internal("a policy was not answered")) };
        let policy = policy.first()?.ok_or_else(ApiError::not_found)?;
        Ok(Self { policy, administrators: Administrators::read(rest)? })
    }
}

/// Changes a policy; it acts at the next request of whomever it concerns. 403 `policy_denies_you` when it denies something to whoever
/// changes it, and there is an administrator to whom it does not.
pub async fn change(ctx: &Ctx<'_>, id: &AccessPolicyId, if_match: IfMatch, typed: &Typed) -> Result<Kept, ApiError> {
    change_known(ctx, Known::read(&ctx.db.batch(load(id)).await?)?, if_match, typed).await
}

/// The same for a policy that was loaded already.
pub async fn change_known(ctx: &Ctx<'_>, known: Known, if_match: IfMatch, typed: &Typed) -> Result<Kept, ApiError> {
    step_up::require_recent(ctx)?;
    let before = &known.policy;
    if_match.check(before.version)?;
    let mut after = merged(ctx, before, typed)?;
    if facts(&after) == facts(before) {
        return Ok(after);
    }
    is_not_denied(ctx, &known)?;
    after.updated_at = ctx.now;
    after.version = before.version + 1;
    let mut batch = keeps_an_administrator(known.administrators, &after)?;
    batch.extend(store::update(&after, before.version));
    let detail = json!({ "from": facts(before), "to": facts(&after) });
    batch.push(audit::line(ctx, "policy.updated", after.id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_everybody(ctx);
    Ok(after)
}

/// Removes a policy; refused as a change is.
pub async fn remove(ctx: &Ctx<'_>, id: &AccessPolicyId, if_match: IfMatch) -> Result<(), ApiError> {
    remove_known(ctx, &Known::read(&ctx.db.batch(load(id)).await?)?, if_match).await
}

/// The same for a policy that was loaded already.
pub async fn remove_known(ctx: &Ctx<'_>, known: &Known, if_match: IfMatch) -> Result<(), ApiError> {
    step_up::require_recent(ctx)?;
    let before = &known.policy;
    if_match.check(before.version)?;
    is_not_denied(ctx, known)?;
    let mut batch = store::delete(&before.id, before.version).to_vec();
    batch.push(audit::line(ctx, "policy.deleted", before.id.as_str(), json!({ "from": facts(before) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_everybody(ctx);
    Ok(())
}

/// Whom a policy denies something does not lift it. One that denies it to every administrator may be lifted by any of them: else nobody
/// could.
fn is_not_denied(ctx: &Ctx<'_>, known: &Known) -> Result<(), ApiError> {
    let person = ctx.person()?;
    let holder =
        Holder { id: person.id.clone(), organization: person.organization.clone(), department: person.department.clone() };
    let subject = Subject { holder: &holder, role: person.role, email: &person.email, groups: &person.groups };
    let policy = in_force(&known.policy);
    let circumstances = ctx.circumstances();
    let is_denied = known.policy.enabled && policy.denies(&subject, &circumstances);
    if is_denied && known.administrators.has_one_beside(&policy, &circumstances) {
        return Err(ApiError { status: 403, ..ApiError::conflict("policy_denies_you") });
    }
    Ok(())
}

fn in_force(policy: &Kept) -> Policy {
    Policy {
        id: policy.id.clone(),
        name: policy.name.clone(),
        effect: policy.effect,
        permissions: policy.permissions,
        condition: policy.condition.clone(),
    }
}

fn blank(ctx: &Ctx<'_>) -> Result<Kept, ApiError> {
    Ok(Kept {
        id: ctx.ids().next(),
        name: String::new(),
        description: String::new(),
        effect: Effect::Deny,
        permissions: Permissions::NONE,
        condition: never()?,
        enabled: true,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 1,
    })
}

fn never() -> Result<Condition, ApiError> {
    Condition::parse(Value::Bool(false)).map_err(ApiError::internal)
}

fn merged(ctx: &Ctx<'_>, before: &Kept, typed: &Typed) -> Result<Kept, ApiError> {
    let mut policy = before.clone();
    let mut faults: Vec<FieldError> = Vec::new();
    if let Some(typed) = &typed.name {
        policy.name = name(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(typed) = &typed.description {
        policy.description = description(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    policy.effect = typed.effect.unwrap_or(before.effect);
    policy.enabled = typed.enabled.unwrap_or(before.enabled);
    if let Some(names) = &typed.permissions {
        match names.iter().map(|name| Permission::parse(name)).collect::<Option<Permissions>>() {
            Some(permissions) if !permissions.is_empty() => policy.permissions = permissions,
            Some(_) => faults.push(FieldError::new("permissions", "required")),
            None => faults.push(FieldError::new("permissions", "unknown_value")),
        }
    }
    if let Some(rule) = &typed.condition {
        match Condition::parse(rule.clone()) {
            Ok(condition) => policy.condition = condition,
            Err(code) => faults.push(FieldError::new("condition", code)),
        }
    }
    // What is not about tickets is held or not held, whatever the ticket: such a policy would do nothing where it seems to.
    let not_about_tickets = policy.permissions.iter().find(|permission| !permission.is_about_tickets());
    if let (Some(permission), true) = (not_about_tickets, policy.condition.is_about_tickets()) {
        faults.push(FieldError::new("condition", "condition_about_tickets").arg("permission", permission.as_str()));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let gives = policy.effect == Effect::Allow && policy.enabled;
    if gives && !ctx.actor.lacks(policy.permissions).is_empty() { Err(ApiError::more_than_own()) } else { Ok(policy) }
}

/// What guards the batch that saves the policy: somebody is left whom neither it nor the others can keep from administering the tenant.
fn keeps_an_administrator(mut administrators: Administrators, policy: &Kept) -> Result<Vec<TenantStatement>, ApiError> {
    if !policy.enabled || policy.effect == Effect::Allow {
        return Ok(Vec::new());
    }
    administrators.policy(&policy.id, Some(in_force(policy)));
    administrators.guards().ok_or_else(|| ApiError::unprocessable("locks_out_last_admin"))
}

fn facts(policy: &Kept) -> Value {
    json!({
        "name": policy.name, "description": policy.description, "effect": policy.effect, "permissions": policy.permissions,
        "condition": policy.condition, "enabled": policy.enabled
    })
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "access_policies.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("policy_limit").arg("maximum", POLICIES_MAX),
        _ => error.into(),
    }
}
