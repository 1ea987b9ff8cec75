//! POST /api/tickets/{ticket}/split: staff with ticket:merge.

use serde::Deserialize;
use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::id::CommentId;
use shared::limits::COMMENTS_PER_PAGE;
use shared::ticket::{TicketView, Title};

use super::{etag, example, reference};
use crate::actions::relations::split;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What the new ticket is made of.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitIn {
    /// Title of the new ticket.
    #[schema(example = "The scanner is slow, too")]
    title: String,
    /// Comments that go there, at least one public one among them.
    #[schema(value_type = Vec<String>)]
    comments: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Split a ticket")
        .about(
            "Opens a ticket of the same requester. The oldest public one of the comments becomes its description and stays where it was \
             said; the others move, with their files. The two are linked.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .request::<SplitIn>(json!({"title": "The scanner is slow, too", "comments": ["cmt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b"]}))
        .sends_etag()
        .sends_location()
        .answers::<TicketView>(201, "The new ticket; Location and ETag are its own", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422])
}

/// Splits.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let sent: SplitIn = body::json(&mut request).await?;
    let title = Title::parse("title", &sent.title).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let comments = chosen(&sent.comments)?;
    let created = split(ctx, &reference, &title, &comments).await?;
    let location = format!("/api/tickets/{}", created.id());
    Ok(Response::json(201, &created.view(ctx)).with("location", location).with("etag", etag(created.row.version)))
}

/// The comments that are named, each once.
pub fn chosen(ids: &[String]) -> Result<Vec<CommentId>, ApiError> {
    if ids.is_empty() {
        return Err(ApiError::field("comments", "required"));
    }
    if ids.len() > COMMENTS_PER_PAGE as usize {
        return Err(ApiError::invalid(vec![FieldError::new("comments", "too_many").arg("maximum", COMMENTS_PER_PAGE)]));
    }
    let parsed: Result<Vec<CommentId>, _> = ids.iter().map(|id| CommentId::parse(id)).collect();
    let mut parsed = parsed.map_err(|_| ApiError::field("comments", "unknown_value"))?;
    parsed.sort();
    parsed.dedup();
    Ok(parsed)
}
