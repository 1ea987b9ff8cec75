//! DELETE /api/tickets/{ticket}/followers: staff with ticket:update anybody; clients themselves, and from their own tickets colleagues.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::ticket::TicketView;

use super::followers::FollowerIn;
use super::{changed, example, reference};
use crate::actions::relations::{Follower, unfollow};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Follow a ticket no more")
        .about("Who is named in the address, or in a JSON body of the same fields; nobody named is whoever asks. Of clients, whoever asked takes colleagues off.")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .query("user", "A person (usr_...)")
        .query("email", "An address")
        .sends_etag()
        .answers::<TicketView>(200, "The ticket as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 412, 413, 422])
}

/// Removes a follower.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent = if request.media_type().as_deref() == Some("application/json") {
        body::json::<FollowerIn>(&mut request).await?
    } else {
        let user =
            request.query.filled("user").map(UserId::parse).transpose().map_err(|_| ApiError::field("user", "unknown_value"))?;
        FollowerIn { user, email: request.query.filled("email").map(str::to_owned) }
    };
    let (row, followers) = unfollow(ctx, &reference, &Follower::parse(sent.user, sent.email.as_deref())?).await?;
    Ok(changed(ctx, &row, &followers))
}
