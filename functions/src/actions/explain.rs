//! Who could do something with a ticket, and why: what is in force, or what would be with a policy that is only a draft.

use chrono::{DateTime, Utc};
use shared::access::{Circumstances, Explanation, Permission, Policy, Subject};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::{TicketId, UserId};
use shared::store::administrators::{self, InForce};
use shared::store::held::{self, Explained};

use super::tickets::load::{load, reference};
use crate::context::Ctx;

/// About whom it is asked.
#[derive(Debug, Clone)]
pub enum Whom {
    /// One person, whether they may or not.
    One(UserId),
    /// The same by the person's address.
    Named(String),
    /// Those of the desk who may, or the clients, and those whom only a policy keeps from it: up to `limit` people are looked at after the one of id `after`.
    All {
        /// Whether of the desk.
        of_desk: bool,
        /// Empty: from the first.
        after: String,
        /// How many are looked at.
        limit: u32,
    },
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The ticket: id, `ACME-1042` or `1042`.
    pub ticket: String,
    /// What is to be done with it.
    pub permission: Permission,
    /// About whom.
    pub whom: Whom,
    /// From which address; without it from none that is known.
    pub address: Option<String>,
    /// When; without it now.
    pub at: Option<DateTime<Utc>>,
    /// A policy as it would be, in place of that with its id.
    pub draft: Option<Policy>,
}

/// The decision about one person.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Who.
    pub who: Explained,
    /// What, and why.
    pub explanation: Explanation,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The ticket.
    pub ticket: TicketId,
    /// People with the decision about each.
    pub people: Vec<Decision>,
    /// Where to go on, if there are more to look at.
    pub next: Option<UserId>,
    /// The answers of the caller's own statements, in order.
    pub more: Vec<Rows>,
}

/// Answers. 404 for a ticket that is not there or that whoever asks may not see, and for a person who is not there.
pub async fn explain(ctx: &Ctx<'_>, question: &Question, more: Vec<TenantStatement>) -> Result<Answer, ApiError> {
    let at = question.at.unwrap_or(ctx.now);
    let people = match &question.whom {
        Whom::One(id) => held::person(id, at),
        Whom::Named(email) => held::by_email(&email.to_lowercase(), at),
        Whom::All { of_desk, after, limit } => held::people(*of_desk, after, at, limit + 1),
    };
    let mut batch = vec![administrators::in_force(), people];
    batch.extend(more);
    let mut loaded = load(ctx, &reference(ctx, &question.ticket)?, batch).await?;
    let mut policies: Vec<Policy> = loaded.next()?.all::<InForce>()?.iter().map(InForce::policy).collect();
    if let Some(draft) = &question.draft {
        policies.retain(|policy| policy.id != draft.id);
        policies.push(draft.clone());
    }
    let mut rows: Vec<Explained> = loaded.next()?.all()?;
    let circumstances = Circumstances {
        address: question.address.as_deref().unwrap_or_default(),
        now: at.with_timezone(&ctx.tenant.zone()),
        clients_see_organization: ctx.tenant.settings().organization_tickets_visible,
    };
    let facts = loaded.row.facts(&loaded.followers);
    let mut next = None;
    if let Whom::All { limit, .. } = question.whom {
        let has_more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        next = rows.last().filter(|_| has_more).map(|row| row.person.id.clone());
    } else if rows.is_empty() {
        return Err(ApiError::field("user", "unknown_value"));
    }
    let decide = |who: Explained| {
        let holder = who.person.holder();
        let subject = Subject { holder: &holder, role: who.person.role, email: &who.person.email, groups: &who.person.groups };
        let explanation = who.person.held().explain(&subject, &policies, &circumstances, question.permission, &facts);
        Decision { who, explanation }
    };
    let is_one = !matches!(question.whom, Whom::All { .. });
    let people = rows.into_iter().map(decide).filter(|decision| is_one || !decision.explanation.given_by.is_empty()).collect();
    Ok(Answer { ticket: loaded.row.id.clone(), people, next, more: loaded.more.collect() })
}
