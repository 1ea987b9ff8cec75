//! Somebody looks at a ticket: it is among what they opened last, what it holds is no news to them, and its notices are read.

use chrono::{DateTime, Utc};
use shared::error::ApiError;
use shared::id::UserId;
use shared::store::{opened_tickets, push_notices, ticket_looks};
use shared::ticket::{Reference, TicketRow};

use super::load::load_any;
use crate::context::Ctx;

/// A page shows the ticket to `person`, who has seen it last as it was at `seen_at`. Nobody waits for this to be written.
pub fn at_page(ctx: &Ctx<'_>, person: &UserId, row: &TicketRow, seen_at: Option<DateTime<Utc>>, has_news: bool) {
    ctx.after.write(ctx.db.bound(opened_tickets::opened(person, &row.id, ctx.now)));
    if seen_at.is_none_or(|seen| seen < row.updated_at) {
        ctx.after.write(ctx.db.bound(ticket_looks::seen(person, &row.id, row.updated_at)));
    }
    if has_news {
        ctx.after.write(ctx.db.bound(push_notices::read(person, &row.id)));
    }
}

/// A page that was fetched ahead is shown. What has changed since it was fetched is brought into it by its live connection, so the ticket is
/// seen as it is now. Written when this returns: whoever asks for counts next gets them without it.
pub async fn at_fetched(ctx: &Ctx<'_>, reference: &Reference) -> Result<(), ApiError> {
    let row = load_any(ctx, reference, Vec::new()).await?.row;
    let person = &ctx.person()?.id;
    let batch = vec![
        opened_tickets::opened(person, &row.id, ctx.now),
        ticket_looks::seen(person, &row.id, row.updated_at),
        push_notices::read(person, &row.id),
    ];
    ctx.db.batch(batch).await?;
    Ok(())
}
