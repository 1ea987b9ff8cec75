//! GET /tickets/new: the form of a new ticket, for clients and, if the tenant wants that, for anybody.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::{ATTACHMENT_BYTES_MAX, TITLE_CHARS_MAX};
use shared::store::similar::SimilarRow;
use shared::store::tickets as store;
use shared::ticket::Reference;

use crate::actions::similar::Similar;
use crate::actions::tickets::{Include, show};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::facts;
use crate::pages::view::ticket::{Like, NewTicket};
use crate::pages::view::{Choice, Form};

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    admit(ctx)?;
    let mut form = Form::default();
    // A ticket that follows a closed one begins with its title.
    if let Some(reference) = request.query.filled("after").and_then(|after| Reference::parse(after, ctx.tenant))
        && ctx.actor.person().is_some()
    {
        let earlier = show(ctx, &reference, Include::default()).await?;
        form = form.value("after", earlier.view.number).value("title", earlier.view.title);
    } else if let Some(title) = request.query.filled("title") {
        form = form.value("title", title.chars().take(TITLE_CHARS_MAX).collect::<String>());
    }
    page(ctx, &frame, 200, form).await
}

/// Refuses visitors where the tenant takes tickets from signed-in people only.
pub fn admit(ctx: &Ctx<'_>) -> Result<(), ApiError> {
    if ctx.actor.person().is_some() || ctx.tenant.settings().anonymous_tickets {
        Ok(())
    } else {
        Err(ApiError::unauthenticated())
    }
}

/// The form's page, with what was typed.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let similar = form.values.get("title").and_then(|title| Similar::to(ctx, title));
    let (similar, statement) = similar.unzip();
    let mut answers = ctx.db.batch([store::categories()].into_iter().chain(statement).collect()).await?.into_iter();
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("the form was not answered"));
    let categories = next()?.all()?;
    let similar = similar.map(|similar| similar.best(&next()?)).transpose()?.unwrap_or_default();
    show_form(ctx, frame, status, form, categories, similar)
}

/// The same, for whoever has the categories at hand.
pub fn page_with(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    form: Form,
    categories: Vec<store::CategoryRow>,
) -> Result<Response, ApiError> {
    show_form(ctx, frame, status, form, categories, Vec::new())
}

fn show_form(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    form: Form,
    categories: Vec<store::CategoryRow>,
    similar: Vec<SimilarRow>,
) -> Result<Response, ApiError> {
    let chosen = |field: &str| form.values.get(field).map(String::as_str);
    let view = NewTicket {
        anonymous: ctx.actor.person().is_none(),
        categories: categories
            .into_iter()
            .map(|category| Choice::new(category.slug, category.name, chosen("category")))
            .collect(),
        modules: modules(ctx, chosen("erp_module")),
        agents: Vec::new(),
        departments: Vec::new(),
        similar: similar.into_iter().map(|row| like(ctx, row)).collect(),
        file_mb_max: i64::try_from(ATTACHMENT_BYTES_MAX / (1024 * 1024)).unwrap_or(0),
        form,
    };
    render::page(ctx, frame, status, "portal/new", view)
}

fn like(ctx: &Ctx<'_>, row: SimilarRow) -> Like {
    let is_own = ctx.actor.person().is_some_and(|person| person.id == row.requester_id);
    Like {
        number: ctx.tenant.ticket_reference(row.number),
        title: row.title,
        status: row.status.as_str().to_owned(),
        requester: (!is_own).then_some(row.requester_name),
        updated: row.updated_at.into(),
    }
}

/// The tenant's ERP modules as choices, by their names in the reader's language where there is one.
pub fn modules(ctx: &Ctx<'_>, chosen: Option<&str>) -> Vec<Choice> {
    ctx.tenant.settings().erp_modules.iter().map(|module| Choice::new(module, facts::module_name(ctx, module), chosen)).collect()
}
