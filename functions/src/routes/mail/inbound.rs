//! GET /api/mail/inbound/{inbound}: a mail that came in, and what it says. Staff with mail.read.

use serde::Serialize;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{InboundView, example_inbound, inbound_id};
use crate::actions::inbound;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A mail with the beginning of its text.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InboundPreview {
    #[serde(flatten)]
    mail: InboundView,
    /// The beginning of its text, plain; empty if it cannot be read.
    preview: String,
    /// The names of its files.
    files: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    let mut example = example_inbound();
    if let Some(fields) = example.as_object_mut() {
        fields.insert("preview".to_owned(), "I am away until Monday.".into());
        fields.insert("files".to_owned(), serde_json::json!(["picture.png"]));
    }
    ApiDoc::new("mail", "Look into a mail that came in")
        .path("inbound", "Id of the mail")
        .answers::<InboundPreview>(200, "The mail", example)
        .refuses(&[401, 403, 404])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let preview = inbound::preview(ctx, &inbound_id(request.param("inbound"))?).await?;
    Ok(Response::json(
        200,
        &InboundPreview { mail: InboundView::of(ctx, preview.row), preview: preview.text, files: preview.files },
    ))
}
