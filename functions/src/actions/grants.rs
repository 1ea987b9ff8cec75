//! Roles given to people and groups: for some of the tickets or all, for good or for a time. What is given acts at the next request,
//! and ends by itself.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use shared::access::{Reach, Role};
use shared::database::{DbError, Rows};
use shared::error::{ApiError, FieldError};
use shared::id::{DepartmentId, GrantId, GroupId, OrganizationId, UserId};
use shared::store::grants::{self as store, FOREVER, GRANTS_MAX, Grant, Grantee, NewGrant};
use shared::store::groups::{self, Group};
use shared::store::people::{self, Listed};
use shared::store::roles::{self, OwnRole, RoleChoice};
use shared::store::users::Status;

use super::accounts::step_up;
use super::description::description;
use super::{audit, open_pages};
use crate::context::Ctx;

/// Days that a grant for a time may last; for longer there is none, or one for good.
const DAYS_MAX: i64 = 10 * 366;

/// To whom a role is to be given.
#[derive(Debug, Clone)]
pub enum To {
    /// A person.
    User(UserId),
    /// A group.
    Group(GroupId),
}

impl To {
    fn grantee(&self) -> Grantee<'_> {
        match self {
            Self::User(user) => Grantee::User(user),
            Self::Group(group) => Grantee::Group(group),
        }
    }
}

/// A grant as somebody typed it.
#[derive(Debug, Clone)]
pub struct Typed {
    /// To whom.
    pub to: To,
    /// Which role.
    pub role: RoleChoice,
    /// For which tickets.
    pub reach: Reach,
    /// The organization or department, where it is not the holder's own.
    pub place: Option<String>,
    /// From when; without it from now.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when; without it for good.
    pub ends_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
}

