//! Deleting a ticket, which hides it, and bringing it back.

use shared::error::ApiError;
use shared::ticket::{FollowerRow, Reference, TicketRow, Visibility};

use super::load::load_any;
use super::{Author, IfMatch, Work, load};
use crate::context::Ctx;

/// Hides a ticket from everybody but those who may bring it back. Its clocks ring no more.
pub async fn delete(ctx: &Ctx<'_>, reference: &Reference, if_match: IfMatch) -> Result<(), ApiError> {
    let loaded = load(ctx, reference, Vec::new()).await?;
    if_match.check(loaded.row.version)?;
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    work.row.deleted_at = Some(ctx.now);
    work.changed("deleted", Visibility::Internal, None, None);
    work.save("ticket.deleted", None).await?;
    Ok(())
}

/// Brings a deleted ticket back as it was. One that is not deleted stays as it is.
pub async fn restore(ctx: &Ctx<'_>, reference: &Reference) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    let loaded = load_any(ctx, reference, Vec::new()).await?;
    if loaded.row.deleted_at.is_none() {
        return Ok((loaded.row, loaded.followers));
    }
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    work.row.deleted_at = None;
    work.changed("restored", Visibility::Internal, None, None);
    let followers = work.followers.clone();
    let row = work.save("ticket.restored", None).await?;
    Ok((row, followers))
}
