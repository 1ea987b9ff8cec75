//! POST /api/tickets/{ticket}/followers: staff with ticket:update anybody; clients themselves and colleagues.

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::ticket::TicketView;

use super::{changed, example, reference};
use crate::actions::relations::{Follower, follow};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Who is to follow; nobody named is whoever asks.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowerIn {
    /// A person of the tenant.
    pub user: Option<UserId>,
    /// An address; one that is nobody's gets copies of the answers and no access to the portal.
    #[schema(example = "boss@client.example")]
    pub email: Option<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Follow a ticket")
        .about(
            "Whoever follows already does so still. Clients name nobody, themselves, or a client of their own organization, who is told by \
             mail and may read and answer the ticket.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<FollowerIn>(json!({"email": "boss@client.example"}))
        .sends_etag()
        .answers::<TicketView>(200, "The ticket as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 412, 413, 415, 422])
}

/// Adds a follower.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: FollowerIn = body::json(&mut request).await?;
    let (row, followers) = follow(ctx, &reference, &Follower::parse(sent.user, sent.email.as_deref())?).await?;
    Ok(changed(ctx, &row, &followers))
}
