//! GET /api/mail/inbound: mail that came in, by state; by default what waits for a person. Staff with mail.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{InboundView, example_inbound, only, page_of};
use crate::actions::inbound;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::tickets::list::PageMeta;

/// A page of incoming mail.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InboundList {
    /// The mails.
    data: Vec<InboundView>,
    /// Where to go on.
    meta: PageMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "List incoming mail")
        .query("state", "unprocessed (default), received, processed, discarded")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<InboundList>(
            200,
            "A page of mails",
            json!({"data": [example_inbound()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    only(&request.query, &["state", "limit", "cursor", "version"])?;
    let (before, limit) = page_of(&request.query)?;
    let (rows, next) = inbound::list(ctx, request.query.filled("state").unwrap_or("unprocessed"), &before, limit).await?;
    let data = rows.into_iter().map(|row| InboundView::of(ctx, row)).collect();
    Ok(Response::json(200, &InboundList { data, meta: PageMeta::of(next.map(|next| next.text())) }))
}
