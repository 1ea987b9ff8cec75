//! What others say of somebody who signs in here, a company's directory or a provider of identities: an account made, or brought into step.

use serde_json::json;
use shared::access::{Permissions, Role};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::{RoleId, UserId};
use shared::ldap::settings::{Mapping, Place};
use shared::store::people::{self, Change, Listed, NewUser};
use shared::store::roles::{self, OwnRole, RoleChoice};
use shared::store::users::Status;

use crate::actions::administrators::{self, Administrators};
use crate::actions::audit;
use crate::actions::people::{self as desk, GivenRole, administers, facts};
use crate::context::Ctx;

/// Who says it, for the audit log.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// `directory`, `identity_provider`.
    pub kind: &'static str,
    /// Which.
    pub id: &'a str,
}

/// Somebody of whom it is said, with what they are given.
pub struct Known<'a> {
    /// Who says it.
    pub source: Source<'a>,
    /// What they are called.
    pub name: &'a str,
    /// What they are given.
    pub place: &'a Place,
    /// The role of it.
    pub role: &'a GivenRole,
}

impl Known<'_> {
    /// The account of somebody new, by `actor` or by themselves, and what `link` makes of it.
    pub fn create(
        &self,
        ctx: &Ctx<'_>,
        actor: &str,
        email: &str,
        link: &dyn Fn(&UserId) -> TenantStatement,
    ) -> (UserId, Vec<TenantStatement>) {
        let id: UserId = ctx.ids().next();
        let user = NewUser {
            id: &id,
            email,
            name: self.name,
            role: self.role.base,
            own_role: self.role.own_id(),
            locale: None,
            organization: self.place.organization.as_ref(),
            department: self.place.department.as_ref(),
        };
        let detail = json!({
            "email": email, "name": self.name, "role": self.role.base, "own_role": self.role.own_id(),
            self.source.kind: self.source.id
        });
        let actor = if actor.is_empty() { id.as_str() } else { actor };
        let mut batch = self.role.guard();
        batch.extend([
            people::insert(&user, ctx.now),
            link(&id),
            audit::line_of(ctx, actor, "user.created", id.as_str(), detail),
        ]);
        (id, batch)
    }

    /// The person as they are said to be; `None` when that is how they are already. The status is the caller's.
    pub fn renewed(&self, before: &Listed, status: Status) -> Option<Listed> {
        let mut after = before.clone();
        self.name.clone_into(&mut after.name);
        after.status = status;
        self.role.take_effect(&mut after);
        if self.place.organization.is_some() {
            after.organization_id.clone_from(&self.place.organization);
        }
        if self.place.department.is_some() {
            after.department_id.clone_from(&self.place.department);
        }
        (facts(&after) != facts(before)).then_some(after)
    }

    /// Writes that for somebody who signs in, behind these guards.
    pub fn renewal(&self, ctx: &Ctx<'_>, actor: &str, guards: Vec<TenantStatement>, before: &Listed, after: &Listed) -> Renewal {
        let mut statements = guards;
        statements.extend(self.renew(ctx, actor, before, after));
        Renewal { statements, role: after.role, has_other_rights: changes_rights(before, after) }
    }

    /// Writes that. Refused (`last_admin`) when nobody would be left who can administer the tenant.
    pub fn renew(&self, ctx: &Ctx<'_>, actor: &str, before: &Listed, after: &Listed) -> Vec<TenantStatement> {
        let mut batch = self.role.guard();
        batch.extend(changed(ctx, actor, before, after, self.source));
        batch
    }
}

/// Writes a change of somebody that others bring about.
pub fn changed(ctx: &Ctx<'_>, actor: &str, before: &Listed, after: &Listed, source: Source<'_>) -> Vec<TenantStatement> {
    let change = Change {
        name: &after.name,
        role: after.role,
        own_role: after.role_id.as_ref(),
        status: after.status,
        locale: after.locale,
        organization: after.organization_id.as_ref(),
        department: after.department_id.as_ref(),
        keeps_mail_block: true,
    };
    let mut batch = vec![people::guard_version(&before.id, before.version), people::update(&before.id, &change, ctx.now)];
    if loses_administration(before, after) {
        batch.push(roles::guard_admin_left());
    }
    let detail = json!({ "from": facts(before), "to": facts(after), source.kind: source.id });
    batch.push(audit::line_of(ctx, actor, "user.updated", before.id.as_str(), detail));
    batch
}

/// Whether a change takes from somebody what administering the tenant takes.
fn loses_administration(before: &Listed, after: &Listed) -> bool {
    administers(before) && !administers(after)
}

/// Whether a change makes an administrator somebody else: none any more, or another one for the policies.
pub fn moves_administrator(before: &Listed, after: &Listed) -> bool {
    administers(before) && (changes_rights(before, after) || before.status != after.status)
}

