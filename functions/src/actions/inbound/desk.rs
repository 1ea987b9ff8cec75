//! What people do with mail that waits: look, try again, discard.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Body, ByteStream};
use shared::id::InboundId;
use shared::limits::MAIL_IN_BYTES_MAX;
use shared::mail::Reason;
use shared::mail::inline::without_marks;
use shared::mail::parse::parse;
use shared::platform::FileInfo;
use shared::store::inbound::{self as store, Inbound};

use super::process::Asked;
use super::{Taken, as_system, envelope, take};
use crate::actions::audit;
use crate::actions::outbox::Cursor;
use crate::context::Ctx;

/// Characters of a mail's text that are shown before anything is made of it.
const PREVIEW_CHARS_MAX: usize = 2_000;

/// Mails of a state, newest first, and where the next page begins.
pub async fn list(ctx: &Ctx<'_>, state: &str, before: &Cursor, limit: u32) -> Result<(Vec<Inbound>, Option<Cursor>), ApiError> {
    if !matches!(state, "received" | "processed" | "unprocessed" | "discarded") {
        return Err(ApiError::field("state", "unknown_value"));
    }
    let rows: Vec<Inbound> = ctx.db.run(store::by_state(state, before.place(), limit + 1)).await?.all()?;
    Ok(page(rows, limit))
}

/// Cuts the surplus row off, which only shows that there is more.
pub fn page(mut rows: Vec<Inbound>, limit: u32) -> (Vec<Inbound>, Option<Cursor>) {
    let keep = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > keep;
    rows.truncate(keep);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: row.received_at.timestamp_millis(), id: row.id.to_string() });
    (rows, next)
}

/// A mail and what it says.
pub struct Preview {
    /// Its row.
    pub row: Inbound,
    /// The beginning of its text; empty if it cannot be read.
    pub text: String,
    /// The names of its files.
    pub files: Vec<String>,
}

/// Looks into a mail.
pub async fn preview(ctx: &Ctx<'_>, id: &InboundId) -> Result<Preview, ApiError> {
    let row = find(ctx, id).await?;
    preview_of(ctx, row).await
}

/// The same for a row at hand.
pub async fn preview_of(ctx: &Ctx<'_>, row: Inbound) -> Result<Preview, ApiError> {
    let Some((_, stream)) = ctx.platform.files().get(&row.storage_key, None).await? else {
        return Ok(Preview { row, text: String::new(), files: Vec::new() });
    };
    let bytes = Body::Stream(stream).read(MAIL_IN_BYTES_MAX).await?;
    let Ok(mail) = parse(&bytes, &envelope(row.envelope_from.as_deref(), Some(&row.mailbox)), &[]) else {
        return Ok(Preview { row, text: String::new(), files: Vec::new() });
    };
    let text = without_marks(&mail.text).chars().take(PREVIEW_CHARS_MAX).collect();
    let files = mail.attachments.iter().map(|file| file.name.clone()).collect();
    Ok(Preview { row, text, files })
}

/// The raw mail, as it came.
pub async fn raw(ctx: &Ctx<'_>, id: &InboundId) -> Result<(FileInfo, ByteStream), ApiError> {
    let row = find(ctx, id).await?;
    ctx.platform.files().get(&row.storage_key, None).await?.ok_or_else(ApiError::not_found)
}

/// Makes something of a mail after all, because a person wants it.
pub async fn retry(ctx: &Ctx<'_>, id: &InboundId) -> Result<Taken, ApiError> {
    let row = open(ctx, id).await?;
    if row.reason.as_deref().and_then(Reason::parse).is_some_and(|reason| !reason.can_be_retried()) {
        return Err(ApiError::conflict("mail_not_retriable"));
    }
    ctx.db.run(audit::line(ctx, "mail.reprocessed", id.as_str(), json!({ "reason": row.reason }))).await?;
    as_system(ctx, async |system| take(system, id, Asked::ByPerson).await).await
}

/// Lets nothing become of a mail. The raw mail stays stored.
pub async fn discard(ctx: &Ctx<'_>, id: &InboundId) -> Result<(), ApiError> {
    let row = open(ctx, id).await?;
    let detail = json!({ "reason": row.reason, "sender": row.sender, "subject": row.subject });
    let batch = vec![store::guard_open(id), store::discard(id, ctx.now), audit::line(ctx, "mail.discarded", id.as_str(), detail)];
    ctx.db
        .batch(batch)
        .await
        .map_err(|error| if error.is_refused_by("already_done") { ApiError::conflict("mail_done") } else { error.into() })?;
    Ok(())
}

async fn find(ctx: &Ctx<'_>, id: &InboundId) -> Result<Inbound, ApiError> {
    ctx.db.run(store::by_id(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// A mail of which nothing has become yet.
async fn open(ctx: &Ctx<'_>, id: &InboundId) -> Result<Inbound, ApiError> {
    let row = find(ctx, id).await?;
    if row.is_open() { Ok(row) } else { Err(ApiError::conflict("mail_done")) }
}
