//! POST /api/tickets/{ticket}/comments: agents with ticket:reply, the requester and everybody else who sees the ticket.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::{Body, Channel, CommentIn, CommentView, Status};

use super::{etag, reference};
use crate::actions::tickets::{Commented, NewComment, comment};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A comment that was written, and the ticket on which it stands.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WrittenComment {
    /// The comment; its fields are absent when it became the description of a new ticket.
    #[serde(flatten)]
    comment: Option<CommentView>,
    /// The ticket on which the text stands.
    ticket: TicketState,
    /// Whether the old ticket was over for too long and a new one continues it.
    continued: bool,
}

/// The state of a ticket after a comment.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TicketState {
    /// Id.
    id: String,
    /// Number.
    number: String,
    /// Status.
    status: Status,
    /// Version.
    version: i64,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Comment on a ticket")
        .about(
            "A client's answer wakes a waiting ticket and reopens a resolved or closed one within the tenant's window; later it opens a \
             new ticket that continues the old one. An agent who answers a ticket that is nobody's takes it.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<CommentIn>(json!({"body": "Please try again: the number range is extended.", "visibility": "public", "status": "waiting_customer"}))
        .sends_etag()
        .answers::<WrittenComment>(
            201,
            "The comment; ETag is the ticket's version",
            json!({
                "id": "cmt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "author": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Boris"},
                "author_is_staff": true, "visibility": "public", "channel": "api", "body": "Please try again: the number range is extended.",
                "quoted": null, "truncated": false, "created_at": "2026-03-02T07:30:00Z",
                "ticket": {"id": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1042", "status": "waiting_customer", "version": 2},
                "continued": false
            }),
        )
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Writes the comment.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: CommentIn = body::json(&mut request).await?;
    let body = Body::parse("body", &sent.body).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let mut new = NewComment::new(ctx.ids(), body, Channel::Api);
    new.visibility = sent.visibility;
    new.status = sent.status;
    let done = comment(ctx, &reference, &new).await?;
    let ticket = done.ticket();
    let answer = WrittenComment {
        comment: done.view(ctx),
        ticket: TicketState {
            id: ticket.id.to_string(),
            number: ctx.tenant.ticket_reference(ticket.number),
            status: ticket.status,
            version: ticket.version,
        },
        continued: matches!(done, Commented::Continued(_)),
    };
    Ok(Response::json(201, &answer).with("etag", etag(ticket.version)))
}
