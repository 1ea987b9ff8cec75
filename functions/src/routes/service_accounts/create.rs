//! POST /api/service-accounts: those with access.manage make an account of a program.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{ServiceAccountView, answer, example, role};
use crate::actions::service_accounts;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// An account to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewServiceAccountIn {
    /// What people call it: they read it beside what it does.
    #[schema(example = "Warehouse ERP")]
    name: String,
    /// Its role: one of the five by name, or one of the tenant's own by id.
    #[schema(example = "agent")]
    role: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("service-accounts", "Make an account of a program")
        .about(
            "It has a role as people have, no password and no mailbox, and nobody gives it work. It asks by keys (`POST /api/api-keys`). \
             403 `step_up_required` without a recent proof of who asks; nobody gives a role that holds more than they hold themselves (403 \
             `more_than_own`).",
        )
        .request::<NewServiceAccountIn>(json!({"name": "Warehouse ERP", "role": "agent"}))
        .sends_etag()
        .sends_location()
        .answers::<ServiceAccountView>(201, "The account; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 412, 413, 415, 422])
}

/// Makes it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new: NewServiceAccountIn = body::json(&mut request).await?;
    let account = service_accounts::create(ctx, &new.name, &role(&new.role)?).await?;
    let location = format!("/api/service-accounts/{}", account.id);
    Ok(answer(201, account).with("location", location))
}
