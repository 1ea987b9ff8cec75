//! Uploads that nobody went on with.

use shared::error::ApiError;
use shared::id::UploadId;
use shared::store::uploads::{self as store, ExpiredRow};

use super::key;
use crate::context::Ctx;

/// Gives up at most `at_once` uploads whose time is over: their bytes first, then their rows. Answers how many there were.
pub async fn forget_expired(ctx: &Ctx<'_>, at_once: u32) -> Result<usize, ApiError> {
    let expired: Vec<ExpiredRow> = ctx.db.run(store::expired(ctx.now, at_once)).await?.all()?;
    if expired.is_empty() {
        return Ok(0);
    }
    let files = ctx.platform.files();
    for upload in expired.iter().filter(|upload| upload.attachment_id.is_none()) {
        let key = key(ctx, &upload.id)?;
        // An upload that storage does not know any more is as good as given up; one that was completed without a row left a file.
        let _: Result<(), _> = files.abort(&key, &upload.storage_upload).await;
        files.delete(&key).await?;
    }
    let ids: Vec<UploadId> = expired.into_iter().map(|upload| upload.id).collect();
    ctx.db.run(store::forget(ctx.now, &ids)).await?;
    Ok(ids.len())
}
