//! GET /agent/tickets/new: the form of a ticket that the desk opens for somebody.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::ATTACHMENT_BYTES_MAX;
use shared::store::queues;

use crate::context::Ctx;
use crate::context::directory::Wanted;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::choices;
use crate::pages::view::Form;
use crate::pages::view::ticket::NewTicket;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), 200, Form::default()).await
}

/// The form's page, with what was typed.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let wanted = Wanted::of(ctx);
    let mut batch = vec![queues::counts(&ctx.person()?.id)];
    batch.extend(wanted.statements());
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let counts = answers.next().ok_or_else(|| ApiError::internal("the counts were not answered"))?;
    let directory = wanted.take(ctx, &mut answers)?;
    let choices = choices::for_new(ctx, &directory, &form);
    let view = NewTicket {
        anonymous: false,
        categories: choices.categories,
        modules: choices.modules,
        agents: choices.agents,
        departments: choices.departments,
        similar: Vec::new(),
        file_mb_max: i64::try_from(ATTACHMENT_BYTES_MAX / (1024 * 1024)).unwrap_or(0),
        form,
    };
    render::agent_page(ctx, frame, status, "agent/new", "", &queues::read(&counts)?, view)
}
