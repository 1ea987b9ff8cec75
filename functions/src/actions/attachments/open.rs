//! Finding a file that the actor may have.

use shared::access::Permission;
use shared::error::ApiError;
use shared::id::AttachmentId;
use shared::store::attachments::{self as store, FoundRow};
use shared::ticket::Visibility;

use crate::context::Ctx;

/// Finds a file. One that does not exist, that hangs on a ticket which is not the actor's to see, or that is the desk's alone
/// is the same 404.
pub async fn open(ctx: &Ctx<'_>, id: &AttachmentId) -> Result<FoundRow, ApiError> {
    let found = store::found(&ctx.db.run(store::find(id, &ctx.actor.ticket_scope())).await?)?.ok_or_else(ApiError::not_found)?;
    if is_seen(ctx, &found) { Ok(found) } else { Err(ApiError::not_found()) }
}

fn is_seen(ctx: &Ctx<'_>, file: &FoundRow) -> bool {
    let ticket_is_there = file.deleted_at.is_none() || ctx.actor.may(Permission::TicketDelete);
    let is_for_actor = file.visibility == Visibility::Public || ctx.actor.may(Permission::TicketReadInternal);
    ticket_is_there && is_for_actor
}
