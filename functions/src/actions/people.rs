//! The tenant's people, as an administrator keeps them.

use serde_json::{Value, json};
use shared::access::{Permission, Permissions, Role};
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, RoleId, UserId};
use shared::limits::INVITATION_LINK_SECONDS;
use shared::mail::address;
use shared::platform::Wake;
use shared::store::administrators::AdminRow;
use shared::store::directory_people;
use shared::store::drafts;
use shared::store::held;
use shared::store::one_time::{Pending, Purpose};
use shared::store::passkeys;
use shared::store::people::{self as store, Change, Listed, NewUser};
use shared::store::roles::{self, OwnRole, RoleChoice};
use shared::store::sessions;
use shared::store::users::{self, Status};
use shared::store::{phones, push_devices};

use super::accounts::links::{self, NewLink};
use super::accounts::{name, step_up};
use super::administrators::{self, Administrators};
use super::{audit, open_pages};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// A person to add.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: RoleChoice,
    /// Language; without it the tenant's.
    pub locale: Option<Locale>,
    /// Company.
    pub organization: Option<OrganizationId>,
    /// Department.
    pub department: Option<DepartmentId>,
}

/// What to change of a person. `None` leaves it; `Some(None)` takes it away.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Name.
    pub name: Option<String>,
    /// Role.
    pub role: Option<RoleChoice>,
    /// `active` or `disabled`.
    pub status: Option<Status>,
    /// Language.
    pub locale: Option<Option<Locale>>,
    /// Company.
    pub organization: Option<Option<OrganizationId>>,
    /// Department.
    pub department: Option<Option<DepartmentId>>,
    /// `false` lets mail go there again after a hard bounce.
    pub mail_blocked: Option<bool>,
}

/// Adds a person, who gets a mail with a link for choosing a password. Whoever adds somebody to the desk proves anew who they are.
/// 409 `email_taken` when somebody has the address, 403 `more_than_own` when the role holds more than whoever adds.
pub async fn add(ctx: &Ctx<'_>, newcomer: &Newcomer) -> Result<Listed, ApiError> {
    let own = match newcomer.role.own() {
        Some(own) => ctx.db.run(roles::show(own)).await?.first()?,
        None => None,
    };
    add_as(ctx, newcomer, own).await
}

/// The same with the role of the tenant's own, if it is to be one and there is such a one.
pub async fn add_as(ctx: &Ctx<'_>, newcomer: &Newcomer, own: Option<OwnRole>) -> Result<Listed, ApiError> {
    let mut faults = Vec::new();
    let name = name(&newcomer.name).map_err(|fault| faults.push(fault)).unwrap_or_default();
    let email = address::normalize(&newcomer.email).unwrap_or_else(|| {
        faults.push(FieldError::new("email", "bad_email"));
        String::new()
    });
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let role = GivenRole::chosen(&newcomer.role, own)?;
    if role.base.is_staff() {
        step_up::require_recent(ctx)?;
    }
    may_give(ctx, role.base, role.permissions)?;
    let id: UserId = ctx.ids().next();
    let user = NewUser {
        id: &id,
        email: &email,
        name: &name,
        role: role.base,
        own_role: role.own_id(),
        locale: newcomer.locale,
        organization: newcomer.organization.as_ref(),
        department: newcomer.department.as_ref(),
    };
    let (link, mail) = invitation(ctx, &id, &email, newcomer.locale);
    let detail = json!({ "email": email, "name": name, "role": role.base, "own_role": role.own_id() });
    let mut batch = role.guard();
    batch.extend([
        store::insert(&user, ctx.now),
        link,
        mail,
        audit::line(ctx, "user.created", id.as_str(), detail),
        store::show(&id),
    ]);
    let rows = match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("users.email") => return Err(ApiError::conflict("email_taken")),
        Err(error) if error.is_refused_by("foreign_key") => return Err(unknown_place(newcomer.organization.is_some())),
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    rows.last().map(Rows::first::<Listed>).transpose()?.flatten().ok_or_else(|| ApiError::internal("a person vanished"))
}

/// Mails an active person a fresh link for choosing a password, as when they were added. 409 `not_active` for anybody else, and
/// `directory_person` for one whose password a directory keeps.
pub async fn invite(ctx: &Ctx<'_>, id: &UserId) -> Result<(), ApiError> {
    let known = find(ctx, id).await?;
    if known.status != Status::Active {
        return Err(ApiError::conflict("not_active"));
    }
    let (link, mail) = invitation(ctx, id, &known.email, known.locale);
    let audited = audit::line(ctx, "user.invited", id.as_str(), json!({}));
    ctx.db.batch(vec![directory_people::guard_local(id), link, mail, audited]).await?;
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(())
}

