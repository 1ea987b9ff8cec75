//! Announcing a file that will come in pieces.

use chrono::TimeDelta;
use shared::attachment::refused_by_name;
use shared::error::ApiError;
use shared::id::UploadId;
use shared::limits::{ATTACHMENT_BYTES_MAX, UPLOAD_SECONDS, UPLOADS_PER_TICKET_MAX};
use shared::store::uploads::{self as store, NewUpload};
use shared::ticket::{Reference, Visibility};

use super::key;
use crate::actions::attachments::refused;
use crate::actions::tickets::load;
use crate::context::Ctx;

/// What is known of a file before it comes.
#[derive(Debug, Clone)]
pub struct Announced {
    /// For which ticket.
    pub ticket: Reference,
    /// Who shall see it.
    pub visibility: Visibility,
    /// Its name.
    pub file_name: String,
    /// Its type, as stated.
    pub declared: Option<String>,
    /// Bytes.
    pub size: u64,
}

/// Begins an upload. 413 when the file would be too large, 415 when its name alone refuses it.
pub async fn begin(ctx: &Ctx<'_>, file: &Announced) -> Result<UploadId, ApiError> {
    if file.size > ATTACHMENT_BYTES_MAX {
        return Err(ApiError::too_large(ATTACHMENT_BYTES_MAX));
    }
    if file.size == 0 {
        return Err(ApiError::field("Upload-Length", "required"));
    }
    if let Some(refusal) = refused_by_name(&file.file_name, file.declared.as_deref()) {
        return Err(refused(&file.file_name, refusal));
    }
    let row = load(ctx, &file.ticket, Vec::new()).await?.row;
    let ticket = row.merged_into_id.unwrap_or(row.id);
    let id: UploadId = ctx.ids().next();
    let key = key(ctx, &id)?;
    let files = ctx.platform.files();
    let storage_upload = files.begin(&key).await?;
    let new = NewUpload {
        id: &id,
        ticket: &ticket,
        uploader: &ctx.person()?.id,
        visibility: file.visibility,
        file_name: &file.file_name,
        declared: file.declared.as_deref().unwrap_or_default(),
        size: file.size,
        storage_upload: &storage_upload,
        created_at: ctx.now,
        expires_at: ctx.now + TimeDelta::seconds(UPLOAD_SECONDS),
    };
    if let Err(error) = ctx.db.batch(store::insert(&new, UPLOADS_PER_TICKET_MAX).to_vec()).await {
        let _: Result<(), _> = files.abort(&key, &storage_upload).await;
        return Err(if error.is_refused_by("limit") { ApiError::conflict("too_many_uploads") } else { error.into() });
    }
    Ok(id)
}
