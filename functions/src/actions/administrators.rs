//! Somebody must be left who certainly administers the tenant: whose role holds what it takes, and whom no policy in force could keep from
//! it, whatever the circumstances. A change that would leave nobody is refused; guards hold what was read until it is written.

use shared::access::{Permission, Permissions, Policy, Subject};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::{AccessPolicyId, GroupId, RoleId, UserId};
use shared::store::administrators::{self as store, AdminRow, InForce};

/// What it takes.
pub const ADMINISTERS: Permissions = Permissions::of(&[Permission::AccessManage, Permission::TenantManage]);

/// The administrators and policies as they were read, and as they would be.
#[derive(Debug, Clone, Default)]
pub struct Administrators {
    /// Each as read, and as they would be; `None`: not any more.
    admins: Vec<(AdminRow, Option<AdminRow>)>,
    read: Vec<InForce>,
    policies: Vec<Policy>,
    /// Whether anything would be otherwise.
    changes: bool,
}

/// How many statements [`load`] has.
pub const STATEMENTS: usize = 3;

/// What to load; the answers are for [`Administrators::read`].
pub fn load() -> [TenantStatement; STATEMENTS] {
    let [by_role, by_own_role] = store::admins();
    [by_role, by_own_role, store::in_force()]
}

impl Administrators {
    /// Reads the answers of [`load`].
    pub fn read(answers: &[Rows]) -> Result<Self, ApiError> {
        let [by_role, by_own_role, in_force] = answers else {
            return Err(ApiError::internal("administrators were not answered"));
        };
        let mut admins = by_role.all::<AdminRow>()?;
        admins.extend(by_own_role.all::<AdminRow>()?);
        let read: Vec<InForce> = in_force.all()?;
        Ok(Self {
            admins: admins.into_iter().map(|admin| (admin.clone(), Some(admin))).collect(),
            policies: read.iter().map(InForce::policy).collect(),
            read,
            changes: false,
        })
    }

    /// The person would be another one; `None`: would not administer any more.
    pub fn person(&mut self, id: &UserId, change: impl Fn(AdminRow) -> Option<AdminRow>) {
        for (_, after) in self.admins.iter_mut().filter(|(before, _)| before.id == *id) {
            *after = after.take().and_then(&change);
            self.changes = true;
        }
    }

    /// The person would belong to a group, or not any more.
    pub fn membership(&mut self, id: &UserId, group: &GroupId, belongs: bool) {
        self.person(id, |mut admin| {
            admin.groups.retain(|one| one != group);
            if belongs {
                admin.groups.push(group.clone());
            }
            Some(admin)
        });
    }

    /// Nobody would belong to the group.
    pub fn without_group(&mut self, group: &GroupId) {
        for admin in self.admins.iter_mut().filter_map(|(_, after)| after.as_mut()) {
            admin.groups.retain(|one| one != group);
        }
        self.changes = true;
    }

    /// The role would not make administrators any more.
    pub fn without_role(&mut self, role: &RoleId) {
        for (_, after) in &mut self.admins {
            *after = after.take().filter(|admin| admin.role_id.as_ref() != Some(role));
        }
        self.changes = true;
    }

    /// The policy would not be in force, or be another one.
    pub fn policy(&mut self, id: &AccessPolicyId, after: Option<Policy>) {
        self.policies.retain(|policy| policy.id != *id);
        self.policies.extend(after);
        self.changes = true;
    }

    /// Whether there is an administrator, now, whom this policy does not deny anything.
    pub fn has_one_beside(&self, policy: &Policy, circumstances: &shared::access::Circumstances<'_>) -> bool {
        self.admins.iter().any(|(admin, _)| !policy.denies(&subject(admin, &admin.holder()), circumstances))
    }

    /// Guards for the batch that makes the change, before what it writes. `None`: nobody would be left.
    pub fn guards(&self) -> Option<Vec<TenantStatement>> {
        if !self.changes {
            return Some(Vec::new());
        }
        let as_read: Vec<Policy> = self.read.iter().map(InForce::policy).collect();
        let left = self.admins.iter().find(|(_, after)| after.as_ref().is_some_and(|admin| administers(admin, &self.policies)));
        match left {
            Some((admin, _)) => Some(vec![store::guard_policies(&self.read), store::guard_stands(admin)]),
            // What is so already is not this change's doing.
            None if !self.admins.iter().any(|(admin, _)| administers(admin, &as_read)) => Some(Vec::new()),
            None => None,
        }
    }
}

fn administers(admin: &AdminRow, policies: &[Policy]) -> bool {
    let holder = admin.holder();
    let subject = subject(admin, &holder);
    !policies.iter().any(|policy| policy.may_shut_out(&subject, ADMINISTERS))
}

fn subject<'a>(admin: &'a AdminRow, holder: &'a shared::access::Holder) -> Subject<'a> {
    Subject { holder, role: admin.role, email: &admin.email, groups: &admin.groups }
}
