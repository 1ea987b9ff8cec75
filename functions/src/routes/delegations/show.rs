//! GET /api/delegations/{delegation}: its two parties of the desk, and everybody of it with access.read.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{DelegationView, example, id};
use crate::actions::delegations;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("delegations", "Show a delegation")
        .path("delegation", "Its id (dlg_...)")
        .answers::<DelegationView>(200, "The delegation", example())
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &DelegationView::from(delegations::find(ctx, &id(&request)?).await?)))
}
