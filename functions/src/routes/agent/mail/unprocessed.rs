//! GET /agent/mail/unprocessed: mail of which nothing could be made, each with its reason.

use futures::future::join_all;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::mail::Reason;
use shared::store::inbound::{self as store, Inbound};
use shared::store::queues;

use crate::actions::inbound;
use crate::actions::outbox::Cursor;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::mail::{Unprocessed, UnprocessedRow};

/// Mails of a page: each preview reads a whole mail.
const ROWS: u32 = 10;
/// Mails above this are not read for a preview: ten of them would not fit into memory.
const PREVIEW_BYTES_MAX: u64 = 1024 * 1024;

/// Shows the mails.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let query = &request.query;
    let before = query.filled("cursor").map_or_else(|| Ok(Cursor::start()), Cursor::parse)?;
    let answers =
        ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::by_state("unprocessed", before.place(), ROWS + 1)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("the batch was not answered")) };
    let counts = queues::read(counts)?;
    let (rows, next) = inbound::page(rows.all()?, ROWS);
    let address = |cursor: Option<&str>| format!("/agent/mail/unprocessed?{}", query.with("cursor", cursor));
    let rows: Result<Vec<UnprocessedRow>, ApiError> =
        join_all(rows.into_iter().map(|mail| row(ctx, mail))).await.into_iter().collect();
    let view = Unprocessed {
        rows: rows?,
        next: next.map(|next| address(Some(&next.text()))),
        first: query.filled("cursor").map(|_| address(None)),
        may_decide: ctx.actor.may(Permission::MailManage),
    };
    render::agent_page(ctx, &frame, 200, "agent/mail-unprocessed", "mail-unprocessed", &counts, view)
}

async fn row(ctx: &Ctx<'_>, mail: Inbound) -> Result<UnprocessedRow, ApiError> {
    let (mail, preview) = if mail.size > PREVIEW_BYTES_MAX {
        (mail, String::new())
    } else {
        let preview = inbound::preview_of(ctx, mail).await?;
        (preview.row, preview.text)
    };
    let reason = mail.reason.as_deref().and_then(Reason::parse);
    Ok(UnprocessedRow {
        raw_url: format!("/api/mail/inbound/{}/raw", mail.id),
        id: mail.id.to_string(),
        from: mail.sender,
        to: mail.mailbox,
        subject: mail.subject,
        reason: mail.reason.unwrap_or_default(),
        detail: mail.detail.unwrap_or_default(),
        preview,
        at: mail.received_at.into(),
        attempts: mail.attempts,
        may_retry: reason.is_none_or(Reason::can_be_retried),
    })
}
