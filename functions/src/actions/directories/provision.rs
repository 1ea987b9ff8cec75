//! What a directory says of somebody, written: an account made, or brought into step.

use serde_json::json;
use shared::database::TenantStatement;
use shared::id::UserId;
use shared::ldap::identity::Identity;
use shared::ldap::settings::Place;
use shared::store::directories::Directory;
use shared::store::people::{self, Change, Listed, NewUser};
use shared::store::users::Status;
use shared::store::{directory_people, roles};

use crate::actions::audit;
use crate::actions::people::{GivenRole, administers, facts};
use crate::context::Ctx;

/// Somebody of a directory with what they are given.
pub struct Known<'a> {
    /// Which directory.
    pub directory: &'a Directory,
    /// Who.
    pub identity: &'a Identity,
    /// What they are given.
    pub place: &'a Place,
    /// The role of it.
    pub role: &'a GivenRole,
}

impl Known<'_> {
    /// The account of somebody new, by `actor`.
    pub fn create(&self, ctx: &Ctx<'_>, actor: &str, email: &str, round: i64) -> (UserId, Vec<TenantStatement>) {
        let id: UserId = ctx.ids().next();
        let user = NewUser {
            id: &id,
            email,
            name: &self.identity.name,
            role: self.role.base,
            own_role: self.role.own_id(),
            locale: None,
            organization: self.place.organization.as_ref(),
            department: self.place.department.as_ref(),
        };
        let detail = json!({
            "email": email, "name": self.identity.name, "role": self.role.base, "own_role": self.role.own_id(),
            "directory": self.directory.id
        });
        let actor = if actor.is_empty() { id.as_str() } else { actor };
        let mut batch = self.role.guard();
        batch.extend([
            people::insert(&user, ctx.now),
            directory_people::link(&self.directory.id, &self.identity.unique_id, &id, &self.identity.username, round, ctx.now),
            audit::line_of(ctx, actor, "user.created", id.as_str(), detail),
        ]);
        (id, batch)
    }

    /// The person as the directory has them; `None` when that is how they are already. The status is the caller's.
    pub fn renewed(&self, before: &Listed, status: Status) -> Option<Listed> {
        let mut after = before.clone();
        after.name.clone_from(&self.identity.name);
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

    /// Writes that. Refused (`last_admin`) when nobody would be left who can administer the tenant.
    pub fn renew(&self, ctx: &Ctx<'_>, actor: &str, before: &Listed, after: &Listed) -> Vec<TenantStatement> {
        let mut batch = self.role.guard();
        batch.extend(changed(ctx, actor, before, after, self.directory));
        batch
    }
}

/// Writes a change of somebody that a directory brings about.
pub fn changed(ctx: &Ctx<'_>, actor: &str, before: &Listed, after: &Listed, directory: &Directory) -> Vec<TenantStatement> {
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
    let detail = json!({ "from": facts(before), "to": facts(after), "directory": directory.id });
    batch.push(audit::line_of(ctx, actor, "user.updated", before.id.as_str(), detail));
    batch
}

/// Whether a change takes from somebody what administering the tenant takes.
pub fn loses_administration(before: &Listed, after: &Listed) -> bool {
    administers(before) && !administers(after)
}

/// Whether a change gives somebody other rights.
pub fn changes_rights(before: &Listed, after: &Listed) -> bool {
    let of =
        |person: &Listed| (person.role, person.role_id.clone(), person.organization_id.clone(), person.department_id.clone());
    of(before) != of(after)
}
