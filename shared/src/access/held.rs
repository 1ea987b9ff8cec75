//! All that somebody holds at this moment, and what they may do by it.

use super::{
    Circumstances, Holding, Lender, Permission, Permissions, Policy, Rights, Role, Subject, TicketFacts, Until, holding, of_role,
};
use crate::id::UserId;

/// What decides about somebody's rights beside their person and the policies.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Those of the person's role, if it is one of the tenant's own.
    pub role_permissions: Option<Permissions>,
    /// Roles held by grants.
    pub holdings: Vec<Holding>,
    /// The people for whom the person is a deputy.
    pub lenders: Vec<Lender>,
}

/// What of a deputy's rights is the deputy's own, and what is whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lent {
    /// Without anything that is lent.
    own: Rights,
    /// By lender.
    by: Vec<(UserId, Rights)>,
}

impl Lent {
    /// For whom the deputy acts who does this; `None` when it is by a right of their own. `facts` are those of the ticket, if it is
    /// about one.
    pub fn acts_for(&self, permission: Permission, facts: Option<&TicketFacts<'_>>) -> Option<&UserId> {
        let holds = |rights: &Rights| facts.map_or_else(|| rights.may(permission), |facts| rights.may_on(permission, facts));
        if holds(&self.own) { None } else { self.by.iter().find(|(_, rights)| holds(rights)).map(|(lender, _)| lender) }
    }
}

impl Held {
    /// What the person may do in these circumstances. The one place where roles, grants, groups, deputies and policies come together.
    pub fn rights(&self, subject: &Subject<'_>, policies: &[Policy], circumstances: &Circumstances<'_>) -> Rights {
        let mut rights = self.of_ones_own(subject, circumstances);
        for lender in &self.lenders {
            rights.borrow(&lender.rights(policies, circumstances), holding::limit(subject.role));
        }
        for policy in policies {
            policy.apply(&mut rights, subject, circumstances);
        }
        rights
    }

    /// Which of them are lent, if the person is a deputy.
    pub fn lent(&self, subject: &Subject<'_>, policies: &[Policy], circumstances: &Circumstances<'_>) -> Option<Lent> {
        if self.lenders.is_empty() {
            return None;
        }
        let mut own = self.of_ones_own(subject, circumstances);
        for policy in policies {
            policy.apply(&mut own, subject, circumstances);
        }
        let by = self.lenders.iter().map(|lender| (lender.id.clone(), lender.rights(policies, circumstances))).collect();
        Some(Lent { own, by })
    }

    /// The roles that are granted or lent; one may be there twice.
    pub fn roles(&self) -> Vec<Role> {
        let lent = self.lenders.iter().flat_map(|lender| lender.holdings.iter().map(|holding| holding.role).chain([lender.role]));
        self.holdings.iter().map(|holding| holding.role).chain(lent).collect()
    }

    /// What of it ends neither by itself nor with somebody's absence: what can be given on.
    pub fn for_good(&self) -> Self {
        let holdings = self.holdings.iter().filter(|holding| holding.until.moment().is_none()).cloned().collect();
        Self { role_permissions: self.role_permissions, holdings, lenders: Vec::new() }
    }

    /// When something of it ends by itself, at the earliest.
    pub fn until(&self) -> Until {
        let own = self.holdings.iter().map(|holding| holding.until);
        own.chain(self.lenders.iter().map(Lender::until)).fold(Until::NEVER, Until::min)
    }

    fn of_ones_own(&self, subject: &Subject<'_>, circumstances: &Circumstances<'_>) -> Rights {
        let see_organization = circumstances.clients_see_organization;
        let mut rights = of_role(subject.holder, subject.role, self.role_permissions, see_organization);
        for holding in &self.holdings {
            holding.add_to(&mut rights, subject.holder, subject.role, see_organization);
        }
        rights
    }
}
