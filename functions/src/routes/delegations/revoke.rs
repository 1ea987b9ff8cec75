//! DELETE /api/delegations/{delegation}: its lender, its deputy, or those with access.manage end it.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::id;
use crate::actions::delegations;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("delegations", "End a delegation")
        .about("The deputy loses the rights at the next request. The delegation stays in the list, as over.")
        .path("delegation", "Its id (dlg_...)")
        .answers_empty(204, "It is over")
        .refuses(&[401, 403, 404, 409])
}

/// Ends it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    delegations::revoke(ctx, &id(&request)?).await?;
    Ok(Response::empty(204))
}