/// Guards for such a change, to stand before it; `None` when nobody would be left who certainly administers the tenant. Asks the database
/// where it is one.
pub async fn still_administered(
    ctx: &Ctx<'_>,
    before: &Listed,
    after: &Listed,
) -> Result<Option<Vec<TenantStatement>>, ApiError> {
    if !moves_administrator(before, after) {
        return Ok(Some(Vec::new()));
    }
    let answers = ctx.db.batch(administrators::load().to_vec()).await?;
    Ok(guards(Administrators::read(&answers)?, before, after))
}

/// The same with the administrators loaded already.
pub fn guards(mut administrators: Administrators, before: &Listed, after: &Listed) -> Option<Vec<TenantStatement>> {
    if !moves_administrator(before, after) {
        return Some(Vec::new());
    }
    desk::still_administered(&mut administrators, &before.id, Some(after).filter(|after| administers(after))).ok()
}

/// How somebody who signs in is brought into step, which may not be when they are the last administrator.
pub struct Renewal {
    /// What writes it.
    pub statements: Vec<TenantStatement>,
    /// The role that it gives.
    pub role: Role,
    /// Whether it gives other rights.
    pub has_other_rights: bool,
}

/// What signs somebody in, and brings them into step before.
pub fn with(batch: &[TenantStatement], renewal: Option<&Renewal>) -> Vec<TenantStatement> {
    let renewed = renewal.map(|renewal| renewal.statements.as_slice()).unwrap_or_default();
    [renewed, batch].concat()
}

/// Whether a change gives somebody other rights.
pub fn changes_rights(before: &Listed, after: &Listed) -> bool {
    let of =
        |person: &Listed| (person.role, person.role_id.clone(), person.organization_id.clone(), person.department_id.clone());
    of(before) != of(after)
}

/// Which roles a source gives.
#[derive(Debug, Clone, Copy)]
pub struct Gives<'a> {
    /// What its groups give; the first one that a person is in counts.
    pub mappings: &'a [Mapping],
    /// What everybody else is given.
    pub default_role: Option<&'a str>,
}

impl Gives<'_> {
    /// Whether it gave the same to all whom `mapping` reaches below the groups of `above`: none that stood before it may be missing.
    fn gave(&self, mapping: &Mapping, above: &[Mapping]) -> bool {
        let place = self.mappings.iter().position(|former| former == mapping);
        place.is_some_and(|place| self.mappings.iter().take(place).all(|former| names(above, &former.group)))
    }

    /// Whether it gave the same to all who are in none of the groups.
    fn gave_default(&self, after: &Gives<'_>) -> bool {
        self.default_role == after.default_role && self.mappings.iter().all(|former| names(after.mappings, &former.group))
    }
}

fn names(mappings: &[Mapping], group: &str) -> bool {
    mappings.iter().any(|mapping| mapping.group == group)
}

/// Refuses roles that are none (422), and those that hold more than whoever sets the source up can give (403 `more_than_own`). What was given
/// to the same people already may stay; `before` is what a source gave that knows people as this one does.
pub fn may_give(ctx: &Ctx<'_>, after: Gives<'_>, own: &[OwnRole], before: Option<Gives<'_>>) -> Result<(), ApiError> {
    for (at, mapping) in after.mappings.iter().enumerate() {
        let (above, _) = after.mappings.split_at_checked(at).unwrap_or_default();
        let stays = before.is_some_and(|before| before.gave(mapping, above));
        may_give_one(ctx, &mapping.role, own, stays, || format!("mappings.{at}.role"))?;
    }
    let stays = before.is_some_and(|before| before.gave_default(&after));
    after.default_role.map_or(Ok(()), |role| may_give_one(ctx, role, own, stays, || "default_role".to_owned()))
}

fn may_give_one(ctx: &Ctx<'_>, role: &str, own: &[OwnRole], stays: bool, field: impl FnOnce() -> String) -> Result<(), ApiError> {
    let Some((base, permissions)) = RoleChoice::parse(role).and_then(|choice| given(&choice, own)) else {
        return Err(ApiError::field(field(), "unknown_value"));
    };
    if stays { Ok(()) } else { desk::may_give(ctx, base, permissions) }
}

fn given(choice: &RoleChoice, own: &[OwnRole]) -> Option<(Role, Permissions)> {
    let of = |id: &RoleId| own.iter().find(|role| role.id == *id).map(|role| (role.base, role.permissions));
    match choice {
        RoleChoice::BuiltIn(role) => Some((*role, Permissions::of(role.permissions()))),
        RoleChoice::Own(id) => of(id),
    }
}
