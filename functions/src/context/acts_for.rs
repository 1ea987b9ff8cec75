//! For whom a request is done, where a deputy does it by a right that is only lent.

use std::cell::RefCell;

use shared::access::{Actor, Permission, TicketFacts};
use shared::id::UserId;

/// The lender, as soon as it is known: from the route's demand, or from the ticket that the request is about.
#[derive(Default)]
pub struct ActsFor(RefCell<Option<UserId>>);

impl ActsFor {
    /// Notes that something is done which takes this right; the first lender stays.
    pub fn note(&self, actor: &Actor, permission: Permission, facts: Option<&TicketFacts<'_>>) {
        if let Some(lender) = actor.acts_for(permission, facts) {
            self.0.borrow_mut().get_or_insert_with(|| lender.clone());
        }
    }

    /// The lender.
    pub fn lender(&self) -> Option<UserId> {
        self.0.borrow().clone()
    }
}
