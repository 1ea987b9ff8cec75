//! Groups of people: made, changed, removed, joined and left. What a group gives its members is granted to it elsewhere.

use serde_json::{Value, json};
use shared::access::Permissions;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::{GroupId, UserId};
use shared::store::groups::{self as store, GROUPS_MAX, Given, Group, Member};
use shared::store::people::{self, Listed};

use super::accounts::name;
use super::administrators::{self, Administrators};
use super::description::description;
use super::{audit, open_pages};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// One group.
pub async fn find(ctx: &Ctx<'_>, id: &GroupId) -> Result<Group, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes a group. 409 `name_taken`, `group_limit`.
pub async fn create(ctx: &Ctx<'_>, name: &str, description: &str) -> Result<Group, ApiError> {
    let blank = Group {
        id: ctx.ids().next(),
        name: String::new(),
        description: String::new(),
        members: 0,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 1,
    };
    let group = merged(&blank, Some(name), Some(description))?;
    let mut batch = store::insert(&group).to_vec();
    batch.push(audit::line(ctx, "group.created", group.id.as_str(), json!({ "to": facts(&group) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(group)
}

/// Changes name or description; `None` stays.
pub async fn change(
    ctx: &Ctx<'_>,
    id: &GroupId,
    if_match: IfMatch,
    name: Option<&str>,
    description: Option<&str>,
) -> Result<Group, ApiError> {
    change_known(ctx, find(ctx, id).await?, if_match, name, description).await
}

/// The same for a group that was loaded already.
pub async fn change_known(
    ctx: &Ctx<'_>,
    before: Group,
    if_match: IfMatch,
    name: Option<&str>,
    description: Option<&str>,
) -> Result<Group, ApiError> {
    if_match.check(before.version)?;
    let mut after = merged(&before, name, description)?;
    if facts(&after) == facts(&before) {
        return Ok(before);
    }
    after.updated_at = ctx.now;
    after.version = before.version + 1;
    let mut batch = store::update(&after, before.version).to_vec();
    batch.push(audit::line(ctx, "group.updated", after.id.as_str(), json!({ "from": facts(&before), "to": facts(&after) })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(after)
}

/// Removes a group, its memberships and what was granted to it. 422 `locks_out_last_admin` where a policy spares its members alone.
pub async fn remove(ctx: &Ctx<'_>, id: &GroupId, if_match: IfMatch) -> Result<(), ApiError> {
    let mut load = vec![store::show(id)];
    load.extend(administrators::load());
    let answers = ctx.db.batch(load).await?;
    let [group, rest @ ..] = answers.as_slice() else { return Err(ApiError::internal("a group was not answered")) };
    let before: Group = group.first()?.ok_or_else(ApiError::not_found)?;
    if_match.check(before.version)?;
    let mut administrators = Administrators::read(rest)?;
    administrators.without_group(id);
    let mut batch = guards(&administrators)?;
    batch.extend(store::delete(id, before.version));
    let detail = json!({ "from": facts(&before), "members": before.members });
    batch.push(audit::line(ctx, "group.deleted", id.as_str(), detail));
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_everybody(ctx);
    Ok(())
}

/// Takes somebody in; whoever belongs to the group already stays. 403 `more_than_own` when the group gives more than whoever adds
/// holds, 422 `locks_out_last_admin`. The flag tells whether the person is new to it.
pub async fn join(ctx: &Ctx<'_>, id: &GroupId, user: &UserId) -> Result<(Member, bool), ApiError> {
    let mut batch = vec![store::show(id), people::show(user), store::member(id, user), store::given(id, ctx.now)];
    batch.extend(administrators::load());
    let answers = ctx.db.batch(batch).await?;
    let [group, person, member, given, rest @ ..] = answers.as_slice() else {
        return Err(ApiError::internal("a batch of seven"));
    };
    group.first::<Group>()?.ok_or_else(ApiError::not_found)?;
    let is_there = person.first::<Listed>()?.is_some_and(|person| person.removed_at.is_none());
    if !is_there {
        return Err(ApiError::field("user", "unknown_value"));
    }
    if let Some(member) = member.first()? {
        return Ok((member, false));
    }
    Ok((join_known(ctx, id, user, given, rest).await?, true))
}

/// The same for somebody of whom it is known that they are there and do not belong to it; `given` is the answer of [`store::given`],
/// `administrators` those of [`administrators::load`].
pub async fn join_known(
    ctx: &Ctx<'_>,
    id: &GroupId,
    user: &UserId,
    given: &Rows,
    administrators: &[Rows],
) -> Result<Member, ApiError> {
    if !ctx.actor.lacks(gives(given)?).is_empty() {
        return Err(ApiError::more_than_own());
    }
    let mut administrators = Administrators::read(administrators)?;
    administrators.membership(user, id, true);
    let mut batch = guards(&administrators)?;
    batch.extend([
        store::join(id, user, ctx.now),
        audit::line(ctx, "group.joined", id.as_str(), json!({ "user": user })),
        store::member(id, user),
    ]);
    let rows = match ctx.db.batch(batch).await {
        // The group went meanwhile.
        Err(error) if error.is_refused_by("foreign_key") => return Err(ApiError::not_found()),
        other => other?,
    };
    open_pages::renew_person(ctx, user);
    let member = rows.last().map(Rows::first::<Member>).transpose()?.flatten();
    member.ok_or_else(|| ApiError::internal("a member vanished"))
}

/// Takes somebody out; 404 for one who does not belong to it, 422 `locks_out_last_admin`.
pub async fn leave(ctx: &Ctx<'_>, id: &GroupId, user: &UserId) -> Result<(), ApiError> {
    let mut load = vec![store::member(id, user)];
    load.extend(administrators::load());
    let answers = ctx.db.batch(load).await?;
    let [member, rest @ ..] = answers.as_slice() else { return Err(ApiError::internal("a member was not answered")) };
    member.first::<Member>()?.ok_or_else(ApiError::not_found)?;
    let mut administrators = Administrators::read(rest)?;
    administrators.membership(user, id, false);
    let mut batch = guards(&administrators)?;
    let line = audit::line(ctx, "group.left", id.as_str(), json!({ "user": user }));
    batch.extend([store::leave(id, user), line]);
    ctx.db.batch(batch).await?;
    open_pages::renew_person(ctx, user);
    Ok(())
}

/// Policies can ask about groups: somebody must be left who certainly administers the tenant.
fn guards(administrators: &Administrators) -> Result<Vec<TenantStatement>, ApiError> {
    administrators.guards().ok_or_else(|| ApiError::unprocessable("locks_out_last_admin"))
}

/// What the group gives its members.
fn gives(rows: &Rows) -> Result<Permissions, ApiError> {
    Ok(rows.all::<Given>()?.iter().fold(Permissions::NONE, |all, one| all.and(one.permissions())))
}

fn merged(before: &Group, typed_name: Option<&str>, typed_description: Option<&str>) -> Result<Group, ApiError> {
    let mut group = before.clone();
    let mut faults: Vec<FieldError> = Vec::new();
    if let Some(typed) = typed_name {
        group.name = name(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if let Some(typed) = typed_description {
        group.description = description(typed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    }
    if faults.is_empty() { Ok(group) } else { Err(ApiError::invalid(faults)) }
}

fn facts(group: &Group) -> Value {
    json!({ "name": group.name, "description": group.description })
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "groups.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("group_limit").arg("maximum", GROUPS_MAX),
        _ => error.into(),
    }
}
