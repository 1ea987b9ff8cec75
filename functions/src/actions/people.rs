//! The tenant's people, as an administrator keeps them.

use serde_json::{Value, json};
use shared::access::Role;
use shared::error::{ApiError, FieldError};
use shared::i18n::Locale;
use shared::id::{DepartmentId, OrganizationId, UserId};
use shared::limits::INVITATION_LINK_SECONDS;
use shared::mail::address;
use shared::platform::Wake;
use shared::store::one_time::{Pending, Purpose};
use shared::store::people::{self as store, Change, Listed, NewUser};
use shared::store::sessions;
use shared::store::users::{self, Status};

use super::accounts::links::{self, NewLink};
use super::accounts::{name, step_up};
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
    pub role: Role,
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
    pub role: Option<Role>,
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

/// Adds a person, who gets a mail with a link for choosing a password. Whoever adds somebody to the desk proves anew who they are. 409 `email_taken` when somebody has the address.
pub async fn add(ctx: &Ctx<'_>, newcomer: &Newcomer) -> Result<Listed, ApiError> {
    if newcomer.role.is_staff() {
        step_up::require_recent(ctx)?;
    }
    let mut faults = Vec::new();
    let name = name(&newcomer.name).map_err(|fault| faults.push(fault)).unwrap_or_default();
    let email = address::normalize(&newcomer.email).unwrap_or_else(|| {
        faults.push(FieldError::new("email", "bad_email"));
        String::new()
    });
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let id: UserId = ctx.ids().next();
    let user = NewUser {
        id: &id,
        email: &email,
        name: &name,
        role: newcomer.role,
        locale: newcomer.locale,
        organization: newcomer.organization.as_ref(),
        department: newcomer.department.as_ref(),
    };
    let link = NewLink {
        purpose: Purpose::PasswordReset,
        user: &id,
        pending: Pending::default(),
        lives_seconds: INVITATION_LINK_SECONDS,
    };
    let (link, mail) = links::mailed(ctx, &link, &email, newcomer.locale.unwrap_or_else(|| ctx.tenant.locale()));
    let detail = json!({ "email": email, "name": name, "role": newcomer.role });
    let written = ctx
        .db
        .batch(vec![
            store::insert(&user, ctx.now),
            link.statement,
            mail,
            audit::line(ctx, "user.created", id.as_str(), detail),
            store::show(&id),
        ])
        .await;
    let rows = match written {
        Err(error) if error.is_refused_by("users.email") => return Err(ApiError::conflict("email_taken")),
        Err(error) if error.is_refused_by("foreign_key") => return Err(unknown_place(newcomer.organization.is_some())),
        other => other?,
    };
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    rows.last()
        .map(shared::database::Rows::first::<Listed>)
        .transpose()?
        .flatten()
        .ok_or_else(|| ApiError::internal("a person vanished"))
}

/// Changes a person; another role or status asks for a recent proof. Whoever is disabled is signed out everywhere at once; the open pages of somebody whose role changes come back
/// with it. 412 when `version` is not the present one, 409 `last_admin` when nobody would be left who can administer the tenant.
pub async fn change(ctx: &Ctx<'_>, id: &UserId, if_match: IfMatch, changes: &Changes) -> Result<Listed, ApiError> {
    let before = ctx.db.run(store::show(id)).await?.first::<Listed>()?.ok_or_else(ApiError::not_found)?;
    if_match.check(before.version)?;
    let after = merged(&before, changes)?;
    if after.role != before.role || after.status != before.status {
        step_up::require_recent(ctx)?;
    }
    let mut batch = vec![store::guard_version(id, before.version)];
    let was_admin = before.role == Role::Admin && before.status == Status::Active;
    if was_admin && (after.role != Role::Admin || after.status != Status::Active) {
        batch.push(store::guard_admin_left(id));
    }
    batch.push(store::update(
        id,
        &Change {
            name: &after.name,
            role: after.role,
            status: after.status,
            locale: after.locale,
            organization: after.organization_id.as_ref(),
            department: after.department_id.as_ref(),
            keeps_mail_block: changes.mail_blocked != Some(false),
        },
        ctx.now,
    ));
    let is_shut_out = after.status == Status::Disabled && before.status != Status::Disabled;
    if is_shut_out {
        batch.push(sessions::revoke_of_user(id, ctx.now, None));
    }
    if after.status == Status::Active && before.status == Status::Unverified {
        batch.push(users::release_tickets(id));
    }
    batch.push(audit::line(ctx, "user.updated", id.as_str(), json!({ "from": facts(&before), "to": facts(&after) })));
    batch.push(store::show(id));
    let rows = match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("conflict") => return Err(ApiError::conflict("last_admin")),
        Err(error) if error.is_refused_by("foreign_key") => {
            return Err(unknown_place(matches!(changes.organization, Some(Some(_)))));
        }
        other => other?,
    };
    if is_shut_out {
        open_pages::end_person(ctx, id, None);
    } else if after.role != before.role {
        open_pages::renew_person(ctx, id);
    }
    rows.last().map(shared::database::Rows::first::<Listed>).transpose()?.flatten().ok_or_else(ApiError::not_found)
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
    after.role = changes.role.unwrap_or(before.role);
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
fn facts(person: &Listed) -> Value {
    json!({
        "name": person.name, "role": person.role, "status": person.status, "locale": person.locale,
        "organization": person.organization_id, "department": person.department_id
    })
}

/// The row that a new reference names is not there: as a person told which of two fields it was.
fn unknown_place(organization: bool) -> ApiError {
    ApiError::field(if organization { "organization" } else { "department" }, "unknown_value")
}
