//! Tickets like another: like the one that a client is writing, among what they may have asked before; and for the desk, like one that is there.

use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::search::Likeness;
use shared::store::similar::{self as store, SimilarRow};
use shared::ticket::{Reference, TicketRow};

use super::tickets::{Loaded, load};
use crate::context::Ctx;

/// Tickets that are shown at most.
const SHOWN_MAX: usize = 5;

/// What is looked for.
pub struct Similar(Likeness);

impl Similar {
    /// Those like a title, as far as it is written. `None` for visitors, and while no word of it says anything.
    pub fn to(ctx: &Ctx<'_>, title: &str) -> Option<(Self, TenantStatement)> {
        let person = ctx.actor.person()?;
        let likeness = Likeness::to(title)?;
        let tenant = ctx.tenant.id().as_str().get(4..).unwrap_or_default();
        let is_shown = ctx.tenant.settings().organization_tickets_visible && !person.role.is_staff();
        let organization = person.organization.as_ref().filter(|_| is_shown);
        let statement = store::similar(&person.id, organization, &likeness.expression(tenant), &ctx.actor.ticket_scope());
        Some((Self(likeness), statement))
    }

    /// Those like a ticket that is there, for the desk. `None` where no word of its title says anything.
    pub fn to_ticket(ctx: &Ctx<'_>, ticket: &TicketRow) -> Option<(Self, TenantStatement)> {
        let likeness = Likeness::to(&ticket.title)?;
        let tenant = ctx.tenant.id().as_str().get(4..).unwrap_or_default();
        let statement = store::similar_to(ticket, &likeness.expression(tenant), &ctx.actor.ticket_scope());
        Some((Self(likeness), statement))
    }

    /// The few that have most words in common, younger ones first among equals; out of the statement's answer.
    pub fn best(&self, answer: &Rows) -> Result<Vec<SimilarRow>, ApiError> {
        let mut found: Vec<(usize, SimilarRow)> =
            answer.all::<SimilarRow>()?.into_iter().map(|row| (self.0.words_of(&row.title), row)).collect();
        found.sort_by_key(|(words, row)| (std::cmp::Reverse(*words), std::cmp::Reverse(row.number)));
        Ok(found.into_iter().take(SHOWN_MAX).map(|(_, row)| row).collect())
    }
}

/// Tickets like one that is there, and that one with the answers of the caller's own statements.
pub async fn of_ticket(
    ctx: &Ctx<'_>,
    reference: &Reference,
    more: Vec<TenantStatement>,
) -> Result<(Loaded, Vec<SimilarRow>), ApiError> {
    let loaded = load(ctx, reference, more).await?;
    let found = match Similar::to_ticket(ctx, &loaded.row) {
        Some((similar, statement)) => similar.best(&ctx.db.run(statement).await?)?,
        None => Vec::new(),
    };
    Ok((loaded, found))
}
