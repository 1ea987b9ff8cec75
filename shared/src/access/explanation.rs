//! Why somebody may do something with a ticket, or may not: the same decision as [`Held::rights`], told source by source.

use super::{Circumstances, Effect, Held, Permission, Policy, Rights, Role, Subject, TicketFacts, Until, holding, of_role};
use crate::id::{AccessPolicyId, DelegationId, GrantId, GroupId, UserId};

/// What gives a right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The person's own role.
    Role,
    /// A role that was given to the person.
    Grant {
        /// The grant.
        grant: GrantId,
        /// One of the five, also the one that a role of the tenant's own is built on.
        role: Role,
        /// Name of a role of the tenant's own.
        role_name: Option<String>,
        /// When it ends.
        until: Until,
    },
    /// A role that was given to a group of the person's.
    Group {
        /// The group.
        group: GroupId,
        /// The grant.
        grant: GrantId,
        /// One of the five, also the one that a role of the tenant's own is built on.
        role: Role,
        /// Name of a role of the tenant's own.
        role_name: Option<String>,
        /// When it ends.
        until: Until,
    },
    /// The rights of somebody whose deputy the person is.
    Deputy {
        /// The delegation.
        delegation: DelegationId,
        /// Who lends.
        lender: UserId,
        /// Their name.
        name: String,
        /// When it ends.
        until: Until,
    },
    /// A policy that gives it.
    Policy {
        /// The policy.
        policy: AccessPolicyId,
        /// Its name.
        name: String,
    },
}

/// The decision about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Whether the person may.
    pub may: bool,
    /// What gives it, each by itself.
    pub given_by: Vec<Source>,
    /// Policies that deny it, whatever gives it.
    pub denied_by: Vec<(AccessPolicyId, String)>,
}

impl Held {
    /// Whether somebody may do something with a ticket, and why.
    pub fn explain(
        &self,
        subject: &Subject<'_>,
        policies: &[Policy],
        circumstances: &Circumstances<'_>,
        permission: Permission,
        facts: &TicketFacts<'_>,
    ) -> Explanation {
        let holds = |add: &dyn Fn(&mut Rights)| {
            let mut rights = Rights::default();
            add(&mut rights);
            rights.may_on(permission, facts)
        };
        let see_organization = circumstances.clients_see_organization;
        let mut given_by = Vec::new();
        if of_role(subject.holder, subject.role, self.role_permissions, see_organization).may_on(permission, facts) {
            given_by.push(Source::Role);
        }
        for holding in &self.holdings {
            if holds(&|rights| holding.add_to(rights, subject.holder, subject.role, see_organization)) {
                let (grant, role, role_name, until) =
                    (holding.grant.clone(), holding.role, holding.role_name.clone(), holding.until);
                given_by.push(match holding.group.clone() {
                    Some(group) => Source::Group { group, grant, role, role_name, until },
                    None => Source::Grant { grant, role, role_name, until },
                });
            }
        }
        for lender in &self.lenders {
            if holds(&|rights| rights.borrow(&lender.rights(policies, circumstances), holding::limit(subject.role))) {
                given_by.push(Source::Deputy {
                    delegation: lender.delegation.clone(),
                    lender: lender.id.clone(),
                    name: lender.name.clone(),
                    until: lender.until(),
                });
            }
        }
        let mut denied_by = Vec::new();
        for policy in policies {
            match policy.effect {
                Effect::Allow if holds(&|rights| policy.apply(rights, subject, circumstances)) => {
                    given_by.push(Source::Policy { policy: policy.id.clone(), name: policy.name.clone() });
                }
                Effect::Deny => {
                    let mut rights = Rights::default();
                    rights.allow(super::Permissions::of(&[permission]));
                    policy.apply(&mut rights, subject, circumstances);
                    if !rights.may_on(permission, facts) {
                        denied_by.push((policy.id.clone(), policy.name.clone()));
                    }
                }
                Effect::Allow => {}
            }
        }
        Explanation { may: !given_by.is_empty() && denied_by.is_empty(), given_by, denied_by }
    }
}