/// One person; gone ones too, since old tickets name them.
pub async fn find(ctx: &Ctx<'_>, id: &UserId) -> Result<Listed, ApiError> {
    ctx.db.run(store::show(id)).await?.first::<Listed>()?.ok_or_else(ApiError::not_found)
}

/// The link for choosing a password, and the mail that carries it.
pub(super) fn invitation(ctx: &Ctx<'_>, id: &UserId, email: &str, locale: Option<Locale>) -> (TenantStatement, TenantStatement) {
    let link = NewLink {
        purpose: Purpose::PasswordReset,
        user: id,
        pending: Pending::default(),
        lives_seconds: INVITATION_LINK_SECONDS,
    };
    let (link, mail) = links::mailed(ctx, &link, email, locale.unwrap_or_else(|| ctx.tenant.locale()));
    (link.statement, mail)
}

/// What decides about the change of a person beside the person, as [`Beside::load`] loads it.
#[derive(Debug, Clone)]
pub struct Beside {
    administrators: Administrators,
    /// What roles hold that were granted for the person's own company or department.
    moving: Permissions,
    /// The person's deputies, who lose and gain with them.
    deputies: Vec<UserId>,
}

impl Beside {
    /// How many statements [`Self::load`] has.
    pub const STATEMENTS: usize = administrators::STATEMENTS + 2;

    /// What to load.
    pub fn load(ctx: &Ctx<'_>, id: &UserId) -> Vec<TenantStatement> {
        let mut batch = administrators::load().to_vec();
        batch.extend([held::moving(id, ctx.now), held::deputies(id, ctx.now)]);
        batch
    }

    /// Reads the answers.
    pub fn read(answers: &[Rows]) -> Result<Self, ApiError> {
        let [administrators @ .., moving, deputies] = answers else {
            return Err(ApiError::internal("what stands beside a person was not answered"));
        };
        Ok(Self {
            administrators: Administrators::read(administrators)?,
            moving: held::permissions(moving)?,
            deputies: held::ids(deputies)?,
        })
    }

    /// Open pages of the person's deputies come back with what is theirs now.
    fn renew_deputies(&self, ctx: &Ctx<'_>) {
        for deputy in &self.deputies {
            open_pages::renew_person(ctx, deputy);
        }
    }
}

/// Changes a person; another role or status asks for a recent proof. Whoever is disabled is signed out everywhere at once; the open
/// pages of somebody whose role or place changes come back with it. 412 when `version` is not the present one, 409 `last_admin` when nobody would be left who can administer the tenant, 403
/// `more_than_own` when the role before or after, or what moves with the person's place, holds more than whoever changes it, 409 `user_removed` for one who is gone for good.
pub async fn change(ctx: &Ctx<'_>, id: &UserId, if_match: IfMatch, changes: &Changes) -> Result<Listed, ApiError> {
    let own = changes.role.as_ref().and_then(RoleChoice::own);
    let mut load = vec![store::show(id)];
    load.extend(Beside::load(ctx, id));
    load.extend(own.map(roles::show));
    let loaded = ctx.db.batch(load).await?;
    let [before, rest @ ..] = loaded.as_slice() else { return Err(ApiError::internal("a person was not answered")) };
    let (beside, own_role) = rest.split_at_checked(Beside::STATEMENTS).unwrap_or_default();
    let before = before.first::<Listed>()?.ok_or_else(ApiError::not_found)?;
    let own = own_role.first().map(Rows::first::<OwnRole>).transpose()?.flatten();
    change_known(ctx, &before, Beside::read(beside)?, if_match, changes, own).await
}

