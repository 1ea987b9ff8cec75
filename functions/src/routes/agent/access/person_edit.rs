//! GET /agent/access/people/{user}: the form of a person.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;

use super::person_form::{self, Around};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let around = load(ctx, &request, "").await?;
    let fields = around.person.as_ref().map(person_form::fields).unwrap_or_default();
    person_form::page(ctx, &Frame::of(&request), around, &fields, None)
}

/// The person that the path names, and what the page shows beside them.
pub async fn load(ctx: &Ctx<'_>, request: &Request, organization: &str) -> Result<Around, ApiError> {
    let id = UserId::parse(request.param("user")).map_err(|_| ApiError::not_found())?;
    let around = Around::load(ctx, Some(&id), organization).await?;
    if around.person.is_none() { Err(ApiError::not_found()) } else { Ok(around) }
}
