//! GET /api/tenant/settings: what the administrator has set.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::tenant::Settings;

use crate::actions::settings::{self, TenantSettings};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Settings for the API document.
pub fn example() -> serde_json::Value {
    json!(TenantSettings {
        settings: Settings { ticket_prefix: "ACME".to_owned(), ..Settings::default() },
        time_zone: chrono_tz::Europe::Moscow,
    })
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tenant", "The tenant's settings").answers::<TenantSettings>(200, "The settings", example()).refuses(&[401, 403])
}

/// Answers with the settings as they are stored.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &settings::show(ctx).await?))
}
