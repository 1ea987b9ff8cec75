//! GET /api/views: one's own views, and those that are shared with one; everybody of the desk.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::TicketViewId;
use shared::store::ticket_views as store;

use super::{TicketViewView, example};
use crate::actions::ticket_views;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of views.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TicketViewList {
    /// By their places.
    data: Vec<TicketViewView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("views", "List views")
        .about("One's own, those of one's groups and those of the whole desk, by the places that their owners gave them.")
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<TicketViewList>(
            200,
            "A page of views",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = request.query.get("cursor").map(parse).transpose()?;
    let after = after.as_ref().map(|(position, id)| (*position, id));
    let mut views = ticket_views::read_all(&ctx.db.run(store::visible(&ctx.person()?.id, after, limit + 1)).await?)?;
    let meta = page::cut(&mut views, limit, |view| format!("{}-{}", view.position, view.id));
    Ok(Response::json(200, &TicketViewList { data: views.into_iter().map(TicketViewView::from).collect(), meta }))
}

fn parse(cursor: &str) -> Result<(i64, TicketViewId), ApiError> {
    let parts = cursor.split_once('-').and_then(|(position, id)| Some((position.parse().ok()?, TicketViewId::parse(id).ok()?)));
    parts.ok_or_else(|| ApiError::field("cursor", "bad_cursor"))
}
