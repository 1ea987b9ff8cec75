//! The roles that somebody holds, from wherever they come, and what they amount to.

use serde::Deserialize;

use super::{Attribute, Clause, Permission, Permissions, Rights, Role, Until};
use crate::id::{DepartmentId, GrantId, GroupId, OrganizationId, UserId};

/// For which tickets a granted role holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Those that the holder asks for, follows or works on.
    Own,
    /// Those, and those of an organization: the one that the grant names, or else the holder's.
    Organization,
    /// Those, and those of a department: the one that the grant names, or else the holder's.
    Department,
    /// All of the tenant, and what is not about tickets, too.
    All,
}

impl Reach {
    /// The one of this stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Own, Self::Organization, Self::Department, Self::All].into_iter().find(|reach| reach.as_str() == text)
    }

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Organization => "organization",
            Self::Department => "department",
            Self::All => "all",
        }
    }
}

/// Who holds a role, and where they belong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Holder {
    /// The person.
    pub id: UserId,
    /// Their company.
    pub organization: Option<OrganizationId>,
    /// Their department.
    pub department: Option<DepartmentId>,
}

impl Holder {
    /// The tickets of `reach` in that role; `place` is the organization or department that a grant names. `None`: all. Clients work on
    /// no tickets, so what was given to one who belonged to the desk before is none of theirs.
    fn within(&self, role: Role, reach: Reach, place: Option<&str>) -> Option<Vec<Clause>> {
        let mut own = vec![Attribute::Requester, Attribute::Follower];
        if role != Role::Client {
            own.push(Attribute::Assignee);
        }
        let mut clauses: Vec<Clause> = own.into_iter().map(|each| Clause::is(each, self.id.as_str())).collect();
        let (attribute, own) = match reach {
            Reach::All => return None,
            Reach::Own => return Some(clauses),
            Reach::Organization => (Attribute::Organization, self.organization.as_ref().map(OrganizationId::as_str)),
            Reach::Department => (Attribute::Department, self.department.as_ref().map(DepartmentId::as_str)),
        };
        clauses.extend(place.or(own).map(|place| Clause::is(attribute, place)));
        Some(clauses)
    }
}

/// A role that somebody holds at this moment beside the one that the person has: by a grant, or through a group.
#[derive(Debug, Clone, Deserialize)]
pub struct Holding {
    /// The grant.
    pub grant: GrantId,
    /// The group to which it was given, if it was one.
    pub group: Option<GroupId>,
    /// One of the five, also the one that a role of the tenant's own is built on.
    pub role: Role,
    /// Name of a role of the tenant's own.
    pub role_name: Option<String>,
    /// Those of a role of the tenant's own.
    pub permissions: Option<Permissions>,
    /// For which tickets.
    pub reach: Reach,
    /// The organization or department, if it names one.
    pub place: Option<String>,
    /// When it ends.
    pub until: Until,
}

impl Holding {
    /// Its permissions, for somebody who has the role `own`: whatever is granted to a client, it does not let them behind the desk.
    pub fn permissions(&self, own: Role) -> Permissions {
        let granted = self.permissions.unwrap_or_else(|| Permissions::of(self.role.permissions()));
        granted.common(limit(own))
    }

    /// Adds what it gives to `holder`, who has the role `own`.
    pub fn add_to(&self, rights: &mut Rights, holder: &Holder, own: Role, clients_see_organization: bool) {
        let permissions = self.permissions(own);
        match holder.within(self.role, reach_of(self.role, self.reach, clients_see_organization), self.place.as_deref()) {
            None => rights.allow(permissions),
            Some(clauses) => rights.allow_within(permissions, &clauses),
        }
    }
}

/// What somebody of this role can hold at most, from wherever it comes: the rest is the desk's.
pub fn limit(role: Role) -> Permissions {
    if role.is_staff() { Permissions::of(&Permission::ALL) } else { Role::CLIENT_PERMISSIONS }
}

/// Clients see their own tickets, and their organization's where the tenant shows these, however widely the role is granted.
fn reach_of(role: Role, reach: Reach, clients_see_organization: bool) -> Reach {
    match role {
        Role::Client if clients_see_organization && matches!(reach, Reach::All | Reach::Organization) => Reach::Organization,
        Role::Client => Reach::Own,
        _ => reach,
    }
}

/// The rights of a person's own role: one of the five, or one that the tenant made on it.
pub fn of_role(holder: &Holder, role: Role, custom: Option<Permissions>, clients_see_organization: bool) -> Rights {
    let mut rights = Rights::default();
    let permissions = custom.unwrap_or_else(|| Permissions::of(role.permissions()));
    match holder.within(role, reach_of(role, Reach::All, clients_see_organization), None) {
        None => rights.allow(permissions),
        Some(clauses) => {
            rights.allow(permissions.iter().filter(|permission| !permission.is_about_tickets()).collect());
            rights.allow_within(permissions, &clauses);
        }
    }
    rights
}
