//! POST /api/mail/inbound/{inbound}/retry: makes something of a mail that waits, because a person wants it. Staff with mail.manage.

use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::inbound_id;
use crate::actions::inbound;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::inbound::email::TakenView;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "Process a waiting mail again")
        .about("A person's wish outweighs caps and doubts about machines and strangers; a mail that cannot be read stays where it is.")
        .path("inbound", "Id of the mail")
        .answers::<TakenView>(
            200,
            "What became of it",
            json!({"id": "inb_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "outcome": "ticket", "ticket": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1042"}),
        )
        .refuses(&[401, 403, 404, 409])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let taken = inbound::retry(ctx, &inbound_id(request.param("inbound"))?).await?;
    Ok(Response::json(200, &TakenView::of(ctx, taken)))
}
