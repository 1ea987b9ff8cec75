//! POST /api/tickets/{ticket}/forward: agents with ticket:reply.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::id::AttachmentId;
use shared::limits::ATTACHMENTS_PER_REQUEST_MAX;
use shared::ticket::forward::{Ask, Quote};
use shared::ticket::{Body, Channel, CommentView, Visibility};

use super::{etag, reference};
use crate::actions::tickets::forward::addresses;
use crate::actions::tickets::{NewComment, comment};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What goes out, and to whom.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForwardIn {
    /// One to ten addresses; whoever asks is answered, not forwarded to.
    #[schema(example = json!(["help@supplier.example"]))]
    to: Vec<String>,
    /// Up to 64 KiB of Markdown.
    body: String,
    /// What of the conversation goes along: `none`, `opening`, `all`, or the id of a public comment.
    #[serde(default = "nothing")]
    quote: String,
    /// Ids of the ticket's files that go along, 3500 KB together.
    #[serde(default)]
    files: Vec<String>,
}

fn nothing() -> String {
    "none".to_owned()
}

/// The note that it is in the conversation.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ForwardAnswer {
    /// The note.
    data: Option<CommentView>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Forward to somebody outside")
        .about(
            "Sends a mail as the desk's mailbox to people outside the conversation, and writes it down as an internal note. Answers to \
             that mail become internal notes: clients see neither, and neither status nor clocks change.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<ForwardIn>(json!({
            "to": ["help@supplier.example"], "body": "Is the number range known to you?", "quote": "opening",
            "files": ["att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"]
        }))
        .sends_etag()
        .answers::<ForwardAnswer>(
            201,
            "The note; ETag is the ticket's version",
            json!({"data": {
                "id": "cmt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "author": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Boris"},
                "author_is_staff": true, "visibility": "internal", "channel": "api", "body": "Is the number range known to you?",
                "quoted": "Anna, 2 March 2026, 10:00:\n\nIt stops.", "truncated": false, "forwarded_to": ["help@supplier.example"],
                "created_at": "2026-03-02T07:30:00Z"
            }}),
        )
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Forwards.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: ForwardIn = body::json(&mut request).await?;
    let body = Body::parse("body", &sent.body).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let typed: Vec<&str> = sent.to.iter().map(String::as_str).collect();
    let ask = Ask {
        recipients: addresses(ctx, &typed)?,
        quote: Quote::parse(&sent.quote).ok_or_else(|| ApiError::field("quote", "unknown_value"))?,
        files: files(&sent.files)?,
        fresh: (Vec::new(), 0),
    };
    let new =
        NewComment { visibility: Visibility::Internal, forward: Some(ask), ..NewComment::new(ctx.ids(), body, Channel::Api) };
    let done = comment(ctx, &reference, &new).await?;
    let version = done.ticket().version;
    Ok(Response::json(201, &ForwardAnswer { data: done.view(ctx) }).with("etag", etag(version)))
}

fn files(ids: &[String]) -> Result<Vec<AttachmentId>, ApiError> {
    if ids.len() > ATTACHMENTS_PER_REQUEST_MAX {
        let fault = FieldError::new("files", "too_many").arg("maximum", ATTACHMENTS_PER_REQUEST_MAX);
        return Err(ApiError::invalid(vec![fault]));
    }
    ids.iter().map(|id| AttachmentId::parse(id).map_err(|_| ApiError::field("files", "unknown_value"))).collect()
}
