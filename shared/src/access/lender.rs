//! Somebody whose rights a deputy has beside their own.

use serde::Deserialize;

use super::{Circumstances, Effect, Holder, Holding, Permissions, Policy, Rights, Role, Subject, Until, of_role};
use crate::id::{DelegationId, DepartmentId, GroupId, OrganizationId, UserId};

/// A lender at this moment, with all that decides what they hold themselves. What they hold as somebody's deputy is not lent on.
#[derive(Debug, Clone, Deserialize)]
pub struct Lender {
    /// The delegation.
    pub delegation: DelegationId,
    /// When it ends.
    pub until: Until,
    /// Who lends.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// One of the five, also the one that a role of the tenant's own is built on.
    pub role: Role,
    /// Those of a role of the tenant's own.
    pub permissions: Option<Permissions>,
    /// Company.
    pub organization: Option<OrganizationId>,
    /// Department.
    pub department: Option<DepartmentId>,
    /// Groups.
    pub groups: Vec<GroupId>,
    /// Roles held by grants.
    pub holdings: Vec<Holding>,
}

impl Lender {
    /// What is lent: the role and the grants, less what policies deny to the lender. What policies give to the lender is theirs alone.
    pub fn rights(&self, policies: &[Policy], circumstances: &Circumstances<'_>) -> Rights {
        let holder = Holder { id: self.id.clone(), organization: self.organization.clone(), department: self.department.clone() };
        let see_organization = circumstances.clients_see_organization;
        let mut rights = of_role(&holder, self.role, self.permissions, see_organization);
        for holding in &self.holdings {
            holding.add_to(&mut rights, &holder, self.role, see_organization);
        }
        let subject = Subject { holder: &holder, role: self.role, email: &self.email, groups: &self.groups };
        for policy in policies.iter().filter(|policy| policy.effect == Effect::Deny) {
            policy.apply(&mut rights, &subject, circumstances);
        }
        rights
    }

    /// When something of what is lent ends, at the earliest.
    pub fn until(&self) -> Until {
        self.holdings.iter().map(|holding| holding.until).fold(self.until, Until::min)
    }
}
