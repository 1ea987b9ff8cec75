//! POST /api/tickets/{ticket}/merge: staff with ticket:merge.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::{Reference, TicketView};

use super::{changed, example, reference};
use crate::actions::relations::merge;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The ticket that this one goes into.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeIn {
    /// Its id or number.
    #[schema(example = "ACME-1040")]
    into: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Merge a ticket into another")
        .about(
            "Comments and files move to the other ticket, whose conversation also shows this one's description. This one is closed, and \
             answers and mails to it go to the other. POST .../unmerge undoes it.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<MergeIn>(json!({"into": "ACME-1040"}))
        .sends_etag()
        .answers::<TicketView>(200, "The other ticket as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Merges.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: MergeIn = body::json(&mut request).await?;
    let into = Reference::parse(sent.into.trim(), ctx.tenant).ok_or_else(|| ApiError::field("into", "unknown_value"))?;
    let (row, followers) = merge(ctx, &reference, &into).await?;
    Ok(changed(ctx, &row, &followers))
}