/// The same for a person who was loaded already, with the role of the tenant's own, if it is to be one and there is such a one.
pub async fn change_known(
    ctx: &Ctx<'_>,
    before: &Listed,
    mut beside: Beside,
    if_match: IfMatch,
    changes: &Changes,
    own: Option<OwnRole>,
) -> Result<Listed, ApiError> {
    let id = &before.id;
    if_match.check(before.version)?;
    if before.removed_at.is_some() {
        return Err(ApiError::conflict("user_removed"));
    }
    let mut after = merged(before, changes)?;
    let role = changes.role.as_ref().map(|choice| GivenRole::chosen(choice, own)).transpose()?;
    if let Some(role) = &role {
        role.take_effect(&mut after);
    }
    let role_changes = after.role != before.role || after.role_id != before.role_id;
    if role_changes || after.status != before.status {
        step_up::require_recent(ctx)?;
        may_give(ctx, before.role, before.permissions())?;
        may_give(ctx, after.role, after.permissions())?;
    }
    let moves = after.organization_id != before.organization_id || after.department_id != before.department_id;
    if moves && !ctx.actor.lacks(beside.moving).is_empty() {
        return Err(ApiError::more_than_own());
    }
    let is_shut_out = after.status == Status::Disabled && before.status != Status::Disabled;
    let mut batch = Vec::new();
    if administers(before) && (role_changes || moves || after.status != before.status) {
        batch = still_administered(&mut beside.administrators, id, Some(&after).filter(|after| administers(after)))?;
    }
    batch.extend(written(ctx, before, &after, role.as_ref(), changes.mail_blocked != Some(false)));
    let rows = ctx.db.batch(batch).await;
    let rows = match rows {
        Err(error) if error.is_refused_by("last_admin") => return Err(ApiError::conflict("last_admin")),
        Err(error) if error.is_refused_by("foreign_key") => {
            return Err(unknown_place(matches!(changes.organization, Some(Some(_)))));
        }
        other => other?,
    };
    if is_shut_out {
        open_pages::end_person(ctx, id, None);
    } else if role_changes || moves {
        open_pages::renew_person(ctx, id);
    }
    if is_shut_out || role_changes || moves {
        beside.renew_deputies(ctx);
    }
    rows.last().map(Rows::first::<Listed>).transpose()?.flatten().ok_or_else(ApiError::not_found)
}

/// Guards for a change after which the administrator is `after`, or none any more. 409 `last_admin`.
pub(super) fn still_administered(
    administrators: &mut Administrators,
    id: &UserId,
    after: Option<&Listed>,
) -> Result<Vec<TenantStatement>, ApiError> {
    administrators.person(id, |admin| {
        after.map(|after| AdminRow {
            role: after.role,
            role_id: after.role_id.clone(),
            organization_id: after.organization_id.clone(),
            department_id: after.department_id.clone(),
            ..admin
        })
    });
    administrators.guards().ok_or_else(|| ApiError::conflict("last_admin"))
}

/// What a change writes, the person as they are afterwards last.
fn written(
    ctx: &Ctx<'_>,
    before: &Listed,
    after: &Listed,
    role: Option<&GivenRole>,
    keeps_mail_block: bool,
) -> Vec<TenantStatement> {
    let id = &before.id;
    let mut batch = vec![store::guard_version(id, before.version)];
    batch.extend(role.map(GivenRole::guard).unwrap_or_default());
    batch.push(store::update(
        id,
        &Change {
            name: &after.name,
            role: after.role,
            own_role: after.role_id.as_ref(),
            status: after.status,
            locale: after.locale,
            organization: after.organization_id.as_ref(),
            department: after.department_id.as_ref(),
            keeps_mail_block,
        },
        ctx.now,
    ));
    if administers(before) && !administers(after) {
        batch.push(roles::guard_admin_left());
    }
    if after.status == Status::Disabled && before.status != Status::Disabled {
        batch.push(sessions::revoke_of_user(id, ctx.now, None));
    }
    if after.status == Status::Active && before.status == Status::Unverified {
        batch.push(users::release_tickets(id));
    }
    batch.push(audit::line(ctx, "user.updated", id.as_str(), json!({ "from": facts(before), "to": facts(after) })));
    batch.push(store::show(id));
    batch
}

/// Takes a person away for good. Tickets keep the name; the address is free again, sessions and links end, memberships, grants and
/// deputies too. 409 `last_admin`, 403 `more_than_own`. Whoever is gone already stays so.
pub async fn remove(ctx: &Ctx<'_>, id: &UserId, if_match: IfMatch) -> Result<(), ApiError> {
    let mut load = vec![store::show(id)];
    load.extend(Beside::load(ctx, id));
    let loaded = ctx.db.batch(load).await?;
    let [before, beside @ ..] = loaded.as_slice() else { return Err(ApiError::internal("a person was not answered")) };
    let before = before.first::<Listed>()?.ok_or_else(ApiError::not_found)?;
    remove_known(ctx, &before, Beside::read(beside)?, if_match).await
}

