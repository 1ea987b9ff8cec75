//! The duty that empties archived departments: their open tickets go where somebody has said, some a run, each as a bulk change moves it.

use shared::error::ApiError;
use shared::platform::Wake;
use shared::store::departments::{self as store, Leaving, TicketIdRow};
use shared::store::users::Status;
use shared::ticket::{Party, Reference};

use super::relations::bulk::change_one;
use super::tickets::update::what_to_load;
use super::tickets::{Author, Changes, load_many};
use crate::context::Ctx;

/// Moves the next tickets of one department; answers how many were looked at. One that cannot be read does not keep the others waiting.
pub async fn move_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let leaving: Vec<Leaving> = ctx.db.run(store::leaving()).await?.all()?;
    let mut failed = None;
    for each in &leaving {
        match move_some(ctx, each, limit).await {
            Ok(count) => return failed.map_or(Ok(count), Err),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(0), Err)
}

/// A ticket that fails is left to the next run. The move ends when none are left, when none of a run could be moved, or when whoever said so
/// cannot sign in any more. It asks to be called again either way: another department may be waiting.
async fn move_some(ctx: &Ctx<'_>, leaving: &Leaving, limit: u32) -> Result<usize, ApiError> {
    let rows: Vec<TicketIdRow> = ctx.db.run(store::open_tickets(&leaving.id, limit)).await?.all()?;
    let tickets: Vec<Reference> = rows.into_iter().map(|row| Reference::Id(row.id)).collect();
    let (mut moved, mut failed) = (0, None);
    if leaving.status == Status::Active && !tickets.is_empty() {
        let changes = changes(leaving);
        let loaded = load_many(ctx, &tickets, what_to_load(&changes)).await?;
        for (ticket, one) in tickets.iter().zip(loaded) {
            let outcome = match one {
                Ok(one) => change_one(ctx, ticket, one, &changes).await,
                Err(error) => Err(error),
            };
            match outcome {
                Ok(_) => moved += 1,
                // The department was taken back, or its tickets are to go elsewhere now.
                Err(error) if error.code == "conflict" => break,
                Err(error) if error.status >= 500 => failed = Some(error),
                Err(_) => {}
            }
        }
    }
    if moved == 0 || (moved == tickets.len() && moved < limit as usize) {
        ctx.db.run(store::end_move(&leaving.id, &leaving.moves_to)).await?;
    }
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    // Why tickets were left behind is told once, by the run that ends the move.
    failed.filter(|_| moved == 0).map_or(Ok(tickets.len().max(1)), Err)
}

/// The change of each ticket, in the name of whoever has archived the department.
fn changes(leaving: &Leaving) -> Changes {
    let by = Author {
        user: Some(leaving.user_id.clone()),
        name: leaving.name.clone(),
        email: leaving.email.clone(),
        party: Party::Staff,
    };
    Changes {
        department: Some(Some(leaving.moves_to.clone())),
        only_from: Some(leaving.id.clone()),
        by: Some(by),
        ..Changes::default()
    }
}
