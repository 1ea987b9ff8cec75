//! POST /api/markdown: what a message will look like. Everybody who is signed in; nothing is stored.

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::TEXT_BYTES_MAX;
use shared::mail::sanitize;

use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A text as it is typed.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkdownIn {
    /// Markdown, at most 65536 bytes.
    body: String,
}

/// What it looks like.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MarkdownOut {
    /// Sanitised HTML, the same that the ticket's page will show.
    html: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Preview a message")
        .request::<MarkdownIn>(json!({"body": "Please try **again**."}))
        .answers::<MarkdownOut>(
            200,
            "As the ticket's page will show it",
            json!({"html": "<p>Please try <strong>again</strong>.</p>\n"}),
        )
        .refuses(&[400, 401, 413, 415, 422])
}

/// Renders it. Whether a picture can be seen is found out when the browser asks for it.
pub async fn handle(_ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let sent: MarkdownIn = body::json(&mut request).await?;
    if sent.body.len() > TEXT_BYTES_MAX {
        return Err(ApiError::too_large(TEXT_BYTES_MAX as u64));
    }
    Ok(Response::json(200, &MarkdownOut { html: sanitize::markdown_with_pictures(&sent.body, &|_| true) }))
}
