//! GET /api/grants: the latest first, with filters `user`, `group` and `active`. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{GrantId, GroupId, UserId};
use shared::store::grants::{self as store, Grant, Grantee};

use super::{GrantView, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of grants.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GrantList {
    /// The grants.
    data: Vec<GrantView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("grants", "List grants")
        .about("Also those that are over: they tell who had which right when.")
        .query("user", "Only those of this person")
        .query("group", "Only those of this group")
        .query("active", "true: only those in force now; together with user or group")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<GrantList>(
            200,
            "A page of grants",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["user", "group", "active"])?;
    let unknown = |field: &str| ApiError::field(field, "unknown_value");
    let user = request.query.get("user").map(|id| UserId::parse(id).map_err(|_| unknown("user"))).transpose()?;
    let group = request.query.get("group").map(|id| GroupId::parse(id).map_err(|_| unknown("group"))).transpose()?;
    let to = match (&user, &group) {
        (Some(_), Some(_)) => return Err(ApiError::field("group", "one_of_two")),
        (Some(user), None) => Some(Grantee::User(user)),
        (None, Some(group)) => Some(Grantee::Group(group)),
        (None, None) => None,
    };
    let limit = page::limit(&request)?;
    let before = page::cursor(&request, |id| GrantId::parse(id).is_ok())?;
    let statement = match (request.query.get("active"), to) {
        (None | Some("false"), to) => store::list(to, before, limit + 1),
        (Some("true"), Some(to)) => store::list_at(to, before, limit + 1, ctx.now),
        // Of a whole tenant nobody knows how many are over for one that is not.
        (Some("true"), None) => return Err(ApiError::field("user", "missing_field")),
        (Some(_), _) => return Err(unknown("active")),
    };
    let mut rows: Vec<Grant> = ctx.db.run(statement).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &GrantList { data: rows.into_iter().map(GrantView::from).collect(), meta }))
}
