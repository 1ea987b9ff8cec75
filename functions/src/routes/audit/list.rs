//! GET /api/audit: administrators with audit.read. Lines of the audit log, newest first; reading is itself a line.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::audit as store;

use super::{AuditLine, example, filtered, moment};
use crate::actions::audit::{self, lines};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of the audit log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditList {
    /// Newest first.
    data: Vec<AuditLine>,
    /// Where to go on. A page may be short, even empty, and still have one after it: filters that no index carries are looked at line by
    /// line, a thousand lines a page.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    filtered(ApiDoc::new("audit", "List the audit log"))
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<AuditList>(
            200,
            "A page of the log",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &lines::FILTERS)?;
    let limit = page::limit(&request)?;
    let filter = lines::filter(ctx, &request.query, &moment, &moment)?;
    let page = store::page(&ctx.db.run(store::list(&filter, limit)).await?, &filter, limit)?;
    audit::note_read(ctx, "audit.read", "audit", lines::told(&request.query));
    let data = page.rows.into_iter().map(|row| AuditLine::of(ctx, row)).collect();
    let meta = ListMeta::of(page.next.as_ref().map(lines::cursor));
    Ok(Response::json(200, &AuditList { data, meta }))
}
