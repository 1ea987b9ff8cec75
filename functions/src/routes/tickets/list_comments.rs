//! GET /api/tickets/{ticket}/comments: everybody who sees the ticket; internal ones are for staff.

use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::limits::{COMMENTS_PER_PAGE, PAGE_ROWS_MAX};
use shared::store::comments::{self, Before};
use shared::ticket::CommentView;

use super::list::PageMeta;
use super::reference;
use crate::actions::tickets::load;
use crate::actions::tickets::show::reads_internal;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A page of comments.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CommentList {
    /// The comments, oldest first; the first page holds the latest.
    data: Vec<CommentView>,
    /// Where to go on, towards the older ones.
    meta: PageMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Comments of a ticket")
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<CommentList>(
            200,
            "A page, oldest first",
            json!({"data": [{
                "id": "cmt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "author": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Boris"},
                "author_is_staff": true, "visibility": "public", "channel": "api", "body": "Please try again.", "quoted": null, "truncated": false,
                "created_at": "2026-03-02T07:30:00Z"
            }], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[400, 401, 403, 404, 422])
}

/// Answers with a page.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let reference = reference(ctx, &request)?;
    let limit = match request.query.get("limit") {
        None => COMMENTS_PER_PAGE,
        Some(text) => text.parse().ok().filter(|limit| (1..=PAGE_ROWS_MAX).contains(limit)).ok_or_else(|| {
            ApiError::invalid(vec![FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", PAGE_ROWS_MAX)])
        })?,
    };
    let before = match request.query.get("cursor") {
        None => Before::end(),
        Some(text) => Before::parse(text).ok_or_else(|| ApiError::malformed("not a cursor of this list"))?,
    };
    let internal = ctx.actor.may(Permission::TicketReadInternal);
    let mut loaded = load(ctx, &reference, vec![comments::of_ticket(&reference, internal, &before, limit + 1)]).await?;
    let (rows, older) = comments::page(&loaded.next()?, limit)?;
    let internal = reads_internal(ctx, &loaded.row, &loaded.followers);
    let data = rows.iter().filter_map(|row| CommentView::of(row).for_reader(internal)).collect();
    Ok(Response::json(200, &CommentList { data, meta: PageMeta::of(older.map(|place| place.text())) }))
}
