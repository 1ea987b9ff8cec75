//! GET /api/mail/inbound/{inbound}/raw: the mail as it came, for download. Staff with mail.read.

use shared::error::ApiError;
use shared::http::{Request, Response, ResponseBody};

use super::inbound_id;
use crate::actions::inbound;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "Download a mail as it came")
        .path("inbound", "Id of the mail")
        .answers_raw(200, "message/rfc822", "The raw mail")
        .refuses(&[401, 403, 404])
}

/// Answers. Never as something that a browser would show.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = inbound_id(request.param("inbound"))?;
    let (info, stream) = inbound::raw(ctx, &id).await?;
    let mut response = Response::empty(200)
        .with("content-type", "message/rfc822")
        .with("content-length", info.size.to_string())
        .with("content-disposition", format!("attachment; filename=\"{id}.eml\""))
        .with("x-content-type-options", "nosniff");
    response.body = ResponseBody::Stream(stream);
    Ok(response)
}
