//! Removing a file: the row first, with its lines in history and audit, then the bytes.

use serde_json::json;
use shared::database::Rows;
use shared::error::ApiError;
use shared::id::{AttachmentId, TicketId, UserId};
use shared::store::attachments::{self as store, FoundRow};
use shared::store::history;

use super::open;
use crate::actions::audit;
use crate::context::Ctx;

/// Removes a file for good; answers the ticket that it hung on. Staff with `ticket.update` any; everybody else one that they sent ahead themselves and that has not
/// gone with an answer yet (403 otherwise, 409 when it goes at this very moment). Bytes that storage does not let go of now are
/// named by no row any more.
pub async fn remove(ctx: &Ctx<'_>, id: &AttachmentId) -> Result<TicketId, ApiError> {
    let file = open(ctx, id).await?;
    let is_the_desks = file.may_update;
    if !is_the_desks && !is_sent_ahead(&file, &ctx.person()?.id) {
        return Err(ApiError::forbidden());
    }
    let mut batch = store::delete(id).to_vec();
    if !is_the_desks {
        batch.insert(1, store::guard_unbound(id));
    }
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
    let written: Result<Vec<Rows>, _> = ctx.db.batch(batch).await;
    written.map_err(|error| {
        if error.is_refused_by("conflict") { ApiError::conflict("attachment_bound") } else { ApiError::from(error) }
    })?;
    ctx.platform.files().delete(&file.storage_key).await?;
    Ok(file.ticket_id)
}

/// Whether the person sent the file ahead of an answer that has not come yet.
fn is_sent_ahead(file: &FoundRow, person: &UserId) -> bool {
    file.uploader_id.as_ref() == Some(person) && file.comment_id.is_none() && file.came_later
}
