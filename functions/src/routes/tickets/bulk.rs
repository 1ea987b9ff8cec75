//! POST /api/tickets/bulk: staff with ticket:update.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::BODY_BYTES_MAX;

use crate::actions::relations::bulk::{BulkAnswer, BulkIn, bulk};
use crate::actions::tickets::{Changes, Once, key_of};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Change many tickets")
        .about("Each ticket is a change of its own: some may be refused while others are done. Send an Idempotency-Key to be able to ask again.")
        .header("Idempotency-Key", "The same key and body are answered alike and done once")
        .request::<BulkIn>(json!({"tickets": ["ACME-1042", "ACME-1043"], "changes": {"priority": "low"}}))
        .answers::<BulkAnswer>(
            200,
            "One result a ticket",
            json!({"data": [{"id": "ACME-1042", "status": "ok"}, {"id": "ACME-1043", "status": "not_found"}]}),
        )
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 503])
}

/// Changes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if request.media_type().as_deref() != Some("application/json") {
        return Err(ApiError::unsupported_media_type());
    }
    let bytes = request.body.take().read(BODY_BYTES_MAX).await?;
    let key = key_of(ctx, &request, &bytes)?;
    let sent: BulkIn = body::parse(&bytes)?;
    let changes = Changes::parse(sent.changes)?;
    Ok(match bulk(ctx, &sent.tickets, &changes, key.as_ref()).await? {
        Once::Fresh(answer) => Response::json(200, &answer),
        Once::Again(replay) => replay.into_response(),
    })
}
