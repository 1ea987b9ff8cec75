//! Notices on people's devices by Web Push. Who is told of what is decided where mails are queued: a trigger of the outbox makes a row for
//! each device of whoever is written to about a ticket. Here devices are kept, and rows are written for their readers and handed over.

mod deliver;
pub mod devices;
mod notice;

pub use deliver::deliver_due;

use shared::error::ApiError;
use shared::store::push_notices::{self as store, Unread};

use crate::context::Ctx;

/// How many tickets the person who is signed in has news of; 99 stands for more.
pub async fn unread(ctx: &Ctx<'_>) -> Result<i64, ApiError> {
    let row: Option<Unread> = ctx.db.run(store::unread(&ctx.person()?.id)).await?.first()?;
    Ok(row.map_or(0, |row| row.tickets))
}
