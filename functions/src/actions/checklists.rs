//! Changing the list of what is to be done on a ticket.
//!
//! It is the desk's own: no client sees it, and it changes nothing else of the ticket, so that nobody's open form grows stale by it. Each
//! change is one batch with its lines of history and audit.

use serde_json::json;
use shared::access::Permission;
use shared::checklist::{Change, Changed, Checklist, ITEMS_MAX, Refusal};
use shared::error::ApiError;
use shared::live::{Event, HubMessage};
use shared::platform::Wake;
use shared::store::checklists as store;
use shared::store::history;
use shared::ticket::{Reference, TicketRow, Visibility};

use super::audit;
use super::stale;
use super::tickets::{IfMatch, Loaded, load};
use crate::context::Ctx;

/// Makes a change. Answers the ticket and its list as it is now, and what was changed. 412 when it was changed since the version that
/// `if_match` names; 409 `checklist_full`; 404 for an item that is gone.
pub async fn change(
    ctx: &Ctx<'_>,
    reference: &Reference,
    if_match: IfMatch,
    change: &Change,
) -> Result<(TicketRow, Checklist, Option<Changed>), ApiError> {
    stale::again(stale::tries(if_match), async || attempt(ctx, reference, if_match, change).await).await
}

async fn attempt(
    ctx: &Ctx<'_>,
    reference: &Reference,
    if_match: IfMatch,
    change: &Change,
) -> Result<(TicketRow, Checklist, Option<Changed>), ApiError> {
    let mut loaded = load(ctx, reference, vec![store::of_ticket(reference)]).await?;
    let mut list = store::read(&loaded.next()?)?;
    may_change(ctx, &loaded)?;
    if_match.check(list.version)?;
    let changed = list.apply(change, &ctx.person()?.id, ctx.now).map_err(|refusal| match refusal {
        Refusal::NotFound => ApiError::not_found(),
        Refusal::Full => ApiError::conflict("checklist_full").arg("maximum", ITEMS_MAX),
    })?;
    let Some(done) = &changed else { return Ok((loaded.row, list, None)) };
    let ticket = &loaded.row.id;
    let mut batch = store::save(ticket, &list).to_vec();
    batch.push(history::append(history::Line {
        id: ctx.ids().next(),
        ticket,
        at: ctx.now,
        actor: &ctx.actor.reference(),
        kind: done.kind.history(),
        visibility: Visibility::Internal,
        from: done.before.clone(),
        to: Some(done.text.clone()),
    }));
    let detail = json!({ "item": done.id, "from": done.before, "to": done.text });
    batch.push(audit::line(ctx, done.kind.action(), ticket.as_str(), detail));
    ctx.db.batch(batch).await?;
    list.version = list.next_version();
    let message = HubMessage::staff(Event::ChecklistChanged { ticket: ticket.clone() });
    ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
    Ok((loaded.row, list, changed))
}

fn may_change(ctx: &Ctx<'_>, loaded: &Loaded) -> Result<(), ApiError> {
    if !loaded.may(ctx, Permission::TicketUpdate) {
        Err(ApiError::forbidden())
    } else if loaded.row.merged_into_id.is_some() {
        Err(ApiError::conflict("merged"))
    } else {
        Ok(())
    }
}
