//! GET /agent/recent: the tickets that somebody of the desk has opened last.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::opened_tickets::{self as store, OpenedRow};
use shared::store::queues;

use crate::actions::opened::read;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::opened::{Opened, Recent};

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let person = &ctx.person()?.id;
    let answers = ctx.db.batch(vec![queues::counts(person), store::recent(person, &ctx.actor.ticket_scope())]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("too few results")) };
    let view = Recent { tickets: read(rows)?.into_iter().map(|row| shown(ctx, row)).collect() };
    render::agent_page(ctx, &frame, 200, "agent/recent", "recent", &queues::read(counts)?, view)
}

/// A row as pages show it.
pub(super) fn shown(ctx: &Ctx<'_>, row: OpenedRow) -> Opened {
    Opened {
        number: ctx.tenant.ticket_reference(row.number),
        title: row.title,
        status: row.status.as_str().to_owned(),
        unread: row.unread,
        draft: row.draft,
        opened: row.opened_at.into(),
    }
}
