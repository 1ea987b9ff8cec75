//! The duty that empties archived departments: their open tickets go where somebody has said, some a run, each as a bulk change moves it.

use shared::error::ApiError;
use shared::platform::Wake;
use shared::store::departments::{self as store, Leaving, TicketIdRow};
use shared::store::users::Status;
use shared::ticket::Party;

use super::relations::bulk::bulk;
use super::tickets::{Author, Changes};
use crate::context::Ctx;

/// Moves the next tickets, and asks to be called again while there are more; answers how many were looked at. It ends when none are left, when
/// none of a run could be moved, or when whoever said so cannot sign in any more.
pub async fn move_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let Some(leaving) = ctx.db.run(store::leaving()).await?.first::<Leaving>()? else { return Ok(0) };
    let tickets: Vec<TicketIdRow> = ctx.db.run(store::open_tickets(&leaving.id, limit)).await?.all()?;
    let count = tickets.len();
    let mut moved = 0;
    if leaving.status == Status::Active && count > 0 {
        let tickets: Vec<String> = tickets.into_iter().map(|row| row.id.to_string()).collect();
        moved = bulk(ctx, &tickets, &changes(&leaving)).await?.data.iter().filter(|result| result.status == "ok").count();
    }
    if moved > 0 && count == limit as usize {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    } else {
        ctx.db.run(store::end_move(&leaving.id, &leaving.moves_to)).await?;
    }
    Ok(count.max(1))
}

/// The change of each ticket, in the name of whoever has archived the department.
fn changes(leaving: &Leaving) -> Changes {
    let by = Author {
        user: Some(leaving.user_id.clone()),
        name: leaving.name.clone(),
        email: leaving.email.clone(),
        party: Party::Staff,
    };
    Changes { department: Some(Some(leaving.moves_to.clone())), by: Some(by), ..Changes::default() }
}
