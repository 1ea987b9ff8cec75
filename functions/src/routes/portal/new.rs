//! GET /tickets/new: the form of a new ticket, for clients and, if the tenant wants that, for anybody.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::ATTACHMENT_BYTES_MAX;
use shared::store::tickets as store;
use shared::ticket::Reference;

use crate::actions::tickets::{Include, show};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::facts;
use crate::pages::view::ticket::NewTicket;
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
    let categories = ctx.db.run(store::categories()).await?.all()?;
    page_with(ctx, frame, status, form, categories)
}

/// The same, for whoever has the categories at hand.
pub fn page_with(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    form: Form,
    categories: Vec<store::CategoryRow>,
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
        file_mb_max: i64::try_from(ATTACHMENT_BYTES_MAX / (1024 * 1024)).unwrap_or(0),
        form,
    };
    render::page(ctx, frame, status, "portal/new", view)
}

/// The tenant's ERP modules as choices, by their names in the reader's language where there is one.
pub fn modules(ctx: &Ctx<'_>, chosen: Option<&str>) -> Vec<Choice> {
    ctx.tenant.settings().erp_modules.iter().map(|module| Choice::new(module, facts::module_name(ctx, module), chosen)).collect()
}
