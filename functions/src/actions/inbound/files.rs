//! The files of a mail: into storage before the batch that puts them on the ticket.

use shared::attachment::classify_mail;
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::id::{AttachmentId, InboundId};
use shared::mail::InboundMail;
use shared::store::inbound::StoredFile;

use crate::context::Ctx;

/// Stores the files. Their ids are made of the mail's, so that a repetition overwrites and leaves nothing behind.
pub async fn store(ctx: &Ctx<'_>, mail: &InboundId, message: &InboundMail) -> Result<Vec<StoredFile>, ApiError> {
    let mut stored = Vec::with_capacity(message.attachments.len());
    for (index, file) in message.attachments.iter().enumerate() {
        let digest = sha256_hex(format!("{mail}/{index}").as_bytes());
        let id = AttachmentId::parse(&format!("{}{}", AttachmentId::PREFIX, digest.get(..32).unwrap_or_default()))
            .map_err(ApiError::internal)?;
        let accepted = classify_mail(&file.name, &file.content, Some(&file.content_type));
        let storage_key = ctx.tenant.attachment_key(&id);
        ctx.platform.files().put(&storage_key, file.content.clone()).await?;
        stored.push(StoredFile {
            id,
            file_name: accepted.file_name,
            media_type: accepted.media_type,
            size: file.content.len(),
            content_id: file.content_id.clone(),
            storage_key,
        });
    }
    Ok(stored)
}
