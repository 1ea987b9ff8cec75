//! PATCH /api/tenant/settings: the administrator sets some of them. They are in force everywhere within half a minute.

use serde_json::{Map, Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::settings::example;
use crate::actions::settings::{self, TenantSettings};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tenant", "Change the tenant's settings")
        .about("Any of the fields; those that are left out stay. 403 `step_up_required` without a recent proof of who asks.")
        .request::<TenantSettings>(json!({"reopen_window_days": 30}))
        .answers::<TenantSettings>(200, "All settings", example())
        .refuses(&[400, 401, 403, 412, 413, 415, 422])
}

/// Changes what is given.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let change: Map<String, Value> = body::json(&mut request).await?;
    Ok(Response::json(200, &settings::change(ctx, &change).await?))
}
