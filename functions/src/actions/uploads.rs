//! Resumable uploads (tus 1.0): a file comes in pieces over many requests, and a broken line costs one piece.
//!
//! Storage takes parts of one size; only whole parts (and the last) are durable, and the offset that is answered counts
//! these alone. Two requests for one upload at once never write the same part: each numbers its parts beyond those of the one
//! before, and the row takes the parts of whoever comes first. A completed file becomes an attachment in one batch.

mod begin;
mod receive;
mod sweep;

pub use begin::{Announced, begin};
pub use receive::receive;
pub use sweep::forget_expired;

use shared::error::ApiError;
use shared::id::UploadId;
use shared::store::uploads::{self as store, UploadRow};

use crate::actions::attachments::of_upload;
use crate::context::Ctx;

/// Finds an upload of the actor. One that is somebody else's, over, or was never there is the same 404.
pub async fn find(ctx: &Ctx<'_>, id: &UploadId) -> Result<UploadRow, ApiError> {
    let rows = ctx.db.run(store::find(id, &ctx.person()?.id, ctx.now)).await?;
    store::upload(&rows)?.ok_or_else(ApiError::not_found)
}

/// Gives an upload up, with all that has arrived of it. One that is an attachment already stays (409).
pub async fn give_up(ctx: &Ctx<'_>, id: &UploadId) -> Result<(), ApiError> {
    let upload = find(ctx, id).await?;
    if upload.attachment_id.is_some() {
        return Err(ApiError::conflict("upload_finished"));
    }
    ctx.db.run(store::delete(id)).await?;
    // A request that is bringing bytes right now finds its row gone, and its parts with it.
    let _: Result<(), _> = ctx.platform.files().abort(&key(ctx, id)?, &upload.storage_upload).await;
    Ok(())
}

/// Where the file lies: under the id of the attachment that it will be.
fn key(ctx: &Ctx<'_>, id: &UploadId) -> Result<String, ApiError> {
    let attachment = of_upload(id).ok_or_else(|| ApiError::internal("an upload without digits"))?;
    Ok(ctx.tenant.attachment_key(&attachment))
}
