//! POST /api/tickets/bulk: staff with ticket:update.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::relations::bulk::{BulkAnswer, BulkIn, bulk};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Change many tickets")
        .about("Each ticket is a change of its own: some may be refused while others are done. Send an Idempotency-Key to be able to ask again.")
        .request::<BulkIn>(json!({
            "tickets": ["ACME-1042", "ACME-1043"], "changes": {"priority": "low"}, "tags": {"add": ["year-end"], "remove": ["new"]}
        }))
        .answers::<BulkAnswer>(
            200,
            "One result a ticket",
            json!({"data": [{"id": "ACME-1042", "status": "ok"}, {"id": "ACME-1043", "status": "not_found"}]}),
        )
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 503])
}

/// Changes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: BulkIn = body::json(&mut request).await?;
    let undoable = sent.undoable;
    let (tickets, changes) = sent.parse()?;
    let mut answer = bulk(ctx, &tickets, &changes).await?;
    if !undoable {
        answer.data.iter_mut().for_each(|result| result.undo = None);
    }
    Ok(Response::json(200, &answer))
}
