//! GET /agent/time/{entry}: the form of one entry.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::TimeEntryId;
use shared::store::queues;
use shared::store::time_entries::{self as store, EntryRow};

use super::id;
use crate::actions::time::{is_seen, may_change, today};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show;
use crate::pages::view::Form;
use crate::pages::view::time::TimeEdit;

/// Shows it to whoever may change the entry.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), 200, &id(&request)?, None).await
}

/// The page, with what stands or, where a form was refused, with what was typed.
pub async fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    id: &TimeEntryId,
    typed: Option<Form>,
) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::one(id, &ctx.actor.ticket_scope())]).await?;
    let [counts, row] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let row: EntryRow = row.first()?.filter(|row| is_seen(ctx, row)).ok_or_else(ApiError::not_found)?;
    if !may_change(ctx, &row.user_id) {
        return Err(ApiError::forbidden());
    }
    let view = TimeEdit {
        version: row.version,
        form: typed.unwrap_or_else(|| stands(&row)),
        today: today(ctx).to_string(),
        entry: show::time::entry(ctx, row),
    };
    render::agent_page(ctx, frame, status, "agent/time-entry", "time", &queues::read(counts)?, view)
}

fn stands(row: &EntryRow) -> Form {
    Form::default()
        .value("minutes", format!("{}:{:02}", row.minutes / 60, row.minutes % 60))
        .value("day", row.day.as_str())
        .value("note", row.note.as_str())
        .value("billable", if row.billable { "on" } else { "" })
}