/// One grant.
pub async fn find(ctx: &Ctx<'_>, id: &GrantId) -> Result<Grant, ApiError> {
    ctx.db.run(store::show(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Gives a role; one of the desk asks for a recent proof. 403 `more_than_own`, 409 `grant_limit`, 422 for what is not of the tenant.
pub async fn create(ctx: &Ctx<'_>, typed: &Typed) -> Result<Grant, ApiError> {
    let mut batch = vec![match &typed.to {
        To::User(user) => people::show(user),
        To::Group(group) => groups::show(group),
    }];
    batch.extend(typed.role.own().map(roles::show));
    batch.extend(typed.place.as_deref().map(store::place));
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("a batch was not answered"));
    let takes_staff_roles = grantee(&typed.to, &next()?)?;
    let own: Option<OwnRole> = match typed.role.own() {
        Some(_) => next()?.first()?,
        None => None,
    };
    if let Some(place) = &typed.place {
        place_fits(typed.reach, place, &next()?)?;
    }
    create_known(ctx, typed, takes_staff_roles, own.as_ref()).await
}

/// The same where it is known that whoever gets it is there, whether roles of the desk are for them, that the place is one of the
/// tenant's, and which role of the tenant's own it is.
pub async fn create_known(
    ctx: &Ctx<'_>,
    typed: &Typed,
    takes_staff_roles: bool,
    own: Option<&OwnRole>,
) -> Result<Grant, ApiError> {
    let reason = description(&typed.reason)
        .map_err(|fault| ApiError::invalid(vec![FieldError { field: "reason".to_owned(), ..fault }]))?;
    let (starts_at, ends_at) = period(ctx, typed.starts_at, typed.ends_at)?;
    let (base, permissions) = match (&typed.role, own) {
        (RoleChoice::BuiltIn(role), _) => (*role, role.permissions().iter().copied().collect()),
        (RoleChoice::Own(_), Some(own)) => (own.base, own.permissions),
        (RoleChoice::Own(_), None) => return Err(ApiError::field("role", "unknown_value")),
    };
    if base.is_staff() {
        step_up::require_recent(ctx)?;
        if !takes_staff_roles {
            return Err(ApiError::field("role", "role_not_for_clients"));
        }
    }
    if !ctx.actor.lacks(permissions).is_empty() {
        return Err(ApiError::more_than_own());
    }
    write(ctx, typed, own, &reason, starts_at, ends_at).await
}

async fn write(
    ctx: &Ctx<'_>,
    typed: &Typed,
    own: Option<&OwnRole>,
    reason: &str,
    starts_at: DateTime<Utc>,
    ends_at: i64,
) -> Result<Grant, ApiError> {
    let id: GrantId = ctx.ids().next();
    let by = ctx.actor.reference();
    let grant = NewGrant {
        id: &id,
        to: typed.to.grantee(),
        role: match &typed.role {
            RoleChoice::BuiltIn(role) => Some(*role),
            RoleChoice::Own(_) => None,
        },
        role_id: typed.role.own(),
        reach: typed.reach,
        place: typed.place.as_deref(),
        reason,
        starts_at,
        ends_at,
        created_by: &by,
    };
    let mut batch = store::insert(&grant, ctx.now).to_vec();
    batch.extend(own.map(|own| roles::guard_version(&own.id, own.version)));
    batch.push(store::show(&id));
    let facts = json!({
        "user": match &typed.to { To::User(user) => Some(user), To::Group(_) => None },
        "group": match &typed.to { To::Group(group) => Some(group), To::User(_) => None },
        "role": own.map_or_else(|| grant.role.map_or("", Role::as_str), |own| own.id.as_str()),
        "reach": typed.reach, "place": typed.place, "reason": reason, "starts_at": starts_at,
        "ends_at": (ends_at != FOREVER).then(|| DateTime::from_timestamp_millis(ends_at)).flatten(),
    });
    batch.push(audit::line(ctx, "grant.created", id.as_str(), json!({ "to": facts })));
    let rows = ctx.db.batch(batch).await.map_err(refusal)?;
    renew(ctx, typed.to.grantee());
    let grant = rows.iter().rev().nth(1).map(Rows::first::<Grant>).transpose()?.flatten();
    grant.ok_or_else(|| ApiError::internal("a grant vanished"))
}

/// Takes a role back. 409 `grant_over` when it has ended already; 403 `more_than_own` for one that holds more than whoever takes it.
/// Answers the grant as it was.
pub async fn revoke(ctx: &Ctx<'_>, id: &GrantId) -> Result<Grant, ApiError> {
    let before = find(ctx, id).await?;
    if !ctx.actor.lacks(before.permissions()).is_empty() {
        return Err(ApiError::more_than_own());
    }
    let mut batch = store::revoke(id, ctx.now).to_vec();
    let from = json!({ "user": before.user_id, "group": before.group_id, "role": before.role, "role_id": before.role_id, "reach": before.reach });
    batch.push(audit::line(ctx, "grant.revoked", id.as_str(), json!({ "from": from })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    match (&before.user_id, &before.group_id) {
        (Some(user), _) => renew(ctx, Grantee::User(user)),
        (None, Some(group)) => renew(ctx, Grantee::Group(group)),
        (None, None) => {}
    }
    Ok(before)
}

/// Open pages come back with what is theirs now; of a group nobody knows here who belongs to it.
fn renew(ctx: &Ctx<'_>, to: Grantee<'_>) {
    match to {
        Grantee::User(user) => open_pages::renew_person(ctx, user),
        Grantee::Group(_) => open_pages::renew_everybody(ctx),
    }
}

/// From when and until when, in milliseconds.
fn period(ctx: &Ctx<'_>, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Result<(DateTime<Utc>, i64), ApiError> {
    let starts_at = from.unwrap_or(ctx.now).max(ctx.now);
    let Some(ends_at) = to else { return Ok((starts_at, FOREVER)) };
    if ends_at <= starts_at || ends_at > starts_at + TimeDelta::days(DAYS_MAX) {
        return Err(ApiError::invalid(vec![FieldError::new("ends_at", "bad_period").arg("maximum", DAYS_MAX)]));
    }
    Ok((starts_at, ends_at.timestamp_millis()))
}

/// Whether there is such a person or group, and whether it takes roles of the desk. Members of a group who are clients hold of such a
/// role what a client can hold.
fn grantee(to: &To, rows: &Rows) -> Result<bool, ApiError> {
    match to {
        To::User(_) => rows.first::<Listed>()?.as_ref().and_then(takes).ok_or_else(|| ApiError::field("user", "unknown_value")),
        To::Group(_) => rows.first::<Group>()?.map(|_| true).ok_or_else(|| ApiError::field("group", "unknown_value")),
    }
}

/// Whether roles of the desk are for this person; `None` where none is for them.
pub fn takes(person: &Listed) -> Option<bool> {
    (person.status == Status::Active).then(|| person.role.is_staff())
}

/// A place belongs to a reach of its kind, and to the tenant.
fn place_fits(reach: Reach, place: &str, rows: &Rows) -> Result<(), ApiError> {
    let fits = match reach {
        Reach::Organization => OrganizationId::parse(place).is_ok(),
        Reach::Department => DepartmentId::parse(place).is_ok(),
        Reach::Own | Reach::All => false,
    };
    let is_there = rows.first::<Value>()?.is_some();
    if fits && is_there { Ok(()) } else { Err(ApiError::field("place", "unknown_value")) }
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("grant_limit").arg("maximum", GRANTS_MAX),
        DbError::Refused(rule) if rule == "already_done" => ApiError::conflict("grant_over"),
        _ => error.into(),
    }
}
