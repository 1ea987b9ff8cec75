//! Policies over attributes (ABAC): under which conditions permissions are given or denied beyond all roles.
//!
//! A condition is a rule in `JsonLogic` (jsonlogic.com): `and`, `or`, `!`, `==`, `!=`, `in`, `<`, `<=`, `>`, `>=`, `var`, and one
//! operator of our own, `in_network`. Variables are `actor.*`, `ticket.*` and `request.*`. What is known of the actor and of the
//! circumstances is filled in first; what is left asks about the ticket alone and becomes [`Clause`]s, so that lists are narrowed in
//! SQL by the very rule that decides about a single ticket.
//!
//! A rule that cannot be read denies and never allows.

mod condition;

use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use condition::Condition;

use super::{Holder, Permissions, Rights, Role};
use crate::id::{AccessPolicyId, GroupId};

/// What a policy does where its condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Gives the permissions.
    Allow,
    /// Denies them, whatever gives them.
    Deny,
}

impl Effect {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }
}

/// A policy in force.
#[derive(Debug, Clone, Deserialize)]
pub struct Policy {
    /// Id.
    pub id: AccessPolicyId,
    /// Name.
    pub name: String,
    /// What it does.
    pub effect: Effect,
    /// With which permissions.
    pub permissions: Permissions,
    /// When.
    pub condition: Condition,
}

/// About whom a policy decides.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The person and where they belong.
    pub holder: &'a Holder,
    /// Their role.
    pub role: Role,
    /// Their address.
    pub email: &'a str,
    /// Their groups.
    pub groups: &'a [GroupId],
}

/// Under which circumstances somebody asks.
#[derive(Debug, Clone)]
pub struct Circumstances<'a> {
    /// The network address, or empty.
    pub address: &'a str,
    /// The moment in the tenant's zone.
    pub now: DateTime<Tz>,
    /// Whether the tenant shows clients the tickets of their company.
    pub clients_see_organization: bool,
}

impl Policy {
    /// Puts the policy into force for somebody.
    pub fn apply(&self, rights: &mut Rights, subject: &Subject<'_>, circumstances: &Circumstances<'_>) {
        let permissions = match self.effect {
            Effect::Allow if !subject.role.is_staff() => self.permissions.common(Role::CLIENT_PERMISSIONS),
            _ => self.permissions,
        };
        let clauses = self.condition.clauses(&|name| known(name, subject, Some(circumstances)));
        match (self.effect, clauses) {
            (Effect::Allow, Some(clauses)) if clauses.iter().any(|clause| clause.0.is_empty()) => rights.allow(permissions),
            (Effect::Allow, Some(clauses)) => rights.allow_within(permissions, &clauses),
            (Effect::Allow, None) => {}
            (Effect::Deny, Some(clauses)) if clauses.iter().all(|clause| !clause.0.is_empty()) => {
                rights.deny_within(permissions, &clauses);
            }
            (Effect::Deny, _) => rights.deny(permissions),
        }
    }

    /// Whether it denies somebody anything, for some tickets at least, in these circumstances.
    pub fn denies(&self, subject: &Subject<'_>, circumstances: &Circumstances<'_>) -> bool {
        let holds = self.condition.clauses(&|name| known(name, subject, Some(circumstances)));
        self.effect == Effect::Deny && holds.is_none_or(|clauses| !clauses.is_empty())
    }

    /// Whether it could deny somebody one of the permissions altogether, in whatever circumstances.
    pub fn may_shut_out(&self, subject: &Subject<'_>, permissions: Permissions) -> bool {
        let touches = !self.permissions.common(permissions).is_empty();
        let holds = self.condition.clauses(&|name| known(name, subject, None));
        self.effect == Effect::Deny && touches && holds.is_none_or(|clauses| !clauses.is_empty())
    }
}

/// The value of a variable that is not the ticket's. `None`: it is not known which value it has.
fn known(name: &str, subject: &Subject<'_>, circumstances: Option<&Circumstances<'_>>) -> Option<Value> {
    let text = |text: Option<&str>| Some(text.map_or(Value::Null, Value::from));
    match name {
        "actor.id" => text(Some(subject.holder.id.as_str())),
        "actor.role" => text(Some(subject.role.as_str())),
        "actor.department" => text(subject.holder.department.as_ref().map(crate::id::DepartmentId::as_str)),
        "actor.organization" => text(subject.holder.organization.as_ref().map(crate::id::OrganizationId::as_str)),
        "actor.groups" => Some(subject.groups.iter().map(|group| Value::from(group.as_str())).collect()),
        "actor.email_domain" => text(subject.email.rsplit_once('@').map(|(_, domain)| domain)),
        _ => {
            let now = circumstances?;
            match name {
                "request.address" => text(Some(now.address)),
                "request.time" => Some(Value::from(now.now.format("%H:%M").to_string())),
                "request.weekday" => Some(Value::from(now.now.weekday().number_from_monday())),
                _ => None,
            }
        }
    }
}
