//! GET /agent/tickets/new: the form of a ticket that the desk opens for somebody.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::ATTACHMENT_BYTES_MAX;
use shared::store::ticket_side::{self as side, DepartmentRow};
use shared::store::tickets::{self as store, CategoryRow};
use shared::store::{agents, queues};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::ticket::NewTicket;
use crate::pages::view::{Choice, Form};
use crate::routes::portal::new::modules;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), 200, Form::default()).await
}

/// The form's page, with what was typed.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let batch = vec![queues::counts(&ctx.person()?.id), agents::assignable(), store::categories(), side::departments()];
    let results = ctx.db.batch(batch).await?;
    let [counts, assignable, categories, departments] = results.as_slice() else {
        return Err(ApiError::internal("the form answered too few results"));
    };
    let chosen = |field: &str| form.values.get(field).map(String::as_str);
    let view = NewTicket {
        anonymous: false,
        categories: categories
            .all::<CategoryRow>()?
            .into_iter()
            .map(|category| Choice::new(category.slug, category.name, chosen("category")))
            .collect(),
        modules: modules(ctx, chosen("erp_module")),
        agents: agents::read(assignable)?
            .into_iter()
            .map(|agent| Choice::new(agent.id.as_str(), agent.name, chosen("assignee")))
            .collect(),
        departments: departments
            .all::<DepartmentRow>()?
            .into_iter()
            .map(|each| Choice::new(each.id.as_str(), each.name, chosen("department")))
            .collect(),
        file_mb_max: i64::try_from(ATTACHMENT_BYTES_MAX / (1024 * 1024)).unwrap_or(0),
        form,
    };
    render::agent_page(ctx, frame, status, "agent/new", "", &queues::read(counts)?, view)
}
