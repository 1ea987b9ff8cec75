//! POST /api/tickets/bulk/undo: staff with ticket:update.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::relations::bulk::{BulkAnswer, UndoIn, undo};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Take changes of many tickets back")
        .about(
            "With what POST /api/tickets/bulk answered to `undoable`. Each ticket is taken back only while it is as that change has left it: \
             otherwise its status is `stale_version`. It is a change like others, with its own history; mails that have left stay sent.",
        )
        .request::<UndoIn>(json!({"tickets": [{"id": "ACME-1042", "version": 4, "changes": {"priority": "high"}}]}))
        .answers::<BulkAnswer>(
            200,
            "One result a ticket",
            json!({"data": [{"id": "ACME-1042", "status": "ok"}, {"id": "ACME-1043", "status": "stale_version"}]}),
        )
        .refuses(&[400, 401, 403, 409, 413, 415, 422, 503])
}

/// Takes them back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: UndoIn = body::json(&mut request).await?;
    Ok(Response::json(200, &undo(ctx, sent).await?))
}
