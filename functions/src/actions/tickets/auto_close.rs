//! Closing what was resolved long enough ago: the duty of the sweep.

use chrono::TimeDelta;
use serde::Deserialize;
use shared::error::ApiError;
use shared::id::TicketId;
use shared::store::queues;
use shared::ticket::{Reference, Status};

use super::{Changes, IfMatch, update};
use crate::context::Ctx;

#[derive(Deserialize)]
struct Row {
    id: TicketId,
}

/// Closes tickets that stayed resolved for the tenant's number of days, oldest first; answers how many. One that somebody
/// changes at the same moment is left to the next sweep.
pub async fn auto_close_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let before = ctx.now - TimeDelta::days(i64::from(ctx.tenant.settings().auto_close_days));
    let rows: Vec<Row> = ctx.db.run(queues::resolved_before(before, limit)).await?.all()?;
    let changes = Changes { status: Some(Status::Closed), quiet: true, ..Changes::default() };
    let mut closed = 0;
    for row in rows {
        match update(ctx, &Reference::Id(row.id), IfMatch::Any, &changes).await {
            Ok(_) => closed += 1,
            Err(error) if matches!(error.status, 404 | 409 | 412) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(closed)
}
