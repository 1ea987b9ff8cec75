//! GET /api/mail/outbox: the log of outgoing mail, newest first. Staff with mail.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{LoggedView, example_logged, only, page_of};
use crate::actions::outbox;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::tickets::list::PageMeta;

/// A page of the log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MailLog {
    /// The mails.
    data: Vec<LoggedView>,
    /// Where to go on.
    meta: PageMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "List outgoing mail")
        .query("state", "queued, sent, failed")
        .query("q", "An address, or a ticket's number")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<MailLog>(
            200,
            "A page of the log",
            json!({"data": [example_logged()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    only(&request.query, &["state", "q", "limit", "cursor", "version"])?;
    let (before, limit) = page_of(&request.query)?;
    let filter = outbox::filter(ctx, request.query.filled("state"), request.query.filled("q"))?;
    let page = outbox::log(ctx, filter.as_ref(), &before, limit).await?;
    let meta = PageMeta::of(page.next.map(|next| next.text()));
    Ok(Response::json(200, &MailLog { data: page.rows.into_iter().map(|row| LoggedView::of(ctx, row)).collect(), meta }))
}
