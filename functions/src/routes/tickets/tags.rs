//! POST /api/tickets/{ticket}/tags: staff with ticket:update.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::{Tag, TagsIn, TicketView};

use super::{changed, example, reference};
use crate::actions::tickets::tags::tag;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Tag a ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<TagsIn>(json!({"tags": ["year-end"], "mode": "add"}))
        .sends_etag()
        .answers::<TicketView>(200, "The ticket as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Adds, removes or sets tags.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: TagsIn = body::json(&mut request).await?;
    let tags = Tag::parse_all("tags", &sent.tags).map_err(ApiError::invalid)?;
    let (row, followers) = tag(ctx, &reference, &tags, sent.mode).await?;
    Ok(changed(ctx, &row, &followers))
}
