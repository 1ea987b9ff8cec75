//! Removing a file: the row first, with its lines in history and audit, then the bytes.

use serde_json::json;
use shared::database::Rows;
use shared::error::ApiError;
use shared::id::{AttachmentId, TicketId};
use shared::store::{attachments as store, history};

use super::open;
use crate::actions::audit;
use crate::context::Ctx;

/// Removes a file for good; answers the ticket that it hung on. Bytes that storage does not let go of now are named by no row any more.
pub async fn remove(ctx: &Ctx<'_>, id: &AttachmentId) -> Result<TicketId, ApiError> {
    let file = open(ctx, id).await?;
    let mut batch = store::delete(id).to_vec();
    batch.push(history::append(history::Line {
        id: ctx.ids().next(),
        ticket: &file.ticket_id,
        at: ctx.now,
        actor: &ctx.actor.reference(),
        kind: "attachment",
        visibility: file.visibility,
        from: Some(file.file_name.clone()),
        to: None,
    }));
    batch.push(store::touch(&file.ticket_id, ctx.now));
    let detail = json!({ "attachment": id, "file_name": file.file_name, "size": file.size, "media_type": file.media_type });
    batch.push(audit::line(ctx, "attachment.removed", file.ticket_id.as_str(), detail));
    let _: Vec<Rows> = ctx.db.batch(batch).await?;
    ctx.platform.files().delete(&file.storage_key).await?;
    Ok(file.ticket_id)
}