/// The same for a person who was loaded already.
pub async fn remove_known(ctx: &Ctx<'_>, before: &Listed, mut beside: Beside, if_match: IfMatch) -> Result<(), ApiError> {
    let id = &before.id;
    if_match.check(before.version)?;
    if before.removed_at.is_some() {
        return Ok(());
    }
    step_up::require_recent(ctx)?;
    may_give(ctx, before.role, before.permissions())?;
    let mut batch = vec![store::guard_version(id, before.version)];
    if administers(before) {
        batch.extend(still_administered(&mut beside.administrators, id, None)?);
    }
    batch.extend(store::remove(id, ctx.now));
    batch.extend([sessions::revoke_of_user(id, ctx.now, None), passkeys::remove_all(id), drafts::remove_all(id)]);
    batch.extend(phones::remove_all(id));
    batch.extend(push_devices::remove_all(id));
    if administers(before) {
        batch.push(roles::guard_admin_left());
    }
    let detail = json!({ "from": facts(before), "email": before.email });
    batch.push(audit::line(ctx, "user.removed", id.as_str(), detail));
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("last_admin") => return Err(ApiError::conflict("last_admin")),
        other => other?,
    };
    open_pages::end_person(ctx, id, None);
    beside.renew_deputies(ctx);
    Ok(())
}

/// Whether the person can administer the tenant, by role alone.
pub(super) fn administers(person: &Listed) -> bool {
    let permissions = person.permissions();
    person.status == Status::Active && permissions.has(Permission::AccessManage) && permissions.has(Permission::TenantManage)
}

/// A role as somebody is given it.
pub(super) struct GivenRole {
    /// Which of the five it is, or is built on.
    pub(super) base: Role,
    own: Option<OwnRole>,
    /// What it holds.
    pub(super) permissions: Permissions,
}

impl GivenRole {
    /// `own` is what was found of the tenant's own role; a role of another tenant is none.
    pub(super) fn chosen(choice: &RoleChoice, own: Option<OwnRole>) -> Result<Self, ApiError> {
        match choice {
            RoleChoice::BuiltIn(role) => Ok(Self { base: *role, own: None, permissions: Permissions::of(role.permissions()) }),
            RoleChoice::Own(id) => {
                let own = own.filter(|own| own.id == *id).ok_or_else(|| ApiError::field("role", "unknown_value"))?;
                Ok(Self { base: own.base, permissions: own.permissions, own: Some(own) })
            }
        }
    }

    /// The role of the tenant's own, if it is one.
    pub(super) fn own(&self) -> Option<&OwnRole> {
        self.own.as_ref()
    }

    pub(super) fn own_id(&self) -> Option<&RoleId> {
        self.own.as_ref().map(|own| &own.id)
    }

    pub(super) fn take_effect(&self, person: &mut Listed) {
        person.role = self.base;
        person.role_id = self.own_id().cloned();
        person.role_name = self.own.as_ref().map(|own| own.name.clone());
        person.role_permissions = self.own.as_ref().map(|own| own.permissions);
    }

    /// The role is still the one that was looked at.
    pub(super) fn guard(&self) -> Vec<TenantStatement> {
        self.own.iter().map(|own| roles::guard_version(&own.id, own.version)).collect()
    }
}

/// Nobody gives, or takes from others, more than they hold. The client's role is no more than anybody can register for.
pub(super) fn may_give(ctx: &Ctx<'_>, base: Role, permissions: Permissions) -> Result<(), ApiError> {
    if base == Role::Client || ctx.actor.lacks(permissions).is_empty() { Ok(()) } else { Err(ApiError::more_than_own()) }
}

fn merged(before: &Listed, changes: &Changes) -> Result<Listed, ApiError> {
    let mut after = before.clone();
    let mut faults = Vec::new();
    if let Some(typed) = &changes.name {
        match name(typed) {
            Ok(name) => after.name = name,
            Err(fault) => faults.push(fault),
        }
    }
    if let Some(status) = changes.status {
        if status == Status::Unverified && before.status != Status::Unverified {
            faults.push(FieldError::new("status", "unknown_value"));
        }
        after.status = status;
    }
    if changes.mail_blocked == Some(true) && before.mail_blocked_at.is_none() {
        // Only a bounce blocks an address.
        faults.push(FieldError::new("mail_blocked", "unknown_value"));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    if let Some(locale) = changes.locale {
        after.locale = locale;
    }
    if let Some(organization) = &changes.organization {
        after.organization_id.clone_from(organization);
    }
    if let Some(department) = &changes.department {
        after.department_id.clone_from(department);
    }
    Ok(after)
}

/// What the audit log keeps of a person.
pub(super) fn facts(person: &Listed) -> Value {
    json!({
        "name": person.name, "role": person.role, "own_role": person.role_id, "status": person.status, "locale": person.locale,
        "organization": person.organization_id, "department": person.department_id
    })
}

/// The row that a new reference names is not there: as a person told which of two fields it was.
fn unknown_place(organization: bool) -> ApiError {
    ApiError::field(if organization { "organization" } else { "department" }, "unknown_value")
}
