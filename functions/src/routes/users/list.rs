//! GET /api/users: the directory by name. Filters `role`, `status`, `organization`, and `q`: how name or address begins.

use serde::Serialize;
use serde_json::json;
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{OrganizationId, UserId};
use shared::limits::SEARCH_CHARS_MAX;
use shared::store::people::{self as store, Filter, Listed};
use shared::store::users::Status;

use super::{User, example};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of people.
#[derive(Serialize, utoipa::ToSchema)]
pub struct UserList {
    /// The people.
    data: Vec<User>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "List people")
        .query("role", "admin, manager, agent, client, analyst")
        .query("status", "active, unverified, disabled")
        .query("organization", "Id of an organization")
        .query("q", "How the name or the address begins")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<UserList>(
            200,
            "A page of people",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["role", "status", "organization", "q"])?;
    let unknown = |field: &str| ApiError::field(field, "unknown_value");
    let filter = Filter {
        role: request.query.get("role").map(|role| Role::parse(role).ok_or_else(|| unknown("role"))).transpose()?,
        status: request.query.get("status").map(|status| Status::parse(status).ok_or_else(|| unknown("status"))).transpose()?,
        organization: request
            .query
            .get("organization")
            .map(|id| OrganizationId::parse(id).map_err(|_| unknown("organization")))
            .transpose()?,
        prefix: request.query.filled("q").map(|text| text.chars().take(SEARCH_CHARS_MAX).collect()),
    };
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| UserId::parse(id).is_ok())?;
    let mut rows: Vec<Listed> = ctx.db.run(store::list(&filter, after, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &UserList { data: rows.into_iter().map(User::from).collect(), meta }))
}
