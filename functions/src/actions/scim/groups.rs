//! Groups: found, made, changed, joined and left by many at once, removed.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;
use shared::access::Permissions;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::{GroupId, UserId};
use shared::scim::groups::Draft;
use shared::scim::query::{GroupBy, Page};
use shared::scim::{MEMBERS_CHANGED_MAX, MEMBERS_MAX, bad_value, too_many};
use shared::store::groups::{self as plain, GROUPS_MAX, Given};
use shared::store::scim::{self as store, Count, Group, Member};

use super::{check, cut, group_tag};
use crate::actions::administrators::{self, Administrators};
use crate::actions::{accounts, audit, open_pages};
use crate::context::Ctx;

/// Beyond so many people whose rights change all open pages of the tenant come back rather than theirs.
const RENEWED_MAX: usize = 20;

/// A page of groups, and how many there are.
pub async fn list(ctx: &Ctx<'_>, by: &GroupBy, page: Page) -> Result<(Vec<Group>, u32), ApiError> {
    let Some(found) = store::groups(by, page) else { return Ok((Vec::new(), 0)) };
    let answers = ctx.db.batch(vec![found, store::count_groups()]).await?;
    let [found, count] = answers.as_slice() else { return Err(ApiError::internal("a batch of two")) };
    let groups: Vec<Group> = found.all()?;
    if *by == GroupBy::All {
        return Ok((groups, count.first::<Count>()?.map_or(0, |count| count.count)));
    }
    let total = u32::try_from(groups.len()).unwrap_or(u32::MAX);
    Ok((cut(groups, page), total))
}

/// Who belongs to these groups. 400 `tooMany` when they are more than one answer lists.
pub async fn members(ctx: &Ctx<'_>, groups: &[Group]) -> Result<Vec<Member>, ApiError> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<GroupId> = groups.iter().map(|group| group.id.clone()).collect();
    listed(&ctx.db.run(store::members(&ids)).await?)
}

fn listed(rows: &Rows) -> Result<Vec<Member>, ApiError> {
    let members: Vec<Member> = rows.all()?;
    if members.len() > MEMBERS_MAX { Err(too_many()) } else { Ok(members) }
}

