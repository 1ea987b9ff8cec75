//! Finding a file that the actor may have.

use shared::error::ApiError;
use shared::id::AttachmentId;
use shared::store::attachments::{self as store, FoundRow};
use shared::ticket::Visibility;

use crate::context::Ctx;

/// Finds a file. One that does not exist, that hangs on a ticket which is not the actor's to see, or that is the desk's alone
/// is the same 404.
pub async fn open(ctx: &Ctx<'_>, id: &AttachmentId) -> Result<FoundRow, ApiError> {
    let found = store::found(&ctx.db.run(store::find(id, &ctx.actor)).await?)?.ok_or_else(ApiError::not_found)?;
    if is_seen(&found) { Ok(found) } else { Err(ApiError::not_found()) }
}

fn is_seen(file: &FoundRow) -> bool {
    (file.deleted_at.is_none() || file.may_restore) && (file.visibility == Visibility::Public || file.reads_internal)
}
