//! One's own rights, lent to a deputy of the desk for a time. What somebody holds as a deputy is not lent on.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::access::Permission;
use shared::database::DbError;
use shared::error::{ApiError, FieldError};
use shared::id::{DelegationId, UserId};
use shared::store::delegations::{self as store, DELEGATIONS_MAX, Delegation};
use shared::store::held;
use shared::store::people::{self, Listed};
use shared::store::users::Status;

use super::accounts::step_up;
use super::description::description;
use super::{audit, open_pages};
use crate::context::Ctx;

/// Days that rights are lent for at most: a long illness, not a way to keep them.
const DAYS_MAX: i64 = 90;

/// A delegation as somebody typed it.
#[derive(Debug, Clone)]
pub struct Typed {
    /// Whose rights; without it those of whoever asks.
    pub delegator: Option<UserId>,
    /// Who shall have them too.
    pub deputy: UserId,
    /// From when; without it from now.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Deputies are the desk's: 403 for everybody else.
pub fn require_desk(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    if ctx.person()?.role.is_staff() { Ok(()) } else { Err(ApiError::forbidden()) }
}

/// One delegation, for its two parties and those who see who may do what.
pub async fn find(ctx: &Ctx<'_>, id: &DelegationId) -> Result<Delegation, ApiError> {
    require_desk(ctx)?;
    let found: Delegation = ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)?;
    if is_seen(ctx, &found) { Ok(found) } else { Err(ApiError::not_found()) }
}

fn is_seen(ctx: &Ctx<'_>, delegation: &Delegation) -> bool {
    let me = ctx.actor.person().map(|person| &person.id);
    ctx.actor.may(Permission::AccessRead) || me == Some(&delegation.delegator_id) || me == Some(&delegation.deputy_id)
}

/// Lends rights, after a recent proof of who asks: one's own, or with access.manage those of others, as far as one holds them. 409 `delegation_limit`.
pub async fn create(ctx: &Ctx<'_>, typed: &Typed) -> Result<Delegation, ApiError> {
    require_desk(ctx)?;
    let me = &ctx.person()?.id;
    let delegator = typed.delegator.as_ref().unwrap_or(me);
    let for_another = delegator != me;
    if for_another && !ctx.actor.may(Permission::AccessManage) {
        return Err(ApiError::field("delegator", "not_allowed"));
    }
    let starts_at = period(ctx, typed)?;
    let lent = held::held_within(delegator, starts_at, typed.ends_at);
    let answers = ctx.db.batch(vec![people::show(delegator), people::show(&typed.deputy), lent]).await?;
    let [lender, deputy, lent] = answers.as_slice() else { return Err(ApiError::internal("a batch of three")) };
    let of_the_desk = |rows: &shared::database::Rows, field: &str| {
        let person = rows.first::<Listed>()?.filter(|one| one.role.is_staff() && one.status == Status::Active);
        person.map(|one| Party { id: one.id, name: one.name }).ok_or_else(|| ApiError::field(field, "unknown_value"))
    };
    let (lender, deputy) = (of_the_desk(lender, "delegator")?, of_the_desk(deputy, "deputy")?);
    // What the lender gets later, the deputy gets only because it was given to the lender.
    if for_another && !ctx.actor.lacks(held::permissions(lent)?).is_empty() {
        return Err(ApiError::more_than_own());
    }
    lend(ctx, lender, deputy, typed).await
}

/// One of the two, of whom it is known that they are active members of the desk.
#[derive(Debug, Clone)]
pub struct Party {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// Lends one's own rights to a colleague who is known to be there.
pub async fn lend_own(ctx: &Ctx<'_>, deputy: Party, typed: &Typed) -> Result<Delegation, ApiError> {
    require_desk(ctx)?;
    let me = ctx.person()?;
    lend(ctx, Party { id: me.id.clone(), name: me.name.clone() }, deputy, typed).await
}

async fn lend(ctx: &Ctx<'_>, lender: Party, deputy: Party, typed: &Typed) -> Result<Delegation, ApiError> {
    if deputy.id == lender.id {
        return Err(ApiError::field("deputy", "unknown_value"));
    }
    let reason = description(&typed.reason)
        .map_err(|fault| ApiError::invalid(vec![FieldError { field: "reason".to_owned(), ..fault }]))?;
    let starts_at = period(ctx, typed)?;
    step_up::require_recent(ctx)?;
    let delegation = Delegation {
        id: ctx.ids().next(),
        delegator_id: lender.id,
        delegator_name: lender.name,
        deputy_id: deputy.id,
        deputy_name: deputy.name,
        reason,
        starts_at,
        ends_at: typed.ends_at,
        created_by: ctx.actor.reference(),
        created_at: ctx.now,
        revoked_at: None,
    };
    let mut batch = store::insert(&delegation).to_vec();
    batch.push(audit::line(ctx, "delegation.created", delegation.id.as_str(), json!({ "to": facts(&delegation) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_person(ctx, &delegation.deputy_id);
    Ok(delegation)
}

/// From when; refused when it is not a period, or too long a one.
fn period(ctx: &Ctx<'_>, typed: &Typed) -> Result<DateTime<Utc>, ApiError> {
    let starts_at = typed.starts_at.unwrap_or(ctx.now).max(ctx.now);
    if typed.ends_at <= starts_at || typed.ends_at > starts_at + TimeDelta::days(DAYS_MAX) {
        return Err(ApiError::invalid(vec![FieldError::new("ends_at", "bad_period").arg("maximum", DAYS_MAX)]));
    }
    Ok(starts_at)
}

/// Ends a delegation: its lender, its deputy, or those with access.manage. 409 `delegation_over`.
pub async fn revoke(ctx: &Ctx<'_>, id: &DelegationId) -> Result<(), ApiError> {
    let before = find(ctx, id).await?;
    let me = &ctx.person()?.id;
    if *me != before.delegator_id && *me != before.deputy_id && !ctx.actor.may(Permission::AccessManage) {
        return Err(ApiError::forbidden());
    }
    let mut batch = store::revoke(id, ctx.now).to_vec();
    batch.push(audit::line(ctx, "delegation.revoked", id.as_str(), json!({ "from": facts(&before) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_person(ctx, &before.deputy_id);
    Ok(())
}

fn facts(delegation: &Delegation) -> serde_json::Value {
    json!({
        "delegator": delegation.delegator_id, "deputy": delegation.deputy_id, "reason": delegation.reason,
        "starts_at": delegation.starts_at, "ends_at": delegation.ends_at
    })
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("delegation_limit").arg("maximum", DELEGATIONS_MAX),
        DbError::Refused(rule) if rule == "already_done" => ApiError::conflict("delegation_over"),
        _ => error.into(),
    }
}
