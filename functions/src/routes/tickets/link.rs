//! POST /api/tickets/{ticket}/links: staff with ticket:update.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::Reference;

use super::{links, reference};
use crate::actions::relations::{LinkKind, LinkView, link};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A link to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIn {
    /// What this ticket is to the other.
    kind: LinkKind,
    /// The other: its id or number.
    #[schema(example = "ACME-1040")]
    ticket: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Link a ticket to another")
        .about("kind is what this ticket is to the other: child means that this one is a part of it. A child has one parent, and none stands above itself.")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<LinkIn>(json!({"kind": "child", "ticket": "ACME-1040"}))
        .answers::<LinkView>(201, "The link", links::sample())
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Links.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: LinkIn = body::json(&mut request).await?;
    let other = Reference::parse(sent.ticket.trim(), ctx.tenant).ok_or_else(|| ApiError::field("ticket", "unknown_value"))?;
    Ok(Response::json(201, &link(ctx, &reference, sent.kind, &other).await?))
}
