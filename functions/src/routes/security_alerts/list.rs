//! GET /api/security-alerts: the newest first. Those with tenant.manage.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::AlertId;
use shared::store::security_alerts::{self as store, Alert};

use super::{AlertView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of alerts.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AlertList {
    /// The newest first.
    data: Vec<AlertView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("security", "List security alerts")
        .about(
            "What the watch found in the audit log, once for each kind, subject and hour: many accounts tried from one network, one account \
             tried again and again, a disabled account, a new country, two countries within an hour, one refusal after another, many exports.",
        )
        .query("state", "open: only those that nobody has looked at")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<AlertList>(
            200,
            "A page of alerts",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["state"])?;
    let is_open = match request.query.get("state") {
        None => false,
        Some("open") => true,
        Some(_) => return Err(ApiError::field("state", "unknown_value")),
    };
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| AlertId::parse(id).is_ok())?;
    let mut rows: Vec<Alert> = ctx.db.run(store::list_before(after, is_open, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &AlertList { data: rows.into_iter().map(AlertView::from).collect(), meta }))
}
