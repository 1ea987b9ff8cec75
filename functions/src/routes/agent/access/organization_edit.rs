//! GET /agent/access/organizations/{organization}: the form of an organization.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::OrganizationId;
use shared::store::desk::{self as store, Organization};
use shared::store::queues::{self, Counts};

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::access::OrganizationEdit;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (counts, known) = load(ctx, &request).await?;
    page(ctx, &Frame::of(&request), 200, &counts, &known, as_it_stands(&known))
}

/// The numbers of the navigation and the organization that the path names, in one round trip.
pub async fn load(ctx: &Ctx<'_>, request: &Request) -> Result<(Counts, Organization), ApiError> {
    let id = OrganizationId::parse(request.param("organization")).map_err(|_| ApiError::not_found())?;
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::organization(&id)]).await?;
    let [counts, known] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    Ok((queues::read(counts)?, known.first()?.ok_or_else(ApiError::not_found)?))
}

/// The form of an organization as it is.
pub fn as_it_stands(known: &Organization) -> Form {
    Form::default().value("name", &known.name).value("customer_type", &known.customer_type)
}

/// The page.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    counts: &Counts,
    known: &Organization,
    form: Form,
) -> Result<Response, ApiError> {
    let may_edit = ctx.actor.may(Permission::UserManage);
    let view = OrganizationEdit { id: known.id.to_string(), name: known.name.clone(), form, may_edit };
    render::agent_page(ctx, frame, status, "agent/access-organization", "access", counts, view)
}
