//! What somebody may do, and with which tickets: all that the session's look-up found, put together once a request.

use super::{Clause, Permission, Permissions, TicketFacts};

/// Clauses of one borrowed right: each is looked at for every row of a list.
const BORROWED_CLAUSES_MAX: usize = 64;

/// Rights of a person at this moment and from this place. What a policy denies is denied whatever else allows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    everywhere: Permissions,
    within: Vec<(Permission, Vec<Clause>)>,
    never: Permissions,
    except: Vec<(Permission, Vec<Clause>)>,
}

/// Which tickets an actor can see; lists are narrowed by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketScope {
    /// For which tickets the right holds; `None`: for all.
    pub allowed: Option<Vec<Clause>>,
    /// For which it does not all the same.
    pub denied: Vec<Clause>,
}

impl TicketScope {
    /// Every ticket of the tenant.
    pub const ALL: Self = Self { allowed: None, denied: Vec::new() };
    /// None.
    pub const NOTHING: Self = Self { allowed: Some(Vec::new()), denied: Vec::new() };

    /// Whether it is every ticket.
    pub fn is_everything(&self) -> bool {
        self.allowed.is_none() && self.denied.is_empty()
    }

    /// Whether it can be no ticket at all.
    pub fn is_nothing(&self) -> bool {
        self.allowed.as_ref().is_some_and(Vec::is_empty)
    }

    /// The same without exceptions: a ticket is in it when one of the clauses holds. `None` where that takes too many.
    fn flattened(&self) -> Option<Vec<Clause>> {
        let mut clauses = self.allowed.clone().unwrap_or_else(|| vec![Clause::default()]);
        for denied in &self.denied {
            // By De Morgan: it does not hold when one of its tests does not.
            clauses = clauses.iter().flat_map(|clause| denied.0.iter().map(|test| clause.with(test.clone().negated()))).collect();
            clauses.dedup();
            if clauses.len() > BORROWED_CLAUSES_MAX {
                return None;
            }
        }
        Some(clauses)
    }

    /// Whether the ticket is within it.
    pub fn holds(&self, facts: &TicketFacts<'_>) -> bool {
        let any = |clauses: &[Clause]| clauses.iter().any(|clause| clause.holds(facts));
        self.allowed.as_deref().is_none_or(any) && !any(&self.denied)
    }
}

impl Rights {
    /// Allows these for the whole tenant.
    pub fn allow(&mut self, permissions: Permissions) {
        self.everywhere = self.everywhere.and(permissions);
    }

    /// Allows those of these that are about tickets, for the tickets of the clauses.
    pub fn allow_within(&mut self, permissions: Permissions, clauses: &[Clause]) {
        for permission in permissions.iter().filter(|permission| permission.is_about_tickets()) {
            add(&mut self.within, permission, clauses);
        }
    }

    /// Denies these for the whole tenant.
    pub fn deny(&mut self, permissions: Permissions) {
        self.never = self.never.and(permissions);
    }

    /// Denies those of these that are about tickets, for the tickets of the clauses.
    pub fn deny_within(&mut self, permissions: Permissions, clauses: &[Clause]) {
        for permission in permissions.iter().filter(|permission| permission.is_about_tickets()) {
            add(&mut self.except, permission, clauses);
        }
    }

    /// Denies all that is not among these: what an API key was not given.
    pub fn narrow(&mut self, scopes: Permissions) {
        self.deny(Permissions::of(&Permission::ALL).without(scopes));
    }

    /// Adds what somebody else holds with these rights, as far as `limit` goes. What is denied to the lender is no part of it, and takes
    /// nothing from what was held before. Exceptions that cannot be told in a bounded number of clauses leave that right out.
    pub fn borrow(&mut self, lent: &Self, limit: Permissions) {
        for permission in lent.permissions().iter().filter(|permission| limit.has(*permission)) {
            let scope = lent.scope(permission);
            let one = Permissions::of(&[permission]);
            if scope.is_everything() {
                self.allow(one);
            } else if let Some(clauses) = scope.flattened() {
                self.allow_within(one, &clauses);
            }
        }
    }

    /// Whether the right is held for anything at all: what a route asks.
    pub fn may(&self, permission: Permission) -> bool {
        !self.never.has(permission)
            && (self.everywhere.has(permission)
                || self.within.iter().any(|(one, clauses)| *one == permission && !clauses.is_empty()))
    }

    /// For which tickets the right is held.
    pub fn scope(&self, permission: Permission) -> TicketScope {
        if !self.may(permission) {
            return TicketScope::NOTHING;
        }
        let of = |held: &[(Permission, Vec<Clause>)]| {
            held.iter().find(|(one, _)| *one == permission).map(|(_, clauses)| clauses.clone()).unwrap_or_default()
        };
        let allowed = (!self.everywhere.has(permission)).then(|| of(&self.within));
        TicketScope { allowed, denied: of(&self.except) }
    }

    /// Whether the right is held for this ticket.
    pub fn may_on(&self, permission: Permission, facts: &TicketFacts<'_>) -> bool {
        let any = |held: &[(Permission, Vec<Clause>)]| {
            held.iter().filter(|(one, _)| *one == permission).any(|(_, clauses)| clauses.iter().any(|clause| clause.holds(facts)))
        };
        !self.never.has(permission) && (self.everywhere.has(permission) || any(&self.within)) && !any(&self.except)
    }

    /// Those that are held for all of the tenant, without any exception: what somebody can give on.
    pub fn held_everywhere(&self) -> Permissions {
        Permission::ALL.into_iter().filter(|permission| self.scope(*permission).is_everything()).collect()
    }

    /// All that are held for anything at all.
    pub fn permissions(&self) -> Permissions {
        Permission::ALL.into_iter().filter(|permission| self.may(*permission)).collect()
    }
}

fn add(held: &mut Vec<(Permission, Vec<Clause>)>, permission: Permission, clauses: &[Clause]) {
    match held.iter_mut().find(|(one, _)| *one == permission) {
        Some((_, known)) => known.extend(clauses.iter().filter(|clause| !known.contains(clause)).cloned().collect::<Vec<_>>()),
        None => held.push((permission, clauses.to_vec())),
    }
}
