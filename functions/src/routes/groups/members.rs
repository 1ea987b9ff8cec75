//! GET /api/groups/{group}/members: who belongs to it. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::store::groups::{self as store, Group, Member};

use super::{MemberView, example_member, id};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of members.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MemberList {
    /// The members.
    data: Vec<MemberView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("groups", "List a group's members")
        .about("In the order in which the accounts were made.")
        .path("group", "Its id (grp_...)")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<MemberList>(
            200,
            "A page of members",
            json!({"data": [example_member()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 404, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let id = id(&request)?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| UserId::parse(id).is_ok())?;
    let answers = ctx.db.batch(vec![store::show(&id), store::members(&id, after, limit + 1)]).await?;
    let [group, members] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    group.first::<Group>()?.ok_or_else(ApiError::not_found)?;
    let mut rows: Vec<Member> = members.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &MemberList { data: rows.into_iter().map(MemberView::from).collect(), meta }))
}
