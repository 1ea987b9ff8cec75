//! GET /agent/access/people/new: the form of a new person.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::person_form::{self, Around};
use crate::context::Ctx;
use crate::pages::frame::Frame;

/// Shows the form.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let around = Around::load(ctx, None, "").await?;
    let fields: Query = [("role", "client")].into_iter().collect();
    person_form::page(ctx, &Frame::of(&request), around, &fields, None)
}
