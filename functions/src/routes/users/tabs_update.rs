//! PUT /api/users/me/tabs: somebody of the desk opens, closes and moves tabs.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::opened::{OpenedTickets, TabsIn, set_tabs};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::tickets::recent::example;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Choose my tabs")
        .about("In the place of all tabs before: what is sent last holds. What is no ticket that I see is left out.")
        .request::<TabsIn>(json!({"tickets": ["ACME-1042"]}))
        .answers::<OpenedTickets>(200, "The tabs as they are now", example())
        .refuses(&[400, 401, 403, 413, 415, 422])
}

/// Changes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let wanted: TabsIn = body::json(&mut request).await?;
    Ok(Response::json(200, &set_tabs(ctx, &wanted).await?))
}