/// One group.
pub async fn find(ctx: &Ctx<'_>, id: &GroupId) -> Result<Group, ApiError> {
    ctx.db.run(store::group(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes a group with its members. It gives nothing yet, so whoever may make groups may put anybody in. 409 `name_taken`, `group_limit`.
pub async fn create(ctx: &Ctx<'_>, draft: &Draft) -> Result<(Group, Vec<Member>), ApiError> {
    let name = name(draft.name.as_deref().unwrap_or_default())?;
    let joining: Vec<&UserId> = draft.members.iter().filter(|(_, is_in)| **is_in).map(|(id, _)| id).collect();
    let present = if joining.is_empty() { BTreeSet::new() } else { people(&ctx.db.run(store::present(&joining)).await?)? };
    check_joining(&joining, &present)?;
    let group = plain::Group {
        id: ctx.ids().next(),
        name,
        description: String::new(),
        members: 0,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 1,
    };
    let mut batch = plain::insert(&group).to_vec();
    batch.push(audit::line(ctx, "group.created", group.id.as_str(), json!({ "to": { "name": group.name, "description": "" } })));
    batch.push(store::keep_group(&group.id, draft.external_id.clone().flatten().as_deref()));
    batch.extend(moves(ctx, &group.id, &joining, &[]));
    batch.extend([store::group(&group.id), store::members(&[group.id])]);
    let rows = ctx.db.batch(batch).await.map_err(refusal)?;
    renew(ctx, &joining);
    written(&rows)
}

/// Changes a group and who belongs to it. 403 `more_than_own` when it gives whoever comes more than the program holds, 409 `name_taken`, 422
/// `locks_out_last_admin` where policies ask about the group.
pub async fn change(
    ctx: &Ctx<'_>,
    id: &GroupId,
    if_match: Option<&str>,
    draft: &Draft,
) -> Result<(Group, Vec<Member>), ApiError> {
    let named: Vec<&UserId> = draft.members.keys().collect();
    let ids = [id.clone()];
    let mut batch = vec![store::group(id), store::present(&named), store::members(&ids), plain::given(id, ctx.now)];
    batch.extend(administrators::load());
    let answers = ctx.db.batch(batch).await?;
    let [group, present, members, given, administrators @ ..] = answers.as_slice() else {
        return Err(ApiError::internal("a group was not answered"));
    };
    let before: Group = group.first()?.ok_or_else(ApiError::not_found)?;
    check(if_match, &group_tag(&before))?;
    let members = listed(members)?;
    let is_member = |id: &UserId| members.iter().any(|member| member.user_id == *id);
    let joining: Vec<&UserId> = wanted(draft, true).filter(|id| !is_member(id)).collect();
    let leaving: Vec<&UserId> = if draft.is_whole {
        members.iter().map(|member| &member.user_id).filter(|id| draft.members.get(*id) != Some(&true)).collect()
    } else {
        wanted(draft, false).filter(|id| is_member(id)).collect()
    };
    check_joining(&joining, &people(present)?)?;
    if joining.len() + leaving.len() > MEMBERS_CHANGED_MAX {
        return Err(too_many());
    }
    let held = given.all::<Given>()?.iter().fold(Permissions::NONE, |all, one| all.and(one.permissions()));
    if !joining.is_empty() && !ctx.actor.lacks(held).is_empty() {
        return Err(ApiError::more_than_own());
    }
    let name = draft.name.as_deref().map(name).transpose()?.unwrap_or_else(|| before.name.clone());
    let external_id = draft.external_id.clone().unwrap_or_else(|| before.external_id.clone());
    let is_other = name != before.name || external_id != before.external_id;
    if !is_other && joining.is_empty() && leaving.is_empty() {
        return Ok((before, members));
    }
    let mut administrators = Administrators::read(administrators)?;
    for user in &joining {
        administrators.membership(user, id, true);
    }
    for user in &leaving {
        administrators.membership(user, id, false);
    }
    let mut batch = guards(&administrators, joining.len() + leaving.len())?;
    batch.push(store::guard_group(&before));
    if is_other {
        let detail = json!({ "from": { "name": before.name }, "to": { "name": name, "external_id": external_id } });
        batch.push(store::keep_group(id, external_id.as_deref()));
        batch.push(audit::line(ctx, "group.updated", id.as_str(), detail));
    }
    batch.push(store::change_group(id, &name, ctx.now));
    batch.extend(moves(ctx, id, &joining, &leaving));
    batch.extend([store::group(id), store::members(&ids)]);
    let rows = ctx.db.batch(batch).await.map_err(refusal)?;
    renew(ctx, &[joining, leaving].concat());
    written(&rows)
}

/// The group and its members as the last two answers of a batch.
fn written(rows: &[Rows]) -> Result<(Group, Vec<Member>), ApiError> {
    let [.., group, members] = rows else { return Err(ApiError::internal("a group was not answered")) };
    Ok((group.first()?.ok_or_else(ApiError::not_found)?, members.all()?))
}

/// Removes a group, its memberships and what was granted to it. 422 `locks_out_last_admin`.
pub async fn remove(ctx: &Ctx<'_>, id: &GroupId, if_match: Option<&str>) -> Result<(), ApiError> {
    let mut load = vec![store::group(id)];
    load.extend(administrators::load());
    let answers = ctx.db.batch(load).await?;
    let [group, administrators @ ..] = answers.as_slice() else { return Err(ApiError::internal("a group was not answered")) };
    let before: Group = group.first()?.ok_or_else(ApiError::not_found)?;
    check(if_match, &group_tag(&before))?;
    let mut administrators = Administrators::read(administrators)?;
    administrators.without_group(id);
    let mut batch = guards(&administrators, 1)?;
    batch.extend([
        store::guard_group(&before),
        store::delete_group(id),
        audit::line(ctx, "group.deleted", id.as_str(), json!({ "from": { "name": before.name } })),
    ]);
    ctx.db.batch(batch).await.map_err(refusal)?;
    open_pages::renew_everybody(ctx);
    Ok(())
}

fn wanted(draft: &Draft, is_in: bool) -> impl Iterator<Item = &UserId> {
    draft.members.iter().filter(move |(_, wanted)| **wanted == is_in).map(|(id, _)| id)
}

#[derive(Deserialize)]
struct Present {
    id: UserId,
}

fn people(rows: &Rows) -> Result<BTreeSet<UserId>, ApiError> {
    Ok(rows.all::<Present>()?.into_iter().map(|row| row.id).collect())
}

/// Whoever comes in has to be there; another tenant's person is nobody.
fn check_joining(joining: &[&UserId], present: &BTreeSet<UserId>) -> Result<(), ApiError> {
    if joining.len() > MEMBERS_CHANGED_MAX {
        return Err(too_many());
    }
    if joining.iter().all(|id| present.contains(*id)) { Ok(()) } else { Err(bad_value("members")) }
}

/// Who comes and goes, each with a line of the audit log.
fn moves(ctx: &Ctx<'_>, id: &GroupId, joining: &[&UserId], leaving: &[&UserId]) -> Vec<TenantStatement> {
    let mut batch = Vec::new();
    if !joining.is_empty() {
        batch.push(store::join(id, joining, ctx.now));
    }
    if !leaving.is_empty() {
        batch.push(store::leave(id, leaving));
    }
    let line = |action: &str, user: &UserId| audit::line(ctx, action, id.as_str(), json!({ "user": user }));
    batch.extend(joining.iter().map(|user| line("group.joined", user)));
    batch.extend(leaving.iter().map(|user| line("group.left", user)));
    batch
}

fn renew(ctx: &Ctx<'_>, moved: &[&UserId]) {
    if moved.len() > RENEWED_MAX {
        open_pages::renew_everybody(ctx);
    } else {
        for user in moved {
            open_pages::renew_person(ctx, user);
        }
    }
}

/// Policies can ask about groups: somebody must be left who certainly administers the tenant.
fn guards(administrators: &Administrators, moved: usize) -> Result<Vec<TenantStatement>, ApiError> {
    if moved == 0 {
        return Ok(Vec::new());
    }
    administrators.guards().ok_or_else(|| ApiError::unprocessable("locks_out_last_admin"))
}

fn name(typed: &str) -> Result<String, ApiError> {
    accounts::name(typed).map_err(|_| bad_value("displayName"))
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "groups.name" => ApiError::conflict("name_taken"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("group_limit").arg("maximum", GROUPS_MAX),
        // Somebody went meanwhile.
        DbError::Refused(rule) if rule == "foreign_key" => bad_value("members"),
        _ => error.into(),
    }
}
